//! Whether one article copies another, told by the two alone.

use rapporteur_article::CopyKind;

use super::sketch::{SHINGLE, Sketch, common};
use super::weights::WHOLE;

/// Share of the shorter text's shingles that makes a near copy.
const NEAR: f64 = 0.6;
/// Share of its shingles by which a text is a rewrite with nothing else to show for it.
const REWRITE: f64 = 0.2;
/// A rewrite follows its source within so many days.
const DAYS: i32 = 4;
/// What a credit to the agency counts towards a rewrite; 1 is enough.
const CREDIT: f64 = 0.5;
/// What a run of words counts that both quote, and all of them at most: who sat in the same room heard the same words.
const QUOTED: (f64, f64) = (0.05, 0.7);
/// Likeness from which words, names and figures in common count, what they count then, and at most.
const ALIKE: (f64, f64, f64) = (0.25, 3.0, 0.6);

/// How `newer` copies `older`, and how much speaks for it in thousandths; `likeness` is that of their vectors.
pub(crate) fn copy(newer: &Sketch, older: &Sketch, likeness: u32) -> Option<(u32, CopyKind)> {
    if newer.is_of_page(older) {
        return Some((20_000, CopyKind::Version));
    }
    let (same, mine, theirs) = newer.shingles.shared(&older.shingles);
    if newer.whole == older.whole && same > 0 {
        return Some((10_000, CopyKind::Exact));
    }
    let either = same as f64 / mine.min(theirs).max(1) as f64;
    if either >= NEAR && same >= SHINGLE {
        return Some((8_000 + (either * 1000.0) as u32, CopyKind::Near));
    }
    if newer.days_from(older).is_some_and(|d| d > DAYS) {
        return None;
    }
    let share = same as f64 / mine.max(1) as f64;
    let quotes = common(&newer.quotes, &older.quotes) as f64;
    let (from, slope, most) = ALIKE;
    let alike = ((f64::from(likeness) / f64::from(WHOLE) - from) * slope).max(0.0);
    let credit = if credits(newer, older) { CREDIT } else { 0.0 };
    let shown = share / REWRITE + (quotes * QUOTED.0).min(QUOTED.1) + credit;
    // what is left out over the most decides between two sources
    (shown + alike.min(most) >= 1.0).then_some((((shown + alike) * 1000.0) as u32, CopyKind::Rewrite))
}

/// Whether `a`, not an agency's own text, names the agency of `b`, which is.
fn credits(a: &Sketch, b: &Sketch) -> bool {
    let Some(agency) = b.agency else { return false };
    if a.is_agency || !b.is_agency && b.outlet.is_some() {
        return false;
    }
    let names = |name: u32| a.credits.binary_search(&name).is_ok();
    a.agency == Some(agency) || names(agency) || b.outlet.is_some_and(names)
}
