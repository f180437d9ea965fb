//! Data for programs: one file a format.

mod csv;
mod jsonl;
mod merged;
mod parts;
mod rows;
mod single;

pub use csv::csv;
pub use jsonl::jsonl;
pub use rows::{KINDS, Row, rows};
