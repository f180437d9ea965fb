//! `review` and its steps.

use std::path::PathBuf;

use clap::{Args as Group, Subcommand, ValueEnum};

use super::{Filters, ShowFormat};

/// `review`
#[derive(Debug, Group)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Review {
    #[command(subcommand)]
    pub(crate) step: Option<Step>,
    #[command(flatten)]
    pub(crate) filters: Filters,
    /// As this reviewer works apart from the others: what others decided on items is neither applied nor left out
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<String>,
    /// The most items
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,
    /// Format
    #[arg(long, value_enum, default_value_t = ShowFormat::Text)]
    pub(crate) format: ShowFormat,
}

/// What is done in a review. Without any, what waits to be looked at is listed: the contested and the least certain first.
#[derive(Debug, Subcommand)]
pub(crate) enum Step {
    /// An item is right: it is certain
    Accept(Items),
    /// An item is not so: nothing rests on it
    Reject(Items),
    /// Something of an item is different
    Change(Box<Change>),
    /// Add an item that was not read, by its words in a sentence
    Add(Box<Add>),
    /// Two names are one party or person
    Merge(Names),
    /// Two names are not one
    Split(Names),
    /// Keep a note with an item or an article; it changes nothing
    Note(Note),
    /// A correction does not hold any more; undoing the undoing makes it hold again
    Undo(Undo),
    /// The log of all that was decided: the lines that `--corrections` and `review import` read
    Log(Log),
    /// Add the lines of a file to the log; those it has already are passed over
    Import(Import),
    /// How far two reviewers agree on the items that both decided on: Krippendorff's alpha
    Agreement(Agreement),
}

/// Who decides, when, and whether it is kept.
#[derive(Debug, Group)]
pub(crate) struct Who {
    /// Who decides [default: the name of the user]
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<String>,
    /// When it is decided, as 2026-01-28 or 2026-01-28T09:30:00Z [default: now]
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<String>,
    /// Show what would change and keep nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Why something is decided, and by whom.
#[derive(Debug, Group)]
pub(crate) struct Decided {
    /// Why
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub(crate) note: String,
    #[command(flatten)]
    pub(crate) who: Who,
}

/// `review accept`, `review reject`
#[derive(Debug, Group)]
pub(crate) struct Items {
    /// Ids of items, or their beginnings where no other begins so
    #[arg(value_name = "ID", required = true)]
    pub(crate) ids: Vec<String>,
    /// Of a record that is merged from several items, all of these
    #[arg(long)]
    pub(crate) all: bool,
    #[command(flatten)]
    pub(crate) decided: Decided,
}

/// `review change`
#[derive(Debug, Group)]
pub(crate) struct Change {
    /// Id of an item, or its beginning where no other begins so
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Who holds, says, did, set or tabled it: a name or id of the dossier, `none` for nobody that is named
    #[arg(long, value_name = "NAME")]
    pub(crate) holder: Option<String>,
    /// The act of a statement, such as `reject` or `offer`
    #[arg(long, value_name = "ACT")]
    pub(crate) act: Option<String>,
    /// Towards the matter in the sentence: for, against, open or none
    #[arg(long, value_name = "WAY", conflicts_with = "stance")]
    pub(crate) polarity: Option<String>,
    /// Towards the proposition of the issue: for, against, open or none
    #[arg(long, value_name = "WAY")]
    pub(crate) stance: Option<String>,
    /// The issue of a statement or status: a name or id of the dossier, `none` for none
    #[arg(long, value_name = "NAME")]
    pub(crate) issue: Option<String>,
    /// When it was said, is true or takes place: a day, `FROM..TO`, or `none` where that is not known
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<String>,
    /// State of a meeting, status or deadline
    #[arg(long, value_name = "STATE")]
    pub(crate) state: Option<String>,
    /// Of a record that is merged from several items, all of these
    #[arg(long)]
    pub(crate) all: bool,
    #[command(flatten)]
    pub(crate) decided: Decided,
}

/// `review add`
#[derive(Debug, Group)]
pub(crate) struct Add {
    /// Id of the article, or its beginning where no other begins so
    #[arg(long, value_name = "ID")]
    pub(crate) article: String,
    /// The sentence, as it stands in the article
    #[arg(long, value_name = "TEXT")]
    pub(crate) sentence: String,
    /// Which of its places, from 0, where it stands more than once
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) occurrence: usize,
    /// statement, status, meeting, incident or deadline
    #[arg(long, value_name = "KIND", default_value = "statement")]
    pub(crate) kind: String,
    /// Statement: who holds it. WORDS are words of the sentence; `WORDS=NAME` where they stand for someone of the dossier
    #[arg(long, value_name = "WORDS")]
    pub(crate) holder: Option<String>,
    /// Statement: the words that carry the act
    #[arg(long, value_name = "WORDS")]
    pub(crate) predicate: Option<String>,
    /// What is held, or what a status or deadline is about
    #[arg(long, value_name = "WORDS")]
    pub(crate) matter: Option<String>,
    /// Statement: its act, such as `reject` or `offer`
    #[arg(long, value_name = "ACT")]
    pub(crate) act: Option<String>,
    /// Statement, towards the matter: for, against, open or none
    #[arg(long, value_name = "WAY")]
    pub(crate) polarity: Option<String>,
    /// Statement: the predicate is negated
    #[arg(long)]
    pub(crate) negated: bool,
    /// Statement, how sure it is put: certain, possible or hedged
    #[arg(long, value_name = "HOW")]
    pub(crate) modality: Option<String>,
    /// Issue of a statement or status: a name or id of the dossier
    #[arg(long, value_name = "NAME")]
    pub(crate) issue: Option<String>,
    /// The item's own words, of all but statements
    #[arg(long, value_name = "WORDS")]
    pub(crate) words: Option<String>,
    /// Sort of a meeting or incident
    #[arg(long, value_name = "SORT")]
    pub(crate) sort: Option<String>,
    /// State of a status, meeting or deadline
    #[arg(long, value_name = "STATE")]
    pub(crate) state: Option<String>,
    /// Status: who says so
    #[arg(long, value_name = "WORDS")]
    pub(crate) according_to: Option<String>,
    /// Place of a meeting or incident
    #[arg(long, value_name = "WORDS")]
    pub(crate) place: Option<String>,
    /// Meeting: who takes part; may be given several times
    #[arg(long = "participant", value_name = "WORDS")]
    pub(crate) participants: Vec<String>,
    /// Incident: who did it
    #[arg(long, value_name = "WORDS")]
    pub(crate) actor: Option<String>,
    /// Incident: to whom
    #[arg(long, value_name = "WORDS")]
    pub(crate) target: Option<String>,
    /// Deadline: who set it
    #[arg(long, value_name = "WORDS")]
    pub(crate) set_by: Option<String>,
    /// When it was said, is true or takes place: a day or `FROM..TO`
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<String>,
    #[command(flatten)]
    pub(crate) decided: Decided,
}

/// `review merge`, `review split`
#[derive(Debug, Group)]
pub(crate) struct Names {
    /// A name as written; its record stays
    #[arg(value_name = "A")]
    pub(crate) a: String,
    /// The other
    #[arg(value_name = "B")]
    pub(crate) b: String,
    #[command(flatten)]
    pub(crate) decided: Decided,
}

/// `review note`
#[derive(Debug, Group)]
pub(crate) struct Note {
    /// Id of an item or article, or its beginning where no other begins so
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// The note
    #[arg(value_name = "TEXT")]
    pub(crate) text: String,
    #[command(flatten)]
    pub(crate) who: Who,
}

/// `review undo`
#[derive(Debug, Group)]
pub(crate) struct Undo {
    /// Id of the correction (`review log` has them), or its beginning where no other begins so
    #[arg(value_name = "CORRECTION")]
    pub(crate) correction: String,
    #[command(flatten)]
    pub(crate) decided: Decided,
}

/// `review log`
#[derive(Debug, Group)]
pub(crate) struct Log {
    /// Format
    #[arg(long, value_enum, default_value_t = LogFormat::Jsonl)]
    pub(crate) format: LogFormat,
}

/// Formats of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// The lines as they are kept, to be replayed
    Jsonl,
    /// For a terminal, with what each came to
    Text,
}

/// `review import`
#[derive(Debug, Group)]
pub(crate) struct Import {
    /// JSON Lines, one decision a line; `-` for standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Show what would change and keep nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// `review agreement`
#[derive(Debug, Group)]
pub(crate) struct Agreement {
    /// A reviewer, as the log names him or her
    #[arg(value_name = "A")]
    pub(crate) a: String,
    /// Another
    #[arg(value_name = "B")]
    pub(crate) b: String,
    /// Format
    #[arg(long, value_enum, default_value_t = ShowFormat::Text)]
    pub(crate) format: ShowFormat,
}
