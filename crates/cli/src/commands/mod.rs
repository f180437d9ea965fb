//! One file a command.

mod add;
mod backup;
mod brief;
mod check;
mod corrections;
mod discover;
mod export;
mod init;
mod listing;
pub(crate) mod model;
mod reread;
pub(crate) mod review;
pub(crate) mod search;
mod serve;
mod show;
mod user;
pub(crate) mod versions;
mod watch;

use rapporteur::report::View;
use rapporteur::report::filter::Filter;
use rapporteur::report::listing::Sort;

use crate::args::Command;
use crate::status::Done;

/// Does what was asked for.
pub(crate) fn run(command: &Command) -> anyhow::Result<Done> {
    match command {
        Command::Init(typed) => init::run(typed),
        Command::Add(typed) => add::run(typed),
        Command::Watch(typed) => watch::run(typed),
        Command::Search(typed) => search::run(typed),
        Command::Show(typed) => show::run(typed),
        Command::Review(typed) => review::run(typed),
        Command::Reread(typed) => reread::run(typed),
        Command::Check => check::run(),
        Command::Backup(typed) => backup::run(typed),
        Command::Brief(typed) => brief::run(typed),
        Command::Export(typed) => export::run(typed),
        Command::Positions(typed) => listing::run(Sort::Positions, typed),
        Command::Shifts(typed) => listing::run(Sort::Shifts, typed),
        Command::Timeline(typed) => listing::run(Sort::Timeline, typed),
        Command::Meetings(typed) => listing::run(Sort::Meetings, typed),
        Command::Proposals(typed) => listing::run(Sort::Proposals, typed),
        Command::Conditions(typed) => listing::run(Sort::Conditions, typed),
        Command::Status(typed) => listing::run(Sort::Status, typed),
        Command::Disputes(typed) => listing::run(Sort::Disputes, typed),
        Command::Figures(typed) => listing::run(Sort::Figures, typed),
        Command::People(typed) => listing::run(Sort::People, typed),
        Command::Sources(typed) => listing::run(Sort::Sources, typed),
        Command::Corrections(typed) => corrections::run(typed),
        Command::Discover(typed) => discover::run(typed),
        Command::Model(typed) => model::run(typed),
        Command::Serve(typed) => serve::run(typed),
        Command::User(typed) => user::run(typed),
    }
}

/// Where nothing is left to show, says what was typed that is nowhere, with names that are near.
pub(crate) fn say_empty(filter: &Filter, view: &View<'_>, is_empty: bool) {
    for unknown in filter.unknown(view) {
        anstream::eprintln!("warning: {unknown}");
    }
    if let (true, true, Some(day)) = (is_empty, view.witnesses.is_empty(), view.as_of) {
        anstream::eprintln!("warning: nothing that was read was published or captured on or before {}", day.date);
    }
}

/// Columns of the terminal that standard output goes to; 100 where it is none.
pub(crate) fn width() -> usize {
    use std::io::IsTerminal;
    let columns = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    let terminal = std::io::stdout().is_terminal().then(|| terminal_size::terminal_size().map(|(w, _)| w.0.into()));
    columns.or(terminal.flatten()).unwrap_or(100).clamp(40, 140)
}

/// Whether to colour: a terminal, and nobody said no.
pub(crate) fn is_coloured() -> bool {
    use std::io::IsTerminal;
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
}
