//! Progress on standard error, only where a person watches.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{HumanDuration, ProgressBar, ProgressState, ProgressStyle};

/// A line that says how far the work is, how fast it goes and how long it will take; nothing where standard error is no
/// terminal.
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    unit: &'static str,
}

impl Progress {
    /// Starts the line; it is first drawn when something is done. `unit`: what is counted, in the plural.
    pub(crate) fn start(what: &'static str, unit: &'static str) -> Self {
        if !std::io::stderr().is_terminal() {
            return Self { bar: None, unit };
        }
        let bar = ProgressBar::no_length();
        bar.set_style(style("{prefix} {msg}", unit));
        bar.set_prefix(what);
        Self { bar: Some(bar), unit }
    }

    /// So much is done of so much, and what that is in words.
    pub(crate) fn step_of(&self, done: usize, all: usize, words: &str) {
        if let Some(bar) = &self.bar {
            bar.set_message(words.to_string());
        }
        self.step(done, all);
    }

    /// So much is done of so much.
    pub(crate) fn step(&self, done: usize, all: usize) {
        let Some(bar) = &self.bar else { return };
        // before it is known how much there is, a bar would say that all is done
        if all > 0 && bar.length().is_none() {
            bar.set_style(style("{prefix} {bar:30} {counted} {msg}", self.unit));
        }
        if all > 0 {
            bar.set_length(all as u64);
        }
        bar.set_position(done as u64);
    }

    /// Takes the line away.
    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn style(template: &str, unit: &'static str) -> ProgressStyle {
    let words = move |state: &ProgressState, out: &mut dyn std::fmt::Write| {
        let words = counted(state.pos(), state.len().unwrap_or_default(), unit, state.per_sec(), state.eta());
        // a line that cannot be written is none
        let _ = out.write_str(&words);
    };
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()).with_key("counted", words)
}

/// "12/24 files, 7.8/s, 2s left"; without the rate where nothing is done yet, or all.
fn counted(done: u64, all: u64, unit: &str, per_second: f64, left: Duration) -> String {
    let of = format!("{done}/{all} {unit}");
    if done == 0 || done >= all {
        return of;
    }
    let rate = if per_second < 100.0 { format!("{per_second:.1}/s") } else { format!("{per_second:.0}/s") };
    format!("{of}, {rate}, {:#} left", HumanDuration(left))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_has_one_digit_and_is_left_out_where_there_is_none() {
        let words = |done, rate, left| counted(done, 24, "files", rate, Duration::from_secs(left));
        assert_eq!(words(12, 7.7865, 2), "12/24 files, 7.8/s, 2s left");
        assert_eq!(words(1, 0.04, 575), "1/24 files, 0.0/s, 10m left");
        assert_eq!(words(12, 1234.56, 0), "12/24 files, 1235/s, 0s left");
        assert_eq!(words(0, 0.0, 0), "0/24 files");
        assert_eq!(words(24, 7.8, 0), "24/24 files");
    }
}
