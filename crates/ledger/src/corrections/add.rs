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

impl Editor<'_> {
    /// Adds an item; one that was read with the same words gives way to it. Its id is made like those of items read.
    pub(super) fn add(&mut self, added: &Added) -> Result<ItemId, String> {
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
        let id_spans = match added.record() {
            AddedRecord::Statement { .. } => spans.iter().take(2).copied().collect(),
            _ => vec![own],
        };
        let item = Item::new(BY_HAND, 1.0, Evidence { span: own, sentence, why: Why::Item })
            .with_id(self.id_of(added, &id_spans));
        let id = item.id().clone();
        self.put(added.record(), item, &spans)?;
        Ok(id)
    }

    fn sentence(&self, added: &Added) -> Result<Span, String> {
        let found = self.text().match_indices(added.sentence()).nth(added.occurrence());
        let gone = || "its sentence is not in the article any more".to_string();
        let (at, words) = found.ok_or_else(gone)?;
        Span::of(self.text(), at..at + words.len()).ok_or_else(gone)
    }

    fn id_of(&self, added: &Added, spans: &[Span]) -> ItemId {
        let occurrence = added.occurrence().to_string();
        let mut parts = vec![self.article.id.as_str(), added.sentence(), occurrence.as_str()];
        parts.extend(spans.iter().map(|s| s.slice(self.text())));
        ItemId::of_words(added.record().kind(), &parts, 0)
    }

    fn put(&mut self, record: &AddedRecord, item: Item, spans: &[Span]) -> Result<(), String> {
        let mut rest = spans.iter().copied();
        let mut next = || rest.next().unwrap_or(item.span());
        match record {
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
                );
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
                let at = put_in(&mut self.reading.statuses, record);
                set_at(&mut self.resolution.statuses, at, issue);
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
                put_in(&mut self.reading.meetings, record);
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
                put_in(&mut self.reading.incidents, record);
            }
            AddedRecord::Deadline { state, matter, by, when, .. } => {
                next();
                let matter = matter.as_ref().map(|_| next());
                let by = by.as_ref().map(|w| (w, next()));
                let by = by.map(|(w, span)| self.meant(w, span, RefKind::Party)).transpose()?;
                let record =
                    Deadline { item, by, matter, when: when.clone(), state: *state, moved_to: When::unknown() };
                put_in(&mut self.reading.deadlines, record);
            }
        }
        Ok(())
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

    fn put_statement(&mut self, mut record: Statement, issue: Option<IssueRef>) {
        // what was read with the same words keeps its quotation, relays and conditions
        let known = self.reading.statements.iter().find(|s| s.item.id() == record.item.id());
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
        let at = put_in(&mut self.reading.statements, record);
        let waits = self.reading.statements.get(at).map_or(0, |s| s.conditions.len());
        set_at(&mut self.resolution.statements, at, issue);
        if at >= self.resolution.conditions.len() {
            self.resolution.conditions.resize(at, Vec::new());
            self.resolution.conditions.push(vec![None; waits]);
        }
    }
}

/// Puts a record in place of the one with its id, else at the end; its number.
fn put_in<T: HasItem>(list: &mut Vec<T>, record: T) -> usize {
    match list.iter().position(|r| r.item().id() == record.item().id()) {
        Some(at) => {
            list[at] = record;
            at
        }
        None => {
            list.push(record);
            list.len() - 1
        }
    }
}

fn set_at<T: Clone>(list: &mut Vec<Option<T>>, at: usize, value: Option<T>) {
    if list.len() <= at {
        list.resize(at + 1, None);
    }
    list[at] = value;
}
