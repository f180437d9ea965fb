//! `rapporteur add`: captures into the dossier folder.

use std::ops::ControlFlow;

use rapporteur::capture::Source;
use rapporteur::folder::Added;
use rapporteur::text::{one_line, printable};
use rapporteur::{Folder, Options};

use crate::args::Add;
use crate::progress::Progress;
use crate::request::{options, threads};
use crate::status::Done;
use crate::text::many;
use crate::{folder, interrupt, web};

/// Reads and keeps, and says what came of it.
pub(crate) fn run(typed: &Add) -> anyhow::Result<Done> {
    let options = options(&typed.how)?;
    threads(typed.how.threads)?;
    let mut kept = folder::open()?;
    let (addresses, sources): (Vec<_>, Vec<_>) =
        typed.sources.iter().partition(|p| web::is_address(p) || web::is_opml(p));
    let addresses: Vec<_> = addresses.into_iter().map(|a| a.to_string_lossy().into_owned()).collect();
    let named = web::named(&addresses);
    let sources: Vec<Source> = sources.into_iter().map(|p| Source::from(p.clone())).collect();
    let mut model = super::model::once(options.model.as_deref());
    let progress = Progress::start("adding", "files");
    let stop =
        interrupt::watch("stopping after what is being read; what was added is kept. Press it again to stop at once");
    let mut step = |added: &Added| {
        progress.step_of(added.done, added.files, &counted(added));
        if stop.is_pressed() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let added = add(&mut kept, &sources, named, typed, &options, &mut model, &mut step);
    progress.finish();
    let added = added?;
    let nothing = added.new + added.sources + added.known + added.mended == added.unread.len();
    for refusal in &added.refusals {
        anstream::eprintln!("{}: {refusal}", if nothing { "error" } else { "warning" });
    }
    for (path, why) in &added.unread {
        anstream::eprintln!("warning: failed to read `{}`: {}", one_line(path), printable(why));
    }
    anstream::println!("{}; {} in all", counted(&added), many(kept.archive().counts()?.articles, "article"));
    if added.is_stopped {
        anstream::eprintln!("stopped: all that is counted above is kept; run the same command again to add the rest");
        return Ok(Done::Part);
    }
    Ok(match (nothing, added.refusals.is_empty() && added.unread.is_empty()) {
        (_, true) => Done::All,
        (true, false) => Done::Nothing,
        (false, false) => Done::Part,
    })
}

/// What files and folders hold, then what lies at addresses.
fn add(
    kept: &mut Folder,
    sources: &[Source],
    named: web::Named,
    typed: &Add,
    options: &Options,
    model: web::Model<'_>,
    step: &mut dyn FnMut(&Added) -> ControlFlow<()>,
) -> anyhow::Result<Added> {
    let mut added = Added::default();
    if !sources.is_empty() {
        added = kept.add(sources, options, folder::now(), model, step)?;
    }
    if !named.is_empty() && !added.is_stopped {
        let so_far = added.counts();
        let step = &mut |more: &Added| step(&so_far.clone().and(more.counts()));
        added = added.and(web::fetch_all(kept, named, typed.reach, options, model, step)?);
    }
    Ok(added)
}

/// "2 sentences went, 1 came".
pub(crate) fn sentences(went: usize, came: usize) -> String {
    format!("{} went, {came} came", many(went, "sentence"))
}

/// "12 new articles, 1 more source, 3 known already, 1 page changed: 2 sentences went, 1 came".
pub(crate) fn counted(added: &Added) -> String {
    let mut words = many(added.new, "new article");
    if added.sources > 0 {
        words += &format!(", {} of known ones", many(added.sources, "more source"));
    }
    if added.known > 0 {
        words += &format!(", {} known already", added.known);
    }
    if added.changed > 0 {
        words += &format!(", {} changed: {}", many(added.changed, "page"), sentences(added.went, added.came));
    }
    if added.mended > 0 {
        words += &format!(", {} made whole again", added.mended);
    }
    words
}
