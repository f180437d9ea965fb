//! The family of deadlines: a day by which something is to be done, who set it, and whether it stood.

mod moved;
mod windows;

use rapporteur_text::{Basis, Span, When};

use self::moved::{last_of, move_to, old_day, on_new_day, put_back, superseded};
use self::windows::shuts;
use crate::Context;
use crate::dates;
use crate::model::{Deadline, DeadlineState, Item, Reference, Rule, TimexType};
use crate::syntax_help as help;

const NOUN: Rule = Rule("deadline.noun.v4");
const UNTIL: Rule = Rule("deadline.given-until.v3");
/// The new day of a deadline that stood before.
const AGAIN: Rule = Rule("deadline.given-more.v1");
const BY: Rule = Rule("deadline.asked-by.v2");
const SHUTS: Rule = Rule("deadline.window.v2");
const DUE: Rule = Rule("deadline.due.v1");
const WITHIN: Rule = Rule("deadline.within.v1");

/// Finds deadlines. One that is moved keeps its old day, if that is told; the new day is a deadline of its own.
pub(crate) fn find(cx: &Context<'_>) -> Vec<Deadline> {
    let mut found: Vec<Deadline> = (0..cx.parse.len()).filter_map(|i| token(cx, i)).collect();
    for (named, mut back) in (0..cx.parse.len()).filter_map(|i| put_back(cx, i)) {
        // "asked for replies by Friday, but has now put it back to Monday": the first day stands no longer
        let mut known = false;
        for d in found.iter_mut().filter(|d| d.item.span().overlaps(named)) {
            known |= move_to(d, &back.moved_to, &back);
        }
        if known {
            (back.when, back.moved_to) = (last_of(back.moved_to), When::unknown());
            back.state = DeadlineState::Set;
        }
        found.push(back);
    }
    found.sort_by_key(|d| (d.item.sentence().start(), std::cmp::Reverse(d.rule_rank()), d.item.span().start()));
    superseded(cx, &mut found);
    // one deadline for one day of a sentence
    found.dedup_by(|b, a| {
        let nothing = b.when.is_unknown() && b.moved_to.is_unknown();
        a.item.sentence() == b.item.sentence() && (nothing || a.when.from == b.when.from && !b.when.is_unknown())
    });
    let new: Vec<Deadline> = found.iter().filter_map(|d| on_new_day(cx, d, &found)).collect();
    found.extend(new);
    found
}

/// The deadline that token `i` tells.
fn token(cx: &Context<'_>, i: usize) -> Option<Deadline> {
    let t = cx.token(i);
    match t.lemma.as_str() {
        "deadline" | "ultimatum" | "cutoff" | "cut-off" if t.pos == "NOUN" => noun(cx, i),
        "date" | "day" if t.pos == "NOUN" => date_by_which(cx, i),
        "due" if t.pos == "ADJ" => due(cx, i),
        "until" | "till" => given_until(cx, i),
        "by" | "before" => asked_by(cx, i),
        "than" if i > 0 && cx.token(i - 1).lower == "later" => asked_by(cx, i),
        "within" => within(cx, i),
        "window" | "offer" | "period" | "tender" | "bidding" | "application" | "registration" | "consultation"
            if t.pos == "NOUN" =>
        {
            shuts(cx, i)
        }
        _ => None,
    }
}

impl Deadline {
    /// The noun says most.
    fn rule_rank(&self) -> u8 {
        u8::from(self.item.rule == NOUN)
    }
}

/// The time of the calendar inside these words, if it is a day or shorter than a month.
fn day_in(cx: &Context<'_>, span: Span) -> Option<(Span, When)> {
    dates::merged_in(cx, span).into_iter().find(|(_, w)| match (w.first_day(), w.last_day()) {
        (Some(a), Some(b)) => (b - a).get_days() <= 31,
        _ => false,
    })
}

/// The same in the clause of a verb: times of what is coordinated to it, or said in a clause below it, are of something else.
fn day_of_clause(cx: &Context<'_>, verb: usize) -> Option<(Span, When)> {
    let inside = cx.subtree_span(verb);
    let own = |span: Span| {
        let head = dates::head_of(cx, span)?;
        std::iter::once(head).chain(cx.parse.ancestors(head)).find(|&a| help::is_verb(cx, a) || a == verb)
    };
    let short = |w: &When| w.first_day().zip(w.last_day()).is_some_and(|(a, b)| (b - a).get_days() <= 31);
    dates::merged_in(cx, inside).into_iter().find(|(s, w)| short(w) && own(*s) == Some(verb))
}

/// "no longer stands", "was lifted": the deadline is none any more. What "does not apply to" someone stands for the rest.
fn is_lifted(cx: &Context<'_>, verb: usize, subject: bool, object: bool) -> bool {
    let lemma = cx.token(verb).lemma.as_str();
    let longer = cx.parse.children_with(verb, &["advmod", "neg"]).any(|a| cx.token(a).lower == "longer");
    let stands = matches!(lemma, "stand" | "hold" | "exist");
    let applies = matches!(lemma, "apply" | "bind" | "count" | "matter");
    let lifts = matches!(lemma, "lift" | "drop" | "scrap" | "abandon" | "withdraw" | "waive" | "cancel" | "rescind");
    let done = help::modal(cx, verb).is_none() && !help::is_infinitive(cx, verb);
    let ends = longer && (stands || applies) || stands && help::is_negated(cx, verb);
    subject && ends && !has_limit(cx, verb)
        || lifts && done && !help::is_negated(cx, verb) && (object || subject && help::is_passive(cx, verb))
}

/// "no longer binds the owners", "does not hold for the clinics": of some, not of all.
fn has_limit(cx: &Context<'_>, verb: usize) -> bool {
    let limit = |p: usize| matches!(cx.token(p).lower.as_str(), "to" | "for") && cx.parse.child(p, &["pobj"]).is_some();
    cx.parse.child(verb, &["dobj"]).is_some() || cx.parse.children_with(verb, &["prep", "dative"]).any(limit)
}

/// "no longer stands" right behind the noun, whatever the parse makes of it.
fn stands_no_longer(cx: &Context<'_>, noun: usize) -> bool {
    let words = cx.text().get(cx.token(noun).end as usize..cx.sentence_at(noun).end()).unwrap_or("").trim_start();
    let rest = ["no longer stands", "no longer holds", "no longer applies"].iter().find_map(|w| words.strip_prefix(w));
    rest.is_some_and(|r| !r.starts_with(" to ") && !r.starts_with(" for "))
}

fn make(cx: &Context<'_>, rule: Rule, confidence: f32, span: Span, when: When) -> Deadline {
    let item = Item::new(rule, confidence, cx.evidence(span));
    Deadline { item, by: None, matter: None, when: last_of(when), state: DeadlineState::Set, moved_to: When::unknown() }
}

/// "a noon deadline came and went", "moved the deadline for replies to May 16", "there is no deadline".
fn noun(cx: &Context<'_>, i: usize) -> Option<Deadline> {
    let verb = cx.parse.ancestors(i).find(|&a| help::is_verb(cx, a));
    let own = cx.subtree_span(i);
    let verb = shifted(cx, i).or(verb);
    let lemma = verb.map_or("", |v| cx.token(v).lemma.as_str());
    let subject = verb.is_some_and(|v| help::own_subject(cx, v) == Some(i)) || shifted(cx, i).is_some();
    let object = cx.token(i).dep == "dobj";
    let passive = verb.is_some_and(|v| help::is_passive(cx, v));
    let none = cx.parse.child(i, &["det"]).is_some_and(|d| cx.token(d).lower == "no") || (object && lemma == "deny");
    let out = || verb.is_some_and(|v| cx.parse.child(v, &["prt", "advmod"]).is_some());
    let went = |l: &str| match l {
        "pass" | "expire" | "lapse" | "go" | "miss" | "come" | "elapse" => true,
        // "ran out", "slipped by"
        "run" | "slip" | "tick" => out(),
        _ => false,
    };
    let past = verb.is_some_and(|v| matches!(cx.token(v).tag.as_str(), "VBD" | "VBN"));
    let gone = past && (subject && went(lemma) || (object && lemma == "miss"));
    let shifts =
        matches!(lemma, "move" | "extend" | "postpone" | "push" | "defer" | "delay" | "put" | "shift" | "prolong");
    let moved = shifts && (object || (subject && passive));
    let lifted = verb.is_some_and(|v| is_lifted(cx, v, subject, object)) || stands_no_longer(cx, i);
    let state = match () {
        () if none || lifted => DeadlineState::Denied,
        () if gone => DeadlineState::Passed,
        () if moved => DeadlineState::Moved,
        () => DeadlineState::Set,
    };
    // its own day stands with the noun, or is what the clause gives
    let at_noun = day_in(cx, own);
    let mut deadline = make(cx, NOUN, 0.8, cx.span(help::noun_phrase(cx, i)), When::unknown());
    deadline.state = state;
    if state == DeadlineState::Moved {
        let verb = verb?;
        // "was extended this week" tells when it was moved, not to which day; "the deadline on Friday was extended" the old day
        let new = || day_of_clause(cx, verb).filter(|d| !own.contains(d.0)).and_then(|d| ahead(cx, d.1));
        let target = target_day(cx, verb).or_else(new);
        deadline.when = old_day(cx, i, verb, target.as_ref());
        deadline.moved_to = target.map(last_of).unwrap_or_default();
        if deadline.when.is_unknown() && deadline.moved_to.is_unknown() {
            return None;
        }
    } else {
        // "the importance of deadlines grew last week"
        if at_noun.is_none() && cx.token(i).tag == "NNS" {
            return None;
        }
        let day = at_noun.map(|d| d.1).or_else(|| match verb {
            // "was lifted on Monday" tells when, not of which day
            _ if lifted => None,
            Some(v) => day_of_clause(cx, v).map(|d| d.1),
            None => day_in(cx, own).map(|d| d.1),
        });
        deadline.when = match (day, state) {
            (Some(day), _) => day,
            (None, DeadlineState::Denied) => When::unknown(),
            // a deadline that passed on no known day is told elsewhere, or is none
            (None, DeadlineState::Passed) => verb.map(|v| dates::when_for(cx, v)).filter(|w| !w.is_unknown())?,
            (None, _) => return None,
        };
    }
    // "set a deadline of May 5 for a text": the matter may hang on the verb
    deadline.matter = matter_of(cx, i).or_else(|| matter_of(cx, verb.filter(|_| object)?));
    // who sets it, not who has to keep it
    let sets = matches!(
        lemma,
        "set"
            | "impose"
            | "give"
            | "announce"
            | "fix"
            | "extend"
            | "move"
            | "postpone"
            | "push"
            | "issue"
            | "put"
            | "propose"
            | "name"
            | "declare"
            | "establish"
            | "delay"
            | "shift"
            | "prolong"
            | "deny"
    );
    let setter = verb.filter(|_| object && !none && sets).and_then(|v| help::actor(cx, v));
    deadline.by = setter.map(|a| cx.reference(a));
    Some(deadline)
}

/// "set 31 January as the date by which the text must be ready".
fn date_by_which(cx: &Context<'_>, i: usize) -> Option<Deadline> {
    let clause = cx.parse.children_with(i, &["relcl"]).find(|&v| {
        cx.parse.children_with(v, &["prep"]).any(|p| {
            cx.token(p).lower == "by" && cx.parse.child(p, &["pobj"]).is_some_and(|o| cx.token(o).lower == "which")
        })
    })?;
    let verb = cx.parse.ancestors(i).find(|&a| help::is_verb(cx, a))?;
    let sets = matches!(cx.token(verb).lemma.as_str(), "set" | "fix" | "name" | "give" | "choose" | "be" | "propose");
    let (_, when) = day_in(cx, cx.sentence_at(i)).filter(|_| sets)?;
    let mut deadline = make(cx, NOUN, 0.75, cx.span(help::noun_phrase(cx, i)), when);
    deadline.matter = Some(cx.span(help::trim_punct(cx, cx.parse.subtree_range(clause))));
    deadline.by = help::actor(cx, verb).filter(|_| cx.token(verb).lemma != "be").map(|a| cx.reference(a));
    Some(deadline)
}

/// "must answer within ten days": so many days from the day of publication.
fn within(cx: &Context<'_>, i: usize) -> Option<Deadline> {
    let (span, when) = length_behind(cx, i)?;
    // "within ninety days of the truce" counts from another day
    let rest = cx.text().get(span.end()..).unwrap_or("").trim_start();
    if ["of ", "after ", "from "].iter().any(|w| rest.starts_with(w)) {
        return None;
    }
    let verb = cx.parse.ancestors(i).find(|&a| help::is_verb(cx, a))?;
    let above = cx.parse.ancestors(verb).find(|&a| help::is_verb(cx, a));
    let must = help::modal(cx, verb).is_some_and(|m| matches!(cx.token(m).lower.as_str(), "must" | "shall"));
    let has_to = above.is_some_and(|a| cx.token(a).lemma == "have") && help::is_infinitive(cx, verb);
    let bound = |v: usize| {
        matches!(
            cx.token(v).lemma.as_str(),
            "undertake" | "promise" | "pledge" | "order" | "tell" | "ask" | "instruct" | "demand" | "urge" | "vow"
        )
    };
    let bound = above.filter(|&a| bound(a) && help::is_infinitive(cx, verb));
    if !(must || has_to || bound.is_some()) || help::is_negated(cx, verb) {
        return None;
    }
    let mut deadline = make(cx, WITHIN, 0.65, cx.span(i..i + 1).cover(span), when);
    // "must answer within ten days", "within ten days they must answer"
    let group = help::verb_group(cx, verb);
    let end = if i > verb { i } else { cx.parse.subtree_range(verb).end };
    deadline.matter = Some(cx.span(help::trim_punct(cx, group.start..end.max(group.end))).trim(cx.text()));
    deadline.by = bound.and_then(|a| help::actor(cx, a)).map(|a| cx.reference(a));
    Some(deadline)
}

/// A length of days or weeks right behind a token, and the last day of it from the day of publication.
fn length_behind(cx: &Context<'_>, i: usize) -> Option<(Span, When)> {
    let end = cx.token(i).end as usize;
    let length = cx.dates_in(cx.sentence_at(i)).find(|d| {
        let start = d.item.span().start();
        d.sort == TimexType::Duration && start >= end && start - end <= 8
    })?;
    let span = length.item.span();
    let days = days_of(&length.value)?;
    let from = cx.article.published?.date;
    let last = from.checked_add(jiff::Span::new().days(days)).ok()?;
    Some((span, When::on(last, span.slice(cx.text()), Basis::Relative)))
}

/// Days of a TIMEX3 length: "P10D", "P2W", "PT48H".
fn days_of(value: &str) -> Option<i64> {
    let (number, factor) = match value.strip_prefix("PT") {
        Some(hours) => (hours.strip_suffix('H')?, 24),
        None => match value.strip_prefix('P')? {
            n if n.ends_with('D') => (n.strip_suffix('D')?, 1),
            n if n.ends_with('W') => (n.strip_suffix('W')?, 7),
            _ => return None,
        },
    };
    let number: i64 = number.parse().ok()?;
    let days = if factor == 24 { (number + 23) / 24 } else { number * factor };
    (1..=92).contains(&days).then_some(days)
}

/// "whose deadline for an offer was extended": the passive of moving right behind it, whatever the parse hangs it on.
fn shifted(cx: &Context<'_>, i: usize) -> Option<usize> {
    let sentence = cx.parse.sentence_of(i);
    (i + 1..(i + 9).min(sentence.end)).find(|&v| {
        matches!(cx.token(v).lemma.as_str(), "extend" | "postpone" | "move" | "push" | "prolong")
            && cx.token(v).tag == "VBN"
            && v.checked_sub(1).is_some_and(|b| matches!(cx.token(b).lemma.as_str(), "be"))
    })
}

/// The day behind "to" or "until" under a verb of moving.
fn target_day(cx: &Context<'_>, verb: usize) -> Option<When> {
    cx.parse
        .sentence_of(verb)
        .filter(|&p| p > verb && matches!(cx.token(p).lower.as_str(), "to" | "until" | "till"))
        .find_map(|p| {
            let end = cx.token(p).end as usize;
            let near = |s: Span| s.start() >= end && s.start() - end <= 12;
            let day = |w: &When| w.first_day().zip(w.last_day()).is_some_and(|(a, b)| (b - a).get_days() <= 31);
            let merged = dates::merged_in(cx, cx.sentence_at(p)).into_iter().find(|(s, w)| near(*s) && day(w));
            // "from 6 to 27 October" is one time, of which the second is meant
            let second = || cx.dates_in(cx.sentence_at(p)).find(|d| near(d.item.span()) && day(&d.when));
            merged.map(|d| d.1).or_else(|| second().map(|d| d.when.clone()))
        })
}

/// A day to which something is moved lies ahead.
fn ahead(cx: &Context<'_>, when: When) -> Option<When> {
    let published = cx.article.published.map(|p| p.date);
    let later = published.is_none_or(|p| when.last_day().is_some_and(|d| d > p));
    let day = when.first_day().zip(when.last_day()).is_some_and(|(a, b)| (b - a).get_days() <= 1);
    (later && day).then_some(when)
}

/// "a deadline for replies", "a deadline to answer".
fn matter_of(cx: &Context<'_>, noun: usize) -> Option<Span> {
    let preposition =
        cx.parse.children_with(noun, &["prep"]).find(|&p| matches!(cx.token(p).lower.as_str(), "for" | "on"));
    let object = preposition.and_then(|p| cx.parse.child(p, &["pobj"])).filter(|&o| cx.token(o).ent != "DATE");
    let clause = cx.parse.child(noun, &["acl", "relcl"]).filter(|&v| help::is_infinitive(cx, v));
    let token = object.or(clause)?;
    let words = cx.parse.subtree_range(token);
    // the day, with its preposition, is not part of the matter
    let day = cx.dates_in(cx.span(words.clone())).next().map(|d| d.item.span().start());
    let end = day.map_or(words.end, |at| words.clone().find(|&i| cx.token(i).end as usize >= at).unwrap_or(words.end));
    let end = if day.is_some() && end > words.start && cx.token(end - 1).pos == "ADP" { end - 1 } else { end };
    Some(cx.span(help::trim_punct(cx, words.start..end.max(words.start + 1))))
}

/// "gave them until noon on April 4 to say yes or no", "has until Friday to answer".
fn given_until(cx: &Context<'_>, until: usize) -> Option<Deadline> {
    let gives = |v: usize| {
        matches!(cx.token(v).lemma.as_str(), "give" | "grant" | "allow" | "have") && cx.token(v).pos == "VERB"
    };
    // the phrase may be hung on the infinitive behind it: "gave them [until Friday to answer]"
    let above = cx.parse.ancestors(until).find(|&a| gives(a));
    let verb = above.or_else(|| {
        (until.saturating_sub(6)..until).rev().find(|&v| gives(v) && cx.token(v).sentence == cx.token(until).sentence)
    })?;
    let give = matches!(cx.token(verb).lemma.as_str(), "give" | "grant" | "allow");
    let (span, when) = behind(cx, until)?;
    // "would have no barrel sold until last week"
    if !give && (help::modal(cx, verb).is_some() || dates::tense_of(cx, span) == dates::Tense::Past) {
        return None;
    }
    let infinitive =
        cx.parse.sentence_of(verb).find(|&v| v > until && help::is_verb(cx, v) && help::is_infinitive(cx, v));
    // "she has given them until Monday": somebody is given the time
    let receiver = cx
        .parse
        .children_with(verb, &["dobj", "dative", "nsubjpass"])
        .any(|o| cx.token(o).ent.is_empty() && !matches!(cx.token(o).lower.as_str(), "it" | "this" | "that"));
    if infinitive.is_none() && !(give && receiver) {
        return None;
    }
    let mut deadline = make(cx, UNTIL, 0.85, cx.span(until..until + 1).cover(span), when);
    if let Some(infinitive) = infinitive {
        let words = cx.parse.subtree_range(infinitive);
        let start = words.clone().find(|&i| cx.token(i).start as usize >= span.end()).unwrap_or(words.start);
        deadline.matter = Some(cx.span(help::trim_punct(cx, start..words.end)));
    }
    // "has now given them until Monday", "another week, until 12 September"
    let more = |n: usize| matches!(cx.token(n).lower.as_str(), "now" | "another" | "more" | "extra" | "further");
    if give && (verb.saturating_sub(3)..until).any(more) {
        deadline.item.rule = AGAIN;
    }
    deadline.by = help::actor(cx, verb).filter(|_| give).map(|a| cx.reference(a));
    Some(deadline)
}

/// The day that stands right behind a preposition.
fn behind(cx: &Context<'_>, preposition: usize) -> Option<(Span, When)> {
    let end = cx.token(preposition).end as usize;
    let (span, when) = day_in_sentence_after(cx, preposition, end)?;
    let days = when.first_day().zip(when.last_day()).is_some_and(|(a, b)| (b - a).get_days() <= 31);
    (span.start() - end <= 8 && days).then_some((span, when))
}

fn day_in_sentence_after(cx: &Context<'_>, i: usize, end: usize) -> Option<(Span, When)> {
    dates::merged_in(cx, cx.sentence_at(i)).into_iter().find(|(s, _)| s.start() >= end)
}

/// "asked both sides to answer by May 9", "must leave before Friday".
fn asked_by(cx: &Context<'_>, by: usize) -> Option<Deadline> {
    let (span, when) = behind(cx, by)?;
    let verb = cx.parse.ancestors(by).find(|&a| help::is_verb(cx, a))?;
    let above = cx.parse.ancestors(verb).find(|&a| help::is_verb(cx, a));
    let asks = |v: usize| {
        matches!(
            cx.token(v).lemma.as_str(),
            "ask"
                | "tell"
                | "order"
                | "urge"
                | "demand"
                | "require"
                | "call"
                | "request"
                | "instruct"
                | "want"
                | "insist"
                | "warn"
                | "threaten"
        )
    };
    let must = help::modal(cx, verb).is_some_and(|m| matches!(cx.token(m).lower.as_str(), "must" | "should" | "shall"))
        || above.is_some_and(|a| {
            matches!(cx.token(a).lemma.as_str(), "have" | "need" | "oblige") && help::is_infinitive(cx, verb)
        });
    let asked = above.filter(|&a| asks(a)).filter(|_| {
        matches!(cx.token(verb).dep.as_str(), "xcomp" | "ccomp" | "conj" | "acl")
            && (help::is_infinitive(cx, verb) || cx.token(verb).tag == "VB")
            // "warned that there would be a strike before June" asks for nothing
            && help::modal(cx, verb).is_none_or(|m| matches!(cx.token(m).lower.as_str(), "must" | "should" | "shall"))
    });
    // "unless they answer by Friday", "if they do not answer by Friday" threatens with a day
    let marked = |word: &str| cx.parse.children_with(verb, &["mark"]).any(|m| cx.token(m).lower == word);
    let should = cx.parse.children_with(verb, &["aux"]).any(|a| cx.word(a) == "Should");
    let unless = marked("unless") || (marked("if") || should) && help::is_negated(cx, verb);
    let must = must || are_to(cx, verb, above);
    let asked = asked.or_else(|| asks_for(cx, verb));
    if !(must || asked.is_some() || unless) || dates::tense_of(cx, span) == dates::Tense::Past {
        return None;
    }
    let mut deadline = make(cx, BY, if unless { 0.6 } else { 0.7 }, cx.span(by..by + 1).cover(span), when);
    deadline.matter = Some(cx.span(help::verb_group(cx, verb)).cover(cx.span(verb..by)).trim(cx.text()));
    // "are wanted by 14 November": a day is no one
    let someone = |a: &usize| !matches!(cx.token(*a).ent.as_str(), "DATE" | "TIME");
    deadline.by = asked.and_then(|a| help::actor(cx, a)).filter(someone).map(|a| -> Reference { cx.reference(a) });
    Some(deadline)
}

/// "governments are to answer by Friday"; a meeting that is to end is no deadline.
fn are_to(cx: &Context<'_>, verb: usize, above: Option<usize>) -> bool {
    // "was able to answer by Friday" tells what was done
    let to =
        above.is_some_and(|a| cx.token(a).lemma == "be" && cx.token(verb).dep == "xcomp" && cx.parse.head(verb) == a);
    let meets = matches!(cx.token(verb).lemma.as_str(), "meet" | "end" | "begin" | "start" | "resume" | "open" | "be");
    to && help::is_infinitive(cx, verb) && !meets
}

/// "wants an answer by Friday", "asked for their replies by 9 May", "answers are wanted by 9 May".
fn asks_for(cx: &Context<'_>, verb: usize) -> Option<usize> {
    let lemma = cx.token(verb).lemma.as_str();
    let asks =
        matches!(lemma, "want" | "ask" | "demand" | "request" | "require" | "seek" | "expect" | "need" | "await");
    let for_ = cx.parse.children_with(verb, &["prep"]).filter(|&p| cx.token(p).lower == "for");
    let mut things =
        cx.parse.children_with(verb, &["dobj", "nsubjpass"]).chain(for_.filter_map(|p| cx.parse.child(p, &["pobj"])));
    let wanted = things.any(|o| is_answer(&cx.token(o).lemma, lemma == "expect"));
    (asks && wanted && !help::is_negated(cx, verb)).then_some(verb)
}

/// What can be asked for by a day; of what is expected only answers.
fn is_answer(lemma: &str, expected: bool) -> bool {
    let answer = matches!(lemma, "answer" | "reply" | "response" | "comment" | "submission" | "bid" | "offer" | "vote");
    let result = matches!(
        lemma,
        "deal"
            | "agreement"
            | "accord"
            | "text"
            | "draft"
            | "proposal"
            | "report"
            | "decision"
            | "list"
            | "signature"
            | "payment"
            | "plan"
            | "commitment"
            | "release"
            | "withdrawal"
            | "ruling"
            | "result"
            | "treaty"
    );
    answer || result && !expected
}

/// "answers are due on Friday"; what is due to happen is no deadline.
fn due(cx: &Context<'_>, i: usize) -> Option<Deadline> {
    let verb = cx.parse.head(i);
    let to = cx.parse.children_with(i, &["xcomp"]).next().is_some();
    if to || !help::is_verb(cx, verb) {
        return None;
    }
    let subject = help::own_subject(cx, verb)?;
    let asked = matches!(
        cx.token(subject).lemma.as_str(),
        "answer"
            | "reply"
            | "response"
            | "payment"
            | "instalment"
            | "installment"
            | "report"
            | "offer"
            | "proposal"
            | "submission"
            | "decision"
            | "draft"
            | "text"
            | "comment"
            | "bid"
            | "repayment"
            | "tranche"
            | "ruling"
    );
    let preposition =
        cx.parse.children(i).find(|&p| matches!(cx.token(p).lower.as_str(), "on" | "by" | "before" | "at"))?;
    let (span, when) = behind(cx, preposition)?;
    asked.then(|| {
        let mut deadline = make(cx, DUE, 0.75, cx.span(i..i + 1).cover(span), when);
        deadline.matter = Some(cx.span(help::trim_punct(cx, help::noun_phrase(cx, subject))));
        deadline
    })
}
