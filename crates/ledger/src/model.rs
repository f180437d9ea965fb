//! The ledger's records: plain values, no text copied but names.

use rapporteur_reading::model::DeadlineState;
use rapporteur_reading::model::{Evidence, IncidentSort, MeetingFormat, MeetingSort, MeetingState, StatusSort};
use rapporteur_text::{ArticleId, ItemId, When};

use crate::{Named, Origins};

/// Evidence and the article it stands in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cited {
    /// The article.
    pub article: ArticleId,
    /// The words, their sentence, and why they are cited.
    pub evidence: Evidence,
}

/// What every merged record has.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// Kind, parties and issues, smallest member: made by [`Merged::new`].
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
#[derive(Debug, Clone, PartialEq)]
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
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// Number.
    pub point: Option<u32>,
    /// Words.
    pub text: String,
    /// Issue.
    pub issue: Option<Named>,
}

/// A proposal over all articles.
#[derive(Debug, Clone, PartialEq)]
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
#[derive(Debug, Clone, PartialEq)]
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
}

/// An incident over all articles.
#[derive(Debug, Clone, PartialEq)]
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
#[derive(Debug, Clone, PartialEq)]
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

/// All that the articles say of the talks under a dossier.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ledger {
    /// Which articles rest on which reporting.
    pub origins: Origins,
    /// Meetings.
    pub meetings: Vec<Meeting>,
    /// Proposals.
    pub proposals: Vec<Proposal>,
    /// Statuses.
    pub statuses: Vec<Status>,
    /// Incidents.
    pub incidents: Vec<Incident>,
    /// Deadlines.
    pub deadlines: Vec<Deadline>,
}
