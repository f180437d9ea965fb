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
//! [`report`]; each is a crate of its own and knows nothing of those after it. A dossier [`Folder`] keeps what was read in
//! its [`archive`]. Only `capture`, `archive` and [`model`] touch the world. The same captures give the same bytes, whatever their order and the number of threads.
//!
//! Not supported yet: other languages than English (such an article gives a note and no items), and feeds or addresses as
//! sources.

mod error;
pub mod folder;
pub mod model;
mod talks;

pub use error::Error;
pub use folder::Folder;
pub use talks::{Options, Talks};

/// Loads the language model of this path, else the one that is installed; installs it where there is none and says so.
///
/// # Errors
/// Where there is none and it cannot be installed, or where it cannot be used.
pub fn load_model(
    path: Option<&std::path::Path>,
    said: &mut dyn FnMut(model::Progress),
) -> Result<std::sync::Arc<syntax::Pipeline>, Error> {
    let config = model::ModelConfig { path: path.map(std::path::Path::to_path_buf) };
    model::load(&config, said).map_err(Error::model)
}

pub use rapporteur_archive as archive;
pub use rapporteur_article as article;
pub use rapporteur_capture as capture;
pub use rapporteur_dossier as dossier;
pub use rapporteur_ledger as ledger;
pub use rapporteur_reading as reading;
pub use rapporteur_report as report;
pub use rapporteur_syntax as syntax;
pub use rapporteur_text as text;
