//! Which lines are the body: the span of most prose, and a second one where a live page has it.

use std::ops::Range;

use super::{Line, Look};
use crate::furniture;

/// A later span needs this much prose, in weight, to be kept.
const SECOND: i32 = 120;
/// A span before the best one needs less: leads come before boxes, menus hold no prose.
const LEAD: i32 = 40;
/// The most later spans; each is a walk over the rest of the lines.
const MOST: usize = 64;

/// Whether each line is part of the body.
pub(crate) fn select(lines: &[Line]) -> Vec<bool> {
    let weights: Vec<i32> = weights(lines);
    let mut kept = vec![false; lines.len()];
    let stop = end_of_article(lines);
    let Some(best) = best_span(&weights, 0..stop) else { return kept };
    keep(lines, &mut kept, best.clone());
    // What stands around the best span may go on with the report after a break: a live page, an interlude of links.
    let mut after = best.end..stop.max(best.end);
    for _ in 0..MOST {
        let Some(span) = best_span(&weights, after.clone()).filter(|s| sum(&weights, s) >= SECOND) else { break };
        keep(lines, &mut kept, span.clone());
        after.start = span.end;
    }
    if let Some(span) = best_span(&weights, 0..best.start).filter(|s| sum(&weights, s) >= LEAD) {
        keep(lines, &mut kept, span);
    }
    drop_loose(lines, &mut kept);
    drop_tail(lines, &mut kept);
    kept
}

fn weights(lines: &[Line]) -> Vec<i32> {
    let mut weights = Vec::with_capacity(lines.len());
    let mut loose_run = 0;
    for line in lines {
        let words = i32::try_from(line.words.min(60)).unwrap_or(60);
        loose_run = if matches!(line.look, Look::Loose | Look::Furniture | Look::Box) { loose_run + 1 } else { 0 };
        weights.push(match line.look {
            Look::Core => words,
            Look::Short => words / 2,
            Look::Item => words / 3,
            // Headings stand alone; menus and lists of headlines come in runs.
            Look::Loose => -2 - 2 * loose_run.min(5),
            Look::Furniture => -6 - loose_run.min(5),
            Look::Box => -25,
            Look::End => -100,
        });
    }
    weights
}

fn sum(weights: &[i32], span: &Range<usize>) -> i32 {
    weights[span.clone()].iter().sum()
}

/// The span of the greatest sum, the first of equals; none where no line weighs anything.
fn best_span(weights: &[i32], within: Range<usize>) -> Option<Range<usize>> {
    let (mut best, mut best_sum) = (None, 0);
    let (mut start, mut running) = (within.start, 0);
    for at in within {
        if running <= 0 {
            (start, running) = (at, 0);
        }
        running += weights.get(at)?;
        if running > best_sum {
            (best, best_sum) = (Some(start..at + 1), running);
        }
    }
    best
}

/// The first heading that says the article is over, once there was an article: a discussion can be longer than what it
/// discusses.
fn end_of_article(lines: &[Line]) -> usize {
    let (mut prose, mut words) = (0, 0);
    for (at, line) in lines.iter().enumerate() {
        match line.look {
            Look::Core => (prose, words) = (prose + 1, words + line.words),
            Look::End if prose >= 2 && words >= 80 => return at,
            _ => {}
        }
    }
    lines.len()
}

fn keep(lines: &[Line], kept: &mut [bool], span: Range<usize>) {
    for at in span {
        kept[at] = !matches!(lines[at].look, Look::Furniture | Look::Box | Look::End);
    }
}

/// Loose lines stay only as headings: short, alone, and right above prose; and as the items of a list.
fn drop_loose(lines: &[Line], kept: &mut [bool]) {
    let (mut boxed, mut listed) = (false, false);
    for at in 0..lines.len() {
        // "The plan foresees:" is followed by its points, with or without numbers.
        match lines[at].look {
            Look::Loose if listed && kept[at] => continue,
            _ => listed = kept[at] && lines[at].text.ends_with(':') && lines[at].words >= 3,
        }
        match lines[at].look {
            Look::Box => boxed = true,
            Look::Core => boxed = false,
            _ => {}
        }
        if boxed
            && kept[at]
            && matches!(lines[at].look, Look::Loose | Look::Item | Look::Short)
            && !furniture::has_quotation(lines[at].text)
        {
            kept[at] = false;
        }
        if kept[at] && lines[at].look == Look::Loose && !is_heading(lines, at) {
            kept[at] = false;
        }
    }
}

fn is_heading(lines: &[Line], at: usize) -> bool {
    let next = lines.get(at + 1).map(|l| l.look);
    let before = at.checked_sub(1).and_then(|b| lines.get(b)).map(|l| l.look);
    let prose = |look: Option<Look>| matches!(look, Some(Look::Core | Look::Short | Look::Item));
    lines[at].words <= 14
        && prose(next)
        && (prose(before) || before == Some(Look::Furniture))
        && !furniture::is_caption(lines[at].text)
}

/// What trails after the last prose: biographies, a second masthead, notes on the page.
fn drop_tail(lines: &[Line], kept: &mut [bool]) {
    let last = kept.iter().filter(|k| **k).count();
    let mut seen = 0;
    for at in 0..lines.len() {
        if !kept[at] {
            continue;
        }
        seen += 1;
        if seen + 4 > last && seen > 1 && furniture::is_biography(lines[at].text) {
            kept[at] = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines;
    use super::*;

    /// The kept lines of a text whose prose lines are written `P`, short sentences `S`, loose lines `L`, menus `M`.
    fn check(marks: &str, expected: &str) {
        let prose = "The envoys of both sides met for a third day of talks in the old town hall, officials said";
        let text: Vec<String> = marks
            .chars()
            .enumerate()
            .map(|(at, mark)| match mark {
                'P' => format!("{prose} in report {at}."),
                'S' => format!("Nobody spoke of {at}."),
                'L' => format!("Heading number {at} here"),
                'M' => format!("Home {at} | World | Sport"),
                'E' => "Leave a Reply".to_string(),
                _ => "You may also like".to_string(),
            })
            .collect();
        let text = text.join("\n");
        let lines = lines(&text);
        let kept: String = select(&lines).iter().map(|k| if *k { 'x' } else { '.' }).collect();
        assert_eq!(kept, expected, "{marks}");
    }

    #[test]
    fn the_span_of_most_prose_is_kept_with_its_headings() {
        check("MMLPPSLPPM", "...xxxxxx.");
        check("PPLLLLLLPPP", "xx......xxx");
        check("PPPPPPLLLLLLP", "xxxxxx.......");
    }

    #[test]
    fn nothing_after_the_end_of_the_article_is_kept() {
        check("PPPPPEPPPPPPPPP", "xxxxx..........");
        check("EPPPPP", ".xxxxx");
    }

    #[test]
    fn boxes_of_headlines_are_left_out_and_the_text_goes_on() {
        check("PPPBLLPPP", "xxx...xxx");
    }
}
