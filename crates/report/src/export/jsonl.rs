//! One JSON object a line.

use std::io::{self, Write};

use super::Row;

/// Writes records, one JSON object a line.
///
/// # Errors
///
/// Only those of `out`.
pub fn jsonl(rows: &[Row], out: &mut impl Write) -> io::Result<()> {
    for row in rows {
        serde_json::to_writer(&mut *out, &row.value)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
