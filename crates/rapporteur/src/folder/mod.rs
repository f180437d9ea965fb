//! The dossier folder: what one follows for months, in one place.
//!
//! A folder holds `dossier.toml`, which is the analyst's, and `archive.sqlite`, which is ours. [`Folder::add`] reads captures
//! into it, [`Folder::talks`] gives what they say together, exactly as [`Talks::read`] over the same captures would that is told
//! what pages were seen to be ([`Options::pages`]).

mod add;
pub(crate) mod cache;
mod reread;
mod review;
mod search;
mod search_added;
mod show;
mod template;
mod versions;
mod watch;
mod web;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rapporteur_archive::{Archive, FILE, History, Version, Waiting};
use rapporteur_article::Article;
use rapporteur_dossier::Dossier;
use rapporteur_ledger::{Page, Sighting};
use rapporteur_reading::Reading;
use rapporteur_report::brief::Known;
use rapporteur_text::{ArticleId, Digest, Moment};
use rayon::prelude::*;

pub use add::Added;
use cache::Cache;
pub use reread::{Change, Reread};
pub use review::{Imported, Review, Target, Tried};
pub use search::{Ask, Result as SearchResult, Results};
pub use show::{Place, Ruling, Shown, Unknown};
pub use versions::{Change as SentenceChange, PageShown, VersionShown, Word};
pub use watch::{Expected, Fetched, News, next_poll};
pub use web::Web;

use crate::{Error, Options, Talks};

/// Name of the dossier file in its folder.
pub const DOSSIER: &str = "dossier.toml";

/// Name of the file of users, who may log in where the folder is served: it is nobody's article.
pub const USERS: &str = "users.json";

/// Articles that are unpacked at once.
const AT_ONCE: usize = 256;

/// Articles that are read side by side before what they gave is written: enough that no thread waits long for another, few
/// enough that a run which is stopped after some seconds has moved on.
fn at_once() -> usize {
    (8 * rayon::current_num_threads()).clamp(16, 64)
}

/// A dossier folder that is open.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    archive: Archive,
}

impl Folder {
    /// The dossier folder that `place` is or lies in, as git finds its own.
    pub fn find(place: &Path) -> Option<PathBuf> {
        place.ancestors().find(|folder| folder.join(FILE).is_file()).map(Path::to_path_buf)
    }

    /// Starts a dossier folder, which is made where it is not there: an archive, and a dossier file with comments that say
    /// what goes into it. A dossier file that is there already is left as it is.
    ///
    /// # Errors
    /// Where the folder has an archive already, or cannot be written.
    pub fn init(path: &Path, waiting: Waiting) -> Result<Self, Error> {
        let failed = |e: std::io::Error| Error::folder(path, &e);
        std::fs::create_dir_all(path).map_err(failed)?;
        let archive = Archive::create(path, waiting)?;
        let dossier = path.join(DOSSIER);
        match std::fs::File::create_new(&dossier) {
            Ok(mut file) => std::io::Write::write_all(&mut file, template::DOSSIER.as_bytes()).map_err(failed)?,
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(failed(e)),
        }
        Ok(Self { path: path.to_path_buf(), archive })
    }

    /// Opens a dossier folder to write in it. `waiting` is told once when another process is in the way.
    ///
    /// # Errors
    /// Where it is none, or its archive is newer than this program, damaged, or may not be written.
    pub fn open(path: &Path, waiting: Waiting) -> Result<Self, Error> {
        Ok(Self { path: path.to_path_buf(), archive: Archive::open(path, waiting)? })
    }

    /// Opens a dossier folder to look at it; it may be read-only.
    ///
    /// # Errors
    /// As for [`Folder::open`].
    pub fn open_to_read(path: &Path, waiting: Waiting) -> Result<Self, Error> {
        Ok(Self { path: path.to_path_buf(), archive: Archive::open_to_read(path, waiting)? })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it keeps.
    pub fn archive(&self) -> &Archive {
        &self.archive
    }

    /// What the dossier file says the negotiation is; `None` where it names no party, person or issue yet, and what is meant
    /// is discovered.
    ///
    /// # Errors
    /// Where the file cannot be read; the place of the fault is named.
    #[allow(clippy::disallowed_methods, reason = "the folder is an edge")]
    pub fn dossier(&self) -> Result<Option<Dossier>, Error> {
        let path = self.path.join(DOSSIER);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(Error::folder(&path, &e)),
        };
        let dossier = rapporteur_dossier::from_toml(&text, &path.display().to_string())?;
        let is_empty = dossier.parties.is_empty() && dossier.people.is_empty() && dossier.issues.is_empty();
        Ok((!is_empty).then_some(dossier))
    }

    /// All that is kept, in order of id.
    ///
    /// # Errors
    /// Where the archive cannot be read, or something in it is damaged: it is named.
    pub fn kept(&self) -> Result<Vec<(Article, Reading)>, Error> {
        Ok(self.kept_with_digests()?.0)
    }

    /// The same, with the digest of each as it lies in the archive.
    fn kept_with_digests(&self) -> Result<(Vec<(Article, Reading)>, BTreeMap<ArticleId, Digest>), Error> {
        let (mut all, mut digests) = (Vec::new(), BTreeMap::new());
        self.archive.each(AT_ONCE, |packed| {
            let some: Vec<_> = packed.par_iter().map(|p| (p.unpack(), p.digest())).collect();
            for (one, digest) in some {
                let one = one.map_err(|what| Error::from(self.archive.fault(what)))?;
                digests.insert(one.0.id.clone(), digest);
                all.push(one);
            }
            Ok::<(), Error>(())
        })?;
        Ok((all, digests))
    }

    /// What all that is kept says together, under the dossier of `options`, else under the folder's, else under what is
    /// discovered in it, with the corrections of `options`, else with those of the folder's log. Nothing is read again, and
    /// what was derived of the same before is taken from beside the archive.
    ///
    /// # Errors
    /// Where the archive or the dossier file cannot be read.
    pub fn talks(&self, options: &Options) -> Result<Talks, Error> {
        let mut options = options.clone();
        let is_own =
            options.dossier.is_none() && options.corrections.is_empty() && options.pages.is_empty() && !options.anew;
        let is_usual = is_own && options.as_of.is_none();
        if options.dossier.is_none() && !options.anew {
            options.dossier = self.dossier()?;
        }
        if options.corrections.is_empty() {
            options.corrections = self.corrections()?;
        }
        if options.pages.is_empty() {
            options.pages = self.pages()?;
        }
        let (kept, digests) = self.kept_with_digests()?;
        let mut cache = Cache::open(&self.path, is_usual, digests);
        let counts = self.archive.counts()?;
        let mut models: Vec<String> = counts.makers.into_iter().map(|(maker, _)| maker.model).collect();
        models.sort();
        models.dedup();
        let talks = Talks::fold(kept, Vec::new(), models.join(", "), &options, Some(&mut cache));
        cache.write();
        Ok(talks)
    }

    /// What the pages that changed were seen to be, one article after the other.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    pub fn pages(&self) -> Result<Vec<Page>, Error> {
        let sighting =
            |v: Version| Sighting { article: v.article, seen: [watch::moment(v.first), watch::moment(v.last)] };
        let page = |h: History| Page { address: h.address, seen: h.versions.into_iter().map(sighting).collect() };
        Ok(self.archive.histories()?.into_iter().map(page).collect())
    }

    /// When a user looked last at what moved in the folder, and what he or she knows since; `None` where that never was.
    ///
    /// # Errors
    /// Where the archive cannot be read, or what is kept cannot be read back.
    pub fn known(&self, user: &str) -> Result<Option<(Moment, Known)>, Error> {
        let Some(seen) = self.archive.seen(user)? else { return Ok(None) };
        let fault = |what| self.archive.fault(format!("what `{user}` has seen cannot be read back: {what}"));
        Ok(Some((seen.at, Known::from_json(&seen.records).map_err(fault)?)))
    }

    /// Keeps what a user knows now. When this returns, the disk has it.
    ///
    /// # Errors
    /// Where the archive cannot be written.
    pub fn remember(&mut self, user: &str, now: Moment, known: &Known) -> Result<(), Error> {
        Ok(self.archive.remember(user, now, &known.to_json())?)
    }

    /// How many articles were read by other rules than these, so that [`Folder::reread`] would change them.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    pub fn outdated(&self) -> Result<usize, Error> {
        let makers = self.archive.counts()?.makers;
        Ok(makers.iter().filter(|(m, _)| m.rules != rapporteur_reading::RULES).map(|(_, n)| n).sum())
    }
}
