//! What was typed.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Follows a negotiation through the press.
#[derive(Debug, Parser)]
#[command(name = "rapporteur", version)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write all records as data
    Export {
        /// Files and folders to read
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// Take inputs as clean text already
        #[arg(long)]
        verbatim: bool,
        /// Format
        #[arg(long, value_enum, default_value_t = Format::Jsonl)]
        format: Format,
    },
}

/// Data formats.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    /// One JSON object a line
    Jsonl,
}
