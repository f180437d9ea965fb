//! The talks of one state and day as pages need them: the records over all articles made once, those of an article on demand.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeSet, HashMap};
use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use jiff::civil::Date;
use rapporteur_ledger::Witness;
use rapporteur_report::brief::{Digest, Known, Options};
use rapporteur_report::export::{self, KINDS, Row};
use rapporteur_report::{View, queue};
use rapporteur_text::{ArticleId, Moment};
use serde_json::Value;

use crate::house::Talks;
use crate::memo::Memo;
use crate::pages::sources::{self, Outlet};

/// Days of which it is kept what moved since.
const DAYS_KEPT: usize = 4;
/// How long a page waits for that.
const PATIENCE: Duration = Duration::from_secs(10);
/// Questions of what moved whose answers are kept.
const MOVED_KEPT: usize = 8;

/// What was heard of a party or person.
#[derive(Default)]
pub(crate) struct Voice {
    /// Statements that it holds.
    pub(crate) statements: usize,
    /// Numbers of the articles they stand in, in order.
    pub(crate) articles: Vec<u32>,
    /// Day of the newest.
    pub(crate) last: Option<Moment>,
}

/// The talks of one state and day.
pub(crate) struct Snapshot {
    talks: Arc<dyn Talks>,
    /// Records over all articles, in the order of exports.
    rows: Vec<Row>,
    by_id: HashMap<String, usize>,
    /// Of each item of a text a digest of its id and the number of its article, in order.
    places: Vec<(u64, u32)>,
    /// For each item, the merged records (numbers of rows) that rest on it.
    into: HashMap<String, Vec<u32>>,
    queue: OnceLock<Vec<Row>>,
    voices: OnceLock<HashMap<String, Voice>>,
    outlets: OnceLock<Vec<(String, Outlet)>>,
    before: Memo<Date, Arc<dyn Talks>>,
    moved: Memo<String, Arc<(Value, Known)>>,
}

impl Snapshot {
    pub(crate) fn of(talks: Arc<dyn Talks>) -> Self {
        let view = talks.view();
        let rows = export::merged_rows(&view);
        let id = |r: &Row| r.value["id"].as_str().unwrap_or_default().to_string();
        let by_id = rows.iter().enumerate().map(|(n, r)| (id(r), n)).collect();
        let mut into: HashMap<String, Vec<u32>> = HashMap::new();
        for (n, row) in rows.iter().enumerate() {
            for member in list(&row.value, "members").filter_map(Value::as_str) {
                into.entry(member.to_string()).or_default().push(n as u32);
            }
        }
        let of_article = |(n, w): (usize, &Witness<'_>)| -> Vec<(u64, u32)> {
            w.reading.items().map(|item| (sum(item.id().as_str()), n as u32)).collect()
        };
        let mut places: Vec<(u64, u32)> = view.witnesses.iter().enumerate().flat_map(of_article).collect();
        places.sort_unstable();
        drop(view);
        Self {
            talks,
            rows,
            by_id,
            places,
            into,
            queue: OnceLock::new(),
            voices: OnceLock::new(),
            outlets: OnceLock::new(),
            before: Memo::new(DAYS_KEPT),
            moved: Memo::new(MOVED_KEPT),
        }
    }

    pub(crate) fn view(&self) -> View<'_> {
        self.talks.view()
    }

    /// The records of a kind that goes over all articles, in the order of exports.
    pub(crate) fn of_kind(&self, kind: &str) -> &[Row] {
        let place = |kind: &str| KINDS.iter().position(|k| *k == kind).unwrap_or(KINDS.len());
        let own = place(kind);
        let from = self.rows.partition_point(|r| place(r.kind) < own);
        let to = self.rows.partition_point(|r| place(r.kind) <= own);
        self.rows.get(from..to).unwrap_or_default()
    }

    /// A record over all articles.
    pub(crate) fn record(&self, id: &str) -> Option<&Row> {
        self.by_id.get(id).and_then(|n| self.rows.get(*n))
    }

    /// Ids of records over all articles that begin so, at most ten.
    pub(crate) fn near(&self, beginning: &str) -> Vec<String> {
        let mut all: Vec<&String> = self.by_id.keys().filter(|id| id.starts_with(beginning)).collect();
        all.sort();
        all.into_iter().take(10).cloned().collect()
    }

    /// The merged records that rest on an item.
    pub(crate) fn rest_on(&self, item: &str) -> impl Iterator<Item = &Row> {
        self.into.get(item).into_iter().flatten().filter_map(|n| self.rows.get(*n as usize))
    }

    /// The article that an item stands in.
    pub(crate) fn article_of<'v>(&self, view: &View<'v>, item: &str) -> Option<Witness<'v>> {
        let own = sum(item);
        let from = self.places.partition_point(|(s, _)| *s < own);
        let same = self.places[from..].iter().take_while(|(s, _)| *s == own);
        let witnesses = same.filter_map(|(_, n)| view.witnesses.get(*n as usize));
        witnesses.copied().find(|w| w.reading.items().any(|i| i.id().as_str() == item))
    }

    /// The record of an item that stands in one place of a text.
    pub(crate) fn single(&self, view: &View<'_>, item: &str) -> Option<Row> {
        let w = self.article_of(view, item)?;
        export::article_rows(view, &w).into_iter().find(|r| r.value["id"] == item)
    }

    /// What waits to be looked at.
    pub(crate) fn queue(&self) -> &[Row] {
        self.queue.get_or_init(|| queue::rows(&self.view()))
    }

    /// What was heard of a party or person.
    pub(crate) fn voice(&self, id: &str) -> Option<&Voice> {
        self.voices.get_or_init(|| voices(&self.view())).get(id)
    }

    /// All outlets, those with most articles first.
    pub(crate) fn outlets(&self) -> &[(String, Outlet)] {
        self.outlets.get_or_init(|| sources::outlets(&self.view(), &self.rows))
    }

    /// The talks as they could be read before a day; `None` where they are not made yet.
    pub(crate) fn before(&self, day: Date) -> Option<Arc<dyn Talks>> {
        let talks = self.talks.clone();
        self.before.get_within(&day, PATIENCE, move || talks.before(day))
    }

    /// What moved since a reader knew what `before` gives, as `brief --since` has it, and what he or she knows then. `name` is one
    /// for what is known before.
    pub(crate) fn moved(
        &self,
        name: &str,
        options: &Options,
        since: Option<&str>,
        before: impl FnOnce() -> Option<Known>,
    ) -> Arc<(Value, Known)> {
        let key = format!("{name} {:?}", options.filter);
        let make = || {
            let view = self.view();
            let before = before();
            let digest = Digest::of(&view, options, before.as_ref(), since);
            Arc::new((serde_json::from_str(&digest.json()).unwrap_or_default(), digest.known().clone()))
        };
        self.moved.get(&key, make)
    }

    /// On how many reportings a record rests, and the article that had it first, by its day and then its id.
    pub(crate) fn origins<'v>(&self, view: &View<'v>, record: &Value) -> (usize, Option<Witness<'v>>) {
        let sides = list(record, "sides").flat_map(|s| list(s, "evidence"));
        let own =
            list(record, "evidence").chain(sides).filter(|e| matches!(e["why"].as_str(), Some("item" | "member")));
        let ids: BTreeSet<&str> = own.filter_map(|e| e["article"].as_str()).collect();
        let all: Vec<Witness<'v>> = ids.iter().filter_map(|id| witness(view, id)).collect();
        let origins: BTreeSet<&ArticleId> = all.iter().map(|w| view.ledger.origins.of(&w.article.id)).collect();
        let first = all.into_iter().min_by_key(|w| (w.article.published.is_none(), w.article.published));
        (origins.len(), first)
    }
}

fn voices(view: &View<'_>) -> HashMap<String, Voice> {
    let mut all: HashMap<String, Voice> = HashMap::new();
    for (n, w) in view.witnesses.iter().enumerate() {
        for s in &w.reading.statements {
            let Some(own) = w.resolution.of(&s.holder) else { continue };
            let ids = [own.party.as_ref().map(|p| p.as_str()), own.person.as_ref().map(|p| p.as_str())];
            for id in ids.into_iter().flatten() {
                let voice = all.entry(id.to_string()).or_default();
                voice.statements += 1;
                voice.last = voice.last.max(w.article.published);
                if voice.articles.last() != Some(&(n as u32)) {
                    voice.articles.push(n as u32);
                }
            }
        }
    }
    all
}

/// An article by its id.
pub(crate) fn witness<'v>(view: &View<'v>, id: &str) -> Option<Witness<'v>> {
    let at = view.witnesses.binary_search_by(|w| w.article.id.as_str().cmp(id)).ok()?;
    view.witnesses.get(at).copied()
}

pub(crate) fn list<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn sum(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}
