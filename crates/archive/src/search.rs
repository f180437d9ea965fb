//! Finding statements, quotations and articles by their words and by what they are.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rapporteur_reading::model::Act;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::docs::{KINDS, day_number, day_of, first_place, hash, id, item_number};
use crate::{Archive, Error, Query};

/// The newest results over which counts are made and among which the most relevant are sought: a very common word is in
/// too many to look at each.
pub const COUNTED: usize = 5_000;
const RANKED: usize = 20_000;

/// What is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The whole text and title of articles.
    Articles,
    /// Sentences that hold a statement.
    Statements,
    /// Sentences that hold a quotation.
    Quotes,
}

/// What is sought. The default finds everything, newest first.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Words.
    pub query: Option<Query>,
    /// Where; everywhere if empty.
    pub fields: Vec<Field>,
    /// Acts of statements; any if empty.
    pub acts: Vec<Act>,
    /// Lists of ids of parties and people: of each list, one holds the statement or is quoted.
    pub who: Vec<Vec<String>>,
    /// Ids of issues, of which the statement is on one.
    pub issues: Option<Vec<String>>,
    /// Whether the party, person and issue of results are left out: where they are not known for this state of the archive.
    pub is_unmeant: bool,
    /// Part of the outlet, address, file or id of the article.
    pub source: Option<String>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// The most relevant first (among the newest 20,000), instead of the newest.
    pub by_relevance: bool,
    /// The most results.
    pub limit: usize,
    /// What a person decided on statements and quotations, each once.
    pub ruled: Vec<Ruled>,
}

/// What a person decided on an item that can be searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruled {
    /// Its id.
    pub id: String,
    /// Whether it is not so, and is not found.
    pub is_rejected: bool,
    /// The act that it is, if that is another than was read.
    pub act: Option<Act>,
}

/// One result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Id of the item; of the article, where that is what was found.
    pub id: String,
    /// `statement`, `quote` or `article`.
    pub kind: &'static str,
    /// Id of the article.
    pub article: String,
    /// Number of the item in its article: statements from 1, then quotations.
    pub number: usize,
    /// The day by which it is ordered: when it was said, else published.
    pub day: Option<Date>,
    /// The party and the person, where they are known.
    pub party: Option<String>,
    /// The person, where it is known.
    pub person: Option<String>,
    /// The issue, where it is known.
    pub issue: Option<String>,
    /// The act of a statement.
    pub act: Option<Act>,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The results asked for.
    pub hits: Vec<Hit>,
    /// How many there are, at most [`COUNTED`].
    pub count: usize,
    /// Whether there are more than were counted.
    pub is_more: bool,
    /// How many of those counted are of each kind, act, party, issue, outlet and month: facet, value, count, the largest first.
    pub facets: Vec<(&'static str, Vec<(String, usize)>)>,
}

/// One row of the counted results.
struct Row {
    place: i64,
    hash: i64,
    kind: usize,
    article: String,
    outlet: String,
    act: Option<i64>,
    party: Option<String>,
    person: Option<String>,
    issue: Option<String>,
}

impl Archive {
    /// Finds what is wanted.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    pub fn search(&self, wanted: &Wanted) -> Result<Found, Error> {
        rule(&self.db, &wanted.ruled).and_then(|()| self.find(wanted)).map_err(|e| self.sql(e))
    }

    fn find(&self, wanted: &Wanted) -> rusqlite::Result<Found> {
        let mut rows = self.rows(wanted, "w.place DESC", COUNTED + 1, None)?;
        let is_more = rows.len() > COUNTED;
        rows.truncate(COUNTED);
        let mut found = Found { count: rows.len(), is_more, facets: facets(&rows), hits: Vec::new() };
        let rows = match (&wanted.query, wanted.by_relevance) {
            (Some(_), true) => {
                let oldest = if is_more { self.nth_newest(wanted)? } else { None };
                self.rows(wanted, "w.rank, w.place DESC", wanted.limit.min(COUNTED), oldest)?
            }
            _ => rows,
        };
        found.hits = rows.into_iter().take(wanted.limit).map(hit).collect();
        Ok(found)
    }

    /// The place of the last result that is still ranked.
    fn nth_newest(&self, wanted: &Wanted) -> rusqlite::Result<Option<i64>> {
        let Some(query) = &wanted.query else { return Ok(None) };
        let sql = "SELECT rowid FROM words WHERE words MATCH ?1 ORDER BY rowid DESC LIMIT 1 OFFSET ?2";
        let row = self.db.prepare_cached(sql)?.query_row((query.to_fts(), RANKED as i64), |r| r.get(0));
        match row {
            Err(rusqlite::Error::QueryReturnedNoRows) => Ok(None),
            place => place.map(Some),
        }
    }

    fn rows(&self, wanted: &Wanted, order: &str, limit: usize, oldest: Option<i64>) -> rusqlite::Result<Vec<Row>> {
        let mut conditions = Conditions::of(wanted);
        if let Some(place) = oldest {
            conditions.add("w.place >= ?", place);
        }
        let from = match (&wanted.query, order.contains("rank")) {
            (Some(_), true) => "(SELECT rowid AS place, rank FROM words WHERE words MATCH ?1) w",
            (Some(_), false) => "(SELECT rowid AS place FROM words WHERE words MATCH ?1) w",
            (None, _) => "(SELECT place FROM item WHERE kind <= 2 AND ?1 IS NULL) w",
        };
        let meant = if wanted.is_unmeant { "NULL, NULL, NULL" } else { "m.party, m.person, m.issue" };
        let (act, ruled) = (act_of(wanted), if wanted.ruled.is_empty() { "" } else { RULED });
        let sql = format!(
            "SELECT w.place, i.hash, i.kind, a.id, a.outlet, {act}, {meant}
             FROM {from} CROSS JOIN item i ON i.place = w.place CROSS JOIN article a ON a.number = i.article
             LEFT JOIN meant m ON m.place = w.place {ruled}
             WHERE {} ORDER BY {order} LIMIT {limit}",
            conditions.sql()
        );
        let words = wanted.query.as_ref().map_or(Value::Null, |q| Value::Text(q.to_fts()));
        let values = std::iter::once(words).chain(conditions.values);
        let mut statement = self.db.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(values), |r| {
            Ok(Row {
                place: r.get(0)?,
                hash: r.get(1)?,
                kind: r.get::<_, i64>(2)?.unsigned_abs() as usize,
                article: r.get(3)?,
                outlet: r.get(4)?,
                act: r.get(5)?,
                party: r.get(6)?,
                person: r.get(7)?,
                issue: r.get(8)?,
            })
        })?;
        rows.collect()
    }

    /// Outlets of all articles, in their order, where no article is from a source with this part of an outlet, address, file or
    /// id; `None` where one is.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    pub fn outlets_without(&self, source: &str) -> Result<Option<Vec<String>>, Error> {
        let is_there = format!("SELECT 1 FROM article a WHERE {} LIMIT 1", of_source("?1"));
        let outlets = "SELECT DISTINCT outlet FROM article WHERE outlet <> '' ORDER BY outlet";
        let find = || {
            if self.db.prepare_cached(&is_there)?.exists([like(source)])? {
                return Ok(None);
            }
            self.db.prepare_cached(outlets)?.query_map((), |r| r.get(0))?.collect::<Result<_, _>>().map(Some)
        };
        find().map_err(|e| self.sql(e))
    }

    /// Where the words of a search stand in each of these texts: byte ranges, told as the search itself tells words.
    ///
    /// # Errors
    /// Where the database cannot make a table in memory.
    pub fn marked(&self, query: &Query, texts: &[&str]) -> Result<Vec<Vec<std::ops::Range<usize>>>, Error> {
        marks(query, texts).map_err(|e| self.sql(e))
    }
}

/// What was decided, beside the items it is about; the table is the connection's own.
const RULED: &str = "LEFT JOIN temp.ruled r ON r.kind = i.kind AND r.hash = i.hash";

/// The act of an item: what a person says it is, else what was read.
fn act_of(wanted: &Wanted) -> &'static str {
    if wanted.ruled.is_empty() { "i.act" } else { "coalesce(r.act, i.act)" }
}

fn rule(db: &Connection, ruled: &[Ruled]) -> rusqlite::Result<()> {
    if ruled.is_empty() {
        return Ok(());
    }
    let moment = db.unchecked_transaction()?;
    moment.execute_batch(
        "CREATE TEMP TABLE IF NOT EXISTS ruled (kind INTEGER, hash INTEGER, is_rejected INTEGER, act INTEGER, \
         PRIMARY KEY (kind, hash)) WITHOUT ROWID; DELETE FROM temp.ruled",
    )?;
    let mut insert = moment.prepare("INSERT OR REPLACE INTO temp.ruled VALUES (?1, ?2, ?3, ?4)")?;
    for one in ruled {
        let (kind, hex) = one.id.rsplit_once('-').unwrap_or_default();
        let act = one.act.and_then(|act| Act::ALL.iter().position(|a| *a == act)).map(|n| n as i64);
        if let (Some(kind), Some(hash)) = (KINDS.iter().position(|k| *k == kind), hash(hex)) {
            insert.execute((kind as i64, hash, one.is_rejected, act))?;
        }
    }
    drop(insert);
    moment.commit()
}

/// Marks that stand in no text that is kept: both are dropped from what is looked at.
const OPEN: char = '\u{1}';
const CLOSE: char = '\u{2}';

fn marks(query: &Query, texts: &[&str]) -> rusqlite::Result<Vec<Vec<std::ops::Range<usize>>>> {
    let db = Connection::open_in_memory()?;
    db.execute_batch("CREATE VIRTUAL TABLE t USING fts5(text, tokenize = 'porter unicode61 remove_diacritics 2')")?;
    let mut insert = db.prepare("INSERT INTO t (rowid, text) VALUES (?1, ?2)")?;
    for (n, text) in texts.iter().enumerate() {
        // marks of the text's own are no letters, so that a space tells words apart as well
        insert.execute((n as i64, text.replace([OPEN, CLOSE], " ")))?;
    }
    let mut all = vec![Vec::new(); texts.len()];
    let sql = "SELECT rowid, highlight(t, 0, char(1), char(2)) FROM t WHERE t MATCH ?1";
    let mut select = db.prepare(sql)?;
    let mut rows = select.query([query.to_fts()])?;
    while let Some(row) = rows.next()? {
        let n = row.get::<_, i64>(0)?.unsigned_abs() as usize;
        if let Some(ranges) = all.get_mut(n) {
            *ranges = ranges_of(&row.get::<_, String>(1)?);
        }
    }
    Ok(all)
}

fn ranges_of(marked: &str) -> Vec<std::ops::Range<usize>> {
    let (mut ranges, mut start, mut at) = (Vec::new(), 0, 0);
    for c in marked.chars() {
        match c {
            OPEN => start = at,
            CLOSE => ranges.push(start..at),
            c => at += c.len_utf8(),
        }
    }
    ranges
}

fn hit(row: Row) -> Hit {
    let id = if row.kind == 0 { row.article.clone() } else { id(row.kind, row.hash) };
    Hit {
        id,
        kind: KINDS.get(row.kind).copied().unwrap_or_default(),
        number: item_number(row.place),
        day: day_of(row.place),
        article: row.article,
        party: row.party,
        person: row.person,
        issue: row.issue,
        act: act(row.act),
    }
}

fn act(number: Option<i64>) -> Option<Act> {
    Act::ALL.get(usize::try_from(number?).ok()?).copied()
}

fn facets(rows: &[Row]) -> Vec<(&'static str, Vec<(String, usize)>)> {
    let count = |value: &dyn Fn(&Row) -> Option<String>| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        rows.iter().filter_map(value).filter(|v| !v.is_empty()).for_each(|v| *counts.entry(v).or_default() += 1);
        let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        counts
    };
    vec![
        ("kind", count(&|r| KINDS.get(r.kind).map(ToString::to_string))),
        ("act", count(&|r| act(r.act).map(|a| a.as_str().to_string()))),
        ("party", count(&|r| r.party.clone())),
        ("person", count(&|r| r.person.clone())),
        ("issue", count(&|r| r.issue.clone())),
        ("outlet", count(&|r| Some(r.outlet.clone()))),
        ("month", count(&|r| day_of(r.place).map(|d| d.to_string()[..7].to_string()))),
    ]
}

/// That an article `a` is from a source that is like `value`.
fn of_source(value: &str) -> String {
    let like = |column: &str| format!("{column} LIKE {value} ESCAPE '\\'");
    format!(
        "({} OR {} OR EXISTS (SELECT 1 FROM source s WHERE s.article = a.number AND ({} OR {})))",
        like("a.outlet"),
        like("a.id"),
        like("s.path"),
        like("s.said"),
    )
}

/// The pattern for any text with this part.
fn like(part: &str) -> String {
    format!("%{}%", part.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}

/// Conditions of a search with their values, from the second parameter on.
struct Conditions {
    sql: Vec<String>,
    values: Vec<Value>,
}

impl Conditions {
    fn of(wanted: &Wanted) -> Self {
        let mut all = Self { sql: Vec::new(), values: Vec::new() };
        let kinds = wanted.fields.iter().map(|f| match f {
            Field::Articles => 0_i64,
            Field::Statements => 1,
            Field::Quotes => 2,
        });
        all.one_of("i.kind", kinds.map(Value::from).collect::<Vec<_>>(), wanted.fields.is_empty());
        let acts =
            wanted.acts.iter().filter_map(|a| Act::ALL.iter().position(|b| a == b)).map(|n| Value::from(n as i64));
        all.one_of(act_of(wanted), acts.collect(), wanted.acts.is_empty());
        if !wanted.ruled.is_empty() {
            all.sql.push("r.is_rejected IS NOT 1".to_string());
        }
        if let Some(from) = wanted.from {
            all.add("w.place >= ?", first_place(day_number(Some(from))));
        }
        if let Some(to) = wanted.to {
            all.add("w.place < ?", first_place(day_number(Some(to)) + 1));
            all.add("w.place >= ?", first_place(1)); // what has no day is in no time
        }
        wanted.who.iter().for_each(|who| all.either_of(&["m.party", "m.person"], who));
        if let Some(issues) = &wanted.issues {
            all.either_of(&["m.issue"], issues);
        }
        if let Some(source) = &wanted.source {
            all.sql.push(of_source("?"));
            all.values.extend(std::iter::repeat_n(Value::Text(like(source)), 4));
        }
        all
    }

    fn add(&mut self, sql: &str, value: i64) {
        self.sql.push(sql.to_string());
        self.values.push(Value::from(value));
    }

    fn one_of(&mut self, column: &str, values: Vec<Value>, is_any: bool) {
        if !is_any {
            self.sql.push(format!("{column} IN ({})", vec!["?"; values.len()].join(", ")));
            self.values.extend(values);
        }
    }

    fn either_of(&mut self, columns: &[&str], ids: &[String]) {
        let marks = vec!["?"; ids.len()].join(", ");
        let either: Vec<String> = columns.iter().map(|c| format!("{c} IN ({marks})")).collect();
        self.sql.push(format!("({})", either.join(" OR ")));
        columns.iter().for_each(|_| self.values.extend(ids.iter().cloned().map(Value::Text)));
    }

    fn sql(&self) -> String {
        let all = if self.sql.is_empty() { "1".to_string() } else { self.sql.join(" AND ") };
        // `?1` is the words; the others are numbered after it, one by one
        let mut pieces = all.split('?');
        let mut sql = pieces.next().unwrap_or_default().to_string();
        for (n, piece) in pieces.enumerate() {
            sql += &format!("?{}{piece}", n + 2);
        }
        sql
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_where_the_words_are_however_they_end() {
        let query = Query::parse("refuse OR \"łódź talks\"").unwrap();
        let texts = ["Kyiv refused; Łódź talks go on.", "Nothing.", "a \u{1}refusing\u{2} b"];
        let found = marks(&query, &texts).unwrap();
        let words: Vec<Vec<&str>> =
            found.iter().zip(texts).map(|(r, t)| r.iter().map(|r| &t[r.clone()]).collect()).collect();
        assert_eq!(words, [vec!["refused", "Łódź talks"], vec![], vec!["refusing"]]);
    }
}
