//! Word lists as data: `lexicons/*.tsv`, one entry a line, columns split by tabs, `#` opens a comment line. The first
//! comment lines of each file say where its entries come from.

/// Rows of a lexicon file: columns split by tabs; blank lines and comment lines left out.
pub(crate) fn rows(file: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    file.lines()
        .map(str::trim_end)
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
        .map(|l| l.split('\t').map(str::trim).collect())
}

#[cfg(test)]
mod tests {
    #[test]
    fn comments_and_blank_lines_are_left_out() {
        let got: Vec<_> = super::rows("# from nowhere\n\nsay\treport\n").collect();
        assert_eq!(got, [["say", "report"]]);
    }
}
