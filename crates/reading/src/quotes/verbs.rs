//! Verbs with a complement: "said that", "wants to", "called it", "called for", and clauses put in the middle ("..., he
//! said, ...").

use std::ops::Range;

use rapporteur_text::Span;

use super::confidence;
use super::draft::{Draft, spans, subtree_but};
use super::frames::{self, Frames, Word};
use super::report;
use super::stray;
use crate::Context;
use crate::model::{RefKind, Rule};
use crate::syntax_help as help;

/// Finds what verbs attribute.
pub(super) fn find(cx: &Context<'_>) -> Vec<Draft> {
    (0..cx.parse.len()).filter_map(|v| verb(cx, v)).collect()
}

/// The frames of a verb token; a particle goes with its verb ("point out").
pub(super) fn frames_of(cx: &Context<'_>, v: usize) -> Option<&'static Frames> {
    let t = cx.token(v);
    // "The Union answers that": a verb the tagger takes for a plural
    if t.tag == "NNS" && cx.parse.child(v, &["nsubj"]).is_some() && cx.parse.child(v, &["ccomp"]).is_some() {
        return t.lower.strip_suffix('s').and_then(|l| frames::of(Word::Verb, l));
    }
    if !t.tag.starts_with("VB") || matches!(t.dep.as_str(), "aux" | "auxpass" | "amod" | "compound") {
        return None;
    }
    let lemma = repaired(&t.lower, &t.lemma);
    if let Some(p) = particle(cx, v) {
        let whole = format!("{lemma} {}", cx.token(p).lower);
        if let Some(f) = frames::of(Word::Verb, &whole) {
            return Some(f);
        }
    }
    let past = || frames::of_past(&cx.token(v).lower).filter(|_| cx.token(v).tag != "VBG");
    frames::of(Word::Verb, lemma).or_else(past)
}

/// The adverb that makes a verb another one ("rule out", "speak out", "play down").
fn particle(cx: &Context<'_>, v: usize) -> Option<usize> {
    cx.parse.child(v, &["prt"]).or_else(|| {
        let near = |&p: &usize| {
            p == v + 1 && matches!(cx.token(p).lower.as_str(), "out" | "up" | "on" | "back" | "down" | "aside" | "away")
        };
        cx.parse.children_with(v, &["advmod"]).find(near)
    })
}

/// The lemma of "hoped" and "rated", which a rule of doubled consonants takes for forms of "hop" and "rat".
fn repaired<'a>(lower: &str, lemma: &'a str) -> &'a str {
    match (lemma, lower) {
        ("hop", "hoped" | "hoping" | "hopes") => "hope",
        ("rat", "rated" | "rating" | "rates") => "rate",
        _ => lemma,
    }
}

fn verb(cx: &Context<'_>, v: usize) -> Option<Draft> {
    let frames = frames_of(cx, v)?;
    let passive = help::is_passive(cx, v);
    let mut draft = if passive {
        clause(cx, v, frames).or_else(|| passive_object(cx, v, frames)).or_else(|| raised(cx, v, frames))
    } else {
        clause(cx, v, frames)
            .or_else(|| set_off(cx, v, frames))
            .or_else(|| infinitive(cx, v, frames))
            .or_else(|| predicated(cx, v, frames))
            .or_else(|| object(cx, v, frames))
            .or_else(|| preposition(cx, v, frames))
            .or_else(|| raised(cx, v, frames))
            .or_else(|| inserted(cx, v, frames))
            .or_else(|| stray::interposed(cx, v, frames))
    }?;
    draft.speech = frames.quote;
    // "you" is the reader
    if draft.source.is_some_and(|s| cx.token(s).lower == "you") {
        return None;
    }
    let sourceless = matches!(draft.rule.0, "quote.raised.v1" | "quote.passive.v2") || passive;
    (draft.source.is_some() || sourceless).then_some(draft)
}

/// Who says it: the actor; for a participle that goes on after a reported clause ("said ..., adding that ...") the speaker of
/// that clause.
fn speaker(cx: &Context<'_>, v: usize) -> Option<usize> {
    let mut at = v;
    if let Some(above) = report::regained(cx, v) {
        return help::actor(cx, above);
    }
    if goes_on(cx, v) {
        for a in cx.parse.ancestors(v) {
            let reported =
                help::has_dep(cx, at, &["ccomp"]) && help::is_verb(cx, a) && frames_of(cx, a).is_some_and(|f| f.quote);
            at = a;
            if reported {
                return help::actor(cx, a);
            }
        }
    }
    let listed = (!help::is_passive(cx, v)).then(|| crate::statements::listed_subject(cx, v)).flatten();
    let subject = listed.or_else(|| help::actor(cx, v))?;
    (!matches!(cx.token(subject).lower.as_str(), "there") && cx.token(subject).pos != "VERB").then_some(subject)
}

/// Whether a verb of speech is a participle after a comma, without a subject of its own.
fn goes_on(cx: &Context<'_>, v: usize) -> bool {
    let t = cx.token(v);
    t.tag == "VBG"
        && matches!(t.dep.as_str(), "advcl" | "conj" | "acl")
        && help::own_subject(cx, v).is_none()
        && v > 0
        && (cx.word(v - 1) == "," || v > 1 && cx.word(v - 2) == ",")
}

/// A clause's tokens without a participle of speech that goes on after it.
pub(super) fn clause_tokens(cx: &Context<'_>, c: usize) -> Vec<usize> {
    // ", opposed by Bolivia": who stands where, set off behind what is said
    let joiner = |x: usize| x > 0 && cx.word(x - 1) == "," && crate::statements::joins(cx, x);
    help::subtree_without(cx, c, |x| joiner(x) || goes_on(cx, x) && frames_of(cx, x).is_some_and(|f| f.quote))
}

pub(super) fn cue(cx: &Context<'_>, v: usize) -> Range<usize> {
    help::verb_group(cx, v)
}

/// "said that the port would close", "asked whether", "wants the port closed".
fn clause(cx: &Context<'_>, v: usize, frames: &Frames) -> Option<Draft> {
    if !frames.that && !frames.quote {
        return None;
    }
    let fits = |&c: &usize| {
        let finite = help::is_finite(cx, c);
        let bare = !help::is_infinitive(cx, c) && cx.parse.child(c, &["nsubj", "nsubjpass"]).is_some();
        // "the port would open, he told the paper": who is told is no content
        let free = frames.person || cx.parse.child(v, &["dobj", "xcomp"]).is_none_or(|o| o < v);
        // "requested that the vote be repeated"
        let that = || cx.parse.child(c, &["mark"]).is_some_and(|m| cx.token(m).lower == "that");
        if c < v { frames.quote && free } else { finite || bare && (frames.quote || that()) }
    };
    // a clause right behind the verb comes first: "as an example: he says the papers lie"
    let right = |&c: &usize| c > v && help::is_finite(cx, c) && cx.parse.subtree_range(c).start == v + 1;
    let found: Vec<usize> = cx.parse.children_with(v, &["ccomp"]).filter(fits).collect();
    let first = found.iter().copied().find(right).or_else(|| found.first().copied());
    let first = first.filter(|&c| c > v || !stray::fronted_participle(cx, v, c));
    let c = first
        .or_else(|| report::displaced(cx, v))
        .or_else(|| told(cx, v, frames))
        .or_else(|| stray::heard(cx, v, frames))?;
    let source = heard_from(cx, v).or_else(|| speaker(cx, v));
    let source = source.or_else(|| reduced(cx, v, c)).or_else(|| stray::subject(cx, v));
    let it = source.is_some_and(|s| cx.token(s).lower == "it" && (s > c || !frames.quote));
    if it {
        return None;
    }
    let mut tokens = clause_tokens(cx, c);
    if c > v {
        report::trim(cx, v, c, &mut tokens);
        report::provisos(cx, v, &mut tokens);
    } else {
        report::complete(cx, v, source, &mut tokens);
    }
    let parts = spans(cx, &tokens);
    let confidence = if frames.quote { confidence::CLAUSE } else { confidence::THOUGHT };
    Some(Draft::new(Rule("quote.clause.v1"), confidence, cue(cx, v), source, parts))
}

/// "hears from a delegate that": the one it is heard from says so.
fn heard_from(cx: &Context<'_>, v: usize) -> Option<usize> {
    let heard = matches!(cx.token(v).lemma.as_str(), "hear" | "learn" | "understand" | "know");
    let from = cx.parse.children_with(v, &["prep"]).find(|&p| p > v && cx.token(p).lower == "from");
    from.filter(|_| heard).and_then(|p| cx.parse.child(p, &["pobj"]))
}

/// "two officials briefed on the draft said": the participle, read as a tensed verb, took the subject of the verb of speech with
/// it.
fn reduced(cx: &Context<'_>, v: usize, content: usize) -> Option<usize> {
    let start = help::verb_group(cx, v).start;
    let before =
        |&b: &usize| b < v && b != content && cx.token(b).tag == "VBD" && cx.parse.subtree_range(b).end == start;
    let b = cx.parse.children_with(v, &["ccomp", "csubj"]).find(before)?;
    help::own_subject(cx, b).filter(|&s| s < b && cx.token(s).pos != "PRON")
}

/// "told the forum the plan was dead": the clause that the tree hung on who was told.
fn told(cx: &Context<'_>, v: usize, frames: &Frames) -> Option<usize> {
    let who = cx.parse.child(v, &["dobj", "dative"]).filter(|&o| o > v && frames.person)?;
    // "tells so many lies that nobody listens"
    if cx.parse.subtree(who).iter().any(|&i| i < who && matches!(cx.word(i), "so" | "such")) {
        return None;
    }
    let clause = |&c: &usize| {
        let start = cx.parse.subtree_range(c).start;
        let own =
            help::own_subject(cx, c).is_some_and(|s| s > who && !matches!(cx.token(s).tag.as_str(), "WDT" | "WP"));
        let that = cx.parse.children_with(c, &["mark"]).any(|m| cx.token(m).lower == "that");
        let bare = !cx.token(start).tag.starts_with('W') && cx.parse.child(c, &["mark"]).is_none();
        c > who && help::is_finite(cx, c) && own && (that || bare)
    };
    cx.parse.children_with(who, &["relcl", "acl", "ccomp", "appos"]).find(clause)
}

/// "refused to sign", "wants them to sign", "urged them to sign", "opposed signing".
fn infinitive(cx: &Context<'_>, v: usize, frames: &Frames) -> Option<Draft> {
    let c = cx.parse.children_with(v, &["xcomp", "ccomp"]).find(|&c| c > v && !help::is_finite(cx, c))?;
    let to = help::is_infinitive(cx, c);
    let object = cx.parse.child(v, &["dobj"]).filter(|&o| o < c);
    let own = help::own_subject(cx, c).is_some();
    let fits = match (to, object.is_some() || own) {
        (true, true) => frames.ask || frames.to,
        (true, false) => frames.to,
        (false, _) => frames.ing && cx.token(c).tag == "VBG",
    };
    if !fits || cx.token(v).tag == "VBG" && defines(cx, v) {
        return None;
    }
    let mut tokens = clause_tokens(cx, c);
    if let Some(o) = object {
        tokens.extend(cx.parse.subtree(o));
        tokens.sort_unstable();
        tokens.dedup();
    }
    report::without_relative(cx, &mut tokens);
    Some(Draft::new(
        Rule("quote.infinitive.v2"),
        confidence::INFINITIVE,
        cue(cx, v),
        speaker(cx, v),
        spans(cx, &tokens),
    ))
}

/// "called it a gag", "described the offer as a gag".
fn predicated(cx: &Context<'_>, v: usize, frames: &Frames) -> Option<Draft> {
    if !frames.pred && !frames.r#as {
        return None;
    }
    let Some(object) = objects(cx, v).next() else {
        // "which he dismissed as a gag": what it is about stands before
        let r#as = cx.parse.children_with(v, &["prep"]).find(|&c| c > v && cx.token(c).lower == "as")?;
        let inner = cx.parse.child(r#as, &["pobj", "pcomp", "amod"])?;
        let parts = spans(cx, &cx.parse.subtree(inner));
        return Some(Draft::new(Rule("quote.called.v1"), confidence::CALLED, cue(cx, v), speaker(cx, v), parts));
    };
    let said_of = cx.parse.children(v).filter(|&c| {
        c > v
            && (frames.pred
                && (help::has_dep(cx, c, &["oprd", "xcomp", "ccomp", "attr", "acomp"]) || also_called(cx, object, c))
                || cx.token(c).lower == "as" && help::has_dep(cx, c, &["prep"]))
    });
    let inside = cx.parse.children(object).any(|c| cx.token(c).lower == "as" && help::has_dep(cx, c, &["prep"]));
    let mut tokens = cx.parse.subtree(object);
    let before = tokens.len();
    for c in said_of {
        tokens.extend(clause_tokens(cx, c));
    }
    let small_clause = frames.pred && help::has_dep(cx, object, &["ccomp", "oprd"]);
    let more = tokens.len() > before && !help::has_dep(cx, object, &["oprd"]);
    if !more && !inside && !small_clause {
        return None;
    }
    tokens.sort_unstable();
    tokens.dedup();
    Some(Draft::new(Rule("quote.called.v1"), confidence::CALLED, cue(cx, v), speaker(cx, v), spans(cx, &tokens)))
}

/// "branded the amnesty a trap", "depicted them as spoilt": what the parse took for a second object or for a clause.
fn also_called(cx: &Context<'_>, object: usize, c: usize) -> bool {
    let next = cx.parse.subtree_range(c).start == cx.parse.subtree_range(object).end;
    let as_clause = || cx.parse.child(c, &["mark"]).is_some_and(|m| cx.token(m).lower == "as");
    help::has_dep(cx, c, &["dobj"]) && c > object && next || help::has_dep(cx, c, &["advcl"]) && as_clause()
}

/// What stands behind a verb of calling: an object, or a clause without a tense.
pub(super) fn objects<'a>(cx: &'a Context<'_>, v: usize) -> impl Iterator<Item = usize> + 'a {
    cx.parse
        .children_with(v, &["dobj", "ccomp", "oprd"])
        .filter(move |&o| o > v && !(help::has_dep(cx, o, &["ccomp"]) && help::is_finite(cx, o)))
}

/// "rejected the plan", "accused them of lying", "blamed the union for the strike".
fn object(cx: &Context<'_>, v: usize, frames: &Frames) -> Option<Draft> {
    if !frames.obj || !frames.quote && defines(cx, v) {
        return None;
    }
    let object = cx.parse.child(v, &["dobj"])?;
    if cx.token(object).lower.ends_with("self") || cx.token(object).lower.ends_with("selves") {
        return None;
    }
    let mut tokens = cx.parse.subtree(object);
    if object > v {
        for c in cx.parse.children(v).filter(|&c| c > object) {
            let taken = match cx.token(c).dep.as_str() {
                "prep" => {
                    matches!(
                        cx.token(c).lower.as_str(),
                        "as" | "of" | "for" | "over" | "on" | "with" | "against" | "to"
                    ) && !cx.parse.children(c).any(|p| matches!(cx.token(p).ent.as_str(), "DATE" | "TIME"))
                }
                "xcomp" | "oprd" => true,
                _ => false,
            };
            if taken {
                tokens.extend(clause_tokens(cx, c));
            }
        }
    }
    tokens.sort_unstable();
    tokens.dedup();
    report::without_relative(cx, &mut tokens);
    Some(Draft::new(Rule("quote.object.v2"), confidence::OBJECT, cue(cx, v), speaker(cx, v), spans(cx, &tokens)))
}

/// Whether a verb only says which ones are meant: "those supporting the plan", "members who oppose it".
fn defines(cx: &Context<'_>, v: usize) -> bool {
    let apart = |i: usize| i > 0 && matches!(cx.word(i - 1), "," | "—" | "–" | "--" | "(");
    match cx.token(v).dep.as_str() {
        "acl" => cx.token(v).tag == "VBG" && !apart(cx.parse.subtree_range(v).start),
        "relcl" => {
            let relative = help::own_subject(cx, v).filter(|&s| matches!(cx.token(s).tag.as_str(), "WDT" | "WP"));
            cx.token(v).tag == "VBP" && relative.is_some_and(|s| !apart(s))
        }
        _ => false,
    }
}

/// "called for a truce", "called on them to leave", "spoke about the water", "called for the port to open".
fn preposition(cx: &Context<'_>, v: usize, frames: &Frames) -> Option<Draft> {
    let through = particle(cx, v);
    let below = through.into_iter().flat_map(|p| cx.parse.children(p));
    for c in cx.parse.children(v).chain(below).filter(|&c| c > v) {
        let word = cx.token(c).lower.as_str();
        if frames.preps.contains(&word) && help::has_dep(cx, c, &["prep", "agent"]) {
            let Some(inner) = cx.parse.child(c, &["pobj", "pcomp"]) else { continue };
            if matches!(cx.token(inner).ent.as_str(), "DATE" | "TIME") || points(cx, v, word) {
                continue;
            }
            let mut tokens = cx.parse.subtree(inner);
            let r#as = cx.parse.children_with(v, &["prep"]).find(|&x| x > inner && cx.token(x).lower == "as");
            tokens.extend(r#as.filter(|_| frames.r#as).into_iter().flat_map(|x| cx.parse.subtree(x)));
            let asked = word == "to" && frames.ask;
            if matches!(word, "on" | "for") || asked {
                let more = cx
                    .parse
                    .children_with(v, &["xcomp", "ccomp", "advcl"])
                    .filter(|&x| x > inner && help::is_infinitive(cx, x));
                let before = tokens.len();
                more.for_each(|x| tokens.extend(cx.parse.subtree(x)));
                // "appealed to ministers": for what is not told
                if asked && tokens.len() == before {
                    continue;
                }
            }
            tokens.sort_unstable();
            tokens.dedup();
            report::without_relative(cx, &mut tokens);
            let (cue, tokens) = tied(cx, v, c, tokens);
            return Some(Draft::new(
                Rule("quote.preposition.v3"),
                confidence::PREPOSITION,
                cue,
                speaker(cx, v),
                spans(cx, &tokens),
            ));
        }
        let clause = help::has_dep(cx, c, &["advcl", "xcomp", "ccomp"])
            .then(|| cx.parse.children_with(c, &["mark"]).find(|&m| frames.preps.contains(&cx.token(m).lower.as_str())))
            .flatten();
        if let Some(m) = clause {
            let (cue, tokens) = tied(cx, v, m, subtree_but(cx, c, &[m]));
            return Some(Draft::new(
                Rule("quote.preposition.v3"),
                confidence::PREPOSITION,
                cue,
                speaker(cx, v),
                spans(cx, &tokens),
            ));
        }
    }
    None
}

/// The cue and content around the preposition `p`: one that takes a side opens the content ("called | for a truce"), one
/// that only names the subject stays with the cue ("spoke about | the water").
fn tied(cx: &Context<'_>, v: usize, p: usize, mut tokens: Vec<usize>) -> (Range<usize>, Vec<usize>) {
    let mut cue = cue(cx, v);
    cue.end = particle(cx, v).filter(|&a| a < p).map_or(cue.end, |a| cue.end.max(a + 1));
    if !super::draft::sided(cx, p) || cue.contains(&p) {
        return (cue.start..p + 1, tokens);
    }
    tokens.insert(0, p);
    (cue, tokens)
}

/// "..., she said, referring to the mayor": what the words before are about, nothing new that is said.
fn points(cx: &Context<'_>, v: usize, word: &str) -> bool {
    word == "to" && cx.token(v).tag == "VBG" && matches!(cx.token(v).lemma.as_str(), "refer" | "point")
}

/// "was criticised by the union", "was described as final".
fn passive_object(cx: &Context<'_>, v: usize, frames: &Frames) -> Option<Draft> {
    let subject =
        cx.parse.child(v, &["nsubjpass"]).or_else(|| help::has_dep(cx, v, &["acl"]).then(|| cx.parse.head(v)))?;
    let source = help::actor(cx, v);
    let told = cx.parse.child(v, &["auxpass"]).is_some() && help::is_finite(cx, v);
    // "was accused of lying", "has been criticised for it": nobody is named, but a charge is there
    let charge = |c: usize| help::has_dep(cx, c, &["prep"]) && matches!(cx.token(c).lower.as_str(), "of" | "for");
    let judged = told && frames.obj && !frames.quote && cx.parse.children(v).any(|c| c > v && charge(c));
    let known = told && frames.pred || frames.obj && source.is_some() || judged;
    if !known {
        return None;
    }
    let mut tokens = match cx.parse.head(v) == subject {
        true => help::noun_phrase(cx, subject).collect(),
        false => cx.parse.subtree(subject),
    };
    let before = tokens.len();
    for c in cx.parse.children(v).filter(|&c| c > v) {
        let r#as = help::has_dep(cx, c, &["prep"]) && cx.token(c).lower == "as";
        if help::has_dep(cx, c, &["oprd", "xcomp"]) || r#as || frames.obj && charge(c) {
            tokens.extend(clause_tokens(cx, c));
        }
    }
    if source.is_none() && tokens.len() == before {
        return None;
    }
    tokens.sort_unstable();
    tokens.dedup();
    Some(Draft::new(Rule("quote.passive.v2"), confidence::PASSIVE, cue(cx, v), source, spans(cx, &tokens)))
}

/// "is expected to sign", "appears to hold": the subject belongs to what is said.
fn raised(cx: &Context<'_>, v: usize, frames: &Frames) -> Option<Draft> {
    let passive = help::is_passive(cx, v);
    if !(frames.raise && !passive || frames.raise_pass && passive) {
        return None;
    }
    let subject = help::own_subject(cx, v)?;
    let c = cx.parse.children_with(v, &["xcomp", "ccomp", "oprd", "acomp"]).find(|&c| c > v)?;
    let mut tokens = clause_tokens(cx, c);
    if cx.token(subject).lower != "it" {
        tokens.extend(cx.parse.subtree(subject));
        tokens.sort_unstable();
        tokens.dedup();
    }
    report::without_relative(cx, &mut tokens);
    // "is said by a colleague to be content"
    let source = if passive { help::actor(cx, v) } else { None };
    Some(Draft::new(Rule("quote.raised.v1"), confidence::RAISED, cue(cx, v), source, spans(cx, &tokens)))
}

/// "The port, he said, would close", "as he put it": a clause of speech put into or behind what it reports.
fn inserted(cx: &Context<'_>, v: usize, frames: &Frames) -> Option<Draft> {
    if !frames.quote && !frames.that || !help::has_dep(cx, v, &["parataxis", "ccomp", "advcl", "dep", "conj", "relcl"])
    {
        return None;
    }
    let own = help::own_subject(cx, v)?;
    let discourse = matches!(cx.token(own).lower.as_str(), "i" | "you") && !frames.quote;
    let objects: &[&str] = if frames.person { &["acomp", "xcomp"] } else { &["dobj", "acomp", "xcomp"] };
    let taken = cx.parse.child(v, objects).is_some_and(|o| o > v);
    // "people close to it say": a form the tagger takes for an infinitive
    let bare = cx.token(v).tag == "VB" && own < v && cx.parse.child(v, &["aux"]).is_none();
    if discourse || taken || !(help::is_finite(cx, v) || bare) || matches!(cx.token(own).tag.as_str(), "WDT" | "WP") {
        return None;
    }
    let head = cx.parse.head(v);
    let source = speaker(cx, v);
    // "It says, in a list of its own, that members agree": the clause behind was taken for the one it stands in
    if v + 1 < cx.parse.len()
        && cx.word(v + 1) == ","
        && let Some(m) = cx.parse.children_with(head, &["mark"]).find(|&m| m > v && cx.token(m).lower == "that")
    {
        let tokens: Vec<usize> = cx.parse.subtree(head).into_iter().filter(|&t| t >= m).collect();
        return Some(Draft::new(Rule("quote.clause.v1"), confidence::CLAUSE, cue(cx, v), source, spans(cx, &tokens)));
    }
    let range = cx.parse.subtree_range(v);
    let comma = |i: Option<usize>| {
        i.is_some_and(|i| {
            i < cx.parse.len() && matches!(cx.word(i), "," | "—" | "–" | "--" | "\"" | "”" | "''" | "?" | "!")
        })
    };
    let apart = comma(range.start.checked_sub(1)) || comma(Some(range.start)) || as_clause(cx, v);
    let bound = cx
        .parse
        .children_with(v, &["mark", "advmod"])
        .any(|m| m < own && matches!(cx.token(m).tag.as_str(), "IN" | "WRB") && cx.token(m).lower != "as");
    if !apart || bound || help::has_dep(cx, v, &["advcl"]) && !as_clause(cx, v) && frames.that && !frames.quote {
        return None;
    }
    let source = heard_from(cx, v).or_else(|| speaker(cx, v));
    let head = outer_report(cx, v, source);
    let mut tokens = subtree_but(cx, head, &[v]);
    report::last_clause(cx, range.start, &mut tokens);
    // a speaker that the tree hung elsewhere is no part of what is said
    if let Some(s) = source.filter(|s| *s > v && tokens.contains(s)) {
        let phrase = help::full_noun_phrase(cx, s);
        tokens.retain(|t| !phrase.contains(t));
    }
    report::complete(cx, v, source, &mut tokens);
    let parts: Vec<Span> = spans(cx, &tokens);
    Some(Draft::new(Rule("quote.inserted.v1"), confidence::INSERTED, cue(cx, v), source, parts))
}

/// What a cue set off by commas reports: the clause it hangs on, or the whole report around that, where another than the one
/// quoted there tells it ("Brandt said that it was over, one of those present recalled").
fn outer_report(cx: &Context<'_>, v: usize, source: Option<usize>) -> usize {
    let head = cx.parse.head(v);
    let above = cx.parse.head(head);
    let reported = help::has_dep(cx, head, &["ccomp"]) && frames_of(cx, above).is_some_and(|f| f.quote) && above < head;
    let told = help::own_subject(cx, above).filter(|&s| s < above);
    let another = told.zip(source).is_some_and(|(a, b)| cx.token(b).pos != "PRON" && a != b);
    if reported && another { above } else { head }
}

/// "It would go on, a spokesman, N, said"; "the chapter is finished, has declared the mediator N": a cue set off by commas that
/// the tree took for a second verb of the clause it reports.
fn set_off(cx: &Context<'_>, v: usize, frames: &Frames) -> Option<Draft> {
    if !frames.quote || !help::is_finite(cx, v) || help::own_subject(cx, v).is_some() {
        return None;
    }
    let sentence = cx.parse.sentence_of(v);
    let group = cue(cx, v);
    if group.start <= sentence.start + 3 || cx.parse.child(v, &["ccomp", "xcomp"]).is_some_and(|c| c > v) {
        return None;
    }
    let (source, start) = apposed(cx, &sentence, group.start).or_else(|| inverted(cx, v, group.start, frames))?;
    let mut tokens: Vec<usize> = (sentence.start..start.checked_sub(1)?).collect();
    if !tokens.iter().any(|&i| help::is_verb(cx, i) && help::is_finite(cx, i)) {
        return None;
    }
    report::complete(cx, v, Some(source), &mut tokens);
    Some(Draft::new(Rule("quote.inserted.v1"), confidence::INSERTED, group, Some(source), spans(cx, &tokens)))
}

/// ", a spokesman, N," right before a verb: the head of the phrase and its first token.
pub(super) fn apposed(cx: &Context<'_>, sentence: &Range<usize>, before: usize) -> Option<(usize, usize)> {
    let end = if cx.word(before - 1) == "," { before - 1 } else { before };
    let mut at = (sentence.start..end)
        .rev()
        .take(12)
        .find(|&i| help::has_dep(cx, i, &["appos"]) && cx.parse.subtree_range(i).end >= end)?;
    while help::has_dep(cx, cx.parse.head(at), &["appos"]) {
        at = cx.parse.head(at);
    }
    let start = cx.parse.subtree_range(at).start;
    let person = cx.reference(at).kind == RefKind::Person;
    (person && start > sentence.start + 2 && cx.word(start - 1) == ",").then_some((at, start))
}

/// ", has declared the mediator N": the object right behind a verb that has no subject, after a comma.
fn inverted(cx: &Context<'_>, v: usize, start: usize, frames: &Frames) -> Option<(usize, usize)> {
    let fronted = cx.parse.child(v, &["ccomp"]).is_some_and(|c| c < v);
    if frames.person || cx.word(start - 1) != "," || !fronted && !help::has_dep(cx, v, &["conj", "dep", "parataxis"]) {
        return None;
    }
    let joined = cx.parse.children_with(cx.parse.head(v), &["cc"]).any(|c| c < v && c + 3 > start);
    let object = cx.parse.child(v, &["dobj"])?;
    let person = cx.reference(object).kind == RefKind::Person && cx.token(object).pos != "PRON";
    (!joined && person && cx.parse.subtree_range(object).start == v + 1).then_some((object, start))
}

fn as_clause(cx: &Context<'_>, v: usize) -> bool {
    cx.parse.child(v, &["mark"]).is_some_and(|m| cx.token(m).lower == "as")
}
