//! Reading the word lists in `lexicons/`.

/// The rows of a tab-separated list: comment lines (`#`) and empty ones left out, fields trimmed.
pub(crate) fn rows(list: &'static str) -> impl Iterator<Item = impl Iterator<Item = &'static str>> {
    list.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')).map(|l| l.split('\t').map(str::trim))
}

/// The first field of every row.
pub(crate) fn words(list: &'static str) -> impl Iterator<Item = &'static str> {
    rows(list).filter_map(|mut row| row.next())
}
