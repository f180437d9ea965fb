//! The family of incidents: attacks, violations, walkouts, sanctions, detentions, protests, accidents around the talks;
//! who did them to whom, where and when, who says so and who denies it.
//!
//! Three frames: a verb that tells the event as done ("seized two boats"), a noun with a day, a place or a doer ("the
//! walkout on Friday"), and an accusation of having done something ("accused X of opening the gates"). What may, must or
//! should happen is no incident.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use rapporteur_text::{Span, When};

use crate::Context;
use crate::lexicon::rows;
use crate::mentions::{lexicons, phrase};
use crate::model::{Incident, IncidentSort, Item, RefKind, Reference, Rule, Why};
use crate::syntax_help as syntax;
use crate::talks::is_about_talks;

const VERB: Rule = Rule("incident.verb.v2");
const NOUN: Rule = Rule("incident.noun.v2");
const ACCUSED: Rule = Rule("incident.accusation.v2");

type Words = HashMap<&'static str, (IncidentSort, Vec<&'static str>)>;

fn words(of: &str) -> Words {
    rows(include_str!("../lexicons/incidents.tsv"))
        .filter(|r| r[0] == of)
        .filter_map(|r| {
            let objects = r.get(3)?.split(' ').filter(|o| *o != "-").collect();
            Some((*r.get(1)?, (IncidentSort::from_written(r.get(2)?)?, objects)))
        })
        .collect()
}

static VERBS: LazyLock<Words> = LazyLock::new(|| words("v"));
static NOUNS: LazyLock<Words> = LazyLock::new(|| words("n"));

fn list(name: &str) -> HashSet<&'static str> {
    rows(include_str!("../lexicons/incident_words.tsv"))
        .filter(|r| r[0] == name)
        .flat_map(|r| r.get(1).copied().unwrap_or("").split(' '))
        .collect()
}

static STANCE: LazyLock<HashSet<&str>> = LazyLock::new(|| list("stance"));
static PEOPLE: LazyLock<HashSet<&str>> = LazyLock::new(|| list("people"));
static DO: LazyLock<HashSet<&str>> = LazyLock::new(|| list("do"));
static STRUCK: LazyLock<HashSet<&str>> = LazyLock::new(|| list("struck"));
static VERBAL: LazyLock<HashSet<&str>> = LazyLock::new(|| list("verbal"));
static MARCHER: LazyLock<HashSet<&str>> = LazyLock::new(|| list("marcher"));

/// Finds incidents.
pub(crate) fn find(cx: &Context<'_>) -> Vec<Incident> {
    // elsewhere an arrest, a crash or an attack has nothing to do with talks
    if !is_about_talks(cx) {
        return Vec::new();
    }
    let mut found: Vec<(u32, Incident)> = Vec::new();
    for i in 0..cx.parse.len() {
        let t = cx.token(i);
        let incident = match t.pos.as_str() {
            "VERB" if t.lemma == "accuse" => accusation(cx, i),
            "VERB" if t.lemma == "allege" => allegation(cx, i),
            "VERB" if t.lemma == "deny" && denial(cx, i).is_some() => denial(cx, i),
            "VERB" => verb(cx, i).or_else(|| called(cx, i)),
            "NOUN" => noun(cx, i),
            _ => None,
        };
        let Some(mut incident) = incident else { continue };
        if incident.denied_by.is_none() {
            deny(cx, i, &mut incident);
        }
        // one event told twice in a sentence or in two that follow
        let known = found
            .iter_mut()
            .rev()
            .find(|(s, k)| t.sentence - *s <= 1 && same(k, &incident) || t.sentence == *s && related(k, &incident));
        match known {
            Some((_, known)) => join(known, incident),
            None => found.push((t.sentence, incident)),
        }
    }
    found.into_iter().map(|f| f.1).collect()
}

fn same(a: &Incident, b: &Incident) -> bool {
    let entity = |r: &Option<Reference>| r.and_then(|r| r.entity);
    let fits = |x: Option<_>, y: Option<_>| x.is_none() || y.is_none() || x == y;
    a.sort == b.sort
        && fits(entity(&a.actor), entity(&b.actor))
        && (a.when.is_unknown() || b.when.is_unknown() || a.when.first_day() == b.when.first_day())
}

/// An accusation and the event in it.
fn related(a: &Incident, b: &Incident) -> bool {
    a.item.rule == ACCUSED && a.item.span().overlaps(b.item.span())
}

fn join(known: &mut Incident, new: Incident) {
    new.item.evidence().for_each(|e| known.item.add(*e));
    known.actor = known.actor.or(new.actor);
    known.target = known.target.or(new.target);
    known.place = known.place.or(new.place);
    known.claimed_by = known.claimed_by.or(new.claimed_by);
    known.denied_by = known.denied_by.or(new.denied_by);
    if known.when.is_unknown() {
        known.when = new.when;
    }
}

// --- frames ------------------------------------------------------------------------------------------------------------

/// "seized two boats", "was attacked", "walked out".
fn verb(cx: &Context<'_>, i: usize) -> Option<Incident> {
    let t = cx.token(i);
    let particle = cx.parse.child(i, &["prt", "advmod"]).map(|p| format!("{} {}", t.lemma, cx.token(p).lower));
    let (sort, objects) = particle.and_then(|p| VERBS.get(p.as_str())).or_else(|| VERBS.get(t.lemma.as_str()))?;
    if !is_done(cx, i) {
        return None;
    }
    let object = cx.parse.child(i, &["dobj", "nsubjpass"]);
    let sort = sort_with_object(cx, i, *sort, object)?;
    let needs_object = !matches!(sort, IncidentSort::Walkout | IncidentSort::Protest | IncidentSort::Accident);
    if needs_object && object.is_none() {
        return None;
    }
    let fits = objects.is_empty()
        || object.is_some_and(|o| match objects.as_slice() {
            ["who"] => cx.reference(o).entity.is_some() || is_people(cx, o),
            all => all.contains(&cx.token(o).lemma.as_str()),
        });
    // "the Norwegian coastguard": whose force it is
    let actor = syntax::actor(cx, i).and_then(|a| someone(cx, a).or_else(|| owner(cx, a)));
    let when = day(cx, i);
    let place = place(cx, i);
    // words that are used of arguments too ("attacked the plan", "protested") need a day, a place or a doer
    if !fits || (when.is_unknown() && place.is_none() && actor.is_none()) {
        return None;
    }
    let target = object.and_then(|o| someone(cx, o).or_else(|| owner(cx, o)));
    let end = object.map_or(i, |o| o.max(i));
    let span = cx.span(syntax::verb_group(cx, i)).cover(cx.span(end..end + 1));
    Some(Incident {
        item: Item::new(VERB, 0.6, cx.evidence(span)),
        sort,
        actor,
        target: target.filter(|t| actor.and_then(|a| a.entity) != t.entity || t.entity.is_none()),
        place,
        when,
        claimed_by: claimant(cx, i),
        denied_by: None,
    })
}

/// The kind of event a verb tells with this object; none where verb and object speak of something else.
fn sort_with_object(cx: &Context<'_>, i: usize, sort: IncidentSort, object: Option<usize>) -> Option<IncidentSort> {
    let lemma = cx.token(i).lemma.as_str();
    let relative = cx.token(i).dep == "relcl" && syntax::own_subject(cx, i).is_some_and(|s| !is_relative(cx, s));
    match sort {
        // "rallied supporters", "demonstrated skill", "the silence they have demonstrated"
        IncidentSort::Protest if matches!(lemma, "protest" | "demonstrate" | "rally" | "march") => {
            let marcher = syntax::actor(cx, i).is_some_and(|a| is_marcher(cx, a));
            (object.is_none() && !relative && marcher).then_some(sort)
        }
        // "sank the trawler" is no accident, "leaked the paper" no event of the sea
        IncidentSort::Accident if object.is_some_and(|o| cx.token(o).dep == "dobj") => {
            (lemma == "sink").then_some(IncidentSort::Attack)
        }
        // prices and figures explode too
        IncidentSort::Accident if lemma == "explode" => {
            let subject = syntax::own_subject(cx, i).map(|s| cx.token(s).lemma.to_lowercase());
            let bomb = |l: &String| {
                STRUCK.contains(l.as_str())
                    || matches!(
                        l.as_str(),
                        "bomb" | "mine" | "shell" | "device" | "tank" | "grenade" | "missile" | "boiler"
                    )
            };
            subject.as_ref().is_some_and(bomb).then_some(sort)
        }
        IncidentSort::Attack if lemma == "attack" => object.filter(|&o| is_struck(cx, o)).map(|_| sort),
        // what is taken with a country's force is no detention
        IncidentSort::Detention if lemma == "seize" => {
            let place = object.is_some_and(|o| cx.reference(o).kind == RefKind::Place);
            (!place).then_some(sort)
        }
        _ => Some(sort),
    }
}

fn is_relative(cx: &Context<'_>, i: usize) -> bool {
    cx.token(i).tag.starts_with('W') || cx.token(i).lower == "that"
}

/// Those who can take to the street: people, or the members of something named.
fn is_marcher(cx: &Context<'_>, i: usize) -> bool {
    let lemma = cx.token(i).lemma.to_lowercase();
    MARCHER.contains(lemma.as_str()) || is_people(cx, i) || lemma.ends_with("worker") || someone(cx, i).is_some()
}

/// What is attacked by force: places, works, ships, forces, people who are not named.
fn is_struck(cx: &Context<'_>, i: usize) -> bool {
    let lemma = cx.token(i).lemma.to_lowercase();
    STRUCK.contains(lemma.as_str()) || is_people(cx, i) || cx.reference(i).kind == RefKind::Place
}

/// Past or perfect, not negated, under no modal, condition or wish.
fn is_done(cx: &Context<'_>, i: usize) -> bool {
    let t = cx.token(i);
    if syntax::is_negated(cx, i) || syntax::modal(cx, i).is_some() || syntax::is_infinitive(cx, i) {
        return false;
    }
    let finite =
        t.tag == "VBD" || (t.tag == "VBN" && (cx.parse.child(i, &["aux", "auxpass"]).is_some() || t.dep == "conj"));
    let if_ = cx
        .parse
        .child(i, &["mark", "advmod"])
        .is_some_and(|m| matches!(cx.token(m).lower.as_str(), "if" | "unless" | "whether" | "until"));
    finite && !if_
}

/// "the walkout on Friday", "a raid in X by Y", "launched a heavy attack on Y".
fn noun(cx: &Context<'_>, i: usize) -> Option<Incident> {
    let t = cx.token(i);
    let (sort, _) = NOUNS.get(t.lemma.as_str())?;
    if matches!(t.dep.as_str(), "compound" | "amod" | "nmod") || is_other_sense(cx, i, *sort) {
        return None;
    }
    let up = cx.parse.head(i);
    let verb =
        matches!(t.dep.as_str(), "dobj" | "nsubj" | "nsubjpass").then_some(up).filter(|&v| syntax::is_verb(cx, v));
    let done = verb.is_some_and(|v| is_done(cx, v));
    if verb.is_some() && !done {
        return None;
    }
    let own_day = day(cx, i);
    if is_named_by_day(&own_day) {
        return None;
    }
    let by = prep_object(cx, i, &["by"]).and_then(|o| someone(cx, o));
    let owner = cx.parse.child(i, &["poss"]).and_then(|p| someone(cx, p));
    let does = verb.filter(|&v| t.dep == "dobj" && DO.contains(cx.token(v).lemma.as_str()));
    let doer = does
        .filter(|&v| !matches!(cx.token(v).lemma.as_str(), "report" | "condemn" | "suffer"))
        .and_then(|v| syntax::actor(cx, v))
        .and_then(|a| someone(cx, a));
    let actor = by.or(owner).or(doer);
    let on = prep_object(cx, i, &["on", "against", "of"]);
    let target = on.and_then(|o| someone(cx, o));
    // one attacks a person with words
    if *sort == IncidentSort::Attack && target.is_some_and(|t| t.kind == RefKind::Person) {
        return None;
    }
    let place = place(cx, i);
    let when = if own_day.is_unknown() { does.map(|v| day(cx, v)).unwrap_or_default() } else { own_day };
    // a breach is of something; the rest is an event only with its day, or with a doer who did it
    let told = match sort {
        IncidentSort::Violation => on.is_some_and(|o| is_agreement(cx, o)) && (actor.is_some() || !when.is_unknown()),
        IncidentSort::Accident if t.lemma == "fall" => {
            when.first_day().is_some() && cx.parse.child(i, &["poss", "compound"]).is_some()
        }
        // "last week's accident" alone does not say which
        _ => {
            let own_words = actor.is_some() || target.is_some() || place.is_some() || is_day(&when);
            !when.is_unknown() && own_words || (does.is_some() && actor.is_some())
        }
    };
    if !told {
        return None;
    }
    let noun = cx.span(phrase::noun_phrase(cx, i));
    Some(Incident {
        item: Item::new(NOUN, 0.55, cx.evidence(does.map_or(noun, |v| noun.cover(cx.span(v..v + 1))))),
        sort: *sort,
        actor,
        target,
        place,
        when,
        claimed_by: verb.and_then(|v| claimant(cx, v)),
        denied_by: None,
    })
}

/// A day that names an event of history.
fn is_named_by_day(when: &When) -> bool {
    let words = when.as_written.to_lowercase();
    words.starts_with("sept") && words.ends_with("11")
}

/// "a heart attack", "a campaign rally", "no arrests", "a planned protest".
fn is_other_sense(cx: &Context<'_>, i: usize, sort: IncidentSort) -> bool {
    let own: Vec<&str> =
        cx.parse.children_with(i, &["amod", "compound", "nmod", "det"]).map(|c| cx.token(c).lower.as_str()).collect();
    let has = |words: &[&str]| own.iter().any(|w| words.contains(w));
    let verbal = sort == IncidentSort::Attack && own.iter().any(|w| VERBAL.contains(w));
    let campaign = cx.token(i).lemma == "rally"
        && !has(&["protest", "strike", "union"])
        && prep_object(cx, i, &["against"]).is_none();
    verbal
        || campaign
        || has(&["no", "any", "planned", "possible", "future", "further", "threatened", "proposed", "next"])
}

/// A day or two, no week.
fn is_day(when: &When) -> bool {
    when.first_day().zip(when.last_day()).is_some_and(|(a, b)| (b - a).get_days() <= 2)
}

/// Nouns for people: "a driver", "three guards".
fn is_people(cx: &Context<'_>, i: usize) -> bool {
    PEOPLE.contains(cx.token(i).lemma.as_str())
}

fn is_agreement(cx: &Context<'_>, i: usize) -> bool {
    VERBS.get("violate").is_some_and(|(_, objects)| objects.contains(&cx.token(i).lemma.as_str()))
        || matches!(cx.token(i).lemma.as_str(), "obligation" | "promise" | "deal")
}

/// "X accused Y of opening the gates", "of a breach of the truce".
fn accusation(cx: &Context<'_>, i: usize) -> Option<Incident> {
    if syntax::is_negated(cx, i) || syntax::modal(cx, i).is_some() {
        return None;
    }
    let passive = syntax::is_passive(cx, i);
    let accused = cx.parse.child(i, &[if passive { "nsubjpass" } else { "dobj" }])?;
    let who = syntax::actor(cx, i);
    // "X, who accused": the noun of the clause
    let relative = who.is_some_and(|w| cx.token(w).tag.starts_with('W')) && cx.token(i).dep == "relcl";
    let claimed_by = if relative { Some(cx.parse.head(i)) } else { who }.and_then(|a| someone(cx, a));
    let of = cx.parse.subtree(i).into_iter().find(|&p| {
        let up = cx.parse.head(p);
        let deed = cx.parse.child(p, &["pcomp"]).is_some();
        // the parse may hang it on a day in between ("accused X on Sunday of a breach")
        let day = up > accused && matches!(cx.token(up).ent.as_str(), "DATE" | "TIME");
        cx.token(p).lower == "of"
            && cx.token(p).dep == "prep"
            && p > accused
            && (up == i || up == accused || deed || day)
    })?;
    let (sort, head) = match (cx.parse.child(of, &["pcomp"]), cx.parse.child(of, &["pobj"])) {
        (Some(v), _) => {
            let lemma = cx.token(v).lemma.as_str();
            let known = VERBS.get(lemma).filter(|(_, objects)| {
                objects.is_empty()
                    || cx.parse.child(v, &["dobj"]).is_some_and(|o| objects.contains(&cx.token(o).lemma.as_str()))
            });
            // a deed has an object or a clause of its own; a manner of negotiating is none
            let deed = cx.parse.child(v, &["dobj", "ccomp"]).is_some() && !STANCE.contains(lemma);
            (known.map(|k| k.0).or(deed.then_some(IncidentSort::Other))?, v)
        }
        (None, Some(o)) => (NOUNS.get(cx.token(o).lemma.as_str())?.0, o),
        _ => return None,
    };
    if sort == IncidentSort::Other && (claimed_by.is_none() || !is_concrete(cx, head)) {
        return None;
    }
    let span = cx.span(i..i + 1).cover(cx.subtree_span(head));
    let actor = someone(cx, accused);
    let target = cx.parse.child(head, &["dobj"]).and_then(|o| owner(cx, o).or_else(|| someone(cx, o)));
    let mut item = Item::new(ACCUSED, 0.6, cx.evidence(span));
    if let Some(a) = actor.filter(|a| !span.contains(a.span)) {
        item.add(cx.evidence_why(a.span, Why::Antecedent));
    }
    Some(Incident {
        item,
        sort,
        actor,
        target: target.filter(|t| t.entity != actor.and_then(|a| a.entity)),
        place: place(cx, head),
        when: day(cx, head),
        claimed_by,
        denied_by: None,
    })
}

/// A deed with a day, a place or the perfect, told in plain words: "of buying friends" and "of 'selling umbrellas to the
/// drowned'" are figures of speech.
fn is_concrete(cx: &Context<'_>, deed: usize) -> bool {
    let words = cx.subtree_span(deed).slice(cx.text());
    let before = cx.text().get(..cx.token(deed).start as usize).unwrap_or("");
    let quoted = before.ends_with(['"', '“', '\'', '‘', '`']) || words.contains(['"', '“']);
    let perfect = cx.parse.children_with(deed, &["aux"]).any(|a| cx.token(a).lower == "having");
    let inside = cx.parse.subtree(deed);
    let dated = !day(cx, deed).is_unknown() || cx.dates_in(cx.subtree_span(deed)).next().is_some();
    !quoted && (perfect || dated || place(cx, deed).is_some() || inside.into_iter().any(|k| place(cx, k).is_some()))
}

/// What a verb in a clause tells: its kind if it is a deed of the list, else a deed of any other kind.
fn deed(cx: &Context<'_>, v: usize) -> Option<IncidentSort> {
    let lemma = cx.token(v).lemma.as_str();
    let object = cx.parse.child(v, &["dobj", "nsubjpass"]);
    let fits = |objects: &[&str]| {
        objects.is_empty()
            || object.is_some_and(|o| {
                objects.contains(&cx.token(o).lemma.as_str()) || objects == ["who"] && is_people(cx, o)
            })
    };
    VERBS.get(lemma).filter(|(_, objects)| fits(objects)).map(|k| k.0)
}

/// "X alleges that Y has brought in replacements".
fn allegation(cx: &Context<'_>, i: usize) -> Option<Incident> {
    if syntax::is_negated(cx, i) || syntax::modal(cx, i).is_some() {
        return None;
    }
    let v = cx.parse.child(i, &["ccomp"])?;
    let done = matches!(cx.token(v).tag.as_str(), "VBD" | "VBN")
        || cx.parse.children_with(v, &["aux"]).any(|a| matches!(cx.token(a).lower.as_str(), "has" | "have" | "had"));
    let object = cx.parse.child(v, &["dobj"]).is_some() || syntax::is_passive(cx, v);
    if !done
        || !object
        || syntax::is_negated(cx, v)
        || syntax::modal(cx, v).is_some()
        || STANCE.contains(cx.token(v).lemma.as_str()) && cx.token(v).lemma != "do"
    {
        return None;
    }
    let sort = deed(cx, v).unwrap_or(IncidentSort::Other);
    let span = cx.span(i..i + 1).cover(cx.span(syntax::trim_punct(cx, v..cx.parse.subtree_range(v).end)));
    let claimed_by = Some(syntax::actor(cx, i).and_then(|a| someone(cx, a))?);
    let actor = syntax::actor(cx, v).filter(|&a| !is_people(cx, a)).and_then(|a| someone(cx, a));
    let (place, when) = (place(cx, v), day(cx, v));
    // "alleges that he was fired": by whom, when and where stay untold
    if actor.is_none() && place.is_none() && when.is_unknown() {
        return None;
    }
    Some(Incident {
        item: Item::new(ACCUSED, 0.55, cx.evidence(span)),
        sort,
        actor,
        target: None,
        place,
        when,
        claimed_by,
        denied_by: None,
    })
}

/// "denied that the truce had been violated": what somebody else must have said.
fn denial(cx: &Context<'_>, i: usize) -> Option<Incident> {
    if syntax::is_negated(cx, i) || syntax::modal(cx, i).is_some() || syntax::is_infinitive(cx, i) {
        return None;
    }
    let v = cx.parse.child(i, &["ccomp"]).filter(|&v| matches!(cx.token(v).tag.as_str(), "VBD" | "VBN"))?;
    let sort = deed(cx, v).filter(|_| !syntax::is_negated(cx, v) && syntax::modal(cx, v).is_none())?;
    let denied_by = syntax::actor(cx, i).and_then(|a| someone(cx, a))?;
    let object = cx.parse.child(v, &["dobj", "nsubjpass"]);
    let first = object.map_or(v, |o| syntax::noun_phrase(cx, o).start.min(v));
    let last = object.map_or(v, |o| o.max(v));
    Some(Incident {
        item: Item::new(ACCUSED, 0.55, cx.evidence(cx.span(i..i + 1).cover(cx.span(first..last + 1)))),
        sort,
        actor: syntax::actor(cx, v).and_then(|a| someone(cx, a)),
        target: None,
        place: place(cx, v),
        when: day(cx, v),
        claimed_by: None,
        denied_by: Some(denied_by),
    })
}

/// "called the stoppage a breach of the contract", "denounced it as a violation of the truce".
fn called(cx: &Context<'_>, i: usize) -> Option<Incident> {
    let names =
        matches!(cx.token(i).lemma.as_str(), "call" | "describe" | "denounce" | "condemn" | "brand" | "term" | "label");
    if !names || !matches!(cx.token(i).tag.as_str(), "VBD" | "VBZ" | "VBP") || syntax::is_negated(cx, i) {
        return None;
    }
    let breach = cx.parse.subtree(i).into_iter().find(|&k| {
        k > i
            && cx.token(k).pos == "NOUN"
            && NOUNS.get(cx.token(k).lemma.as_str()).is_some_and(|n| n.0 == IncidentSort::Violation)
            && matches!(cx.token(k).dep.as_str(), "oprd" | "pobj" | "attr" | "dobj" | "ccomp" | "appos")
    })?;
    let of = prep_object(cx, breach, &["of"])?;
    let thing = cx.parse.children_with(i, &["dobj", "ccomp"]).chain(cx.parse.children_with(breach, &["nsubj"]));
    let thing =
        thing.into_iter().find(|&t| t < breach && matches!(cx.token(t).pos.as_str(), "NOUN" | "PROPN" | "PRON"))?;
    let end = syntax::noun_phrase(cx, of).end;
    let span = cx.span(syntax::noun_phrase(cx, thing).start..end);
    Some(Incident {
        item: Item::new(ACCUSED, 0.55, cx.evidence(span)),
        sort: IncidentSort::Violation,
        actor: cx.parse.child(thing, &["poss"]).and_then(|p| someone(cx, p)),
        target: None,
        place: place(cx, thing),
        when: day(cx, thing),
        claimed_by: Some(syntax::actor(cx, i).and_then(|a| someone(cx, a))?),
        denied_by: None,
    })
}

// --- who, where, when ------------------------------------------------------------------------------------------------

fn someone(cx: &Context<'_>, i: usize) -> Option<Reference> {
    // "Chile, whose delegation walked out"
    let whose = cx.parse.child(i, &["poss"]).filter(|&p| cx.token(p).lower == "whose");
    let clause = whose.and_then(|_| cx.parse.ancestors(i).find(|&v| cx.token(v).dep == "relcl"));
    let i = clause.map_or(i, |v| cx.parse.head(v));
    let r = cx.reference(i);
    // "he" is no country
    if matches!(cx.token(i).lower.as_str(), "he" | "she" | "him" | "her") && r.kind != RefKind::Person {
        return None;
    }
    r.entity.filter(|_| matches!(r.kind, RefKind::Person | RefKind::Party | RefKind::Organisation)).map(|_| r)
}

/// Whose a thing is: "a Bellorian flotilla", "Norway's ships".
fn owner(cx: &Context<'_>, i: usize) -> Option<Reference> {
    cx.parse
        .children_with(i, &["poss", "amod", "compound", "nmod"])
        .find_map(|c| someone(cx, c))
        .filter(|r| r.kind != RefKind::Person)
}

fn prep_object(cx: &Context<'_>, i: usize, words: &[&str]) -> Option<usize> {
    let mut preps =
        cx.parse.children_with(i, &["prep", "agent"]).filter(|&p| words.contains(&cx.token(p).lower.as_str()));
    preps.find_map(|p| cx.parse.child(p, &["pobj"]))
}

/// A name of a place, or a noun for one, after "in", "at", "near", "on".
fn place(cx: &Context<'_>, i: usize) -> Option<Reference> {
    let is_place = |o: usize| {
        let r = cx.reference(o);
        let named =
            r.entity.is_some_and(|e| cx.entity(e).mentions.iter().any(|m| m.named)) && cx.token(o).pos == "PROPN";
        (named && matches!(r.kind, RefKind::Place | RefKind::Party)) || lexicons::is_place_noun(&cx.token(o).lower)
    };
    let under = |h: usize| {
        let mut preps = cx
            .parse
            .children_with(h, &["prep"])
            .filter(|&p| matches!(cx.token(p).lower.as_str(), "in" | "at" | "near" | "on" | "off" | "outside"));
        // "at any point" is no place
        let vague =
            |o: usize| cx.parse.children_with(o, &["det"]).any(|d| matches!(cx.token(d).lower.as_str(), "any" | "no"));
        preps.find_map(|p| cx.parse.child(p, &["pobj"]).filter(|&o| is_place(o) && !vague(o)))
    };
    let found = under(i).or_else(|| cx.parse.children_with(i, &["dobj", "nsubjpass"]).find_map(under))?;
    Some(Reference { kind: RefKind::Place, ..cx.reference(found) })
}

/// The day that hangs on a verb or noun, in its own clause.
fn day(cx: &Context<'_>, i: usize) -> When {
    let hangs = |date: Span| {
        let tokens = cx.parse.tokens_in(date.range());
        let top = tokens.clone().find(|&k| !tokens.contains(&cx.parse.head(k)));
        top.is_some_and(|top| {
            let mut at = top;
            for _ in 0..5 {
                at = cx.parse.head(at);
                if at == i {
                    return true;
                }
                if syntax::is_verb(cx, at) || cx.parse.is_root(at) {
                    return false;
                }
            }
            false
        })
    };
    let short =
        |w: &When| w.first_day().zip(w.last_day()).is_some_and(|(a, b)| a.until(b).is_ok_and(|s| s.get_days() <= 14));
    let published = cx.article.published.map(|p| p.date);
    let past = |w: &When| published.is_none_or(|p| w.first_day().is_none_or(|d| d <= p));
    let mut dates = cx.dates_in(cx.sentence_at(i)).filter(|d| short(&d.when) && past(&d.when));
    dates.find(|d| hangs(d.item.span())).map(|d| d.when.clone()).unwrap_or_default()
}

/// Who says so, where the event is told in a clause under a verb of saying.
fn claimant(cx: &Context<'_>, i: usize) -> Option<Reference> {
    let mut at = i;
    for _ in 0..4 {
        let up = cx.parse.head(at);
        if up == at {
            return None;
        }
        let says = matches!(
            cx.token(up).lemma.as_str(),
            "say" | "allege" | "claim" | "report" | "tell" | "charge" | "insist" | "announce"
        );
        if says && matches!(cx.token(at).dep.as_str(), "ccomp" | "conj" | "parataxis") {
            return syntax::actor(cx, up).and_then(|a| someone(cx, a));
        }
        at = up;
    }
    None
}

/// "Y denied it" in the sentence or the two after it, a little later where Y is the one accused.
fn deny(cx: &Context<'_>, i: usize, incident: &mut Incident) {
    let from = cx.parse.sentence_of(i);
    let last = (cx.token(i).sentence as usize + 5).min(cx.parse.sentences.len().saturating_sub(1));
    let to = cx.parse.sentences.get(last).map_or(from.end, |s| s.end);
    for v in from.start..to {
        if cx.token(v).pos != "VERB"
            || !matches!(cx.token(v).lemma.as_str(), "deny" | "reject" | "dispute")
            || !is_done_or_present(cx, v)
        {
            continue;
        }
        let object = cx.parse.child(v, &["dobj"]).map(|o| cx.token(o).lemma.to_lowercase());
        let points = matches!(
            object.as_deref(),
            Some(
                "it" | "this"
                    | "that"
                    | "which"
                    | "accusation"
                    | "charge"
                    | "allegation"
                    | "claim"
                    | "responsibility"
                    | "wrongdoing"
                    | "involvement"
            )
        );
        if !points {
            continue;
        }
        let who = syntax::actor(cx, v).and_then(|a| someone(cx, a));
        let soon = cx.token(v).sentence <= cx.token(i).sentence + 2;
        let accused = |w: &Reference| incident.actor.is_some_and(|a| a.entity == w.entity);
        if let Some(who) =
            who.filter(|w| soon || accused(w)).filter(|w| incident.claimed_by.is_none_or(|c| c.entity != w.entity))
        {
            incident.denied_by = Some(who);
            incident.item.add(cx.evidence_why(cx.span(v..v + 1).cover(who.span), Why::Member));
            return;
        }
    }
}

fn is_done_or_present(cx: &Context<'_>, v: usize) -> bool {
    matches!(cx.token(v).tag.as_str(), "VBD" | "VBZ" | "VBP" | "VBN") && syntax::modal(cx, v).is_none()
}
