//! What is a span, an id, a point in time?
//!
//! The small vocabulary that every room of Rapporteur shares. It depends on none of the others.
//!
//! ```
//! use rapporteur_text::{Span, Moment};
//! let text = "Kyiv refuses.";
//! let span = Span::of(text, 0..4).unwrap();
//! assert_eq!(span.slice(text), "Kyiv");
//! assert_eq!("2026-01-28".parse::<Moment>().unwrap().to_string(), "2026-01-28");
//! ```

mod id;
mod label;
mod moment;
mod span;
mod steering;
mod when;

pub use id::{ArticleId, Digest, ItemId};
pub use label::label;
pub use moment::{Moment, ParseMomentError};
pub use span::Span;
pub use steering::{is_steering, one_line, printable};
pub use when::{Basis, When};
