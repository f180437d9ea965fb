//! One JSON object a line.

use std::io::{self, Write};

use crate::View;

/// Writes all records, one JSON object a line.
///
/// # Errors
///
/// Only those of `out`.
pub fn jsonl(view: &View<'_>, out: &mut impl Write) -> io::Result<()> {
    for row in super::rows(view) {
        serde_json::to_writer(&mut *out, &row.value)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
