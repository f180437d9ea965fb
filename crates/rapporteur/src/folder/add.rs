//! Reading captures into the folder: read side by side, written in order, one transaction an article.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rapporteur_archive::{Kept, Known, Maker, Packed, Received};
use rapporteur_article::Article;
use rapporteur_capture::{Capture, Item, Refusal, Source, list, open};
use rapporteur_reading::{RULES, Reading};
use rapporteur_syntax::Pipeline;
use rapporteur_text::Moment;
use rayon::prelude::*;

use super::{Folder, at_once};
use crate::talks::{extract_one, read_captures, read_one};
use crate::{Error, Options};

/// Bytes of captures after which what they gave is written, though fewer than [`at_once`] are read.
const BYTES_AT_ONCE: usize = 16_000_000;

/// How far an addition has come, and what became of it.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Added {
    /// Files named, folders opened.
    pub files: usize,
    /// Files of which everything is kept or refused.
    pub done: usize,
    /// New articles.
    pub new: usize,
    /// Known articles that were received from another place.
    pub sources: usize,
    /// Captures that were kept already.
    pub known: usize,
    /// Articles that were kept but could not be read back, and now can.
    pub mended: usize,
    /// Pages of the web that were kept before and have another text now, with how many sentences went and came in them.
    pub changed: usize,
    /// See `changed`.
    pub went: usize,
    /// See `changed`.
    pub came: usize,
    /// What could not be received.
    pub refusals: Vec<Refusal>,
    /// Articles of which nothing could be read, with where they lie and why; they are kept.
    pub unread: Vec<(String, String)>,
    /// Whether it was stopped before its end.
    pub is_stopped: bool,
}

impl Added {
    /// Its numbers, without what is said of single files and articles.
    pub fn counts(&self) -> Self {
        Self { refusals: Vec::new(), unread: Vec::new(), ..self.clone() }
    }

    /// This addition and another one together.
    pub fn and(mut self, other: Self) -> Self {
        self.files += other.files;
        self.done += other.done;
        self.new += other.new;
        self.sources += other.sources;
        self.known += other.known;
        self.mended += other.mended;
        self.changed += other.changed;
        self.went += other.went;
        self.came += other.came;
        self.refusals.extend(other.refusals);
        self.unread.extend(other.unread);
        self.is_stopped |= other.is_stopped;
        self
    }
}

/// What is to be done with a capture.
pub(super) struct Work {
    capture: Capture,
    known: Known,
}

/// What was made of a capture.
struct Done {
    capture: Capture,
    /// The captures that were kept already, where it was made of them together.
    others: Vec<Capture>,
    article: Article,
    reading: Option<(Reading, Packed)>,
}

impl Folder {
    /// Reads captures and keeps them. What is kept already is passed over, so that an addition that was stopped goes on
    /// where it was; what `step` was told is kept, whatever happens after, and where it breaks, nothing more is done. A file is known by its whole path, however it was
    /// named. An article that is kept but cannot be read back is made whole from its capture.
    ///
    /// `model` gives the language model; it is asked only where something must be read. `now`: when this is.
    ///
    /// # Errors
    /// Where the archive cannot be written or there is no language model. What cannot be read is in [`Added::refusals`].
    pub fn add(
        &mut self,
        sources: &[Source],
        options: &Options,
        now: Moment,
        model: &mut dyn FnMut() -> Result<Arc<Pipeline>, Error>,
        step: &mut dyn FnMut(&Added) -> ControlFlow<()>,
    ) -> Result<Added, Error> {
        let config = rapporteur_capture::Config::captured_at(options.captured_at);
        let files: Vec<_> = list(sources).into_iter().filter(|f| !self.is_own(f)).collect();
        let mut adding = Adding::new(self, options, now, model, step);
        adding.added.files = files.len();
        let (mut waiting, mut finished) = (Vec::new(), 0);
        let mut bytes = 0;
        for file in files {
            match file {
                Err(refusal) => adding.added.refusals.push(refusal),
                Ok(item) => {
                    for outcome in open(&item, &config) {
                        match outcome {
                            Err(refusal) => adding.added.refusals.push(refusal),
                            Ok(capture) => {
                                bytes += capture.bytes.len();
                                waiting.extend(adding.look(capture)?);
                                if waiting.len() >= at_once() || bytes >= BYTES_AT_ONCE {
                                    adding.keep(&mut waiting)?;
                                    bytes = 0;
                                    if adding.added.is_stopped {
                                        return Ok(adding.ended());
                                    }
                                }
                            }
                        }
                    }
                }
            }
            finished += 1;
            if waiting.is_empty() {
                adding.added.done = finished;
                adding.tell();
            }
            if adding.added.is_stopped {
                return Ok(adding.ended());
            }
        }
        adding.keep(&mut waiting)?;
        adding.added.done = finished;
        adding.tell();
        // what comes when all is done stops nothing
        adding.added.is_stopped = false;
        Ok(adding.ended())
    }
}

impl Folder {
    /// Whether this is a file of the dossier folder itself, which is nobody's article.
    fn is_own(&self, file: &Result<Item, Refusal>) -> bool {
        let Ok(item) = file else { return false };
        let name = item.name();
        let path = Path::new(&name);
        let is_named = path.file_name().is_some_and(|n| {
            let n = n.to_string_lossy();
            n == super::DOSSIER || n == super::USERS || n.starts_with(rapporteur_archive::FILE)
        });
        let folder = || path.parent().map(|p| if p.as_os_str().is_empty() { Path::new(".") } else { p });
        is_named && folder().and_then(|f| f.canonicalize().ok()) == self.path.canonicalize().ok()
    }
}

pub(super) struct Adding<'a> {
    pub(super) folder: &'a mut Folder,
    pub(super) options: &'a Options,
    now: Moment,
    pipeline: Option<Arc<Pipeline>>,
    model: &'a mut dyn FnMut() -> Result<Arc<Pipeline>, Error>,
    step: &'a mut dyn FnMut(&Added) -> ControlFlow<()>,
    pub(super) added: Added,
    /// Whole paths of the folders that files lie in.
    places: BTreeMap<PathBuf, PathBuf>,
}

impl<'a> Adding<'a> {
    pub(super) fn new(
        folder: &'a mut Folder,
        options: &'a Options,
        now: Moment,
        model: &'a mut dyn FnMut() -> Result<Arc<Pipeline>, Error>,
        step: &'a mut dyn FnMut(&Added) -> ControlFlow<()>,
    ) -> Self {
        let (added, places) = (Added::default(), BTreeMap::new());
        Self { folder, options, now, pipeline: None, model, step, added, places }
    }
}

impl Adding<'_> {
    /// What is to be done with a capture; `None` where it is kept already.
    pub(super) fn look(&mut self, mut capture: Capture) -> Result<Option<Work>, Error> {
        capture.path = self.whole(capture.path);
        let known = self.folder.archive.knows(&capture)?;
        if known == Known::Yes {
            self.added.known += 1;
            return Ok(None);
        }
        Ok(Some(Work { capture, known }))
    }

    /// The whole path of a file; links to files stay what they are.
    fn whole(&mut self, path: String) -> String {
        let typed = Path::new(&path);
        let (Some(folder), Some(name)) = (typed.parent(), typed.file_name()) else { return path };
        let whole = self.places.entry(folder.to_path_buf()).or_insert_with(|| {
            let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            here.canonicalize().unwrap_or_else(|_| folder.to_path_buf())
        });
        whole.join(name).to_string_lossy().into_owned()
    }

    /// Reads these captures side by side and keeps them in their order.
    pub(super) fn keep(&mut self, waiting: &mut Vec<Work>) -> Result<(), Error> {
        let work = std::mem::take(waiting);
        if work.iter().any(|w| w.known != Known::Elsewhere) {
            self.pipeline()?;
        }
        let (pipeline, options) = (self.pipeline.as_deref(), self.options);
        let done: Vec<Result<Done, Error>> = work.into_par_iter().map(|w| do_one(w, pipeline, options)).collect();
        for one in done {
            self.keep_one(one?)?;
        }
        Ok(())
    }

    fn keep_one(&mut self, mut done: Done) -> Result<(), Error> {
        let kept = loop {
            match self.write(&done)? {
                Kept::Unread => {
                    // another process took away what was known of it
                    let pipeline = self.pipeline()?;
                    done = do_one(Work { capture: done.capture, known: Known::No }, Some(&pipeline), self.options)?;
                }
                Kept::Apart => match self.together(done.capture)? {
                    Some(all) => done = all,
                    None => return Ok(()),
                },
                kept => break kept,
            }
        };
        match kept {
            Kept::New => self.added.new += 1,
            Kept::Source => self.added.sources += 1,
            Kept::Known | Kept::Earlier | Kept::Unread | Kept::Apart => self.added.known += 1,
            Kept::Broken => self.mend(&done.capture)?,
        }
        if let Some(note) = done.article.notes.iter().find(|n| n.code == "hostile-page") {
            let Capture { path, fields, .. } = &done.capture;
            let place = [path.as_str(), fields.url.as_str()].into_iter().find(|p| !p.is_empty()).unwrap_or("-");
            self.added.unread.push((place.to_string(), note.message.clone()));
        }
        self.tell();
        Ok(())
    }

    pub(super) fn ended(mut self) -> Added {
        self.added.refusals.sort();
        self.added
    }

    /// Says how far it has come, and hears whether to go on.
    pub(super) fn tell(&mut self) {
        self.added.is_stopped |= (self.step)(&self.added).is_break();
    }

    /// The language model, which is loaded where it is first needed.
    fn pipeline(&mut self) -> Result<Arc<Pipeline>, Error> {
        match &self.pipeline {
            Some(pipeline) => Ok(pipeline.clone()),
            None => Ok(self.pipeline.insert((self.model)()?).clone()),
        }
    }

    fn maker(&self) -> Maker {
        let model = self.pipeline.as_ref().map_or_else(String::new, |p| p.name().to_string());
        Maker { rules: RULES.to_string(), model }
    }

    /// Makes an article whole of which what is kept cannot be read back: from its bytes, which this capture has, and all its
    /// sources. Where that cannot be done, this capture is refused and the rest goes on.
    fn mend(&mut self, capture: &Capture) -> Result<(), Error> {
        let pipeline = self.pipeline()?;
        let maker = self.maker();
        let verbatim = self.folder.archive.mend(capture, self.now)?.unwrap_or_default();
        let Some(captures) = self.captures(capture)? else { return Ok(()) };
        let options = Options { verbatim, ..Options::default() };
        if let Some((article, reading)) = read_captures(&captures, &pipeline, &options) {
            let packed = Packed::of(&article, &reading).map_err(Error::model)?;
            let archive = &mut self.folder.archive;
            archive.stage(&packed, None, &maker)?;
            archive.promote(&packed, &article, &reading)?;
            self.added.mended += 1;
        }
        Ok(())
    }

    /// The captures that are kept of the article of this one; `None` where they cannot be read back, and this one is refused.
    fn captures(&mut self, capture: &Capture) -> Result<Option<Vec<Capture>>, Error> {
        match self.folder.archive.captures(&capture.id) {
            Err(error) if error.is_damaged() => {
                self.added.refusals.push(Refusal::new(&capture.path, "damaged", error));
                Ok(None)
            }
            captures => Ok(Some(captures?)),
        }
    }

    /// What a capture says together with those that are kept of its article; `None` where those cannot be read back.
    fn together(&mut self, capture: Capture) -> Result<Option<Done>, Error> {
        let pipeline = self.pipeline()?;
        let Some(others) = self.captures(&capture)? else { return Ok(None) };
        let is_other =
            |c: &&Capture| (&c.path, c.number, &c.fields) != (&capture.path, capture.number, &capture.fields);
        let all: Vec<Capture> = others.iter().filter(is_other).chain([&capture]).cloned().collect();
        let Some((article, reading)) = read_captures(&all, &pipeline, self.options) else { return Ok(None) };
        let packed = Packed::of(&article, &reading).map_err(Error::model)?;
        Ok(Some(Done { capture, others, article, reading: Some((reading, packed)) }))
    }

    fn write(&mut self, done: &Done) -> Result<Kept, Error> {
        let maker = self.maker();
        let reading = done.reading.as_ref().map(|(reading, packed)| (reading, packed));
        let (capture, article, others) = (&done.capture, &done.article, done.others.as_slice());
        let received = Received { capture, verbatim: self.options.verbatim, article, others, reading };
        Ok(self.folder.archive.keep(&received, &maker, self.now)?)
    }
}

fn do_one(work: Work, pipeline: Option<&Pipeline>, options: &Options) -> Result<Done, Error> {
    let capture = work.capture;
    match pipeline.filter(|_| !matches!(work.known, Known::Elsewhere | Known::Broken)) {
        None => Ok(Done { article: extract_one(&capture, options), capture, others: Vec::new(), reading: None }),
        Some(pipeline) => {
            let (article, reading) = read_one(&capture, pipeline, options);
            let packed = Packed::of(&article, &reading).map_err(Error::model)?;
            Ok(Done { capture, others: Vec::new(), article, reading: Some((reading, packed)) })
        }
    }
}
