//! Dates as pages write them, and which of them is the day of publication.

mod ladder;
mod written;

pub(crate) use ladder::{Evidence, Found, climb};
pub(crate) use written::{Written, find, is_date_line, read_stated};
