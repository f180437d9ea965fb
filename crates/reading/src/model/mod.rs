//! The records of a reading. They point into the article's text; nothing is copied out of it.

mod acts;
mod item;
mod records;
mod references;
mod whole;

pub use acts::{Act, ConditionSort, Modality, Mode, Polarity};
pub(crate) use item::settle;
pub use item::{Evidence, HasItem, Item, Rule, Why};
pub use records::{
    Condition, Deadline, DeadlineState, Figure, Incident, IncidentSort, Meeting, MeetingFormat, MeetingSort,
    MeetingState, Proposal, Quote, Reading, Role, RoleChange, Statement, Status, StatusSort, Term, Timex, TimexType,
    Topic,
};
pub use references::{Entity, EntityId, Link, LinkSort, Mention, RefKind, Reference};
