//! The family of quotes.

pub(crate) mod marks;

use crate::Context;
use crate::model::Quote;

/// Finds quotes.
pub(crate) fn find(cx: &Context<'_>) -> Vec<Quote> {
    let _ = cx;
    Vec::new()
}
