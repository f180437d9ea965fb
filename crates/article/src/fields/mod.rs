//! What stands around a report and belongs in fields: title, authors, agency, dateline, outlet.

pub(crate) mod agency;
pub(crate) mod byline;
pub(crate) mod dateline;
pub(crate) mod outlet;
pub(crate) mod title;
