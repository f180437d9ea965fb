//! What a page says about itself: meta elements, JSON-LD, time elements, headings.

use dom_query::{Document, NodeRef};
use serde_json::Value;

/// The page's statements, as written; "" or empty where it makes none.
#[derive(Debug, Clone, Default)]
pub(crate) struct Meta {
    pub(crate) language: String,
    pub(crate) canonical: String,
    pub(crate) outlet: String,
    /// The `title` element.
    pub(crate) document_title: String,
    /// `og:title` and its like, and the headline of JSON-LD.
    pub(crate) stated_titles: Vec<String>,
    /// `h1` headings, in order.
    pub(crate) headings: Vec<String>,
    /// From JSON-LD, then from meta elements.
    pub(crate) authors: Vec<String>,
    /// Words of elements that call themselves byline or author.
    pub(crate) bylines: Vec<String>,
    /// Publication times, the most trusted first.
    pub(crate) published: Vec<String>,
    pub(crate) updated: Vec<String>,
    pub(crate) description: String,
    /// A heading that is the site's name: it links to the front page.
    pub(crate) site: String,
    /// Authors that JSON-LD calls organisations.
    pub(crate) teams: Vec<String>,
}

/// Reads the page's statements about itself out of the tree, before anything is removed from it.
pub(crate) fn read(document: &Document) -> Meta {
    let mut meta = Meta::default();
    let mut times = Vec::new();
    for node in document.root().descendants_it().filter(|n| n.is_element()) {
        let Some(name) = node.node_name() else { continue };
        match &*name {
            "html" => meta.language = attr(&node, "lang"),
            "meta" => read_meta(&node, &mut meta),
            "link" if attr(&node, "rel").eq_ignore_ascii_case("canonical") => meta.canonical = attr(&node, "href"),
            "title" if meta.document_title.is_empty() => meta.document_title = squeezed(&node),
            "h1" if names_site(&node) => meta.site = squeezed(&node),
            "h1" => push(&mut meta.headings, squeezed(&node)),
            "script" if attr(&node, "type").eq_ignore_ascii_case("application/ld+json") => {
                read_json(&node.text(), &mut meta)
            }
            "time" => times.push(node),
            "p" | "div" | "span" | "a" | "address" | "h2" | "h3" | "h4" | "section" | "li" | "cite" => {
                read_byline(&node, &mut meta)
            }
            _ => {}
        }
    }
    read_times(&times, &mut meta);
    meta
}

/// Whether a heading is the site's name: so called, or a link to the front page.
fn names_site(node: &NodeRef) -> bool {
    let class = format!("{} {}", attr(node, "class"), attr(node, "id")).to_ascii_lowercase();
    let called = ["site-title", "site-name", "sitename", "site_title", "logo", "blog-title", "brand"]
        .iter()
        .any(|n| class.contains(n));
    let front = node.descendants_it().filter(|n| n.has_name("a")).any(|a| {
        let to = attr(&a, "href");
        to == "/" || (to.starts_with("http") && to.trim_end_matches('/').matches('/').count() == 2)
    });
    called || front
}

fn attr(node: &NodeRef, name: &str) -> String {
    node.attr(name).map(|v| v.trim().to_string()).unwrap_or_default()
}

fn squeezed(node: &NodeRef) -> String {
    node.text().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of an element that has fewer than `most` bytes of them; a larger one is left as soon as it is known to be.
fn short(node: &NodeRef, most: usize) -> Option<String> {
    let mut words = String::new();
    for text in node.descendants_it().filter(NodeRef::is_text) {
        words.push_str(&text.text());
        if words.len() > most * 2 {
            return None;
        }
    }
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (words.len() < most).then_some(words)
}

fn push(list: &mut Vec<String>, value: String) {
    let value = value.trim().to_string();
    if !value.is_empty() && !list.contains(&value) {
        list.push(value);
    }
}

/// Names of meta elements, from Open Graph, Dublin Core, Parse.ly, Sailthru, Google News, Swiftype and schema.org.
fn read_meta(node: &NodeRef, meta: &mut Meta) {
    let content = attr(node, "content");
    if content.is_empty() {
        return;
    }
    let key = ["property", "name", "itemprop", "http-equiv"].iter().map(|a| attr(node, a)).find(|v| !v.is_empty());
    let key = key.unwrap_or_default().to_ascii_lowercase();
    match key.as_str() {
        "og:site_name" => meta.outlet = content,
        "application-name" | "publisher" | "dc.publisher" | "dcterms.publisher" | "cre" | "source"
            if meta.outlet.is_empty() =>
        {
            meta.outlet = content;
        }
        "og:url" if meta.canonical.is_empty() => meta.canonical = content,
        "og:title" | "twitter:title" | "dc.title" | "dcterms.title" | "parsely-title" | "sailthru.title"
        | "headline" | "title" | "fb_title" | "hdl" => push(&mut meta.stated_titles, content),
        "author"
        | "dc.creator"
        | "dcterms.creator"
        | "parsely-author"
        | "sailthru.author"
        | "byl"
        | "article:author"
        | "authors"
        | "article:author_name"
        | "twitter:data1"
        | "cxenseparse:author"
            if !content.starts_with("http")
                && (key != "twitter:data1" || !content.contains(|c: char| c.is_ascii_digit())) =>
        {
            push(&mut meta.authors, content);
        }
        "article:published_time"
        | "og:published_time"
        | "datepublished"
        | "parsely-pub-date"
        | "sailthru.date"
        | "dc.date.issued"
        | "dcterms.created"
        | "dc.date.created"
        | "dcterms.issued"
        | "dc.date"
        | "dcterms.date"
        | "pubdate"
        | "publishdate"
        | "publish-date"
        | "publish_date"
        | "published-date"
        | "publication_date"
        | "article.published"
        | "published_at"
        | "originalpublicationdate"
        | "article_date_original"
        | "ptime"
        | "pdate"
        | "rnews:datepublished"
        | "cxenseparse:recs:publishtime"
        | "date"
        | "article:published"
        | "bt:pubdate"
        | "displaydate"
        | "dat" => push(&mut meta.published, content),
        "article:modified_time"
        | "og:updated_time"
        | "datemodified"
        | "last-modified"
        | "lastmod"
        | "dcterms.modified"
        | "dc.date.modified"
        | "article.updated"
        | "utime" => push(&mut meta.updated, content),
        "og:locale" | "content-language" | "language" | "dc.language" if meta.language.is_empty() => {
            meta.language = content.replace('_', "-");
        }
        "description" | "og:description" if meta.description.is_empty() => meta.description = content,
        _ => {}
    }
}

/// JSON-LD: articles of schema.org, wherever they stand in the object.
fn read_json(script: &str, meta: &mut Meta) {
    let trimmed = script.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>").trim_end_matches(';').trim();
    let value: Result<Value, _> = serde_json::from_str(trimmed);
    // Raw line breaks inside strings are the commonest fault of hand-made JSON-LD.
    let value = value.or_else(|_| serde_json::from_str(&trimmed.replace(['\n', '\r', '\t'], " ")));
    if let Ok(value) = value {
        walk_json(&value, meta, 0);
    }
}

fn walk_json(value: &Value, meta: &mut Meta, depth: usize) {
    if depth > 8 {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|v| walk_json(v, meta, depth + 1)),
        Value::Object(object) => {
            if is_article(object.get("@type")) {
                read_article(object, meta);
            } else {
                for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                    object.get(key).into_iter().for_each(|v| walk_json(v, meta, depth + 1));
                }
                if meta.outlet.is_empty()
                    && matches!(object.get("@type").and_then(Value::as_str), Some("NewsMediaOrganization"))
                {
                    meta.outlet = name_of(value).unwrap_or_default();
                }
            }
        }
        _ => {}
    }
}

fn is_article(types: Option<&Value>) -> bool {
    let one = |t: &str| {
        t.ends_with("Article")
            || matches!(t, "BlogPosting" | "LiveBlogPosting" | "Report" | "ReportageNews" | "SocialMediaPosting")
    };
    match types {
        Some(Value::String(t)) => one(t),
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).any(one),
        _ => false,
    }
}

fn read_article(object: &serde_json::Map<String, Value>, meta: &mut Meta) {
    let words = |key: &str| object.get(key).and_then(Value::as_str).map(plain).unwrap_or_default();
    push(&mut meta.stated_titles, words("headline"));
    for author in ["author", "creator"].iter().filter_map(|k| object.get(*k)) {
        let all = author.as_array().map_or_else(|| vec![author], |a| a.iter().collect());
        let teams =
            all.iter().filter(|a| a.get("@type").and_then(Value::as_str).is_some_and(|t| t.ends_with("Organization")));
        teams.filter_map(|a| name_of(a)).for_each(|t| push(&mut meta.teams, t));
        let people = match author {
            Value::Array(people) => people.iter().filter_map(name_of).collect(),
            one => name_of(one).into_iter().collect::<Vec<_>>(),
        };
        people.into_iter().for_each(|p| push(&mut meta.authors, p));
        if !meta.authors.is_empty() {
            break;
        }
    }
    let published = words("datePublished");
    let published = if published.is_empty() { words("dateCreated") } else { published };
    // What JSON-LD says goes before the meta elements.
    if !published.is_empty() {
        meta.published.insert(0, published);
    }
    push(&mut meta.updated, words("dateModified"));
    if let Some(publisher) = object.get("publisher").and_then(name_of)
        && meta.outlet.is_empty()
    {
        meta.outlet = publisher;
    }
    if meta.language.is_empty() {
        meta.language = words("inLanguage");
    }
}

fn name_of(value: &Value) -> Option<String> {
    let name = match value {
        Value::String(name) => name.as_str(),
        Value::Object(object) => match object.get("name")? {
            Value::String(name) => name.as_str(),
            Value::Array(names) => names.first()?.as_str()?,
            _ => return None,
        },
        Value::Array(values) => return values.first().and_then(name_of),
        _ => return None,
    };
    Some(plain(name)).filter(|n| !n.is_empty() && !n.starts_with("http"))
}

/// Words of a JSON-LD string: some publishers escape them as HTML.
fn plain(words: &str) -> String {
    let decoded = if words.contains('&') { crate::origin::unescape(words) } else { words.to_string() };
    decoded.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn read_byline(node: &NodeRef, meta: &mut Meta) {
    let named = |value: &str| {
        Some(attr(node, value)).filter(|v| !v.is_empty()).is_some_and(|v| {
            let v = v.to_ascii_lowercase();
            ["byline", "author", "writer", "contributor"].iter().any(|n| v.contains(n))
                || v.split_whitespace().any(|w| {
                    matches!(
                        w,
                        "by" | "inf"
                            | "postmeta"
                            | "post-meta"
                            | "entry-meta"
                            | "meta"
                            | "info"
                            | "lead"
                            | "credit"
                            | "source"
                            | "date"
                    )
                })
        })
    };
    let says = named("class")
        || named("id")
        || node.attr("rel").is_some_and(|r| &*r == "author")
        || node.attr("itemprop").is_some_and(|r| r.contains("author"));
    if says && let Some(words) = short(node, 200).filter(|_| meta.bylines.len() < 40) {
        push(&mut meta.bylines, words);
    }
}

/// `time` elements: one that says it is the publication goes first, one that says it is an update goes apart; of the
/// others only the first counts, as later ones date other stories.
fn read_times(times: &[NodeRef], meta: &mut Meta) {
    let mut plain = Vec::new();
    for node in times.iter().take(40) {
        let when = Some(attr(node, "datetime")).filter(|w| !w.is_empty()).unwrap_or_else(|| squeezed(node));
        let around = format!(
            "{} {} {}",
            attr(node, "class"),
            attr(node, "itemprop"),
            node.parent().map(|p| format!("{} {}", attr(&p, "class"), p.immediate_text())).unwrap_or_default()
        );
        let around = around.to_ascii_lowercase();
        if around.contains("modif") || around.contains("updat") {
            push(&mut meta.updated, when);
        } else if around.contains("publi") || node.has_attr("pubdate") || around.contains("posted") {
            push(&mut meta.published, when);
        } else if plain.is_empty() {
            plain.push(when);
        }
    }
    plain.into_iter().for_each(|when| push(&mut meta.published, when));
}
