//! Reading what is kept again, by today's rules: beside the old readings first, then, compared, in their place.

use std::collections::BTreeMap;
use std::sync::Arc;

use rapporteur_archive::{Maker, Outdated, Packed};
use rapporteur_article::Article;
use rapporteur_capture::{Capture, Config, Texts};
use rapporteur_reading::model::HasItem;
use rapporteur_reading::{RULES, Reading};
use rapporteur_report::export;
use rapporteur_syntax::Pipeline;
use rayon::prelude::*;
use serde_json::Value;

use super::{Folder, at_once};
use crate::talks::read_captures;
use crate::{Error, Options};

/// How items of one kind differ between two readings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Change {
    /// Items that only the new reading has.
    pub new: usize,
    /// Items that only the old reading has.
    pub gone: usize,
    /// Items that both have, with something else in them than their place: another act, rule, confidence.
    pub changed: usize,
    /// Items that are as they were.
    pub same: usize,
}

/// What reading again came to.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Reread {
    /// Articles that were read by other rules.
    pub articles: usize,
    /// For each kind of item (and `article` for the articles' own fields), what became of it, in the order of the records.
    pub changes: Vec<(&'static str, Change)>,
    /// Articles whose old reading could not be read back, so that it is replaced uncompared.
    pub uncompared: usize,
    /// Articles whose capture cannot be read back: they keep their old reading.
    pub faults: Vec<String>,
    /// Articles whose new reading is in the place of the old.
    pub replaced: usize,
    /// Articles of which what can be looked up was not what their reading says; it is written anew.
    pub indexed: usize,
    /// What could be searched and was nothing that is kept; it is taken away.
    pub strays: usize,
}

impl Folder {
    /// Reads what was read by other rules or another model, or cannot be read back, compares, and puts the new readings in the place of the old ones.
    /// With `dry_run` it stops before that; what it read is kept beside, so that the next run need not read it again. Each
    /// article is a step of its own: a run that was stopped is gone on with by the next. `step` is told what is being done,
    /// and how many of how many articles are. What can be looked up is written anew where it is not what the readings say.
    ///
    /// # Errors
    /// Where the archive cannot be written.
    pub fn reread(
        &mut self,
        pipeline: &Arc<Pipeline>,
        dry_run: bool,
        step: &mut dyn FnMut(&'static str, usize, usize),
    ) -> Result<Reread, Error> {
        let maker = Maker { rules: RULES.to_string(), model: pipeline.name().to_string() };
        let mut reread = Reread::default();
        let (unreadable, astray) = self.looked_over()?;
        for id in unreadable {
            self.archive.distrust(&id)?;
        }
        (reread.indexed, reread.strays) = (astray.len(), self.archive.strays()?);
        if !dry_run && reread.indexed + reread.strays > 0 {
            self.archive.index_anew(&astray)?;
        }
        let outdated = self.archive.outdated(&maker)?;
        let (mut done, all, mut texts) = (0, outdated.len(), None);
        for some in outdated.chunks(at_once()) {
            self.stage(some, pipeline, &maker, &mut texts, &mut reread)?;
            done += some.len();
            step("reading", done, all);
        }
        let staged = self.archive.staged(&maker)?;
        reread.articles = staged.len() + reread.faults.len();
        let mut changes = Changes::new();
        for (n, id) in staged.iter().enumerate() {
            let (Some(old), Some(new)) = (self.archive.packed(id.as_str())?, self.archive.staged_reading(id)?) else {
                continue;
            };
            let new = new.unpack().map_err(|f| self.archive.fault(f))?;
            match old.unpack() {
                Ok(old) => compare(&old, &new, &mut changes),
                Err(_) => reread.uncompared += 1,
            }
            step("comparing", n + 1, staged.len());
        }
        reread.changes = in_order(&changes);
        if dry_run {
            return Ok(reread);
        }
        for (n, id) in staged.iter().enumerate() {
            if let Some(packed) = self.archive.staged_reading(id)? {
                let (article, reading) = packed.unpack().map_err(|f| self.archive.fault(f))?;
                self.archive.promote(&packed, &article, &reading)?;
                reread.replaced += 1;
            }
            step("replacing", n + 1, staged.len());
        }
        Ok(reread)
    }

    /// Ids of the articles that cannot be read back, and of those of which something else can be looked up than they say.
    fn looked_over(&self) -> Result<(Vec<String>, Vec<String>), Error> {
        let (mut unreadable, mut astray) = (Vec::new(), Vec::new());
        self.archive.each(super::AT_ONCE, |packed| {
            let unpacked: Vec<_> = packed.par_iter().map(Packed::unpack).collect();
            for (packed, one) in packed.into_iter().zip(unpacked) {
                match one {
                    Err(_) => unreadable.push(packed.id),
                    Ok((article, reading)) if !self.archive.is_indexed(&article, &reading)? => astray.push(packed.id),
                    Ok(_) => {}
                }
            }
            Ok::<(), Error>(())
        })?;
        Ok((unreadable, astray))
    }

    fn stage(
        &mut self,
        outdated: &[Outdated],
        pipeline: &Pipeline,
        maker: &Maker,
        texts: &mut Option<Texts>,
        reread: &mut Reread,
    ) -> Result<(), Error> {
        let mut work: Vec<Again> = Vec::new();
        for article in outdated {
            match self.again(article, texts) {
                Ok(again) if again.captures.is_empty() => {
                    reread.faults.push(format!("`{}` has no capture", article.id));
                }
                Ok(again) => work.push(again),
                Err(error) if error.of_archive().is_some_and(rapporteur_archive::Error::is_damaged) => {
                    reread.faults.push(error.to_string());
                }
                Err(error) => return Err(error),
            }
        }
        let packed: Vec<_> = work.into_par_iter().map(|again| (read_again(&again, pipeline), again.bytes)).collect();
        for (one, bytes) in packed {
            if let Some(packed) = one.map_err(Error::model)? {
                self.archive.stage(&packed, bytes.as_deref(), maker)?;
            }
        }
        Ok(())
    }

    /// What an article is to be read from: its captures, with the text that is taken out of their original today. `texts`: what
    /// was taken out of the original of the article before this one, as the articles of one export lie side by side.
    fn again(&self, article: &Outdated, texts: &mut Option<Texts>) -> Result<Again, Error> {
        let mut captures = self.archive.captures(&article.id)?;
        let Some(digest) = self.archive.original_digest(&article.id)? else {
            return Ok(Again { captures, verbatim: article.verbatim, bytes: None });
        };
        if texts.as_ref().is_none_or(|texts| *texts.original() != digest) {
            let original = self.archive.original(&article.id)?;
            *texts = original.map(|original| Texts::of(&original, &Config::default()));
        }
        let today = captures.first().and_then(|capture| texts.as_ref()?.bytes(capture));
        let bytes = today.filter(|today| captures.first().is_some_and(|c| c.bytes != *today)).map(<[u8]>::to_vec);
        if let Some(bytes) = &bytes {
            captures.iter_mut().for_each(|capture| capture.bytes.clone_from(bytes));
        }
        Ok(Again { captures, verbatim: article.verbatim, bytes })
    }
}

/// What an article is read from again.
struct Again {
    captures: Vec<Capture>,
    verbatim: bool,
    /// The bytes of the captures, where they are not those that are kept.
    bytes: Option<Vec<u8>>,
}

fn read_again(again: &Again, pipeline: &Pipeline) -> std::io::Result<Option<Packed>> {
    let options = Options { verbatim: again.verbatim, ..Options::default() };
    let read = read_captures(&again.captures, pipeline, &options);
    read.map(|(article, reading)| Packed::of(&article, &reading)).transpose()
}

/// What became of the items of each kind.
type Changes = BTreeMap<&'static str, Change>;

/// These changes in the order of the records.
fn in_order(changes: &Changes) -> Vec<(&'static str, Change)> {
    export::KINDS.iter().filter_map(|kind| Some((*kind, *changes.get(kind)?))).collect()
}

fn compare(old: &(Article, Reading), new: &(Article, Reading), kinds: &mut Changes) {
    let own = kinds.entry("article").or_default();
    if fields(&old.0) == fields(&new.0) {
        own.same += 1
    } else {
        own.changed += 1
    }
    let mut one = |kind: &'static str, change: Change| {
        let sum = kinds.entry(kind).or_default();
        sum.new += change.new;
        sum.gone += change.gone;
        sum.changed += change.changed;
        sum.same += change.same;
    };
    let (a, b) = (&old.1, &new.1);
    let texts = (old.0.text.as_str(), new.0.text.as_str());
    one("quote", of_kind(&a.quotes, &b.quotes, texts));
    one("statement", of_kind(&a.statements, &b.statements, texts));
    one("figure", of_kind(&a.figures, &b.figures, texts));
    one("role", of_kind(&a.roles, &b.roles, texts));
    one("date", of_kind(&a.dates, &b.dates, texts));
    one("meeting", of_kind(&a.meetings, &b.meetings, texts));
    one("proposal", of_kind(&a.proposals, &b.proposals, texts));
    one("status", of_kind(&a.statuses, &b.statuses, texts));
    one("incident", of_kind(&a.incidents, &b.incidents, texts));
    one("deadline", of_kind(&a.deadlines, &b.deadlines, texts));
}

/// An article as its reader sees it: without the map back to the capture.
fn fields(article: &Article) -> Article {
    let mut article = article.clone();
    article.origin_map.clear();
    article
}

fn of_kind<T: HasItem + serde::Serialize>(old: &[T], new: &[T], (old_text, new_text): (&str, &str)) -> Change {
    let said = |records: &[T], text: &str| -> BTreeMap<String, Value> {
        records.iter().map(|r| (r.item().id().to_string(), in_words(serde_json::json!(r), text))).collect()
    };
    let (old, mut new) = (said(old, old_text), said(new, new_text));
    let mut change = Change::default();
    for (id, record) in old {
        match new.remove(&id) {
            None => change.gone += 1,
            Some(now) if now == record => change.same += 1,
            Some(_) => change.changed += 1,
        }
    }
    change.new = new.len();
    change
}

/// A record with the words of its spans instead of their places, and without the numbers of what it refers to: a line taken
/// out above it, or one more name in the article, is no change of what it says.
fn in_words(value: Value, text: &str) -> Value {
    match value {
        Value::Object(fields) => {
            let at = |key: &str| fields.get(key).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
            if let (2, Some(start), Some(end)) = (fields.len(), at("start"), at("end")) {
                return Value::from(text.get(start..end).unwrap_or_default());
            }
            let numbers = ["entity", "quote", "proposal"];
            let kept = fields.into_iter().filter(|(key, v)| !(numbers.contains(&key.as_str()) && v.is_u64()));
            Value::Object(kept.map(|(key, v)| (key, in_words(v, text))).collect())
        }
        Value::Array(all) => Value::Array(all.into_iter().map(|v| in_words(v, text)).collect()),
        value => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every kind that is kept is compared, and has its place among the records.
    #[test]
    fn all_that_is_kept_is_compared() {
        let article = rapporteur_article::extract(&Capture::from_bytes("No talks."), &Default::default());
        let both = (article.clone(), Reading { article: article.id.clone(), ..Reading::default() });
        let mut changes = Changes::new();
        compare(&both, &both, &mut changes);
        let compared: Vec<&str> = in_order(&changes).into_iter().map(|(kind, _)| kind).collect();
        let kept = |kind: &&&str| rapporteur_archive::KINDS.contains(*kind);
        assert_eq!(compared, export::KINDS.iter().filter(kept).copied().collect::<Vec<_>>());
        assert_eq!(compared.len(), rapporteur_archive::KINDS.len());
    }
}
