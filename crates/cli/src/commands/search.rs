//! `rapporteur search`: what was said, by its words.

use std::io::Write;

use rapporteur::archive::{Field, Query};
use rapporteur::folder::{Ask, Results, SearchResult};
use rapporteur::reading::model::Act;
use rapporteur::report::source;
use serde_json::{Value, json};

use crate::args::{Search, SearchIn, TableFormat};
use crate::request::days;
use crate::status::{Done, Usage};
use crate::{folder, text};

/// Values of a facet that are printed.
const VALUES: usize = 6;

/// Finds and prints.
pub(crate) fn run(typed: &Search) -> anyhow::Result<Done> {
    let ask = ask(typed)?;
    let mut kept = folder::open_or_look()?;
    let found = kept.search(&ask)?;
    found.unknown.iter().for_each(|u| anstream::eprintln!("warning: {u}"));
    let mut out = std::io::stdout().lock();
    match typed.format {
        TableFormat::Text => out.write_all(printed(&found).as_bytes())?,
        TableFormat::Json => writeln!(out, "{}", json(&found))?,
        TableFormat::Csv => out.write_all(csv(&found).as_bytes())?,
    }
    Ok(Done::All)
}

fn ask(typed: &Search) -> anyhow::Result<Ask> {
    let mut ask = Ask::default();
    let words = typed.query.join(" ");
    if !words.trim().is_empty() {
        ask.query = Some(Query::parse(&words).map_err(Usage)?);
    }
    ask.fields = typed
        .fields
        .iter()
        .map(|f| match f {
            SearchIn::Statements => Field::Statements,
            SearchIn::Quotes => Field::Quotes,
            SearchIn::Articles => Field::Articles,
        })
        .collect();
    for act in &typed.acts {
        let known = || Act::ALL.iter().map(|a| a.as_str()).collect::<Vec<_>>().join(", ");
        let act =
            Act::from_written(act).ok_or_else(|| Usage(format!("`{act}` is no act: expected one of {}", known())))?;
        ask.acts.push(act);
    }
    ask.party.clone_from(&typed.party);
    ask.person.clone_from(&typed.person);
    ask.issue.clone_from(&typed.issue);
    ask.source.clone_from(&typed.source);
    (ask.from, ask.to) = days(typed.from.as_deref(), typed.to.as_deref())?;
    (ask.by_relevance, ask.limit) = (typed.by_relevance, typed.limit);
    let is_filtered = ask.party.is_some() || ask.person.is_some() || ask.issue.is_some() || ask.source.is_some();
    if ask.query.is_none() && !is_filtered && ask.acts.is_empty() && ask.from.is_none() && ask.to.is_none() {
        return Err(Usage("nothing to search for: give words, or a filter such as `--party`".to_string()).into());
    }
    Ok(ask)
}

fn printed(found: &Results) -> String {
    let mut out = String::new();
    let width = super::width();
    for r in &found.results {
        let day = r.hit.day.map_or_else(|| "no date".to_string(), |d| d.to_string());
        let act = r.hit.act.map_or("", |a| a.as_str());
        let said =
            [r.who.as_str(), r.issue.as_str(), act].iter().filter(|w| !w.is_empty()).copied().collect::<Vec<_>>();
        let said = if r.hit.number == 0 { r.article.title.clone() } else { said.join(" · ") };
        out += &text::wrapped(&format!("{day}  {}  {said}", r.hit.id), width, "", "    ");
        let sentence = text::marked(r.shown.slice(&r.article.text), &relative(r), super::is_coloured());
        let own = (r.hit.number > 0).then_some(r.shown);
        out += &text::wrapped(&format!("{sentence} [{}]", source::named_at(&r.article, own)), width, "    ", "    ");
    }
    if found.results.is_empty() {
        return out + "nothing found\n";
    }
    let more = if found.is_more { format!("the newest {}", found.count) } else { found.count.to_string() };
    out += &format!("\n{} of {more} shown\n", found.results.len());
    for (facet, values) in found.facets.iter().filter(|(_, v)| !v.is_empty()) {
        let shown: Vec<String> = values.iter().take(VALUES).map(|(v, n)| format!("{v} {n}")).collect();
        let rest = if values.len() > VALUES { format!(", {} more", values.len() - VALUES) } else { String::new() };
        out += &text::wrapped(&format!("{facet}: {}{rest}", shown.join(", ")), width, "  ", "      ");
    }
    out
}

/// The marks, counted in what is shown.
fn relative(r: &SearchResult) -> Vec<std::ops::Range<usize>> {
    let start = r.shown.start();
    r.marks.iter().map(|m| m.start - start..m.end - start).collect()
}

/// As data.
pub(crate) fn json(found: &Results) -> Value {
    let facets: serde_json::Map<String, Value> = found
        .facets
        .iter()
        .map(|(facet, values)| {
            let values = values.iter().map(|(v, n)| json!({"value": v, "count": n})).collect();
            ((*facet).to_string(), values)
        })
        .collect();
    let results: Vec<Value> = found.results.iter().map(record).collect();
    json!({"count": found.count, "is_more": found.is_more, "results": results, "facets": facets})
}

fn record(r: &SearchResult) -> Value {
    let (article, hit) = (&r.article, &r.hit);
    let first = article.sources.first();
    let vanished = (hit.number > 0).then(|| article.vanished(r.shown)).flatten();
    let vanished = vanished.map_or(Value::Null, |v| json!({"article": v.article, "seen": v.seen, "gone": v.gone}));
    json!({
        "id": hit.id, "kind": hit.kind, "article": hit.article, "day": hit.day.map(|d| d.to_string()),
        "who": r.who, "act": hit.act, "issue": r.issue, "outlet": article.outlet, "title": article.title,
        "published": article.published, "path": first.map_or("", |s| s.path.as_str()), "url": first.map_or("", |s| s.url.as_str()),
        "start": r.shown.start(), "end": r.shown.end(), "text": r.shown.slice(&article.text),
        "hits": r.marks.iter().map(|m| json!({"start": m.start, "end": m.end, "text": article.text.get(m.clone())})).collect::<Value>(),
        "vanished": vanished,
    })
}

fn csv(found: &Results) -> String {
    let columns = [
        "id",
        "kind",
        "article",
        "day",
        "who",
        "act",
        "issue",
        "outlet",
        "title",
        "published",
        "path",
        "url",
        "start",
        "end",
        "text",
        "hits",
        "vanished",
    ];
    let mut out = columns.join(",") + "\n";
    for r in &found.results {
        let record = record(r);
        let cells: Vec<String> = columns.iter().map(|c| text::cell(&record[*c])).collect();
        out += &(cells.join(",") + "\n");
    }
    out
}
