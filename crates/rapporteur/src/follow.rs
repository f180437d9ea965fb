//! From captures to a model of the talks, in one call.

use std::collections::BTreeMap;

use rapporteur_article::{Article, Note, extract};
use rapporteur_capture::Capture;
use rapporteur_dossier::{Dossier, Resolution, discover, resolve};
use rapporteur_ledger::{Ledger, Witness, fold};
use rapporteur_reading::{Reading, read};
use rapporteur_report::View;
use rapporteur_syntax::Pipeline;
use rapporteur_text::{ArticleId, Moment};
use rayon::prelude::*;

/// How captures are read.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Config {
    /// Take captures as clean text already.
    pub verbatim: bool,
    /// What the negotiation is; discovered where none is given.
    pub dossier: Option<Dossier>,
    /// Only articles published on or before this day (undated ones by capture) are read.
    pub as_of: Option<Moment>,
}

/// What was read, what it means, and the ledger of it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Talks {
    /// Articles, each once, in order of id.
    pub articles: Vec<Article>,
    /// What each says by itself.
    pub readings: Vec<Reading>,
    /// Who and what the words of each mean.
    pub resolutions: Vec<Resolution>,
    /// What the negotiation is.
    pub dossier: Dossier,
    /// The fold of all.
    pub ledger: Ledger,
    /// The day asked for.
    pub as_of: Option<Moment>,
}

/// Reads captures, discovers the dossier where none is given, and folds all into the ledger.
///
/// `each` is called after each capture, from whichever thread read it. The order of `captures` and the number of
/// threads change nothing in what is returned.
pub fn follow(captures: &[Capture], pipeline: &Pipeline, config: &Config, each: impl Fn() + Sync) -> Talks {
    let read: Vec<(Article, Reading)> = captures
        .par_iter()
        .map(|capture| {
            let both = read_one(capture, pipeline, config);
            each();
            both
        })
        .filter(|(article, _)| is_within(article, config.as_of))
        .collect();
    let (articles, readings): (Vec<_>, Vec<_>) = once_each(read).into_iter().unzip();
    let pairs: Vec<(&Article, &Reading)> = articles.iter().zip(&readings).collect();
    let dossier = config.dossier.clone().unwrap_or_else(|| discover(&pairs, None));
    let resolutions: Vec<Resolution> = pairs.par_iter().map(|(a, r)| resolve(&dossier, a, r)).collect();
    let ledger = fold(&dossier, &witnesses(&articles, &readings, &resolutions));
    Talks { articles, readings, resolutions, dossier, ledger, as_of: config.as_of }
}

impl Talks {
    /// What reports are written from. `model` names the language model, `notes` what could not be read at all.
    pub fn view<'a>(&'a self, model: &'a str, notes: &'a [Note]) -> View<'a> {
        View {
            dossier: &self.dossier,
            witnesses: witnesses(&self.articles, &self.readings, &self.resolutions),
            ledger: &self.ledger,
            model,
            as_of: self.as_of,
            notes,
        }
    }
}

fn witnesses<'a>(articles: &'a [Article], readings: &'a [Reading], meant: &'a [Resolution]) -> Vec<Witness<'a>> {
    let all = articles.iter().zip(readings).zip(meant);
    all.map(|((article, reading), resolution)| Witness { article, reading, resolution }).collect()
}

fn read_one(capture: &Capture, pipeline: &Pipeline, config: &Config) -> (Article, Reading) {
    let mut how = rapporteur_article::Config::default();
    how.verbatim = config.verbatim;
    let mut article = extract(capture, &how);
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

/// Whether text of this BCP 47 tag can be read; text of no known language is tried.
fn is_english(tag: &str) -> bool {
    let primary = tag.split(['-', '_']).next().unwrap_or_default();
    primary.is_empty() || ["en", "eng", "english", "und"].iter().any(|e| primary.eq_ignore_ascii_case(e))
}

fn is_within(article: &Article, as_of: Option<Moment>) -> bool {
    let day = article.published.or(article.captured_at);
    as_of.is_none_or(|last| day.is_none_or(|d| d.date <= last.date))
}

/// The same bytes at two addresses are one article with two sources; articles in order of id.
fn once_each(read: Vec<(Article, Reading)>) -> Vec<(Article, Reading)> {
    let mut by_id: BTreeMap<ArticleId, (Article, Reading)> = BTreeMap::new();
    for (article, reading) in read {
        match by_id.get_mut(&article.id) {
            Some((first, _)) => {
                first.sources.extend(article.sources);
                first.sources.sort();
                first.sources.dedup();
            }
            None => {
                by_id.insert(article.id.clone(), (article, reading));
            }
        }
    }
    by_id.into_values().collect()
}
