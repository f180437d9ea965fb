//! `rapporteur reread`: everything kept, by today's rules.

use rapporteur::folder::{Change, Reread as Outcome};

use crate::args::Reread;
use crate::folder;
use crate::progress::Progress;
use crate::request::threads;
use crate::status::Done;
use crate::text::many;

/// Reads again, says what differs, and replaces unless asked not to.
pub(crate) fn run(typed: &Reread) -> anyhow::Result<Done> {
    threads(typed.threads)?;
    let mut kept = folder::open()?;
    let pipeline = super::model::load(typed.model.as_deref())?;
    let progress = Progress::start("rereading", "articles");
    let mut step = |what: &'static str, done, all| progress.step_of(done, all, what);
    let outcome = kept.reread(&pipeline, typed.dry_run, &mut step);
    progress.finish();
    let outcome = outcome?;
    outcome.faults.iter().for_each(|f| anstream::eprintln!("warning: {f}; its old reading stays"));
    print(&outcome, typed.dry_run);
    Ok(if outcome.faults.is_empty() { Done::All } else { Done::Part })
}

fn print(outcome: &Outcome, dry_run: bool) {
    let written = if dry_run { "would be written anew" } else { "is written anew" };
    if outcome.indexed > 0 {
        let of = many(outcome.indexed, "article");
        anstream::println!("what can be looked up of {of} was not what the readings say: it {written}");
    }
    if outcome.strays > 0 {
        let (found, gone) = (many(outcome.strays, "sentence"), if dry_run { "would be" } else { "is" });
        anstream::println!("{found} could be searched that nothing keeps: that {gone} taken away");
    }
    if outcome.articles == 0 {
        anstream::println!("all articles are read by today's rules already");
        return;
    }
    anstream::println!("{:<10} {:>8} {:>8} {:>8} {:>8}", "", "new", "gone", "changed", "same");
    for (kind, Change { new, gone, changed, same }) in &outcome.changes {
        anstream::println!("{kind:<10} {new:>8} {gone:>8} {changed:>8} {same:>8}");
    }
    if outcome.uncompared > 0 {
        let of = many(outcome.uncompared, "article");
        anstream::println!("{of} could not be compared: what was read of old cannot be read back");
    }
    match dry_run {
        true => {
            let read = many(outcome.articles - outcome.faults.len(), "article");
            anstream::println!("{read} read again; nothing was replaced");
        }
        false => anstream::println!("{} read again and replaced", many(outcome.replaced, "article")),
    }
}
