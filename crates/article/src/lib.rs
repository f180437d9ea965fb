//! What did the journalist write, and when?
//!
//! Furniture out; byline, dateline, agency and dates lifted into fields; every byte of the text mapped back to the
//! capture. Never fails: poor input gives an article with notes.
//!
//! ```
//! use rapporteur_article::{Config, extract};
//! use rapporteur_capture::Capture;
//! let capture = Capture::from_bytes(
//!     "The Daily News\nTalks resume in Geneva after a week's pause\nBy Ann Lee\n\
//!      GENEVA, Jan. 28, 2026 (Reuters) - Envoys of the two sides met again on Wednesday after a pause of one week.\n\
//!      Share this article\n",
//! );
//! let article = extract(&capture, &Config::default());
//! assert_eq!(article.title, "Talks resume in Geneva after a week's pause");
//! assert_eq!(article.authors, ["Ann Lee"]);
//! assert_eq!(article.agency, "Reuters");
//! assert_eq!(article.published.unwrap().to_string(), "2026-01-28");
//! assert!(article.text.starts_with("GENEVA, Jan. 28, 2026 (Reuters)") && article.text.ends_with("one week."));
//! ```

mod article;
mod dates;
mod decode;
mod extract;
mod fields;
mod furniture;
mod html;
mod language;
mod lexicon;
mod origin;
mod plain;
mod version;

pub use article::{Article, Config, CopyKind, Dateline, Note, PublishedBasis, Source};
pub use decode::{Decoded, decode};
pub use extract::{extract, merge_same};
pub use version::{Later, PageVersion, Vanished, page_text};
