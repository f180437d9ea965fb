//! The timeline as lanes: a lane a kind, a mark a record, where it was planned and where it happened.

use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};

use super::{days_between, n};
use crate::words::t;

/// A mark in a lane.
#[derive(Debug, Clone)]
pub(crate) struct Mark {
    pub(crate) lane: usize,
    pub(crate) from: Date,
    pub(crate) to: Date,
    pub(crate) says: String,
    pub(crate) link: String,
    /// Planned, put off, called off: not what happened.
    pub(crate) is_only_said: bool,
}

const WIDTH: f64 = 960.0;
const LEFT: f64 = 96.0;
const RIGHT: f64 = 12.0;
const ROW: f64 = 15.0;
/// Rows of one lane at most; what does not fit lies on the last.
const ROWS: usize = 6;

/// The lanes that have marks. `today`: a line where what is known ends.
pub(crate) fn draw(lanes: &[&str], marks: &[Mark], today: Option<Date>) -> Markup {
    let days = || marks.iter().flat_map(|m| [m.from, m.to]).chain(today);
    let (Some(from), Some(to)) = (days().min(), days().max()) else { return html! {} };
    let span = days_between(from, to);
    let x = |day: Date| LEFT + (WIDTH - LEFT - RIGHT) * f64::from(from.until(day).map_or(0, |s| s.get_days())) / span;
    let mut top = 8.0;
    let mut drawn = Vec::new();
    for (number, name) in lanes.iter().enumerate() {
        let own: Vec<&Mark> = marks.iter().filter(|m| m.lane == number).collect();
        if own.is_empty() {
            continue;
        }
        let rows = rows(&own, &x);
        let count = rows.iter().max().map_or(1, |r| r + 1);
        drawn.push((*name, top, own.into_iter().zip(rows).collect::<Vec<_>>()));
        top += ROW * count as f64 + 12.0;
    }
    let tall = top + 26.0;
    let ticks = ticks(from, to);
    html! {
        svg.lanes viewBox={ "0 0 " (WIDTH) " " (n(tall)) } role="group" aria-label={ "Timeline from " (from) " to " (to) } {
            @for day in &ticks {
                line.rule x1=(n(x(*day))) x2=(n(x(*day))) y1="4" y2=(n(top)) {}
                text.tick x=(n(x(*day))) y=(n(top + 14.0)) { (day.strftime("%-d %b %Y")) }
            }
            @if let Some(today) = today { line.today x1=(n(x(today))) x2=(n(x(today))) y1="0" y2=(n(top)) { title { "as of " (today) } } }
            @for (name, top, own) in &drawn {
                text.lane x="2" y=(n(top + 11.0)) { (name) }
                @for (mark, row) in own {
                    a href=(mark.link) tabindex="-1" aria-label=(t(&mark.says)) {
                        rect class=(if mark.is_only_said { "mark said" } else { "mark" })
                            x=(n(x(mark.from) - 4.0)) y=(n(top + ROW * *row as f64 + 1.0))
                            width=(n(x(mark.to) - x(mark.from) + 9.0)) height="11" rx="3" { title { (t(&mark.says)) } }
                    }
                }
            }
        }
    }
}

/// In which row of its lane each mark lies, so that none hides another while there is room.
fn rows(marks: &[&Mark], x: &dyn Fn(Date) -> f64) -> Vec<usize> {
    let mut ends: Vec<f64> = Vec::new();
    marks
        .iter()
        .map(|m| {
            let start = x(m.from) - 4.0;
            let row = ends.iter().position(|end| *end < start).unwrap_or_else(|| ends.len().min(ROWS - 1));
            let end = x(m.to) + 7.0;
            match ends.get_mut(row) {
                Some(last) => *last = last.max(end),
                None => ends.push(end),
            }
            row
        })
        .collect()
}

/// Days that are named below: firsts of months, or of weeks where it is short.
fn ticks(from: Date, to: Date) -> Vec<Date> {
    let days = days_between(from, to);
    let step = if days <= 14.0 {
        2.days()
    } else if days <= 70.0 {
        1.week()
    } else if days <= 400.0 {
        1.month()
    } else {
        6.months()
    };
    let first = if days > 70.0 { from.first_of_month().checked_add(1.month()).unwrap_or(from) } else { from };
    let mut all = Vec::new();
    let mut day = first;
    while day <= to && all.len() < 16 {
        all.push(day);
        let Ok(next) = day.checked_add(step) else { break };
        day = next;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(lane: usize, day: &str, says: &str) -> Mark {
        let day = day.parse().unwrap();
        Mark { lane, from: day, to: day, says: says.to_string(), link: "/items/x".to_string(), is_only_said: false }
    }

    #[test]
    fn marks_of_one_day_lie_one_below_the_other() {
        let all = [mark(0, "2025-03-01", "a"), mark(0, "2025-03-01", "b<"), mark(2, "2025-05-01", "c")];
        let svg = draw(&["Meetings", "Nothing", "Incidents"], &all, None).into_string();
        assert!(svg.contains("y=\"9\"") && svg.contains("y=\"24\""), "{svg}");
        assert!(svg.contains("b&lt;") && !svg.contains("Nothing") && svg.contains("5 Apr 2025"), "{svg}");
        assert_eq!(draw(&["Meetings"], &[], None).into_string(), "");
    }

    #[test]
    fn ever_so_many_marks_take_no_more_rows() {
        let all: Vec<Mark> = (0..1000).map(|n| mark(0, "2025-03-01", &n.to_string())).collect();
        let svg = draw(&["Incidents"], &all, Some("2025-04-01".parse().unwrap())).into_string();
        assert!(svg.contains("viewBox=\"0 0 960 136\""), "{}", &svg[..200]);
    }
}
