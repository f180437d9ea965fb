//! The family of proposals: plans, papers, drafts with their points.

use crate::Context;
use crate::model::Proposal;

/// Finds proposals.
pub(crate) fn find(cx: &Context<'_>) -> Vec<Proposal> {
    let _ = cx;
    Vec::new()
}
