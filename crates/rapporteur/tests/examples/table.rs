//! The contract of the records once more, as a table that can be checked: kinds in their order, their fields in theirs,
//! and what each may hold.

use serde_json::Value;

/// What a field may hold.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Is {
    Text,
    /// Text that is never empty.
    Words,
    /// One of these words.
    One(&'static [&'static str]),
    Bool,
    Number,
    /// A whole number from 0 on.
    Whole,
    /// An ISO 8601 date.
    Day,
    /// An ISO 8601 date or date-time.
    Moment,
    /// `{"from", "to", "as_written", "basis"}`.
    Time,
    /// `{"id", "name", "type", "as_written"}`.
    Reference,
    /// `{"start", "end", "text"}` of the record's article.
    Piece,
    Maybe(&'static Is),
    List(&'static Is),
    Object(&'static [(&'static str, Is)]),
    Either(&'static Is, &'static Is),
}
use Is::{Bool, Day, Either, List, Maybe, Moment, Number, Object, One, Piece, Reference, Text, Time, Whole, Words};

pub(crate) type Fields = &'static [(&'static str, Is)];

const ACTS: &[&str] = &[
    "demand", "request", "propose", "offer", "promise", "accept", "agree", "support", "concede", "open-to", "reject",
    "refuse", "oppose", "threaten", "warn", "accuse", "deny", "assert",
];
const STANCES: &[&str] = &["for", "against", "open", "none"];
const BASES: &[&str] = &["corrected", "stated", "relative", "published", "inferred"];
const KINDS_OF_NAME: &[&str] = &["party", "person", "organisation", "place", "issue"];
const MODES: &[&str] = &["direct", "indirect", "mixed"];
const SORTS_OF_CONDITION: &[&str] = &["if", "only-if", "unless", "after", "before", "until", "in-exchange"];
const STATES: &[&str] = &["held", "ongoing", "planned", "postponed", "downgraded", "cancelled"];
const CHAIN: Is =
    List(&Object(&[("name", Words), ("sort", One(&["outlet", "agency", "party", "person", "document", "unnamed"]))]));
const EVIDENCE: Is = List(&Object(&[
    ("article", Words),
    ("start", Whole),
    ("end", Whole),
    ("text", Words),
    ("sentence", Words),
    ("why", One(&["item", "antecedent", "role", "member"])),
]));
/// When a sentence was last seen in its page and first seen to be gone, and the version without it.
const VANISHED: Is = Maybe(&Object(&[("article", Words), ("seen", Moment), ("gone", Moment)]));
/// Which version of its page an article is.
const PAGE: Is = Maybe(&Object(&[
    ("address", Words),
    ("version", Whole),
    ("first_seen", Moment),
    ("last_seen", Moment),
    ("replaces", Text),
    ("replaced_by", Text),
]));
const REFERENCES: Is = List(&Reference);
const MERGE: &[(&str, Is)] = &[
    ("a", Words),
    ("b", Words),
    ("reason", Words),
    ("by", Words),
    ("confidence", Maybe(&Number)),
    ("evidence", EVIDENCE),
];
const POSSIBLE: &[(&str, Is)] = &[
    ("id", Words),
    ("name", Words),
    ("a", Words),
    ("b", Words),
    ("reason", Words),
    ("by", Words),
    ("confidence", Maybe(&Number)),
    ("evidence", EVIDENCE),
];
/// Where a party stands on a paper or a point of it.
const STANDS: &[(&str, Is)] =
    &[("party", Reference), ("stance", One(&["for", "against", "open"])), ("since", Day), ("position", Words)];
const TELLINGS: &[&str] =
    &["first", "shift", "also-told", "restatement", "detail", "late-report", "correction", "contradiction", "vanished"];
const REFERENCE_OR_NULL: Is = Maybe(&Reference);
const TIME: Is = Maybe(&Time);
const POINT: Is = Maybe(&Whole);

/// What every record read from text begins with, after `kind` and `id`.
pub(crate) const COMMON: Fields =
    &[("article", Words), ("rule", Words), ("confidence", Number), ("evidence", EVIDENCE), ("vanished", VANISHED)];

/// Kinds in their order, whether they have the common fields, and their own.
pub(crate) const CONTRACT: &[(&str, bool, Fields)] = &[
    ("run", false, &[("schema", Whole), ("version", Words), ("model", Words), ("as_of", Maybe(&Moment))]),
    ("note", false, &[("article", Text), ("code", Words), ("message", Words)]),
    (
        "article",
        false,
        &[
            ("source_id", Text),
            ("path", Text),
            ("url", Text),
            ("sources", List(&Object(&[("path", Text), ("url", Text), ("outlet", Text)]))),
            ("captured", Object(&[("at", Maybe(&Moment)), ("digest", Words)])),
            ("outlet", Text),
            ("title", Text),
            ("authors", List(&Words)),
            ("agency", Text),
            ("dateline", Object(&[("place", Text), ("date", Maybe(&Day))])),
            ("published", Maybe(&Moment)),
            ("published_basis", One(&["metadata", "text", "dateline", "weekday", "url", "input", "none"])),
            ("updated", Maybe(&Moment)),
            ("language", Text),
            ("text", Text),
            ("removed", Whole),
            ("origin", Words),
            ("story", Words),
            ("copy_of", Text),
            ("copy_kind", One(&["exact", "near", "rewrite", "version", ""])),
            ("page", PAGE),
        ],
    ),
    (
        "quote",
        true,
        &[
            (
                "source",
                Maybe(&Object(&[
                    ("id", Text),
                    ("name", Text),
                    ("type", One(KINDS_OF_NAME)),
                    ("as_written", Words),
                    ("start", Whole),
                    ("end", Whole),
                    ("text", Words),
                ])),
            ),
            ("cue", Maybe(&Piece)),
            ("content", List(&Piece)),
            ("mode", One(MODES)),
            ("chain", CHAIN),
            ("said", TIME),
        ],
    ),
    (
        "statement",
        true,
        &[
            ("holder", Reference),
            ("on_behalf_of", REFERENCE_OR_NULL),
            ("person", REFERENCE_OR_NULL),
            ("predicate", Piece),
            ("negated", Bool),
            ("act", One(ACTS)),
            ("polarity", One(STANCES)),
            ("stance", One(STANCES)),
            ("issue", REFERENCE_OR_NULL),
            ("matter", Piece),
            ("target", REFERENCE_OR_NULL),
            (
                "conditions",
                List(&Object(&[
                    ("sort", One(SORTS_OF_CONDITION)),
                    ("start", Whole),
                    ("end", Whole),
                    ("text", Words),
                    ("issue", REFERENCE_OR_NULL),
                ])),
            ),
            ("modality", One(&["certain", "possible", "hedged"])),
            ("mode", One(&["direct", "indirect", "mixed", "narrated"])),
            ("chain", CHAIN),
            ("named", Bool),
            ("quote", Text),
            ("proposal", Text),
            ("point", POINT),
            ("said", TIME),
        ],
    ),
    (
        "figure",
        true,
        &[
            ("value", Maybe(&Number)),
            ("low", Maybe(&Number)),
            ("high", Maybe(&Number)),
            ("unit", Text),
            ("approximate", Bool),
            ("as_written", Words),
            ("measures", Text),
            ("of", REFERENCE_OR_NULL),
            ("as_of", TIME),
        ],
    ),
    (
        "role",
        true,
        &[
            ("person", Reference),
            ("role", Words),
            ("party", REFERENCE_OR_NULL),
            ("change", One(&["holds", "appointed", "left", "former"])),
            ("when", TIME),
        ],
    ),
    (
        "date",
        true,
        &[
            ("value", Words),
            ("type", One(&["DATE", "TIME", "DURATION", "SET"])),
            ("from", Maybe(&Moment)),
            ("to", Maybe(&Moment)),
        ],
    ),
    (
        "meeting",
        true,
        &[
            ("sort", One(&["talks", "call", "summit", "visit", "meeting", "hearing", "vote", "signing"])),
            ("place", REFERENCE_OR_NULL),
            ("when", TIME),
            ("participants", REFERENCES),
            ("format", One(&["direct", "indirect", "unknown"])),
            ("state", One(STATES)),
            ("states", List(&Object(&[("state", One(STATES)), ("said", TIME)]))),
            ("moved_to", Text),
            ("outcome", Text),
        ],
    ),
    (
        "proposal",
        true,
        &[
            ("name", Words),
            ("by", REFERENCES),
            ("points", POINT),
            ("version", Text),
            ("when", TIME),
            (
                "terms",
                List(&Object(&[
                    ("point", POINT),
                    ("text", Words),
                    ("issue", REFERENCE_OR_NULL),
                    ("stances", List(&Object(STANDS))),
                ])),
            ),
            ("replaces", Text),
            ("stances", List(&Object(STANDS))),
        ],
    ),
    (
        "status",
        true,
        &[
            ("issue", REFERENCE_OR_NULL),
            ("proposal", Text),
            ("point", POINT),
            (
                "status",
                One(&[
                    "floated",
                    "tabled",
                    "agreed-in-principle",
                    "agreed",
                    "conditional",
                    "disputed",
                    "blocked",
                    "off-table",
                    "signed",
                    "breached",
                ]),
            ),
            ("according_to", REFERENCE_OR_NULL),
            ("percent", Maybe(&Number)),
            ("said", TIME),
        ],
    ),
    (
        "incident",
        true,
        &[
            ("sort", One(&["attack", "violation", "walkout", "sanction", "detention", "protest", "accident", "other"])),
            ("actor", REFERENCE_OR_NULL),
            ("target", REFERENCE_OR_NULL),
            ("place", REFERENCE_OR_NULL),
            ("when", TIME),
            ("claimed_by", REFERENCE_OR_NULL),
            ("denied_by", REFERENCE_OR_NULL),
        ],
    ),
    (
        "deadline",
        true,
        &[
            ("by", REFERENCE_OR_NULL),
            ("matter", Text),
            ("when", TIME),
            ("state", One(&["set", "passed", "moved", "denied"])),
            ("moved_to", Text),
        ],
    ),
    (
        "entity",
        false,
        &[
            ("type", One(&["party", "person", "organisation", "place"])),
            ("name", Words),
            ("aliases", List(&Object(&[("name", Words), ("count", Whole)]))),
            ("party", REFERENCE_OR_NULL),
            ("part_of", REFERENCE_OR_NULL),
            ("roles", List(&Words)),
            ("merges", List(&Object(MERGE))),
            ("qid", Text),
            ("possible", List(&Object(POSSIBLE))),
        ],
    ),
    (
        "issue",
        false,
        &[
            ("name", Words),
            ("proposition", Text),
            ("terms", List(&Words)),
            ("sticking", List(&Object(&[("from", Day), ("to", Maybe(&Day)), ("measure", Words)]))),
        ],
    ),
    (
        "position",
        true,
        &[
            ("party", Reference),
            ("issue", REFERENCE_OR_NULL),
            ("proposal", Text),
            ("proposal_name", Text),
            ("point", POINT),
            ("stance", One(&["for", "against", "open"])),
            ("since", Day),
            (
                "series",
                List(&Object(&[
                    ("from", Day),
                    ("basis", One(BASES)),
                    ("stance", One(&["for", "against", "open"])),
                    ("act", One(ACTS)),
                    ("statements", List(&Words)),
                    ("origins", Whole),
                ])),
            ),
            (
                "history",
                List(&Object(&[
                    ("statement", Words),
                    ("day", Maybe(&Day)),
                    ("stance", One(&["for", "against", "open"])),
                    ("telling", One(TELLINGS)),
                ])),
            ),
            ("disputed", Bool),
        ],
    ),
    (
        "shift",
        true,
        &[
            ("party", Reference),
            ("issue", Reference),
            ("from", One(STANCES)),
            ("to", One(STANCES)),
            ("when", TIME),
            ("direction", One(&["softer", "harder", "turn"])),
            ("statements", List(&Words)),
        ],
    ),
    (
        "condition",
        true,
        &[
            ("holder", Reference),
            ("wants", Reference),
            ("sort", One(SORTS_OF_CONDITION)),
            ("needs", Reference),
            ("statements", List(&Words)),
            ("since", Maybe(&Day)),
        ],
    ),
    (
        "deadlock",
        true,
        &[
            ("cycle", List(&Words)),
            ("parties", REFERENCES),
            ("issues", REFERENCES),
            (
                "waits",
                List(&Object(&[
                    ("holder", Reference),
                    ("wants", Reference),
                    ("sort", One(SORTS_OF_CONDITION)),
                    ("needs", Reference),
                ])),
            ),
            ("from", Maybe(&Day)),
            ("to", Maybe(&Day)),
        ],
    ),
    (
        "dispute",
        true,
        &[
            ("sort", One(&["figure", "role", "name", "date", "attribution", "outcome", "framing"])),
            ("about", Either(&Reference, &Words)),
            (
                "sides",
                List(&Object(&[
                    ("value", Words),
                    ("claimants", REFERENCES),
                    ("origins", Whole),
                    ("articles", List(&Words)),
                    ("evidence", EVIDENCE),
                ])),
            ),
            ("verdict", One(&["differs", "not-comparable", "denied", "one-side-only"])),
            ("since", Maybe(&Day)),
            ("range", Maybe(&Object(&[("best", Maybe(&Number)), ("low", Number), ("high", Number)]))),
        ],
    ),
    (
        "correction",
        false,
        &[
            ("at", Moment),
            ("by", Words),
            ("do", One(&["accept", "reject", "change", "add", "merge", "split", "note", "undo"])),
            ("item", Text),
            ("names", List(&Words)),
            ("note", Text),
            ("outcome", One(&["applied", "overruled", "undone", "gone", "unfit"])),
            ("why", Text),
            ("touched", List(&Words)),
            ("near", List(&Words)),
            ("sentence", Text),
            ("line", Words),
        ],
    ),
];

/// Kinds that are merged from items of several places.
const MERGED: &[&str] =
    &["meeting", "proposal", "status", "incident", "deadline", "position", "shift", "condition", "deadlock", "dispute"];

/// What the records of a kind end with: the items they were merged from, when that was first published and read, and the
/// corrections that touch them.
pub(crate) fn tail(kind: &str, has_common: bool) -> Vec<(&'static str, Is)> {
    let mut tail: Vec<(&'static str, Is)> = Vec::new();
    if MERGED.contains(&kind) {
        tail.push(("members", List(&Words)));
    }
    if has_common {
        tail.extend([("published", Maybe(&Moment)), ("read", Maybe(&Moment))]);
    }
    if !["run", "note", "correction"].contains(&kind) {
        tail.push(("corrected", List(&Words)));
    }
    tail
}

/// Why a value is not what it should be, with the way to it; none if it is.
fn fault(is: Is, value: &Value) -> Option<String> {
    let fields = |fields: Fields| object(fields, value);
    let wrong = |holds: bool| if holds { None } else { Some(format!("expected {is:?}, found {value}")) };
    match is {
        Text => wrong(value.is_string()),
        Words => wrong(value.as_str().is_some_and(|words| !words.is_empty())),
        One(words) => wrong(value.as_str().is_some_and(|word| words.contains(&word))),
        Bool => wrong(value.is_boolean()),
        Number => wrong(value.is_number()),
        Whole => wrong(value.is_u64()),
        Day => wrong(value.as_str().is_some_and(is_day)),
        Moment => wrong(value.as_str().is_some_and(|text| {
            is_day(text.get(..10).unwrap_or_default()) && (text.len() == 10 || text.as_bytes()[10] == b'T')
        })),
        Time => {
            fields(&[("from", Maybe(&Moment)), ("to", Maybe(&Moment)), ("as_written", Text), ("basis", One(BASES))])
        }
        Reference => fields(&[("id", Text), ("name", Text), ("type", One(KINDS_OF_NAME)), ("as_written", Words)]),
        Piece => fields(&[("start", Whole), ("end", Whole), ("text", Words)]),
        Maybe(is) => {
            if value.is_null() {
                None
            } else {
                fault(*is, value)
            }
        }
        List(is) => match value.as_array() {
            None => wrong(false),
            Some(all) => all.iter().enumerate().find_map(|(i, v)| Some(format!("[{i}] {}", fault(*is, v)?))),
        },
        Object(of) => fields(of),
        Either(one, other) => {
            if value.is_object() {
                fault(*one, value)
            } else {
                fault(*other, value)
            }
        }
    }
}

pub(crate) fn object(fields: Fields, value: &Value) -> Option<String> {
    let Some(found) = value.as_object() else { return Some(format!("expected an object, found {value}")) };
    let keys: Vec<&str> = found.keys().map(String::as_str).collect();
    let expected: Vec<&str> = fields.iter().map(|(key, _)| *key).collect();
    if keys != expected {
        return Some(format!("expected the keys {expected:?}, found {keys:?}"));
    }
    fields.iter().find_map(|(key, is)| Some(format!(".{key} {}", fault(*is, &value[*key])?)))
}

fn is_day(text: &str) -> bool {
    let shape = text.bytes().map(|b| if b.is_ascii_digit() { b'0' } else { b }).eq(*b"0000-00-00");
    shape && text.parse::<jiff::civil::Date>().is_ok()
}
