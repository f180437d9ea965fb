//! Meetings told by other means than their own noun or verb: where people are called to, what became of another day, who
//! stays away, how long it took.

use jiff::ToSpan;
use rapporteur_text::{Basis, Span, When};

use super::clause::{Clause, by_day, moved_to, state_of_verb, verb_entry};
use super::frames::{Mention, NOUNS};
use super::sites::{add_people, is_place, key, place_reference};
use crate::Context;
use crate::dates;
use crate::model::{Item, Meeting, MeetingFormat, MeetingSort, MeetingState, RefKind, Reference, Rule};
use crate::syntax_help as syntax;

const SUMMONED: Rule = Rule("meeting.summoned.v1");
const MOVED: Rule = Rule("meeting.moved-from.v1");
const INSTEAD: Rule = Rule("meeting.instead.v1");
const RECEIVED: Rule = Rule("meeting.received.v1");
const LASTED: Rule = Rule("meeting.lasted.v1");

fn mention(cx: &Context<'_>, rule: Rule, span: Span, i: usize, sort: MeetingSort, state: MeetingState) -> Mention {
    Mention {
        meeting: Meeting {
            item: Item::new(rule, 0.6, cx.evidence(span)),
            sort,
            place: None,
            when: When::unknown(),
            participants: Vec::new(),
            format: MeetingFormat::Unknown,
            state,
            moved_to: When::unknown(),
            outcome: None,
        },
        sentence: cx.token(i).sentence,
        place_key: None,
        definite: false,
        other: false,
        stated: true,
        pointing: false,
        attended: false,
        outcome: None,
    }
}

/// The day that stands right behind a preposition below `head`.
fn day_behind(cx: &Context<'_>, head: usize, words: &[&str]) -> Option<(Span, When)> {
    let inside = cx.subtree_span(head);
    dates::merged_in(cx, inside).into_iter().find(|(span, _)| {
        let before = cx.text().get(inside.start()..span.start()).unwrap_or("").trim_end().to_lowercase();
        words.iter().any(|w| before.ends_with(&format!(" {w}")))
    })
}

/// "has summoned all delegations to Vienna for March 18": talks to come, at the place and on the day.
pub(super) fn summoned(cx: &Context<'_>, i: usize) -> Option<Mention> {
    if !matches!(cx.token(i).lemma.as_str(), "summon" | "invite" | "recall" | "convene" | "call")
        || syntax::is_negated(cx, i)
        || syntax::modal(cx, i).is_some()
        || syntax::is_infinitive(cx, i)
    {
        return None;
    }
    let guests = cx.parse.child(i, &["dobj", "nsubjpass"])?;
    let site = syntax::prep_object(cx, i, &["to", "in", "at"]).filter(|&o| is_place(cx, o))?;
    let (span, when) = day_behind(cx, i, &["for", "on"])?;
    let state = match by_day(cx, Some(&when)) {
        Some(MeetingState::Held) => return None,
        _ => MeetingState::Planned,
    };
    let place = place_reference(cx, site);
    let words = cx.span(syntax::verb_group(cx, i)).cover(place.span).cover(span);
    let mut found = mention(cx, SUMMONED, words, i, MeetingSort::Talks, state);
    found.place_key = Some(key(cx, &place));
    found.meeting.place = Some(place);
    found.meeting.when = when;
    add_people(cx, guests, &mut found.meeting.participants);
    Some(found)
}

/// "received the rebels' leader at the palace yesterday": someone named receives someone, on a day or at a place.
pub(super) fn received(cx: &Context<'_>, i: usize) -> Option<Mention> {
    let t = cx.token(i);
    if t.lemma != "receive" || t.tag != "VBD" || syntax::is_negated(cx, i) || syntax::is_passive(cx, i) {
        return None;
    }
    let person = |o: usize| cx.reference(o).kind == RefKind::Person && cx.reference(o).entity.is_some();
    let host = cx.parse.child(i, &["nsubj"]).filter(|&s| cx.reference(s).entity.is_some())?;
    let guest = cx.parse.child(i, &["dobj"]).filter(|&o| person(o))?;
    let site = syntax::prep_object(cx, i, &["at", "in"]).or_else(|| syntax::prep_object(cx, guest, &["at", "in"]));
    let site = site.filter(|&o| is_place(cx, o));
    let when = dates::when_for(cx, i);
    let times = dates::merged_in(cx, cx.subtree_span(i));
    let own = times.iter().any(|(_, w)| w.first_day() == when.first_day());
    let when = if own { when } else { When::unknown() };
    if site.is_none() && when.is_unknown() {
        return None;
    }
    let words = cx.span(syntax::verb_group(cx, i)).cover(cx.span(guest..guest + 1));
    let mut found = mention(cx, RECEIVED, words, i, MeetingSort::Meeting, MeetingState::Held);
    if let Some(place) = site.map(|s| place_reference(cx, s)) {
        found.place_key = Some(key(cx, &place));
        found.meeting.place = Some(place);
    }
    found.meeting.when = when;
    add_people(cx, host, &mut found.meeting.participants);
    add_people(cx, guest, &mut found.meeting.participants);
    Some(found)
}

/// "Thursday's session had been due to take place on Tuesday": Tuesday's was put off to Thursday.
pub(super) fn moved_from(cx: &Context<'_>, i: usize) -> Option<Mention> {
    let &(sort, _) = NOUNS.get(cx.token(i).lower.as_str()).or_else(|| NOUNS.get(cx.token(i).lemma.as_str()))?;
    let verb = Some(cx.parse.head(i)).filter(|&v| cx.token(i).dep.starts_with("nsubj") && syntax::is_verb(cx, v))?;
    let due = cx.parse.child(verb, &["acomp"]).map(|a| cx.token(a).lower.as_str());
    let lemma = cx.token(verb).lemma.as_str();
    let set = due.is_some_and(|d| matches!(d, "due" | "scheduled" | "set"))
        || matches!(lemma, "schedule" | "plan" | "set" | "slate" | "expect");
    let had = cx.parse.children_with(verb, &["aux"]).any(|a| cx.token(a).lower == "had");
    let once = cx
        .parse
        .children_with(verb, &["advmod"])
        .any(|a| matches!(cx.token(a).lower.as_str(), "originally" | "initially" | "first"));
    if !set || !(had || once) {
        return None;
    }
    let own = cx.span(cx.parse.subtree_range(i));
    let times = dates::merged_in(cx, cx.sentence_at(i));
    let (_, new) = times.iter().find(|(s, _)| own.contains(*s))?;
    let (span, old) = times.iter().find(|(s, w)| !own.contains(*s) && w.first_day() != new.first_day())?;
    // a day without a week of its own lies before the new one
    let old = earlier(old.clone(), new)?;
    let mut found = mention(cx, MOVED, own.cover(*span), i, sort, MeetingState::Postponed);
    found.meeting.when = old;
    found.meeting.moved_to = new.clone();
    found.other = true;
    Some(found)
}

/// "had been due to vote", "were to have spoken": what was planned, and by these words did not come about.
pub(super) fn had_been_due(cx: &Context<'_>, verb: usize) -> bool {
    let over = cx.parse.head(verb);
    if !syntax::is_infinitive(cx, verb) || over == verb {
        return false;
    }
    let be = if syntax::is_verb(cx, over) && cx.token(over).pos != "ADJ" { over } else { cx.parse.head(over) };
    let has = |v: usize, word: &str| cx.parse.children_with(v, &["aux"]).any(|a| cx.token(a).lower == word);
    let to_have = cx.token(over).lemma == "be" && cx.token(over).tag == "VBD" && has(verb, "have");
    is_due(cx, over) && (has(over, "had") || has(be, "had")) || to_have
}

/// "were due to vote": what was planned, told in the past.
pub(super) fn was_due(cx: &Context<'_>, verb: usize) -> bool {
    let over = cx.parse.head(verb);
    let past = |v: usize| cx.token(v).lemma == "be" && cx.token(v).tag == "VBD";
    let aux = || cx.parse.children_with(over, &["aux", "auxpass"]).any(past);
    let plain = past(over) || past(cx.parse.head(over)) || aux();
    syntax::is_infinitive(cx, verb) && over != verb && plain && (is_due(cx, over) || past(over))
}

fn is_due(cx: &Context<'_>, i: usize) -> bool {
    matches!(cx.token(i).lower.as_str(), "due" | "scheduled" | "set" | "expected" | "supposed" | "planned")
}

/// Whether the rest of the sentence or the next one says that it, or the meeting, was put off or called off, and to which day;
/// `None` where neither says so.
pub(super) fn undone_after(cx: &Context<'_>, verb: usize) -> Option<(MeetingState, When)> {
    let here = cx.token(verb).sentence as usize;
    let end = cx.parse.sentences.get(here + 1).or(cx.parse.sentences.get(here))?.end;
    let undone = |v: usize| {
        let state = state_of_verb(cx, v).filter(|s| matches!(s, MeetingState::Postponed | MeetingState::Cancelled))?;
        (syntax::is_verb(cx, v) && is_of_meeting(cx, v)).then_some((v, state))
    };
    let (later, state) = (verb + 1..end).find_map(undone)?;
    let clause = Clause { verb: Some(later), direct: true, adjunct: false, preposition: None };
    let to = if state == MeetingState::Postponed { moved_to(cx, &clause) } else { When::unknown() };
    Some((state, to))
}

/// Whether what a verb puts off is a meeting spoken of before: "it", "which", "the meeting"; not "the concert".
fn is_of_meeting(cx: &Context<'_>, verb: usize) -> bool {
    let what = cx.parse.child(verb, if syntax::is_passive(cx, verb) { &["nsubjpass"] } else { &["dobj"] });
    let what = what.or_else(|| syntax::is_passive(cx, verb).then(|| syntax::subject(cx, verb)).flatten());
    what.is_some_and(|o| {
        let pronoun = matches!(cx.token(o).lower.as_str(), "it" | "this" | "that" | "which");
        let definite = || {
            let mut determiners = cx.parse.children_with(o, &["det"]);
            determiners.any(|d| matches!(cx.token(d).lower.as_str(), "the" | "this" | "that"))
        };
        let meets = NOUNS.contains_key(cx.token(o).lemma.as_str())
            || matches!(cx.token(o).lemma.as_str(), "decision" | "event" | "encounter" | "date");
        pronoun || meets && definite()
    })
}

/// The weekday before the new day, where the one that was resolved lies behind it.
fn earlier(old: When, new: &When) -> Option<When> {
    let (a, b) = (old.first_day()?, new.first_day()?);
    if a < b || old.basis == Basis::Stated {
        return Some(old);
    }
    let day = a.checked_sub(7.days()).ok()?;
    Some(When::on(day, old.as_written.clone(), old.basis))
}

/// "The ministers would not be coming after all and their deputies would meet instead": held at a lower level.
pub(super) fn instead(cx: &Context<'_>, i: usize) -> Option<Mention> {
    if verb_entry(cx, i).is_none_or(|e| e.0 != Some(MeetingSort::Meeting)) && cx.token(i).lemma != "attend" {
        return None;
    }
    let instead = cx.parse.children_with(i, &["advmod"]).any(|a| cx.token(a).lower == "instead");
    let sentence = cx.parse.sentence_of(i);
    let before = cx.parse.sentences.get((cx.token(i).sentence as usize).checked_sub(1)?)?.clone();
    let stays_away = |v: usize| {
        syntax::is_verb(cx, v)
            && (matches!(cx.token(v).lemma.as_str(), "come" | "attend" | "travel" | "go" | "fly" | "take")
                && syntax::is_negated(cx, v)
                || cx.token(v).lemma == "pull"
                    && cx.parse.child(v, &["prt"]).is_some_and(|p| cx.token(p).lower == "out"))
    };
    let away = before.chain(sentence.start..i).find(|&v| stays_away(v)).filter(|_| instead)?;
    let times = dates::merged_in(cx, cx.sentence_at(i));
    let own = cx.subtree_span(i);
    let single = match times.as_slice() {
        [(_, one)] => Some(one.clone()),
        all => all.iter().find(|(s, _)| own.contains(*s)).map(|(_, w)| w.clone()),
    };
    let first = if cx.token(away).sentence == cx.token(i).sentence { away.min(i) } else { i };
    let span = cx.span(syntax::verb_group(cx, first)).cover(cx.span(syntax::verb_group(cx, i)));
    let mut found = mention(cx, INSTEAD, span, i, MeetingSort::Meeting, MeetingState::Downgraded);
    found.meeting.when = single?;
    found.definite = true;
    if let Some(s) = syntax::subject(cx, i) {
        add_people(cx, s, &mut found.meeting.participants);
    }
    Some(found)
}

/// "agreed on Thursday ... after three days of talks": talks that ended on the day of the sentence, where the dateline is.
pub(super) fn lasted(cx: &Context<'_>, i: usize) -> Option<Mention> {
    let of = Some(cx.parse.head(i)).filter(|&p| cx.token(i).dep == "pobj" && cx.token(p).lower == "of")?;
    let day = Some(cx.parse.head(of)).filter(|&d| cx.token(d).lemma == "day" && cx.token(d).tag == "NNS")?;
    let &(sort, _) = NOUNS.get(cx.token(i).lower.as_str())?;
    let count = cx.parse.child(day, &["nummod"]).and_then(|n| dates::number(cx.word(n)))?;
    if !(2.0..=10.0).contains(&count) {
        return None;
    }
    let verb = cx.parse.ancestors(day).find(|&v| syntax::is_verb(cx, v))?;
    let past = cx.token(verb).tag == "VBD" || cx.token(verb).tag == "VBN";
    let published = cx.article.published?.date;
    let dateline = cx.article.dateline.as_ref()?;
    let last = dates::merged_in(cx, cx.sentence_at(i))
        .into_iter()
        .filter_map(|(_, w)| w.first_day().filter(|d| w.last_day() == Some(*d)))
        .filter(|d| *d <= published && (published - *d).get_days() <= 2)
        .max()?;
    // "emerged before dawn on Saturday": the last day was Friday
    let last = if is_by_night(cx, cx.sentence_at(i)) { last.yesterday().ok()? } else { last };
    let first = last.checked_sub((count as i64 - 1).days()).ok()?;
    let (place, key) = dateline_place(cx, &dateline.place)?;
    let span = cx.subtree_span(day);
    let noun = cx.span(cx.parse.subtree_range(day).start..i + 1);
    let mut found = mention(cx, LASTED, if noun.is_empty() { span } else { noun }, i, sort, MeetingState::Held);
    let at = |date| rapporteur_text::Moment { date, time: None, offset: None };
    found.meeting.when = When {
        from: Some(at(first)),
        to: Some(at(last)),
        as_written: noun.slice(cx.text()).to_string(),
        basis: Basis::Inferred,
    };
    found.meeting.place = Some(place);
    found.place_key = Some(key);
    past.then_some(found)
}

/// Whether a sentence tells of the hours between two days.
fn is_by_night(cx: &Context<'_>, sentence: Span) -> bool {
    let words = sentence.slice(cx.text()).to_lowercase();
    ["before dawn", "at dawn", "after midnight", "small hours", "before sunrise"].iter().any(|w| words.contains(w))
}

/// The place that heads the article, if its words stand in the text.
pub(super) fn dateline_place(cx: &Context<'_>, place: &str) -> Option<(Reference, String)> {
    let first = cx.parse.sentence_of(0);
    let head = first.take(8).find(|&i| place.to_lowercase().ends_with(cx.token(i).lower.as_str()))?;
    let reference = Reference { kind: RefKind::Place, ..cx.reference(head) };
    let key = key(cx, &reference);
    Some((reference, key))
}

/// "The new date is Friday": where the meeting spoken of before was put off to.
pub(super) fn new_date(cx: &Context<'_>, i: usize) -> Option<Mention> {
    let date = matches!(cx.token(i).lemma.as_str(), "date" | "day") && cx.token(i).dep == "nsubj";
    let new = cx.parse.children_with(i, &["amod"]).any(|a| cx.token(a).lower == "new");
    let verb = Some(cx.parse.head(i)).filter(|&v| date && new && cx.token(v).lemma == "be")?;
    // "Friday the 21st" is told by its number; the new day lies ahead
    let published = cx.article.published.map(|p| p.date);
    let ahead = |w: &When| published.is_none_or(|p| w.first_day().is_some_and(|d| d >= p));
    let (span, when) = dates::merged_in(cx, cx.subtree_span(verb)).into_iter().rfind(|(_, w)| ahead(w))?;
    let words = cx.span(syntax::noun_phrase(cx, i)).cover(span);
    let mut found = mention(cx, MOVED, words, i, MeetingSort::Meeting, MeetingState::Postponed);
    found.meeting.moved_to = when;
    found.definite = true;
    found.pointing = true;
    Some(found)
}

/// A meeting that was put off to a day is to be held on that day: the meeting to come, told by the same words.
pub(super) fn on_new_day(cx: &Context<'_>, old: &Mention) -> Option<Mention> {
    let m = &old.meeting;
    let day = m.moved_to.first_day().filter(|_| m.state == MeetingState::Postponed && !old.pointing)?;
    let published = cx.article.published.map(|p| p.date);
    let evidence = *m.item.evidence().next()?;
    let state = by_day(cx, Some(&m.moved_to)).unwrap_or(MeetingState::Planned);
    let meeting = Meeting {
        item: Item::new(MOVED, 0.6, evidence),
        when: m.moved_to.clone(),
        moved_to: When::unknown(),
        state: if published.is_some_and(|p| day == p) { MeetingState::Planned } else { state },
        participants: m.participants.clone(),
        outcome: None,
        ..m.clone()
    };
    Some(Mention { meeting, place_key: old.place_key.clone(), other: true, outcome: None, ..*old })
}

/// "The meeting of the ministers will be held only by deputies", "has become a meeting of officials": at a lower level.
pub(super) fn is_lowered(cx: &Context<'_>, verb: usize) -> bool {
    let lesser = |o: usize| {
        matches!(cx.token(o).lemma.as_str(), "deputy" | "official" | "expert" | "adviser" | "aide" | "technician")
    };
    let told = syntax::modal(cx, verb).is_none_or(|m| cx.token(m).lower == "will") && !syntax::is_negated(cx, verb);
    let alone = || cx.parse.subtree(verb).into_iter().any(|k| matches!(cx.token(k).lower.as_str(), "only" | "merely"));
    let by = || syntax::actor(cx, verb).filter(|_| syntax::is_passive(cx, verb)).is_some_and(lesser);
    let into = || {
        let what = cx.parse.child(verb, &["attr"]).or_else(|| syntax::prep_object(cx, verb, &["into", "to"]));
        let meets = what.filter(|&w| NOUNS.contains_key(cx.token(w).lemma.as_str()));
        meets.and_then(|w| syntax::prep_object(cx, w, &["of", "between", "among"])).is_some_and(lesser)
    };
    told && match cx.token(verb).lemma.as_str() {
        "hold" | "attend" => by() && alone(),
        "become" | "turn" | "shrink" => into(),
        _ => false,
    }
}
