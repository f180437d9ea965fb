//! The brief: where the talks stand, as an analyst would want to be told.
//!
//! [`Brief::of`] chooses and orders what is said; [`Brief::text`], [`Brief::markdown`] and [`Brief::json`] write it. It
//! says nothing without a sentence behind it and names the source of every line. A [`Digest`] is a brief of what moved since
//! a reader last looked.

mod choose;
mod digest;
mod json;
mod known;
mod markdown;
mod sections;
mod text;

use crate::View;
use crate::export::{self, Row};
use crate::filter::Filter;

use sections::Section;

pub use digest::Digest;
pub use known::Known;

/// What the brief holds, and how much of it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Options {
    /// What is left out.
    pub filter: Filter,
    /// Most lines of one section in text and Markdown; the rest is counted.
    pub most: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { filter: Filter::default(), most: 8 }
    }
}

/// Records of one place of a text, which no brief is made of.
const IN_TEXT: &[&str] = &["quote", "statement", "figure", "role", "date"];

/// Where the talks stand, chosen and put in order.
#[derive(Debug)]
pub struct Brief<'a> {
    view: &'a View<'a>,
    rows: Vec<Row>,
    title: String,
    summary: Vec<String>,
    sections: Vec<Section>,
    foot: Vec<String>,
}

impl<'a> Brief<'a> {
    /// The brief of what was read.
    pub fn of(view: &'a View<'a>, options: &Options) -> Self {
        // what it is made of, and what its JSON gives: not what stands in one place of a text
        let kinds: Vec<&str> = export::KINDS.iter().copied().filter(|k| !IN_TEXT.contains(k)).collect();
        let rows = options.filter.rows(view, export::rows_of(view, &kinds));
        let chosen = choose::Chosen::of(view, &rows);
        Self {
            title: sections::title(view, &chosen),
            summary: sections::summary(view, &chosen),
            sections: sections::all(view, &chosen, options.most),
            foot: sections::foot(view, options),
            rows,
            view,
        }
    }
}
