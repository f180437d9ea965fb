//! Changes to the records of one reading.

use rapporteur_article::Article;
use rapporteur_dossier::{Change, Dossier, Filing, PartyId, PersonId, Resolution, Resolved, Stand, State};
use rapporteur_reading::Reading;
use rapporteur_reading::model::{Entity, EntityId, Mention, RefKind, Reference};
use rapporteur_text::{ItemId, Span, When};

use super::plan::{Touched, Verdict};
use super::{Kind, item_mut, place};

/// One article under correction.
pub(super) struct Editor<'a> {
    pub(super) dossier: &'a Dossier,
    pub(super) article: &'a Article,
    pub(super) reading: Reading,
    pub(super) resolution: Resolution,
}

impl<'a> Editor<'a> {
    pub(super) fn new(dossier: &'a Dossier, article: &'a Article, reading: Reading, resolution: Resolution) -> Self {
        Self { dossier, article, reading, resolution }
    }

    /// Applies what won for an item.
    pub(super) fn edit(&mut self, id: &ItemId, verdict: &Verdict, touched: &mut Touched) {
        let Some((kind, at)) = place(&self.reading, id) else { return };
        if let Some(number) = verdict.accept {
            self.accept(kind, at);
            touched.items.push((id.clone(), number));
        }
        for (field, number) in &verdict.by {
            match self.field(kind, at, field, verdict) {
                Ok(()) => touched.items.push((id.clone(), *number)),
                Err(why) => touched.unfit.push((*number, why)),
            }
        }
    }

    /// Whether all that a change names is known, and can be shown by words of the article.
    pub(super) fn check(&mut self, kind: Kind, at: usize, change: &Change) -> Result<(), String> {
        if let Some(Some(name)) = &change.holder
            && let Some(sentence) = item_mut(&mut self.reading, kind, at).map(|i| i.sentence())
        {
            let current = self.current(kind, at);
            self.named(current, name, sentence)?;
        }
        if let Some(Some(name)) = &change.issue {
            self.issue(name)?;
        }
        Ok(())
    }

    /// A person has looked at it: nothing about it is a guess.
    fn accept(&mut self, kind: Kind, at: usize) {
        if let Some(item) = item_mut(&mut self.reading, kind, at) {
            item.confidence = 1.0;
        }
        if kind == Kind::Statement {
            let own = self.resolution.statements.get_mut(at).and_then(Option::as_mut);
            let conditions = self.resolution.conditions.get_mut(at).into_iter().flatten().flatten();
            own.into_iter().chain(conditions).for_each(|i| i.how = Filing::Named);
        }
    }

    fn field(&mut self, kind: Kind, at: usize, field: &str, verdict: &Verdict) -> Result<(), String> {
        let change = &verdict.change;
        match field {
            "holder" => self.set_holder(kind, at, change.holder.clone().flatten().as_deref()),
            "issue" => self.set_issue(kind, at, change.issue.clone().flatten().as_deref()),
            "date" => {
                self.set_date(kind, at, change.date.clone().unwrap_or_default());
                Ok(())
            }
            _ => {
                self.set_word(kind, at, field, verdict);
                Ok(())
            }
        }
    }

    fn set_word(&mut self, kind: Kind, at: usize, field: &str, verdict: &Verdict) {
        match (kind, field) {
            (Kind::Statement, "act") => {
                if let (Some(s), Some(act)) = (self.reading.statements.get_mut(at), verdict.change.act) {
                    s.act = act;
                }
            }
            (Kind::Statement, "stand") => self.set_stand(at, verdict.change.stand),
            (Kind::Meeting, _) => {
                if let (Some(m), Some(State::Meeting(state))) =
                    (self.reading.meetings.get_mut(at), verdict.change.state)
                {
                    m.state = state;
                }
            }
            (Kind::Status, _) => {
                if let (Some(s), Some(State::Status(state))) = (self.reading.statuses.get_mut(at), verdict.change.state)
                {
                    s.status = state;
                }
            }
            (Kind::Deadline, _) => {
                if let (Some(d), Some(State::Deadline(state))) =
                    (self.reading.deadlines.get_mut(at), verdict.change.state)
                {
                    d.state = state;
                }
            }
            _ => {}
        }
    }

    fn set_stand(&mut self, at: usize, stand: Option<Stand>) {
        let Some(s) = self.reading.statements.get_mut(at) else { return };
        match stand {
            Some(Stand::Polarity(polarity)) => s.polarity = polarity,
            Some(Stand::Stance(stance)) => {
                self.resolution.stances.insert(s.item.id().clone(), stance);
            }
            None => {}
        }
    }

    fn set_date(&mut self, kind: Kind, at: usize, when: When) {
        let r = &mut self.reading;
        let slot = match kind {
            Kind::Quote => r.quotes.get_mut(at).map(|x| &mut x.said),
            Kind::Statement => r.statements.get_mut(at).map(|x| &mut x.said),
            Kind::Figure => r.figures.get_mut(at).map(|x| &mut x.as_of),
            Kind::Role => r.roles.get_mut(at).map(|x| &mut x.when),
            Kind::Meeting => r.meetings.get_mut(at).map(|x| &mut x.when),
            Kind::Proposal => r.proposals.get_mut(at).map(|x| &mut x.when),
            Kind::Status => r.statuses.get_mut(at).map(|x| &mut x.said),
            Kind::Incident => r.incidents.get_mut(at).map(|x| &mut x.when),
            Kind::Deadline => r.deadlines.get_mut(at).map(|x| &mut x.when),
            Kind::Date => None,
        };
        if let Some(slot) = slot {
            *slot = when;
        }
    }

    fn set_issue(&mut self, kind: Kind, at: usize, name: Option<&str>) -> Result<(), String> {
        let issue = name.map(|n| self.issue(n)).transpose()?;
        let list = match kind {
            Kind::Status => &mut self.resolution.statuses,
            _ => &mut self.resolution.statements,
        };
        if let Some(slot) = list.get_mut(at) {
            // which way the words run is known where the issue stays the same
            let turned = slot.as_ref().zip(issue.as_ref()).is_some_and(|(old, new)| old.id == new.id && old.turned);
            *slot = issue.map(|i| rapporteur_dossier::IssueRef { turned, ..i });
        }
        Ok(())
    }

    /// An issue of the dossier by its id or name.
    pub(super) fn issue(&self, name: &str) -> Result<rapporteur_dossier::IssueRef, String> {
        self.dossier
            .issue_named(name)
            .ok_or_else(|| format!("the dossier has no issue `{name}`{}", mean(&self.dossier.near_issues(name))))
    }

    fn set_holder(&mut self, kind: Kind, at: usize, name: Option<&str>) -> Result<(), String> {
        let Some(sentence) = item_mut(&mut self.reading, kind, at).map(|i| i.sentence()) else { return Ok(()) };
        let current = self.current(kind, at);
        let new = name.map(|n| self.refer(current, n, sentence)).transpose()?;
        match kind {
            Kind::Statement => {
                if let (Some(holder), Some(s)) = (new, self.reading.statements.get_mut(at)) {
                    s.holder = holder;
                    s.on_behalf_of = None;
                }
            }
            Kind::Proposal => {
                if let Some(p) = self.reading.proposals.get_mut(at) {
                    p.by = new.into_iter().collect();
                }
            }
            _ => {
                if let Some(slot) = self.slot(kind, at) {
                    *slot = new;
                }
            }
        }
        Ok(())
    }

    /// The holder as it is now.
    fn current(&mut self, kind: Kind, at: usize) -> Option<Reference> {
        match kind {
            Kind::Statement => self.reading.statements.get(at).map(|s| s.holder),
            Kind::Proposal => self.reading.proposals.get(at).and_then(|p| p.by.first().copied()),
            _ => self.slot(kind, at).and_then(|s| *s),
        }
    }

    fn slot(&mut self, kind: Kind, at: usize) -> Option<&mut Option<Reference>> {
        let r = &mut self.reading;
        match kind {
            Kind::Quote => r.quotes.get_mut(at).map(|x| &mut x.source),
            Kind::Status => r.statuses.get_mut(at).map(|x| &mut x.according_to),
            Kind::Incident => r.incidents.get_mut(at).map(|x| &mut x.actor),
            Kind::Deadline => r.deadlines.get_mut(at).map(|x| &mut x.by),
            Kind::Figure => r.figures.get_mut(at).map(|x| &mut x.of),
            _ => None,
        }
    }

    /// A reference to someone of the dossier: by the words of the reference that was there, else by words of the article.
    fn refer(&mut self, current: Option<Reference>, name: &str, sentence: Span) -> Result<Reference, String> {
        let (who, span) = self.named(current, name, sentence)?;
        Ok(self.reference(who, span))
    }

    /// Who is meant by a name, and the words of the article to show for it.
    fn named(&self, current: Option<Reference>, name: &str, sentence: Span) -> Result<(Resolved, Span), String> {
        let who = self.who(name)?;
        let span = match current {
            Some(r) => r.span,
            None => self
                .mention(&who, sentence)
                .ok_or_else(|| format!("the article never names `{name}`, so there are no words to show for it"))?,
        };
        Ok((who, span))
    }

    pub(super) fn who(&self, name: &str) -> Result<Resolved, String> {
        self.dossier.who(name).ok_or_else(|| {
            format!("the dossier has no party or person `{name}`, or several{}", mean(&self.dossier.near_names(name)))
        })
    }

    /// A reference with these words to someone of the dossier.
    pub(super) fn reference(&mut self, who: Resolved, span: Span) -> Reference {
        let kind = if who.person.is_some() { RefKind::Person } else { RefKind::Party };
        Reference { kind, span, entity: Some(self.entity(who, kind, span)) }
    }

    /// The entity of the article that is this one; a new one that has only these words where there is none.
    fn entity(&mut self, who: Resolved, kind: RefKind, span: Span) -> EntityId {
        let is_person = kind == RefKind::Person;
        let known = self.reading.entities.iter().zip(&self.resolution.entities);
        let fits = |(e, r): &(&Entity, &Resolved)| **r == who && (e.kind == RefKind::Person) == is_person;
        if let Some((entity, _)) = known.into_iter().find(fits) {
            return entity.id;
        }
        let id = EntityId(u32::try_from(self.reading.entities.len()).unwrap_or(u32::MAX));
        let name = self.name(&who);
        // the words are not its name, so they are no spelling of it
        let mentions = vec![Mention { span, head: 0, named: false }];
        self.reading.entities.push(Entity { id, kind, name, mentions, of: None, roles: Vec::new() });
        self.resolution.entities.push(who);
        id
    }

    fn name(&self, who: &Resolved) -> String {
        let person = |id: &PersonId| self.dossier.person(id).map(|p| p.name.clone());
        let party = |id: &PartyId| self.dossier.party(id).map(|p| p.name.clone());
        who.person.as_ref().and_then(person).or_else(|| who.party.as_ref().and_then(party)).unwrap_or_default()
    }

    /// Words of the article that name someone: in this sentence if it does, else the last before it, else the first.
    fn mention(&self, who: &Resolved, sentence: Span) -> Option<Span> {
        let is_person = who.person.is_some();
        let own = self.reading.entities.iter().zip(&self.resolution.entities);
        let own = own.filter(|(e, r)| *r == who && (e.kind == RefKind::Person) == is_person);
        let mut all: Vec<Span> = own.flat_map(|(e, _)| e.mentions.iter().map(|m| m.span)).collect();
        all.sort();
        let here = all.iter().find(|s| sentence.contains(**s));
        let before = || all.iter().rev().find(|s| s.end() <= sentence.start());
        here.or_else(before).or_else(|| all.first()).copied()
    }

    /// The words of the article, for those that add to it.
    pub(super) fn text(&self) -> &'a str {
        &self.article.text
    }
}

/// What may have been meant.
fn mean(names: &[String]) -> String {
    match names {
        [] => String::new(),
        names => format!("; did you mean {}?", names.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ")),
    }
}
