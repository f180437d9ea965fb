//! What was typed. Nothing is decided here: see `request`.

use std::path::PathBuf;

use clap::{Args as Group, Parser, Subcommand, ValueEnum};

mod review;
mod serve;

pub(crate) use review::{Add as AddByHand, Agreement, Change, Import, Log, LogFormat, Review, Step, Who};
pub(crate) use serve::{Serve, User, UserStep, WebRole};

/// Follows a negotiation through the press, and shows the sentence for everything it says.
#[derive(Debug, Parser)]
#[command(name = "rapporteur", version, about, max_term_width = 100, disable_help_subcommand = true)]
pub(crate) struct Args {
    /// Do it in this folder instead of the one you stand in: paths are taken from there
    #[arg(short = 'C', value_name = "DIR", global = true)]
    pub(crate) folder: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Start a dossier folder: a dossier file to be edited, and an archive
    Init(Init),
    /// Read captures into the dossier folder; what is kept already is passed over
    Add(Add),
    /// Follow feeds: fetch what they list into the dossier folder, and say what is new
    Watch(Watch),
    /// Find statements, quotations and articles of the dossier folder by their words
    Search(Search),
    /// Show an item in its article, with its sentence marked
    Show(Show),
    /// Decide on what was read: what waits to be looked at, and accept, reject, change, add, merge, split, note, undo
    Review(Box<Review>),
    /// Read everything in the dossier folder again with today's rules
    Reread(Reread),
    /// Look whether everything in the dossier folder is whole
    Check,
    /// Copy the archive of the dossier folder to a file
    Backup(Backup),
    /// Print where the talks stand
    Brief(Brief),
    /// Write every record as data
    Export(Export),
    /// Who holds which position on which issue, and since when
    Positions(Listing),
    /// Real changes of position
    Shifts(Listing),
    /// What happened, day by day
    Timeline(Listing),
    /// Meetings held, planned, put off and called off
    Meetings(Listing),
    /// Plans, papers and offers, with their points
    Proposals(Listing),
    /// What waits on what, and deadlocks
    Conditions(Listing),
    /// How far each issue has come, and according to whom
    Status(Listing),
    /// Where the sources disagree
    Disputes(Listing),
    /// Numbers with what they measure
    Figures(Listing),
    /// People with their names and sides
    People(Listing),
    /// Articles with their origins
    Sources(Listing),
    /// What each correction of a `--corrections` file came to, and what the ledger differs in with them
    Corrections(Listing),
    /// Draft a dossier, or add to one what was found: the parties, people and issues, to be edited
    Discover(Discover),
    /// Which language model is installed; installs it if there is none
    Model(Model),
    /// Serve the dossier folder as pages and as data, to this machine unless told otherwise
    Serve(Serve),
    /// Who may log in where the dossier folder is served: add, list, remove
    User(User),
}

/// `init`
#[derive(Debug, Group)]
pub(crate) struct Init {
    /// The folder, which is made if it is not there
    #[arg(value_name = "DIR")]
    pub(crate) path: PathBuf,
}

/// `add`
#[derive(Debug, Group)]
pub(crate) struct Add {
    /// Files and folders, `-` for standard input: HTML, text, PDF, DOCX, RTF, JSONL, WARC, mail (EML, mbox, MHTML),
    /// exports of Nexis and Factiva, RIS and CSL-JSON with attached pages, and gzip of these. Addresses (https://...) are
    /// fetched: pages, and all that a feed (RSS, Atom, JSON Feed), a sitemap of news or a list of feeds (OPML) lists
    #[arg(required = true, value_name = "SOURCE")]
    pub(crate) sources: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) reach: Reach,
    #[command(flatten)]
    pub(crate) how: How,
}

/// `watch`
#[derive(Debug, Group)]
pub(crate) struct Watch {
    /// Addresses of feeds (RSS, Atom, JSON Feed, sitemaps of news) or lists of feeds, or OPML files; they are followed from
    /// then on [default: all feeds that are followed, but those that failed and are not due yet]
    #[arg(value_name = "FEED")]
    pub(crate) feeds: Vec<String>,
    /// Ask each feed once and end
    #[arg(long)]
    pub(crate) once: bool,
    /// How often to ask a feed, as 15m or 2h; at least a minute. One that fails is asked less and less often
    #[arg(long, value_name = "TIME", default_value = "15m")]
    pub(crate) every: String,
    /// Follow these feeds no more, and end; what was kept of them stays
    #[arg(long, requires = "feeds", conflicts_with = "once")]
    pub(crate) forget: bool,
    #[command(flatten)]
    pub(crate) reach: Reach,
    /// Language model: a wheel or an unpacked package [default: RAPPORTEUR_MODEL, else the installed one]
    #[arg(long, value_name = "PATH")]
    pub(crate) model: Option<PathBuf>,
    /// Threads to use [default: as many as there are cores]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<usize>,
}

/// How far fetching may go.
#[derive(Debug, Clone, Copy, Group)]
pub(crate) struct Reach {
    /// Fetch from this machine and one's own network too, which no page on the internet may lead to otherwise
    #[arg(long)]
    pub(crate) allow_private: bool,
}

/// `search`
#[derive(Debug, Group)]
pub(crate) struct Search {
    /// Words, "phrases", word*, AND, OR, NOT and parentheses; words that stand side by side must all be there
    #[arg(value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// Only in these
    #[arg(long = "in", value_enum, value_name = "WHAT", value_delimiter = ',')]
    pub(crate) fields: Vec<SearchIn>,
    /// Only what this party holds or says: its name, another name of it, or its id
    #[arg(long, value_name = "NAME")]
    pub(crate) party: Option<String>,
    /// Only what this person holds or says
    #[arg(long, value_name = "NAME")]
    pub(crate) person: Option<String>,
    /// Only statements on this issue
    #[arg(long, value_name = "NAME")]
    pub(crate) issue: Option<String>,
    /// Only statements that are this act, such as `reject` or `offer`
    #[arg(long = "act", value_name = "ACT", value_delimiter = ',')]
    pub(crate) acts: Vec<String>,
    /// Only what this outlet, address or file says
    #[arg(long, value_name = "NAME")]
    pub(crate) source: Option<String>,
    /// Only from this day on
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<String>,
    /// Only up to this day
    #[arg(long, value_name = "DATE")]
    pub(crate) to: Option<String>,
    /// The most relevant first instead of the newest
    #[arg(long)]
    pub(crate) by_relevance: bool,
    /// The most results
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,
    /// Format
    #[arg(long, value_enum, default_value_t = TableFormat::Text)]
    pub(crate) format: TableFormat,
}

/// What is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SearchIn {
    /// Sentences that hold a statement
    Statements,
    /// Sentences that hold a quotation
    Quotes,
    /// Titles and whole texts
    Articles,
}

/// `show`
#[derive(Debug, Group)]
pub(crate) struct Show {
    /// Id of an item, or its beginning where no other begins so
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Show the versions of its page instead, and what changed from each to the next
    #[arg(long)]
    pub(crate) versions: bool,
    /// Write what was received to this file instead: the page, PDF or mail itself, of a line of JSONL its text; `-` for standard output
    #[arg(long, value_name = "FILE", conflicts_with_all = ["versions", "format"])]
    pub(crate) received: Option<PathBuf>,
    /// Format
    #[arg(long, value_enum, default_value_t = ShowFormat::Text)]
    pub(crate) format: ShowFormat,
}

/// Formats of one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ShowFormat {
    /// For a terminal
    Text,
    /// One JSON object
    Json,
}

/// `reread`
#[derive(Debug, Group)]
pub(crate) struct Reread {
    /// Say what would change and change nothing; the next run need not read it again
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Language model: a wheel or an unpacked package [default: RAPPORTEUR_MODEL, else the installed one]
    #[arg(long, value_name = "PATH")]
    pub(crate) model: Option<PathBuf>,
    /// Threads to use [default: as many as there are cores]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<usize>,
}

/// `backup`
#[derive(Debug, Group)]
pub(crate) struct Backup {
    /// The file, which must not be there yet; the dossier file is copied beside it, as FILE.dossier.toml
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
}

/// What to read, and how.
#[derive(Debug, Clone, Group)]
pub(crate) struct Read {
    /// Files and folders, `-` for standard input: HTML, text, PDF, DOCX, RTF, JSONL, WARC, mail (EML, mbox, MHTML),
    /// exports of Nexis and Factiva, RIS and CSL-JSON with attached pages, and gzip of these [default: what the dossier
    /// folder keeps]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) how: How,
    /// Take parties, people and issues from this file instead of discovering them
    #[arg(long, value_name = "FILE")]
    pub(crate) dossier: Option<PathBuf>,
    /// Apply the corrections in this file: JSON Lines, one decision of a person a line
    #[arg(long, value_name = "FILE")]
    pub(crate) corrections: Option<PathBuf>,
    /// Read only what was published on or before this day
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<String>,
}

/// How captures are read.
#[derive(Debug, Clone, Group)]
pub(crate) struct How {
    /// Language model: a wheel or an unpacked package [default: RAPPORTEUR_MODEL, else the installed one]
    #[arg(long, value_name = "PATH")]
    pub(crate) model: Option<PathBuf>,
    /// When the captures were made, as 2026-01-28 or 2026-01-28T09:30:00Z [default: each file's own time]
    #[arg(long, value_name = "TIME")]
    pub(crate) captured_at: Option<String>,
    /// Take inputs as clean text already: remove nothing
    #[arg(long)]
    pub(crate) verbatim: bool,
    /// Threads to use [default: as many as there are cores]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<usize>,
}

/// Which records to show.
#[derive(Debug, Clone, Group)]
pub(crate) struct Filters {
    /// Only what concerns this party: its name, another name of it, or its id
    #[arg(long, value_name = "NAME")]
    pub(crate) party: Option<String>,
    /// Only what concerns this issue
    #[arg(long, value_name = "NAME")]
    pub(crate) issue: Option<String>,
    /// Only from this day on
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<String>,
    /// Only up to this day
    #[arg(long, value_name = "DATE")]
    pub(crate) to: Option<String>,
    /// Only what this outlet, address or file says
    #[arg(long, value_name = "NAME")]
    pub(crate) source: Option<String>,
    /// Leave out what is less sure than this, from 0 to 1 [default: 0.5 for the brief, above which about 3 in 4 statements
    /// are right, else 0]
    #[arg(long, value_name = "X")]
    pub(crate) min_confidence: Option<f64>,
}

/// `brief`
#[derive(Debug, Group)]
pub(crate) struct Brief {
    #[command(flatten)]
    pub(crate) read: Read,
    #[command(flatten)]
    pub(crate) filters: Filters,
    /// Only what moved: since a day (what was published on that day or later counts), or since you `last` looked at the
    /// dossier folder, which is then remembered
    #[arg(long, value_name = "DATE|last")]
    pub(crate) since: Option<String>,
    /// Who looks, with `--since last` [default: the name of the user]
    #[arg(long, value_name = "NAME", requires = "since")]
    pub(crate) by: Option<String>,
    /// With `--since last`: do not remember that you have looked
    #[arg(long, visible_alias = "keep", requires = "since")]
    pub(crate) dry_run: bool,
    /// Format
    #[arg(long, value_enum, default_value_t = BriefFormat::Text)]
    pub(crate) format: BriefFormat,
}

/// `export`
#[derive(Debug, Group)]
pub(crate) struct Export {
    #[command(flatten)]
    pub(crate) read: Read,
    #[command(flatten)]
    pub(crate) filters: Filters,
    /// Format; with csv, one file for each kind of record is written to the folder given with --output
    #[arg(long, value_enum, default_value_t = DataFormat::Jsonl)]
    pub(crate) format: DataFormat,
    /// Write here instead of standard output: a file, or for csv a folder
    #[arg(long, short, value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,
}

/// A listing of one sort of record.
#[derive(Debug, Group)]
pub(crate) struct Listing {
    #[command(flatten)]
    pub(crate) read: Read,
    #[command(flatten)]
    pub(crate) filters: Filters,
    /// Format
    #[arg(long, value_enum, default_value_t = TableFormat::Text)]
    pub(crate) format: TableFormat,
}

/// `discover`
#[derive(Debug, Group)]
pub(crate) struct Discover {
    #[command(flatten)]
    pub(crate) read: Read,
    /// Show what would change in the dossier, as a unified diff, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Write the dossier here instead of standard output (of a dossier folder, its dossier.toml); to a file that is there only what is new is added
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// `model`
#[derive(Debug, Group)]
pub(crate) struct Model {
    /// Language model to look at: a wheel or an unpacked package
    #[arg(long, value_name = "PATH")]
    pub(crate) model: Option<PathBuf>,
}

/// Formats of the brief.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum BriefFormat {
    /// For a terminal
    Text,
    /// One JSON object
    Json,
    /// Markdown
    Md,
}

/// Formats of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DataFormat {
    /// One JSON object a line
    Jsonl,
    /// One table for each kind
    Csv,
}

/// Formats of a listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    /// For a terminal
    Text,
    /// JSON: the list of records, of a search an object with their number, facets and `results`
    Json,
    /// A table with every field
    Csv,
}
