//! Follows a negotiation through the press: from captures to a model of the talks, every item with its sentence.
//!
//! One call does it all: [`Talks::read`] reads files and folders, discovers who and what is meant (or takes the dossier
//! you give), and folds everything into a [`ledger::Ledger`]. Reports are written from a [`report::View`] of it.
//!
//! ```no_run
//! use rapporteur::{Options, Talks};
//!
//! let talks = Talks::read(["examples/river-accord/articles"], &Options::default())?;
//! for position in &talks.ledger().positions {
//!     let now = position.now().expect("a position has a stance");
//!     println!("{} has been {} since {}", position.party.shown(), now.stance.as_str(), now.from);
//! }
//! let view = talks.view();
//! let brief = rapporteur::report::brief::Brief::of(&view, &Default::default());
//! println!("{}", brief.text(100, false));
//! # Ok::<(), rapporteur::Error>(())
//! ```
//!
//! The rooms it passes through, in order: [`capture`], [`article`], [`syntax`], [`reading`], [`dossier`], [`ledger`],
//! [`report`]; each is a crate of its own and knows nothing of those after it. Only `capture` and [`model`] touch the
//! world. The same captures give the same bytes, whatever their order and the number of threads.
//!
//! Not supported yet: other languages than English (such an article gives a note and no items), keeping what was read
//! between runs, and feeds or addresses as sources.

mod error;
pub mod model;
mod talks;

pub use error::Error;
pub use talks::{Options, Talks};

pub use rapporteur_article as article;
pub use rapporteur_capture as capture;
pub use rapporteur_dossier as dossier;
pub use rapporteur_ledger as ledger;
pub use rapporteur_reading as reading;
pub use rapporteur_report as report;
pub use rapporteur_syntax as syntax;
pub use rapporteur_text as text;
