//! What is derived from all that is kept, beside the archive, so that it is not made again for each listing.
//!
//! Three parts, each under a key of all that it is made of: the discovered dossier, who and what each article means under a
//! dossier (article by article, so that one more article is resolved alone), and the ledger. Keys are made of the bytes of
//! the articles and readings as they lie in the archive, of the dossier, of what a person decided, and of the code: so a part
//! is used only where making it again would give the same. The file may be deleted at any time; one that is damaged, of
//! another program or half written is passed over. Whatever fails here, the listing is made without it.
#![allow(clippy::disallowed_methods, reason = "the folder is an edge")]

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rapporteur_archive::FILE;
use rapporteur_article::Article;
use rapporteur_dossier::{Corrections, Dossier, Resolution};
use rapporteur_ledger::{Ledger, Page, Sighting};
use rapporteur_text::{ArticleId, Digest, Span};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// Changed with the form of the file.
const FORMAT: u32 = 1;

/// The derived parts of a folder.
#[derive(Debug)]
pub(crate) struct Cache {
    path: PathBuf,
    lock: PathBuf,
    /// Digests of what is kept, by article.
    digests: BTreeMap<ArticleId, Digest>,
    dossier: Part,
    meant: Part,
    ledger: Part,
    is_changed: bool,
}

/// One part, and what it was made of.
#[derive(Debug, Default)]
struct Part {
    key: String,
    body: Vec<u8>,
}

/// The first line of the file.
#[derive(Serialize, Deserialize)]
struct Head {
    format: u32,
    program: String,
    /// Key, length and digest of each part.
    parts: [(String, usize, Digest); 3],
}

impl Cache {
    /// What lies beside the archive of this folder. What is asked of it every day is kept apart from all else (`is_usual`), so
    /// that a look at another day does not take its place.
    pub(super) fn open(folder: &Path, is_usual: bool, digests: BTreeMap<ArticleId, Digest>) -> Self {
        let path = folder.join(format!("{FILE}.{}", if is_usual { "cache" } else { "cache-other" }));
        let lock = folder.join(format!("{FILE}.cache-lock"));
        let [dossier, meant, ledger] = read(&path).unwrap_or_default();
        Self { path, lock, digests, dossier, meant, ledger, is_changed: false }
    }

    /// Takes into account what pages were seen to be by a day: what a version of one tells, and how, hangs on the others.
    pub(crate) fn of_pages(&mut self, pages: &[Page], until: Option<Date>) {
        let mut keys: BTreeMap<&ArticleId, String> = BTreeMap::new();
        for page in pages {
            let is_seen = |s: &&Sighting| until.is_none_or(|day| s.seen[0].date <= day);
            let seen: Vec<&Sighting> = page.seen.iter().filter(is_seen).collect();
            let digest = |s: &&Sighting| self.digests.get(&s.article).map_or("", Digest::as_str);
            let key = format!("{}\n{}\n", page.address, seen.iter().map(digest).collect::<Vec<_>>().join("\n"));
            for sighting in seen.iter().filter(|_| seen.len() > 1) {
                keys.entry(&sighting.article).or_default().push_str(&key);
            }
        }
        for (article, key) in keys {
            if let Some(digest) = self.digests.get_mut(article) {
                *digest = Digest::of(format!("{}\n{key}", digest.as_str()).as_bytes());
            }
        }
    }

    /// The dossier that is discovered in these articles.
    pub(crate) fn dossier(&mut self, articles: &[Article], make: impl FnOnce() -> Dossier) -> Dossier {
        let key = self.of_articles(articles);
        if let Some(known) = self.dossier.under(&key).and_then(|body| within(articles, body, sightings_hold)) {
            return known;
        }
        let made = make();
        self.is_changed |= self.dossier.hold(key, serde_json::to_vec(&made).ok());
        made
    }

    /// What each of these articles means under a dossier, in their order.
    pub(crate) fn meant(
        &mut self,
        dossier: &Dossier,
        articles: &[Article],
        make: impl Fn(usize) -> Resolution + Sync,
    ) -> Vec<Resolution> {
        let key = of_json(dossier);
        let body = self.meant.under(&key).unwrap_or_default();
        let lines = body.split(|b| *b == b'\n').filter_map(|line| line.split_at_checked(64));
        let known: BTreeMap<&[u8], &[u8]> = lines.collect();
        let of_one = |(at, article): (usize, &Article)| {
            let line = self.digests.get(&article.id).and_then(|d| known.get(d.as_str().as_bytes()));
            let kept = line.and_then(|json| Span::within(&article.text, || serde_json::from_slice(json)).ok());
            kept.map_or_else(|| (make(at), true), |r| (r, false))
        };
        let all: Vec<(Resolution, bool)> = articles.par_iter().enumerate().map(of_one).collect();
        let is_other = all.iter().any(|(_, is_new)| *is_new) || all.len() != known.len();
        let all: Vec<Resolution> = all.into_iter().map(|(r, _)| r).collect();
        if is_other {
            let line = |(a, r): (&Article, &Resolution)| {
                let mut line = self.digests.get(&a.id)?.as_str().as_bytes().to_vec();
                serde_json::to_writer(&mut line, r).ok()?;
                line.push(b'\n');
                Some(line)
            };
            let lines: Option<Vec<Vec<u8>>> = articles.par_iter().zip(&all).map(line).collect();
            self.is_changed |= self.meant.hold(key, lines.map(|l| l.concat()));
        }
        all
    }

    /// The ledger of these articles under a dossier and corrections.
    pub(crate) fn ledger(
        &mut self,
        dossier: &Dossier,
        corrections: &Corrections,
        articles: &[Article],
        make: impl FnOnce() -> Ledger,
    ) -> Ledger {
        let parts = [self.of_articles(articles), of_json(dossier), of(corrections.to_jsonl().as_bytes())];
        let key = parts.join("+");
        if let Some(known) = self.ledger.under(&key).and_then(|body| within(articles, body, evidence_holds)) {
            return known;
        }
        let made = make();
        self.is_changed |= self.ledger.hold(key, serde_json::to_vec(&made).ok());
        made
    }

    /// Puts what is new in place of what lay there, all of it or nothing. One process at a time writes; another one leaves it.
    pub(crate) fn write(&self) {
        if self.is_changed {
            // it is made again where it cannot be kept
            let _ = self.try_write();
        }
    }

    fn try_write(&self) -> std::io::Result<()> {
        let lock = std::fs::File::options().create(true).truncate(false).write(true).open(&self.lock)?;
        lock.try_lock()?;
        let mut part = self.path.clone().into_os_string();
        part.push(".part");
        let part = PathBuf::from(part);
        let done = self.write_to(&part).and_then(|()| std::fs::rename(&part, &self.path));
        if done.is_err() {
            // half of it is of no use
            let _ = std::fs::remove_file(&part);
        }
        done
    }

    fn write_to(&self, path: &Path) -> std::io::Result<()> {
        let all = [&self.dossier, &self.meant, &self.ledger];
        let parts = all.map(|p| (p.key.clone(), p.body.len(), Digest::of(&p.body)));
        let head = Head { format: FORMAT, program: program(), parts };
        let mut file = std::fs::File::create(path)?;
        file.write_all(&serde_json::to_vec(&head)?)?;
        file.write_all(b"\n")?;
        all.iter().try_for_each(|p| file.write_all(&p.body))
    }

    fn of_articles(&self, articles: &[Article]) -> String {
        let digests = articles.iter().map(|a| self.digests.get(&a.id).map_or("", Digest::as_str));
        of(digests.collect::<Vec<_>>().join("\n").as_bytes())
    }
}

impl Part {
    /// What was made of this, where it is there.
    fn under(&self, key: &str) -> Option<&[u8]> {
        (self.key == key).then_some(self.body.as_slice())
    }

    /// Takes over what was made; whether there is something to keep.
    fn hold(&mut self, key: String, body: Option<Vec<u8>>) -> bool {
        let Some(body) = body else { return false };
        *self = Self { key, body };
        true
    }
}

/// By which code everything here is made.
fn program() -> String {
    let parts =
        [env!("CARGO_PKG_VERSION"), rapporteur_reading::RULES, rapporteur_dossier::RULES, rapporteur_ledger::RULES];
    parts.join(" ")
}

fn of(bytes: &[u8]) -> String {
    Digest::of(bytes).as_str().to_string()
}

fn of_json(dossier: &Dossier) -> String {
    serde_json::to_vec(dossier).map_or_else(|_| String::new(), |json| of(&json))
}

fn read(path: &Path) -> Option<[Part; 3]> {
    let bytes = std::fs::read(path).ok()?;
    let end = bytes.iter().position(|b| *b == b'\n')?;
    let head: Head = serde_json::from_slice(&bytes[..end]).ok()?;
    if head.format != FORMAT || head.program != program() {
        return None;
    }
    let mut rest = &bytes[end + 1..];
    let mut take = |(key, length, digest): (String, usize, Digest)| {
        let (body, after) = rest.split_at_checked(length)?;
        rest = after;
        (Digest::of(body) == digest).then(|| Part { key, body: body.to_vec() })
    };
    let [a, b, c] = head.parts;
    Some([take(a)?, take(b)?, take(c)?])
}

/// Reads back what cites many articles: each span must be a range of its own article's text.
fn within<T: serde::de::DeserializeOwned>(
    articles: &[Article],
    body: &[u8],
    holds: fn(&T, &dyn Fn(&ArticleId, Span) -> bool) -> bool,
) -> Option<T> {
    // spans are read back within a text as long as any, and then tried on their own
    let long = " ".repeat(articles.iter().map(|a| a.text.len()).max().unwrap_or_default());
    let read: T = Span::within(&long, || serde_json::from_slice(body)).ok()?;
    let texts: BTreeMap<&ArticleId, &str> = articles.iter().map(|a| (&a.id, a.text.as_str())).collect();
    let is_of = |id: &ArticleId, span: Span| texts.get(id).is_some_and(|t| Span::of(t, span.range()).is_some());
    holds(&read, &is_of).then_some(read)
}

fn evidence_holds(ledger: &Ledger, is_of: &dyn Fn(&ArticleId, Span) -> bool) -> bool {
    ledger.cited().all(|c| is_of(&c.article, c.evidence.span) && is_of(&c.article, c.evidence.sentence))
}

fn sightings_hold(dossier: &Dossier, is_of: &dyn Fn(&ArticleId, Span) -> bool) -> bool {
    let of_people = dossier.people.iter().flat_map(|p| &p.merges);
    let merges = dossier.parties.iter().flat_map(|p| &p.merges).chain(of_people).chain(&dossier.possible);
    merges.flat_map(|m| &m.evidence).all(|s| is_of(&s.article, s.span) && is_of(&s.article, s.sentence))
}

#[cfg(test)]
mod tests {
    use rapporteur_dossier::{Alias, Merge, Party, Sighting};

    use super::*;

    fn article(text: &str) -> Article {
        Article::from_text(text)
    }

    fn cache(folder: &Path, articles: &[Article]) -> Cache {
        let digest = |a: &Article| (a.id.clone(), Digest::of(a.text.as_bytes()));
        Cache::open(folder, true, articles.iter().map(digest).collect())
    }

    fn named(name: &str, evidence: Vec<Sighting>) -> Dossier {
        let alias = Alias { name: name.to_string(), count: 3 };
        let merge = Merge { a: name.to_string(), evidence, ..Merge::default() };
        let party = Party { name: name.to_string(), aliases: vec![alias], merges: vec![merge], ..Party::default() };
        Dossier { parties: vec![party], ..Dossier::default() }
    }

    #[test]
    fn what_was_made_is_made_again_only_of_something_else() {
        let folder = tempfile::tempdir().unwrap();
        let all = [article("The weavers refuse."), article("The mill owners wait for “their” answer, long.")];
        let never = || -> Dossier { panic!("it is known") };
        let is = |a: &Article| {
            let span = Span::all(&a.text);
            Sighting { article: a.id.clone(), span, sentence: span }
        };
        let made = named("Weavers", vec![is(&all[0]), is(&all[1])]);
        let mut first = cache(folder.path(), &all);
        assert_eq!(first.dossier(&all, || made.clone()), made);
        let meant = first.meant(&made, &all, |_| Resolution::default());
        let ledger = first.ledger(&made, &Corrections::default(), &all, Ledger::default);
        first.write();

        let mut again = cache(folder.path(), &all);
        assert_eq!(again.dossier(&all, never), made);
        assert_eq!(again.meant(&made, &all, |_| panic!("it is known")), meant);
        assert_eq!(again.ledger(&made, &Corrections::default(), &all, || panic!("it is known")), ledger);
        assert!(!again.is_changed);

        // one more article is resolved alone; the ledger and what is discovered are of all
        let more = [&all[..], &[article("Talks went on.")]].concat();
        let mut grown = cache(folder.path(), &more);
        let asked = std::sync::Mutex::new(Vec::new());
        let of_one = |at: usize| {
            asked.lock().unwrap().push(at);
            Resolution::default()
        };
        grown.meant(&made, &more, of_one);
        assert_eq!(*asked.lock().unwrap(), [2]);
        assert_eq!(grown.dossier(&more, || named("Owners", Vec::new())), named("Owners", Vec::new()));
        grown.meant(&named("Owners", Vec::new()), &more, of_one);
        assert_eq!(asked.lock().unwrap().len(), 4, "under another dossier all are");
    }

    #[test]
    fn a_sighting_in_no_text_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let all = [article("The weavers refuse."), article("A far longer text than that of the other one.")];
        // it is a range of the longer text, said of the shorter
        let span = Span::all(&all[1].text);
        let wrong = named("Weavers", vec![Sighting { article: all[0].id.clone(), span, sentence: span }]);
        let mut first = cache(folder.path(), &all);
        first.dossier(&all, || wrong);
        first.write();
        let found = cache(folder.path(), &all).dossier(&all, Dossier::default);
        assert_eq!(found, Dossier::default());
    }
}
