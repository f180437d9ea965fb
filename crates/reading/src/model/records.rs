//! The records themselves, in the order of the output contract.

use rapporteur_text::{ArticleId, Span, When};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::acts::vocabulary;
use super::{Act, ConditionSort, Entity, HasItem, Item, Link, Modality, Mode, Polarity, Reference};

/// All that one article says by itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The article read.
    pub article: ArticleId,
    /// People, organisations, places, parties with their mentions.
    pub entities: Vec<Entity>,
    /// Who said what.
    pub quotes: Vec<Quote>,
    /// Who holds what.
    pub statements: Vec<Statement>,
    /// Numbers with what they measure.
    pub figures: Vec<Figure>,
    /// Who holds which office.
    pub roles: Vec<Role>,
    /// Temporal expressions.
    pub dates: Vec<Timex>,
    /// Meetings as this article gives them.
    pub meetings: Vec<Meeting>,
    /// Proposals as this article gives them.
    pub proposals: Vec<Proposal>,
    /// How far something has come, according to whom.
    pub statuses: Vec<Status>,
    /// Incidents as this article gives them.
    pub incidents: Vec<Incident>,
    /// Deadlines as this article gives them.
    pub deadlines: Vec<Deadline>,
}

/// Words attributed to a source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// Id, rule, evidence: source, cue and content together.
    pub item: Item,
    /// Who said it, where the text names someone. Its span is the source's words in the sentence.
    pub source: Option<Reference>,
    /// The words that attribute ("said", "according to").
    pub cue: Option<Span>,
    /// What was said; several spans where the cue splits it. Never empty.
    pub content: Vec<Span>,
    /// Direct, indirect, mixed.
    pub mode: Mode,
    /// Relays, outermost first, the source itself last.
    pub chain: Vec<Link>,
    /// Whether the source and all relays have names.
    pub named: bool,
    /// When it was said.
    pub said: When,
}

/// Lemmas of a noun phrase or content word that a statement is about, for finding its issue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Topic {
    /// Lower-case lemmas of the phrase, its head last ("grain duty", "security guarantee").
    pub lemma: SmolStr,
    /// The words as written.
    pub span: Span,
    /// 0: in the matter; 1: elsewhere in the sentence; 2: in the sentences before, for matters that are only pointed
    /// at ("it", "the demand").
    pub distance: u8,
}

/// A condition of a statement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// What ties it.
    pub sort: ConditionSort,
    /// Its words, the connective included.
    pub span: Span,
    /// What it is about.
    pub topics: Vec<Topic>,
}

/// A holder's act towards a matter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// Id, rule, evidence: holder, predicate and matter together.
    pub item: Item,
    /// Who holds it, as the sentence says: a person, a party, a body.
    pub holder: Reference,
    /// For whom the holder speaks, where the sentence says so.
    pub on_behalf_of: Option<Reference>,
    /// The words that carry the act.
    pub predicate: Span,
    /// Whether the predicate is negated.
    pub negated: bool,
    /// The act.
    pub act: Act,
    /// Towards the matter.
    pub polarity: Polarity,
    /// What is held.
    pub matter: Span,
    /// What the matter is about, nearest first.
    pub topics: Vec<Topic>,
    /// Towards whom.
    pub target: Option<Reference>,
    /// On which conditions.
    pub conditions: Vec<Condition>,
    /// How sure.
    pub modality: Modality,
    /// How it is given.
    pub mode: Mode,
    /// Relays, outermost first, without the holder's own person and the outlet.
    pub chain: Vec<Link>,
    /// False if any link it needs is unnamed.
    pub named: bool,
    /// Number in [`Reading::quotes`] of the quotation it stands in.
    pub quote: Option<usize>,
    /// Number in [`Reading::proposals`] of the proposal it is about.
    pub proposal: Option<usize>,
    /// Point of that proposal.
    pub point: Option<u32>,
    /// When it was said.
    pub said: When,
}

/// A number with what it measures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Id, rule, evidence.
    pub item: Item,
    /// The value as written; million, billion and trillion stay with the unit, smaller scale words are applied.
    pub value: Option<f64>,
    /// Lower end of a range.
    pub low: Option<f64>,
    /// Upper end of a range.
    pub high: Option<f64>,
    /// Unit as written ("percent", "crowns a day", "sq km"), its scale in full before it ("billion crowns" for "1.4bn crowns");
    /// for a count the noun that is counted ("workers"); "" for a bare number.
    pub unit: String,
    /// "about", "some", "more than".
    pub approximate: bool,
    /// The words of the number and unit.
    pub as_written: Span,
    /// The words for what is measured.
    pub measures: Option<Span>,
    /// Whose figure it is.
    pub of: Option<Reference>,
    /// When it holds.
    pub as_of: When,
}

vocabulary! {
    /// What is said of a role.
    RoleChange {
        /// Has it.
        Holds = "holds",
        /// Was given it.
        Appointed = "appointed",
        /// Gave it up.
        Left = "left",
        /// Had it once.
        Former = "former",
    }
}

/// A person's office or function.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Role {
    /// Id, rule, evidence.
    pub item: Item,
    /// The person.
    pub person: Reference,
    /// The words of the role.
    pub role: Span,
    /// For whom.
    pub party: Option<Reference>,
    /// What is said of it.
    pub change: RoleChange,
    /// Since when, or when.
    pub when: When,
}

vocabulary! {
    /// TIMEX3 types.
    TimexType {
        /// A day or longer.
        Date = "DATE",
        /// A time of day.
        Time = "TIME",
        /// A length.
        Duration = "DURATION",
        /// Recurring.
        Set = "SET",
    }
}

/// A temporal expression.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Timex {
    /// Id, rule, evidence.
    pub item: Item,
    /// TIMEX3 value ("2026-01-28", "P3D", "PAST_REF", "2026-W05").
    pub value: String,
    /// TIMEX3 type.
    pub sort: TimexType,
    /// First and last day it covers, and how that was found; unknown for durations and sets.
    pub when: When,
}

vocabulary! {
    /// What kind of meeting.
    MeetingSort {
        /// Negotiations.
        Talks = "talks",
        /// By telephone or video.
        Call = "call",
        /// Of leaders.
        Summit = "summit",
        /// One travels to another.
        Visit = "visit",
        /// Any other.
        Meeting = "meeting",
        /// Before a parliament, committee or court.
        Hearing = "hearing",
        /// A ballot.
        Vote = "vote",
        /// Of a text.
        Signing = "signing",
    }
}

vocabulary! {
    /// Who faces whom.
    MeetingFormat {
        /// Face to face.
        Direct = "direct",
        /// Through a mediator.
        Indirect = "indirect",
        /// Not said.
        Unknown = "unknown",
    }
}

vocabulary! {
    /// What became of a meeting.
    MeetingState {
        /// Took place.
        Held = "held",
        /// Is taking place.
        Ongoing = "ongoing",
        /// Is to take place.
        Planned = "planned",
        /// Put off.
        Postponed = "postponed",
        /// Held at a lower level.
        Downgraded = "downgraded",
        /// Called off.
        Cancelled = "cancelled",
    }
}

/// A meeting as one sentence gives it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Meeting {
    /// Id, rule, evidence.
    pub item: Item,
    /// Kind.
    pub sort: MeetingSort,
    /// Where.
    pub place: Option<Reference>,
    /// When it takes or took place.
    pub when: When,
    /// Who takes part.
    pub participants: Vec<Reference>,
    /// Who faces whom.
    pub format: MeetingFormat,
    /// What became of it.
    pub state: MeetingState,
    /// For a postponed meeting, the new time.
    pub moved_to: When,
    /// Words for what came of it.
    pub outcome: Option<Span>,
}

/// One point of a proposal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// Number, where numbered.
    pub point: Option<u32>,
    /// Its words.
    pub span: Span,
    /// What it is about.
    pub topics: Vec<Topic>,
}

/// A plan, paper, draft or offer as an object.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// Id, rule, evidence.
    pub item: Item,
    /// Its name as written ("the Santrevo plan", "20-point peace proposal").
    pub name: Span,
    /// Who tabled it.
    pub by: Vec<Reference>,
    /// How many points.
    pub points: Option<u32>,
    /// Version as written ("revised", "second draft"), "" if none.
    pub version: String,
    /// When it was tabled.
    pub when: When,
    /// Its points.
    pub terms: Vec<Term>,
    /// Words naming the proposal it replaces.
    pub replaces: Option<Span>,
}

vocabulary! {
    /// How far an issue or a point has come.
    StatusSort {
        /// Mentioned as an idea.
        Floated = "floated",
        /// Formally put forward.
        Tabled = "tabled",
        /// Agreed in principle.
        AgreedInPrinciple = "agreed-in-principle",
        /// Agreed.
        Agreed = "agreed",
        /// Agreed on a condition.
        Conditional = "conditional",
        /// Said to be agreed by some, denied by others.
        Disputed = "disputed",
        /// Stuck.
        Blocked = "blocked",
        /// Excluded.
        OffTable = "off-table",
        /// Signed.
        Signed = "signed",
        /// Broken.
        Breached = "breached",
    }
}

/// How far something has come, according to someone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Status {
    /// Id, rule, evidence.
    pub item: Item,
    /// Words for what it is about; `None` for the whole of the talks.
    pub matter: Option<Span>,
    /// What it is about.
    pub topics: Vec<Topic>,
    /// Number in [`Reading::proposals`].
    pub proposal: Option<usize>,
    /// Point of that proposal.
    pub point: Option<u32>,
    /// How far.
    pub status: StatusSort,
    /// Who says so; `None` for the reporter.
    pub according_to: Option<Reference>,
    /// "95 percent ready".
    pub percent: Option<f64>,
    /// When it was said.
    pub said: When,
}

vocabulary! {
    /// What kind of incident.
    IncidentSort {
        /// Armed or physical attack.
        Attack = "attack",
        /// Of an agreement, a truce, a border.
        Violation = "violation",
        /// Leaving the talks, stopping work.
        Walkout = "walkout",
        /// Sanctions, tariffs, seizure of assets.
        Sanction = "sanction",
        /// Of people, ships, goods.
        Detention = "detention",
        /// In the street.
        Protest = "protest",
        /// Without intent.
        Accident = "accident",
        /// Any other.
        Other = "other",
    }
}

/// Something that happened around the talks and bears on them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    /// Id, rule, evidence.
    pub item: Item,
    /// Kind.
    pub sort: IncidentSort,
    /// Who did it.
    pub actor: Option<Reference>,
    /// To whom.
    pub target: Option<Reference>,
    /// Where.
    pub place: Option<Reference>,
    /// When.
    pub when: When,
    /// Who says so.
    pub claimed_by: Option<Reference>,
    /// Who denies it.
    pub denied_by: Option<Reference>,
}

vocabulary! {
    /// What is said of a deadline.
    DeadlineState {
        /// Stands.
        Set = "set",
        /// Went by.
        Passed = "passed",
        /// Put off.
        Moved = "moved",
        /// Said not to exist.
        Denied = "denied",
    }
}

/// A day by which something is to be done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Deadline {
    /// Id, rule, evidence.
    pub item: Item,
    /// Who set it.
    pub by: Option<Reference>,
    /// What is to be done.
    pub matter: Option<Span>,
    /// By when; of one that was moved, the old day.
    pub when: When,
    /// What is said of it.
    pub state: DeadlineState,
    /// The new day, where moved; a deadline of its own stands on it.
    pub moved_to: When,
}

macro_rules! has_item {
    ($($name:ident = $kind:literal),+ $(,)?) => {
        $(impl HasItem for $name {
            const KIND: &'static str = $kind;
            fn item(&self) -> &Item { &self.item }
            fn item_mut(&mut self) -> &mut Item { &mut self.item }
        })+
    };
}

has_item! {
    Quote = "quote", Figure = "figure", Role = "role", Timex = "date", Meeting = "meeting", Proposal = "proposal",
    Status = "status", Incident = "incident", Deadline = "deadline",
}

impl HasItem for Statement {
    const KIND: &'static str = "statement";
    fn item(&self) -> &Item {
        &self.item
    }
    fn item_mut(&mut self) -> &mut Item {
        &mut self.item
    }
    fn id_spans(&self) -> Vec<Span> {
        vec![self.holder.span, self.predicate]
    }
}
