//! What lists articles: RSS, Atom, JSON Feed, sitemaps of news; and lists of such lists (OPML, sitemaps of sitemaps).

use encoding_rs::{Encoding, UTF_8};
use rapporteur_text::Moment;
use serde_json::Value;
use url::Url;

use super::fetch::Received;
use super::xml::{Element, End, Hostile, read};
use crate::{Capture, Fields};

/// The most entries of one feed and the most feeds of one list; what comes after is left off.
const MOST: usize = 5_000;

/// The most sitemaps that are read of those that another one lists.
const SITEMAPS: usize = 20;

/// Where the links of a page are looked for.
const HEAD: usize = 200_000;

/// The fewest letters of an entry's content that may be a whole article.
const WHOLE: usize = 1_000;

/// What was received, as far as it lists anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listed {
    /// The entries of a feed or a sitemap of news.
    Feed(Feed),
    /// Addresses of feeds, from OPML.
    Feeds(Vec<String>),
    /// Addresses of sitemaps that another one lists: those on its own host, at most 20, the newest first.
    Sitemaps(Vec<String>),
    /// Nothing: a page or a document. With the addresses of feeds that a page names as its own.
    Nothing(Vec<String>),
}

/// A feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Feed {
    /// What it calls itself, "" if it does not.
    pub title: String,
    /// Its entries, in its order.
    pub entries: Vec<Entry>,
    /// Whether there are more entries than are read of one feed.
    pub has_more: bool,
    /// Whether it breaks off before its end: what stands before that is read.
    pub is_broken: bool,
}

/// An entry of a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// Whole address of its page, "" if it names none that can be fetched.
    pub link: String,
    /// Title as plain text.
    pub title: String,
    /// When it was published, as the feed writes it.
    pub published: String,
    /// When it was last changed, as the feed writes it.
    pub updated: String,
    /// Outlet that it comes from, where the entry says so (`<source>` of RSS and Atom, `<news:name>` of a sitemap).
    pub outlet: String,
    /// Authors as the feed writes them.
    pub authors: Vec<String>,
    /// Its text, where the feed holds more than a summary.
    pub content: Option<Content>,
}

/// The text of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Content {
    /// HTML or plain text.
    pub text: String,
    /// Which of them.
    pub is_html: bool,
}

impl Entry {
    /// The text of the entry, where the feed seems to hold all of it: long enough, and not breaking off.
    pub fn whole(&self) -> Option<&Content> {
        let content = self.content.as_ref()?;
        let words = plain(&content.text);
        let breaks_off = ["...", "…", "[…]", "[...]"].iter().any(|mark| words.trim_end().ends_with(mark));
        (words.len() >= WHOLE && !breaks_off).then_some(content)
    }
}

/// What was received, as far as it lists anything. Addresses in it are made whole by the one it was found at.
///
/// # Errors
/// In words for the user, where it is made to hurt its reader, or lists what cannot be followed.
///
/// ```
/// use rapporteur_capture::feeds::{Listed, listed};
///
/// let rss = "<rss><channel><title>Ports</title><item><title>Owners refuse</title><link>/a</link></item></channel></rss>";
/// let Ok(Listed::Feed(feed)) = listed(rss.as_bytes(), "https://news.example.org/rss", "") else { panic!() };
/// assert_eq!(feed.entries[0].link, "https://news.example.org/a");
/// ```
pub fn listed(bytes: &[u8], address: &str, charset: &str) -> Result<Listed, String> {
    let text = decode(bytes, charset);
    let base = Url::parse(address).ok();
    let start = text.trim_start();
    if start.starts_with('{') {
        return Ok(json(start, base.as_ref()).map_or(Listed::Nothing(Vec::new()), Listed::Feed));
    }
    match root(start).as_str() {
        "rss" | "RDF" | "feed" => Ok(Listed::Feed(feed(start, base.as_ref())?)),
        "urlset" => {
            let feed = news(start, base.as_ref())?;
            if feed.entries.is_empty() && !feed.is_broken {
                return Err(
                    "it is a sitemap without news: name the site's sitemap of news, or one of its feeds".to_string()
                );
            }
            Ok(Listed::Feed(feed))
        }
        "sitemapindex" => Ok(Listed::Sitemaps(sitemaps(start, base.as_ref())?)),
        "opml" => {
            let feed_of = |e: &Element, _: &[Element]| (e.name == "outline").then(|| e.attribute("xmlUrl").to_string());
            match addresses(start, base.as_ref(), &feed_of)? {
                (feeds, End::Whole) => Ok(Listed::Feeds(feeds)),
                (feeds, End::Broken) => Err(format!(
                    "it is a list of feeds that breaks off after {} of them: get all of it, or name the feeds themselves",
                    feeds.len()
                )),
            }
        }
        _ => Ok(Listed::Nothing(own_feeds(start, base.as_ref()))),
    }
}

impl Entry {
    /// The text of the entry as a capture made at this time, where the feed seems to hold all of it. `feed` is what stands for
    /// the outlet where the entry names none.
    pub fn capture(&self, feed: &str, at: Option<Moment>) -> Option<Capture> {
        let content = self.whole()?;
        let mut capture = Capture::from_bytes(content.text.clone());
        capture.at = at;
        capture.fields = Fields {
            url: self.link.clone(),
            outlet: if self.outlet.is_empty() { feed.to_string() } else { self.outlet.clone() },
            title: self.title.clone(),
            authors: self.authors.clone(),
            published: self.published.clone(),
            is_html: Some(content.is_html),
            is_body: true,
            charset: "utf-8".to_string(),
            ..Fields::default()
        };
        Some(capture)
    }
}

impl Received {
    /// What was received, as far as it lists anything: see [`listed`].
    ///
    /// # Errors
    /// As [`listed`].
    pub fn listed(&self) -> Result<Listed, String> {
        listed(&self.bytes, &self.address, &self.charset)
    }
}

/// By the mark at the beginning, what the server said, what the document says of itself; else UTF-8.
fn decode(bytes: &[u8], charset: &str) -> String {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let said = || Encoding::for_label(charset.as_bytes());
    let declared = || {
        let head = String::from_utf8_lossy(bytes.get(..200).unwrap_or(bytes)).into_owned();
        let (_, after) = head.split_once("<?xml")?.1.split_once("encoding=")?;
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        Encoding::for_label(after.get(1..)?.split(quote).next()?.as_bytes())
    };
    let encoding = marked.or_else(said).or_else(declared).unwrap_or(UTF_8);
    encoding.decode(bytes).0.into_owned()
}

/// Name of the first element without its prefix.
fn root(xml: &str) -> String {
    let mut rest = xml;
    while let Some((_, after)) = rest.split_once('<') {
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if after.starts_with(['?', '!']) {
            rest = after;
        } else {
            let name: String = after.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == ':').take(40).collect();
            return name.rsplit(':').next().unwrap_or_default().to_string();
        }
    }
    String::new()
}

fn said(hostile: Hostile) -> String {
    match hostile {
        Hostile::Entities => {
            "it declares entities of its own, as no feed needs to: it is made to hurt its reader".to_string()
        }
        Hostile::Deep(most) => {
            format!("its elements lie in each other more than {most} deep: it is made to hurt its reader")
        }
    }
}

/// A link as a whole address that can be fetched, "" for any other.
fn whole(link: &str, base: Option<&Url>) -> String {
    let link = link.trim();
    let url = match base {
        Some(base) if !link.is_empty() => base.join(link).ok(),
        _ => Url::parse(link).ok(),
    };
    url.filter(|u| matches!(u.scheme(), "http" | "https")).map(String::from).unwrap_or_default()
}

/// Addresses of a list, each once, and whether it ends where it should.
fn addresses(
    xml: &str,
    base: Option<&Url>,
    address_of: &dyn Fn(&Element, &[Element]) -> Option<String>,
) -> Result<(Vec<String>, End), String> {
    let mut seen = std::collections::BTreeSet::new();
    let mut found = Vec::new();
    let end = read(xml, &mut |around, element| {
        let address = address_of(&element, around).map(|a| whole(&a, base)).filter(|a| !a.is_empty());
        found.extend(address.filter(|a| found.len() < MOST && seen.insert(a.clone())));
    })
    .map_err(said)?;
    Ok((found, end))
}

/// Prefixes under which the elements of RSS and Atom themselves are written; others are extensions with titles and links of
/// pictures and sounds.
fn is_core(prefix: &str) -> bool {
    ["", "rss", "atom", "atom10", "a10", "rdf"].contains(&prefix)
}

/// RSS of all versions, and Atom.
fn feed(xml: &str, base: Option<&Url>) -> Result<Feed, String> {
    let mut feed = Feed::default();
    let mut entry = Entry::default();
    let mut has_permalink = false;
    let end = read(xml, &mut |around, element| {
        let inside = around.iter().rposition(|e| is_core(&e.prefix) && (e.name == "item" || e.name == "entry"));
        match inside {
            None if is_core(&element.prefix) && (element.name == "item" || element.name == "entry") => {
                let done = std::mem::take(&mut entry);
                has_permalink = false;
                push(&mut feed, done);
            }
            None => {
                let is_own = around.last().is_some_and(|e| e.name == "channel" || e.name == "feed");
                if is_own && is_core(&element.prefix) && element.name == "title" && feed.title.is_empty() {
                    feed.title = plain(&element.text);
                }
            }
            Some(at) if at + 1 == around.len() => field(&mut entry, &element, base, &mut has_permalink),
            Some(_) => nested(around, &element),
        }
    })
    .map_err(said)?;
    feed.is_broken = end == End::Broken;
    Ok(feed)
}

fn push(feed: &mut Feed, mut entry: Entry) {
    if feed.entries.len() >= MOST {
        feed.has_more = true;
        return;
    }
    entry.authors.retain(|a| !a.is_empty());
    if !entry.link.is_empty() || entry.content.is_some() {
        feed.entries.push(entry);
    }
}

/// An element right in an entry.
fn field(entry: &mut Entry, element: &Element, base: Option<&Url>, has_permalink: &mut bool) {
    let text = element.text.trim();
    match (element.prefix.as_str(), element.name.as_str()) {
        ("content", "encoded") => entry.content = content(text, true),
        ("dc", "date") if entry.published.is_empty() => entry.published = text.to_string(),
        ("dc", "creator") => entry.authors.push(plain(text)),
        (prefix, name) if is_core(prefix) => match name {
            "title" if entry.title.is_empty() => entry.title = plain(text),
            "link" => {
                let rel = element.attribute("rel");
                let href = element.attribute("href");
                let is_page = rel.is_empty() || rel == "alternate";
                let link = if href.is_empty() { text } else { href };
                // of several pages of an entry the first is the article
                if is_page && (entry.link.is_empty() || *has_permalink) {
                    let link = whole(link, base);
                    if !link.is_empty() {
                        (entry.link, *has_permalink) = (link, false);
                    }
                }
            }
            // an RSS id is the address unless it says that it is none
            "guid" if entry.link.is_empty() && element.attribute("isPermaLink") != "false" => {
                let link = if text.starts_with("http") { whole(text, None) } else { String::new() };
                (entry.link, *has_permalink) = (link, true);
            }
            "pubDate" | "published" | "issued" => entry.published = text.to_string(),
            "updated" | "modified" => entry.updated = text.to_string(),
            "source" => entry.outlet = plain(text),
            "author" => entry.authors.push(plain(text)),
            "content" if element.attribute("src").is_empty() => {
                let kind = element.attribute("type");
                entry.content = content(text, kind.contains("html"));
            }
            _ => {}
        },
        _ => {}
    }
}

fn content(text: &str, is_html: bool) -> Option<Content> {
    (!text.is_empty()).then(|| Content { text: text.to_string(), is_html })
}

/// An element deeper in an entry: its words go to the one around it where they are part of it.
fn nested(around: &mut [Element], element: &Element) {
    let Some((outer, _)) = around.split_last_mut() else { return };
    match (outer.name.as_str(), element.name.as_str()) {
        ("source", "title") | ("author", "name") => outer.text = element.text.clone(),
        ("source" | "author", _) => {}
        _ if outer.prefix.is_empty() || outer.prefix == element.prefix => {
            // XHTML as it is; of what is not content nobody reads it
            let (name, text) = (&element.name, &element.text);
            let link = element.attribute("href");
            let attribute =
                if link.is_empty() { String::new() } else { format!(" href=\"{}\"", link.replace('"', "%22")) };
            outer.text.push_str(&format!("<{name}{attribute}>{text}</{name}>"));
        }
        _ => {}
    }
}

/// The sitemaps that another one lists, and that lie on its host: those changed last first, then those that are called news,
/// then in its order; as many as are read.
fn sitemaps(xml: &str, base: Option<&Url>) -> Result<Vec<String>, String> {
    let (mut found, mut link, mut changed) = (Vec::new(), String::new(), String::new());
    read(xml, &mut |around, element| {
        let outer = around.last().map_or("", |e| e.name.as_str());
        match (outer, element.name.as_str()) {
            ("sitemapindex", "sitemap") => {
                let own = (std::mem::take(&mut changed), std::mem::take(&mut link));
                let is_near = |link: &str| Url::parse(link).is_ok_and(|u| base.is_some_and(|b| is_same_host(&u, b)));
                if found.len() < MOST && is_near(&own.1) && base.is_none_or(|b| b.as_str() != own.1) {
                    found.push(own);
                }
            }
            ("sitemap", "loc") => link = whole(element.text.trim(), base),
            ("sitemap", "lastmod") => changed = element.text.trim().to_string(),
            _ => {}
        }
    })
    .map_err(said)?;
    if found.is_empty() {
        return Err("it is a list of sitemaps with none on its own host: name the one with the news".to_string());
    }
    found.sort_by(|(a, first), (b, second)| {
        let is_news = |link: &str| Url::parse(link).is_ok_and(|u| u.path().to_ascii_lowercase().contains("news"));
        b.cmp(a).then_with(|| is_news(second).cmp(&is_news(first)))
    });
    let mut seen = std::collections::BTreeSet::new();
    let all = found.into_iter().map(|(_, link)| link).filter(|link| seen.insert(link.clone()));
    Ok(all.take(SITEMAPS).collect())
}

fn is_same_host(a: &Url, b: &Url) -> bool {
    a.host_str() == b.host_str() && a.port_or_known_default() == b.port_or_known_default()
}

/// A sitemap of news; addresses without news are left out.
fn news(xml: &str, base: Option<&Url>) -> Result<Feed, String> {
    let mut feed = Feed::default();
    let (mut entry, mut is_news) = (Entry::default(), false);
    let end = read(xml, &mut |around, element| {
        let outer = around.last().map_or("", |e| e.name.as_str());
        let text = element.text.trim();
        match (outer, element.name.as_str()) {
            ("urlset", "url") => {
                let done = std::mem::take(&mut entry);
                if std::mem::take(&mut is_news) && !done.link.is_empty() {
                    push(&mut feed, done);
                }
            }
            ("url", "loc") => entry.link = whole(text, base),
            ("url", "lastmod") => entry.updated = text.to_string(),
            ("url", "news") => is_news = true,
            ("news", "publication_date") => entry.published = text.to_string(),
            ("news", "title") => entry.title = plain(text),
            ("publication", "name") => entry.outlet = plain(text),
            _ => {}
        }
    })
    .map_err(said)?;
    feed.is_broken = end == End::Broken;
    Ok(feed)
}

/// A JSON Feed; `None` for other JSON.
fn json(text: &str, base: Option<&Url>) -> Option<Feed> {
    let value: Value = serde_json::from_str(text).ok()?;
    let version = value.get("version")?.as_str()?;
    if !version.contains("jsonfeed.org/version/") {
        return None;
    }
    let words = |v: &Value, key: &str| v.get(key).and_then(Value::as_str).unwrap_or_default().trim().to_string();
    let mut feed = Feed { title: words(&value, "title"), ..Feed::default() };
    for item in value.get("items").and_then(Value::as_array).into_iter().flatten() {
        let people = item.get("authors").and_then(Value::as_array).into_iter().flatten().chain(item.get("author"));
        let html = content(&words(item, "content_html"), true);
        let [own, other] = ["url", "external_url"].map(|key| whole(&words(item, key), base));
        let entry = Entry {
            link: if own.is_empty() { other } else { own },
            title: words(item, "title"),
            published: words(item, "date_published"),
            updated: words(item, "date_modified"),
            outlet: String::new(),
            authors: people.map(|person| words(person, "name")).collect(),
            content: html.or_else(|| content(&words(item, "content_text"), false)),
        };
        push(&mut feed, entry);
    }
    Some(feed)
}

/// The feeds that a page names as its own.
fn own_feeds(page: &str, base: Option<&Url>) -> Vec<String> {
    let mut end = page.len().min(HEAD);
    while !page.is_char_boundary(end) {
        end -= 1;
    }
    let mut found: Vec<String> = Vec::new();
    let page = &page[..end];
    // the same bytes at the same places
    let small = page.to_ascii_lowercase();
    let mut at = 0;
    while let Some(found_at) = small[at..].find("<link") {
        at += found_at + "<link".len();
        let Some(length) = small[at..].find('>') else { break };
        let tag = format!("<link {} />", page[at..at + length].trim_end_matches('/').replace('<', " "));
        at += length;
        let mut link = None;
        let _ = read(&tag, &mut |_, element| link = Some(element));
        if let Some(link) = link {
            let kind = link.attribute("type").to_ascii_lowercase();
            let is_feed = ["rss+xml", "atom+xml", "feed+json"].iter().any(|end| kind.contains(end));
            let is_own = link.attribute("rel").to_ascii_lowercase().split_whitespace().any(|rel| rel == "alternate");
            let address = whole(link.attribute("href"), base);
            if is_feed && is_own && !address.is_empty() && !found.contains(&address) {
                found.push(address);
            }
        }
    }
    found.truncate(20);
    found
}

/// Words without the tags and entities of HTML in them, on one line.
fn plain(written: &str) -> String {
    let mut words = String::with_capacity(written.len());
    let mut is_tag = false;
    let mut letters = written.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '<' if letters.peek().is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!')) => is_tag = true,
            '>' if is_tag => {
                is_tag = false;
                words.push(' ');
            }
            _ if is_tag => {}
            letter => words.push(letter),
        }
    }
    let decoded = html_escape::decode_html_entities(&words);
    decoded.split_whitespace().collect::<Vec<_>>().join(" ")
}
