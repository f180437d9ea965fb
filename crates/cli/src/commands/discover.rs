//! `rapporteur discover`: a draft of the dossier, to be edited; what a person wrote in it stays when it runs again.

use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::{Context, bail};
use rapporteur::dossier::extend_toml;

use crate::args::{Discover, Read};
use crate::request::Request;
use crate::status::{Done, Usage};

/// Reads, and adds what was discovered to the dossier.
pub(crate) fn run(typed: &Discover) -> anyhow::Result<Done> {
    let typed = &in_folder(typed)?;
    let old = existing(typed)?;
    let path = typed.output.as_deref().or(typed.read.dossier.as_deref());
    let shown = path.map_or_else(|| "dossier.toml".to_string(), |p| p.display().to_string());
    // a file that cannot be used is said before anything is read
    rapporteur::dossier::from_toml(&old, &shown)?;
    let read = Read { dossier: None, ..typed.read.clone() };
    let (talks, done) = Request::of(&read)?.anew().read()?;
    if done == Done::Nothing {
        return Ok(done);
    }
    let new = extend_toml(&old, &shown, talks.dossier())?;
    let mut out = std::io::stdout().lock();
    match &typed.output {
        _ if typed.dry_run => out.write_all(diff(&old, &new, &shown).as_bytes())?,
        None => out.write_all(new.as_bytes())?,
        Some(path) if new != old => write(path, &new)?,
        Some(_) => {}
    }
    if new == old && (typed.dry_run || typed.output.is_some()) {
        anstream::eprintln!("`{shown}` has everything that was discovered already: nothing changes");
    }
    Ok(done)
}

/// Of a dossier folder it is the folder's own dossier file that is written.
fn in_folder(typed: &Discover) -> anyhow::Result<Discover> {
    let mut typed = Discover { read: typed.read.clone(), dry_run: typed.dry_run, output: typed.output.clone() };
    if typed.read.paths.is_empty() && typed.output.is_none() && typed.read.dossier.is_none() {
        typed.output = Some(crate::folder::place()?.join(rapporteur::folder::DOSSIER));
    }
    Ok(typed)
}

/// The dossier that is there: the file to be written where there is one, else the one given with `--dossier`.
fn existing(typed: &Discover) -> anyhow::Result<String> {
    let own = typed.output.as_deref().map(text).transpose()?.flatten();
    match (own, &typed.read.dossier) {
        (Some(_), Some(given)) if typed.output.as_ref() != Some(given) => {
            let both = "is there already: it is extended itself, so `--dossier` cannot name another file to begin with";
            let output = typed.output.as_deref().unwrap_or(given).display().to_string();
            Err(Usage(format!("`{output}` {both}")).into())
        }
        (Some(own), _) => Ok(own),
        (None, Some(given)) => match text(given)? {
            Some(text) => Ok(text),
            None => bail!("failed to read the dossier `{}`: there is no such file", given.display()),
        },
        (None, None) => Ok(String::new()),
    }
}

#[allow(clippy::disallowed_methods, reason = "the command line is an edge: it opens what the user named")]
fn text(path: &Path) -> anyhow::Result<Option<String>> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        Err(e) => Err(e).with_context(|| format!("failed to read the dossier `{}`", path.display())),
    }
}

/// What would change, as a unified diff; "" where nothing does.
fn diff(old: &str, new: &str, shown: &str) -> String {
    let before = if old.is_empty() { "/dev/null" } else { shown };
    similar::TextDiff::from_lines(old, new).unified_diff().context_radius(3).header(before, shown).to_string()
}

/// Writes beside the file and then puts it in its place, so that a person's work is never half written.
fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let shown = path.display();
    // a link stays a link: what it names is written
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let mut name = target.file_name().unwrap_or_default().to_os_string();
    name.push(".new");
    let beside = target.with_file_name(name);
    let put = || {
        std::fs::write(&beside, text)?;
        if let Ok(known) = std::fs::metadata(&target) {
            std::fs::set_permissions(&beside, known.permissions())?;
        }
        std::fs::rename(&beside, &target)
    };
    put().inspect_err(|_| drop(std::fs::remove_file(&beside))).with_context(|| {
        format!("failed to write `{shown}`, which is left as it was: make room or give yourself the right to, and run this again")
    })
}
