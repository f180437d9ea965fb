//! The digest: a brief of what moved since a reader last looked.

use std::collections::BTreeSet;

use rapporteur_article::Article;
use serde_json::{Map, Value, json};

use super::known::{KINDS, Known, Moved, Present, Told, plain, short, told};
use super::sections::{self, Line, Part, SENTENCE, Section};
use super::{Brief, Options, choose};
use crate::export::{self, Row};
use crate::filter::Filter;
use crate::page::Style;
use crate::{View, listing, source};

/// Sections of the digest: their title, the kinds of record in them, and their name in JSON.
const SECTIONS: &[(&str, &[&str])] = &[
    ("What changed", &["shift"]),
    ("Positions", &["position"]),
    ("On the table", &["proposal"]),
    ("How far it has come", &["status"]),
    ("Meetings", &["meeting"]),
    ("Deadlines", &["deadline"]),
    ("What happened", &["incident"]),
    ("What waits on what", &["deadlock", "condition"]),
    ("Where the sources disagree", &["dispute"]),
    ("Corrected by the outlets", &["correction"]),
    ("Vanished from their pages", &["vanished"]),
];

/// What moved since a reader last looked: records that are new, that say something else, and that are not there any more.
/// Nothing that was known already is in it.
#[derive(Debug)]
pub struct Digest<'a> {
    brief: Brief<'a>,
    moved: Vec<(Present, Moved)>,
    gone: Vec<Gone>,
    known: Known,
    since: Option<String>,
}

/// A record that is not there any more, with what it said and its sentence.
#[derive(Debug)]
struct Gone {
    id: String,
    kind: String,
    says: String,
    article: String,
    sentence: String,
    source: String,
    /// Why there is no sentence to show.
    missing: &'static str,
}

impl<'a> Digest<'a> {
    /// What moved since `before`, everything where a reader knows nothing yet. `since` names the time in words.
    pub fn of(view: &'a View<'a>, options: &Options, before: Option<&Known>, since: Option<&str>) -> Self {
        let all = export::rows(view);
        let rows = options.filter.rows(view, all.clone());
        let shown: BTreeSet<String> = told(view, &rows).into_iter().map(|p| p.id).collect();
        let present = told(view, &all);
        let nothing = Known::default();
        let known_before = before.unwrap_or(&nothing);
        let (moved, left) = known_before.moved(&present);
        // where only some is asked for, it cannot be told of the rest whether it would have been shown
        let is_whole = options.filter == Filter { min_confidence: options.filter.min_confidence, ..Filter::default() };
        let mut known = Known::default();
        let mut told = Vec::new();
        let mut shifted = BTreeSet::new();
        for (p, (moved, id)) in present.into_iter().zip(moved) {
            if shown.contains(&p.id) {
                known.records.insert(p.id.clone(), p.told.clone());
                // shifts come before positions: where one tells of the move, the position need not; where a position moves
                // without one (its newest words only restate, it is on a proposal, a person corrected it), it is told itself
                let is_told = match p.told.kind.as_str() {
                    _ if moved == Moved::Same => false,
                    "shift" => {
                        shifted.extend(move_of(&p.row.value, "to"));
                        true
                    }
                    "position" => {
                        moved == Moved::New || move_of(&p.row.value, "stance").is_none_or(|m| !shifted.contains(&m))
                    }
                    _ => true,
                };
                told.extend(is_told.then_some((p, moved)));
            } else if let Some(told) = id.and_then(|id| known_before.records.get(id)) {
                known.records.insert(p.id, told.clone());
            }
        }
        let mut gone = Vec::new();
        // a sentence that is back in its page is no loss
        for (id, record) in left.into_iter().filter(|(_, record)| !is_whole || record.kind != "vanished") {
            match is_whole {
                true => gone.push(gone_of(view, id, record)),
                false => drop(known.records.insert(id.to_string(), record.clone())),
            }
        }
        gone.sort_by_key(|g| KINDS.iter().position(|k| *k == g.kind));
        let chosen = choose::Chosen::of(view, &rows);
        let brief = Brief {
            title: sections::title(view, &chosen),
            summary: summary(&told, &gone, since),
            sections: written(view, &told, &gone),
            foot: sections::foot(view, options),
            rows,
            view,
        };
        Self { brief, moved: told, gone, known, since: since.map(str::to_string) }
    }

    /// What the reader knows who has seen this: to be kept for the next time.
    pub fn known(&self) -> &Known {
        &self.known
    }

    /// For a terminal; see [`Brief::text`].
    pub fn text(&self, width: usize, is_coloured: bool) -> String {
        self.brief.text(width, is_coloured)
    }

    /// As Markdown (CommonMark).
    pub fn markdown(&self) -> String {
        self.brief.markdown()
    }

    /// One JSON object: `run`, `as_of`, `since` (null the first time), numbers of `articles` and `origins`, then for each section
    /// of the digest its records with `change` (`new` or `changed`) and `before` (what it said, "" for a new one); `gone` are
    /// `{id, kind, said, article, sentence}`, with "" for a sentence that is not there any more.
    pub fn json(&self) -> String {
        let mut out = Map::new();
        let view = self.brief.view;
        out.insert("run".into(), json!(self.brief.rows.iter().find(|r| r.kind == "run").map(|r| &r.value)));
        out.insert("as_of".into(), json!(view.as_of()));
        out.insert("since".into(), json!(self.since));
        out.insert("articles".into(), json!(view.articles()));
        out.insert("origins".into(), json!(view.ledger.origins.count()));
        for kind in KINDS {
            let many = match *kind {
                "status" => "statuses".to_string(),
                "vanished" => "vanished".to_string(),
                kind => format!("{kind}s"),
            };
            let records: Vec<Value> =
                self.moved.iter().filter(|(p, _)| p.told.kind == *kind).map(|(p, moved)| record(p, moved)).collect();
            out.insert(many, json!(records));
        }
        let gone = |g: &Gone| json!({"id": g.id, "kind": g.kind, "said": g.says, "article": g.article, "sentence": g.sentence});
        out.insert("gone".into(), self.gone.iter().map(gone).collect());
        serde_json::to_string_pretty(&Value::Object(out)).unwrap_or_default()
    }
}

/// Whose stance on which issue a record says is what; `None` where it is on no issue.
fn move_of(value: &Value, stance: &str) -> Option<[String; 3]> {
    let who_or_what = |key: &str| Some(plain(key, value.get(key).filter(|v| !v.is_null())?).to_string());
    Some([who_or_what("party")?, who_or_what("issue")?, value.get(stance)?.to_string()])
}

fn record(p: &Present, moved: &Moved) -> Value {
    let mut value = p.row.value.clone();
    if let Value::Object(fields) = &mut value {
        let (change, before) = match moved {
            Moved::Changed(before) => ("changed", before.as_str()),
            _ => ("new", ""),
        };
        fields.insert("change".into(), json!(change));
        fields.insert("before".into(), json!(before));
    }
    value
}

fn gone_of(view: &View<'_>, id: &str, record: &Told) -> Gone {
    let article = view.witnesses.iter().map(|w| w.article).find(|a| a.id.as_str() == record.article);
    let sentence = article.and_then(|a| seen_in(&a.text, record));
    Gone {
        id: id.to_string(),
        kind: record.kind.clone(),
        says: record.says.clone(),
        article: record.article.clone(),
        sentence: sentence.unwrap_or_default().to_string(),
        source: article.map_or_else(|| record.article.clone(), source::named),
        missing: if article.is_some() {
            "its sentence is not there any more"
        } else {
            "its article is not there any more"
        },
    }
}

/// The sentence that was seen, where it stands in this text. The text may have been read anew since, so that something else
/// stands in its place, and the sentence in another.
fn seen_in<'t>(text: &'t str, record: &Told) -> Option<&'t str> {
    if record.sentence.is_empty() {
        return None;
    }
    let is_seen = |s: &&str| short(s) == record.sentence;
    let long = record.end.saturating_sub(record.start);
    let of_word = |at: &usize| text[..*at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
    let starts = text.char_indices().map(|(at, _)| at).filter(of_word);
    let mut elsewhere = starts.filter_map(|at| text.get(at..at.checked_add(long)?));
    text.get(record.start..record.end).filter(is_seen).or_else(|| elsewhere.find(is_seen))
}

fn summary(told: &[(Present, Moved)], gone: &[Gone], since: Option<&str>) -> Vec<String> {
    let new = told.iter().filter(|(_, m)| *m == Moved::New).count();
    let changed = told.len() - new;
    let Some(since) = since else {
        return vec![format!("You have not looked before: all {new} records are new.")];
    };
    if told.is_empty() && gone.is_empty() {
        return vec![format!("Nothing has moved since {since}.")];
    }
    vec![format!("Since {since}: {new} new, {changed} changed, {} not there any more.", gone.len())]
}

fn written(view: &View<'_>, told: &[(Present, Moved)], gone: &[Gone]) -> Vec<Section> {
    let of_section = |(title, kinds): &(&'static str, &[&str])| {
        let lines = told.iter().filter(|(p, _)| kinds.contains(&p.told.kind.as_str()));
        Section { title, parts: lines.map(|(p, moved)| Part::Line(line(view, p, moved))).collect() }
    };
    let mut sections: Vec<Section> = SECTIONS.iter().map(of_section).collect();
    let gone = gone.iter().map(|g| {
        let mut line = Line::new().faint("gone").plain(&format!("{}: {}", g.kind, g.says));
        let sentence = match g.sentence.as_str() {
            "" => g.missing.to_string(),
            words => source::shortened(words, SENTENCE),
        };
        line.shown.push((sentence, g.source.clone()));
        Part::Line(line)
    });
    sections.push(Section { title: "Not there any more", parts: gone.collect() });
    sections.retain(|s| !s.parts.is_empty());
    sections
}

fn line(view: &View<'_>, p: &Present, moved: &Moved) -> Line {
    let day = p.row.date.map_or_else(String::new, |d| format!("{}:", d.date));
    let (change, style) = match moved {
        _ if p.told.kind == "vanished" => ("gone", Style::Bad),
        Moved::Changed(_) => ("changed", Style::Between),
        _ => ("new", Style::Good),
    };
    let says = listing::head(&p.row);
    let mut line = Line::new().faint(&day).word(change, Some(style)).strong(&says);
    if let Moved::Changed(before) = moved
        && *before != source::shortened(&says, before.chars().count())
    {
        line = line.faint(&format!("(before: {before})"));
    }
    line.shown.extend(shown(view, &p.row));
    // both sides of a dispute may stand in one sentence
    line.shown.dedup();
    line
}

/// The sentences that show a record: of a dispute one of each side, of a meeting or status the newest, else the clearest; of a
/// shift that before it too.
fn shown(view: &View<'_>, row: &Row) -> Vec<(String, String)> {
    let evidence = list(&row.value, "evidence");
    let article = |e: &Value| -> Option<&Article> {
        let id = e["article"].as_str()?;
        view.witnesses.iter().map(|w| w.article).find(|a| a.id.as_str() == id)
    };
    let quoted = |e: &Value| {
        let sentence = source::shortened(e["sentence"].as_str()?, SENTENCE);
        Some((sentence, source::named_of(article(e)?, e)))
    };
    let own = |e: &&Value| matches!(e["why"].as_str(), Some("item" | "member"));
    match row.kind {
        "dispute" => list(&row.value, "sides").iter().filter_map(|s| quoted(list(s, "evidence").first()?)).collect(),
        "meeting" | "status" => {
            let newest = evidence.iter().filter(own).rev().max_by_key(|e| article(e).and_then(|a| a.published));
            newest.or(evidence.first()).and_then(quoted).into_iter().collect()
        }
        "shift" => {
            let mut all: Vec<(String, String)> = evidence.iter().take(2).filter_map(quoted).collect();
            if let Some((sentence, _)) = all.get_mut(1) {
                *sentence = format!("before: {sentence}");
            }
            all
        }
        _ => evidence.first().and_then(quoted).into_iter().collect(),
    }
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
