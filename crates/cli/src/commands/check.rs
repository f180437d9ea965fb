//! `rapporteur check`: is everything kept whole?

use crate::folder;
use crate::progress::Progress;
use crate::status::Done;
use crate::text::many;

/// Looks at everything and names what is damaged.
pub(crate) fn run() -> anyhow::Result<Done> {
    let kept = folder::open_to_read()?;
    let progress = Progress::start("checking", "articles");
    let checked = kept.archive().check(&mut |done, all| progress.step(done, all));
    progress.finish();
    let mut checked = checked?;
    if let Err(error) = kept.dossier() {
        checked.faults.push(error.to_string());
    }
    // what is no JSON the archive has named already; what is none of a correction, only the log as a whole can tell
    if checked.faults.is_empty()
        && let Err(error) = kept.corrections()
    {
        checked.faults.push(error.to_string());
    }
    checked.faults.iter().for_each(|fault| anstream::eprintln!("error: {fault}"));
    anstream::println!(
        "{}, {}, {} {} of evidence, {}: {}",
        many(checked.articles, "article"),
        many(checked.captures, "capture"),
        checked.evidence,
        if checked.evidence == 1 { "stretch" } else { "stretches" },
        many(checked.corrections, "correction"),
        match checked.faults.len() {
            0 => "all whole".to_string(),
            n => many(n, "fault"),
        }
    );
    Ok(if checked.faults.is_empty() { Done::All } else { Done::Part })
}
