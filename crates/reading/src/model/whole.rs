//! Whether what one record says of others holds: numbers of entities, quotations and proposals.

use super::{Entity, EntityId, Evidence, HasItem, Link, Reading, Reference};

impl Reading {
    /// What does not hold in a reading that was read back from somewhere, in words; `None` where it is whole. One made by
    /// [`crate::read`] always is.
    pub fn fault(&self) -> Option<String> {
        let entities = self.entities.len();
        let misnumbered = |(i, e): (usize, &Entity)| {
            let of = e.of.as_ref().is_some_and(|(id, _)| id.0 as usize >= entities);
            e.id.0 as usize != i || of || e.mentions.is_empty()
        };
        if let Some(n) = self.entities.iter().enumerate().position(misnumbered) {
            return Some(format!("entity {n} of {entities} is not whole"));
        }
        if let Some(id) = self.entity_ids().find(|id| id.0 as usize >= entities) {
            return Some(format!("it names entity {} of {entities}", id.0));
        }
        let (quotes, proposals) = (self.quotes.len(), self.proposals.len());
        let quote = self.statements.iter().filter_map(|s| s.quote).find(|q| *q >= quotes);
        let of_statements = self.statements.iter().filter_map(|s| s.proposal);
        let proposal = of_statements.chain(self.statuses.iter().filter_map(|s| s.proposal)).find(|p| *p >= proposals);
        quote
            .map(|q| format!("it names quotation {q} of {quotes}"))
            .or_else(|| proposal.map(|p| format!("it names proposal {p} of {proposals}")))
            .or_else(|| {
                self.quotes.iter().any(|q| q.content.is_empty()).then(|| "a quotation has no words".to_string())
            })
            .or_else(|| self.items().any(|i| i.id().is_empty()).then(|| "an item has no id".to_string()))
    }

    /// The items of all records, in the order of the kinds.
    pub fn items(&self) -> impl Iterator<Item = &super::Item> {
        fn of<T: HasItem>(records: &[T]) -> impl Iterator<Item = &super::Item> {
            records.iter().map(HasItem::item)
        }
        of(&self.quotes)
            .chain(of(&self.statements))
            .chain(of(&self.figures))
            .chain(of(&self.roles))
            .chain(of(&self.dates))
            .chain(of(&self.meetings))
            .chain(of(&self.proposals))
            .chain(of(&self.statuses))
            .chain(of(&self.incidents))
            .chain(of(&self.deadlines))
    }

    /// All evidence of all items, with the item.
    pub fn evidence(&self) -> impl Iterator<Item = (&super::Item, &Evidence)> {
        self.items().flat_map(|i| i.evidence().map(move |e| (i, e)))
    }

    fn entity_ids(&self) -> impl Iterator<Item = EntityId> {
        let links = self.quotes.iter().flat_map(|q| &q.chain).chain(self.statements.iter().flat_map(|s| &s.chain));
        links.filter_map(|l: &Link| l.entity).chain(self.references().filter_map(|r| r.entity))
    }

    /// Every reference of every record.
    pub fn references(&self) -> impl Iterator<Item = &Reference> {
        let quotes = self.quotes.iter().flat_map(|q| &q.source);
        let statements =
            self.statements.iter().flat_map(|s| std::iter::once(&s.holder).chain(&s.on_behalf_of).chain(&s.target));
        let figures = self.figures.iter().flat_map(|f| &f.of);
        let roles = self.roles.iter().flat_map(|r| std::iter::once(&r.person).chain(&r.party));
        let meetings = self.meetings.iter().flat_map(|m| m.place.iter().chain(&m.participants));
        let proposals = self.proposals.iter().flat_map(|p| &p.by);
        let statuses = self.statuses.iter().flat_map(|s| &s.according_to);
        let incidents = self.incidents.iter().flat_map(|i| {
            let who = i.actor.iter().chain(&i.target).chain(&i.place);
            who.chain(&i.claimed_by).chain(&i.denied_by)
        });
        let deadlines = self.deadlines.iter().flat_map(|d| &d.by);
        quotes
            .chain(statements)
            .chain(figures)
            .chain(roles)
            .chain(meetings)
            .chain(proposals)
            .chain(statuses)
            .chain(incidents)
            .chain(deadlines)
    }
}
