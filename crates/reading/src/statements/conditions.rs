//! On what a stand depends: "if", "only after", "unless", "in exchange for" (`lexicons/conditions.tsv`).

use std::ops::Range;

use super::candidate::Candidate;
use super::clause::{dep, is_punct, is_verb, lemma, lower, reason};
use super::holder::Voices;
use super::lexicon::{CONNECTIVES, Connective, NOUNS, Use, is};
use crate::Context;
use crate::model::{Act, Condition, ConditionSort, Polarity};
use crate::topics::topics;

/// A connective with its clause or phrase, not yet tied to a stand.
#[derive(Debug, Clone)]
pub(super) struct Tie {
    pub(super) sort: ConditionSort,
    with: Use,
    /// Its words, the connective included.
    pub(super) words: Range<usize>,
    /// The verb, adjective or noun it depends on.
    pub(super) host: usize,
    /// Whether "only" or "not" opens it.
    pub(super) strict: bool,
    /// Whether its clause is in the past.
    past: bool,
    /// "without asking": how a thing is done, a condition only of what is refused.
    manner: bool,
    /// "now that": it has come about.
    pub(super) met: bool,
}

impl Tie {
    /// Whether it is a condition of whatever is said, no time at which something happens.
    pub(super) fn binds(&self, cx: &Context<'_>) -> bool {
        let modals = || cx.parse.children_with(self.host, &["aux"]).filter(|&a| cx.token(a).tag == "MD");
        // "said it would open once the road was clear": the past of what was said
        let shifted = || modals().any(|a| matches!(lower(cx, a), "would" | "could" | "might" | "should" | "'d" | "’d"));
        let to_come = modals().next().is_some() && (!self.past || shifted());
        self.strict || matches!(self.with, Use::Any) || to_come
    }

    /// Whether its clause tells of the past ("after the council condemned it"), so that what it says was done.
    pub(super) fn tells(&self) -> bool {
        self.past
            && !self.strict
            && matches!(self.sort, ConditionSort::After | ConditionSort::Before | ConditionSort::Until)
    }
}

/// All ties of a sentence.
pub(super) fn find(cx: &Context<'_>, sentence: Range<usize>) -> Vec<Tie> {
    let mut found: Vec<Tie> = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        let hit = CONNECTIVES.iter().find(|c| at + c.words.len() <= sentence.end && words_at(cx, at, &c.words));
        let Some(c) = hit else {
            found.extend(inverted(cx, at, &sentence).or_else(|| within_days(cx, at, &sentence)));
            at += 1;
            continue;
        };
        let end = at + c.words.len();
        if let Some(tie) = tie(cx, at, end, c, &sentence) {
            found.push(tie);
        }
        at = end;
    }
    found
}

/// "should the board recommend it", "were it called a board", "had they asked": a condition by the order of its words.
fn inverted(cx: &Context<'_>, at: usize, sentence: &Range<usize>) -> Option<Tie> {
    let copula = lower(cx, at) == "were" && is_verb(cx, at) && !matches!(dep(cx, at), "aux" | "auxpass");
    let verb = if copula { at } else { cx.parse.head(at) };
    let opens = match lower(cx, at) {
        "should" => dep(cx, at) == "aux",
        "were" => copula || matches!(dep(cx, at), "aux" | "auxpass"),
        "had" => dep(cx, at) == "aux" && cx.token(verb).tag == "VBN",
        _ => false,
    };
    if cx.parse.children_with(verb, &["expl", "mark"]).any(|m| m < verb) {
        return None;
    }
    // the parse may make the condition the main clause
    let above = if cx.parse.is_root(verb) {
        cx.parse.children_with(verb, &["ccomp"]).find(|&c| c < at)?
    } else {
        cx.parse.head(verb)
    };
    // "should the second exchange slip": a verb read as a noun
    let clause = is_verb(cx, verb) || lower(cx, at) == "should" && dep(cx, verb) == "advcl";
    if !opens || verb < at || verb == at && !copula || !clause {
        return None;
    }
    // "who were the people", "where had they gone": a question
    let asked = at > sentence.start && cx.token(at - 1).tag.starts_with('W');
    let plain = cx.parse.child(verb, &["nsubj", "nsubjpass"]);
    // "were the fee to be waived"
    let behind = || cx.parse.child(verb, &["attr"]).filter(|&a| copula && a > at);
    let subject = plain.or_else(behind).filter(|&s| s > at && (copula || s < verb))?;
    let ahead = lower(cx, at) == "should" && dep(cx, verb) == "ccomp" && cx.parse.head(verb) > verb;
    if asked || cx.parse.subtree_range(subject).start != at + 1 || ahead {
        return None;
    }
    let mut words = at..cx.parse.subtree_range(verb).end.min(sentence.end);
    while words.end > verb + 1 && is_punct(cx, words.end - 1) {
        words.end -= 1;
    }
    let host = above;
    Some(bare(ConditionSort::If, Use::Any, words, host))
}

/// A tie that nothing narrows.
fn bare(sort: ConditionSort, with: Use, words: Range<usize>, host: usize) -> Tie {
    Tie { sort, with, words, host, strict: false, past: false, manner: false, met: false }
}

/// "within ninety days of the truce": after what.
fn within_days(cx: &Context<'_>, at: usize, sentence: &Range<usize>) -> Option<Tie> {
    if !matches!(lower(cx, at), "within" | "inside") || dep(cx, at) != "prep" {
        return None;
    }
    let unit = cx.parse.child(at, &["pobj"])?;
    let long = ["hour", "day", "week", "month", "year", "minute"].contains(&lemma(cx, unit));
    let of = cx.parse.children_with(unit, &["prep"]).find(|&p| matches!(lower(cx, p), "of" | "after"))?;
    let event = cx
        .parse
        .child(of, &["pobj", "pcomp"])
        .filter(|&o| long && !matches!(cx.token(o).ent.as_str(), "DATE" | "TIME"))?;
    let words = at..cx.parse.subtree_range(event).end.min(sentence.end);
    Some(bare(ConditionSort::After, Use::Will, words, cx.parse.head(at)))
}

/// Idioms in the shape of a condition: "if anything", "if ministers get their wish", "for as long as it takes".
fn idiom(cx: &Context<'_>, end: usize, c: &Connective, top: usize) -> bool {
    let last = *c.words.last().unwrap_or(&"");
    let wish = cx.parse.child(top, &["dobj"]).is_some_and(|o| matches!(lower(cx, o), "way" | "wish" | "say"))
        && matches!(lemma(cx, top), "have" | "get");
    match last {
        "if" => wish || at_word(cx, end, &["anything", "so", "possible", "necessary", "need", "only"]),
        "as" => {
            at_word(cx, end, &["possible"]) || at_word(cx, end, &["it"]) && at_word(cx, end + 1, &["takes", "took"])
        }
        "that" if c.words.contains(&"condition") => hidden(cx, top),
        _ => false,
    }
}

/// "on condition that he not be named": what is agreed with a source.
fn hidden(cx: &Context<'_>, top: usize) -> bool {
    matches!(lemma(cx, top), "name" | "identify" | "quote" | "attribute")
        && cx.parse.child(top, &["nsubjpass"]).is_some()
}

/// Whether a phrase with "without" tells what a thing is like ("a man without a mandate") and not what is missing from
/// something refused ("no deal without a vote").
fn describes(cx: &Context<'_>, host: usize) -> bool {
    let none = |i: usize| {
        super::clause::empty_phrase(cx, i) || cx.parse.children(i).any(|k| matches!(lower(cx, k), "no" | "any"))
    };
    !is_verb(cx, host) && !NOUNS.contains_key(lemma(cx, host)) && !none(host)
}

/// Before whom and not before what: "before a court", "before the cameras".
fn audience(cx: &Context<'_>, o: usize) -> bool {
    const SEATS: &[&str] = &[
        "court",
        "tribunal",
        "judge",
        "jury",
        "parliament",
        "assembly",
        "senate",
        "committee",
        "commission",
        "board",
        "council",
        "panel",
        "cabinet",
        "chamber",
        "congress",
        "audience",
        "crowd",
        "camera",
        "microphone",
        "press",
        "public",
        "world",
        "nation",
        "congregation",
        "reporter",
        "journalist",
        "member",
        "delegate",
        "shareholder",
        "arbitrator",
        "eye",
    ];
    SEATS.contains(&lemma(cx, o))
}

fn words_at(cx: &Context<'_>, at: usize, words: &[&str]) -> bool {
    words.iter().enumerate().all(|(k, w)| lower(cx, at + k) == *w)
}

fn tie(cx: &Context<'_>, at: usize, end: usize, c: &Connective, sentence: &Range<usize>) -> Option<Tie> {
    let before = if at > sentence.start { lower(cx, at - 1) } else { "" };
    if matches!(before, "as" | "even" | "what" | "ask" | "asked" | "see" | "wonder")
        || lower(cx, end - 1) == "if" && at_word(cx, end, &["not", "any", "ever"])
    {
        return None;
    }
    cx.parse.tokens.get(end)?;
    let (top, host) = clause_of(cx, at, end)?;
    // "its consent hinges on the court": what is said of a stand's noun
    let host = if is_verb(cx, at) && is("hinge", lemma(cx, at)) { hinging(cx, at)? } else { host };
    // "while they talk" behind what it conditions; set off, it only contrasts
    if c.words == ["while"] && (at == sentence.start || is_punct(cx, at - 1) || !is_verb(cx, top)) {
        return None;
    }
    // "..., since without credit there would be no data": a reason, nothing asked for
    if std::iter::once(host).chain(cx.parse.ancestors(host)).any(|a| reason(cx, a)) {
        return None;
    }
    if idiom(cx, end, c, top) || c.words == ["without"] && describes(cx, host) {
        return None;
    }
    // "once the interior minister": what somebody was
    if matches!(c.words.as_slice(), ["once"] | ["when"])
        && !is_verb(cx, top)
        && cx.parse.child(top, &["nsubj", "nsubjpass"]).is_none()
    {
        return None;
    }
    // "to look after the station": the verb's particle
    if c.words == ["after"]
        && at > sentence.start
        && matches!(lemma(cx, at - 1), "look" | "seek" | "hanker" | "ask" | "inquire")
    {
        return None;
    }
    let subtree = cx.parse.subtree_range(top);
    let mut words = at..subtree.end.max(end);
    words.end = words.end.min(sentence.end);
    while words.end > end && is_punct(cx, words.end - 1) {
        words.end -= 1;
    }
    let whole = matches!(c.words.last(), Some(&"terms" | &"basis" | &"price" | &"condition")) && c.words.len() > 2;
    let adverb = whole || matches!(c.words.as_slice(), ["in", "exchange"] | ["in", "return"]);
    if whole || adverb && cx.parse.tokens.get(end).is_some_and(|t| t.pos == "PUNCT") {
        words.end = end;
    }
    if !adverb && words.end <= end {
        return None;
    }
    // "until Friday", "after the meeting on Monday": a time, no condition
    let object = cx.parse.children_with(end - 1, &["pobj"]).next();
    let time = |o: usize| {
        matches!(lower(cx, o), "anonymity" | "now" | "then" | "date" | "moment" | "point") || cx.token(o).pos == "ADV"
    };
    if object.is_some_and(time) || matches!(lower(cx, end), "now" | "then") || lower(cx, end).starts_with("anonym") {
        return None;
    }
    // "without it" points at a thing named before
    let thing = |o: usize| c.sort == ConditionSort::Unless && matches!(lower(cx, o), "it" | "them" | "this" | "that");
    let someone = |o: usize| cx.token(o).pos == "PRON" || matches!(cx.token(o).ent.as_str(), "PERSON" | "GPE" | "ORG");
    if object.is_some_and(|o| someone(o) && !thing(o)) {
        return None;
    }
    let temporal = matches!(c.sort, ConditionSort::After | ConditionSort::Before | ConditionSort::Until);
    if c.sort == ConditionSort::Before && object.is_some_and(|o| audience(cx, o)) {
        return None;
    }
    if temporal && object.is_some_and(|o| matches!(cx.token(o).ent.as_str(), "DATE" | "TIME" | "EVENT") || year(cx, o))
    {
        return None;
    }
    // "eleven months after the truce": how long after
    if temporal && at > sentence.start && dated(cx)(at - 1) && !is_punct(cx, at - 1) {
        return None;
    }
    let strict =
        c.words.len() > 1 && c.words.iter().any(|w| matches!(*w, "only" | "not")) || matches!(before, "only" | "not");
    if temporal && !strict {
        // "after talks in Geneva", "before the close of the year": when, not on what condition
        let timed = |o: usize| is("occasion", lemma(cx, o)) || cx.parse.child(o, &["compound"]).is_some_and(dated(cx));
        if object.is_some_and(timed) {
            return None;
        }
        // "after a commander said": what had been reported by then
        if cx.token(top).tag == "VBD" && is("report", lemma(cx, top)) {
            return None;
        }
    }
    let was = |i: usize| cx.token(i).tag == "VBD";
    let past = is_verb(cx, top) && (was(top) || cx.parse.children_with(top, &["aux", "auxpass"]).any(was));
    let manner = c.words == ["without"] && cx.token(end).tag == "VBG";
    let met = c.words == ["now", "that"];
    Some(Tie { strict, past: past && !met, manner, met, ..bare(c.sort, c.with, words, host) })
}

/// The noun of a stand that is said to hinge on something ("its consent hinges on").
fn hinging(cx: &Context<'_>, v: usize) -> Option<usize> {
    cx.parse.child(v, &["nsubj"]).filter(|&s| s < v && NOUNS.contains_key(lemma(cx, s)))
}

fn year(cx: &Context<'_>, i: usize) -> bool {
    let word = lower(cx, i);
    word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())
}

fn dated<'a>(cx: &'a Context<'_>) -> impl Fn(usize) -> bool + 'a {
    |i| matches!(cx.token(i).ent.as_str(), "DATE" | "TIME")
}

fn at_word(cx: &Context<'_>, i: usize, words: &[&str]) -> bool {
    cx.parse.tokens.get(i).is_some_and(|t| words.contains(&t.lower.as_str()))
}

/// Head of the clause or phrase a connective opens, and what that depends on.
fn clause_of(cx: &Context<'_>, at: usize, end: usize) -> Option<(usize, usize)> {
    // a conjunction marks the verb of its clause
    for i in (at..end).rev() {
        let head = cx.parse.head(i);
        if matches!(dep(cx, i), "mark" | "advmod") && head >= end && (is_verb(cx, head) || dep(cx, head) == "advcl") {
            if matches!(dep(cx, head), "ccomp" | "xcomp" | "pcomp")
                && dep(cx, i) == "mark"
                && end - at == 1
                && lower(cx, i) == "if"
            {
                // "asked if": a question, no condition
                let above = cx.parse.head(head);
                if matches!(lower(cx, above), "asked" | "ask" | "know" | "see" | "wondered") {
                    return None;
                }
            }
            return Some((head, cx.parse.head(head)));
        }
    }
    // a preposition or participle is the head of its phrase; if it has none ("provided the dues are halved"), of what follows
    let mut alone = None;
    for i in at..end {
        let head = cx.parse.head(i);
        if head < at || head >= end {
            let own = cx.parse.subtree_range(i);
            if own.end > end {
                return Some((i, head));
            }
            alone = alone.or((i + 1 == end).then_some((i, head)));
        }
    }
    // else whatever follows, up to what stands outside
    let mut top = end;
    if alone.is_some()
        && !cx.parse.tokens.get(top).is_some_and(|t| matches!(t.pos.as_str(), "DET" | "NOUN" | "PROPN" | "PRON"))
    {
        return alone;
    }
    cx.parse.tokens.get(top)?;
    for _ in 0..12 {
        let head = cx.parse.head(top);
        if head < at || head == top || matches!(dep(cx, top), "advcl" | "prep") {
            return Some((top, head));
        }
        top = head;
    }
    None
}

/// Whether a stand can have this condition.
fn fits(tie: &Tie, c: &Candidate) -> bool {
    let denied = c.negated || c.stand.polarity == Polarity::Against;
    match tie.with {
        Use::Any => c.stand.act != Act::Deny && c.stand.act != Act::Accuse,
        Use::Will => tie.strict || c.future && c.stand.act != Act::Assert,
        Use::Not if tie.manner => denied && c.future,
        Use::Not if tie.sort == ConditionSort::Unless => denied && c.future || c.stand.act == Act::Refuse,
        Use::Not => tie.strict || denied && c.future || matches!(c.stand.act, Act::Demand | Act::Request | Act::Refuse),
    }
}

/// Which candidates of the sentence each tie belongs to; candidates inside a tie's own clause are never its holders.
pub(super) fn assign(cx: &Context<'_>, ties: &[Tie], candidates: &[Candidate], voices: &Voices) -> Vec<Vec<usize>> {
    let mut given = vec![Vec::new(); candidates.len()];
    for (t, tie) in ties.iter().enumerate() {
        // "After talks in Geneva, she said they would": said then, not conditional on it
        let outside = |c: &Candidate| {
            let temporal = matches!(tie.sort, ConditionSort::After | ConditionSort::Before | ConditionSort::Until);
            let voice = voices.of(c.predicate);
            // "backed them when the government fell": told of the past
            let told = tie.past
                && voice.is_none()
                && !(c.future && to_come(cx, c))
                && !matches!(c.stand.act, Act::Demand | Act::Refuse | Act::Promise);
            // "could suspend it, she said, once the duty had come down": of the stand itself, whoever's words stand between
            let own = tie.host == c.predicate && c.future && to_come(cx, c);
            temporal && !tie.strict && (told || !own && voice.is_some() && voices.of(tie.words.start) != voice)
        };
        let able: Vec<usize> = (0..candidates.len())
            .filter(|&k| !tie.words.contains(&candidates[k].predicate) && fits(tie, &candidates[k]))
            .filter(|&k| !outside(&candidates[k]))
            .collect();
        let direct = |k: &usize| {
            let c = &candidates[*k];
            tie.host == c.predicate || c.matter.contains(&tie.host) && c.matter.contains(&tie.words.start)
        };
        let mut chosen: Vec<usize> = able.iter().copied().filter(direct).collect();
        // "its call for a pause mirrors their refusal to go while ...": of nouns, the nearer
        let inner =
            chosen.iter().copied().filter(|&k| !candidates[k].clausal && candidates[k].predicate < tie.words.start);
        if let Some(nearest) = inner.max_by_key(|&k| candidates[k].predicate) {
            chosen.retain(|&k| candidates[k].clausal || candidates[k].predicate == candidates[nearest].predicate);
        }
        if chosen.is_empty() {
            chosen = able.iter().copied().filter(|&k| under(cx, candidates[k].predicate, tie.host)).collect();
        }
        if chosen.is_empty() {
            chosen = able.iter().copied().filter(|&k| within(cx, tie.host, candidates[k].predicate)).collect();
        }
        let own = is_verb(cx, tie.host)
            && dep(cx, tie.host) == "conj"
            && cx.parse.child(tie.host, &["nsubj", "nsubjpass"]).is_some();
        if chosen.is_empty() && !own {
            let distance = |k: usize| candidates[k].predicate.abs_diff(tie.words.start);
            chosen = able.iter().copied().min_by_key(|&k| (distance(k), k)).into_iter().collect();
        }
        chosen.into_iter().for_each(|k| given[k].push(t));
    }
    given
}

/// Whether the clause of a stand has "would" or "could": told of what was to come then.
fn to_come(cx: &Context<'_>, c: &Candidate) -> bool {
    let modal = |v: usize| {
        cx.parse.children_with(v, &["aux"]).any(|a| matches!(lower(cx, a), "would" | "could" | "might" | "'d" | "’d"))
    };
    modal(c.predicate) || modal(cx.parse.head(c.predicate))
}

/// The ties that belong to no stand.
pub(super) fn free<'t>(ties: &'t [Tie], given: &[Vec<usize>]) -> Vec<&'t Tie> {
    let taken = |t: usize| given.iter().any(|g| g.contains(&t));
    ties.iter().enumerate().filter(|(t, _)| !taken(*t)).map(|(_, tie)| tie).collect()
}

/// Whether `i` hangs below `top` without leaving its clause by a relative clause.
fn under(cx: &Context<'_>, i: usize, top: usize) -> bool {
    let mut at = i;
    for _ in 0..10 {
        if at == top {
            return true;
        }
        let head = cx.parse.head(at);
        if head == at || matches!(dep(cx, at), "relcl" | "acl") {
            return false;
        }
        at = head;
    }
    false
}

/// Whether `i` hangs below `top` and no clause with a subject and a modal of its own stands between them.
fn within(cx: &Context<'_>, i: usize, top: usize) -> bool {
    let modal = |v: usize| cx.parse.children_with(v, &["aux"]).any(|a| cx.token(a).tag == "MD");
    let own = |v: usize| {
        is_verb(cx, v)
            && cx.parse.child(v, &["nsubj", "nsubjpass"]).is_some()
            && (matches!(dep(cx, v), "conj" | "parataxis") || dep(cx, v) == "advcl" && modal(v))
    };
    under(cx, i, top) && (i == top || !own(i))
}

/// The record of a tie; what holds "as long as" something lasts, holds until it ends.
pub(super) fn condition(cx: &Context<'_>, tie: &Tie, denied: bool) -> Condition {
    let span = super::clause::tidy(cx, tie.words.clone());
    let lasts = tie.sort == ConditionSort::If
        && denied
        && cx
            .parse
            .tokens_in(span.range())
            .take(3)
            .collect::<Vec<_>>()
            .windows(3)
            .any(|w| lower(cx, w[1]) == "long" && lower(cx, w[2]) == "as");
    let sort = if lasts { ConditionSort::Until } else { tie.sort };
    Condition { sort, span, topics: topics(cx, span, 0) }
}
