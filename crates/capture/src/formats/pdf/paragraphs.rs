//! From the lines of pages to paragraphs.

use std::collections::{BTreeMap, BTreeSet};

use super::page::Line;

/// Lines at the top and at the foot of a page among which running heads are looked for.
const EDGE: usize = 3;

/// The text of all pages, one line a paragraph.
pub(super) fn joined(mut pages: Vec<Vec<Line>>) -> String {
    for page in &mut pages {
        for line in page.iter_mut() {
            line.text = line.text.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        page.retain(|line| !line.text.is_empty());
    }
    drop_running_heads(&mut pages);
    let words = Words::of(&pages);
    let mut text = String::new();
    let mut last: Option<&Line> = None;
    for page in &pages {
        let look = Look::of(page);
        for (at, line) in page.iter().enumerate() {
            match last {
                None => {}
                Some(before) if at > 0 && look.go_on(before, line) => words.join(&mut text, &line.text),
                // A paragraph goes on over the page where its sentence does.
                Some(before) if at == 0 && same_size(before, line) && !ends_sentence(&before.text) => {
                    words.join(&mut text, &line.text);
                }
                Some(_) => text.push('\n'),
            }
            text.push_str(&line.text);
            last = Some(line);
        }
    }
    text
}

/// What stands at the edge of most pages, numbers aside, is no text: page numbers, running heads, addresses of prints.
fn drop_running_heads(pages: &mut [Vec<Line>]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for page in pages.iter() {
        let edge: BTreeSet<String> = edge(page).map(|at| without_numbers(&page[at].text)).collect();
        edge.into_iter().for_each(|line| *seen.entry(line).or_default() += 1);
    }
    let many = (pages.len() / 2).max(2);
    for page in pages.iter_mut() {
        let is_page_number = |line: &str| line.len() <= 4 && line.bytes().all(|b| b.is_ascii_digit());
        let dropped: BTreeSet<usize> = edge(page)
            .filter(|&at| {
                let text = &page[at].text;
                is_page_number(text) || seen.get(&without_numbers(text)).is_some_and(|&count| count >= many)
            })
            .collect();
        let mut at = 0;
        page.retain(|_| {
            at += 1;
            !dropped.contains(&(at - 1))
        });
    }
}

/// The places of the highest and the lowest lines of a page.
fn edge(page: &[Line]) -> impl Iterator<Item = usize> + use<> {
    let mut order: Vec<usize> = (0..page.len()).collect();
    order.sort_by(|a, b| page[*b].base.total_cmp(&page[*a].base));
    let last = order.len().saturating_sub(EDGE).max(EDGE.min(order.len()));
    let foot = order.split_off(last);
    order.truncate(EDGE);
    order.into_iter().chain(foot)
}

fn without_numbers(line: &str) -> String {
    line.chars().filter(|c| !c.is_ascii_digit()).collect()
}

/// How lines follow each other on a page.
struct Look {
    /// The usual step from a line to the next, in sizes.
    step: f32,
    /// The right edge of the lines that start at the same place, by tens of points.
    edges: BTreeMap<i32, f32>,
}

impl Look {
    fn of(page: &[Line]) -> Self {
        let mut steps: Vec<f32> = page
            .windows(2)
            .map(|pair| (pair[0].base - pair[1].base) / pair[1].size.max(0.1))
            .filter(|step| (0.5..3.0).contains(step))
            .collect();
        steps.sort_by(f32::total_cmp);
        // The lower third: paragraphs set apart by space have longer steps.
        let step = steps.get(steps.len() / 3).copied().unwrap_or(1.2);
        let mut edges: BTreeMap<i32, f32> = BTreeMap::new();
        for line in page {
            let edge = edges.entry(column(line)).or_insert(line.end);
            *edge = edge.max(line.end);
        }
        Self { step, edges }
    }

    /// Whether a line goes on with the paragraph of the one before it.
    fn go_on(&self, before: &Line, line: &Line) -> bool {
        if !same_size(before, line) {
            return false;
        }
        let step = (before.base - line.base) / line.size.max(0.1);
        if step <= 0.0 {
            // The next column: only a sentence that has not ended goes on there.
            return !ends_sentence(&before.text) && line.text.starts_with(char::is_lowercase);
        }
        let is_apart = step > self.step * 1.3;
        let marks = ['•', '–', '▪', '●', '·'];
        let is_indented = line.start - before.start > line.size * 0.8 && !before.text.starts_with(marks);
        let column = column(before);
        let edge = (column - 3..=column).filter_map(|c| self.edges.get(&c)).fold(before.end, |a, b| a.max(*b));
        let left = edge - before.end;
        let is_short = left > (edge - before.start) * 0.12 + line.size;
        // The next word would have had room: its writer began a new line on purpose.
        let word = line.text.split(' ').next().unwrap_or_default().chars().count() as f32;
        let letter = (line.end - line.start) / (line.text.chars().count().max(1) as f32);
        let has_room = left > word * letter * 1.3 + line.size;
        let is_list = line.text.starts_with(marks);
        let is_ended = is_short && ends_sentence(&before.text);
        !(is_apart || is_indented || is_list || has_room || is_ended)
    }
}

fn column(line: &Line) -> i32 {
    (line.start / 10.0) as i32
}

fn same_size(a: &Line, b: &Line) -> bool {
    (a.size - b.size).abs() <= a.size.max(b.size) * 0.08
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '’', '\'', ')']).ends_with(['.', '?', '!', ':'])
}

/// The words of the document, by which a hyphen at the end of a line is judged.
struct Words(BTreeSet<String>);

impl Words {
    fn of(pages: &[Vec<Line>]) -> Self {
        let mut words = BTreeSet::new();
        let mut is_broken = false;
        for line in pages.iter().flatten() {
            let mut parts: Vec<&str> = line.text.split(' ').skip(usize::from(is_broken)).collect();
            is_broken = line.text.ends_with('-');
            if is_broken {
                parts.pop();
            }
            let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            words.extend(parts.into_iter().map(bare).filter(|w| !w.is_empty()));
        }
        Self(words)
    }

    /// Joins a line to the text: with a space, or inside a word that was broken. `well-` and `known` stay `well-known`
    /// where the document writes it so elsewhere, or where it knows both parts and never the word without the hyphen.
    fn join(&self, text: &mut String, line: &str) {
        if text.ends_with('\u{ad}') {
            text.pop();
            return;
        }
        let is_broken = text.ends_with('-') && !text.ends_with(" -") && line.starts_with(char::is_alphabetic);
        if !is_broken {
            text.push(' ');
            return;
        }
        let start = text.rfind([' ', '\n']).map_or(0, |at| at + 1);
        let first = text[start..text.len() - 1].trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let second: String =
            line.chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect::<String>().to_lowercase();
        let has = |word: &str| self.0.contains(word);
        let is_compound = has(&format!("{first}-{second}"))
            || line.starts_with(char::is_uppercase)
            || (!has(&format!("{first}{second}")) && has(&first) && has(&second));
        if !is_compound {
            text.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, start: f32, end: f32, base: f32) -> Line {
        Line { text: text.to_string(), start, end, base, size: 10.0 }
    }

    #[test]
    fn lines_join_and_paragraphs_part() {
        let page = vec![
            Line { size: 20.0, ..line("Owners refuse", 50.0, 300.0, 700.0) },
            line("The owners of the mills refused on Tuesday to nego-", 50.0, 400.0, 650.0),
            line("tiate.", 50.0, 80.0, 638.0),
            line("The union, which is well-", 50.0, 400.0, 626.0),
            line("known in Halver, left the talks and would not say", 50.0, 400.0, 614.0),
            line("when it would be back.", 50.0, 160.0, 602.0),
            line("A well-known man said so.", 50.0, 200.0, 580.0),
        ];
        assert_eq!(
            joined(vec![page]),
            "Owners refuse\nThe owners of the mills refused on Tuesday to negotiate.\nThe union, which is well-known in \
             Halver, left the talks and would not say when it would be back.\nA well-known man said so."
        );
    }

    #[test]
    fn items_of_lists_stay_apart_and_whole() {
        let page = vec![
            line("The union asks for three things in its letter to the owners:", 50.0, 400.0, 700.0),
            line("• seven percent for all who work at the looms by day and by", 60.0, 400.0, 688.0),
            line("night;", 70.0, 95.0, 676.0),
            line("• an end of the night shift.", 60.0, 180.0, 664.0),
        ];
        let text = joined(vec![page]);
        assert_eq!(text.lines().nth(1), Some("• seven percent for all who work at the looms by day and by night;"));
        assert_eq!(text.lines().count(), 3);
    }

    #[test]
    fn running_heads_go_and_sentences_run_over_pages() {
        let page = |number: usize, text: &str| {
            vec![
                line(&format!("4/3/25, 10:1{number} Herald"), 50.0, 200.0, 780.0),
                line(text, 50.0, 400.0, 650.0),
                line(&number.to_string(), 300.0, 305.0, 20.0),
            ]
        };
        assert_eq!(joined(vec![page(1, "The owners"), page(2, "refused.")]), "The owners refused.");
    }
}
