//! Identities made from content.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The BLAKE3 digest of captured bytes, in lower-case hexadecimal (64 digits).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Digest(String);

impl Digest {
    /// The digest of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(blake3::hash(bytes).to_hex().to_string())
    }

    /// Hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// An id read back from where it was written.
            pub fn from_written(written: impl Into<String>) -> Self {
                Self(written.into())
            }

            /// The id as it is written in records.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Whether it has not been given yet.
            pub fn is_empty(&self) -> bool {
                self.0.is_empty()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id! {
    /// The id of an article: digest of the captured bytes and the record's number in its container.
    ArticleId
}
id! {
    /// The id of an item: made from its words, never from offsets, rules, models or resolved names.
    ItemId
}

impl ArticleId {
    /// The id of record `number` (0 for a capture that holds one article) of the capture with this digest.
    pub fn new(digest: &Digest, number: usize) -> Self {
        let short = &digest.as_str()[..16];
        Self(if number == 0 { format!("a-{short}") } else { format!("a-{short}-{number}") })
    }
}

impl ItemId {
    /// The id of an item of a text: kind, then a hash of the article, the words that make the item, and a number that
    /// tells apart items of the same words. `parts` are joined with a separator that no text holds.
    pub fn of_words(kind: &str, parts: &[&str], number: usize) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in std::iter::once(&kind).chain(parts) {
            hasher.update(part.as_bytes());
            hasher.update(&[0]);
        }
        hasher.update(number.to_string().as_bytes());
        let hex = hasher.finalize().to_hex();
        Self(format!("{kind}-{}", &hex[..16]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_depend_on_words_and_number_alone() {
        let one = ItemId::of_words("quote", &["a-1", "He said no."], 0);
        assert_eq!(one, ItemId::of_words("quote", &["a-1", "He said no."], 0));
        assert_ne!(one, ItemId::of_words("quote", &["a-1", "He said no."], 1));
        assert_ne!(one, ItemId::of_words("quote", &["a-1He said no."], 0));
        assert!(one.as_str().starts_with("quote-"));
    }
}
