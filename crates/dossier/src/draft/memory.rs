//! What was put into a file once, so that what a person removed does not come back.

use std::collections::BTreeSet;

use toml_edit::{Array, DocumentMut, Item, Table, Value, value};

use super::{LAST, has_name};
use crate::model::{Dossier, Issue};
use crate::words::name_key;

/// Keys of the table `[drafted]`.
pub(crate) const DRAFTED: &[&str] = &["names", "issues", "terms", "possible"];

const WHAT_IT_IS: &str = "\n# What `rapporteur discover` has put into this file once: what is in these lists and not above was removed, and stays so.\n";

/// Words as they were written, and whether they were there before.
#[derive(Debug, Default)]
struct List {
    written: Vec<String>,
    keys: BTreeSet<String>,
    /// Keys that were there when the file was read.
    old: BTreeSet<String>,
}

impl List {
    fn of(document: &DocumentMut, key: &str) -> Self {
        let array = document.get("drafted").and_then(|d| d.get(key)).and_then(Item::as_array);
        let written: Vec<String> = array.into_iter().flatten().filter_map(|v| v.as_str().map(str::to_string)).collect();
        let keys: BTreeSet<String> = written.iter().map(|w| name_key(w)).collect();
        Self { written, old: keys.clone(), keys }
    }

    fn add(&mut self, words: &str) {
        if self.keys.insert(name_key(words)) {
            self.written.push(words.to_string());
        }
    }

    fn had(&self, words: &str) -> bool {
        self.old.contains(&name_key(words))
    }
}

/// What was drafted before and now, and what is never to be.
#[derive(Debug)]
pub(super) struct Memory {
    names: List,
    issues: List,
    terms: List,
    possible: List,
    ignore: BTreeSet<String>,
}

impl Memory {
    pub(super) fn of(document: &DocumentMut) -> Self {
        let ignore = document.get("ignore").and_then(Item::as_array);
        Self {
            names: List::of(document, "names"),
            issues: List::of(document, "issues"),
            terms: List::of(document, "terms"),
            possible: List::of(document, "possible"),
            ignore: ignore.into_iter().flatten().filter_map(Value::as_str).map(name_key).collect(),
        }
    }

    /// Whether a name is to be ignored, or was removed: put in once, and not in the file any more.
    pub(super) fn is_out(&self, name: &str, known: &Dossier) -> bool {
        self.ignore.contains(&name_key(name)) || self.names.had(name) && !has_name(known, name)
    }

    /// Whether a record that is not in the file was removed or is to be ignored: the first of its names is, or several and
    /// most of them. One other name that was taken out of some record is no reason.
    pub(super) fn is_record_out(&self, names: &[&str], known: &Dossier) -> bool {
        let gone = names.iter().filter(|n| self.is_out(n, known)).count();
        names.first().is_some_and(|own| self.is_out(own, known)) || gone > 1 && gone * 2 >= names.len()
    }

    /// Whether an issue that is not in the file was removed, under this name or by most of its terms, or is to be ignored.
    pub(super) fn is_issue_out(&self, issue: &Issue, known: &Dossier) -> bool {
        let gone = issue.terms.iter().filter(|t| self.terms.had(t) && !known.has_term(t)).count();
        self.issues.had(&issue.name)
            || [&issue.name, issue.id.as_str()].iter().any(|n| self.ignore.contains(&name_key(n)))
            || gone > 1 && gone * 2 >= issue.terms.len()
    }

    /// Whether a term was removed, or is to be ignored. To be asked of terms that are not in the file.
    pub(super) fn is_term_out(&self, term: &str) -> bool {
        self.terms.had(term) || self.ignore.contains(&name_key(term))
    }

    pub(super) fn names<'a>(&mut self, name: &str, aliases: impl IntoIterator<Item = &'a str>) {
        self.names.add(name);
        aliases.into_iter().for_each(|a| self.names.add(a));
    }

    pub(super) fn issue_name(&mut self, name: &str) {
        self.issues.add(name);
    }

    pub(super) fn issue(&mut self, issue: &Issue) {
        self.issue_name(&issue.name);
        self.terms(issue.terms.iter().chain(&issue.weak_terms).chain(&issue.contrary_terms));
    }

    pub(super) fn terms<'a>(&mut self, terms: impl IntoIterator<Item = &'a String>) {
        terms.into_iter().for_each(|t| self.terms.add(t));
    }

    /// Remembers a pair; whether it was there before.
    pub(super) fn pair(&mut self, a: &str, b: &str) -> bool {
        let (a, b) = if name_key(a) <= name_key(b) { (a, b) } else { (b, a) };
        let words = format!("{a} / {b}");
        self.possible.add(&words);
        self.possible.had(&words)
    }

    /// Writes the table, behind all others. `before`: comments that stand before it.
    pub(super) fn write(&self, document: &mut DocumentMut, before: &str) {
        let lists = DRAFTED.iter().zip([&self.names, &self.issues, &self.terms, &self.possible]);
        let is_empty = |l: &List| l.written.is_empty();
        if document.get("drafted").is_none() {
            if lists.clone().all(|(_, l)| is_empty(l)) {
                document.set_trailing(before);
                return;
            }
            let mut table = Table::new();
            table.decor_mut().set_prefix(format!("{before}{WHAT_IT_IS}"));
            document["drafted"] = Item::Table(table);
        }
        let Some(table) = document.get_mut("drafted").and_then(Item::as_table_like_mut) else { return };
        for (key, list) in lists.filter(|(_, l)| l.keys != l.old) {
            let new = list.written.iter().filter(|w| !list.had(w));
            match table.get_mut(key).and_then(Item::as_array_mut) {
                Some(array) => new.for_each(|w| super::additions::push(array, Value::from(w.as_str()))),
                None => {
                    table.insert(key, value(lines(new)));
                }
            }
        }
        if let Some(table) = document.get_mut("drafted").and_then(Item::as_table_mut) {
            table.set_position(Some(isize::MAX.min(LAST * 2)));
        }
    }
}

/// A list with one value a line.
fn lines<'a>(words: impl Iterator<Item = &'a String>) -> Array {
    let mut array = Array::new();
    for word in words {
        let mut item = Value::from(word.as_str());
        item.decor_mut().set_prefix("\n  ");
        array.push_formatted(item);
    }
    array.set_trailing("\n");
    array.set_trailing_comma(true);
    array
}
