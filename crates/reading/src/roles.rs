//! The family of roles.

use crate::Context;
use crate::model::Role;

/// Finds roles.
pub(crate) fn find(cx: &Context<'_>) -> Vec<Role> {
    let _ = cx;
    Vec::new()
}
