//! The family of meetings.

use crate::Context;
use crate::model::Meeting;

/// Finds meetings.
pub(crate) fn find(cx: &Context<'_>) -> Vec<Meeting> {
    let _ = cx;
    Vec::new()
}
