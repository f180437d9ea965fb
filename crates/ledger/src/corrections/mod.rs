//! What a person decided, applied to the reading and resolution of one article before the fold.

mod add;
mod edit;
mod effect;
mod plan;
mod remove;
mod trace;

pub use effect::{Effect, Moved, effect};
pub use plan::{Corrected, Plan, Touched};
pub(crate) use remove::without;
pub use trace::{Outcome, Trace};

use rapporteur_reading::Reading;
use rapporteur_reading::model::{HasItem, Item};
use rapporteur_text::ItemId;

/// A list of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Quote,
    Statement,
    Figure,
    Role,
    Date,
    Meeting,
    Proposal,
    Status,
    Incident,
    Deadline,
}

/// All items of a reading with their place.
pub(super) fn items(reading: &Reading) -> impl Iterator<Item = (Kind, usize, &Item)> {
    fn all<T: HasItem>(kind: Kind, list: &[T]) -> impl Iterator<Item = (Kind, usize, &Item)> {
        list.iter().enumerate().map(move |(i, t)| (kind, i, t.item()))
    }
    all(Kind::Quote, &reading.quotes)
        .chain(all(Kind::Statement, &reading.statements))
        .chain(all(Kind::Figure, &reading.figures))
        .chain(all(Kind::Role, &reading.roles))
        .chain(all(Kind::Date, &reading.dates))
        .chain(all(Kind::Meeting, &reading.meetings))
        .chain(all(Kind::Proposal, &reading.proposals))
        .chain(all(Kind::Status, &reading.statuses))
        .chain(all(Kind::Incident, &reading.incidents))
        .chain(all(Kind::Deadline, &reading.deadlines))
}

/// The item at a place.
pub(super) fn item_mut(reading: &mut Reading, kind: Kind, at: usize) -> Option<&mut Item> {
    fn of<T: HasItem>(list: &mut [T], at: usize) -> Option<&mut Item> {
        list.get_mut(at).map(HasItem::item_mut)
    }
    match kind {
        Kind::Quote => of(&mut reading.quotes, at),
        Kind::Statement => of(&mut reading.statements, at),
        Kind::Figure => of(&mut reading.figures, at),
        Kind::Role => of(&mut reading.roles, at),
        Kind::Date => of(&mut reading.dates, at),
        Kind::Meeting => of(&mut reading.meetings, at),
        Kind::Proposal => of(&mut reading.proposals, at),
        Kind::Status => of(&mut reading.statuses, at),
        Kind::Incident => of(&mut reading.incidents, at),
        Kind::Deadline => of(&mut reading.deadlines, at),
    }
}

/// Where the item of this id stands.
pub(super) fn place(reading: &Reading, id: &ItemId) -> Option<(Kind, usize)> {
    items(reading).find(|(.., item)| item.id() == id).map(|(kind, at, _)| (kind, at))
}
