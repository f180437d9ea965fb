//! The dossier as a file: `dossier.toml`, which a person can write and edit.

use std::fmt;
use std::ops::Range;

use toml_edit::{Array, ArrayOfTables, Document, DocumentMut, InlineTable, Item, Table, TableLike, Value, value};

use crate::draft::DRAFTED;
use crate::model::{Alias, Dossier, Issue, IssueId, Merge, Party, PartyId, PartySort, Person, PersonId};
use crate::words::slug;

const TOP: &[&str] = &["name", "ignore", "party", "person", "issue", "possible", "drafted"];
const PARTY: &[&str] = &["id", "name", "sort", "aliases", "not", "part_of", "qid", "merges"];
const PERSON: &[&str] = &["id", "name", "aliases", "not", "party", "merges"];
const ISSUE: &[&str] = &["id", "name", "proposition", "terms", "weak_terms", "contrary_terms", "proponents"];
const MERGE: &[&str] = &["a", "b", "reason", "by", "confidence"];

/// A `dossier.toml` that cannot be used, with the place of the fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DossierError {
    path: String,
    line: usize,
    column: usize,
    kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Syntax(String),
    UnknownKey { key: String, of: &'static str, known: &'static [&'static str] },
    WrongType { key: String, expected: &'static str, found: &'static str },
    WrongValue { key: String, value: String, known: &'static [&'static str] },
    Missing { key: &'static str, of: &'static str },
    Twice { id: String, of: &'static str },
    NoSuchParty { id: String, near: Option<String> },
}

impl DossierError {
    /// Line of the fault, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// Column of the fault in characters, from 1.
    pub fn column(&self) -> usize {
        self.column
    }

    /// Whether the file is not TOML at all.
    pub fn is_syntax(&self) -> bool {
        matches!(self.kind, Kind::Syntax(_))
    }

    /// Whether a key is not known.
    pub fn is_unknown_key(&self) -> bool {
        matches!(self.kind, Kind::UnknownKey { .. })
    }
}

impl fmt::Display for DossierError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "failed to read dossier `{}` at line {}, column {}: ", self.path, self.line, self.column)?;
        let mean = |f: &mut fmt::Formatter<'_>, word: &str, known: &'static [&'static str]| match nearest(
            word,
            known.iter().copied(),
        ) {
            Some(near) => write!(f, "; did you mean `{near}`?"),
            None => write!(f, "; expected one of {}", list(known)),
        };
        match &self.kind {
            Kind::Syntax(message) => write!(f, "{message}"),
            Kind::UnknownKey { key, of, known } => {
                write!(f, "unknown key `{key}` in {of}")?;
                mean(f, key, known)
            }
            Kind::WrongType { key, expected, found } => write!(f, "`{key}` must be {expected}, found {found}"),
            Kind::WrongValue { key, value, known } => {
                write!(f, "`{key}` cannot be `{value}`")?;
                mean(f, value, known)
            }
            Kind::Missing { key, of } => write!(f, "{of} needs a `{key}`"),
            Kind::Twice { id, of } => write!(f, "two {of} have the id `{id}`; give one of them another `id`"),
            Kind::NoSuchParty { id, near } => {
                write!(f, "no party has the id `{id}`")?;
                near.as_ref().map_or(Ok(()), |n| write!(f, "; did you mean `{n}`?"))
            }
        }
    }
}

impl std::error::Error for DossierError {}

fn list(words: &[&str]) -> String {
    words.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join(", ")
}

/// The known word that is nearest, if near enough to be a slip.
pub(crate) fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let scored = known.map(|k| (strsim::jaro_winkler(word, k), k));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))?;
    (best.0 >= 0.75).then_some(best.1)
}

/// A dossier from the text of a `dossier.toml`; `path` is only for messages.
///
/// Every key but `name` may be left out: an `id` is then the slug of the name. Aliases from a file have count 0.
///
/// # Errors
/// What is no TOML, unknown keys, wrong types and values, ids given twice and parties that do not exist are named with
/// line and column.
///
/// # Example
/// ```
/// let dossier = rapporteur_dossier::from_toml(
///     "[[party]]\nname = \"Vandoria\"\naliases = [\"Ostrel\"]\n\n[[issue]]\nname = \"grain duty\"\nterms = [\"levy\"]\n",
///     "dossier.toml",
/// ).unwrap();
/// assert_eq!(dossier.parties[0].id.as_str(), "vandoria");
///
/// let error = rapporteur_dossier::from_toml("[[party]]\nname = \"Vandoria\"\nalias = []\n", "dossier.toml").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "failed to read dossier `dossier.toml` at line 3, column 1: unknown key `alias` in a party; did you mean `aliases`?"
/// );
/// ```
pub fn from_toml(text: &str, path: &str) -> Result<Dossier, DossierError> {
    let reader = Reader { text, path };
    let document = Document::parse(text).map_err(|e| {
        let message = e.message().trim().replace('\n', ", ");
        reader.error(e.span(), Kind::Syntax(message))
    })?;
    let top: &dyn TableLike = document.as_table();
    reader.keys(top, "a dossier", TOP)?;
    let mut dossier = Dossier { name: reader.string(top, "name")?.unwrap_or_default(), ..Dossier::default() };
    let mut spans = Vec::new();
    for table in reader.tables(top, "party")? {
        let (party, part_of) = reader.party(table)?;
        reader.once(table, party.id.as_str(), dossier.parties.iter().map(|p| p.id.as_str()), "parties")?;
        spans.extend(part_of.map(|s| (party.part_of.clone(), s)));
        dossier.parties.push(party);
    }
    for table in reader.tables(top, "person")? {
        let (person, of) = reader.person(table)?;
        let parties = dossier.parties.iter().map(|p| p.id.as_str());
        let people = dossier.people.iter().map(|p| p.id.as_str());
        reader.once(table, person.id.as_str(), people.chain(parties), "parties or people")?;
        spans.extend(of.map(|s| (person.party.clone(), s)));
        dossier.people.push(person);
    }
    for table in reader.tables(top, "issue")? {
        let issue = reader.issue(table)?;
        reader.once(table, issue.id.as_str(), dossier.issues.iter().map(|i| i.id.as_str()), "issues")?;
        let span = table.get("proponents").and_then(Item::span).unwrap_or_default();
        spans.extend(issue.proponents.iter().map(|p| (Some(p.clone()), span.clone())));
        dossier.issues.push(issue);
    }
    for table in reader.tables(top, "possible")? {
        dossier.possible.push(reader.merge(table)?);
    }
    for (id, span) in spans {
        if let Some(id) = id.filter(|id| dossier.party(id).is_none()) {
            let near = nearest(id.as_str(), dossier.parties.iter().map(|p| p.id.as_str())).map(str::to_string);
            return Err(reader.error(Some(span), Kind::NoSuchParty { id: id.to_string(), near }));
        }
    }
    reader.memory(top)?;
    dossier.parties.sort_by(|a, b| a.id.cmp(&b.id));
    dossier.people.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(dossier)
}

/// Reads values and says where they are wrong.
struct Reader<'t> {
    text: &'t str,
    path: &'t str,
}

impl Reader<'_> {
    fn error(&self, span: Option<Range<usize>>, kind: Kind) -> DossierError {
        let at = span.map_or(0, |s| s.start).min(self.text.len());
        let before = self.text.get(..at).unwrap_or("");
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        DossierError { path: self.path.to_string(), line, column, kind }
    }

    fn keys(
        &self,
        table: &dyn TableLike,
        of: &'static str,
        known: &'static [&'static str],
    ) -> Result<(), DossierError> {
        match table.iter().find(|(key, _)| !known.contains(key)) {
            Some((key, item)) => {
                let span = table.key(key).and_then(toml_edit::Key::span).or_else(|| item.span());
                Err(self.error(span, Kind::UnknownKey { key: key.to_string(), of, known }))
            }
            None => Ok(()),
        }
    }

    fn wrong(&self, key: &str, expected: &'static str, item: &Item, span: Option<Range<usize>>) -> DossierError {
        let found = match item.type_name() {
            "string" => "a string",
            "integer" => "an integer",
            "float" => "a float",
            "boolean" => "a boolean",
            "datetime" => "a date",
            "array" => "an array",
            "array of tables" => "tables",
            _ => "a table",
        };
        self.error(span.or_else(|| item.span()), Kind::WrongType { key: key.to_string(), expected, found })
    }

    fn string(&self, table: &dyn TableLike, key: &str) -> Result<Option<String>, DossierError> {
        let Some(item) = table.get(key) else { return Ok(None) };
        match item.as_str() {
            Some(words) => Ok(Some(words.to_string())),
            None => Err(self.wrong(key, "a string", item, item.span())),
        }
    }

    fn strings(&self, table: &dyn TableLike, key: &str) -> Result<Vec<String>, DossierError> {
        let Some(item) = table.get(key) else { return Ok(Vec::new()) };
        let Some(array) = item.as_array() else {
            return Err(self.wrong(key, "an array of strings", item, item.span()));
        };
        array
            .iter()
            .map(|v| match v.as_str() {
                Some(words) => Ok(words.to_string()),
                None => Err(self.wrong(key, "an array of strings", &Item::Value(v.clone()), v.span())),
            })
            .collect()
    }

    fn tables<'a>(&self, table: &'a dyn TableLike, key: &'static str) -> Result<Vec<&'a dyn TableLike>, DossierError> {
        let Some(item) = table.get(key) else { return Ok(Vec::new()) };
        if let Some(tables) = item.as_array_of_tables() {
            return Ok(tables.iter().map(|t| t as &dyn TableLike).collect());
        }
        let expected = "an array of tables (`[[...]]`)";
        let Some(array) = item.as_array() else { return Err(self.wrong(key, expected, item, item.span())) };
        array
            .iter()
            .map(|v| match v.as_inline_table() {
                Some(t) => Ok(t as &dyn TableLike),
                None => Err(self.wrong(key, expected, &Item::Value(v.clone()), v.span())),
            })
            .collect()
    }

    /// Where a table is, as far as its first key tells.
    fn place(table: &dyn TableLike) -> Option<Range<usize>> {
        table
            .iter()
            .filter_map(|(k, i)| table.key(k).and_then(toml_edit::Key::span).or_else(|| i.span()))
            .min_by_key(|s| s.start)
    }

    fn name(&self, table: &dyn TableLike, of: &'static str) -> Result<String, DossierError> {
        let name = self.string(table, "name")?.filter(|n| !n.trim().is_empty());
        name.ok_or_else(|| self.error(Self::place(table), Kind::Missing { key: "name", of }))
    }

    fn once<'a>(
        &self,
        table: &dyn TableLike,
        id: &str,
        mut others: impl Iterator<Item = &'a str>,
        of: &'static str,
    ) -> Result<(), DossierError> {
        let span = table.get("id").and_then(Item::span).or_else(|| Self::place(table));
        match others.any(|o| o == id) {
            true => Err(self.error(span, Kind::Twice { id: id.to_string(), of })),
            false => Ok(()),
        }
    }

    fn aliases(&self, table: &dyn TableLike) -> Result<Vec<Alias>, DossierError> {
        Ok(self.strings(table, "aliases")?.into_iter().map(|name| Alias { name, count: 0 }).collect())
    }

    fn id(&self, table: &dyn TableLike, name: &str) -> Result<String, DossierError> {
        Ok(self.string(table, "id")?.unwrap_or_else(|| slug(name)))
    }

    fn party(&self, table: &dyn TableLike) -> Result<(Party, Option<Range<usize>>), DossierError> {
        self.keys(table, "a party", PARTY)?;
        let name = self.name(table, "a party")?;
        let sort = match self.string(table, "sort")?.as_deref() {
            None | Some("party") => PartySort::Party,
            Some("organisation") => PartySort::Organisation,
            Some("place") => PartySort::Place,
            Some(other) => {
                let known = &["party", "organisation", "place"];
                let kind = Kind::WrongValue { key: "sort".into(), value: other.to_string(), known };
                return Err(self.error(table.get("sort").and_then(Item::span), kind));
            }
        };
        let party = Party {
            id: PartyId::new(self.id(table, &name)?),
            sort,
            aliases: self.aliases(table)?,
            part_of: self.string(table, "part_of")?.map(PartyId::new),
            merges: self.merges(table)?,
            not: self.strings(table, "not")?,
            qid: self.string(table, "qid")?.unwrap_or_default(),
            name,
        };
        Ok((party, table.get("part_of").and_then(Item::span)))
    }

    fn person(&self, table: &dyn TableLike) -> Result<(Person, Option<Range<usize>>), DossierError> {
        self.keys(table, "a person", PERSON)?;
        let name = self.name(table, "a person")?;
        let person = Person {
            id: PersonId::new(self.id(table, &name)?),
            aliases: self.aliases(table)?,
            party: self.string(table, "party")?.map(PartyId::new),
            roles: Vec::new(),
            merges: self.merges(table)?,
            not: self.strings(table, "not")?,
            name,
        };
        Ok((person, table.get("party").and_then(Item::span)))
    }

    fn issue(&self, table: &dyn TableLike) -> Result<Issue, DossierError> {
        self.keys(table, "an issue", ISSUE)?;
        let name = self.name(table, "an issue")?;
        Ok(Issue {
            id: IssueId::new(self.id(table, &name)?),
            proposition: self.string(table, "proposition")?.unwrap_or_default(),
            terms: self.strings(table, "terms")?,
            weak_terms: self.strings(table, "weak_terms")?,
            contrary_terms: self.strings(table, "contrary_terms")?,
            proponents: self.strings(table, "proponents")?.into_iter().map(PartyId::new).collect(),
            name,
        })
    }

    /// What `discover` keeps for itself: names it never proposes, and what it has put in.
    fn memory(&self, top: &dyn TableLike) -> Result<(), DossierError> {
        self.strings(top, "ignore")?;
        let Some(item) = top.get("drafted") else { return Ok(()) };
        let Some(table) = item.as_table_like() else {
            return Err(self.wrong("drafted", "a table (`[drafted]`)", item, item.span()));
        };
        self.keys(table, "`[drafted]`", DRAFTED)?;
        DRAFTED.iter().try_for_each(|key| self.strings(table, key).map(drop))
    }

    fn merges(&self, table: &dyn TableLike) -> Result<Vec<Merge>, DossierError> {
        self.tables(table, "merges")?.into_iter().map(|t| self.merge(t)).collect()
    }

    fn merge(&self, table: &dyn TableLike) -> Result<Merge, DossierError> {
        self.keys(table, "a merge", MERGE)?;
        let read = |key| Ok::<String, DossierError>(self.string(table, key)?.unwrap_or_default());
        let confidence = self.share(table, "confidence")?;
        let (a, b, reason, by) = (read("a")?, read("b")?, read("reason")?, read("by")?);
        Ok(Merge { a, b, reason, by, confidence, evidence: Vec::new() })
    }

    /// A number from 0 to 1, in hundredths; 0 where there is none.
    fn share(&self, table: &dyn TableLike, key: &str) -> Result<u8, DossierError> {
        let Some(item) = table.get(key) else { return Ok(0) };
        let number = item.as_float().or_else(|| item.as_integer().map(|n| n as f64));
        match number.filter(|n| (0.0..=1.0).contains(n)) {
            Some(n) => Ok((n * 100.0).round() as u8),
            None => Err(self.wrong(key, "a number from 0 to 1", item, item.span())),
        }
    }
}

/// The dossier as a `dossier.toml`: parties, people and issues with names and aliases in order, merges with reasons.
///
/// What only readings know is left out: counts of aliases, ids of role records, the sentences behind merges. Reading it back gives the same dossier
/// but for these.
pub fn to_toml(dossier: &Dossier) -> String {
    let mut document = DocumentMut::new();
    if !dossier.name.is_empty() {
        document["name"] = value(dossier.name.as_str());
    }
    let mut put = |key: &str, tables: Vec<Table>| {
        if !tables.is_empty() {
            let mut array = ArrayOfTables::new();
            tables.into_iter().for_each(|t| array.push(t));
            document[key] = Item::ArrayOfTables(array);
        }
    };
    put("party", dossier.parties.iter().map(party_table).collect());
    put("person", dossier.people.iter().map(person_table).collect());
    put("issue", dossier.issues.iter().map(issue_table).collect());
    put("possible", dossier.possible.iter().map(possible_table).collect());
    document.to_string()
}

fn set(table: &mut Table, key: &str, words: &str) {
    if !words.is_empty() {
        table[key] = value(words);
    }
}

fn set_all<'a>(table: &mut Table, key: &str, words: impl Iterator<Item = &'a str>) {
    let array: Array = words.collect();
    if !array.is_empty() {
        table[key] = value(array);
    }
}

fn set_merges(table: &mut Table, merges: &[Merge]) {
    let mut array = Array::new();
    for m in merges {
        let mut inline = InlineTable::new();
        for (key, words) in [("a", &m.a), ("b", &m.b), ("reason", &m.reason), ("by", &m.by)] {
            inline.insert(key, Value::from(words.as_str()));
        }
        if m.confidence > 0 {
            inline.insert("confidence", Value::from(f64::from(m.confidence) / 100.0));
        }
        let mut item = Value::InlineTable(inline);
        item.decor_mut().set_prefix("\n  ");
        array.push_formatted(item);
    }
    if !array.is_empty() {
        array.set_trailing("\n");
        array.set_trailing_comma(true);
        table["merges"] = value(array);
    }
}

pub(crate) fn party_table(p: &Party) -> Table {
    let mut t = Table::new();
    t["id"] = value(p.id.as_str());
    t["name"] = value(p.name.as_str());
    match p.sort {
        PartySort::Party => {}
        PartySort::Organisation => t["sort"] = value("organisation"),
        PartySort::Place => t["sort"] = value("place"),
    }
    set_all(&mut t, "aliases", p.aliases.iter().map(|a| a.name.as_str()));
    set_all(&mut t, "not", p.not.iter().map(String::as_str));
    set(&mut t, "part_of", p.part_of.as_ref().map_or("", PartyId::as_str));
    set(&mut t, "qid", &p.qid);
    set_merges(&mut t, &p.merges);
    t
}

pub(crate) fn person_table(p: &Person) -> Table {
    let mut t = Table::new();
    t["id"] = value(p.id.as_str());
    t["name"] = value(p.name.as_str());
    set_all(&mut t, "aliases", p.aliases.iter().map(|a| a.name.as_str()));
    set_all(&mut t, "not", p.not.iter().map(String::as_str));
    set(&mut t, "party", p.party.as_ref().map_or("", PartyId::as_str));
    set_merges(&mut t, &p.merges);
    t
}

pub(crate) fn issue_table(i: &Issue) -> Table {
    let mut t = Table::new();
    t["id"] = value(i.id.as_str());
    t["name"] = value(i.name.as_str());
    set(&mut t, "proposition", &i.proposition);
    set_all(&mut t, "terms", i.terms.iter().map(String::as_str));
    set_all(&mut t, "weak_terms", i.weak_terms.iter().map(String::as_str));
    set_all(&mut t, "contrary_terms", i.contrary_terms.iter().map(String::as_str));
    set_all(&mut t, "proponents", i.proponents.iter().map(PartyId::as_str));
    t
}

pub(crate) fn possible_table(m: &Merge) -> Table {
    let mut t = Table::new();
    for (key, words) in [("a", &m.a), ("b", &m.b), ("reason", &m.reason), ("by", &m.by)] {
        set(&mut t, key, words);
    }
    if m.confidence > 0 {
        t["confidence"] = value(f64::from(m.confidence) / 100.0);
    }
    t
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fails(text: &str, message: &str) {
        let error = from_toml(text, "d.toml").expect_err("must fail");
        assert_eq!(error.to_string(), format!("failed to read dossier `d.toml` {message}"));
    }

    #[test]
    fn faults_are_named_with_line_and_column() {
        fails("parties = []\n", "at line 1, column 1: unknown key `parties` in a dossier; did you mean `party`?");
        fails(
            "[[party]]\nname = \"Ombria\"\nsort = \"plaice\"\n",
            "at line 3, column 8: `sort` cannot be `plaice`; did you mean `place`?",
        );
        fails("[[issue]]\nname = 7\n", "at line 2, column 8: `name` must be a string, found an integer");
        fails(
            "[[issue]]\nname = \"duty\"\nterms = [\"levy\", 3]\n",
            "at line 3, column 18: `terms` must be an array of strings, found an integer",
        );
        fails("[[person]]\nparty = \"ombria\"\n", "at line 2, column 1: a person needs a `name`");
        fails(
            "[[party]]\nname = \"Ombria\"\n\n[[person]]\nname = \"Ana Weld\"\nparty = \"ombira\"\n",
            "at line 6, column 9: no party has the id `ombira`; did you mean `ombria`?",
        );
        fails(
            "[[party]]\nname = \"Ombria\"\n[[party]]\nname = \"Ombria\"\n",
            "at line 4, column 1: two parties have the id `ombria`; give one of them another `id`",
        );
        fails(
            "[[issue]]\nname = \"duty\"\n  weak_term = [\"levy\"]\n",
            "at line 3, column 3: unknown key `weak_term` in an issue; did you mean `weak_terms`?",
        );
        fails(
            "[[issue]]\nname = \"duty\"\ncontrary_terms = \"free trade\"\n",
            "at line 3, column 18: `contrary_terms` must be an array of strings, found a string",
        );
        fails(
            "[[person]]\nname = \"Ana Weld\"\naliases = true\n",
            "at line 3, column 11: `aliases` must be an array of strings, found a boolean",
        );
        fails(
            "issue = \"duty\"\n",
            "at line 1, column 9: `issue` must be an array of tables (`[[...]]`), found a string",
        );
        fails(
            "[[party]]\nname = \"Łódź\"\nmerges = [{ a = \"é\", bb = \"B\" }]\n",
            "at line 3, column 22: unknown key `bb` in a merge; did you mean `b`?",
        );
        fails(
            "[[party]]\nname = \"Ombria\"\n\n[[issue]]\nname = \"duty\"\nproponents = [\"ombra\"]\n",
            "at line 6, column 14: no party has the id `ombra`; did you mean `ombria`?",
        );
        assert!(from_toml("[[party]\n", "d.toml").expect_err("no TOML").is_syntax());
    }

    #[test]
    fn a_dossier_written_and_read_is_the_same() {
        let merge = Merge {
            a: "A".into(),
            b: "B \"q\"".into(),
            reason: "r".into(),
            by: "rule x.v1".into(),
            confidence: 85,
            evidence: Vec::new(),
        };
        let dossier = Dossier {
            name: "river talks".into(),
            parties: vec![Party {
                id: PartyId::new("ombria"),
                name: "Ombria".into(),
                sort: PartySort::Place,
                aliases: vec![Alias { name: "Ostrel".into(), count: 0 }],
                part_of: Some(PartyId::new("ombria")),
                merges: vec![merge.clone(), merge.clone()],
                not: vec!["Lower Ombria".into()],
                qid: "Q1".into(),
            }],
            people: vec![Person {
                id: PersonId::new("ana-weld"),
                name: "Ana Weld".into(),
                party: Some(PartyId::new("ombria")),
                not: vec!["Weld".into()],
                ..Person::default()
            }],
            issues: vec![Issue {
                id: IssueId::new("duty"),
                name: "grain duty".into(),
                proposition: "scrap the duty".into(),
                terms: vec!["duty".into(), "levy".into()],
                weak_terms: vec!["nine percent".into()],
                contrary_terms: vec!["free trade".into()],
                proponents: vec![PartyId::new("ombria")],
            }],
            possible: vec![merge],
        };
        assert_eq!(from_toml(&to_toml(&dossier), "d.toml"), Ok(dossier));
    }
}
