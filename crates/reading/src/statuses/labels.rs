//! Statuses told without a verb, as live pages and lists of points do: "Weekends: settled.", "Still open: pay, pensions."

use std::sync::LazyLock;

use rapporteur_text::Span;
use regex::Regex;

use super::Found;
use crate::Context;
use crate::model::{Rule, StatusSort};

pub(super) const LABEL: Rule = Rule("status.label.v2");

static BEHIND: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?m)(?:^|[.!?”] +)(?:On )?(?P<m>[A-Z][^.:;!?\n]{2,80})(?:: (?P<s>settled|agreed in principle|agreed|blocked|stuck|signed|closed|dead|off the table|disputed)\b|(?:: | [–—-] )(?P<t>agreed in principle|agreed|settled|done|closed|signed|blocked|deadlocked|stalled|stuck|still open|open|unresolved|in brackets|bracketed|no agreement|no progress|no movement|no deal|not agreed|disputed|dropped|deleted|withdrawn|off the table|dead|tabled)(?:[.;,!?)]|$))").ok()
});

static BEFORE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?m)(?:^|[.!?”] +)(?P<s>Agreed in principle|Agreed|Settled|Closed|Done|Blocked|Deadlocked|Stuck|Still open|Open|Unresolved|Outstanding|In brackets|Disputed|Dropped|Deleted|Off the table|Tabled)(?:, (?:says|said|according to) [^:.\n]{2,60})?: (?P<m>[^.:;!?\n]{3,160})").ok()
});

/// "Weekends: settled." and "Agreed: weekends and pay."
pub(super) fn labels(cx: &Context<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for pattern in [BEHIND.as_ref(), BEFORE.as_ref()].into_iter().flatten() {
        for groups in pattern.captures_iter(cx.text()) {
            let Some(s) = groups.name("s").or_else(|| groups.name("t")) else { continue };
            let Some((m, span)) = groups.name("m").zip(Span::of(cx.text(), s.range())) else { continue };
            let tokens = cx.parse.tokens_in(s.range());
            for matter in parts(cx, m.start(), m.as_str()) {
                found.push(Found {
                    rule: LABEL,
                    confidence: 0.8,
                    span,
                    token: tokens.start.min(cx.parse.len().saturating_sub(1)),
                    status: status(s.as_str()),
                    matter: Some(matter),
                    by: None,
                    percent: None,
                });
            }
        }
    }
    found
}

fn status(words: &str) -> StatusSort {
    match words.to_lowercase().as_str() {
        "agreed in principle" => StatusSort::AgreedInPrinciple,
        "settled" | "agreed" | "closed" | "done" => StatusSort::Agreed,
        "signed" => StatusSort::Signed,
        "tabled" => StatusSort::Tabled,
        "dead" | "off the table" | "dropped" | "deleted" | "withdrawn" => StatusSort::OffTable,
        "disputed" | "still open" | "open" | "unresolved" | "outstanding" | "in brackets" | "bracketed"
        | "no agreement" | "not agreed" => StatusSort::Disputed,
        _ => StatusSort::Blocked,
    }
}

/// Each part of "Inspections, back pay, four years" is a matter.
fn parts(cx: &Context<'_>, start: usize, words: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = start;
    for part in words.split(',') {
        let range = at..at + part.len();
        at += part.len() + 1;
        let and = part.trim_start().strip_prefix("and ").map_or(0, |rest| part.len() - rest.len());
        let matter = Span::of(cx.text(), range.start + and..range.end).map(|x| x.trim(cx.text()));
        found.extend(matter.filter(|x| !x.is_empty()));
    }
    found
}
