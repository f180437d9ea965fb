//! What an address asks for: the day, the filters, and which part of a list.

use jiff::civil::Date;
use rapporteur_report::export::Row;
use rapporteur_report::filter::Filter;
use rapporteur_text::Moment;
use url::form_urlencoded;

use crate::Fault;

/// The longest query, in bytes, and the most values in it.
const LONGEST: usize = 4096;
const MOST: usize = 64;
/// Rows of a list that are shown unless something else is asked for, and the most that can be.
const SHOWN: usize = 50;
const MOST_SHOWN: usize = 500;

/// Names and values of a query or a form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Parses a query or the body of a form. Values that are empty count as not there.
    pub(crate) fn of(written: &[u8]) -> Result<Self, Fault> {
        let all: Vec<(String, String)> = form_urlencoded::parse(written)
            .take(MOST + 1)
            .map(|(name, value)| (name.into_owned(), value.trim().to_string()))
            .collect();
        if all.len() > MOST {
            return Err(Fault::wrong(format!("there are more than {MOST} values")));
        }
        Ok(Self(all.into_iter().filter(|(_, value)| !value.is_empty()).collect()))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// A day in a field.
    pub(crate) fn day(&self, name: &str) -> Result<Option<Date>, Fault> {
        let parse = |words: &str| {
            let wrong = |_| Fault::wrong(format!("`{name}` is `{words}`: expected a day, as 2026-01-28"));
            words.parse::<Date>().map_err(wrong)
        };
        self.get(name).map(parse).transpose()
    }

    fn number<T: std::str::FromStr>(&self, name: &str, expected: &str) -> Result<Option<T>, Fault> {
        let parse = |words: &str| {
            let wrong = |_| Fault::wrong(format!("`{name}` is `{words}`: expected {expected}"));
            words.parse::<T>().map_err(wrong)
        };
        self.get(name).map(parse).transpose()
    }
}

/// What an address asks for.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) fields: Fields,
    pub(crate) as_of: Option<Date>,
    pub(crate) filter: Filter,
    after: Option<Cursor>,
    limit: usize,
}

/// The last row that was shown: what comes behind it in the order of lists is next, whatever is added meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cursor {
    at: Option<Moment>,
    id: String,
}

/// A part of a list.
#[derive(Debug)]
pub(crate) struct Part<'r> {
    pub(crate) rows: Vec<&'r Row>,
    /// How many there are in all.
    pub(crate) count: usize,
    /// Where the next part begins; `None` where there is none.
    pub(crate) next: Option<String>,
}

impl Asked {
    /// What a query asks for.
    pub(crate) fn of(query: &str) -> Result<Self, Fault> {
        if query.len() > LONGEST {
            return Err(Fault::wrong(format!("the query is longer than {LONGEST} bytes")));
        }
        let fields = Fields::of(query.as_bytes())?;
        let mut filter = Filter::default();
        let named = |name: &str| fields.get(name).map(str::to_string);
        (filter.party, filter.issue, filter.source) = (named("party"), named("issue"), named("source"));
        (filter.from, filter.to) = (fields.day("from")?, fields.day("to")?);
        filter.min_confidence = fields.number("min_confidence", "a number from 0 to 1")?.unwrap_or(0.0);
        if !(0.0..=1.0).contains(&filter.min_confidence) {
            return Err(Fault::wrong("`min_confidence` is not from 0 to 1"));
        }
        let limit = fields.number("limit", "a whole number")?.unwrap_or(SHOWN).clamp(1, MOST_SHOWN);
        let after = fields.get("after").map(Cursor::of).transpose()?;
        Ok(Self { as_of: fields.day("as_of")?, filter, after, limit, fields })
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.fields.get(name)
    }

    pub(crate) fn limit(&self) -> usize {
        self.limit
    }

    pub(crate) fn is_filtered(&self) -> bool {
        self.filter != Filter::default()
    }

    /// An address under the same day.
    pub(crate) fn link(&self, path: &str) -> String {
        match self.as_of {
            Some(day) => format!("{path}?as_of={day}"),
            None => path.to_string(),
        }
    }

    /// The same query with other values for some names; `None` takes one away.
    pub(crate) fn with(&self, path: &str, changes: &[(&str, Option<&str>)]) -> String {
        let is_changed = |name: &str| changes.iter().any(|(n, _)| *n == name);
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in self.fields.0.iter().filter(|(n, _)| !is_changed(n)) {
            query.append_pair(name, value);
        }
        for (name, value) in changes.iter().filter_map(|(n, v)| Some((n, (*v)?))) {
            query.append_pair(name, value);
        }
        let query = query.finish();
        if query.is_empty() { path.to_string() } else { format!("{path}?{query}") }
    }

    /// The part that is asked for, the newest first, those of no day last.
    pub(crate) fn part<'r>(&self, mut rows: Vec<&'r Row>) -> Part<'r> {
        rows.sort_by(|a, b| order(key(a), key(b)));
        let count = rows.len();
        if let Some(after) = &self.after {
            rows.retain(|r| order(key(r), (after.at, &after.id)).is_gt());
        }
        let is_more = rows.len() > self.limit;
        rows.truncate(self.limit);
        let next = rows.last().filter(|_| is_more).map(|r| Cursor { at: key(r).0, id: key(r).1.to_string() }.written());
        Part { rows, count, next }
    }
}

fn key(row: &Row) -> (Option<Moment>, &str) {
    (row.date, row.value["id"].as_str().unwrap_or_default())
}

fn order(a: (Option<Moment>, &str), b: (Option<Moment>, &str)) -> std::cmp::Ordering {
    (a.0.is_none(), std::cmp::Reverse(a.0), a.1).cmp(&(b.0.is_none(), std::cmp::Reverse(b.0), b.1))
}

impl Cursor {
    fn of(written: &str) -> Result<Self, Fault> {
        let wrong = || Fault::wrong(format!("`after` is `{written}`: give what `next` had"));
        let (at, id) = written.split_once('~').ok_or_else(wrong)?;
        let at = if at == "-" { None } else { Some(at.parse().map_err(|_| wrong())?) };
        Ok(Self { at, id: id.to_string() })
    }

    fn written(&self) -> String {
        let at = self.at.map_or_else(|| "-".to_string(), |at| at.to_string());
        format!("{at}~{}", self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn row(day: Option<&str>, id: &str) -> Row {
        let date = day.map(|d| d.parse().unwrap());
        Row { kind: "shift", date, article: String::new(), start: 0, value: json!({"id": id}) }
    }

    /// Ids of all parts, one after the other, where `added` comes in after the first.
    fn read(mut all: Vec<Row>, added: Vec<Row>) -> Vec<String> {
        let (mut seen, mut after) = (Vec::new(), None::<String>);
        let mut added = Some(added);
        loop {
            let query = after.map_or_else(|| "limit=2".to_string(), |a| format!("limit=2&after={a}"));
            let part = Asked::of(&query).unwrap().part(all.iter().collect());
            seen.extend(part.rows.iter().map(|r| r.value["id"].as_str().unwrap().to_string()));
            let Some(next) = part.next else { return seen };
            after = Some(next);
            all.extend(added.take().into_iter().flatten());
        }
    }

    #[test]
    fn a_list_is_read_to_its_end_once_whatever_is_added_meanwhile() {
        let all = || {
            vec![
                row(None, "z"),
                row(Some("2025-03-01"), "b"),
                row(Some("2025-03-01"), "a"),
                row(Some("2025-04-02"), "c"),
                row(None, "y"),
            ]
        };
        assert_eq!(read(all(), vec![]), ["c", "a", "b", "y", "z"]);
        let added = vec![row(Some("2025-05-01"), "new"), row(Some("2025-04-02"), "b2"), row(Some("2025-03-01"), "a0")];
        assert_eq!(
            read(all(), added),
            ["c", "a", "a0", "b", "y", "z"],
            "what is newer than the mark is on the first page"
        );
    }

    #[test]
    fn what_means_nothing_is_named() {
        let wrong = |query: &str| Asked::of(query).unwrap_err().message().to_string();
        assert_eq!(wrong("as_of=March"), "`as_of` is `March`: expected a day, as 2026-01-28");
        assert_eq!(wrong("limit=many"), "`limit` is `many`: expected a whole number");
        assert_eq!(wrong("after=2025"), "`after` is `2025`: give what `next` had");
        assert_eq!(wrong("min_confidence=2"), "`min_confidence` is not from 0 to 1");
        assert!(wrong(&"a=1&".repeat(65)).contains("more than 64"));
        assert_eq!(Asked::of("limit=100000").unwrap().limit(), MOST_SHOWN);
    }

    #[test]
    fn addresses_keep_what_was_asked() {
        let asked = Asked::of("as_of=2025-03-01&party=A%26B&after=-~x").unwrap();
        assert_eq!(asked.link("/positions"), "/positions?as_of=2025-03-01");
        let next = asked.with("/log", &[("after", Some("-~y z"))]);
        assert_eq!(next, "/log?as_of=2025-03-01&party=A%26B&after=-%7Ey+z");
    }
}
