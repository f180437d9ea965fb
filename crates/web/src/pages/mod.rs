//! The pages, one file each. A page gathers its records once and gives them as HTML or as its JSON twin.

mod act;
mod calendar;
mod conditions;
mod describe;
mod disputes;
mod entity;
mod feed;
mod help;
mod issue;
mod item;
mod log;
mod moved;
mod positions;
mod proposals;
mod reader;
mod review;
mod search;
pub(crate) mod sources;
mod timeline;

pub(crate) use act::{Act, Done, POSTS};

use rapporteur_report::export::Row;

use crate::Fault;
use crate::site::{Answer, Cx};

/// Names of what an address can ask for, beside `as_of`.
pub(crate) const FILTERS: &[&str] = &["party", "issue", "source", "from", "to", "min_confidence"];

/// A page.
pub(crate) struct Route {
    pub(crate) path: &'static str,
    pub(crate) screen: fn(&Cx<'_>) -> Result<Answer, Fault>,
    /// What it shows, in a line.
    pub(crate) about: &'static str,
    /// Kinds of the records of its JSON twin.
    pub(crate) kinds: &'static [&'static str],
    /// What it can be asked for, beside `as_of` and the filters.
    pub(crate) params: &'static [&'static str],
    pub(crate) is_filtered: bool,
}

impl Route {
    pub(crate) fn has_id(&self) -> bool {
        self.path.ends_with("{id}")
    }
}

const fn route(
    path: &'static str,
    screen: fn(&Cx<'_>) -> Result<Answer, Fault>,
    kinds: &'static [&'static str],
    about: &'static str,
) -> Route {
    Route { path, screen, about, kinds, params: &[], is_filtered: false }
}

const fn list(
    path: &'static str,
    screen: fn(&Cx<'_>) -> Result<Answer, Fault>,
    kinds: &'static [&'static str],
    about: &'static str,
) -> Route {
    Route { path, screen, about, kinds, params: &["after", "limit"], is_filtered: true }
}

/// All pages; each but those with an ending has a twin of the same address with `.json` (`/index.json` of the first).
pub(crate) const ROUTES: &[Route] = &[
    Route {
        params: &["since"],
        is_filtered: true,
        ..route(
            "/",
            moved::screen,
            moved::KINDS,
            "What moved since a day (`since`), or since the user looked last (`since=last`)",
        )
    },
    Route {
        is_filtered: true,
        ..route("/positions", positions::grid, &["position"], "Parties by issues: where each stands")
    },
    route(
        "/positions/{id}",
        positions::one,
        &["position"],
        "A position with everything that was told of it, in sentences",
    ),
    route(
        "/issues/{id}",
        issue::one,
        &["issue"],
        "An issue: what is held on it, how far it has come, what it waits for",
    ),
    Route { is_filtered: true, ..route("/people", entity::all, &["entity"], "Parties, bodies and people") },
    route("/people/{id}", entity::one, &["entity"], "A person: names, roles, what he or she said"),
    route("/parties/{id}", entity::one, &["entity"], "A party: names, people, positions, meetings"),
    list("/proposals", proposals::all, &["proposal"], "Plans, papers and offers"),
    route(
        "/proposals/{id}",
        proposals::one,
        &["proposal"],
        "A proposal: points by parties, what changed since the one before",
    ),
    Route {
        is_filtered: true,
        ..route("/conditions", conditions::screen, &["condition", "deadlock"], "What waits on what, and deadlocks")
    },
    list("/timeline", timeline::screen, timeline::KINDS, "What happened and what is planned, day by day"),
    list("/disputes", disputes::screen, &["dispute"], "Where the sources disagree"),
    Route {
        params: &["at"],
        ..route("/articles/{id}", reader::screen, &["article"], "An article with what was read in it")
    },
    route("/items/{id}", item::screen, &[], "A record with its sentences and what was decided on it"),
    list(
        "/sources",
        sources::screen,
        &["article"],
        "Outlets and their articles: copies, and what each is alone in reporting",
    ),
    Route { params: search::PARAMS, ..route("/search", search::screen, &[], "What was said, by its words") },
    Route {
        params: &["behind", "limit"],
        ..list("/review", review::screen, &[], "What waits to be looked at: contested first, then the least certain")
    },
    list("/log", log::screen, &["correction"], "All that was decided, by whom, and what it came to"),
    route("/session", act::session, &[], "Who asks, and the stamp that forms must have"),
    Route {
        is_filtered: true,
        ..route(
            "/feed.atom",
            feed::screen,
            &[],
            "What moved, as an Atom feed; of one issue or party with `issue` or `party`",
        )
    },
    route("/calendar.ics", calendar::screen, &[], "Meetings and deadlines, as an iCalendar"),
    route("/openapi.json", describe::screen, &[], "This description"),
    route("/help", help::screen, &[], "Keys, and what the marks mean"),
];

/// The records of some kinds that pass the filter.
fn filtered<'c>(cx: &'c Cx<'_>, kinds: &[&str]) -> Vec<&'c Row> {
    let rows = kinds.iter().flat_map(|k| cx.snap.of_kind(k));
    if !cx.asked.is_filtered() {
        return rows.collect();
    }
    let keep = cx.asked.filter.keep(&cx.view);
    rows.filter(|r| keep(r)).collect()
}

/// The record over all articles of this page's id.
fn record<'s>(cx: &'s Cx<'_>, kind: &str, what: &str) -> Result<&'s Row, Fault> {
    cx.snap.record(&cx.id).filter(|r| r.kind == kind).ok_or_else(|| missing(cx, what))
}

fn missing(cx: &Cx<'_>, what: &str) -> Fault {
    let near: Vec<String> = cx
        .id
        .char_indices()
        .skip(4)
        .map(|(at, _)| at)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .map(|at| cx.snap.near(&cx.id[..at]))
        .find(|n| !n.is_empty())
        .unwrap_or_default();
    let day = cx.asked.as_of.map_or_else(String::new, |d| format!(" as of {d}"));
    Fault::not_found(format!("there is no {what} `{}`{day}", cx.id)).near(near)
}
