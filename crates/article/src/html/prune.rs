//! Furniture that the page itself names as such, taken out of the tree before the main text is looked for.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use dom_query::{Document, NodeId, NodeRef};

/// Names by which pages call their furniture, by how far each is trusted.
static NAMES: LazyLock<BTreeMap<&'static str, Trust>> = LazyLock::new(|| {
    crate::lexicon::rows(include_str!("../../lexicons/element-names.tsv"))
        .filter_map(|mut row| Some((row.next()?, Trust::read(row.next()?)?)))
        .collect()
});

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// Furniture as a word of the name: `story-share-bar`.
    Word,
    /// Furniture only as the whole name: `ad`.
    Whole,
}

impl Trust {
    fn read(written: &str) -> Option<Self> {
        match written {
            "word" => Some(Self::Word),
            "whole" => Some(Self::Whole),
            _ => None,
        }
    }
}

const ALWAYS: &[&str] = &[
    "script",
    "style",
    "nav",
    "form",
    "figcaption",
    "button",
    "select",
    "textarea",
    "iframe",
    "dialog",
    "template",
    "svg",
    "object",
    "embed",
    "input",
    "canvas",
    "noscript",
    "audio",
    "video",
    "menu",
];
const NEVER: &[&str] = &["html", "body", "main", "head", "p", "em", "strong", "b", "i"];

/// Takes out of the tree what its element, role or name says is furniture, unless much of the page's prose stands in it.
pub(crate) fn prune(document: &Document) {
    let root = document.root();
    let nodes: Vec<NodeRef> = root.descendants_it().filter(|n| n.is_element()).collect();
    let prose = Prose::of(&nodes);
    for node in &nodes {
        if is_furniture(node) && !prose.much_in(node) {
            node.remove_from_parent();
        }
    }
}

fn is_furniture(node: &NodeRef) -> bool {
    let Some(name) = node.node_name() else { return false };
    let name: &str = &name;
    if ALWAYS.contains(&name) {
        return true;
    }
    if NEVER.contains(&name) {
        return false;
    }
    if matches!(name, "aside" | "footer") || is_hidden(node) {
        return true;
    }
    if let Some(role) = node.attr("role")
        && matches!(
            &*role,
            "navigation" | "complementary" | "dialog" | "alertdialog" | "banner" | "contentinfo" | "menu" | "search"
        )
    {
        return true;
    }
    let named = |value: Option<String>| value.is_some_and(|v| v.split_whitespace().any(names_furniture));
    named(node.class().map(|c| c.to_string())) || named(node.id_attr().map(|i| i.to_string()))
}

fn is_hidden(node: &NodeRef) -> bool {
    if node.has_attr("hidden") {
        return true;
    }
    node.attr("style").is_some_and(|s| {
        let squeezed: String = s.chars().filter(|c| !c.is_whitespace()).collect();
        squeezed.contains("display:none") || squeezed.contains("visibility:hidden")
    })
}

/// Whether one class or id names furniture: `related-links`, `newsletterSignup`, `share__bar`.
fn names_furniture(class: &str) -> bool {
    if class.len() > 80 {
        return false;
    }
    let words = words_of(class);
    let joined = words.join("-");
    if NAMES.contains_key(joined.as_str()) {
        return true;
    }
    let trusted = |name: &str| NAMES.get(name) == Some(&Trust::Word);
    words.iter().any(|w| trusted(w)) || words.windows(2).any(|w| trusted(&w.join("-")))
}

/// The words of a class name, in lower case: cut at `-`, `_`, digits' ends and capitals.
fn words_of(class: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut before = ' ';
    for c in class.chars() {
        let cut = !c.is_alphanumeric() || (c.is_uppercase() && before.is_lowercase());
        if cut && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// How much of the page's prose (text of `p` elements outside links) stands under each element.
struct Prose {
    under: HashMap<NodeId, usize>,
    all: usize,
}

impl Prose {
    fn of(nodes: &[NodeRef]) -> Self {
        let mut prose = Self { under: HashMap::new(), all: 0 };
        for node in nodes.iter().filter(|n| n.has_name("p")) {
            let count = unlinked(node);
            if count < 40 {
                continue;
            }
            prose.all += count;
            for ancestor in node.ancestors_it(None) {
                *prose.under.entry(ancestor.id).or_default() += count;
            }
        }
        prose
    }

    fn much_in(&self, node: &NodeRef) -> bool {
        self.under.get(&node.id).is_some_and(|&count| count * 10 > self.all * 3)
    }
}

fn unlinked(node: &NodeRef) -> usize {
    let all = node.text().trim().len();
    let linked: usize = node.descendants_it().filter(|n| n.has_name("a")).map(|a| a.text().len()).sum();
    all.saturating_sub(linked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_names_are_read_by_their_words() {
        assert_eq!(words_of("storyShare__bar-2"), ["story", "share", "bar", "2"]);
        assert!(names_furniture("newsletterSignup"));
        assert!(names_furniture("article-related-links"));
        assert!(names_furniture("ad"));
        assert!(!names_furniture("article-body"));
        assert!(!names_furniture("shareholder-report"));
        assert!(!names_furniture("lead"));
    }

    #[test]
    fn furniture_that_holds_the_article_is_kept() {
        let body = "<p>Talks on the water treaty resumed in the capital on Monday after a week's pause.</p>".repeat(5);
        let document =
            Document::from(format!("<div class='promo-page'>{body}</div><div class='promo'><p>Buy!</p></div>"));
        prune(&document);
        let text = document.text();
        assert!(text.contains("Talks on the water") && !text.contains("Buy!"));
    }
}
