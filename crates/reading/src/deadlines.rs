//! The family of deadlines: a day by which something is to be done, who set it, and whether it stood.

use rapporteur_text::{Span, When};

use crate::Context;
use crate::dates;
use crate::model::{Deadline, DeadlineState, Item, Reference, Rule};
use crate::syntax_help as help;

const NOUN: Rule = Rule("deadline.noun.v2");
const UNTIL: Rule = Rule("deadline.given-until.v1");
const BY: Rule = Rule("deadline.asked-by.v1");
const SHUTS: Rule = Rule("deadline.window.v1");
const DUE: Rule = Rule("deadline.due.v1");

/// Finds deadlines.
pub(crate) fn find(cx: &Context<'_>) -> Vec<Deadline> {
    let mut found: Vec<Deadline> = (0..cx.parse.len())
        .filter_map(|i| match cx.token(i).lemma.as_str() {
            "deadline" | "ultimatum" | "cutoff" | "cut-off" if cx.token(i).pos == "NOUN" => noun(cx, i),
            "due" if cx.token(i).pos == "ADJ" => due(cx, i),
            "until" | "till" => given_until(cx, i),
            "by" | "before" => asked_by(cx, i),
            "window" | "offer" | "period" | "tender" | "bidding" | "application" | "registration" | "consultation"
                if cx.token(i).pos == "NOUN" =>
            {
                shuts(cx, i)
            }
            _ => None,
        })
        .collect();
    found.sort_by_key(|d| (d.item.sentence().start(), std::cmp::Reverse(d.rule_rank()), d.item.span().start()));
    // one deadline for one day of a sentence
    found
        .dedup_by(|b, a| a.item.sentence() == b.item.sentence() && (a.when.from == b.when.from || b.when.is_unknown()));
    found
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

fn make(cx: &Context<'_>, rule: Rule, confidence: f32, span: Span, when: When) -> Deadline {
    let item = Item::new(rule, confidence, cx.evidence(span));
    Deadline { item, by: None, matter: None, when, state: DeadlineState::Set, moved_to: When::unknown() }
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
    let went = |l: &str| matches!(l, "pass" | "expire" | "lapse" | "go" | "miss" | "come");
    let past = verb.is_some_and(|v| matches!(cx.token(v).tag.as_str(), "VBD" | "VBN"));
    let gone = past && (subject && went(lemma) || (object && lemma == "miss"));
    let shifts =
        matches!(lemma, "move" | "extend" | "postpone" | "push" | "defer" | "delay" | "put" | "shift" | "prolong");
    let moved = shifts && (object || (subject && passive));
    let state = match () {
        () if none => DeadlineState::Denied,
        () if gone => DeadlineState::Passed,
        () if moved => DeadlineState::Moved,
        () => DeadlineState::Set,
    };
    // its own day stands with the noun, or is what the clause gives
    let clause = verb.map_or(own, |v| cx.subtree_span(v));
    let at_noun = day_in(cx, own);
    let mut deadline = make(cx, NOUN, 0.8, cx.span(help::noun_phrase(cx, i)), When::unknown());
    deadline.state = state;
    if state == DeadlineState::Moved {
        let verb = verb?;
        let target = target_day(cx, verb).or_else(|| day_in(cx, clause).map(|d| d.1))?;
        deadline.moved_to = target.clone();
        deadline.when = target;
    } else {
        let said = cx.subtree_span(verb.unwrap_or(i));
        // "the importance of deadlines grew last week"
        if at_noun.is_none() && cx.token(i).tag == "NNS" {
            return None;
        }
        let day = at_noun.map(|d| d.1).or_else(|| day_in(cx, said).map(|d| d.1));
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
            day_in(cx, cx.sentence_at(p))?;
            let all = dates::merged_in(cx, cx.sentence_at(p));
            let here = all.into_iter().find(|(s, _)| s.start() >= cx.token(p).end as usize)?;
            let gap = here.0.start() - cx.token(p).end as usize;
            (gap <= 12).then_some(here.1)
        })
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
    let infinitive =
        cx.parse.sentence_of(verb).find(|&v| v > until && help::is_verb(cx, v) && help::is_infinitive(cx, v))?;
    let mut deadline = make(cx, UNTIL, 0.85, cx.span(until..until + 1).cover(span), when);
    let words = cx.parse.subtree_range(infinitive);
    let start = words.clone().find(|&i| cx.token(i).start as usize >= span.end()).unwrap_or(words.start);
    deadline.matter = Some(cx.span(help::trim_punct(cx, start..words.end)));
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
    // "unless they answer by Friday" threatens with a day
    let unless = cx.parse.children_with(verb, &["mark"]).any(|m| cx.token(m).lower == "unless");
    if !(must || asked.is_some() || unless) || dates::tense_of(cx, span) == dates::Tense::Past {
        return None;
    }
    let mut deadline = make(cx, BY, if unless { 0.6 } else { 0.7 }, cx.span(by..by + 1).cover(span), when);
    deadline.matter = Some(cx.span(help::verb_group(cx, verb)).cover(cx.span(verb..by)).trim(cx.text()));
    deadline.by = asked.and_then(|a| help::actor(cx, a)).map(|a| -> Reference { cx.reference(a) });
    Some(deadline)
}

/// "the funding window closes on 31 March", "will now stay open until 30 April".
fn shuts(cx: &Context<'_>, i: usize) -> Option<Deadline> {
    let verb = cx.parse.ancestors(i).next().filter(|&v| help::own_subject(cx, v) == Some(i))?;
    let rest = cx.parse.children_with(verb, &["conj"]);
    let relative = cx.parse.children_with(i, &["relcl"]);
    let found: Vec<Deadline> =
        std::iter::once(verb).chain(rest).chain(relative).filter_map(|v| shuts_on(cx, i, v)).collect();
    // the new day before the old one
    let moved = found.iter().position(|d| d.state == DeadlineState::Moved);
    found.into_iter().nth(moved.unwrap_or(0))
}

fn shuts_on(cx: &Context<'_>, noun: usize, verb: usize) -> Option<Deadline> {
    if help::is_negated(cx, verb) {
        return None;
    }
    let lemma = cx.token(verb).lemma.as_str();
    let open = cx.parse.children_with(verb, &["acomp", "advmod", "oprd"]).any(|o| cx.token(o).lower == "open");
    let extended = matches!(lemma, "extend" | "prolong") && help::is_passive(cx, verb);
    let stays = matches!(lemma, "stay" | "remain" | "keep") && open;
    let ends = matches!(lemma, "close" | "shut" | "expire" | "lapse" | "end" | "run");
    let (preps, state): (&[&str], _) = match () {
        () if stays || extended => (&["until", "till", "to"], DeadlineState::Moved),
        () if ends => (&["on", "at", "by"], DeadlineState::Set),
        () => return None,
    };
    let preposition = cx
        .parse
        .subtree(verb)
        .into_iter()
        // in the verb's own clause
        .filter(|&p| cx.parse.ancestors(p).find(|&a| help::is_verb(cx, a)) == Some(verb))
        .find(|&p| p > verb && preps.contains(&cx.token(p).lower.as_str()) && behind(cx, p).is_some())?;
    let (span, when) = behind(cx, preposition)?;
    let past = matches!(cx.token(verb).tag.as_str(), "VBD") && state == DeadlineState::Set;
    let mut deadline = make(cx, SHUTS, 0.65, cx.span(help::noun_phrase(cx, noun)).cover(span), when.clone());
    deadline.state = if past { DeadlineState::Passed } else { state };
    if state == DeadlineState::Moved {
        deadline.moved_to = when;
    }
    deadline.matter = Some(cx.span(help::trim_punct(cx, help::noun_phrase(cx, noun))));
    Some(deadline)
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
