//! How a source is named to a person: outlet, day, file.

use rapporteur_article::Article;
use rapporteur_ledger::Witness;
use rapporteur_text::Span;
use serde_json::Value;

/// "Courier, 2025-03-05, 03_courier.html": outlet (or agency), day of publication and file, those that are known; and of a page
/// that changed, which version it is.
pub fn named(article: &Article) -> String {
    let outlet = if article.outlet.is_empty() { &article.agency } else { &article.outlet };
    let day = article.published.map_or_else(|| "no date".to_string(), |m| m.date.to_string());
    let version = article.page.as_ref().map_or_else(String::new, |p| format!("version {}", p.number));
    let parts = [outlet.clone(), day, place(article), version];
    parts.iter().filter(|p| !p.is_empty()).cloned().collect::<Vec<_>>().join(", ")
}

/// The same of a sentence: one that stands in its page no more says so.
pub fn named_at(article: &Article, sentence: Option<Span>) -> String {
    match sentence.and_then(|s| article.vanished(s)) {
        Some(v) => format!("{}; vanished from the page, last seen there {}", named(article), v.seen.date),
        None => named(article),
    }
}

/// The same of a piece of evidence as records have it.
pub fn named_of(article: &Article, evidence: &Value) -> String {
    named_at(article, article.page.as_ref().and_then(|_| sentence_of(article, evidence)))
}

/// Where the sentence of a piece of evidence stands.
fn sentence_of(article: &Article, evidence: &Value) -> Option<Span> {
    let at = |key: &str| usize::try_from(evidence.get(key)?.as_u64()?).ok();
    let (start, end) = (at("start")?, at("end")?);
    let sentence = evidence.get("sentence")?.as_str()?;
    let places = article.text.match_indices(sentence).map(|(i, s)| i..i + s.len());
    let own = places.into_iter().find(|r| r.start <= start && end <= r.end);
    Span::of(&article.text, own.unwrap_or(start..end))
}

/// The file's own name, else the address, else the id in its container.
pub fn place(article: &Article) -> String {
    let first = article.sources.first();
    let path = first.map_or("", |s| s.path.as_str());
    let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let url = first.map_or("", |s| s.url.as_str());
    match (file, article.source_id.as_str(), url) {
        ("", "", "") => article.id.to_string(),
        ("", "", url) => url.to_string(),
        ("", id, _) => id.to_string(),
        (file, "", _) => file.to_string(),
        (file, id, _) => format!("{file}#{id}"),
    }
}

/// The words of a sentence on one line, shortened to `most` characters at a word with an ellipsis.
pub fn sentence(w: &Witness<'_>, span: rapporteur_text::Span, most: usize) -> String {
    shortened(w.words(span), most)
}

/// Words on one line, shortened to `most` characters at a word with an ellipsis.
pub fn shortened(words: &str, most: usize) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most {
        return line;
    }
    let cut: String = line.chars().take(most.saturating_sub(1)).collect();
    let end = cut.rfind(' ').filter(|e| *e > cut.len() / 2).unwrap_or(cut.len());
    format!("{}…", cut.get(..end).unwrap_or(&cut).trim_end_matches([',', ';', ':', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_cut_between_words() {
        assert_eq!(shortened("The port  will\nstay shut, they said", 20), "The port will stay…");
        assert_eq!(shortened("short", 20), "short");
        assert_eq!(shortened("Łódź-Łódź-Łódź", 6), "Łódź-…");
    }
}
