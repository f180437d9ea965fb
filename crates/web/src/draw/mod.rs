//! Pictures, drawn as SVG on the server: no script, colours from the style, words that can be selected and read out.

pub(crate) mod arcs;
pub(crate) mod lanes;
pub(crate) mod spark;

use jiff::civil::Date;

/// Days between two, at least one.
pub(crate) fn days_between(from: Date, to: Date) -> f64 {
    from.until(to).map_or(1.0, |s| f64::from(s.get_days())).max(1.0)
}

/// A number for a picture: one decimal, no `-0`.
pub(crate) fn n(value: f64) -> String {
    let value = (value * 10.0).round() / 10.0;
    format!("{}", if value == 0.0 { 0.0 } else { value })
}
