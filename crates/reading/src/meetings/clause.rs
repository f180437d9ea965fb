//! The clause around a meeting: which verb says what became of it, and on which day.

use std::collections::HashMap;
use std::sync::LazyLock;

use rapporteur_text::{Span, When};

use super::frames::NOUNS;
use crate::Context;
use crate::lexicon::rows;
use crate::model::{MeetingSort, MeetingState};
use crate::syntax_help as syntax;

/// The longest time, in days, that still says when a meeting is.
const SEASON: i64 = 31;
/// Days before the article from which on a meeting told with a mere year is history.
const HISTORY: i32 = 180;

static VERBS: LazyLock<HashMap<&str, (Option<MeetingSort>, Option<MeetingState>)>> = LazyLock::new(|| {
    rows(include_str!("../../lexicons/meeting_verbs.tsv"))
        .map(|r| {
            let column = |n: usize| r.get(n).copied().unwrap_or("-");
            (r[0], (MeetingSort::from_written(column(1)), MeetingState::from_written(column(2))))
        })
        .collect()
});

pub(super) fn verb_entry(cx: &Context<'_>, i: usize) -> Option<(Option<MeetingSort>, Option<MeetingState>)> {
    let lemma = cx.token(i).lemma.as_str();
    let particle = cx.parse.child(i, &["prt", "advmod"]).map(|p| format!("{lemma} {}", cx.token(p).lower));
    particle.and_then(|p| VERBS.get(p.as_str())).or_else(|| VERBS.get(lemma)).copied()
}

/// The verb or preposition that governs a meeting's noun.
pub(super) struct Clause {
    /// The verb whose subject, object or adjunct the noun is.
    pub(super) verb: Option<usize>,
    /// Whether the verb says something of the meeting itself (subject or object).
    pub(super) direct: bool,
    /// Whether the noun is in a prepositional phrase of the verb itself ("met at the session").
    pub(super) adjunct: bool,
    /// The preposition before the noun ("after", "during").
    pub(super) preposition: Option<usize>,
}

impl Clause {
    pub(super) fn of_noun(cx: &Context<'_>, i: usize) -> Self {
        let (mut at, mut preposition, mut direct) = (i, None, true);
        for _ in 0..6 {
            let t = cx.token(at);
            let up = cx.parse.head(at);
            match t.dep.as_str() {
                "nsubj" | "nsubjpass" | "dobj" if syntax::is_verb(cx, up) => {
                    return Self::on(cx, up, direct, preposition);
                }
                "conj" | "appos" => at = up,
                "pobj" => {
                    // "a round of talks": the round's verb is the talks' too
                    if cx.token(up).lower == "of" && NOUNS.contains_key(cx.token(cx.parse.head(up)).lemma.as_str()) {
                        at = cx.parse.head(up);
                        continue;
                    }
                    preposition = preposition.or(Some(up));
                    let over = cx.parse.head(up);
                    if syntax::is_verb(cx, over) {
                        return Self { verb: Some(over), direct: false, adjunct: direct, preposition };
                    }
                    at = over;
                    direct = false;
                }
                "attr" | "ROOT" | "ccomp" | "relcl" if syntax::is_verb(cx, at) => {
                    return Self { verb: Some(at), direct: false, adjunct: false, preposition };
                }
                "attr" if syntax::is_verb(cx, up) => return Self::on(cx, up, direct, preposition),
                _ if up == at => break,
                _ => {
                    at = up;
                    direct = false;
                    if syntax::is_verb(cx, at) {
                        return Self { verb: Some(at), direct: false, adjunct: false, preposition };
                    }
                }
            }
        }
        Self { verb: None, direct: false, adjunct: false, preposition }
    }

    /// Subject or object of a verb; "is (due) to be held": of the verb that says what happens.
    pub(super) fn on(cx: &Context<'_>, verb: usize, direct: bool, preposition: Option<usize>) -> Self {
        let mut verb = verb;
        if matches!(cx.token(verb).lemma.as_str(), "be" | "expect" | "schedule" | "plan" | "set") {
            let inner = cx
                .parse
                .child(verb, &["xcomp"])
                .or_else(|| cx.parse.child(verb, &["acomp"]).and_then(|a| cx.parse.child(a, &["xcomp"])));
            verb = inner.filter(|&v| syntax::is_infinitive(cx, v)).unwrap_or(verb);
        }
        Self { verb: Some(verb), direct: direct && !is_speech(cx, verb), adjunct: false, preposition }
    }

    /// How well a day on the verb tells the day of the meeting; `None` where it tells that of something else.
    pub(super) fn carries_day(&self, cx: &Context<'_>, i: usize) -> Option<usize> {
        let verb = self.verb?;
        if i == verb {
            return Some(0);
        }
        if self.direct && is_undone(cx, verb) {
            // "was called off on Sunday": the day of the decision
            return None;
        }
        // "was preceded by a visit in December": the day of the other
        let other = matches!(cx.token(verb).lemma.as_str(), "precede" | "follow") && syntax::is_passive(cx, verb);
        if self.direct && other {
            return None;
        }
        if self.direct {
            let object = cx.token(i).dep == "dobj";
            return (!object || verb_entry(cx, verb).is_some()).then_some(1);
        }
        if is_stage(cx, i) {
            return Some(2);
        }
        let inside =
            self.preposition.is_some_and(|p| matches!(cx.token(p).lower.as_str(), "at" | "in" | "during" | "for"));
        (self.adjunct && inside && !is_speech(cx, verb)).then_some(2)
    }

    /// The verb that says what became of the meeting.
    pub(super) fn words(&self, cx: &Context<'_>) -> Option<Span> {
        self.verb.filter(|_| self.direct).map(|v| cx.span(syntax::verb_group(cx, v)))
    }
}

/// What became of a meeting named by a noun, and whether words say so.
pub(super) fn state(cx: &Context<'_>, i: usize, clause: &Clause, when: Option<&When>) -> (MeetingState, bool) {
    let day = by_day(cx, when);
    let modified = |words: &[&str]| {
        cx.parse.children_with(i, &["amod", "compound"]).any(|c| words.contains(&cx.token(c).lower.as_str()))
    };
    if modified(&["cancelled", "canceled", "scrapped", "aborted"]) {
        return (MeetingState::Cancelled, true);
    }
    if modified(&["postponed", "delayed"]) {
        return (MeetingState::Postponed, true);
    }
    let lowered = || clause.direct && clause.verb.is_some_and(|v| super::special::is_lowered(cx, v));
    if modified(&["downgraded"]) || of_scaling_back(cx, clause) || lowered() {
        return (MeetingState::Downgraded, true);
    }
    if let Some(verb) = clause.verb.filter(|_| clause.direct)
        && let Some(found) = state_of_verb(cx, verb)
    {
        // "begins on Monday", told on Monday or before
        let present = matches!(cx.token(verb).tag.as_str(), "VBZ" | "VBP");
        let today = when.and_then(When::first_day).zip(cx.article.published).is_some_and(|(d, p)| d >= p.date);
        return match (found, day) {
            (MeetingState::Held, _) if present && today => (MeetingState::Planned, true),
            (MeetingState::Held, Some(MeetingState::Planned)) => (MeetingState::Planned, true),
            (s, _) => (s, true),
        };
    }
    // "at the close of a round" on a day that has come
    if is_stage(cx, i) && day.is_some_and(|d| d != MeetingState::Planned) {
        return (MeetingState::Held, true);
    }
    if modified(&["planned", "scheduled", "upcoming", "next", "forthcoming", "follow-up", "proposed"]) {
        return (MeetingState::Planned, true);
    }
    // "will be back for a full session"
    if clause.adjunct && clause.verb.is_some_and(|v| syntax::modal(cx, v).is_some_and(|m| cx.token(m).lower == "will"))
    {
        return (MeetingState::Planned, true);
    }
    // "are expected at the summit"
    let awaited =
        |v: usize| matches!(cx.token(v).lemma.as_str(), "expect" | "await" | "prepare") && cx.token(v).tag != "VBD";
    if day.is_none() && clause.verb.is_some_and(awaited) {
        return (MeetingState::Planned, false);
    }
    if let Some(p) = clause.preposition {
        match cx.token(p).lower.as_str() {
            "ahead" if day.is_none() => return (MeetingState::Planned, false),
            "after" | "following" | "since" | "during" | "at" if day.is_none() => return (MeetingState::Held, false),
            _ => {}
        }
    }
    (day.unwrap_or(MeetingState::Held), false)
}

/// "at the close of a second round", "at the opening of talks", "on the second day of the summit": what is told in the phrase
/// is told of that day.
pub(super) fn is_stage(cx: &Context<'_>, i: usize) -> bool {
    let object = |i: usize, words: &[&str]| {
        let prep = cx.parse.head(i);
        (cx.token(i).dep == "pobj" && words.contains(&cx.token(prep).lower.as_str())).then(|| cx.parse.head(prep))
    };
    let Some(part) = object(i, &["of"]) else { return false };
    let ordinal = || {
        let mut words = cx.parse.children_with(part, &["amod"]).map(|a| cx.token(a).lower.as_str());
        words.any(|w| matches!(w, "first" | "second" | "third" | "fourth" | "fifth" | "last" | "final" | "opening"))
    };
    match cx.token(part).lemma.as_str() {
        "end" | "close" | "conclusion" | "opening" | "start" | "outset" | "beginning" => {
            object(part, &["at"]).is_some()
        }
        "day" | "evening" | "morning" => ordinal() && object(part, &["on"]).is_some(),
        _ => false,
    }
}

/// "the scaling back of the talks", "the cancellation of the summit" are told by their noun.
pub(super) fn of_scaling_back(cx: &Context<'_>, clause: &Clause) -> bool {
    clause.preposition.filter(|&p| cx.token(p).lower == "of").is_some_and(|p| {
        let over = cx.token(cx.parse.head(p));
        over.lower == "scaling" || over.lower == "downgrading"
    })
}

pub(super) fn state_of_verb(cx: &Context<'_>, verb: usize) -> Option<MeetingState> {
    let said = verb_entry(cx, verb).and_then(|e| e.1);
    let modal = syntax::modal(cx, verb).map(|m| cx.token(m).lower.as_str());
    let future = matches!(modal, Some("will" | "would" | "shall" | "'ll" | "’ll")) || syntax::is_infinitive(cx, verb);
    let negated = syntax::is_negated(cx, verb);
    match said {
        // "put off", "called off": done, unless only threatened
        Some(s @ (MeetingState::Postponed | MeetingState::Downgraded | MeetingState::Cancelled)) => {
            (!negated && modal.is_none() && !syntax::is_infinitive(cx, verb)).then_some(s)
        }
        // "will not take place until Friday" calls nothing off
        Some(MeetingState::Held) if negated && !super::running::is_limited(cx, verb) => {
            let lemma = cx.token(verb).lemma.as_str();
            matches!(lemma, "take" | "happen" | "occur" | "hold" | "proceed").then_some(MeetingState::Cancelled)
        }
        Some(_) if negated => None,
        Some(MeetingState::Held | MeetingState::Ongoing) if future => Some(MeetingState::Planned),
        Some(s) => Some(s),
        // "is due", "is on Friday"
        None if cx.token(verb).lemma == "be"
            && cx.parse.child(verb, &["aux"]).is_some_and(|a| cx.token(a).lower == "had") =>
        {
            None
        }
        None if cx.token(verb).lemma == "be" => cx.parse.child(verb, &["acomp", "attr"]).and_then(|a| {
            matches!(cx.token(a).lower.as_str(), "due" | "imminent" | "planned" | "scheduled" | "pencilled")
                .then_some(MeetingState::Planned)
        }),
        None if future && !negated => Some(MeetingState::Planned),
        None => None,
    }
}

/// The day a meeting was put off to: behind a preposition of the verb itself, else behind one below it.
pub(super) fn moved_to(cx: &Context<'_>, clause: &Clause) -> When {
    let Some(verb) = clause.verb else { return When::unknown() };
    let is = |p: usize, words: &[&str]| words.contains(&cx.token(p).lower.as_str());
    let own = cx.parse.children(verb).filter(|&p| is(p, &["to", "until", "till", "for"]));
    let below = cx.parse.subtree(verb).into_iter().filter(|&p| p > verb && is(p, &["to", "until", "till"]));
    let day = |o: usize| {
        let token = cx.span(o..o + 1);
        cx.dates.iter().find(|d| d.item.span().contains(token)).map(|d| d.when.clone())
    };
    let found = own.chain(below).filter_map(|p| cx.parse.child(p, &["pobj"])).find_map(day);
    ahead(cx, found.unwrap_or_default())
}

/// A weekday to which something was moved lies ahead, whatever the tense of the verb, and so does a day without its year.
fn ahead(cx: &Context<'_>, when: When) -> When {
    let Some((published, day)) = cx.article.published.map(|p| p.date).zip(when.first_day()) else { return when };
    let year = |w: &str| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit());
    let of_no_year = !when.as_written.split(|c: char| !c.is_alphanumeric()).any(year);
    if of_no_year && when.last_day() == Some(day) && (published - day).get_days() > HISTORY {
        return match day.checked_add(jiff::Span::new().years(1)) {
            Ok(later) => When::on(later, when.as_written.clone(), when.basis),
            Err(_) => when,
        };
    }
    let weekday = when.basis == rapporteur_text::Basis::Relative && when.last_day() == Some(day);
    let days = day.until(published).map_or(0, |s| s.get_days());
    if !weekday || !(1..7).contains(&days) || when.as_written.to_lowercase().contains("yesterday") {
        return when;
    }
    match day.checked_add(jiff::Span::new().days(7)) {
        Ok(later) => When::on(later, when.as_written.clone(), when.basis),
        Err(_) => when,
    }
}

/// When a meeting is, with the words that tell it.
pub(super) struct Told {
    pub(super) span: Span,
    pub(super) when: When,
    /// Whether these are days on which it goes on ("until Friday", "since Monday").
    pub(super) running: bool,
}

/// The day of a meeting: on its noun, else on the verb of its clause.
pub(super) fn time(cx: &Context<'_>, i: usize, clause: &Clause) -> Option<Told> {
    let sentence = cx.sentence_at(i);
    // "on Thursday, when they met": the day that the clause hangs on
    let hung = clause.verb.filter(|&v| cx.token(v).dep == "relcl").map(|v| cx.parse.head(v));
    let hung = hung.map(|h| cx.span(h..h + 1));
    let mut best: Option<(usize, usize, Told)> = None;
    // "from 4 to 6 May" is one time
    for (span, when) in crate::dates::merged_in(cx, sentence) {
        let days = match (when.first_day(), when.last_day()) {
            (Some(a), Some(b)) => i64::from(a.until(b).map_or(i32::MAX, |s| s.get_days())),
            _ => continue,
        };
        if days > SEASON || counts_from_event(cx, span) {
            continue;
        }
        let on_it = hung.is_some_and(|h| span.contains(h)).then_some(1);
        let Some(far) = distance(cx, span, i, clause).or(on_it) else { continue };
        let gap = span.start().abs_diff(cx.token(i).start as usize);
        if best.as_ref().is_some_and(|b| (far, gap) >= (b.0, b.1)) {
            continue;
        }
        if let Some(told) = super::running::told(cx, i, clause, span, coming(cx, i, clause, when)) {
            best = Some((far, gap, told));
        }
    }
    best.map(|b| b.2)
}

/// "the last round, held in 2021": told with no day but a year or a season that lies long before the article.
pub(super) fn is_of_old_year(cx: &Context<'_>, i: usize, clause: &Clause) -> bool {
    let Some(published) = cx.article.published.map(|p| p.date) else { return false };
    let old = |w: &When| w.last_day().is_some_and(|d| d.until(published).is_ok_and(|s| s.get_days() > HISTORY));
    let mut times = crate::dates::merged_in(cx, cx.sentence_at(i)).into_iter();
    times.any(|(span, when)| old(&when) && distance(cx, span, i, clause).is_some())
}

/// "the day before the vote" is told from another event.
fn counts_from_event(cx: &Context<'_>, span: Span) -> bool {
    let words = span.slice(cx.text()).to_lowercase();
    let rest = cx.text().get(span.end()..).unwrap_or("").trim_start();
    (words.ends_with(" before") || words.ends_with(" after")) && rest.starts_with(char::is_alphanumeric)
}

/// A weekday of a meeting that is to come lies after publication.
pub(super) fn coming(cx: &Context<'_>, i: usize, clause: &Clause, when: When) -> When {
    let Some((published, first)) = cx.article.published.map(|p| p.date).zip(when.first_day()) else { return when };
    let days = first.until(published).map_or(0, |s| s.get_days());
    let weekday = when.basis == rapporteur_text::Basis::Relative
        && when.last_day() == Some(first)
        && (0..7).contains(&days)
        && when.as_written.to_lowercase().contains("day")
        && !matches!(when.as_written.to_lowercase().as_str(), "today" | "yesterday" | "the day")
        && !when.as_written.to_lowercase().contains("last");
    if !weekday || !is_to_come(cx, i, clause) {
        return when;
    }
    match first.checked_add(jiff::Span::new().days(7)) {
        Ok(later) => When::on(later, when.as_written.clone(), when.basis),
        Err(_) => when,
    }
}

/// The present or future of planning: "is set for", "will meet", "the next session is down for".
pub(super) fn is_to_come(cx: &Context<'_>, i: usize, clause: &Clause) -> bool {
    let Some(verb) = clause.verb else { return false };
    if let Some(m) = syntax::modal(cx, verb) {
        return cx.token(m).lower == "will";
    }
    let aux: Vec<usize> = cx.parse.children_with(verb, &["aux", "auxpass"]).collect();
    let present = |k: usize| matches!(cx.token(k).lower.as_str(), "is" | "are" | "'s" | "’s");
    let planned = state_of_verb(cx, verb) == Some(MeetingState::Planned)
        || cx.parse.children_with(i, &["amod"]).any(|a| matches!(cx.token(a).lower.as_str(), "next" | "upcoming"));
    let over = cx.parse.head(verb);
    let on = syntax::is_infinitive(cx, verb)
        && (present(over) || cx.parse.children_with(over, &["aux", "auxpass"]).any(present));
    on || (planned && (present(verb) || aux.iter().any(|&a| present(a))))
}

/// How far a time expression hangs from the meeting: 0 on its noun or verb, 1 on the verb of its clause; `None` where
/// another clause lies between.
pub(super) fn distance(cx: &Context<'_>, date: Span, i: usize, clause: &Clause) -> Option<usize> {
    let tokens = cx.parse.tokens_in(date.range());
    let top = tokens.clone().find(|&k| !tokens.contains(&cx.parse.head(k)))?;
    // "after Friday's release they met": the day of that other thing
    let over = cx.parse.head(top);
    let beside = matches!(cx.token(top).dep.as_str(), "poss" | "compound" | "nmod" | "amod")
        && matches!(cx.token(over).pos.as_str(), "NOUN" | "PROPN");
    if beside && over != i && !NOUNS.contains_key(cx.token(over).lemma.as_str()) {
        return None;
    }
    let mut at = top;
    for _ in 0..6 {
        if at == i {
            return Some(0);
        }
        if clause.verb == Some(at) {
            return clause.carries_day(cx, i);
        }
        // "ahead of last week's vote they met": the day of the other event
        if at != top && is_before_or_after(cx, at) && cx.token(top).dep != "pobj" {
            return None;
        }
        let up = cx.parse.head(at);
        // the month of one visit is not that of another
        let other =
            at != top && at != i && cx.token(at).pos == "NOUN" && NOUNS.contains_key(cx.token(at).lemma.as_str());
        if other && !cx.parse.ancestors(i).any(|a| a == at) && !cx.parse.ancestors(at).any(|a| a == i) {
            return None;
        }
        // a verb of its own: the date is that of another clause, unless that clause is about the meeting
        let own_clause = syntax::is_verb(cx, at) && at != top;
        if own_clause && hangs_on(cx, at, i) {
            return (!is_undone(cx, at)).then_some(1);
        }
        if up == at || own_clause {
            break;
        }
        at = up;
    }
    // "is scheduled to visit Rome next week", "due to meet on Friday": the date on the verb above the infinitive
    let over = clause.verb.map(|v| cx.parse.head(v))?;
    let infinitive = clause.verb.is_some_and(|v| {
        matches!(cx.token(v).dep.as_str(), "xcomp") || (cx.token(v).dep == "advcl" && syntax::is_infinitive(cx, v))
    });
    // "called on them on Monday to block the visit": the day of the call
    let of_itself =
        clause.verb == Some(i) || cx.token(i).dep != "dobj" || clause.verb.is_some_and(|v| verb_entry(cx, v).is_some());
    (infinitive && of_itself && at == over && !is_speech(cx, over)).then_some(3)
}

fn is_before_or_after(cx: &Context<'_>, i: usize) -> bool {
    matches!(cx.token(i).lower.as_str(), "before" | "after" | "ahead" | "since" | "until" | "following" | "despite")
}

/// Whether a verb puts off, reduces or calls off.
fn is_undone(cx: &Context<'_>, verb: usize) -> bool {
    use MeetingState::{Cancelled, Downgraded, Postponed};
    verb_entry(cx, verb).is_some_and(|e| matches!(e.1, Some(Cancelled | Downgraded | Postponed)))
}

/// Whether a verb is that of a clause on the noun ("the summit that was to open on Monday", "talks held on Monday").
pub(super) fn hangs_on(cx: &Context<'_>, verb: usize, noun: usize) -> bool {
    let top = if cx.token(verb).dep == "xcomp" { cx.parse.head(verb) } else { verb };
    let head = cx.parse.head(top);
    // "the summit in Rome, which was to open": the parse may hang a verb of meetings on the place
    let on_phrase = || {
        let inside = cx.token(head).dep == "pobj" && cx.parse.ancestors(head).take(2).last() == Some(noun);
        inside && verb_entry(cx, verb).is_some()
    };
    matches!(cx.token(top).dep.as_str(), "relcl" | "acl") && (head == noun || on_phrase())
}

pub(super) fn is_speech(cx: &Context<'_>, i: usize) -> bool {
    matches!(
        cx.token(i).lemma.as_str(),
        "say" | "tell" | "announce" | "confirm" | "report" | "add" | "write" | "warn" | "agree"
    )
}

/// Held before publication, planned after it.
pub(super) fn by_day(cx: &Context<'_>, when: Option<&When>) -> Option<MeetingState> {
    let published = cx.article.published?.date;
    let (first, last) = (when?.first_day()?, when?.last_day()?);
    if first > published {
        Some(MeetingState::Planned)
    } else if last <= published {
        Some(MeetingState::Held)
    } else {
        Some(MeetingState::Ongoing)
    }
}
