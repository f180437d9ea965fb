//! Data for programs: one file a format.

mod corrections;
mod csv;
mod jsonl;
mod merged;
mod parts;
mod possible;
mod rows;
mod single;
mod tail;

pub use csv::{csv, csv_of};
pub use jsonl::jsonl;
pub(crate) use parts::{confidence, evidence};
pub use rows::{KINDS, Row, article_rows, merged_rows, rows, rows_of};
