//! Items added by hand from a marked sentence.

use rapporteur_dossier::{Added, AddedRecord, IssueRef, Words};
use rapporteur_reading::model::{
    Deadline, Evidence, HasItem, Incident, Item, Meeting, MeetingFormat, Mode, RefKind, Reference, Rule, Statement,
    Status, Why,
};
use rapporteur_text::{ItemId, Span, When};

use super::edit::Editor;

/// The rule of items that a person added.
const BY_HAND: Rule = Rule("added-by-hand.v1");

/// What an added item came to.
pub(super) struct Put {
    /// Its id.
    pub(super) id: ItemId,
    /// The item that gave way to it.
    pub(super) replaced: Option<ItemId>,
}

impl Editor<'_> {
    /// Adds an item. One that stands at the very same words gives way to it: of a statement, the same holder, predicate and
    /// matter; of the others, the same words of its own.
    pub(super) fn add(&mut self, added: &Added) -> Result<Put, String> {
        let sentence = self.sentence(added)?;
        let span = |w: &Words| -> Result<Span, String> {
            let range = w.find(added.sentence()).ok_or_else(|| format!("`{}` is not in the sentence", w.text))?;
            let range = sentence.start() + range.start..sentence.start() + range.end;
            Span::of(self.text(), range).ok_or_else(|| format!("`{}` is not in the article", w.text))
        };
        let spans: Vec<Span> = added.record().words().iter().map(|(_, w)| span(w)).collect::<Result<_, _>>()?;
        let own = match added.record() {
            AddedRecord::Statement { .. } => spans.iter().copied().reduce(Span::cover),
            _ => spans.first().copied(),
        };
        let own = own.unwrap_or(sentence);
        let id = self.id_of(added);
        let item = Item::new(BY_HAND, 1.0, Evidence { span: own, sentence, why: Why::Item }).with_id(id.clone());
        let replaced = self.put(added.record(), item, &spans)?;
        Ok(Put { id, replaced })
    }

    fn sentence(&self, added: &Added) -> Result<Span, String> {
        let gone = || "its sentence is not in the article any more".to_string();
        let found = added.find_in(self.text()).ok_or_else(gone)?;
        Span::of(self.text(), found).ok_or_else(gone)
    }

    /// The id of an added item: from its sentence and from those of its words that tell it from others, with their place
    /// where they stand there more than once. No item that was read has it, so it stays the same when rules change.
    fn id_of(&self, added: &Added) -> ItemId {
        let occurrence = added.occurrence().to_string();
        let all = added.record().words();
        let own: Vec<&Words> = match added.record() {
            AddedRecord::Statement { .. } => all.iter().map(|(_, w)| *w).collect(),
            _ => all.iter().take(1).map(|(_, w)| *w).collect(),
        };
        let places = own.iter().map(|w| w.nth.to_string()).collect::<Vec<_>>().join(" ");
        let mut parts = vec![BY_HAND.0, self.article.id.as_str(), added.sentence(), occurrence.as_str()];
        parts.extend(own.iter().map(|w| w.text.as_str()));
        parts.push(&places);
        ItemId::of_words(added.record().kind(), &parts, 0)
    }

    /// Puts a record in; the id of the one that gave way to it.
    fn put(&mut self, record: &AddedRecord, item: Item, spans: &[Span]) -> Result<Option<ItemId>, String> {
        let mut rest = spans.iter().copied();
        let mut next = || rest.next().unwrap_or(item.span());
        let replaced = match record {
            AddedRecord::Statement { holder, act, polarity, negated, modality, issue, said, .. } => {
                let (holder_span, predicate, matter) = (next(), next(), next());
                let issue = issue.as_deref().map(|i| self.issue(i)).transpose()?;
                let holder = self.meant(holder, holder_span, RefKind::Party)?;
                self.put_statement(
                    Statement {
                        item,
                        holder,
                        on_behalf_of: None,
                        predicate,
                        negated: *negated,
                        act: *act,
                        polarity: *polarity,
                        matter,
                        topics: Vec::new(),
                        target: None,
                        conditions: Vec::new(),
                        modality: *modality,
                        mode: Mode::Narrated,
                        chain: Vec::new(),
                        named: true,
                        quote: None,
                        proposal: None,
                        point: None,
                        said: said.clone(),
                    },
                    issue,
                )
            }
            AddedRecord::Status { status, matter, according_to, issue, said, .. } => {
                next();
                let matter = matter.as_ref().map(|_| next());
                let issue = issue.as_deref().map(|i| self.issue(i)).transpose()?;
                let according_to = according_to.as_ref().map(|w| (w, next()));
                let according_to = according_to.map(|(w, span)| self.meant(w, span, RefKind::Party)).transpose()?;
                let record = Status {
                    item,
                    matter,
                    topics: Vec::new(),
                    proposal: None,
                    point: None,
                    status: *status,
                    according_to,
                    percent: None,
                    said: said.clone(),
                };
                let (at, replaced) = put_in(&mut self.reading.statuses, record, is_at);
                set_at(&mut self.resolution.statuses, at, issue);
                replaced
            }
            AddedRecord::Meeting { sort, state, place, participants, when, .. } => {
                next();
                let place = place.as_ref().map(|w| (w, next()));
                let others: Vec<(&Words, Span)> = participants.iter().map(|w| (w, next())).collect();
                let place = place.map(|(w, span)| self.meant(w, span, RefKind::Place)).transpose()?;
                let participants =
                    others.into_iter().map(|(w, s)| self.meant(w, s, RefKind::Party)).collect::<Result<_, _>>()?;
                let record = Meeting {
                    item,
                    sort: *sort,
                    place,
                    when: when.clone(),
                    participants,
                    format: MeetingFormat::Unknown,
                    state: *state,
                    moved_to: When::unknown(),
                    outcome: None,
                };
                put_in(&mut self.reading.meetings, record, is_at).1
            }
            AddedRecord::Incident { sort, actor, target, place, when, .. } => {
                next();
                let mut one = |w: &Option<Words>, kind| w.as_ref().map(|w| (w.clone(), next(), kind));
                let all = [one(actor, RefKind::Party), one(target, RefKind::Party), one(place, RefKind::Place)];
                let mut meant = all.into_iter().map(|w| w.map(|(w, s, k)| self.meant(&w, s, k)).transpose());
                let mut get = || meant.next().unwrap_or(Ok(None));
                let (actor, target, place) = (get()?, get()?, get()?);
                let record = Incident {
                    item,
                    sort: *sort,
                    actor,
                    target,
                    place,
                    when: when.clone(),
                    claimed_by: None,
                    denied_by: None,
                };
                put_in(&mut self.reading.incidents, record, is_at).1
            }
            AddedRecord::Deadline { state, matter, by, when, .. } => {
                next();
                let matter = matter.as_ref().map(|_| next());
                let by = by.as_ref().map(|w| (w, next()));
                let by = by.map(|(w, span)| self.meant(w, span, RefKind::Party)).transpose()?;
                let record =
                    Deadline { item, by, matter, when: when.clone(), state: *state, moved_to: When::unknown() };
                put_in(&mut self.reading.deadlines, record, is_at).1
            }
        };
        Ok(replaced)
    }

    /// Who some words stand for: as the person who marked them says, as the article has it, as the dossier knows them.
    fn meant(&mut self, words: &Words, span: Span, kind: RefKind) -> Result<Reference, String> {
        if !words.is.is_empty() {
            let who = self.who(&words.is)?;
            return Ok(self.reference(who, span));
        }
        let mentioned = self.reading.entities.iter().find(|e| e.mentions.iter().any(|m| m.span == span));
        if let Some(entity) = mentioned {
            return Ok(Reference { kind: entity.kind, span, entity: Some(entity.id) });
        }
        Ok(match self.dossier.who(&words.text) {
            Some(who) => self.reference(who, span),
            None => Reference { kind, span, entity: None },
        })
    }

    fn put_statement(&mut self, mut record: Statement, issue: Option<IssueRef>) -> Option<ItemId> {
        // what was read with the same words keeps its quotation, relays and conditions
        let known = self.reading.statements.iter().find(|s| has_words_of(s, &record));
        if let Some(s) = known {
            record = Statement {
                item: record.item,
                holder: record.holder,
                on_behalf_of: None,
                act: record.act,
                polarity: record.polarity,
                negated: record.negated,
                modality: record.modality,
                matter: record.matter,
                said: if record.said.is_unknown() { s.said.clone() } else { record.said },
                ..s.clone()
            };
        }
        let (at, replaced) = put_in(&mut self.reading.statements, record, has_words_of);
        let waits = self.reading.statements.get(at).map_or(0, |s| s.conditions.len());
        set_at(&mut self.resolution.statements, at, issue);
        if at >= self.resolution.conditions.len() {
            self.resolution.conditions.resize(at, Vec::new());
            self.resolution.conditions.push(vec![None; waits]);
        }
        replaced
    }
}

/// Whether two statements have their holder, predicate and matter at the same words.
fn has_words_of(a: &Statement, b: &Statement) -> bool {
    (a.holder.span, a.predicate, a.matter) == (b.holder.span, b.predicate, b.matter)
}

/// Whether two items stand at the same words.
fn is_at<T: HasItem>(a: &T, b: &T) -> bool {
    a.item().span() == b.item().span()
}

/// Puts a record in place of the first that is the same, else at the end; its number, and the id of the one it replaced.
fn put_in<T: HasItem>(list: &mut Vec<T>, record: T, is_same: impl Fn(&T, &T) -> bool) -> (usize, Option<ItemId>) {
    match list.iter_mut().enumerate().find(|(_, r)| is_same(r, &record)) {
        Some((at, known)) => {
            let replaced = std::mem::replace(known, record);
            (at, Some(replaced.item().id().clone()))
        }
        None => {
            list.push(record);
            (list.len() - 1, None)
        }
    }
}

fn set_at<T: Clone>(list: &mut Vec<Option<T>>, at: usize, value: Option<T>) {
    if list.len() <= at {
        list.resize(at + 1, None);
    }
    list[at] = value;
}
