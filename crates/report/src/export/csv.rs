//! Tables: one kind each, flattened, with every field.
//!
//! An object inside a record becomes columns with dots (`published`, `captured.at`); a list is JSON in its cell.

use std::io::{self, Write};

use serde_json::Value;

use super::Row;

/// Writes records as one table with a header (RFC 4180); columns in the order in which records have them.
///
/// # Errors
///
/// Only those of `out`.
pub fn csv(rows: &[&Row], out: &mut impl Write) -> io::Result<()> {
    csv_of(rows, rows, out)
}

/// Columns of every record.
const COMMON: [&str; 5] = ["kind", "id", "article", "rule", "confidence"];

/// The same with the columns that all of `like` have, so that a table keeps its columns whatever is left out of it.
///
/// # Errors
///
/// Only those of `out`.
pub fn csv_of(rows: &[&Row], like: &[&Row], out: &mut impl Write) -> io::Result<()> {
    let flat: Vec<Vec<(String, String)>> = rows.iter().map(|r| flatten(&r.value)).collect();
    let all: Vec<Vec<(String, String)>> = like.iter().map(|r| flatten(&r.value)).collect();
    let mut columns: Vec<&str> = Vec::new();
    for row in &all {
        let mut at = 0;
        for (name, _) in row {
            // a column that only some records have stands where those have it
            match columns.iter().position(|c| c == name) {
                Some(i) => at = i + 1,
                None => {
                    columns.insert(at.min(columns.len()), name);
                    at += 1;
                }
            }
        }
    }
    // a table without rows has at least the columns that every table has
    if columns.is_empty() {
        columns = COMMON.to_vec();
    }
    write_line(out, columns.iter().copied())?;
    for row in &flat {
        let cell = |column: &str| row.iter().find(|(n, _)| n == column).map_or("", |(_, v)| v.as_str());
        write_line(out, columns.iter().map(|c| cell(c)))?;
    }
    Ok(())
}

fn flatten(value: &Value) -> Vec<(String, String)> {
    let mut cells = Vec::new();
    push(&mut cells, String::new(), value);
    cells
}

fn push(cells: &mut Vec<(String, String)>, name: String, value: &Value) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                let name = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
                push(cells, name, value);
            }
        }
        Value::Null => cells.push((name, String::new())),
        Value::String(words) => cells.push((name, words.clone())),
        other => cells.push((name, other.to_string())),
    }
}

fn write_line<'a>(out: &mut impl Write, cells: impl Iterator<Item = &'a str>) -> io::Result<()> {
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            out.write_all(b",")?;
        }
        if cell.contains(['"', ',', '\n', '\r']) {
            write!(out, "\"{}\"", cell.replace('"', "\"\""))?;
        } else {
            out.write_all(cell.as_bytes())?;
        }
    }
    out.write_all(b"\r\n")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn objects_become_columns_and_lists_stay_json() {
        let row = |value| Row { kind: "meeting", date: None, article: String::new(), start: 0, value };
        let rows = [
            row(json!({"id": "m-1", "place": null, "participants": ["A, B"]})),
            row(json!({"id": "m-2", "place": {"id": "", "name": "Port \"X\""}, "participants": []})),
        ];
        let mut out = Vec::new();
        csv(&rows.iter().collect::<Vec<_>>(), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let mut none = Vec::new();
        csv_of(&[], &rows.iter().collect::<Vec<_>>(), &mut none).unwrap();
        assert_eq!(none, b"id,place.id,place.name,place,participants\r\n");
        assert_eq!(
            text,
            "id,place.id,place.name,place,participants\r\nm-1,,,,\"[\"\"A, B\"\"]\"\r\nm-2,,\"Port \"\"X\"\"\",,[]\r\n"
        );
    }
}
