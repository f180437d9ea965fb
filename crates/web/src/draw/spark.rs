//! A position over time as a line: for above, open between, against below.

use jiff::civil::Date;
use maud::{Markup, html};
use serde_json::Value;

use super::{days_between, n};
use crate::snapshot::list;
use crate::words::{t, word};

/// How far a day lies along so many days, from 0 to 1.
fn along(from: Date, day: Date, span: f64) -> f64 {
    f64::from(from.until(day).map_or(0, |s| s.get_days())).clamp(0.0, span) / span
}

/// Points of the line: day and stance of each run.
fn runs(position: &Value) -> Vec<(Date, &str)> {
    list(position, "series").filter_map(|s| Some((word(s, "/from").parse().ok()?, word(s, "/stance")))).collect()
}

fn height(stance: &str) -> f64 {
    match stance {
        "for" => 0.0,
        "against" => 1.0,
        _ => 0.5,
    }
}

/// The days of all that was told of it.
fn own_days(position: &Value) -> Option<(Date, Date)> {
    let all: Vec<Date> = list(position, "history").filter_map(|t| word(t, "/day").parse().ok()).collect();
    Some((*all.iter().min()?, *all.iter().max()?))
}

/// A small line beside words that say the same. `span`: the days of all lines of a table, so that they can be compared.
pub(crate) fn line(position: &Value, span: Option<(Date, Date)>) -> Markup {
    let runs = runs(position);
    let Some((from, to)) = span.or_else(|| own_days(position)) else { return html! {} };
    if runs.len() < 2 && span.is_none() {
        return html! {};
    }
    let (width, tall) = (76.0, 16.0);
    let span = days_between(from, to);
    let x = |day: Date| 2.0 + (width - 4.0) * along(from, day, span);
    let y = |stance: &str| 2.5 + (tall - 5.0) * height(stance);
    html! {
        svg.spark viewBox={ "0 0 " (width) " " (tall) } width=(width) height=(tall) aria-hidden="true" focusable="false" {
            path d=(path(&runs, to, &x, &y)) {}
            @for (day, stance) in &runs { circle cx=(n(x(*day))) cy=(n(y(stance))) r="2" {} }
        }
    }
}

/// The same large, with its days, and every telling as a mark.
pub(crate) fn chart(position: &Value) -> Markup {
    let runs = runs(position);
    let Some((from, to)) = own_days(position) else { return html! {} };
    let (width, tall) = (640.0, 120.0);
    let span = days_between(from, to);
    let x = |day: Date| 70.0 + (width - 90.0) * along(from, day, span);
    let y = |stance: &str| 16.0 + 66.0 * height(stance);
    let told: Vec<(Date, &Value)> =
        list(position, "history").filter_map(|t| Some((word(t, "/day").parse().ok()?, t))).collect();
    let summary = format!(
        "From {from} to {to}: {}",
        runs.iter().map(|(d, s)| format!("{s} from {d}")).collect::<Vec<_>>().join(", ")
    );
    html! {
        svg.chart viewBox={ "0 0 " (width) " " (tall) } role="img" aria-label=(t(&summary)) {
            @for stance in ["for", "open", "against"] {
                text x="4" y=(n(y(stance) + 4.0)) { (stance) }
                line.rule x1="62" x2=(n(width - 12.0)) y1=(n(y(stance))) y2=(n(y(stance))) {}
            }
            path d=(path(&runs, to, &x, &y)) {}
            @for (day, told) in &told {
                circle class=(if matches!(word(told, "/telling"), "first" | "shift") { "moved" } else { "told" }) cx=(n(x(*day))) cy=(n(y(word(told, "/stance")))) r="4" {
                    title { (day) ": " (t(word(told, "/stance"))) ", " (t(word(told, "/telling"))) }
                }
            }
            text x="62" y="112" { (from) }
            @if to > from { text.end x=(n(width - 12.0)) y="112" { (to) } }
        }
    }
}

/// Level while a stance lasts, then straight to the next.
fn path(runs: &[(Date, &str)], to: Date, x: &dyn Fn(Date) -> f64, y: &dyn Fn(&str) -> f64) -> String {
    let mut d = String::new();
    for (i, (day, stance)) in runs.iter().enumerate() {
        let command = if i == 0 { "M" } else { "L" };
        d += &format!("{command}{} {}", n(x(*day)), n(y(stance)));
        let until = runs.get(i + 1).map_or(to, |(next, _)| *next);
        if until > *day {
            d += &format!("H{}", n(x(until)));
        }
    }
    d
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_line_goes_from_stance_to_stance() {
        let told = json!([{"day": "2025-03-01", "stance": "against", "telling": "first"}, {"day": "2025-03-11", "stance": "for", "telling": "shift"}]);
        let position = json!({"series": [{"from": "2025-03-01", "stance": "against"}, {"from": "2025-03-11", "stance": "for"}], "history": told});
        let svg = line(&position, None).into_string();
        assert!(svg.contains("<path d=\"M2 13.5H74L74 2.5\">"), "{svg}");
        assert_eq!(svg.matches("<circle").count(), 2);
        let chart = chart(&position).into_string();
        assert!(chart.contains("against from 2025-03-01, for from 2025-03-11"), "{chart}");
        assert_eq!(line(&json!({"series": [], "history": []}), None).into_string(), "");
    }
}
