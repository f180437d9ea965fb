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
mod disputes;
mod events;
mod fold;
mod meetings;
mod model;
mod names;
mod origins;
mod positions;
mod proposals;
mod stance;
mod sticking;
mod stories;
mod tabled;
mod voice;

pub use corrections::{Corrected, Effect, Moved, Outcome, Plan, Touched, Trace, effect};
pub use fold::fold;
pub use model::{
    About, Cited, Condition, Deadline, Deadlock, Direction, Dispute, DisputeSort, Incident, Ledger, Meeting, Merged,
    Position, Proposal, Shift, Side, Status, Sticking, Stretch, Term, Verdict,
};
pub use names::{Named, Witness};
pub use origins::{Origin, OriginIndex, Origins};
pub use stance::stance_of;
