//! The brief for a terminal.

use super::Brief;
use super::sections::{Line, Part};
use crate::page::{Style, styled, wrap};

impl Brief<'_> {
    /// The brief as text of `width` columns, with marks of colour if `is_coloured`.
    pub fn text(&self, width: usize, is_coloured: bool) -> String {
        let mut out = wrap(&styled(&self.title, Style::Heading, is_coloured), width, "", "");
        for line in &self.summary {
            out.push_str(&wrap(line, width, "", ""));
        }
        for section in &self.sections {
            out.push('\n');
            out.push_str(&styled(&section.title.to_uppercase(), Style::Strong, is_coloured));
            out.push('\n');
            let mut in_group = false;
            for (i, part) in section.parts.iter().enumerate() {
                match part {
                    Part::Group(name, remark) => {
                        let gap = if i == 0 { "" } else { "\n" };
                        out.push_str(gap);
                        let name = styled(name, Style::Heading, is_coloured);
                        out.push_str(&wrap(&format!("{name} {remark}"), width, "  ", "  "));
                    }
                    Part::Line(line) => {
                        in_group |= matches!(section.parts.first(), Some(Part::Group(..)));
                        let margin = if in_group { 4 } else { 2 };
                        out.push_str(&written(line, width, is_coloured, margin));
                    }
                    Part::More(n, command) => {
                        let words = format!("and {n} more: rapporteur {command}");
                        out.push_str(&wrap(&styled(&words, Style::Faint, is_coloured), width, "  ", "  "));
                    }
                }
            }
        }
        out.push('\n');
        for line in &self.foot {
            out.push_str(&wrap(&styled(line, Style::Faint, is_coloured), width, "", ""));
        }
        out
    }
}

fn written(line: &Line, width: usize, is_coloured: bool, margin: usize) -> String {
    let (first, rest) = (" ".repeat(margin), " ".repeat(margin + 4));
    let says: Vec<String> = line
        .says
        .iter()
        .map(|(words, style)| style.map_or_else(|| words.clone(), |s| styled(words, s, is_coloured)))
        .collect();
    let mut out = wrap(&says.join(" "), width, &first, &rest);
    for (sentence, source) in &line.shown {
        let source = styled(&format!("[{source}]"), Style::Faint, is_coloured);
        out.push_str(&wrap(&format!("{sentence} {source}"), width, &rest, &rest));
    }
    out
}
