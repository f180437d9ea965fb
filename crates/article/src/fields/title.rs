//! The title of an article, without the site's name.

use crate::furniture;
use crate::html::Meta;
use crate::plain::{Line, Look};

const SEPARATORS: &[&str] = &[" | ", " - ", " – ", " — ", " :: ", " » ", " • ", " · ", " // ", " ‹ ", " « "];

/// The title without the outlet's name at its end or start.
///
/// A last part is also taken for the site's name where the outlet is not known: after `|` always, after a dash where it
/// is short and the rest is long enough to be a title.
pub(crate) fn without_site(title: &str, outlet: &str) -> String {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let same = |part: &str| alike(part, outlet);
    let mut kept = title.as_str();
    for _ in 0..2 {
        let Some((at, separator)) = SEPARATORS.iter().filter_map(|s| kept.rfind(s).map(|at| (at, *s))).max() else {
            break;
        };
        let (head, tail) = (&kept[..at], &kept[at + separator.len()..]);
        let count = |words: &str| words.split_whitespace().count();
        let site = same(tail)
            || (outlet.is_empty()
                && (separator == " | " || count(tail) <= 4)
                && count(tail) <= 6
                && count(head) >= 3
                && capitalised(tail));
        let section = separator == " | " && count(tail) <= 3 && count(head) >= 4;
        if same(head) && count(tail) >= 2 {
            kept = tail;
        } else if site || section {
            kept = head;
        } else {
            break;
        }
    }
    if let Some((head, tail)) = kept.split_once(": ")
        && same(head)
    {
        kept = tail;
    }
    kept.trim().to_string()
}

fn capitalised(words: &str) -> bool {
    let all: Vec<&str> = words.split_whitespace().collect();
    all.iter().filter(|w| w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())).count() * 3 >= all.len() * 2
}

/// Whether two names are one: letters and digits compared, `The` and `.com` aside, one inside the other.
pub(crate) fn alike(a: &str, b: &str) -> bool {
    let bare = |words: &str| {
        let lower = words.to_lowercase();
        let cut = lower.trim_start_matches("the ").trim_end_matches(".com").trim_end_matches(".org").to_string();
        cut.chars().filter(|c| c.is_alphanumeric()).collect::<String>()
    };
    let (a, b) = (bare(a), bare(b));
    !a.is_empty()
        && !b.is_empty()
        && (a == b
            || (a.len() >= 4
                && b.len() >= 4
                && (a.contains(&b) || b.contains(&a))
                && a.len().min(b.len()) * 2 >= a.len().max(b.len())))
}

/// How much of the words of `a` are in `b`, 0 to 1.
fn shared(a: &str, b: &str) -> f64 {
    let words = |t: &str| {
        t.to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .map(str::to_string)
            .collect::<Vec<_>>()
    };
    let (a, b) = (words(a), words(b));
    if a.is_empty() {
        return 0.0;
    }
    a.iter().filter(|w| b.contains(w)).count() as f64 / a.len() as f64
}

/// The title of a page: its headline heading, else what its metadata states, else the heading above the body, else the
/// document's title.
pub(crate) fn of_page(meta: &Meta, outlet: &str, heading_above: Option<&str>) -> String {
    let stated: Vec<String> =
        meta.stated_titles.iter().map(|t| without_site(t, outlet)).filter(|t| !t.is_empty()).collect();
    let document = without_site(&meta.document_title, outlet);
    let fits = |h: &&String| h.split_whitespace().count() >= 2 && !alike(h, outlet) && h.len() < 300;
    let headings: Vec<&String> = meta.headings.iter().filter(fits).collect();
    let agreed = |h: &str| {
        stated.iter().chain([&document, &meta.document_title]).map(|t| shared(h, t).min(1.0)).fold(0.0, f64::max)
    };
    let best = headings.iter().max_by(|a, b| agreed(a).total_cmp(&agreed(b)).then(b.len().cmp(&a.len()).reverse()));
    match best {
        Some(best) if headings.len() == 1 || agreed(best) >= 0.5 => return without_site(best, outlet),
        _ => {}
    }
    let above = heading_above.filter(|h| h.split_whitespace().count() >= 3).map(str::to_string);
    stated.into_iter().next().or(above).unwrap_or(document)
}

/// Where the title of a plain text stands among its lines, and the title.
pub(crate) struct Placed {
    pub(crate) line: usize,
    pub(crate) title: String,
}

/// The title line of a plain text: printed twice (once with the site's name), or the line above byline or dateline, or
/// the last line without an end above the first prose.
pub(crate) fn of_lines(lines: &[Line], outlet: &str) -> Option<Placed> {
    let limit = opening(lines, &crate::plain::select(lines));
    let good = |at: &usize| {
        let line = &lines[*at];
        let loose = line.look == Look::Loose || (line.look == Look::Short && line.text.ends_with(['?', '!']));
        loose
            && (3..=30).contains(&line.words)
            && line.text.len() < 250
            && !alike(line.text, outlet)
            && !furniture::is_caption(line.text)
            && !super::byline::is_bare_name(line.text)
    };
    let candidates: Vec<usize> = (0..limit).filter(good).collect();
    let placed = |at: usize| Placed { line: at, title: without_site(lines[at].text, outlet) };
    // Titles stand near the body and are repeated near the top; this keeps the comparison small on any text.
    let near = candidates.len().saturating_sub(40);
    let printed_twice = candidates.iter().skip(near).find(|&&at| {
        let others = lines.iter().enumerate().take(500).filter(|(i, l)| *i != at && l.text.len() < 400);
        others.into_iter().any(|(_, l)| contains(l.text, lines[at].text))
    });
    if let Some(&at) = printed_twice {
        return Some(placed(at));
    }
    let named = |at: usize| {
        lines.get(at + 1).is_some_and(|l| {
            furniture::is_byline(l.text)
                || super::byline::is_bare_name(l.text)
                || super::dateline::read(l.text).is_some()
        })
    };
    let at = candidates.iter().rev().find(|&&at| named(at)).or(candidates.last())?;
    Some(placed(*at))
}

fn contains(line: &str, title: &str) -> bool {
    let straight = |t: &str| {
        t.chars()
            .map(|c| match c {
                '“' | '”' => '"',
                '’' | '‘' => '\'',
                '–' | '—' => '-',
                c => c,
            })
            .collect::<String>()
    };
    line.len() > title.len() / 2 && straight(line).contains(&straight(title))
}

/// The first lines: up to the prose that opens the body. One piece of prose above the title (a summary) is passed.
fn opening(lines: &[Line], kept: &[bool]) -> usize {
    let core: Vec<usize> = (0..lines.len()).filter(|&i| kept[i] && lines[i].look == Look::Core).collect();
    let Some(&first) = core.first() else { return lines.len().min(20) };
    let dateline = core.iter().take(3).find(|&&i| super::dateline::read(lines[i].text).is_some()).copied();
    dateline.unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_site_is_taken_off_either_end() {
        assert_eq!(without_site("Talks resume in Geneva | The Daily", ""), "Talks resume in Geneva");
        assert_eq!(without_site("Talks resume - World - The Daily", "The Daily"), "Talks resume - World");
        assert_eq!(without_site("The Daily — Talks resume in Geneva", "The Daily"), "Talks resume in Geneva");
        assert_eq!(without_site("Harbour Notes: Talks resume", "Harbour Notes"), "Talks resume");
        assert_eq!(
            without_site("Talks resume – but nobody smiles at the long table", ""),
            "Talks resume – but nobody smiles at the long table"
        );
    }
}
