//! The family of statuses: agreed, blocked, off the table, according to whom.

use crate::Context;
use crate::model::{Proposal, Status};

/// Finds statuses.
pub(crate) fn find(cx: &Context<'_>, proposals: &[Proposal]) -> Vec<Status> {
    let _ = (cx, proposals);
    Vec::new()
}
