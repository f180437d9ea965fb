//! Events a noun names: "the walkout on Friday", "a raid in X by Y", "launched a heavy attack on Y".

use rapporteur_text::When;

use super::who::{claimant, day, doer, is_history, place, someone};
use super::words::{is_agreement, is_done, is_in, noun_sort};
use crate::Context;
use crate::mentions::phrase;
use crate::model::{Incident, IncidentSort, Item, RefKind, Rule};
use crate::syntax_help as syntax;

const NOUN: Rule = Rule("incident.noun.v4");

/// "the walkout on Friday", "a raid in X by Y", "launched a heavy attack on Y".
pub(super) fn noun(cx: &Context<'_>, i: usize) -> Option<Incident> {
    let t = cx.token(i);
    let sort = noun_sort(cx, i)?;
    if matches!(t.dep.as_str(), "compound" | "amod" | "nmod") || is_other_sense(cx, i, sort) {
        return None;
    }
    let up = cx.parse.head(i);
    let verb =
        matches!(t.dep.as_str(), "dobj" | "nsubj" | "nsubjpass").then_some(up).filter(|&v| syntax::is_verb(cx, v));
    let own_day = day(cx, i);
    // what is said of it may be denied or wished; that it took place may not
    if verb.is_some_and(|v| !is_done(cx, v) && (own_day.is_unknown() || says_it_happened(cx, v))) {
        return None;
    }
    if is_named_by_day(&own_day) || is_history(cx, i) {
        return None;
    }
    let by = syntax::prep_object(cx, i, &["by"]).and_then(|o| someone(cx, o));
    let owner = cx.parse.child(i, &["poss"]).and_then(|p| someone(cx, p));
    let does = verb.filter(|&v| t.dep == "dobj" && is_in("do", &cx.token(v).lemma) && is_done(cx, v));
    let witness = |v: usize| matches!(cx.token(v).lemma.as_str(), "report" | "condemn" | "suffer");
    let doer = does.filter(|&v| !witness(v)).and_then(|v| doer(cx, v)).and_then(|a| someone(cx, a));
    let actor = by.or(owner).or(doer);
    let on = syntax::prep_object(cx, i, &["on", "against", "of"]);
    let target = on.and_then(|o| someone(cx, o));
    // one attacks a person with words
    if sort == IncidentSort::Attack && target.is_some_and(|t| t.kind == RefKind::Person) {
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
            // a march on a day, without who or where, may be anybody's
            let own_words =
                actor.is_some() || target.is_some() || place.is_some() || super::is_grave(sort) && is_day(&when);
            !when.is_unknown() && own_words || (does.is_some() && actor.is_some())
        }
    };
    if !told {
        return None;
    }
    let noun = cx.span(phrase::noun_phrase(cx, i));
    Some(Incident {
        item: Item::new(NOUN, 0.55, cx.evidence(does.map_or(noun, |v| noun.cover(cx.span(v..v + 1))))),
        sort,
        actor,
        target,
        place,
        when,
        claimed_by: verb.and_then(|v| claimant(cx, v)),
        denied_by: None,
    })
}

/// Verbs that tell of a noun only that it takes, or was to take, place.
fn says_it_happened(cx: &Context<'_>, verb: usize) -> bool {
    let lemma = cx.token(verb).lemma.as_str();
    is_in("do", lemma)
        || matches!(
            lemma,
            "be" | "happen" | "occur" | "take" | "begin" | "start" | "follow" | "plan" | "threaten" | "call" | "avert"
        )
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
    let verbal = sort == IncidentSort::Attack && own.iter().any(|w| is_in("verbal", w));
    let campaign = cx.token(i).lemma == "rally"
        && !has(&["protest", "strike", "union"])
        && syntax::prep_object(cx, i, &["against"]).is_none();
    verbal
        || campaign
        || has(&["no", "any", "planned", "possible", "future", "further", "threatened", "proposed", "next"])
}

/// A day or two, no week.
fn is_day(when: &When) -> bool {
    when.first_day().zip(when.last_day()).is_some_and(|(a, b)| (b - a).get_days() <= 2)
}
