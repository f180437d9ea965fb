//! Which articles rest on one reporting, and which tell one event.
//!
//! [`OriginIndex`] takes one article after the other and keeps what it needs of each: digests of its passages and
//! quotations, who it credits, and the words that tell its event. [`Origins::find`] is the same index with all articles
//! added. What two articles have in common is told by the two alone, never by what else was read, so that any order of
//! adding and removing gives the same result, and one more article costs what it touches.
//!
//! An article rests on the older one with which it shares most: the same words (exact), most of its passages (near), or
//! passages, quotations, figures and a credit to the agency (rewrite). The earliest publication of a group is its origin. A later
//! version of a page rests on the first, whatever is left of it.

mod copies;
mod index;
mod sketch;
mod weights;

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_article::CopyKind;
use rapporteur_text::ArticleId;
use serde::{Deserialize, Serialize};

use crate::Witness;

pub use index::OriginIndex;
pub(crate) use sketch::is_by_agency;
pub(crate) use weights::WHOLE;

/// Where one article's reporting comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The earliest article with this reporting; its own id until a copy is found.
    pub origin: ArticleId,
    /// Group of articles that tell the same event, named by its smallest id.
    pub story: String,
    /// The article it copies, and how.
    #[serde(with = "crate::wire::copy")]
    pub copy_of: Option<(ArticleId, CopyKind)>,
}

/// Origins of all articles.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origins(pub BTreeMap<ArticleId, Origin>);

impl Origins {
    /// Finds copies and stories. The order of `witnesses` changes nothing.
    pub fn find(witnesses: &[Witness<'_>]) -> Self {
        let mut index = OriginIndex::new();
        for w in witnesses {
            index.add(w.article);
        }
        index.into_origins()
    }

    /// The origin of an article; itself where it is not known.
    pub fn of<'a>(&'a self, article: &'a ArticleId) -> &'a ArticleId {
        self.0.get(article).map_or(article, |o| &o.origin)
    }

    /// How many different reportings there are.
    pub fn count(&self) -> usize {
        self.0.values().map(|o| &o.origin).collect::<BTreeSet<_>>().len()
    }
}
