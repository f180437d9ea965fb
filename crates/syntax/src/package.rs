//! The bytes of a model package.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::Error;

/// Files of an unpacked spaCy pipeline by their names below the folder that holds `config.cfg`, with `/` between the
/// parts (`tok2vec/model`). Whoever makes it does the reading; this crate opens no files.
#[derive(Clone, Default)]
pub struct Package {
    files: BTreeMap<String, Arc<Vec<u8>>>,
}

impl Package {
    /// Files without which nothing runs.
    pub const REQUIRED: &[&str] = &[
        "config.cfg",
        "meta.json",
        "tokenizer",
        "vocab/lookups.bin",
        "tok2vec/model",
        "tagger/cfg",
        "tagger/model",
        "parser/model",
        "parser/moves",
        "ner/model",
        "ner/moves",
        "attribute_ruler/patterns",
        "lemmatizer/lookups/lookups.bin",
    ];

    /// Files that only models with static word vectors need.
    pub const VECTORS: &[&str] = &["vocab/vectors", "vocab/key2row"];

    /// An empty package.
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts a file in, in place of one of the same name.
    pub fn insert(&mut self, name: impl Into<String>, bytes: impl Into<Arc<Vec<u8>>>) {
        self.files.insert(name.into(), bytes.into());
    }

    /// Bytes of a file.
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.files.get(name).map(|bytes| bytes.as_slice())
    }

    pub(crate) fn need(&self, name: &str) -> Result<&[u8], Error> {
        self.get(name).ok_or_else(|| Error::missing(name))
    }

    pub(crate) fn need_text(&self, name: &str) -> Result<&str, Error> {
        std::str::from_utf8(self.need(name)?).map_err(|e| Error::damaged(name, format!("not UTF-8: {e}")))
    }
}

impl std::fmt::Debug for Package {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map().entries(self.files.iter().map(|(name, bytes)| (name, bytes.len()))).finish()
    }
}
