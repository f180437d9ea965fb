//! The family of incidents.

use crate::Context;
use crate::model::Incident;

/// Finds incidents.
pub(crate) fn find(cx: &Context<'_>) -> Vec<Incident> {
    let _ = cx;
    Vec::new()
}
