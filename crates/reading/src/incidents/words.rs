//! The words of the family, and what must stand beside them.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::who::{doer, object, someone};
use crate::Context;
use crate::lexicon::rows;
use crate::model::{IncidentSort, RefKind};
use crate::syntax_help as syntax;

/// A kind of event a verb tells, with the objects and doers it needs.
struct Deed {
    sort: IncidentSort,
    objects: Vec<&'static str>,
    doers: Vec<&'static str>,
}

static VERBS: LazyLock<HashMap<&'static str, Vec<Deed>>> = LazyLock::new(|| {
    let mut all: HashMap<&'static str, Vec<Deed>> = HashMap::new();
    for row in rows(include_str!("../../lexicons/incidents.tsv")).filter(|r| r[0] == "v") {
        let column = |n: usize| {
            let words = row.get(n).copied().unwrap_or("").split(' ');
            words.filter(|w| !w.is_empty() && *w != "-").collect()
        };
        if let Some(sort) = row.get(2).and_then(|s| IncidentSort::from_written(s)) {
            all.entry(row[1]).or_default().push(Deed { sort, objects: column(3), doers: column(4) });
        }
    }
    all
});

static NOUNS: LazyLock<HashMap<&'static str, IncidentSort>> = LazyLock::new(|| {
    rows(include_str!("../../lexicons/incidents.tsv"))
        .filter(|r| r[0] == "n")
        .filter_map(|r| Some((*r.get(1)?, IncidentSort::from_written(r.get(2)?)?)))
        .collect()
});

static CLASSES: LazyLock<HashMap<&'static str, HashSet<&'static str>>> = LazyLock::new(|| {
    rows(include_str!("../../lexicons/incident_words.tsv"))
        .map(|r| (r[0], r.get(1).copied().unwrap_or("").split(' ').collect()))
        .collect()
});

/// Whether a word belongs to a class of `incident_words.tsv`.
pub(super) fn is_in(class: &str, word: &str) -> bool {
    CLASSES.get(class).is_some_and(|words| words.contains(word))
}

/// The kind of event a noun names.
pub(super) fn noun_sort(cx: &Context<'_>, i: usize) -> Option<IncidentSort> {
    let t = cx.token(i);
    // "an air strike"; the other strikes are work that stops
    let by_force = || {
        cx.parse.children_with(i, &["compound", "amod", "nmod"]).any(|c| {
            matches!(cx.token(c).lower.as_str(), "air" | "drone" | "missile" | "rocket" | "artillery" | "mortar")
        })
    };
    match t.lemma.as_str() {
        "strike" => by_force().then_some(IncidentSort::Attack),
        lemma => NOUNS.get(lemma).copied(),
    }
}

/// Whether the noun at `i` (or, behind "dozens of", the one counted) is of a class.
pub(super) fn is_called(cx: &Context<'_>, i: usize, class: &str) -> bool {
    let lemma = cx.token(i).lemma.to_lowercase();
    let counts = matches!(
        lemma.as_str(),
        "dozen" | "hundred" | "thousand" | "score" | "number" | "group" | "handful" | "couple" | "pair" | "ten"
    );
    let counted = || crate::syntax_help::prep_object(cx, i, &["of"]).is_some_and(|o| is_called(cx, o, class));
    is_in(class, &lemma) || is_in(class, &cx.token(i).lower) || counts && counted()
}

/// What `verb` tells by itself: its kind of event, if its object and, where `told` as done by someone, its doer fit.
pub(super) fn deed(cx: &Context<'_>, verb: usize, told: bool) -> Option<IncidentSort> {
    let lemma = cx.token(verb).lemma.as_str();
    let near = |&c: &usize| c > verb && c - verb <= 5;
    let particles = cx.parse.children_with(verb, &["prt", "advmod", "prep"]).filter(near);
    let object = object(cx, verb);
    let with_particle = particles.filter_map(|p| VERBS.get(format!("{lemma} {}", cx.token(p).lower).as_str()));
    let fits: Vec<&Deed> = with_particle
        .chain(VERBS.get(lemma))
        .flatten()
        .filter(|d| objects_fit(cx, verb, object, d) && (!told || doers_fit(cx, verb, &d.doers)))
        .collect();
    // "denied that the gate had been blocked": nobody is said to have done it, so no force need have
    let open = fits.iter().find(|d| told || d.doers.is_empty());
    open.or(fits.first()).map(|d| d.sort)
}

fn objects_fit(cx: &Context<'_>, verb: usize, object: Option<usize>, deed: &Deed) -> bool {
    // what is done to nothing is done by itself: walking out, marching, breaking
    let alone = matches!(deed.sort, IncidentSort::Walkout | IncidentSort::Protest | IncidentSort::Accident);
    if deed.objects.is_empty() {
        return alone || object.is_some();
    }
    deed.objects.iter().any(|w| match (*w, w.strip_prefix("p:")) {
        ("0", _) => object.is_none(),
        (_, Some(phrase)) => {
            let (word, class) = phrase.split_once('@').unwrap_or((phrase, ""));
            below(cx, verb, word).is_some_and(|o| class.is_empty() || is_called(cx, o, class))
        }
        (w, _) => object.is_some_and(|o| is_one(cx, o, w)),
    })
}

/// The object of a preposition under a verb, or under its particle ("pulled out of the talks").
fn below(cx: &Context<'_>, verb: usize, word: &str) -> Option<usize> {
    let under = |h: usize| crate::syntax_help::prep_object(cx, h, &[word]);
    under(verb).or_else(|| cx.parse.children_with(verb, &["prep", "prt", "advmod"]).find_map(under))
}

fn doers_fit(cx: &Context<'_>, verb: usize, wanted: &[&str]) -> bool {
    wanted.is_empty() || doer(cx, verb).is_some_and(|d| wanted.iter().any(|w| is_one(cx, d, w)))
}

/// Whether the noun at `i` is what one word of a column asks for.
fn is_one(cx: &Context<'_>, i: usize, wanted: &str) -> bool {
    match wanted {
        "who" => someone(cx, i).is_some() || is_people(cx, i),
        "place" => cx.reference(i).kind == RefKind::Place,
        _ => match wanted.strip_prefix('@') {
            Some(class) => is_called(cx, i, class),
            None => cx.token(i).lemma.to_lowercase() == wanted,
        },
    }
}

/// Nouns for people: "a driver", "three guards".
pub(super) fn is_people(cx: &Context<'_>, i: usize) -> bool {
    is_called(cx, i, "people")
}

/// What can be broken: a truce, a contract, a word given.
pub(super) fn is_agreement(cx: &Context<'_>, i: usize) -> bool {
    is_called(cx, i, "pact") || matches!(cx.token(i).lemma.as_str(), "obligation" | "promise" | "airspace" | "border")
}

/// Past or perfect, not negated, under no modal, condition or wish.
pub(super) fn is_done(cx: &Context<'_>, i: usize) -> bool {
    let t = cx.token(i);
    if syntax::is_negated(cx, i) || syntax::modal(cx, i).is_some() || syntax::is_infinitive(cx, i) {
        return false;
    }
    let helped = || cx.parse.child(i, &["aux", "auxpass"]).is_some();
    let by_someone = || t.dep == "acl" && cx.parse.child(i, &["agent"]).is_some();
    let finite = t.tag == "VBD" || (t.tag == "VBN" && (helped() || t.dep == "conj" || by_someone()));
    let supposed = cx.parse.children_with(i, &["mark", "advmod"]).any(|m| {
        matches!(cx.token(m).lower.as_str(), "if" | "unless" | "whether" | "until" | "lest" | "once" | "whenever")
    });
    finite && !supposed
}
