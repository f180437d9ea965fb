//! `rapporteur reread`: everything kept, by today's rules.

use rapporteur::folder::{Change, Reread as Outcome};

use crate::args::Reread;
use crate::folder;
use crate::progress::Progress;
use crate::request::threads;
use crate::status::Done;

/// Reads again, says what differs, and replaces unless asked not to.
pub(crate) fn run(typed: &Reread) -> anyhow::Result<Done> {
    threads(typed.threads)?;
    let mut kept = folder::open()?;
    let pipeline = super::model::load(typed.model.as_deref())?;
    let progress = Progress::with_rate("rereading");
    let mut step = |what: &'static str, done, all| progress.step_of(done, all, what);
    let outcome = kept.reread(&pipeline, typed.dry_run, &mut step);
    progress.finish();
    let outcome = outcome?;
    outcome.faults.iter().for_each(|f| anstream::eprintln!("warning: {f}; its old reading stays"));
    print(&outcome, typed.dry_run);
    Ok(if outcome.faults.is_empty() { Done::All } else { Done::Part })
}

fn print(outcome: &Outcome, dry_run: bool) {
    if outcome.articles == 0 {
        anstream::println!("all articles are read by today's rules already");
        return;
    }
    anstream::println!("{:<10} {:>8} {:>8} {:>8} {:>8}", "", "new", "gone", "changed", "same");
    for (kind, Change { new, gone, changed, same }) in &outcome.changes {
        anstream::println!("{kind:<10} {new:>8} {gone:>8} {changed:>8} {same:>8}");
    }
    if outcome.uncompared > 0 {
        anstream::println!(
            "{} articles could not be compared: their old readings cannot be read back",
            outcome.uncompared
        );
    }
    match dry_run {
        true => {
            anstream::println!("{} articles read again; nothing was replaced", outcome.articles - outcome.faults.len())
        }
        false => anstream::println!("{} articles read again and replaced", outcome.replaced),
    }
}
