//! Libraries of references with what is attached to them: RIS, CSL-JSON and the JSON of Zotero and Better BibTeX.
//!
//! The library gives title, outlet, authors and day; the article is the attached page, which lies in a folder beside it.

use rapporteur_text::Moment;
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

use crate::Fields;
use crate::origin::Problem;

/// One reference.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// From 1.
    pub(crate) number: usize,
    pub(crate) fields: Fields,
    /// When the page was saved.
    pub(crate) at: Option<Moment>,
    /// Attached files as the library writes them, the best one to read first.
    pub(crate) files: Vec<String>,
    /// Why the entry cannot be understood, where it cannot.
    pub(crate) broken: Option<String>,
}

impl Entry {
    /// A problem of this entry, with the words by which the user finds it.
    pub(crate) fn problem(&self, code: &'static str, why: &str) -> Problem {
        let title = &self.fields.title;
        let named = if title.is_empty() { String::new() } else { format!(" (`{title}`)") };
        Problem::new(self.number, code, format!("record {}{named}: {why}", self.number))
    }
}

/// The references of a library; `None` where the bytes are none.
pub(crate) fn entries(bytes: &[u8]) -> Option<Vec<Entry>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let mut entries = match bytes.first()? {
        b'T' if bytes.starts_with(b"TY  -") => of_ris(&String::from_utf8_lossy(bytes)),
        b'[' | b'{' => of_json(bytes)?,
        _ => return None,
    };
    for (at, entry) in entries.iter_mut().enumerate() {
        entry.number = at + 1;
        entry.files.retain(|file| !file.contains("://") || file.starts_with("file://"));
        // A saved page is read better than a print of it; pictures and sounds are never the article.
        let rank = |file: &String| {
            let ending = file.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
            ["html", "htm", "xhtml", "mhtml", "mht", "docx", "rtf", "txt", "pdf"].iter().position(|e| *e == ending)
        };
        entry.files.retain(|file| rank(file).is_some());
        entry.files.sort_by_key(|file| rank(file));
        entry.fields.title = plain(&entry.fields.title);
    }
    Some(entries)
}

/// A title without the tags that libraries allow in it.
fn plain(title: &str) -> String {
    ["<i>", "</i>", "<b>", "</b>"].iter().fold(title.trim().to_string(), |title, tag| title.replace(tag, ""))
}

fn of_ris(text: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut now: Option<Entry> = None;
    for line in text.lines() {
        let Some((tag, value)) = tagged(line.trim_end()) else { continue };
        match tag {
            "TY" => {
                entries.extend(now.take());
                now = Some(Entry::default());
            }
            "ER" => entries.extend(now.take()),
            _ => {
                if let Some(entry) = &mut now {
                    take_tag(entry, tag, value);
                }
            }
        }
    }
    entries.extend(now);
    entries
}

/// `T2  - The Harbour Herald`.
fn tagged(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = line.split_at_checked(2)?;
    let is_tag = tag.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let value = rest.strip_prefix("  -")?;
    is_tag.then(|| (tag, value.trim()))
}

fn take_tag(entry: &mut Entry, tag: &str, value: &str) {
    let fields = &mut entry.fields;
    let set = |field: &mut String| {
        if field.is_empty() {
            *field = value.to_string();
        }
    };
    match tag {
        "TI" | "T1" => set(&mut fields.title),
        "T2" | "JO" | "JF" | "JA" => set(&mut fields.outlet),
        "AU" | "A1" => fields.authors.push(turned(value)),
        "UR" => set(&mut fields.url),
        "LA" => set(&mut fields.language),
        "ID" | "AN" => set(&mut fields.id),
        "DA" | "PY" | "Y1" => set_day(&mut fields.published, value),
        "Y2" => entry.at = iso(value).and_then(|day| day.parse().ok()),
        "L1" | "L2" | "L3" | "L4" => entry.files.push(value.to_string()),
        _ => {}
    }
}

/// A day of whatever field has one; a year is no day.
fn set_day(published: &mut String, value: &str) {
    if published.is_empty() {
        *published = iso(value).unwrap_or_default();
    }
}

/// `2025/03/04/` and `2025-03-04T10:12:00Z` as ISO 8601; `None` where there is no day.
fn iso(value: &str) -> Option<String> {
    let value = value.trim().trim_end_matches('/').replace('/', "-");
    let moment: Moment = value.parse().ok().or_else(|| value.get(..10)?.parse().ok())?;
    Some(moment.to_string())
}

/// `Lee, Ann` as it is spoken.
fn turned(name: &str) -> String {
    match name.split_once(',') {
        Some((family, given)) if !given.contains(',') => format!("{} {}", given.trim(), family.trim()),
        _ => name.trim().to_string(),
    }
}

/// An item of CSL-JSON, or of Zotero's own JSON. Programs write the names of both into one item: each is a field here.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Csl {
    id: Value,
    title: Option<String>,
    #[serde(rename = "container-title")]
    container: Option<String>,
    #[serde(rename = "publicationTitle")]
    publication: Option<String>,
    #[serde(rename = "websiteTitle")]
    website: Option<String>,
    #[serde(rename = "blogTitle")]
    blog: Option<String>,
    publisher: Option<String>,
    author: Option<Vec<Name>>,
    creators: Option<Vec<Name>>,
    issued: Option<Date>,
    date: Option<String>,
    accessed: Option<Date>,
    #[serde(rename = "accessDate")]
    access_date: Option<String>,
    #[serde(rename = "URL")]
    csl_url: Option<String>,
    url: Option<String>,
    language: Option<String>,
    attachments: Option<Vec<Attached>>,
    file: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Name {
    family: Option<String>,
    #[serde(rename = "lastName")]
    last: Option<String>,
    given: Option<String>,
    #[serde(rename = "firstName")]
    first: Option<String>,
    literal: Option<String>,
    name: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Date {
    #[serde(rename = "date-parts")]
    parts: Vec<Vec<Value>>,
    raw: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Attached {
    path: Option<String>,
    #[serde(rename = "localPath")]
    local: Option<String>,
}

#[derive(Deserialize)]
struct Library<T> {
    items: Vec<T>,
}

/// What of an item tells that it is a reference.
#[derive(Deserialize)]
#[serde(untagged)]
enum Sort {
    Csl {
        #[serde(rename = "type")]
        _sort: String,
    },
    Zotero {
        #[serde(rename = "itemType")]
        _sort: String,
    },
    None(IgnoredAny),
}

/// The references of JSON that is a library: of its items, most say of what sort they are.
fn of_json(bytes: &[u8]) -> Option<Vec<Entry>> {
    let sorts: Vec<Sort> = items_of(bytes)?;
    let told = sorts.iter().filter(|sort| !matches!(sort, Sort::None(_))).count();
    if told * 2 <= sorts.len() {
        return None;
    }
    let items: Vec<Value> = items_of(bytes)?;
    let is_attachment = |item: &Value| ["type", "itemType"].iter().any(|key| item[*key] == "attachment");
    Some(items.into_iter().filter(|item| !is_attachment(item)).map(of_item).collect())
}

fn items_of<T: DeserializeOwned>(bytes: &[u8]) -> Option<Vec<T>> {
    match bytes.first()? {
        b'[' => serde_json::from_slice(bytes).ok(),
        _ => serde_json::from_slice::<Library<T>>(bytes).ok().map(|library| library.items),
    }
}

/// An entry; one that is not as it should be keeps its title, by which the user finds it.
fn of_item(item: Value) -> Entry {
    let title = item["title"].as_str().unwrap_or_default().to_string();
    let read =
        if item.is_object() { Csl::deserialize(item).map_err(|e| e.to_string()) } else { Err("no object".into()) };
    read.map(of_csl).unwrap_or_else(|why| Entry {
        fields: Fields { title, ..Fields::default() },
        broken: Some(format!("it is no entry of CSL-JSON or of Zotero ({why}): export the library again, or as RIS")),
        ..Entry::default()
    })
}

fn of_csl(item: Csl) -> Entry {
    let id = match item.id {
        Value::String(id) => id,
        Value::Number(id) => id.to_string(),
        _ => String::new(),
    };
    let names = item.author.into_iter().chain(item.creators).flatten();
    let spoken = |name: Name| {
        name.literal.or(name.name).filter(|whole| !whole.is_empty()).unwrap_or_else(|| {
            let (given, family) = (name.given.or(name.first), name.family.or(name.last));
            format!("{} {}", given.unwrap_or_default(), family.unwrap_or_default()).trim().to_string()
        })
    };
    let outlet = item.container.or(item.publication).or(item.website).or(item.blog).or(item.publisher);
    let issued = item.issued.as_ref().and_then(Date::iso).or_else(|| item.date.as_deref().and_then(iso));
    let at = item.accessed.as_ref().and_then(Date::iso).or_else(|| item.access_date.as_deref().and_then(iso));
    let fields = Fields {
        id,
        url: item.csl_url.or(item.url).unwrap_or_default(),
        outlet: outlet.unwrap_or_default(),
        title: item.title.unwrap_or_default(),
        authors: names.map(spoken).filter(|n| !n.is_empty()).collect(),
        published: issued.unwrap_or_default(),
        language: item.language.unwrap_or_default(),
        ..Fields::default()
    };
    let attached = item.attachments.into_iter().flatten().flat_map(|a| [a.path, a.local]).flatten();
    let files = attached.chain(item.file).filter(|f| !f.is_empty()).collect();
    Entry { fields, at: at.and_then(|day| day.parse().ok()), files, ..Entry::default() }
}

impl Date {
    fn iso(&self) -> Option<String> {
        let number = |value: &Value| value.as_i64().or_else(|| value.as_str()?.parse().ok());
        match self.parts.first().map(Vec::as_slice) {
            Some([year, month, day, ..]) => {
                iso(&format!("{:04}-{:02}-{:02}", number(year)?, number(month)?, number(day)?))
            }
            _ => iso(&self.raw),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ris_as_zotero_writes_it() {
        let ris = "TY  - NEWS\nTI  - Mill owners refuse <i>raise</i>\nAU  - Lee, Ann\nAU  - Reuters\nT2  - The Harbour Herald\n\
                   DA  - 2025/03/04/\nPY  - 2025\nUR  - https://herald.example/1\nY2  - 2025/03/05/10:12:00\n\
                   L1  - files/7/Lee - 2025.pdf\nL2  - files/8/page.html\nL1  - https://x.example/a.pdf\nER  - \n\nTY  - NEWS\nPY  - 2025\nER  - ";
        let entries = entries(ris.as_bytes()).unwrap();
        let first = &entries[0];
        assert_eq!(
            (first.fields.title.as_str(), first.fields.outlet.as_str()),
            ("Mill owners refuse raise", "The Harbour Herald")
        );
        assert_eq!(first.fields.authors, ["Ann Lee", "Reuters"]);
        assert_eq!(
            (first.fields.published.as_str(), first.at.unwrap().to_string().as_str()),
            ("2025-03-04", "2025-03-05")
        );
        assert_eq!(first.files, ["files/8/page.html", "files/7/Lee - 2025.pdf"]);
        assert_eq!((entries[1].number, entries[1].fields.published.as_str(), entries[1].files.len()), (2, "", 0));
    }

    #[test]
    fn csl_json_and_zoteros_own() {
        let csl = r#"[{"id": "lee", "type": "article-newspaper", "title": "Owners refuse", "container-title": "Herald",
            "author": [{"family": "Lee", "given": "Ann"}, {"literal": "Reuters"}], "issued": {"date-parts": [["2025", 3, 4]]},
            "URL": "https://herald.example/1", "attachments": [{"path": "files/8/page.html"}]}]"#;
        let own = r#"{"items": [{"itemType": "newspaperArticle", "title": "Owners refuse", "publicationTitle": "Herald",
            "creators": [{"firstName": "Ann", "lastName": "Lee"}], "date": "2025-03-04", "accessDate": "2025-03-05T10:00:00Z",
            "attachments": [{"path": "files/8/page.html"}]}]}"#;
        for library in [csl, own] {
            let entry = entries(library.as_bytes()).unwrap().remove(0);
            assert_eq!((entry.fields.outlet.as_str(), entry.fields.published.as_str()), ("Herald", "2025-03-04"));
            assert_eq!((entry.fields.authors[0].as_str(), entry.files[0].as_str()), ("Ann Lee", "files/8/page.html"));
        }
    }

    #[test]
    fn names_of_both_kinds_stand_in_one_item() {
        let library = r#"{"items": [{"itemType": "newspaperArticle", "type": "article-newspaper", "title": "Owners refuse",
            "publicationTitle": "Herald", "container-title": "Herald", "URL": "https://herald.example/1", "url": null,
            "creators": [{"name": "Reuters", "literal": "Reuters"}], "author": null,
            "attachments": [{"path": "p.html", "localPath": "/x/p.html"}]}]}"#;
        let entry = entries(library.as_bytes()).unwrap().remove(0);
        assert_eq!((entry.broken.as_deref(), entry.fields.outlet.as_str()), (None, "Herald"));
        assert_eq!(
            (entry.fields.url.as_str(), &entry.fields.authors[..]),
            ("https://herald.example/1", &["Reuters".to_string()][..])
        );
        assert_eq!(entry.files, ["p.html", "/x/p.html"]);
    }

    #[test]
    fn an_entry_that_is_none_is_named_and_the_others_are_read() {
        let library = r#"[{"type": "article-newspaper", "title": "One", "file": "p.html"}, 7,
            {"type": "article-newspaper", "title": "Two", "author": "Ann Lee"}, {"title": "Three", "file": "q.html"},
            {"type": "article-newspaper", "title": "Four", "issued": {"raw": "2025-03-04"}}]"#;
        let read = entries(library.as_bytes()).unwrap();
        let titles: Vec<&str> = read.iter().map(|e| e.fields.title.as_str()).collect();
        assert_eq!(titles, ["One", "", "Two", "Three", "Four"]);
        assert_eq!(read.iter().map(|e| e.broken.is_some()).collect::<Vec<_>>(), [false, true, true, false, false]);
        assert!(
            read[2].broken.as_deref().unwrap().contains("invalid type: string \"Ann Lee\""),
            "{:?}",
            read[2].broken
        );
    }

    #[test]
    fn other_json_is_no_library() {
        for other in ["[1, 2]", "[]", "{\"items\": 3}", "[{\"text\": \"x\"}]", &"[".repeat(100_000)] {
            assert!(entries(other.as_bytes()).is_none(), "{}", &other[..other.len().min(20)]);
        }
    }
}
