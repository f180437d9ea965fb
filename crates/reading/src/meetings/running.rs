//! Meetings that go on until a day, or have gone on since one; what only stands still until then, or has not been since, has
//! no day from it.

use rapporteur_text::{Basis, Moment, Span, When};

use super::clause::{Clause, Told};
use super::frames::NOUNS;
use crate::Context;
use crate::dates;
use crate::syntax_help as syntax;

/// What a time on a meeting tells of it. "Sessions run until Friday" are held from the day of the article, which tells of
/// them in the present, to that day; talks that "have gone on since Monday" from then to the article. A day until which
/// something is to run says no more than its end. `None` where nothing goes on until or since the day ("have been frozen
/// since Thursday", "no meeting until Friday").
pub(super) fn told(cx: &Context<'_>, i: usize, clause: &Clause, span: Span, when: When) -> Option<Told> {
    let plain = |when| Some(Told { span, when, running: false });
    let Some(published) = cx.article.published.map(|p| p.date) else { return plain(when) };
    // "until Monday, when they meet": on that day, not up to it
    let hung = clause.verb.filter(|&v| cx.token(v).dep == "relcl").map(|v| cx.parse.head(v));
    if hung.is_some_and(|h| span.contains(cx.span(h..h + 1))) {
        return plain(when);
    }
    let word = word_before(cx, span);
    let until = matches!(word.as_str(), "until" | "till");
    if !until && word != "since" {
        return plain(when);
    }
    let verb = dates::head_of(cx, span).and_then(|h| cx.parse.ancestors(h).find(|&a| syntax::is_verb(cx, a)));
    let verb = verb.or(clause.verb);
    if until && verb.is_some_and(|v| is_not_until(cx, v)) {
        return plain(when);
    }
    if has_none(cx, i) || !verb.is_some_and(|v| goes_on(cx, i, v)) || !until && is_first_since(cx, i, span) {
        return None;
    }
    let (first, last) = when.first_day().zip(when.last_day())?;
    let past = clause.verb.is_some_and(|v| cx.token(v).tag == "VBD");
    let day = |date| Some(Moment::day(date));
    let spread = |when| Some(Told { span, when, running: true });
    match until {
        true if past && last < published => plain(When { from: None, ..when }),
        true if last >= published => {
            let now = clause.verb.is_some_and(|v| matches!(cx.token(v).tag.as_str(), "VBZ" | "VBP"));
            match now {
                true => spread(When { from: day(published), basis: Basis::Inferred, ..when }),
                false => plain(When { from: None, basis: Basis::Inferred, ..when }),
            }
        }
        true => plain(when),
        false if !past && first <= published => spread(When { to: day(published), basis: Basis::Inferred, ..when }),
        // "met for the first time since Monday"
        false => None,
    }
}

/// "where the third round is under way", "the talks are under way", "talks have begun in the palace": on the day of the article,
/// where no other is told.
pub(super) fn under_way(cx: &Context<'_>, clause: &Clause) -> Option<Told> {
    let verb = clause.verb.filter(|&v| clause.direct && !syntax::is_negated(cx, v))?;
    let published = cx.article.published?.date;
    let now = |v: usize| matches!(cx.token(v).lower.as_str(), "is" | "are" | "'s" | "’s" | "'re" | "’re");
    let way = || syntax::prep_object(cx, verb, &["under"]).is_some_and(|o| cx.token(o).lower == "way");
    let word = || cx.parse.children_with(verb, &["acomp", "advmod"]).any(|a| cx.token(a).lower == "underway");
    // "from the hall, where the second round has begun": told on the spot
    let spot = cx.parse.children_with(verb, &["advmod"]).any(|a| cx.token(a).lower == "where");
    let begun = || {
        let has = cx.parse.children_with(verb, &["aux"]).any(|a| matches!(cx.token(a).lower.as_str(), "has" | "have"));
        spot && has && matches!(cx.token(verb).lemma.as_str(), "begin" | "start" | "open" | "resume")
    };
    let running = now(verb) && (way() || word()) || begun();
    let span = cx.span(syntax::verb_group(cx, verb));
    let when = When::on(published, span.slice(cx.text()), Basis::Inferred);
    running.then_some(Told { span, when, running: true })
}

/// The word right before a time.
fn word_before(cx: &Context<'_>, span: Span) -> String {
    let before = cx.text().get(..span.start()).unwrap_or("").trim_end();
    before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("").to_lowercase()
}

/// "The next session is not until Friday": it is on that day.
fn is_not_until(cx: &Context<'_>, verb: usize) -> bool {
    let not =
        cx.parse.children_with(verb, &["neg"]).any(|n| matches!(cx.token(n).lower.as_str(), "not" | "n't" | "n’t"));
    let meeting = |s: usize| NOUNS.contains_key(cx.token(s).lemma.as_str()) && !has_none(cx, s);
    cx.token(verb).lemma == "be" && not && syntax::own_subject(cx, verb).is_some_and(meeting)
}

/// Whether a verb is told with a limit of its own: "until Friday", "since Monday".
pub(super) fn is_limited(cx: &Context<'_>, verb: usize) -> bool {
    let mut limits = cx.parse.children_with(verb, &["prep", "mark"]);
    limits.any(|p| matches!(cx.token(p).lower.as_str(), "until" | "till" | "since" | "before"))
}

/// Whether a verb says, of no counted number of times, that its meeting goes on.
fn goes_on(cx: &Context<'_>, i: usize, verb: usize) -> bool {
    let with = |words: &[&str]| {
        let parts = cx.parse.children_with(verb, &["prt", "advmod", "acomp", "prep"]);
        parts.into_iter().any(|p| words.contains(&cx.token(p).lower.as_str()))
    };
    // "has been in talks", "is in Oslo for a summit", "have been locked in talks"
    let attends = || {
        let preps = cx.parse.ancestors(i).take(2).filter(|&p| cx.token(p).pos == "ADP");
        preps.into_iter().any(|p| matches!(cx.token(p).lower.as_str(), "in" | "at" | "for"))
            && cx.parse.ancestors(i).take(3).any(|v| v == verb)
    };
    let on = match cx.token(verb).lemma.as_str() {
        "run" | "last" | "continue" | "sit" | "meet" | "visit" | "stay" | "drag" | "proceed" => true,
        "hold" => cx.parse.child(verb, &["prt"]).is_none(),
        "go" => with(&["on", "ahead"]),
        "be" => with(&["underway", "ongoing"]) || attends(),
        "lock" | "engage" => attends(),
        _ => false,
    };
    let parts = || cx.parse.children_with(verb, &["nsubj", "nsubjpass", "dobj", "attr"]);
    on && !is_counted(cx, verb) && !parts().any(|c| has_none(cx, c)) && !syntax::is_negated(cx, verb)
}

/// "twice", "three times", "two rounds", "for the first time": so often between then and now.
fn is_counted(cx: &Context<'_>, verb: usize) -> bool {
    let number = |i: usize| cx.parse.child(i, &["nummod"]).is_some();
    let of_times = |i: usize| {
        let word = cx.token(i).lower.as_str();
        matches!(word, "once" | "twice" | "times" | "repeatedly" | "often" | "again")
            || NOUNS.contains_key(cx.token(i).lemma.as_str()) && number(i)
    };
    let time = |p: usize| {
        cx.token(p).lower == "for" && cx.parse.child(p, &["pobj"]).is_some_and(|o| cx.token(o).lower == "time")
    };
    cx.parse.children_with(verb, &["advmod", "npadvmod", "dobj", "nsubjpass"]).any(of_times)
        || cx.parse.children_with(verb, &["prep"]).any(time)
}

/// "the first meeting since Monday", "held their first session since Monday": there was none in between.
fn is_first_since(cx: &Context<'_>, i: usize, span: Span) -> bool {
    let first = cx.parse.children_with(i, &["amod"]).any(|a| matches!(cx.token(a).lower.as_str(), "first" | "only"));
    let below = dates::head_of(cx, span).is_some_and(|h| cx.parse.ancestors(h).any(|a| a == i));
    first && (below || matches!(cx.token(i).dep.as_str(), "dobj" | "nsubjpass" | "attr"))
}

/// "no talks", "neither meeting".
pub(super) fn has_none(cx: &Context<'_>, i: usize) -> bool {
    cx.parse.children_with(i, &["det"]).any(|d| matches!(cx.token(d).lower.as_str(), "no" | "neither"))
}
