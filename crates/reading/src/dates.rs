//! Temporal expressions (TIMEX3).

use crate::Context;
use crate::model::Timex;

/// Finds temporal expressions and resolves them against the publication date.
pub(crate) fn find(cx: &Context<'_>) -> Vec<Timex> {
    let _ = cx;
    Vec::new()
}
