//! From captures to a model of the talks, in one call.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use rapporteur_article::{Article, Note, PublishedBasis, extract};
use rapporteur_capture::{Capture, Refusal, Source, list, open};
use rapporteur_dossier::{Corrections, Dossier, Resolution, Resolver, correct_names, discover};
use rapporteur_ledger::{Effect, Ledger, Page, Plan, Touched, Trace, Witness, effect, fold, mark_versions, tell_once};
use rapporteur_reading::{Reading, read};
use rapporteur_report::View;
use rapporteur_syntax::Pipeline;
use rapporteur_text::{ArticleId, Moment};
use rayon::prelude::*;

use crate::Error;
use crate::folder::cache::Cache;
use crate::model::ModelConfig;

/// How captures are read.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// Take captures as clean text already: nothing is removed and offsets are the input's.
    pub verbatim: bool,
    /// What the negotiation is; discovered where none is given.
    pub dossier: Option<Dossier>,
    /// Discover it although the dossier folder has a file that says it.
    pub anew: bool,
    /// What a person decided about what is read.
    pub corrections: Corrections,
    /// What pages were seen to be, where they changed: which of these articles is which version of one. Captures alone do not
    /// tell.
    pub pages: Vec<Page>,
    /// Only articles published on or before this day (undated ones by capture) are read, and of a page that changed what it
    /// was seen to be by then.
    pub as_of: Option<Moment>,
    /// Time of capture; the files' own where none is given.
    pub captured_at: Option<Moment>,
    /// Language model package; the installed one where none is given.
    pub model: Option<PathBuf>,
}

/// What was read, what it means, and the ledger of it.
#[derive(Debug)]
pub struct Talks {
    articles: Vec<Article>,
    readings: Vec<Reading>,
    resolutions: Vec<Resolution>,
    dossier: Dossier,
    ledger: Ledger,
    /// What was read and who was meant before any correction: the readings of articles that one touches, and the dossier.
    uncorrected: (BTreeMap<usize, Reading>, Dossier),
    corrections: Corrections,
    trace: Trace,
    refusals: Vec<Refusal>,
    notes: Vec<Note>,
    model: String,
    pages: Vec<Page>,
    as_of: Option<Moment>,
}

impl Talks {
    /// Reads files and folders with the installed language model.
    ///
    /// # Errors
    ///
    /// Where there is no language model. What cannot be read among the sources is in [`Talks::refusals`].
    pub fn read<S: Into<Source>>(sources: impl IntoIterator<Item = S>, options: &Options) -> Result<Self, Error> {
        let model = ModelConfig { path: options.model.clone() };
        let pipeline = crate::model::load(&model, &mut |_| ()).map_err(Error::model)?;
        let sources: Vec<Source> = sources.into_iter().map(Into::into).collect();
        Ok(Self::read_with(&sources, &pipeline, options, &|_, _| ()))
    }

    /// Reads sources with a language model that is loaded already.
    ///
    /// `progress` is told how many of how many files are done, from whichever thread read one. The order of `sources`
    /// and the number of threads change nothing in the ledger.
    pub fn read_with(
        sources: &[Source],
        pipeline: &Pipeline,
        options: &Options,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Self {
        let capture = rapporteur_capture::Config::captured_at(options.captured_at);
        let files = list(sources);
        let done = std::sync::atomic::AtomicUsize::new(0);
        let all = files.len();
        let outcomes: Vec<Vec<Result<(Article, Reading), Refusal>>> = files
            .into_par_iter()
            .map(|file| {
                let read = match file {
                    // the records of one file are read side by side too
                    Ok(item) => open(&item, &capture)
                        .par_bridge()
                        .map(|capture| capture.map(|c| read_one(&c, pipeline, options)))
                        .collect(),
                    Err(refusal) => vec![Err(refusal)],
                };
                progress(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, all);
                read
            })
            .collect();
        let (read, mut refusals) = part(outcomes.into_iter().flatten());
        refusals.sort();
        Self::fold(read, refusals, pipeline.name().to_string(), options, None)
    }

    /// Reads captures that a program has already.
    pub fn from_captures(captures: &[Capture], pipeline: &Pipeline, options: &Options) -> Self {
        let read = captures.par_iter().map(|c| read_one(c, pipeline, options)).collect();
        Self::fold(read, Vec::new(), pipeline.name().to_string(), options, None)
    }

    /// What these readings say together. `model`: what they were read with. What was derived before may lie in `cache`.
    pub(crate) fn fold(
        read: Vec<(Article, Reading)>,
        refusals: Vec<Refusal>,
        model: String,
        options: &Options,
        mut cache: Option<&mut Cache>,
    ) -> Self {
        let first_seen = changed_to(&options.pages);
        let (within, without): (Vec<_>, Vec<_>) =
            read.into_iter().partition(|(article, _)| is_within(article, &first_seen, options.as_of));
        let undated = without.iter().map(|(article, _)| article).filter(|a| known_since(a).is_none());
        let undated: Vec<Note> = undated.map(left_out).collect();
        let (mut articles, mut readings): (Vec<_>, Vec<_>) = once_each(within).into_iter().unzip();
        mark_versions(&options.pages, &mut articles, options.as_of.map(|m| m.date));
        tell_once(&articles, &mut readings);
        if let Some(cache) = cache.as_deref_mut() {
            cache.of_pages(&options.pages, options.as_of.map(|m| m.date));
        }
        let pairs: Vec<(&Article, &Reading)> = articles.iter().zip(&readings).collect();
        let found = || discover(&pairs);
        let dossier = match (&options.dossier, cache.as_deref_mut()) {
            (Some(dossier), _) => dossier.clone(),
            (None, Some(cache)) => cache.dossier(&articles, found),
            (None, None) => found(),
        };
        let refused = refusals.iter().map(|r| Note { code: r.code, message: r.to_string() });
        let notes = refused.chain(undated).collect();
        let talks = Self {
            articles,
            readings,
            resolutions: Vec::new(),
            dossier: Dossier::default(),
            ledger: Ledger::default(),
            uncorrected: (BTreeMap::new(), dossier),
            corrections: options.corrections.clone(),
            trace: Trace::default(),
            refusals,
            notes,
            model,
            pages: options.pages.clone(),
            as_of: options.as_of,
        };
        talks.folded(cache)
    }

    /// Who and what is meant, what a person decided, and the fold of it all.
    fn folded(mut self, mut cache: Option<&mut Cache>) -> Self {
        let (dossier, names) = correct_names(&self.uncorrected.1, &self.corrections);
        let resolver = Resolver::new(&dossier);
        let resolve = |at: usize| resolver.resolve(&self.articles[at], &self.readings[at]);
        let resolutions: Vec<Resolution> = match cache.as_deref_mut() {
            Some(cache) => cache.meant(&dossier, &self.articles, resolve),
            None => (0..self.articles.len()).into_par_iter().map(resolve).collect(),
        };
        let plan = Plan::new(&dossier, &self.corrections);
        let all = self.articles.par_iter().zip(&self.readings).zip(resolutions);
        let corrected: Vec<_> = all
            .map(|((a, r), resolution)| match plan.apply(a, r, &resolution) {
                Some(corrected) => (Some((corrected.reading, corrected.touched)), corrected.resolution),
                None => (None, resolution),
            })
            .collect();
        let mut touched: Vec<Touched> = Vec::new();
        for (at, (changed, resolution)) in corrected.into_iter().enumerate() {
            if let Some((reading, what)) = changed {
                touched.push(what);
                self.uncorrected.0.insert(at, std::mem::replace(&mut self.readings[at], reading));
            }
            self.resolutions.push(resolution);
        }
        let folded = || fold(&dossier, &witnesses(&self.articles, &self.readings, &self.resolutions));
        self.ledger = match cache {
            Some(cache) => cache.ledger(&dossier, &self.corrections, &self.articles, folded),
            None => folded(),
        };
        self.trace = Trace::of(&self.corrections, &names, &touched).with_merged(&self.corrections, &self.ledger);
        self.dossier = dossier;
        self
    }

    /// The same talks under other corrections than those it has; nothing is read again and who is meant is not discovered
    /// again.
    #[must_use]
    pub fn with_corrections(&self, corrections: &Corrections) -> Self {
        let mut readings = self.readings.clone();
        for (at, reading) in &self.uncorrected.0 {
            readings[*at].clone_from(reading);
        }
        self.made_of(self.articles.clone(), readings, corrections.clone())
    }

    /// The same talks as they could be read before a day, under who is meant today and today's corrections: without the articles
    /// published on that day or later, or, where that is not known, captured then, and without what a page was not before. Those
    /// of no known time stay.
    #[must_use]
    pub fn before(&self, day: jiff::civil::Date) -> Self {
        let first_seen = changed_to(&self.pages);
        let is_kept = |a: &Article| since(a, &first_seen).is_none_or(|m| m.date < day);
        let kept = self.articles.iter().zip(self.as_read()).filter(|(a, _)| is_kept(a));
        let (mut articles, readings): (Vec<Article>, Vec<Reading>) = kept.map(|(a, r)| (a.clone(), r.clone())).unzip();
        mark_versions(&self.pages, &mut articles, day.yesterday().ok());
        self.made_of(articles, readings, self.corrections.clone())
    }

    /// Talks of these articles and readings under today's names and these corrections, with all else as it is here.
    fn made_of(&self, articles: Vec<Article>, readings: Vec<Reading>, corrections: Corrections) -> Self {
        let talks = Self {
            articles,
            readings,
            resolutions: Vec::new(),
            dossier: Dossier::default(),
            ledger: Ledger::default(),
            uncorrected: (BTreeMap::new(), self.uncorrected.1.clone()),
            corrections,
            trace: Trace::default(),
            refusals: self.refusals.clone(),
            notes: self.notes.clone(),
            model: self.model.clone(),
            pages: self.pages.clone(),
            as_of: self.as_of,
        };
        talks.folded(None)
    }

    /// What these talks differ in from others of the same articles under other corrections.
    pub fn effect_since(&self, before: &Self) -> Effect {
        effect(&before.ledger, &self.ledger)
    }

    /// Articles, each once, in order of id.
    pub fn articles(&self) -> &[Article] {
        &self.articles
    }

    /// What each article says by itself, in the same order.
    pub fn readings(&self) -> &[Reading] {
        &self.readings
    }

    /// What each article says before any correction, in the same order.
    pub fn as_read(&self) -> impl Iterator<Item = &Reading> {
        self.readings.iter().enumerate().map(|(at, reading)| self.uncorrected.0.get(&at).unwrap_or(reading))
    }

    /// Who and what is meant.
    pub fn dossier(&self) -> &Dossier {
        &self.dossier
    }

    /// The model of the talks.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// What a person decided about them.
    pub fn corrections(&self) -> &Corrections {
        &self.corrections
    }

    /// What each correction came to.
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// What could not be read.
    pub fn refusals(&self) -> &[Refusal] {
        &self.refusals
    }

    /// What reports are written from.
    pub fn view(&self) -> View<'_> {
        View {
            dossier: &self.dossier,
            witnesses: witnesses(&self.articles, &self.readings, &self.resolutions),
            ledger: &self.ledger,
            model: &self.model,
            as_of: self.as_of,
            notes: &self.notes,
            corrected: Some((&self.corrections, &self.trace)),
        }
    }
}

fn part<A, B>(all: impl Iterator<Item = Result<A, B>>) -> (Vec<A>, Vec<B>) {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for one in all {
        match one {
            Ok(a) => good.push(a),
            Err(b) => bad.push(b),
        }
    }
    (good, bad)
}

fn witnesses<'a>(articles: &'a [Article], readings: &'a [Reading], meant: &'a [Resolution]) -> Vec<Witness<'a>> {
    let all = articles.iter().zip(readings).zip(meant);
    all.map(|((article, reading), resolution)| Witness { article, reading, resolution }).collect()
}

/// The article of one capture.
pub(crate) fn extract_one(capture: &Capture, options: &Options) -> Article {
    let how = if options.verbatim { rapporteur_article::Config::verbatim() } else { Default::default() };
    extract(capture, &how)
}

/// What one capture says by itself.
pub(crate) fn read_one(capture: &Capture, pipeline: &Pipeline, options: &Options) -> (Article, Reading) {
    let mut article = extract_one(capture, options);
    if !is_english(&article.language) {
        let message = format!("the language is `{}`: only English is read yet, so it gives no items", article.language);
        article.notes.push(Note { code: "language", message });
        let reading = Reading { article: article.id.clone(), ..Reading::default() };
        return (article, reading);
    }
    let parse = pipeline.parse_paragraphs(&article.text);
    let reading = read(&article, &parse);
    (article, reading)
}

/// What the captures of one article say together: as [`together`] has it.
pub(crate) fn read_captures(
    captures: &[Capture],
    pipeline: &Pipeline,
    options: &Options,
) -> Option<(Article, Reading)> {
    let mut all: Vec<(&Capture, Article)> = captures.iter().map(|c| (c, extract_one(c, options))).collect();
    all.sort_by_cached_key(|(_, article)| rank(article));
    let first = all.first()?.0;
    let (article, reading) = read_one(first, pipeline, options);
    let others = all.into_iter().skip(1).map(|(_, article)| article);
    Some((together(article, others), reading))
}

/// What orders the articles of the same bytes, the one that counts first: one with a date that its container states, then one
/// with any, then the earliest that was captured, as the text is known to have existed then.
fn rank(article: &Article) -> impl Ord + use<> {
    let is_stated = article.published_basis == PublishedBasis::Input;
    let place = article.sources.first().cloned();
    (!is_stated, article.published.is_none(), article.captured_at.is_none(), article.captured_at, place)
}

/// The articles of the same bytes as one: all are sources, the earliest time of capture is kept, and what the first does not
/// say of outlet, title, authors and id is taken from those after it.
fn together(mut first: Article, others: impl IntoIterator<Item = Article>) -> Article {
    let mut is_alone = true;
    for other in others {
        is_alone = false;
        let or = |own: &mut String, other: String| {
            if own.is_empty() {
                *own = other;
            }
        };
        or(&mut first.outlet, other.outlet);
        or(&mut first.title, other.title);
        or(&mut first.agency, other.agency);
        or(&mut first.source_id, other.source_id);
        if first.authors.is_empty() {
            first.authors = other.authors;
        }
        first.updated = first.updated.or(other.updated);
        first.captured_at = first.captured_at.into_iter().chain(other.captured_at).min();
        first.sources.extend(other.sources);
    }
    if !is_alone {
        first.sources = sources(first.sources);
    }
    first
}

/// Each source once; of one file, nothing where something is said of it elsewhere.
fn sources(mut all: Vec<rapporteur_article::Source>) -> Vec<rapporteur_article::Source> {
    all.sort();
    all.dedup();
    let is_bare = |s: &rapporteur_article::Source| s.url.is_empty() && s.outlet.is_empty();
    let told: BTreeSet<String> = all.iter().filter(|s| !is_bare(s)).map(|s| s.path.clone()).collect();
    all.retain(|s| !is_bare(s) || s.path.is_empty() || !told.contains(&s.path));
    all
}

/// Whether text of this BCP 47 tag can be read; text of no known language is tried.
fn is_english(tag: &str) -> bool {
    let primary = tag.split(['-', '_']).next().unwrap_or_default();
    primary.is_empty() || ["en", "eng", "english", "und"].iter().any(|e| primary.eq_ignore_ascii_case(e))
}

/// Whether an article could be read on a day: what has neither a date of publication nor one of capture is not known to.
fn is_within(article: &Article, first_seen: &BTreeMap<&ArticleId, (bool, Moment)>, as_of: Option<Moment>) -> bool {
    as_of.is_none_or(|last| since(article, first_seen).is_some_and(|d| d.date <= last.date))
}

/// When each article was first seen that a page was among others, and whether the page was another one before: where it was at
/// all addresses.
fn changed_to(pages: &[Page]) -> BTreeMap<&ArticleId, (bool, Moment)> {
    let mut found: BTreeMap<&ArticleId, (bool, Moment)> = BTreeMap::new();
    for page in pages {
        for (n, sighting) in page.seen.iter().enumerate() {
            let own = (n > 0, sighting.seen[0]);
            let known = found.entry(&sighting.article).or_insert(own);
            *known = (known.0 && own.0, known.1.min(own.1));
        }
    }
    found
}

/// Since when an article could be read: what a page became says nothing of the time before, whatever day it gives; what it was
/// first could be read when it was seen.
fn since(article: &Article, first_seen: &BTreeMap<&ArticleId, (bool, Moment)>) -> Option<Moment> {
    match first_seen.get(&article.id) {
        Some((true, seen)) => Some(*seen),
        Some((false, seen)) => Some(known_since(article).map_or(*seen, |known| known.min(*seen))),
        None => known_since(article),
    }
}

/// When it was published, else captured.
fn known_since(article: &Article) -> Option<Moment> {
    article.published.or(article.captured_at)
}

fn left_out(article: &Article) -> Note {
    let path = article.sources.first().map_or("-", |s| s.path.as_str());
    let path = if path.is_empty() { "-" } else { path };
    let why = "has neither a date of publication nor a time of capture, so it is left out as of a day";
    Note { code: "no-time", message: format!("`{path}` {why}: give `--captured-at`") }
}

/// The same bytes at two addresses are one article; articles in order of id.
fn once_each(read: Vec<(Article, Reading)>) -> Vec<(Article, Reading)> {
    let mut by_id: BTreeMap<ArticleId, Vec<(Article, Reading)>> = BTreeMap::new();
    for (article, reading) in read {
        by_id.entry(article.id.clone()).or_default().push((article, reading));
    }
    let one = |mut same: Vec<(Article, Reading)>| {
        same.sort_by_cached_key(|(article, _)| rank(article));
        let mut same = same.into_iter();
        let (first, reading) = same.next()?;
        Some((together(first, same.map(|(article, _)| article)), reading))
    };
    by_id.into_values().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page as it was met: by itself, or with what a library says about it.
    fn met(path: &str, at: Option<&str>, outlet: &str, published: &str) -> (Article, Reading) {
        let mut capture = Capture::from_bytes("<p>The owners refused the offer of the union on Tuesday.</p>");
        capture.path = path.to_string();
        capture.at = at.map(|at| at.parse().unwrap());
        (capture.fields.outlet, capture.fields.published) = (outlet.to_string(), published.to_string());
        let article = extract(&capture, &Default::default());
        // the reading tells which article it was made of
        let reading = Reading { article: ArticleId::from_written(path), ..Reading::default() };
        (article, reading)
    }

    #[test]
    fn what_a_container_says_of_a_page_is_kept_whatever_else_has_the_page() {
        let alone = met("b.html", Some("2025-03-05"), "", "");
        let elsewhere = met("a.html", Some("2025-03-04"), "", "");
        let library = met("b.html", None, "Herald", "2025-03-03");
        for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
            let all = order.map(|n| [&alone, &elsewhere, &library][n].clone());
            let merged = once_each(all.to_vec());
            let [(article, reading)] = merged.as_slice() else { panic!("{}", merged.len()) };
            assert_eq!((article.outlet.as_str(), article.published_basis), ("Herald", PublishedBasis::Input));
            assert_eq!(article.captured_at.unwrap().to_string(), "2025-03-04");
            let paths: Vec<(&str, &str)> =
                article.sources.iter().map(|s| (s.path.as_str(), s.outlet.as_str())).collect();
            assert_eq!(paths, [("a.html", ""), ("b.html", "Herald")]);
            assert_eq!(reading.article.as_str(), "b.html", "read under the day that the library says");
        }
        // what only the later one says is taken from it; of two that say a day the earlier counts
        let named = met("c.html", Some("2025-03-06"), "Post", "2025-03-07");
        let dated = met("d.html", Some("2025-03-05"), "", "2025-03-02");
        let merged = once_each(vec![named, dated]).remove(0).0;
        assert_eq!((merged.outlet.as_str(), merged.published.unwrap().to_string().as_str()), ("Post", "2025-03-02"));
    }
}
