//! Follows a negotiation through the press.

mod follow;
pub mod model;

pub use follow::{Config, Talks, follow};

pub use rapporteur_article as article;
pub use rapporteur_capture as capture;
pub use rapporteur_dossier as dossier;
pub use rapporteur_ledger as ledger;
pub use rapporteur_reading as reading;
pub use rapporteur_report as report;
pub use rapporteur_syntax as syntax;
pub use rapporteur_text as text;
