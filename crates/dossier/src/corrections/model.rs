//! Corrections as values.

use rapporteur_reading::model::{Act, DeadlineState, MeetingState, Polarity, StatusSort};
use rapporteur_text::{ArticleId, ItemId, Moment, When};
use serde::{Deserialize, Serialize};

use super::Added;

/// Id of a correction: given by whoever made it, else made from its content.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CorrectionId(String);

impl CorrectionId {
    /// An id as it was written.
    pub fn new(written: impl Into<String>) -> Self {
        Self(written.into())
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for CorrectionId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// One decision of a person, with author and time as the caller gives them.
///
/// As JSON it is one object; see [`Corrections::from_jsonl`](super::Corrections::from_jsonl).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "serde_json::Value", into = "serde_json::Value")]
pub struct Correction {
    /// Its id.
    pub id: CorrectionId,
    /// Who decided.
    pub by: String,
    /// When.
    pub at: Moment,
    /// What.
    pub decision: Decision,
    /// Why, in the person's words; "" if none.
    pub note: String,
}

/// Where an item stood when it was corrected. It decides nothing; it lets a correction whose item is gone be shown with
/// its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The article.
    pub article: ArticleId,
    /// The sentence.
    pub sentence: String,
}

/// What was decided.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    /// The item is right: it is fully confident.
    Accept {
        /// The item.
        item: ItemId,
        /// Where it stood.
        seen: Option<Seen>,
    },
    /// The item is not so: nothing rests on it.
    Reject {
        /// The item.
        item: ItemId,
        /// Where it stood.
        seen: Option<Seen>,
    },
    /// Some of the item is different.
    Change {
        /// The item.
        item: ItemId,
        /// What is different.
        change: Change,
        /// Where it stood.
        seen: Option<Seen>,
    },
    /// An item that was not read, from a marked sentence.
    Add(Added),
    /// Two names as written are one party or one person; the record of `a` stays.
    Merge {
        /// The name whose record stays.
        a: String,
        /// The other.
        b: String,
    },
    /// Two names as written are not one.
    Split {
        /// One name.
        a: String,
        /// The other, which leaves the record unless it is the record's own name.
        b: String,
    },
    /// Words kept with an item or an article; they change nothing.
    Note {
        /// The item or article.
        item: ItemId,
        /// Where it stood.
        seen: Option<Seen>,
    },
    /// An earlier correction does not hold any more. Undoing this one makes it hold again.
    Undo {
        /// The earlier correction.
        correction: CorrectionId,
    },
}

impl Decision {
    /// As written in `do`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Accept { .. } => "accept",
            Self::Reject { .. } => "reject",
            Self::Change { .. } => "change",
            Self::Add(_) => "add",
            Self::Merge { .. } => "merge",
            Self::Split { .. } => "split",
            Self::Note { .. } => "note",
            Self::Undo { .. } => "undo",
        }
    }

    /// The item it is about, if it is about one that was read.
    pub fn item(&self) -> Option<&ItemId> {
        match self {
            Self::Accept { item, .. }
            | Self::Reject { item, .. }
            | Self::Change { item, .. }
            | Self::Note { item, .. } => Some(item),
            _ => None,
        }
    }

    /// Where its item stood when it was made.
    pub fn seen(&self) -> Option<&Seen> {
        match self {
            Self::Accept { seen, .. }
            | Self::Reject { seen, .. }
            | Self::Change { seen, .. }
            | Self::Note { seen, .. } => seen.as_ref(),
            _ => None,
        }
    }
}

/// Fields that are different; a field that is `None` stays as it was read.
///
/// Each field stands alone: a new act does not change the polarity.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Change {
    /// Who holds it (statement), said it (quote), says so (status), did it (incident), set it (deadline), tabled it
    /// (proposal), whose it is (figure): a name or id of the dossier. `Some(None)`: nobody that is named.
    pub holder: Option<Option<String>>,
    /// What the holder of a statement does.
    pub act: Option<Act>,
    /// Where the holder of a statement stands.
    pub stand: Option<Stand>,
    /// The issue of a statement or status: a name or id of the dossier. `Some(None)`: none.
    pub issue: Option<Option<String>>,
    /// When it was said, is true, takes place. Unknown where both ends are.
    pub date: Option<When>,
    /// What became of a meeting or deadline, how far a status has come.
    pub state: Option<State>,
}

impl Change {
    /// Whether nothing is different.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Where a holder stands: towards the matter in the sentence, or towards the proposition of the issue. Of the two the later
/// correction counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// Towards the matter; the stance follows.
    Polarity(Polarity),
    /// Towards the issue's proposition.
    Stance(Polarity),
}

/// A state, of the kind of item that has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Of a meeting.
    Meeting(MeetingState),
    /// Of a status.
    Status(StatusSort),
    /// Of a deadline.
    Deadline(DeadlineState),
}

impl State {
    /// As written in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Meeting(s) => s.as_str(),
            Self::Status(s) => s.as_str(),
            Self::Deadline(s) => s.as_str(),
        }
    }
}

/// The kind of record an id belongs to: the words before its last hyphen ("statement" of "statement-1f…").
///
/// ```
/// use rapporteur_text::ItemId;
/// assert_eq!(rapporteur_dossier::kind_of(&ItemId::from_written("statement-00ff")), "statement");
/// ```
pub fn kind_of(id: &ItemId) -> &str {
    id.as_str().rsplit_once('-').map_or("", |(kind, _)| kind)
}
