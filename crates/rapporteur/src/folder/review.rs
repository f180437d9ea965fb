//! Reviewing: what a person decides on what was read, tried before it is kept, and kept in the log of the archive.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rapporteur_archive::{Decided, Entry};
use rapporteur_dossier::{Correction, CorrectionId, Corrections, CorrectionsError, Decision, Fate, Seen};
use rapporteur_ledger::{Effect, Outcome};
use rapporteur_text::{ArticleId, ItemId};

use super::{Folder, Unknown};
use crate::{Error, Options, Talks};

/// The most ids that are suggested.
const SUGGESTED: usize = 10;

/// The talks of a folder under review: what is decided here is tried on them, and kept by [`Folder::keep`].
#[derive(Debug)]
pub struct Review {
    talks: Arc<Talks>,
}

/// Something that can be decided on, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Target {
    /// Id of an item or an article.
    pub id: ItemId,
    /// The sentence of an item; `None` for an article.
    pub seen: Option<Seen>,
}

/// What decisions come to, before they are kept.
#[derive(Debug)]
#[non_exhaustive]
pub struct Tried {
    /// The talks under them.
    pub talks: Talks,
    /// What each came to, in their order.
    pub outcomes: Vec<Outcome>,
    /// What the ledger differs in with them.
    pub effect: Effect,
}

/// What became of the lines of a file that was imported.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Imported {
    /// Corrections that were added to the log.
    pub added: usize,
    /// Corrections that the log had already.
    pub known: usize,
}

impl Folder {
    /// Opens what is kept for a review, under the corrections of the log.
    ///
    /// # Errors
    /// Where the archive or the dossier file cannot be read.
    pub fn review(&self) -> Result<Review, Error> {
        Ok(Review::of(Arc::new(self.talks(&Options::default())?)))
    }

    /// What was decided in the folder, from its log.
    ///
    /// # Errors
    /// Where the archive cannot be read, or an entry of the log is no correction: it is named.
    pub fn corrections(&self) -> Result<Corrections, Error> {
        let log = self.archive.corrections()?;
        parsed(&log, &self.shown_log()).map_err(Error::model)
    }

    /// The log as JSON Lines, in the order in which it was kept: what [`Corrections::from_jsonl`] reads and
    /// [`Folder::import`] adds elsewhere.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    pub fn log(&self) -> Result<String, Error> {
        Ok(lines(&self.archive.corrections()?))
    }

    /// Adds decisions to the end of the log, all or none, passing over those that it has already; their number. When this
    /// returns, the disk has them.
    ///
    /// # Errors
    /// Where the archive cannot be written, or the log has another decision of the same id; then nothing is added.
    pub fn keep(&mut self, decisions: &[Correction]) -> Result<usize, Error> {
        let shown = self.shown_log();
        let added = self.archive.decide(|log| {
            let new = unknown(log, decisions, &shown)?;
            Ok::<_, Error>(new.into_iter().map(decided).collect())
        })?;
        Ok(added.len())
    }

    /// Adds the lines of a file to the log, all or none, passing over those that it has already; `path` is only for messages.
    ///
    /// # Errors
    /// Where a line is no correction, or has the id of another one of the log: its number is named and nothing is added.
    pub fn import(&mut self, text: &str, path: &str) -> Result<Imported, Error> {
        let decisions = Corrections::from_jsonl(text, path).map_err(Error::model)?;
        let shown = self.shown_log();
        let added = self.archive.decide(|log| {
            // the faults of the file itself are known not to be: what is wrong now is wrong with both together
            parsed(log, &shown).map_err(Error::model)?;
            let both = lines(log) + text;
            if let Err(error) = Corrections::from_jsonl(&both, path) {
                let why = error.to_string();
                let why = why.rsplit_once(": ").map_or("", |(_, why)| why);
                let line = error.line().saturating_sub(log.len());
                return Err(Error::model(format!("failed to import `{path}` at line {line}, nothing is kept: {why}")));
            }
            let new = unknown(log, decisions.all(), &shown)?;
            Ok(new.into_iter().map(decided).collect())
        })?;
        Ok(Imported { added: added.len(), known: decisions.all().len() - added.len() })
    }

    fn shown_log(&self) -> String {
        format!("{} (its log of corrections)", self.archive.path().display())
    }
}

fn lines(log: &[Entry]) -> String {
    log.iter().map(|entry| entry.body.clone() + "\n").collect()
}

fn parsed(log: &[Entry], shown: &str) -> Result<Corrections, CorrectionsError> {
    Corrections::from_jsonl(&lines(log), shown)
}

/// Those of these decisions that the log has not.
fn unknown<'c>(log: &[Entry], decisions: &'c [Correction], shown: &str) -> Result<Vec<&'c Correction>, Error> {
    let known = parsed(log, shown).map_err(Error::model)?;
    let all = known.all().iter().chain(decisions).cloned();
    Corrections::new(all).map_err(|(_, id)| Error::model(format!("the log has another correction `{id}`")))?;
    let mut seen: BTreeSet<&CorrectionId> = known.all().iter().map(|c| &c.id).collect();
    Ok(decisions.iter().filter(|c| seen.insert(&c.id)).collect())
}

fn decided(correction: &Correction) -> Decided {
    Decided { at: correction.at, author: correction.by.clone(), body: correction.clone().into() }
}

impl Review {
    /// A review of talks that lie ready already, under the corrections they have.
    pub fn of(talks: Arc<Talks>) -> Self {
        Self { talks }
    }

    /// The talks as they are without what is decided now.
    pub fn talks(&self) -> &Talks {
        &self.talks
    }

    /// The talks as one reviewer sees them who works apart from the others: what others decided on items, added or undid is
    /// left out, what was decided on names, by whomever, is not.
    #[must_use]
    pub fn apart(&self, by: &str) -> Self {
        let own = apart(self.talks.corrections().all(), by);
        Self::of(Arc::new(self.talks.with_corrections(&Corrections::new(own).unwrap_or_default())))
    }

    /// What can be decided on under the id that is this or begins so: an item or an article; for a record that is merged from
    /// items, those.
    pub fn find(&self, beginning: &str) -> Result<Vec<Target>, Unknown> {
        let index = Index::of(&self.talks);
        index.find(beginning)
    }

    /// The correction of the log whose id is this or begins so, and the one that undid it, where it does not hold any more.
    pub fn decision(&self, beginning: &str) -> Result<(&Correction, Option<&CorrectionId>), Unknown> {
        let corrections = self.talks.corrections();
        let ids: BTreeSet<&str> = corrections.all().iter().map(|c| c.id.as_str()).collect();
        let id = one_of(&ids, beginning)?;
        let found = corrections.all().iter().zip(corrections.fates()).find(|(c, _)| c.id.as_str() == id);
        let (correction, fate) = found.ok_or_else(Unknown::default)?;
        let undone = match fate {
            Fate::Undone(by) => Some(by),
            _ => None,
        };
        Ok((correction, undone))
    }

    /// The correction by which the same person decided the same already, where that holds and nobody decided otherwise since.
    pub fn repeats(&self, correction: &Correction) -> Option<&CorrectionId> {
        let (log, outcomes) = (self.talks.corrections(), &self.talks.trace().outcomes);
        let is_it = |(_, c): &(usize, &Correction)| {
            c.id != correction.id && c.by == correction.by && is_same(&c.decision, &correction.decision)
        };
        let (number, found) = log.holding().filter(is_it).last()?;
        let is_changed = |c: &Correction| {
            matches!(c.decision, Decision::Change { .. }) && c.decision.item() == correction.decision.item()
        };
        // of a change that a later one stands in for in part, what is left is not what is decided now
        let is_overtaken = is_changed(correction) && log.holding().any(|(later, c)| later > number && is_changed(c));
        (matches!(outcomes.get(number), Some(Outcome::Applied(_))) && !is_overtaken).then_some(&found.id)
    }

    /// What these decisions come to after those of the log. Nothing is kept.
    ///
    /// # Errors
    /// Where the log has another decision of the same id.
    pub fn with(&self, decisions: &[Correction]) -> Result<Tried, Error> {
        let known = self.talks.corrections().all();
        let all = Corrections::new(known.iter().chain(decisions).cloned())
            .map_err(|(_, id)| Error::model(format!("the log has another correction `{id}`")))?;
        let talks = self.talks.with_corrections(&all);
        let outcomes: BTreeMap<&CorrectionId, &Outcome> =
            all.all().iter().map(|c| &c.id).zip(&talks.trace().outcomes).collect();
        let outcomes = decisions.iter().filter_map(|c| outcomes.get(&c.id).map(|o| (*o).clone())).collect();
        let effect = talks.effect_since(&self.talks);
        Ok(Tried { talks, outcomes, effect })
    }
}

/// Whether two decisions say the same of the same, wherever it was seen. A note says what it says each time, and an undoing is
/// of another decision.
fn is_same(one: &Decision, other: &Decision) -> bool {
    match (one, other) {
        (Decision::Note { .. } | Decision::Undo { .. }, _) => false,
        (Decision::Accept { item: a, .. }, Decision::Accept { item: b, .. })
        | (Decision::Reject { item: a, .. }, Decision::Reject { item: b, .. }) => a == b,
        (Decision::Change { item: a, change: x, .. }, Decision::Change { item: b, change: y, .. }) => a == b && x == y,
        (one, other) => one == other,
    }
}

/// Of these, in order of time, what was decided on names, with its undoings, and whatever else this reviewer decided.
fn apart(all: &[Correction], by: &str) -> Vec<Correction> {
    let mut on_names: BTreeSet<&CorrectionId> = BTreeSet::new();
    let mut kept = Vec::new();
    for c in all {
        let is_on_names = match &c.decision {
            Decision::Merge { .. } | Decision::Split { .. } => true,
            Decision::Undo { correction } => on_names.contains(correction),
            _ => false,
        };
        on_names.extend(is_on_names.then_some(&c.id));
        kept.extend((is_on_names || c.by == by).then(|| c.clone()));
    }
    kept
}

/// All ids that something can be decided on.
struct Index<'t> {
    items: BTreeMap<&'t str, Target>,
    merged: BTreeMap<&'t str, &'t [ItemId]>,
}

impl<'t> Index<'t> {
    fn of(talks: &'t Talks) -> Self {
        let mut items = BTreeMap::new();
        let all = talks.articles().iter().zip(talks.as_read()).chain(talks.articles().iter().zip(talks.readings()));
        for (article, reading) in all {
            let own = ItemId::from_written(article.id.as_str());
            items.entry(article.id.as_str()).or_insert(Target { id: own, seen: None });
            for item in reading.items() {
                let target = || {
                    let sentence = item.sentence().slice(&article.text).to_string();
                    let article = ArticleId::from_written(article.id.as_str());
                    Target { id: item.id().clone(), seen: Some(Seen { article, sentence }) }
                };
                items.entry(item.id().as_str()).or_insert_with(target);
            }
        }
        let merged = talks.ledger().merged().map(|(_, m)| (m.id.as_str(), m.members.as_slice())).collect();
        Self { items, merged }
    }

    fn find(&self, beginning: &str) -> Result<Vec<Target>, Unknown> {
        let ids: BTreeSet<&str> = self.items.keys().chain(self.merged.keys()).copied().collect();
        let id = one_of(&ids, beginning)?;
        if let Some(target) = self.items.get(id) {
            return Ok(vec![target.clone()]);
        }
        let members = self.merged.get(id).copied().unwrap_or_default();
        Ok(members.iter().filter_map(|m| self.items.get(m.as_str()).cloned()).collect())
    }
}

/// The id that is this, else the only one that begins so.
fn one_of<'i>(ids: &BTreeSet<&'i str>, beginning: &str) -> Result<&'i str, Unknown> {
    if let Some(id) = ids.get(beginning) {
        return Ok(id);
    }
    let begin = |start: &str| {
        let from = ids.range(start..).copied();
        from.take_while(|id| id.starts_with(start)).take(SUGGESTED).map(str::to_string).collect::<Vec<_>>()
    };
    let found = begin(beginning);
    match found.as_slice() {
        [only] if !beginning.is_empty() => return ids.get(only.as_str()).copied().ok_or_else(Unknown::default),
        [] => {}
        _ => return Err(Unknown { near: found, is_ambiguous: true }),
    }
    // ids that begin alike as far as any does, with more than their kind
    let shorter = beginning.char_indices().rev().map(|(at, _)| &beginning[..at]).filter(|start| start.contains('-'));
    let near = shorter.map(begin).find(|found| !found.is_empty()).unwrap_or_default();
    Err(Unknown { near, is_ambiguous: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names are common to all who work on a folder; items are each one's own, added ones and undoings as well.
    #[test]
    fn who_works_apart_has_the_names_of_all_and_the_items_of_his_own() {
        let line = |id: &str, by: &str, rest: &str| {
            format!("{{\"schema\":1,\"id\":\"{id}\",\"at\":\"2025-03-01\",\"by\":\"{by}\",{rest}}}\n")
        };
        let item = "\"do\":\"accept\",\"item\":\"statement-0123456789abcdef\"";
        let names = "\"do\":\"merge\",\"a\":\"Ulmara\",\"b\":\"the delta\"";
        let add = "\"do\":\"add\",\"article\":\"a-1\",\"sentence\":\"They refused it.\",\"kind\":\"statement\",\
                   \"holder\":\"They\",\"predicate\":\"refused\",\"matter\":\"it\",\"act\":\"refuse\",\"polarity\":\"against\"";
        let undo = |what: &str| format!("\"do\":\"undo\",\"correction\":\"{what}\"");
        let lines = [
            line("ann-item", "Ann", item),
            line("ann-add", "Ann", add),
            line("bob-item", "Bob", item),
            line("ann-names", "Ann", names),
            line("cid-undoes-names", "Cid", &undo("ann-names")),
            line("eve-undoes-that", "Eve", &undo("cid-undoes-names")),
            line("cid-undoes-bob", "Cid", &undo("bob-item")),
            line("bob-undoes-ann", "Bob", &undo("ann-item")),
        ];
        let all = Corrections::from_jsonl(&lines.concat(), "-").unwrap();
        let of = |by: &str| {
            let own = Corrections::new(apart(all.all(), by)).unwrap();
            own.holding().map(|(_, c)| c.id.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(of("Bob"), ["bob-item", "ann-names", "eve-undoes-that"]);
        assert_eq!(of("Ann"), ["ann-item", "ann-add", "ann-names", "eve-undoes-that"]);
    }

    #[test]
    fn an_id_is_found_by_its_beginning_or_what_is_near_is_named() {
        let ids = BTreeSet::from(["meeting-01", "statement-0123", "statement-0145", "statement-9"]);
        assert_eq!(one_of(&ids, "statement-012"), Ok("statement-0123"));
        assert_eq!(one_of(&ids, "statement-9"), Ok("statement-9"));
        let unknown = |typed| one_of(&ids, typed).unwrap_err();
        let both = vec!["statement-0123".to_string(), "statement-0145".to_string()];
        assert_eq!(unknown("statement-01"), Unknown { near: both.clone(), is_ambiguous: true });
        assert_eq!(unknown("statement-01ff"), Unknown { near: both, is_ambiguous: false });
        assert!(unknown("").is_ambiguous, "nothing typed means nobody");
        assert_eq!(unknown("xyzzy"), Unknown::default());
    }
}
