//! HTML pages: what they state about themselves, and the blocks of their main text.

mod guard;
mod meta;
mod prune;
mod render;
mod tidy;

use dom_query::Document;
use dom_smoothie::{Config, Readability};

pub(crate) use guard::Excess;
pub(crate) use meta::Meta;
pub(crate) use render::{Block, Sort};
pub(crate) use tidy::tidy;

/// A page read.
pub(crate) struct Page {
    pub(crate) meta: Meta,
    /// Blocks of the main text, furniture still among them.
    pub(crate) blocks: Vec<Block>,
    /// All visible lines, in order: where dates, bylines and names are looked for.
    pub(crate) lines: Vec<Block>,
}

/// What finds the element of a page that holds the article. One today; the trait keeps the rest of the room from knowing
/// which.
trait MainText {
    /// The blocks of the main text, or none where it finds nothing.
    fn blocks(&self, document: Document) -> Vec<Block>;
}

/// `dom_smoothie`, a port of Mozilla's Readability.
struct Smoothie;

impl MainText for Smoothie {
    fn blocks(&self, document: Document) -> Vec<Block> {
        let config = Config { keep_classes: true, disable_json_ld: true, ..Config::default() };
        let article = Readability::with_document(document, None, Some(config)).ok().and_then(|mut r| r.parse().ok());
        article.map(|a| render::blocks(&Document::fragment(a.content).root())).unwrap_or_default()
    }
}

/// Reads a page.
///
/// # Errors
/// A page that no tree should be built of.
pub(crate) fn read(source: &str) -> Result<Page, Excess> {
    guard::check(source)?;
    let document = Document::from(source);
    let meta = meta::read(&document);
    let lines = document.body().map(|b| render::blocks(&b)).unwrap_or_default();
    prune::prune(&document);
    let blocks = Smoothie.blocks(document);
    Ok(Page { meta, blocks, lines })
}
