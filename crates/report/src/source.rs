//! How a source is named to a person: outlet, day, file.

use rapporteur_article::Article;
use rapporteur_ledger::Witness;

/// "Courier, 2025-03-05, 03_courier.html": outlet (or agency), day of publication and file, those that are known.
pub fn named(article: &Article) -> String {
    let outlet = if article.outlet.is_empty() { &article.agency } else { &article.outlet };
    let day = article.published.map_or_else(|| "no date".to_string(), |m| m.date.to_string());
    let parts = [outlet.clone(), day, place(article)];
    parts.iter().filter(|p| !p.is_empty()).cloned().collect::<Vec<_>>().join(", ")
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
