//! What was typed turned into what it means.

use std::path::{Path, PathBuf};

use anyhow::Context;
use jiff::civil::Date;
use rapporteur::capture::Source;
use rapporteur::ledger::Outcome;
use rapporteur::report::filter::Filter;
use rapporteur::text::{Moment, one_line, printable};
use rapporteur::{Options, Talks};

use crate::args::{Filters, How, Read};
use crate::progress::Progress;
use crate::status::{Done, Usage};

/// What is to be read, and how.
pub(crate) struct Request {
    sources: Vec<Source>,
    options: Options,
}

impl Request {
    /// What these arguments mean.
    pub(crate) fn of(read: &Read) -> anyhow::Result<Self> {
        let mut options = options(&read.how)?;
        options.as_of = moment("--as-of", read.as_of.as_deref())?;
        options.dossier = read.dossier.as_deref().map(dossier).transpose()?;
        options.corrections = read.corrections.as_deref().map(corrections).transpose()?.unwrap_or_default();
        let of_captures = [
            ("--verbatim", read.how.verbatim),
            ("--captured-at", read.how.captured_at.is_some()),
            ("--model", read.how.model.is_some()),
        ];
        if let Some((option, _)) = of_captures.iter().find(|(_, typed)| *typed && read.paths.is_empty()) {
            let why = format!("`{option}` is for reading captures: name PATHs, or give it to `rapporteur add`");
            return Err(Usage(why).into());
        }
        let sources = read.paths.iter().map(|p: &PathBuf| Source::from(p.clone())).collect();
        threads(read.how.threads)?;
        Ok(Self { sources, options })
    }

    /// Whether no PATH was named, so that what the dossier folder keeps is meant.
    pub(crate) fn is_of_folder(&self) -> bool {
        self.sources.is_empty()
    }

    /// What the dossier folder keeps.
    fn kept(&self) -> anyhow::Result<(Talks, Done)> {
        let folder = crate::folder::open_to_read()?;
        let talks = folder.talks(&self.options)?;
        unapplied(&talks);
        Ok((talks, Done::All))
    }

    /// The same, under what is discovered in it, whatever the dossier file says.
    pub(crate) fn anew(mut self) -> Self {
        self.options.anew = true;
        self
    }

    /// Reads everything, says what could not be read, and how much was done.
    pub(crate) fn read(&self) -> anyhow::Result<(Talks, Done)> {
        if self.is_of_folder() {
            return self.kept();
        }
        // what cannot be listed is said before a language model is looked for: there may be nothing to read
        let listed = rapporteur::capture::list(&self.sources);
        if listed.iter().all(Result::is_err) {
            listed.into_iter().filter_map(Result::err).for_each(|r| anstream::eprintln!("error: {r}"));
            return Err(Silent.into());
        }
        let pipeline = crate::commands::model::load(self.options.model.as_deref())?;
        let progress = Progress::start("reading", "articles");
        let step = |done, all| progress.step(done, all);
        let talks = Talks::read_with(&self.sources, &pipeline, &self.options, &step);
        progress.finish();
        for refusal in talks.refusals() {
            anstream::eprintln!("warning: {refusal}");
        }
        unapplied(&talks);
        let unread = unread(&talks);
        for (path, why) in &unread {
            anstream::eprintln!("warning: failed to read `{}`: {}", one_line(path), printable(why));
        }
        let done = match (talks.articles().len() == unread.len(), talks.refusals().is_empty() && unread.is_empty()) {
            (_, true) => Done::All,
            (true, false) => Done::Nothing,
            (false, false) => Done::Part,
        };
        Ok((talks, done))
    }
}

/// Says which corrections have no effect, and why.
fn unapplied(talks: &Talks) {
    for (correction, outcome) in talks.corrections().all().iter().zip(&talks.trace().outcomes) {
        let what = correction.decision.as_str();
        match outcome {
            Outcome::Gone(near) => {
                let near = match near.first() {
                    Some(near) => format!("; in its sentence there is now `{near}`"),
                    None => String::new(),
                };
                anstream::eprintln!(
                    "warning: correction `{}` ({what}) has no effect: what it is about is not there{near}",
                    correction.id
                );
            }
            Outcome::Unfit(why) => {
                anstream::eprintln!("warning: correction `{}` ({what}) has no effect: {why}", correction.id);
            }
            _ => {}
        }
    }
}

/// How captures are to be read.
pub(crate) fn options(how: &How) -> anyhow::Result<Options> {
    let mut options = Options::default();
    options.verbatim = how.verbatim;
    options.model.clone_from(&how.model);
    options.captured_at = moment("--captured-at", how.captured_at.as_deref())?;
    Ok(options)
}

/// Reads with so many threads, or with as many as there are cores. Once a process.
pub(crate) fn threads(typed: Option<usize>) -> anyhow::Result<()> {
    if typed == Some(0) {
        return Err(Usage("`--threads 0` reads nothing: give 1 or more".to_string()).into());
    }
    rayon::ThreadPoolBuilder::new().num_threads(typed.unwrap_or(0)).build_global().context("failed to start threads")
}

/// Pages that were received but made to hurt their reader, and so were not read: where they lie, and why.
fn unread(talks: &Talks) -> Vec<(&str, &str)> {
    let hostile = talks.articles().iter().filter_map(|a| Some((a, a.notes.iter().find(|n| n.code == "hostile-page")?)));
    hostile.map(|(a, note)| (a.sources.first().map_or("-", |s| s.path.as_str()), note.message.as_str())).collect()
}

/// Everything was said already: only the exit status is left.
#[derive(Debug)]
pub(crate) struct Silent;

impl std::fmt::Display for Silent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("nothing could be read")
    }
}

impl std::error::Error for Silent {}

/// Which records are asked for. `least`: the confidence below which they are left out where none was typed.
pub(crate) fn filter(typed: &Filters, least: f64) -> anyhow::Result<Filter> {
    let min_confidence = typed.min_confidence.unwrap_or(least);
    if !(0.0..=1.0).contains(&min_confidence) {
        return Err(Usage(format!("`--min-confidence {min_confidence}` is out of range: expected 0 to 1")).into());
    }
    let mut filter = Filter::default();
    filter.party.clone_from(&typed.party);
    filter.issue.clone_from(&typed.issue);
    filter.source.clone_from(&typed.source);
    (filter.from, filter.to) = days(typed.from.as_deref(), typed.to.as_deref())?;
    filter.min_confidence = min_confidence;
    Ok(filter)
}

/// The first and the last day that are asked for.
pub(crate) fn days(from: Option<&str>, to: Option<&str>) -> anyhow::Result<(Option<Date>, Option<Date>)> {
    let (from, to) = (moment("--from", from)?.map(|m| m.date), moment("--to", to)?.map(|m| m.date));
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        return Err(Usage(format!("`--to {to}` is before `--from {from}`: nothing can lie between")).into());
    }
    Ok((from, to))
}

/// A day or a time that was typed.
pub(crate) fn moment(option: &str, typed: Option<&str>) -> anyhow::Result<Option<Moment>> {
    typed.map(|t| t.parse().map_err(|e| Usage(format!("failed to read `{option}`: {e}")).into())).transpose()
}

#[allow(clippy::disallowed_methods, reason = "the command line is an edge: it opens what the user named")]
fn dossier(path: &Path) -> anyhow::Result<rapporteur::dossier::Dossier> {
    let shown = path.display().to_string();
    let text = std::fs::read_to_string(path).with_context(|| format!("failed to read the dossier `{shown}`"))?;
    Ok(rapporteur::dossier::from_toml(&text, &shown)?)
}

#[allow(clippy::disallowed_methods, reason = "the command line is an edge: it opens what the user named")]
fn corrections(path: &Path) -> anyhow::Result<rapporteur::dossier::Corrections> {
    let shown = path.display().to_string();
    let text = std::fs::read_to_string(path).with_context(|| format!("failed to read the corrections `{shown}`"))?;
    Ok(rapporteur::dossier::Corrections::from_jsonl(&text, &shown)?)
}
