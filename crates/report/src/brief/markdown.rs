//! The brief as Markdown.

use std::fmt::Write;

use super::Brief;
use super::sections::{Line, Part};
use crate::page::Style;

impl Brief<'_> {
    /// The brief as Markdown (CommonMark).
    pub fn markdown(&self) -> String {
        let mut out = format!("# {}\n\n", escaped(&self.title));
        for line in &self.summary {
            let _ = writeln!(out, "{}  ", escaped(line));
        }
        for section in &self.sections {
            let _ = write!(out, "\n## {}\n\n", section.title);
            for (i, part) in section.parts.iter().enumerate() {
                match part {
                    Part::Group(name, remark) => {
                        let gap = if i == 0 { "" } else { "\n" };
                        let heading = format!("### {} {remark}", escaped(name));
                        let _ = write!(out, "{gap}{}\n\n", heading.trim_end());
                    }
                    Part::Line(line) => written(&mut out, line),
                    Part::More(n, command) => {
                        let _ = writeln!(out, "- and {n} more: `rapporteur {command}`");
                    }
                }
            }
        }
        out.push_str("\n---\n\n");
        for line in &self.foot {
            let _ = writeln!(out, "{}", escaped(line));
        }
        out
    }
}

fn written(out: &mut String, line: &Line) {
    let says: Vec<String> = line
        .says
        .iter()
        .map(|(words, style)| match style {
            Some(Style::Strong | Style::Good | Style::Bad | Style::Between) => format!("**{}**", escaped(words)),
            _ => escaped(words),
        })
        .collect();
    let _ = writeln!(out, "- {}", says.join(" "));
    for (sentence, source) in &line.shown {
        let _ = writeln!(out, "  > {} *[{}]*\n", escaped(sentence), escaped(source));
    }
}

/// Words in which no mark of Markdown has its meaning.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(c, '*' | '_' | '`' | '[' | ']' | '<' | '>' | '\\' | '#') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
