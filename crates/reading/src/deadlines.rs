//! The family of deadlines.

use crate::Context;
use crate::model::Deadline;

/// Finds deadlines.
pub(crate) fn find(cx: &Context<'_>) -> Vec<Deadline> {
    let _ = cx;
    Vec::new()
}
