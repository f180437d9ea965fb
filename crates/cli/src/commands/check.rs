//! `rapporteur check`: is everything kept whole?

use crate::folder;
use crate::progress::Progress;
use crate::status::Done;

/// Looks at everything and names what is damaged.
pub(crate) fn run() -> anyhow::Result<Done> {
    let kept = folder::open_to_read()?;
    let progress = Progress::with_rate("checking");
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
        "{} articles, {} captures, {} stretches of evidence, {} corrections: {}",
        checked.articles,
        checked.captures,
        checked.evidence,
        checked.corrections,
        match checked.faults.len() {
            0 => "all whole".to_string(),
            1 => "1 fault".to_string(),
            n => format!("{n} faults"),
        }
    );
    Ok(if checked.faults.is_empty() { Done::All } else { Done::Part })
}
