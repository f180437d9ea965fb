//! The family of statements: who demands, offers, accepts, refuses what.

use crate::Context;
use crate::model::{Proposal, Statement};

/// Finds statements.
pub(crate) fn find(cx: &Context<'_>, proposals: &[Proposal]) -> Vec<Statement> {
    let _ = (cx, proposals);
    Vec::new()
}
