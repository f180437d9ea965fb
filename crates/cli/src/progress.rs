//! Progress on standard error, only where a person watches.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};

/// A line that says how far the work is; nothing where standard error is no terminal.
pub(crate) struct Progress(Option<ProgressBar>);

impl Progress {
    /// Starts the line; it is first drawn when something is done.
    pub(crate) fn start(what: &'static str) -> Self {
        if !std::io::stderr().is_terminal() {
            return Self(None);
        }
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len}") {
            bar.set_style(style);
        }
        bar.set_message(what);
        Self(Some(bar))
    }

    /// The same with how fast it goes and how long it will take.
    pub(crate) fn with_rate(what: &'static str) -> Self {
        let progress = Self::start(what);
        if let Some(bar) = &progress.0
            && let Ok(style) =
                ProgressStyle::with_template("{prefix} {bar:30} {pos}/{len} files, {per_sec:.1}, {eta} left: {msg}")
        {
            bar.set_style(style);
            bar.set_prefix(what);
            bar.set_message("");
        }
        progress
    }

    /// So much is done of so much, and what that is in words.
    pub(crate) fn step_of(&self, done: usize, all: usize, words: &str) {
        if let Some(bar) = &self.0 {
            bar.set_message(words.to_string());
        }
        self.step(done, all);
    }

    /// So much is done of so much.
    pub(crate) fn step(&self, done: usize, all: usize) {
        if let Some(bar) = &self.0 {
            bar.set_length(all as u64);
            bar.set_position(done as u64);
        }
    }

    /// Takes the line away.
    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
