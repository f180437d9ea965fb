//! The points of a proposal are on the table once it is: a status for each numbered point, according to whoever tabled it.

use rapporteur_reading::model::{Evidence, RefKind, StatusSort, Term as Point, Why};
use rapporteur_text::{ItemId, Span};

use crate::cx::{HasBit, said_or_published};
use crate::model::{Cited, Merged, Proposal, Status, Term};
use crate::proposals::Mention;
use crate::{Named, Witness};

/// Where a point of a proposal stands.
pub(crate) struct Tabled {
    span: Span,
    sentence: Span,
}

impl Tabled {
    pub(crate) fn of(w: &Witness<'_>, point: &Point) -> Self {
        Self { span: point.span, sentence: line(&w.article.text, point.span) }
    }
}

/// One status for each numbered point, from the article that lists most of them.
pub(crate) fn tabled(proposal: &Proposal, fullest: &Mention) -> Vec<Status> {
    let numbered = fullest.terms().iter().zip(&fullest.tabled).filter(|(t, _)| t.point.is_some());
    numbered.map(|(term, at)| status(proposal, fullest, term, at)).collect()
}

fn status(proposal: &Proposal, told: &Mention, term: &Term, at: &Tabled) -> Status {
    let number = term.point.map(|n| n.to_string()).unwrap_or_default();
    let id = ItemId::of_words("status", &[proposal.merged.id.as_str(), "tabled", &number], 0);
    let evidence = Evidence { span: at.span, sentence: at.sentence, why: Why::Item };
    let said = said_or_published(&proposal.when, told.published());
    Status {
        merged: Merged {
            id,
            rule: "status.tabled-point.v1",
            confidence: proposal.merged.confidence,
            evidence: vec![Cited { article: told.article().clone(), evidence }],
            members: vec![told.bit().id().clone()],
        },
        issue: term.issue.clone().or_else(|| Some(Named::unresolved(RefKind::Issue, &term.text))),
        proposal: Some(proposal.merged.id.clone()),
        point: term.point,
        status: StatusSort::Tabled,
        according_to: proposal.by.iter().find(|b| b.is_resolved() || !is_pronoun(&b.as_written)).cloned(),
        percent: None,
        since: said.first_day(),
        said,
    }
}

/// "her eight-point paper": words that name nobody.
fn is_pronoun(words: &str) -> bool {
    const ALL: &[&str] = &["he", "she", "it", "they", "his", "her", "its", "their", "him", "them", "who", "we", "our"];
    ALL.contains(&words.to_lowercase().as_str())
}

/// The line of a list that a point stands in; the point itself where it is counted off inside a paragraph.
fn line(text: &str, point: Span) -> Span {
    let start = text.get(..point.start()).and_then(|t| t.rfind('\n')).map_or(0, |at| at + 1);
    let end = text.get(point.end()..).and_then(|t| t.find('\n')).map_or(text.len(), |at| point.end() + at);
    let whole = Span::of(text, start..end).map(|s| s.trim(text));
    whole.filter(|s| s.len() < point.len() + 16).unwrap_or(point)
}
