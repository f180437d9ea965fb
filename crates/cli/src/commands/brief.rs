//! `rapporteur brief`: where the talks stand, or what moved in them.

use std::io::Write;

use rapporteur::Talks;
use rapporteur::report::brief::{Brief, Digest, Known, Options};
use rapporteur::text::Moment;

use super::review::author;
use crate::args::{Brief as Typed, BriefFormat};
use crate::folder;
use crate::request::{Request, filter, moment};
use crate::status::{Done, Usage};

/// What is less sure than this is left out of the brief unless something else is asked for.
const LEAST: f64 = 0.5;

/// Reads and prints the brief, or the digest since a time.
pub(crate) fn run(typed: &Typed) -> anyhow::Result<Done> {
    let mut options = Options::default();
    options.filter = filter(&typed.filters, LEAST)?;
    match typed.since.as_deref() {
        None => brief(typed, &options),
        Some("last") => since_last(typed, &options),
        Some(day) => since_day(typed, &options, day),
    }
}

fn brief(typed: &Typed, options: &Options) -> anyhow::Result<Done> {
    let Some((talks, done)) = read(typed, options)? else { return Ok(Done::Nothing) };
    let view = talks.view();
    let brief = Brief::of(&view, options);
    let text = match typed.format {
        BriefFormat::Text => brief.text(super::width(), super::is_coloured()),
        BriefFormat::Json => brief.json() + "\n",
        BriefFormat::Md => brief.markdown(),
    };
    std::io::stdout().lock().write_all(text.as_bytes())?;
    Ok(done)
}

/// What is read, and how much of it could be; `None` where nothing could.
fn read(typed: &Typed, options: &Options) -> anyhow::Result<Option<(Talks, Done)>> {
    let (talks, done) = Request::of(&typed.read)?.read()?;
    if done == Done::Nothing {
        return Ok(None);
    }
    let view = talks.view();
    super::say_empty(&options.filter, &view, view.witnesses.is_empty());
    Ok(Some((talks, done)))
}

/// What moved since a day, told by what was published on it or later.
fn since_day(typed: &Typed, options: &Options, day: &str) -> anyhow::Result<Done> {
    if typed.by.is_some() || typed.dry_run {
        return Err(Usage("`--by` and `--dry-run` go with `--since last`".to_string()).into());
    }
    let day = moment("--since", Some(day))?.map(|m| m.date).unwrap_or_default();
    let Some((talks, done)) = read(typed, options)? else { return Ok(Done::Nothing) };
    let before = Known::of(&talks.before(day).view(), &options.filter);
    let view = talks.view();
    print(typed, &Digest::of(&view, options, Some(&before), Some(&day.to_string())))?;
    Ok(done)
}

/// What moved since the user last looked at the dossier folder. What is shown now is remembered when all of it is written.
fn since_last(typed: &Typed, options: &Options) -> anyhow::Result<Done> {
    let of_files = typed.read.dossier.is_some() || typed.read.corrections.is_some();
    if !typed.read.paths.is_empty() || typed.read.as_of.is_some() || of_files {
        let why = "`--since last` is of what a dossier folder keeps today, under its own dossier and log: leave out PATHs, \
                   `--as-of`, `--dossier` and `--corrections`, or name a day";
        return Err(Usage(why.to_string()).into());
    }
    let user = author(typed.by.as_deref())?;
    // whether it can be remembered is known before anything is shown
    let mut kept = if typed.dry_run { folder::open_or_look()? } else { folder::open()? };
    let before = before(&kept, &user)?;
    let Some((talks, done)) = read(typed, options)? else { return Ok(Done::Nothing) };
    let view = talks.view();
    let since = before.as_ref().map(|(at, _)| format!("{at}, when {user} last looked"));
    let digest = Digest::of(&view, options, before.as_ref().map(|(_, known)| known), since.as_deref());
    print(typed, &digest)?;
    if !typed.dry_run {
        kept.remember(&user, folder::now(), digest.known())?;
    }
    Ok(done)
}

/// What the user had seen; where that is damaged it is said, and all is new.
fn before(kept: &rapporteur::Folder, user: &str) -> anyhow::Result<Option<(Moment, Known)>> {
    match kept.known(user) {
        Err(error) if error.of_archive().is_some_and(rapporteur::archive::Error::is_damaged) => {
            anstream::eprintln!("warning: {error}; everything is shown as new");
            Ok(None)
        }
        known => Ok(known?),
    }
}

fn print(typed: &Typed, digest: &Digest<'_>) -> anyhow::Result<()> {
    let text = match typed.format {
        BriefFormat::Text => digest.text(super::width(), super::is_coloured()),
        BriefFormat::Json => digest.json() + "\n",
        BriefFormat::Md => digest.markdown(),
    };
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}
