//! From the tree of an article's content to its blocks: one paragraph, heading or list item each.

use dom_query::NodeRef;

/// What a block was in the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A paragraph, or text standing free.
    Paragraph,
    /// `h1` to `h6`.
    Heading,
    /// An item of a list.
    Item,
    /// A cell or row of a table.
    Row,
}

/// One block of text.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    /// Its words, white space collapsed.
    pub(crate) text: String,
    pub(crate) sort: Sort,
    /// Bytes of the text that stand inside links.
    pub(crate) linked: usize,
}

const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "thead",
    "tfoot",
    "tr",
    "ul",
    "br",
    "caption",
];
const SILENT: &[&str] =
    &["script", "style", "noscript", "template", "iframe", "svg", "select", "option", "button", "head"];

/// The blocks under this node, in order. Walks without recursion, so depth is no danger.
pub(crate) fn blocks(root: &NodeRef) -> Vec<Block> {
    let mut writer = Writer::default();
    let mut stack = vec![(*root, false)];
    while let Some((node, leaving)) = stack.pop() {
        if node.is_text() {
            writer.text(&node.text());
            continue;
        }
        let name = node.node_name().unwrap_or_default();
        let name: &str = &name;
        if leaving {
            writer.leave(name);
            continue;
        }
        if SILENT.contains(&name) || node.is_comment() {
            continue;
        }
        writer.enter(name);
        stack.push((node, true));
        stack.extend(node.children_it(true).map(|child| (child, false)));
    }
    writer.flush();
    writer.blocks
}

#[derive(Default)]
struct Writer {
    blocks: Vec<Block>,
    line: String,
    linked: usize,
    in_link: usize,
    heading: usize,
    item: usize,
    row: usize,
    space: bool,
}

impl Writer {
    fn enter(&mut self, name: &str) {
        if BLOCKS.contains(&name) {
            self.flush();
        }
        self.count(name, 1);
        if matches!(name, "td" | "th") {
            self.space = true;
        }
    }

    fn leave(&mut self, name: &str) {
        if BLOCKS.contains(&name) {
            self.flush();
        }
        self.count(name, -1);
    }

    fn count(&mut self, name: &str, by: isize) {
        let counter = match name {
            "a" => &mut self.in_link,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => &mut self.heading,
            "li" | "dd" | "dt" => &mut self.item,
            "tr" => &mut self.row,
            _ => return,
        };
        *counter = counter.saturating_add_signed(by);
    }

    fn text(&mut self, words: &str) {
        for c in words.chars() {
            if c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}') {
                self.space |= c.is_whitespace();
                continue;
            }
            let before = self.line.len();
            if self.space && !self.line.is_empty() {
                self.line.push(' ');
            }
            self.space = false;
            self.line.push(c);
            let added = self.line.len() - before;
            self.linked += if self.in_link > 0 { added } else { 0 };
        }
    }

    fn flush(&mut self) {
        self.space = false;
        if self.line.is_empty() {
            return;
        }
        let sort = match (self.heading, self.item, self.row) {
            (1.., ..) => Sort::Heading,
            (0, 1.., _) => Sort::Item,
            (0, 0, 1..) => Sort::Row,
            _ => Sort::Paragraph,
        };
        let text = std::mem::take(&mut self.line);
        self.blocks.push(Block { text, sort, linked: self.linked });
        self.linked = 0;
    }
}
