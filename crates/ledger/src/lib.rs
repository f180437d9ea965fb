//! Who held which position on this day, and where does it say so?
//!
//! [`fold`] puts the readings of all articles under a dossier into one [`Ledger`]. It is a pure function of them: the
//! order in which the articles come changes nothing. Copies of one reporting are found first ([`Origins`]) and count as
//! one witness everywhere.
//!
//! What a person decided is applied to each article by itself before the fold ([`Plan`]), so that everything downstream
//! follows; [`Trace`] says what each correction came to, [`effect`] what a ledger with it differs in.
//!
//! Types here are plain; how they are written down is the report's business.

mod conditions;
mod corrections;
mod cx;
mod deadlines;
mod disputes;
mod fold;
mod gather;
mod history;
mod incidents;
mod links;
mod list;
mod meetings;
mod model;
mod names;
mod near;
mod origins;
mod pairs;
mod positions;
mod proposals;
mod shelf;
mod stance;
mod statuses;
mod sticking;
mod stories;
mod tabled;
mod versions;
mod voice;
mod wire;

pub use corrections::{Corrected, Effect, Moved, Outcome, Plan, Touched, Trace, effect};
pub use fold::{Folder, fold};
pub use list::Changed;
pub use model::{
    About, Cited, Condition, Deadline, Deadlock, Direction, Dispute, DisputeSort, Incident, Ledger, Meeting, Merged,
    Position, Proposal, Range, Shift, Side, Status, Sticking, Stretch, Telling, Term, Told, Verdict,
};
pub use names::{Named, Witness};
pub use origins::{Origin, OriginIndex, Origins};
pub use stance::stance_of;
pub use versions::{Page, Sighting, mark_versions, tell_once};

/// By which code and words articles are folded: the version, and a hash of them. Where it differs, the ledger may too.
pub const RULES: &str = env!("RAPPORTEUR_FOLD");
