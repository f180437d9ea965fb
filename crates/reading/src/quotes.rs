//! The family of quotes.

use crate::Context;
use crate::model::Quote;

/// Finds quotes.
pub(crate) fn find(cx: &Context<'_>) -> Vec<Quote> {
    let _ = cx;
    Vec::new()
}
