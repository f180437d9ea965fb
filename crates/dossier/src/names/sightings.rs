//! Where the names of a merge stand: the sentences a person reads to judge it.

use rapporteur_article::Article;
use rapporteur_reading::Reading;
use rapporteur_reading::model::HasItem;
use rapporteur_text::Span;

use super::nodes::Nodes;
use crate::model::Sighting;

/// One place of each of two names, in one article where they meet, else where most is said of each.
pub(super) fn sightings(nodes: &Nodes, read: &[(&Article, &Reading)], a: usize, b: usize) -> Vec<Sighting> {
    let (a, b) = (&nodes.list[a], &nodes.list[b]);
    let shared = a.seen.keys().find(|n| b.seen.contains_key(n)).copied();
    let best = |seen: &std::collections::BTreeMap<usize, Seen>| {
        let at = shared.or_else(|| seen.iter().max_by_key(|(n, s)| (s.tied, std::cmp::Reverse(**n))).map(|x| *x.0))?;
        let (article, reading) = read.get(at)?;
        let span = seen.get(&at)?.span;
        Some(Sighting { article: article.id.clone(), span, sentence: sentence(article, reading, span) })
    };
    let mut found: Vec<Sighting> = [best(&a.seen), best(&b.seen)].into_iter().flatten().collect();
    found.dedup();
    found
}

/// Where a name stands in one article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    /// The name.
    pub(super) span: Span,
    /// Whether an office or a body is told with it.
    pub(super) tied: bool,
}

/// The sentence around a span: that of the shortest item around it, else cut out of its paragraph.
fn sentence(article: &Article, reading: &Reading, span: Span) -> Span {
    fn of<'r>(items: &'r [impl HasItem]) -> impl Iterator<Item = Span> + 'r {
        items.iter().map(|i| i.item().sentence())
    }
    let items =
        of(&reading.statements).chain(of(&reading.roles)).chain(of(&reading.quotes)).chain(of(&reading.figures));
    let told = items.chain(of(&reading.meetings)).chain(of(&reading.incidents)).filter(|s| s.contains(span));
    told.min_by_key(|s| (s.len(), s.start())).unwrap_or_else(|| cut_sentence(&article.text, span))
}

/// The stretch from the last full stop before a span to the next one after it, in its paragraph.
fn cut_sentence(text: &str, span: Span) -> Span {
    let ends = |at: usize| {
        let (before, after) = text.split_at(at);
        let word = before.rsplit([' ', '\n', '.']).next().unwrap_or("");
        after.strip_prefix(['.', '!', '?']).is_some_and(|r| r.starts_with([' ', '\n', '"', '”']) || r.is_empty())
            && word.chars().filter(|c| c.is_alphabetic()).count() > 3
    };
    let stops = || text.match_indices(['.', '!', '?', '\n']).filter(|(at, c)| *c == "\n" || ends(*at));
    let start = stops().map(|(at, c)| at + c.len()).take_while(|&at| at <= span.start()).last().unwrap_or(0);
    let end = stops().find(|&(at, _)| at >= span.end()).map_or(text.len(), |(at, c)| at + usize::from(c != "\n"));
    let words = text.get(start..end).unwrap_or("");
    let start = start + (words.len() - words.trim_start_matches([' ', '"', '”']).len());
    Span::of(text, start.min(span.start())..end).unwrap_or(span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_cut_out_of_its_paragraph() {
        let text = "The envoys met.\nThey spoke. Gen. Ana Weld left early. Nobody else did.";
        let at = text.find("Weld").unwrap();
        let found = cut_sentence(text, Span::of(text, at..at + 4).unwrap());
        assert_eq!(found.slice(text), "Gen. Ana Weld left early.");
        let last = text.find("Nobody").unwrap();
        assert_eq!(cut_sentence(text, Span::of(text, last..last + 6).unwrap()).slice(text), "Nobody else did.");
    }
}
