//! From a capture to its article.

use rapporteur_capture::Capture;
use rapporteur_text::{Moment, Span, one_line};

use crate::dates::{self, Evidence};
use crate::decode::{decode_as, without_steering};
use crate::fields::{agency, byline, dateline, outlet, title};
use crate::furniture;
use crate::html::{self, Page, Sort};
use crate::plain::{self, Line, Look};
use crate::{Article, Config, Dateline, Note, PublishedBasis, Source, language, origin};

/// The article that a capture holds.
///
/// Never fails on content: what is doubtful is in [`Article::notes`].
pub fn extract(capture: &Capture, config: &Config) -> Article {
    let decoded = decode_as(&capture.bytes, &capture.fields.charset);
    let mut notes = Vec::new();
    if decoded.damaged {
        let message = format!(
            "some bytes are no {} and were replaced: the capture may be damaged or in another encoding",
            decoded.encoding
        );
        notes.push(Note { code: "bad-bytes", message });
    }
    let draft = if config.verbatim {
        Draft::verbatim(&decoded.text)
    } else if is_html(capture, &decoded.text) {
        from_html(capture, &decoded.text, &mut notes)
    } else {
        from_lines(capture, &decoded.text)
    };
    finish(capture, config, draft, notes)
}

/// Articles of the same bytes as one, in the order of their first coming.
///
/// The other places become [`Article::sources`]; of two times of capture the earlier is kept.
pub fn merge_same(articles: Vec<Article>) -> Vec<Article> {
    let mut at = std::collections::BTreeMap::new();
    let mut merged: Vec<Article> = Vec::new();
    for article in articles {
        let place = *at.entry(article.id.clone()).or_insert(merged.len());
        match merged.get_mut(place) {
            None => merged.push(article),
            Some(first) => {
                article.sources.into_iter().for_each(|s| {
                    if !first.sources.contains(&s) {
                        first.sources.push(s)
                    }
                });
                first.captured_at = [first.captured_at, article.captured_at].into_iter().flatten().min();
            }
        }
    }
    merged
}

/// What was read, before the container's own statements are laid over it.
#[derive(Default)]
struct Draft {
    title: String,
    authors: Vec<String>,
    agency: String,
    outlet: String,
    url: String,
    language: String,
    published: Option<dates::Found>,
    updated: Option<Moment>,
    text: String,
    removed: usize,
    origin_map: Vec<(Span, usize)>,
}

impl Draft {
    fn verbatim(text: &str) -> Self {
        let origin_map = Some((Span::all(text), 0)).filter(|(s, _)| !s.is_empty()).into_iter().collect();
        Self { text: text.to_string(), origin_map, ..Self::default() }
    }
}

fn finish(capture: &Capture, config: &Config, mut draft: Draft, mut notes: Vec<Note>) -> Article {
    let fields = &capture.fields;
    // pages and containers can write by number what their bytes may not hold
    draft.text = without_steering(draft.text);
    let plain = |words: &str| one_line(words).trim().to_string();
    let or = |stated: &str, read: String| Some(plain(stated)).filter(|s| !s.is_empty()).unwrap_or_else(|| plain(&read));
    let language = language::of(&draft.text, &or(&fields.language, draft.language));
    let outlet = or(&fields.outlet, draft.outlet);
    let url = or(&fields.url, draft.url);
    let authors: Vec<String> = container_authors(&fields.authors, draft.authors).iter().map(|a| plain(a)).collect();
    let stated_agency =
        || fields.authors.iter().find_map(|b| agency::known(b).map(str::to_string).or_else(|| byline::agency_in(b)));
    let agency = if draft.agency.is_empty() { stated_agency().unwrap_or_default() } else { draft.agency };
    let published = if config.verbatim { container_date(capture) } else { draft.published };
    let mut note = |code, message: &str| notes.push(Note { code, message: message.to_string() });
    if !language::may_be_english(&language) {
        note("not-english", &format!("the text is in `{language}`: it is kept, but only English is read for items"));
    }
    if draft.text.trim().is_empty() && notes_are_silent(&notes) {
        notes.push(Note { code: "no-text", message: "no body text was found in the capture".to_string() });
    }
    if published.is_none() {
        notes.push(Note {
            code: "no-date",
            message: "no date of publication was found: give `published` in JSONL".to_string(),
        });
    }
    let dateline = written_dateline(&draft.text, published.map(|p| p.moment))
        .filter(|_| !config.verbatim || !draft.text.is_empty());
    let first = Source { path: capture.path.clone(), url, outlet: outlet.clone() };
    let also =
        capture.also.iter().map(|a| Source { path: a.path.clone(), url: plain(&a.url), outlet: plain(&a.outlet) });
    let mut sources = vec![first];
    also.for_each(|s| {
        if !sources.contains(&s) {
            sources.push(s)
        }
    });
    Article {
        id: capture.id.clone(),
        source_id: fields.id.clone(),
        sources,
        captured_at: capture.at,
        digest: capture.digest.clone(),
        outlet,
        title: or(&fields.title, draft.title),
        authors,
        agency: plain(&agency),
        dateline,
        published: published.map(|p| p.moment),
        published_basis: published.map_or(PublishedBasis::None, |p| p.basis),
        updated: draft.updated,
        language,
        removed: draft.removed,
        origin_map: draft.origin_map,
        notes,
        text: draft.text,
        page: None,
    }
}

/// Authors as the container gives them, out of its bylines; those that were read where it gives none.
fn container_authors(bylines: &[String], read: Vec<String>) -> Vec<String> {
    let mut authors: Vec<String> = Vec::new();
    for line in bylines.iter().map(|b| b.trim()).filter(|b| !b.is_empty() && agency::known(b).is_none()) {
        let names = byline::names(line);
        let names = if names.is_empty() { vec![line.to_string()] } else { names };
        names.into_iter().for_each(|n| {
            if !authors.contains(&n) {
                authors.push(n)
            }
        });
    }
    if authors.is_empty() { read } else { authors }
}

fn notes_are_silent(notes: &[Note]) -> bool {
    notes.iter().all(|n| n.code != "hostile-page")
}

fn container_date(capture: &Capture) -> Option<dates::Found> {
    dates::climb(&Evidence { input: &capture.fields.published, captured: capture.at, ..Evidence::default() })
}

/// The dateline of the first paragraphs; its day takes the year of publication, or the one before in early January.
fn written_dateline(text: &str, published: Option<Moment>) -> Option<Dateline> {
    let written = text.split('\n').filter(|p| !p.trim().is_empty()).take(3).find_map(dateline::read)?;
    let day = dates::find(written.day).into_iter().next();
    let date = day.and_then(|day| {
        day.date().or_else(|| {
            let published = published?.date;
            let of = |year| jiff::civil::Date::new(year, day.month, day.day).ok();
            of(published.year()).filter(|d| *d <= published).or_else(|| of(published.year() - 1))
        })
    });
    Some(Dateline { place: written.place.to_string(), date: date.map(Moment::day) })
}

/// Whether to read the capture as a page: as the container says, else by the file's name, else by its first tags.
fn is_html(capture: &Capture, text: &str) -> bool {
    if let Some(stated) = capture.fields.is_html {
        return stated;
    }
    let head: String = text.chars().take(2_000).collect::<String>().to_ascii_lowercase();
    let document = ["<!doctype html", "<html", "<head>", "<body"].iter().any(|t| head.contains(t));
    let path = capture.path.to_ascii_lowercase();
    let path = path.strip_suffix(".gz").unwrap_or(&path);
    if [".html", ".htm", ".xhtml", ".shtml"].iter().any(|e| path.ends_with(e)) {
        return document || text.contains('<');
    }
    let tags = ["<p>", "<p ", "<div", "</p>", "<br", "<article", "<span", "</a>"]
        .iter()
        .map(|t| head.matches(t).count())
        .sum::<usize>();
    document || tags >= 4
}

fn from_html(capture: &Capture, source: &str, notes: &mut Vec<Note>) -> Draft {
    let page = match html::read(source) {
        Ok(page) => page,
        Err(excess) => {
            notes.push(Note {
                code: "hostile-page",
                message: format!("{excess}: it was not read; save its article as plain text"),
            });
            return Draft { removed: source.len(), ..Draft::default() };
        }
    };
    let mut draft = html_fields(capture, &page);
    draft.text = html_text(&page, &draft.title);
    let (origin_map, visible) = origin::of_html(&draft.text, source);
    draft.origin_map = origin_map;
    let words: usize = draft.text.split_whitespace().map(str::len).sum();
    draft.removed = visible.saturating_sub(words);
    around(capture, &mut draft, &page);
    draft
}

fn html_fields(capture: &Capture, page: &Page) -> Draft {
    let meta = &page.meta;
    let stated = if capture.fields.outlet.is_empty() { meta.outlet.clone() } else { capture.fields.outlet.clone() };
    let stated = if stated.is_empty() { meta.site.clone() } else { stated };
    let outlet = if stated.is_empty() { outlet_of_title(page) } else { stated };
    let first = page.blocks.iter().find(|b| b.text.len() > 80).map(|b| b.text.as_str());
    let above = first.and_then(|f| {
        let at = page.lines.iter().position(|l| l.text == f)?;
        page.lines[..at].iter().rev().find(|l| l.sort == Sort::Heading).map(|l| l.text.as_str())
    });
    let title = title::of_page(meta, &outlet, above);
    let language = meta.language.clone();
    Draft { title, outlet, url: meta.canonical.clone(), language, ..Draft::default() }
}

/// The site's name where only the document's title has it, beside a heading of the page.
fn outlet_of_title(page: &Page) -> String {
    let document = &page.meta.document_title;
    for heading in page.lines.iter().filter(|l| l.sort == Sort::Heading && l.text.split_whitespace().count() >= 3) {
        if let Some(at) = document.find(&heading.text) {
            let rest = [&document[..at], &document[at + heading.text.len()..]].concat();
            let name = rest.trim_matches(|c: char| !c.is_alphanumeric());
            if !name.is_empty() && name.split_whitespace().count() <= 6 {
                return name.to_string();
            }
        }
    }
    let last = [" | ", " – ", " — ", " - "].iter().find_map(|s| document.rsplit_once(s)).map(|(_, tail)| tail.trim());
    last.filter(|t| t.split_whitespace().count() <= 5 && t.starts_with(char::is_uppercase)).unwrap_or("").to_string()
}

/// The body of a page; where the main text is not found, the plain-text rule over all its lines.
fn html_text(page: &Page, title: &str) -> String {
    let at = page.lines.iter().position(|l| l.sort == Sort::Heading && l.text == title).unwrap_or(0);
    let above = page.lines[..at].iter().map(|l| l.text.as_str()).collect();
    let blocks = html::tidy(page.blocks.clone(), title, &page.meta.headings, &above);
    let text = joined(blocks.iter().map(|b| b.text.as_str()));
    if text.len() >= 250 {
        return text;
    }
    let all = joined(page.lines.iter().map(|b| b.text.as_str()));
    let lines = plain::lines(&all);
    let kept = plain::select(&lines);
    let other = joined(lines.iter().zip(kept).filter(|(l, k)| *k && l.text != title).map(|(l, _)| l.text));
    if other.len() > text.len() * 2 { other } else { text }
}

fn joined<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

/// Authors, agency and dates of a page, from its statements and the lines around the body.
fn around(capture: &Capture, draft: &mut Draft, page: &Page) {
    let meta = &page.meta;
    let paragraphs: Vec<&str> = draft.text.split('\n').collect();
    let body: std::collections::HashSet<&str> = paragraphs.iter().copied().collect();
    let prose =
        |l: &html::Block| l.text.len() > 70 && furniture::ends_sentence(&l.text) && body.contains(l.text.as_str());
    let start = page.lines.iter().position(prose);
    let end = page.lines.iter().rposition(prose);
    let (start, end) = (start.unwrap_or(0), end.unwrap_or(page.lines.len().saturating_sub(1)));
    let furniture: Vec<&str> =
        page.lines.iter().map(|l| l.text.as_str()).filter(|l| l.len() < 400 && !body.contains(l)).collect();
    draft.authors = page_authors(page, &furniture, &draft.outlet);
    draft.agency = agency::read(&paragraphs, &furniture, &draft.authors, &draft.outlet);
    if draft.agency.is_empty() {
        draft.agency = meta.bylines.iter().find_map(|b| byline::agency_in(b)).unwrap_or_default();
    }
    let head = page.lines[..start].iter().rev().take(25).map(|l| l.text.as_str());
    let tail = page.lines.get(end + 1..).unwrap_or_default().iter().take(3).map(|l| l.text.as_str());
    let lines: Vec<&str> = head.chain(tail).filter(|l| l.len() < 200).collect();
    let opening: Vec<&str> = paragraphs.iter().copied().take(8).collect();
    let written = opening.iter().take(3).find_map(|p| dateline::read(p)).map_or("", |w| w.day);
    let evidence = Evidence {
        input: &capture.fields.published,
        metadata: &meta.published,
        addresses: vec![&capture.fields.url, &meta.canonical],
        dateline: written,
        years: years(&furniture),
        lines,
        opening: &opening,
        captured: capture.at,
    };
    draft.published = dates::climb(&evidence);
    draft.updated = meta.updated.iter().find_map(|w| dates::read_stated(w)).or_else(|| update_note(&furniture));
}

/// Authors as JSON-LD and meta elements state them; as the byline shows them where it names all of those or they name
/// no person; and those of `Reporting by`.
fn page_authors(page: &Page, furniture: &[&str], outlet: &str) -> Vec<String> {
    let meta = &page.meta;
    let mut stated: Vec<String> = Vec::new();
    for author in &meta.authors {
        let names = if meta.teams.contains(author) { vec![author.clone()] } else { byline::names(author) };
        names.into_iter().for_each(|n| {
            if !stated.contains(&n) && !title::alike(&n, outlet) {
                stated.push(n)
            }
        });
    }
    let line =
        || furniture.iter().filter(|l| byline::holds_byline(l)).map(|l| byline::names(l)).find(|n| !n.is_empty());
    let shown = meta.bylines.iter().map(|b| byline::names(b)).find(|n| !n.is_empty()).or_else(line).unwrap_or_default();
    // A byline of an organisation (`By Harbour Press`) is read worse than it is stated.
    let of_team = |n: &String| meta.teams.iter().any(|t| t.starts_with(n.as_str()));
    let shown: Vec<String> = if shown.iter().all(of_team) { Vec::new() } else { shown };
    let organisation = |n: &String| agency::known(n).is_some() || meta.teams.contains(n);
    let all_shown = shown.len() >= stated.len() && stated.iter().all(|n| shown.contains(n));
    let better = all_shown || (stated.iter().all(organisation) && !shown.is_empty());
    let mut authors = if better { shown } else { stated };
    authors.retain(|n| !title::alike(n, outlet));
    for name in furniture.iter().flat_map(|l| byline::reported_by(l)) {
        if !authors.contains(&name) {
            authors.push(name);
        }
    }
    authors
}

/// Years in which a page says it was made: `© 2025`, `Copyright 2024`.
fn years(furniture: &[&str]) -> Vec<i16> {
    let mut years = Vec::new();
    for line in
        furniture.iter().filter(|l| l.contains('©') || l.contains("(c)") || l.to_lowercase().contains("copyright"))
    {
        let numbers =
            line.split(|c: char| !c.is_ascii_digit()).filter(|n| n.len() == 4).filter_map(|n| n.parse::<i16>().ok());
        // `© 2009-2025`: the last year is the page's.
        if let Some(year) = numbers.filter(|y| (1990..=2100).contains(y)).max()
            && !years.contains(&year)
        {
            years.push(year);
        }
    }
    years
}

/// The day in a note such as `Update: December 29 2025` or `Last updated 3 March 2025, 14:10`.
fn update_note(furniture: &[&str]) -> Option<Moment> {
    let said = |l: &&&str| l.len() < 200 && furniture::plain(l).contains("update");
    furniture.iter().filter(said).find_map(|l| {
        let from = furniture::plain(l).find("update").unwrap_or(0);
        dates::find(l).iter().find(|w| w.end > from).and_then(dates::Written::moment)
    })
}

fn from_lines(capture: &Capture, text: &str) -> Draft {
    let mut lines = plain::lines(text);
    let is_body = capture.fields.is_body;
    let outlet = if capture.fields.outlet.is_empty() && !is_body {
        outlet::of_lines(&lines)
    } else {
        capture.fields.outlet.clone()
    };
    let placed = title::of_lines(&lines, &outlet).filter(|_| !is_body);
    if let Some(placed) = &placed {
        // What stands above the title is no part of the report, nor is the title.
        lines.iter_mut().take(placed.line + 1).for_each(|l| l.look = Look::Furniture);
    }
    let mut bylines = mark_bylines(&mut lines, placed.as_ref().map_or(0, |p| p.line + 1));
    let kept = plain::select(&lines);
    let (text, origin_map) = assembled(text, &lines, &kept);
    let paragraphs: Vec<&str> = text.split('\n').collect();
    let furniture: Vec<&str> = lines.iter().zip(&kept).filter(|(_, k)| !**k).map(|(l, _)| l.text).collect();
    bylines.extend(reporters(&furniture, &lines));
    let mut authors: Vec<String> = Vec::new();
    bylines.into_iter().for_each(|n| {
        if !authors.contains(&n) {
            authors.push(n)
        }
    });
    let agency = agency::read(&paragraphs, &furniture, &authors, &outlet);
    let published = text_date(capture, &lines, &kept, &paragraphs, &furniture);
    let removed = lines.iter().zip(&kept).filter(|(_, k)| !**k).map(|(l, _)| l.text.len()).sum();
    let updated = update_note(&furniture);
    let title = placed.map(|p| p.title).unwrap_or_default();
    Draft { title, authors, agency, outlet, published, updated, removed, origin_map, text, ..Draft::default() }
}

/// Bylines with `By`, and names alone between the title and the body, become furniture; their names are given back.
fn mark_bylines(lines: &mut [Line], from: usize) -> Vec<String> {
    let first = lines.iter().skip(from).position(|l| l.look == Look::Core).map_or(lines.len(), |p| p + from);
    let mut found = Vec::new();
    for line in lines.iter_mut().take(first) {
        let named = furniture::is_byline(line.text);
        if named && found.is_empty() {
            found = byline::names(line.text);
        }
        if named {
            line.look = Look::Furniture;
        }
    }
    for line in lines.iter_mut().take(first).skip(from) {
        if found.is_empty() && line.look != Look::Core && byline::is_bare_name(line.text) {
            found = byline::names(line.text);
            line.look = Look::Furniture;
        }
    }
    found
}

/// Those of `Reporting by ...`, and the name printed after `Author`.
fn reporters(furniture: &[&str], lines: &[Line]) -> Vec<String> {
    let mut found: Vec<String> = furniture.iter().flat_map(|l| byline::reported_by(l)).collect();
    if let Some(at) = lines.iter().position(|l| l.look == Look::End && furniture::plain(l.text).contains("author")) {
        let after = lines.iter().skip(at + 1).take(3).find(|l| byline::is_bare_name(l.text));
        found.extend(after.map(|l| byline::names(l.text)).unwrap_or_default());
    }
    found
}

fn assembled(source: &str, lines: &[Line], kept: &[bool]) -> (String, Vec<(Span, usize)>) {
    let mut text = String::new();
    let mut places = Vec::new();
    for (line, _) in lines.iter().zip(kept).filter(|(_, k)| **k) {
        if !text.is_empty() {
            text.push('\n');
        }
        let words = source.get(line.range.clone()).unwrap_or(line.text);
        places.push((text.len(), words.len(), line.range.start));
        text.push_str(words);
    }
    let map = places.into_iter().filter_map(|(at, len, from)| Some((Span::of(&text, at..at + len)?, from))).collect();
    (text, map)
}

fn text_date(
    capture: &Capture,
    lines: &[Line],
    kept: &[bool],
    paragraphs: &[&str],
    furniture: &[&str],
) -> Option<dates::Found> {
    let first = kept.iter().position(|k| *k).unwrap_or(lines.len());
    let last = kept.iter().rposition(|k| *k).unwrap_or(0);
    let comments = lines.iter().position(|l| l.look == Look::End).filter(|&e| e > last).unwrap_or(lines.len());
    let short = |l: &&Line| l.text.len() < 200;
    let head = lines[..first].iter().filter(short).map(|l| l.text);
    let inside = lines
        .get(first..last)
        .unwrap_or_default()
        .iter()
        .zip(&kept[first..])
        .filter(|(l, k)| !**k && dates::is_date_line(l.text))
        .map(|(l, _)| l.text)
        .take(1);
    let tail = lines.get(last + 1..comments).unwrap_or_default().iter().filter(short).map(|l| l.text);
    let foot = lines.get(comments..).unwrap_or_default().iter().filter(|l| l.text.contains("edition")).map(|l| l.text);
    let opening: Vec<&str> = paragraphs.iter().copied().take(8).collect();
    let written = opening.iter().take(3).find_map(|p| dateline::read(p)).map_or("", |w| w.day);
    dates::climb(&Evidence {
        input: &capture.fields.published,
        metadata: &[],
        addresses: vec![&capture.fields.url],
        dateline: written,
        lines: head.chain(inside).chain(tail).chain(foot).collect(),
        years: years(furniture),
        opening: &opening,
        captured: capture.at,
    })
}
