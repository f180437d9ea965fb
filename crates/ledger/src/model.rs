//! The ledger's records: plain values, no text copied but names.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rapporteur_reading::model::{
    Act, ConditionSort, DeadlineState, Evidence, IncidentSort, MeetingFormat, MeetingSort, MeetingState, Polarity,
    StatusSort,
};
use rapporteur_text::{ArticleId, Basis, ItemId, When};
use serde::{Deserialize, Serialize};

use crate::wire;
use crate::{Named, Origins};

/// Evidence and the article it stands in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Cited {
    /// The article.
    pub article: ArticleId,
    /// The words, their sentence, and why they are cited.
    pub evidence: Evidence,
}

/// What every merged record has.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Merged {
    /// Made of the kind, the parties and issues in it, and the smallest id among its members.
    pub id: ItemId,
    /// The rule that merged the members.
    pub rule: &'static str,
    /// 0 to 1: the highest of the members.
    pub confidence: f32,
    /// Evidence of all members, the clearest first.
    pub evidence: Vec<Cited>,
    /// Ids of the records it was merged from, in order.
    pub members: Vec<ItemId>,
}

/// A meeting over all articles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Meeting {
    /// Id, rule, evidence.
    pub merged: Merged,
    /// Kind.
    pub sort: MeetingSort,
    /// Where.
    pub place: Option<Named>,
    /// When.
    pub when: When,
    /// Who takes part.
    pub participants: Vec<Named>,
    /// Who faces whom.
    pub format: MeetingFormat,
    /// What became of it, as last said.
    pub state: MeetingState,
    /// What was said of it, and when.
    pub states: Vec<(MeetingState, When)>,
    /// The meeting it was moved to.
    pub moved_to: Option<ItemId>,
    /// Words for what came of it, "" if none.
    pub outcome: String,
}

/// A point of a proposal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// Number.
    pub point: Option<u32>,
    /// Words.
    pub text: String,
    /// Issue.
    pub issue: Option<Named>,
}

/// A proposal over all articles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// Id, rule, evidence.
    pub merged: Merged,
    /// Commonest name as written.
    pub name: String,
    /// Who tabled it.
    pub by: Vec<Named>,
    /// How many points.
    pub points: Option<u32>,
    /// Version as written.
    pub version: String,
    /// When it was tabled.
    pub when: When,
    /// Its points.
    pub terms: Vec<Term>,
    /// The proposal it replaces.
    pub replaces: Option<ItemId>,
}

/// How far something has come according to one claimant, over all articles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Status {
    /// Id, rule, evidence.
    pub merged: Merged,
    /// The issue; `None` for the whole of the talks.
    pub issue: Option<Named>,
    /// The proposal.
    pub proposal: Option<ItemId>,
    /// Point of it.
    pub point: Option<u32>,
    /// How far.
    pub status: StatusSort,
    /// Who says so; `None` for reporters.
    pub according_to: Option<Named>,
    /// Percent.
    pub percent: Option<f64>,
    /// When it was last said.
    pub said: When,
    /// The day on which it was first said, where one is known.
    #[serde(with = "wire::day_or_none")]
    pub since: Option<Date>,
}

/// An incident over all articles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    /// Id, rule, evidence.
    pub merged: Merged,
    /// Kind.
    pub sort: IncidentSort,
    /// Who did it.
    pub actor: Option<Named>,
    /// To whom.
    pub target: Option<Named>,
    /// Where.
    pub place: Option<Named>,
    /// When.
    pub when: When,
    /// Who says so.
    pub claimed_by: Option<Named>,
    /// Who denies it.
    pub denied_by: Option<Named>,
}

/// A deadline over all articles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Deadline {
    /// Id, rule, evidence.
    pub merged: Merged,
    /// Who set it.
    pub by: Option<Named>,
    /// What is to be done, "" if not said.
    pub matter: String,
    /// By when.
    pub when: When,
    /// What is said of it.
    pub state: DeadlineState,
    /// The deadline it was moved to.
    pub moved_to: Option<ItemId>,
}

/// One run of equal stance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stretch {
    /// Day of the first statement in it.
    #[serde(with = "wire::day")]
    pub from: Date,
    /// How that day was found: when it was said, or when it was published.
    pub basis: Basis,
    /// The stance.
    pub stance: Polarity,
    /// Act of its first statement.
    pub act: Act,
    /// The statements that show it, oldest first.
    pub statements: Vec<ItemId>,
    /// How many different reportings show it.
    pub origins: usize,
}

/// What a statement is to the position of its holder: what moves it, and what only looks as if it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Telling {
    /// The first that is known of the position.
    First,
    /// The party has moved.
    Shift,
    /// Another report of what it said that day.
    AlsoTold,
    /// It says again where it stands.
    Restatement,
    /// It says again where it stands, and with that a figure, a condition or a point it had not given.
    Detail,
    /// What it said at an old moment, told now.
    LateReport,
    /// What was reported of it, or what it said, was wrong.
    Correction,
    /// A report that does not go with the others of its time.
    Contradiction,
    /// What its page had and has no more, while others still say where the party stands.
    Vanished,
}

impl Telling {
    /// As written in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Shift => "shift",
            Self::AlsoTold => "also-told",
            Self::Restatement => "restatement",
            Self::Detail => "detail",
            Self::LateReport => "late-report",
            Self::Correction => "correction",
            Self::Contradiction => "contradiction",
            Self::Vanished => "vanished",
        }
    }
}

/// A statement in the history of a position.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The statement.
    pub statement: ItemId,
    /// Day on which it was said, else published.
    #[serde(with = "wire::day_or_none")]
    pub day: Option<Date>,
    /// The stance it gives.
    pub stance: Polarity,
    /// What it is to the position.
    pub telling: Telling,
}

/// Where a party stands on an issue, or on a proposal or one of its points, over time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// Id, rule, evidence: the statements of the newest run.
    pub merged: Merged,
    /// The party.
    pub party: Named,
    /// The issue.
    pub issue: Option<Named>,
    /// The proposal, where it is about one as a whole or about a point of it.
    pub proposal: Option<ItemId>,
    /// Point of it.
    pub point: Option<u32>,
    /// Runs of equal stance, oldest first; never empty.
    pub series: Vec<Stretch>,
    /// Every statement that could move it, by the day it was said, with what it is to the position.
    pub history: Vec<Told>,
    /// Whether different reportings give different stances for the same days.
    pub disputed: bool,
}

impl Position {
    /// The newest run.
    pub fn now(&self) -> Option<&Stretch> {
        self.series.last()
    }
}

/// Which way a position moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Direction {
    /// Towards the other side.
    Softer,
    /// Back.
    Harder,
    /// From one pole to the other in one step.
    Turn,
}

impl Direction {
    /// As written in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Softer => "softer",
            Self::Harder => "harder",
            Self::Turn => "turn",
        }
    }
}

/// A real change of a position.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shift {
    /// Id, rule, evidence: the statement after, then the one before.
    pub merged: Merged,
    /// The party.
    pub party: Named,
    /// The issue.
    pub issue: Named,
    /// Stance before.
    pub from: Polarity,
    /// Stance after.
    pub to: Polarity,
    /// Day of the first statement of the new stance.
    pub when: When,
    /// Which way.
    pub direction: Direction,
    /// The last statement before and the first after.
    pub statements: [ItemId; 2],
}

/// "A only if B": an edge between matters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// Id, rule, evidence.
    pub merged: Merged,
    /// Who makes it.
    pub holder: Named,
    /// What the holder would move on.
    pub wants: Named,
    /// What ties the two.
    pub sort: ConditionSort,
    /// What it waits for.
    pub needs: Named,
    /// The statements that show it.
    pub statements: Vec<ItemId>,
    /// First day it was said, where known.
    #[serde(with = "wire::day_or_none")]
    pub from: Option<Date>,
    /// How many different reportings show it.
    pub origins: usize,
    /// Whether the holder's authorised voice has made it.
    pub is_voiced: bool,
    /// Whether some statement has it that what is needed comes first.
    pub is_first: bool,
}

/// Conditions that wait on each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Deadlock {
    /// Id, rule, evidence.
    pub merged: Merged,
    /// Ids of the conditions, in order round the cycle.
    pub cycle: Vec<ItemId>,
    /// Whose they are.
    pub parties: Vec<Named>,
    /// What waits on what.
    pub issues: Vec<Named>,
    /// First day on which all of them stood, where known.
    #[serde(with = "wire::day_or_none")]
    pub from: Option<Date>,
    /// Day on which one of them fell away.
    #[serde(with = "wire::day_or_none")]
    pub to: Option<Date>,
}

impl Deadlock {
    /// Its conditions, in order round the cycle.
    pub fn round<'l>(&'l self, conditions: &'l [Condition]) -> impl Iterator<Item = &'l Condition> {
        self.cycle.iter().filter_map(|id| conditions.iter().find(|c| c.merged.id == *id))
    }
}

/// What kind of disagreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DisputeSort {
    /// A number.
    Figure,
    /// An office.
    Role,
    /// A name.
    Name,
    /// A day.
    Date,
    /// What came of something.
    Outcome,
    /// Who said something.
    Attribution,
    /// What something is called.
    Framing,
}

impl DisputeSort {
    /// As written in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Figure => "figure",
            Self::Role => "role",
            Self::Name => "name",
            Self::Date => "date",
            Self::Outcome => "outcome",
            Self::Attribution => "attribution",
            Self::Framing => "framing",
        }
    }
}

/// What is to be made of a disagreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Verdict {
    /// They cannot both be right, or name one thing differently.
    Differs,
    /// Different things were measured.
    NotComparable,
    /// One side says it, the other says it is not so.
    Denied,
}

impl Verdict {
    /// As written in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Differs => "differs",
            Self::NotComparable => "not-comparable",
            Self::Denied => "denied",
        }
    }
}

/// One side of a disagreement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Side {
    /// What it says.
    pub value: String,
    /// Who says so: parties and people; empty where the reporters do.
    pub claimants: Vec<Named>,
    /// How many different reportings have it.
    pub origins: usize,
    /// Articles that have it.
    pub articles: Vec<ArticleId>,
    /// The words.
    pub evidence: Vec<Cited>,
    /// The value of a figure, its scale left to the unit as the words have it.
    pub number: Option<f64>,
}

/// What the sides of a dispute over a figure come to.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Range {
    /// The value that more independent reportings have than any other; `None` where two have as many.
    pub best: Option<f64>,
    /// The lowest value.
    pub low: f64,
    /// The highest value.
    pub high: f64,
}

/// What is disputed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum About {
    /// Someone or something of the dossier.
    Known(Named),
    /// Only words.
    Words(String),
}

/// Claimants that cannot both be right, or name one thing differently.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dispute {
    /// Id, rule, evidence of all sides.
    pub merged: Merged,
    /// Kind.
    pub sort: DisputeSort,
    /// About what.
    pub about: About,
    /// The sides, the best attested first; at least two.
    pub sides: Vec<Side>,
    /// For figures that measure one thing: the lowest, the highest and the best attested.
    pub range: Option<Range>,
    /// What is to be made of it.
    pub verdict: Verdict,
}

/// A time during which an issue holds up the talks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sticking {
    /// First day.
    #[serde(with = "wire::day")]
    pub from: Date,
    /// Last day; `None` while it lasts.
    #[serde(with = "wire::day_or_none")]
    pub to: Option<Date>,
    /// What was measured, in words.
    pub measure: String,
}

/// All that the articles say of the talks under a dossier.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Ledger {
    /// Which articles rest on which reporting.
    pub origins: Origins,
    /// For each statement, where its holder stands towards the issue.
    pub stances: BTreeMap<ItemId, Polarity>,
    /// Meetings, by day.
    pub meetings: Vec<Meeting>,
    /// Proposals, by day.
    pub proposals: Vec<Proposal>,
    /// For each proposal of a reading, the merged one.
    pub proposal_of: BTreeMap<ItemId, ItemId>,
    /// Statuses, by day.
    pub statuses: Vec<Status>,
    /// Incidents, by day.
    pub incidents: Vec<Incident>,
    /// Deadlines, by day.
    pub deadlines: Vec<Deadline>,
    /// Positions, in order of issue and party.
    pub positions: Vec<Position>,
    /// Shifts, by day.
    pub shifts: Vec<Shift>,
    /// Conditions, by day.
    pub conditions: Vec<Condition>,
    /// Deadlocks, by day.
    pub deadlocks: Vec<Deadlock>,
    /// Disputes.
    pub disputes: Vec<Dispute>,
    /// For each issue of the dossier that holds up the talks, when it did so.
    pub sticking: BTreeMap<String, Vec<Sticking>>,
}
