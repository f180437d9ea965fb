//! `rapporteur review`: what a person decides on what was read.

mod agreement;
mod decide;
mod log;
mod queue;

pub(crate) use decide::{author, doubts};
use rapporteur::dossier::Correction;
use rapporteur::folder::{Review, Tried};
use rapporteur::ledger::Outcome;
use rapporteur::report::effect::{self, Line};

use crate::args::{Review as Typed, Step};
use crate::status::Done;

/// Lists what waits, or does one step.
pub(crate) fn run(typed: &Typed) -> anyhow::Result<Done> {
    match &typed.step {
        None => queue::run(typed),
        Some(Step::Log(typed)) => log::run(typed),
        Some(Step::Import(typed)) => log::import(typed),
        Some(Step::Agreement(typed)) => agreement::run(typed),
        Some(step) => decide::run(step),
    }
}

/// What the talks differ in under what was tried.
pub(crate) fn lines(review: &Review, tried: &Tried) -> Vec<Line> {
    let (before, after) = (review.talks().view(), tried.talks.view());
    effect::lines(&before, &after, &tried.effect)
}

/// The same, whole.
fn shown(lines: &[Line]) -> String {
    effect::text(lines, super::width())
}

/// The same in numbers: "1 statement gone, 2 positions changed".
fn counted(lines: &[Line]) -> String {
    let mut counts: Vec<((&str, &str), usize)> = Vec::new();
    for what in lines.iter().map(|l| (l.kind, l.change)) {
        match counts.iter_mut().find(|(known, _)| *known == what) {
            Some((_, n)) => *n += 1,
            None => counts.push((what, 1)),
        }
    }
    let many = |kind: &str| match kind.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None if kind.ends_with('s') => format!("{kind}es"),
        None => format!("{kind}s"),
    };
    let one = |((kind, what), n): &((&str, &str), usize)| match n {
        1 => format!("1 {kind} {what}"),
        n => format!("{n} {} {what}", many(kind)),
    };
    let all: Vec<String> = counts.iter().map(one).collect();
    if all.is_empty() { "nothing else changes".to_string() } else { all.join(", ") }
}

/// Why a decision would have no effect, where it would have none.
pub(crate) fn without_effect(review: &Review, correction: &Correction, outcome: &Outcome) -> Option<String> {
    use rapporteur::dossier::Decision;
    let near = |name: &String| {
        let near = review.talks().dossier().near_names(name);
        near.first().map_or_else(String::new, |n| format!("; near `{name}` is `{n}`"))
    };
    match (outcome, &correction.decision) {
        (Outcome::Gone(_), Decision::Merge { a, b } | Decision::Split { a, b }) => {
            Some(format!("no party or person is called `{a}` or `{b}`{}{}", near(a), near(b)))
        }
        (Outcome::Gone(_), _) => Some("what it is about is not there".to_string()),
        (Outcome::Unfit(why), _) => Some(why.clone()),
        (Outcome::Undone(by), _) => {
            let id = &correction.id;
            let was = if review.decision(id.as_str()).is_ok() { "was kept already and" } else { "is" };
            Some(format!("`{id}` {was} undone by `{by}`; undo that to have it hold again"))
        }
        _ => None,
    }
}
