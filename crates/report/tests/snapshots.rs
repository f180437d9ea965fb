//! The brief and a listing as they look, letter by letter, over the talks at Halver.
//!
//! A change that is meant is accepted with `INSTA_UPDATE=always cargo test -p rapporteur-report --test snapshots`; the
//! difference of the files under `snapshots/` is then the change to review.

mod halver;

use halver::{halver, view};
use rapporteur_report::brief::{Brief, Options};
use rapporteur_report::listing::{self, Sort};

/// What this writes over the talks at Halver, without the version of the program.
fn written(write: impl Fn(&Brief<'_>) -> String) -> String {
    let press = halver();
    let ledger = press.fold();
    let view = view(&press, &ledger);
    write(&Brief::of(&view, &Options::default())).replace(env!("CARGO_PKG_VERSION"), "VERSION")
}

#[test]
fn text_at_80_columns() {
    insta::assert_snapshot!(written(|brief| brief.text(80, false)));
}

#[test]
fn text_at_120_columns() {
    insta::assert_snapshot!(written(|brief| brief.text(120, false)));
}

#[test]
fn text_in_colour() {
    insta::assert_snapshot!(written(|brief| brief.text(80, true).replace('\u{1b}', "ESC")));
}

#[test]
fn markdown() {
    insta::assert_snapshot!(written(|brief| brief.markdown()));
}

#[test]
fn json() {
    insta::assert_snapshot!(written(|brief| brief.json()));
}

#[test]
fn listings() {
    let press = halver();
    let ledger = press.fold();
    let view = view(&press, &ledger);
    let mut all = String::new();
    for sort in [Sort::Positions, Sort::Shifts, Sort::Timeline, Sort::Conditions, Sort::Sources, Sort::Figures] {
        all.push_str(&format!("{sort:?}\n{}\n", listing::text(&view, sort, &listing::rows(&view, sort), 80)));
    }
    insta::assert_snapshot!(all);
}
