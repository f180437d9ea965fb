//! The `rapporteur` command: what was typed is parsed ([`args`]), turned into what it means ([`request`], [`folder`]), done by one
//! of the [`commands`], and answered with an exit status.

mod args;
mod commands;
mod folder;
mod house;
mod interrupt;
mod progress;
mod request;
mod status;
mod text;
mod web;

use std::process::ExitCode;

use clap::Parser;

use crate::status::{Done, Usage};

fn main() -> ExitCode {
    let args = match args::Args::try_parse() {
        Ok(args) => args,
        Err(error) => return status::of_usage(&error),
    };
    match run(&args) {
        Ok(done) => done.into(),
        Err(error) if status::is_broken_pipe(&error) => Done::All.into(),
        Err(error) => status::of_error(&error),
    }
}

/// Does what was asked for, in the folder it was asked for.
fn run(args: &args::Args) -> anyhow::Result<Done> {
    if let Some(folder) = &args.folder {
        let enter = |e| Usage(format!("failed to enter `{}`: {e}", folder.display()));
        std::env::set_current_dir(folder).map_err(enter)?;
    }
    commands::run(&args.command)
}
