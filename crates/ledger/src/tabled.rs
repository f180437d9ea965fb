//! The points of a proposal are on the table once it is: a status for each numbered point, according to whoever tabled it.

use std::collections::BTreeMap;

use rapporteur_reading::model::{Evidence, Proposal as Mention, StatusSort, Term as Point, Why};
use rapporteur_text::{ItemId, Span};

use crate::Named;
use crate::cx::{Cx, Told, said_or_published};
use crate::model::{Cited, Merged, Proposal, Status};

/// One status for each numbered point of each proposal, from the article that lists most of them.
pub(crate) fn tabled(cx: &Cx<'_>, proposals: &[Proposal], proposal_of: &BTreeMap<ItemId, ItemId>) -> Vec<Status> {
    let mentions = cx.told(|w| &w.reading.proposals);
    let of = |p: &Proposal| {
        let own = mentions.iter().filter(|t| proposal_of.get(t.id()) == Some(&p.merged.id));
        own.max_by_key(|t| (t.record.terms.len(), std::cmp::Reverse(t.order()))).copied()
    };
    proposals.iter().filter_map(|p| Some((p, of(p)?))).flat_map(|(p, told)| points(cx, p, &told)).collect()
}

fn points(cx: &Cx<'_>, proposal: &Proposal, told: &Told<'_, Mention>) -> Vec<Status> {
    let issues = told.w.resolution.terms.get(told.number);
    let numbered = told.record.terms.iter().enumerate().filter(|(_, t)| t.point.is_some());
    numbered
        .map(|(i, point)| {
            let issue = issues.and_then(|l| l.get(i)?.as_ref());
            let words = told.w.words(point.span);
            status(proposal, told, point, issue.map(|i| Named::issue(cx.dossier, i, words)))
        })
        .collect()
}

fn status(proposal: &Proposal, told: &Told<'_, Mention>, point: &Point, issue: Option<Named>) -> Status {
    let words = told.w.words(point.span);
    let number = point.point.map(|n| n.to_string()).unwrap_or_default();
    let id = ItemId::of_words("status", &[proposal.merged.id.as_str(), "tabled", &number], 0);
    let sentence = line(&told.w.article.text, point.span);
    let evidence = Evidence { span: point.span, sentence, why: Why::Item };
    Status {
        merged: Merged {
            id,
            rule: "status.tabled-point.v1",
            confidence: proposal.merged.confidence,
            evidence: vec![Cited { article: told.article().clone(), evidence }],
            members: vec![told.id().clone()],
        },
        issue: issue.or_else(|| Some(Named::unresolved(rapporteur_reading::model::RefKind::Issue, words))),
        proposal: Some(proposal.merged.id.clone()),
        point: point.point,
        status: StatusSort::Tabled,
        according_to: proposal.by.first().cloned(),
        percent: None,
        said: said_or_published(&proposal.when, &told.w),
    }
}

/// The line of a list that a point stands in; the point itself where it is counted off inside a paragraph.
fn line(text: &str, point: Span) -> Span {
    let start = text.get(..point.start()).and_then(|t| t.rfind('\n')).map_or(0, |at| at + 1);
    let end = text.get(point.end()..).and_then(|t| t.find('\n')).map_or(text.len(), |at| point.end() + at);
    let whole = Span::of(text, start..end).map(|s| s.trim(text));
    whole.filter(|s| s.len() < point.len() + 16).unwrap_or(point)
}
