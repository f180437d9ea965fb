//! Words put at the end of lists that a person wrote, in the way he or she wrote them.

use toml_edit::{Array, DocumentMut, Item, TableLike, Value, value};

use crate::words::slug;

/// The table of a section whose id is this, or whose name makes it.
pub(super) fn table_of<'d>(document: &'d mut DocumentMut, section: &str, id: &str) -> Option<&'d mut dyn TableLike> {
    let is = |table: &dyn TableLike| {
        let word = |key: &str| table.get(key).and_then(Item::as_str);
        word("id").map_or_else(|| word("name").map(slug), |own| Some(own.to_string())).as_deref() == Some(id)
    };
    match document.get_mut(section)? {
        Item::ArrayOfTables(all) => all.iter_mut().map(|t| t as &mut dyn TableLike).find(|t| is(*t)),
        Item::Value(Value::Array(all)) => {
            all.iter_mut().filter_map(Value::as_inline_table_mut).map(|t| t as &mut dyn TableLike).find(|t| is(*t))
        }
        _ => None,
    }
}

/// Adds words to a list of a table, making the list where there is none.
pub(super) fn add_to_list(table: &mut dyn TableLike, key: &str, words: &[String]) {
    match table.get_mut(key).and_then(Item::as_array_mut) {
        Some(array) => words.iter().for_each(|w| push(array, Value::from(w.as_str()))),
        None => {
            table.insert(key, value(words.iter().map(String::as_str).collect::<Array>()));
        }
    }
}

/// Adds a value at the end; comments stay with the value they stand behind, a list of lines stays one.
pub(super) fn push(array: &mut Array, mut new: Value) {
    let last = array.iter().last().and_then(|v| v.decor().prefix()).and_then(|p| p.as_str()).map(str::to_string);
    let trailing = array.trailing().as_str().unwrap_or_default().to_string();
    let indent = |prefix: &str| prefix.rsplit_once('\n').map_or_else(String::new, |(_, i)| format!("\n{i}"));
    match last {
        Some(prefix) if prefix.contains('\n') => {
            // what stands behind the last value, after its comma, belongs to it
            let (comment, end) = trailing.rsplit_once('\n').unwrap_or(("", ""));
            let comment = comment.to_string();
            let end = format!("\n{end}");
            new.decor_mut().set_prefix(format!("{comment}{}", indent(&prefix)));
            array.set_trailing(end);
            array.set_trailing_comma(true);
        }
        Some(_) => new.decor_mut().set_prefix(" "),
        None => {}
    }
    array.push_formatted(new);
}
