//! Who held which position on this day, and where does it say so?
//!
//! [`fold`] puts the readings of all articles under a dossier into one [`Ledger`]. The order in which the articles
//! come changes nothing.

mod fold;
mod model;
mod names;
mod origins;
mod stance;

pub use fold::fold;
pub use model::{Cited, Deadline, Incident, Ledger, Meeting, Merged, Proposal, Status, Term};
pub use names::{Named, Witness};
pub use origins::{Origin, Origins};
pub use stance::stance_of;
