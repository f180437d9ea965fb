//! One file a command.

mod export;

use std::process::ExitCode;

use crate::args::{Args, Command};

/// How much was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Done {
    /// All.
    All,
    /// Part: something could not be read.
    Part,
    /// Nothing.
    Nothing,
}

impl From<Done> for ExitCode {
    fn from(done: Done) -> Self {
        match done {
            Done::All => Self::SUCCESS,
            Done::Part => Self::from(2),
            Done::Nothing => Self::FAILURE,
        }
    }
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> anyhow::Result<Done> {
    match &args.command {
        Command::Export { paths, verbatim, .. } => export::run(paths, *verbatim),
    }
}
