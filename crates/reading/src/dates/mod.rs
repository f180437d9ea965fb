//! Temporal expressions: where they stand, what they mean, which days they cover.
//!
//! Types and values are those of TIMEX3 in TimeML (Pustejovsky et al. 2003; annotation guidelines 1.2.1). The work is
//! divided as in HeidelTime (Strötgen and Gertz 2010) and SUTime (Chang and Manning 2012): patterns find, rules of
//! meaning resolve, against the publication date or, in histories, against the last date told.

mod calendar;
mod gate;
mod govern;
mod patterns;
mod relative;
mod resolve;
mod tense;
mod values;

use crate::Context;
use crate::model::Timex;
use rapporteur_text::When;

#[allow(unused_imports, reason = "questions for all families; some are not asked yet")]
pub(crate) use govern::{merged_in, when_for};
#[allow(unused_imports, reason = "as above")]
pub(crate) use tense::{Tense, head_of, tense_of, verb_tense};
pub(crate) use values::number;

/// Whether a time may be that of a saying: nothing is said after the day it is reported. A later one is a time of the
/// matter ("called for a stop by 2030").
pub(crate) fn may_be_said(cx: &Context<'_>, when: &When) -> bool {
    let reported = cx.article.published.map(|m| m.date);
    reported.is_none_or(|day| when.first_day().is_none_or(|first| first <= day))
}

/// Builds the patterns now.
pub(crate) fn warm_up() {
    patterns::warm_up();
}

/// Finds temporal expressions and resolves them against the publication date.
pub(crate) fn find(cx: &Context<'_>) -> Vec<Timex> {
    let mut story = resolve::Story::new(cx);
    let found = patterns::find(cx.text(), |f| gate::is_time(cx, f));
    story.set_kind(&found);
    found.iter().enumerate().filter_map(|(n, _)| story.timex(&found, n)).collect()
}
