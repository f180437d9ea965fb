//! Exit status: 0 all done, 2 part done, 1 nothing done, 64 wrong usage, 0 on a broken pipe.

use std::io::ErrorKind;
use std::process::ExitCode;

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

/// Something typed that means nothing, found after parsing.
#[derive(Debug)]
pub(crate) struct Usage(pub(crate) String);

impl std::fmt::Display for Usage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Usage {}

/// Help and version are no error; everything else is wrong usage.
pub(crate) fn of_usage(error: &clap::Error) -> ExitCode {
    // nothing is left to be done where even the message cannot be written
    let _ = error.print();
    if error.use_stderr() { ExitCode::from(64) } else { ExitCode::SUCCESS }
}

/// The message of what ended the run, and its status.
pub(crate) fn of_error(error: &anyhow::Error) -> ExitCode {
    if !error.is::<crate::request::Silent>() {
        anstream::eprintln!("error: {error:#}");
    }
    if error.is::<Usage>() { ExitCode::from(64) } else { ExitCode::FAILURE }
}

/// Whether the reader of our output went away, which is no fault.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
        let json = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(ErrorKind::BrokenPipe)
    })
}
