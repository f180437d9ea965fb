//! The `rapporteur` command: what was typed is parsed ([`args`]), turned into what it means ([`request`]), done by one
//! of the [`commands`], and answered with an exit status.

mod args;
mod commands;
mod progress;
mod request;
mod status;

use std::process::ExitCode;

use clap::Parser;

use crate::status::Done;

fn main() -> ExitCode {
    let args = match args::Args::try_parse() {
        Ok(args) => args,
        Err(error) => return status::of_usage(&error),
    };
    match commands::run(&args.command) {
        Ok(done) => done.into(),
        Err(error) if status::is_broken_pipe(&error) => Done::All.into(),
        Err(error) => status::of_error(&error),
    }
}
