//! Plain text with the page's furniture left in: which of its lines are the report.

mod lines;
mod select;

pub(crate) use lines::{Line, Look, lines};
pub(crate) use select::select;
