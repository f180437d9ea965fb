//! Who and what the words of one article mean under a dossier.

use std::collections::{BTreeMap, HashMap};

use rapporteur_article::Article;
use rapporteur_reading::Reading;
use rapporteur_reading::model::{Entity, RefKind, Reference, Statement};
use rapporteur_text::Span;

use crate::issues::{self, Matcher, Zones, issue_of_status, of_condition, of_term};
use crate::lexicon::GAZETTEER;
use crate::model::{Dossier, Filing, Issue, IssueRef, PartyId, PartySort, Resolution, Resolved};
use crate::names::{Described, title_free};
use crate::sides::turns_down_offer;
use crate::words::{clean_name, name_key, words};

/// A dossier made ready for resolving many articles.
#[derive(Debug, Clone)]
pub struct Resolver<'d> {
    dossier: &'d Dossier,
    /// Name key: parties by number, most used first.
    parties: HashMap<String, Vec<(usize, usize)>>,
    /// Name key, people by number.
    people: HashMap<String, Vec<(usize, usize)>>,
    /// Gazetteer name: party.
    countries: HashMap<&'static str, usize>,
    /// Parties by what their names say they are.
    described: Described,
    matcher: Matcher,
}

fn put(map: &mut HashMap<String, Vec<(usize, usize)>>, name: &str, number: usize, count: usize) {
    let key = name_key(name);
    if key.is_empty() {
        return;
    }
    let list = map.entry(key).or_default();
    match list.iter_mut().find(|x| x.0 == number) {
        Some(x) => x.1 = x.1.max(count),
        None => list.push((number, count)),
    }
}

impl<'d> Resolver<'d> {
    /// Prepares a dossier.
    pub fn new(dossier: &'d Dossier) -> Self {
        let mut parties = HashMap::new();
        let mut people = HashMap::new();
        let mut countries = HashMap::new();
        for (n, p) in dossier.parties.iter().enumerate() {
            // a name outweighs any count of aliases, a party a mere mention
            let party = if p.sort == PartySort::Party { 1000 } else { 0 };
            put(&mut parties, &p.name, n, 1_000_000 + party);
            let aliases = || p.aliases.iter().filter(|a| !is_not(&p.not, &a.name));
            aliases().for_each(|a| put(&mut parties, &a.name, n, a.count + party));
            let names = std::iter::once(&p.name).chain(aliases().map(|a| &a.name));
            for (country, _) in names.filter_map(|name| GAZETTEER.find(&name_key(name))) {
                if fold_eq(&p.name, country) || !countries.contains_key(country) {
                    countries.insert(country, n);
                }
            }
        }
        for (n, p) in dossier.people.iter().enumerate() {
            put(&mut people, &p.name, n, 1_000_000);
            for a in p.aliases.iter().filter(|a| !is_not(&p.not, &a.name)) {
                put(&mut people, &title_free(&a.name), n, a.count);
            }
            if let Some(surname) = name_key(&p.name).rsplit(' ').next().filter(|s| !is_not(&p.not, s)) {
                put(&mut people, surname, n, 0);
            }
        }
        for list in parties.values_mut().chain(people.values_mut()) {
            list.sort_by(|a: &(usize, usize), b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        }
        let named = dossier.parties.iter().enumerate().filter(|(_, p)| p.sort == PartySort::Party);
        let keys: Vec<(usize, String)> = named.map(|(n, p)| (n, name_key(&p.name))).collect();
        let described = Described::new(keys.iter().map(|(n, key)| (*n, key.as_str())));
        Self { dossier, parties, people, countries, described, matcher: Matcher::new(&dossier.issues) }
    }

    /// Resolves one article.
    pub fn resolve(&self, article: &Article, reading: &Reading) -> Resolution {
        let entities = self.entities(article, reading);
        let references = self.references(article, reading, &entities);
        let statements = self.statements(article, reading, &entities);
        let issue = |zones: Option<Zones>| zones.and_then(|z| self.issue(&z));
        Resolution {
            conditions: reading
                .statements
                .iter()
                .enumerate()
                .map(|(i, s)| {
                    let wanted = statements.get(i).and_then(Option::as_ref);
                    let zones = |j| of_condition(article, reading, i, j);
                    (0..s.conditions.len()).map(|j| self.needed(&zones(j)?, wanted)).collect()
                })
                .collect(),
            statuses: (0..reading.statuses.len()).map(|i| issue(issue_of_status(article, reading, i))).collect(),
            terms: reading
                .proposals
                .iter()
                .enumerate()
                .map(|(i, p)| (0..p.terms.len()).map(|j| issue(of_term(article, reading, i, j))).collect())
                .collect(),
            entities,
            references,
            statements,
            stances: BTreeMap::new(),
        }
    }

    fn issue(&self, zones: &Zones) -> Option<IssueRef> {
        self.reference(self.matcher.find(zones)?, zones, Filing::Named)
    }

    /// What a condition asks for. Its own words come first, and of the issues they name one that is not the issue it is a
    /// condition of: that one waits for nothing of itself. Where they name none it is a guess.
    fn needed(&self, zones: &Zones, wanted: Option<&IssueRef>) -> Option<IssueRef> {
        let fits = self.matcher.fits(zones);
        let is_other = |issue: usize| {
            self.dossier.issues.get(issue).is_some_and(|i| wanted.is_none_or(|wanted| i.id != wanted.id))
        };
        match issues::named_beside(&fits, is_other).or_else(|| issues::best(&fits)) {
            Some((issue, fit)) if fit.own > 0.0 => self.reference(issue, zones, Filing::Named),
            Some((issue, _)) => self.reference(issue, zones, Filing::Guessed),
            None => None,
        }
    }

    fn reference(&self, issue: usize, zones: &Zones, how: Filing) -> Option<IssueRef> {
        let turned = self.matcher.turned(issue, zones);
        Some(IssueRef { id: self.dossier.issues.get(issue)?.id.clone(), turned, how })
    }

    /// Issues of statements. Where the words of one name none, what stands around it is asked.
    fn statements(&self, article: &Article, reading: &Reading, entities: &[Resolved]) -> Vec<Option<IssueRef>> {
        let found = issues::statements(&self.matcher, article, reading);
        let filed = found.into_iter().map(|f| f.and_then(|f| self.reference(f.issue, &f.zones, f.how)));
        let too_little = |(found, s): (Option<IssueRef>, &Statement)| {
            found.map(|about| {
                if self.finds_too_little(s, &about, article, entities) {
                    IssueRef { turned: true, ..about }
                } else {
                    about
                }
            })
        };
        filed.zip(&reading.statements).map(too_little).collect()
    }

    /// Whether a party that asks for an issue turns down an offer on it: what it is against is how little it is.
    fn finds_too_little(&self, s: &Statement, about: &IssueRef, article: &Article, entities: &[Resolved]) -> bool {
        let holder = s.holder.entity.and_then(|e| entities.get(e.0 as usize)).and_then(|r| r.party.as_ref());
        let asks = |i: &Issue| holder.is_some_and(|h| i.proponents.contains(h));
        self.dossier.issue(&about.id).is_some_and(asks)
            && turns_down_offer(s, &words(s.matter.slice(&article.text), s.matter.start()))
    }

    fn entities(&self, article: &Article, reading: &Reading) -> Vec<Resolved> {
        let mut out: Vec<Resolved> = reading.entities.iter().map(|e| self.body(article, e)).collect();
        parts(reading, &mut out);
        // whoever is under a person comes after that person
        let is_under_person = |e: &Entity| {
            let of = e.of.as_ref().and_then(|(j, _)| reading.entities.get(j.0 as usize));
            of.is_some_and(|of| of.kind == RefKind::Person)
        };
        let people = || reading.entities.iter().enumerate().filter(|(_, e)| e.kind == RefKind::Person);
        for under in [false, true] {
            for (i, entity) in people().filter(|(_, e)| is_under_person(e) == under) {
                let of = entity.of.as_ref().and_then(|(j, _)| out.get(j.0 as usize)).and_then(|r| r.party.clone());
                out[i] = self.person_or_body(article, entity, of);
            }
        }
        // "Ann Lee's government", once it is known for whom she speaks
        parts(reading, &mut out);
        out
    }

    /// Who a person is, and for which party he or she speaks; `of`: the party of what the article puts him or her under.
    fn person_or_body(&self, article: &Article, entity: &Entity, of: Option<PartyId>) -> Resolved {
        let known = self.person(article, entity, of.as_ref()).and_then(|n| self.dossier.people.get(n));
        match (known, self.by_name(&entity.name)) {
            // a town or body taken for a person
            (None, Some(n)) => self.party(Some(n)),
            _ => Resolved { party: known.and_then(|p| p.party.clone()).or(of), person: known.map(|p| p.id.clone()) },
        }
    }

    /// The party, organisation or place an entity is by its name, its other mentions, the lists, its description.
    fn body(&self, article: &Article, entity: &Entity) -> Resolved {
        if entity.kind == RefKind::Person {
            return Resolved::default();
        }
        let named = entity.mentions.iter().filter(|m| m.named).map(|m| m.span.slice(&article.text));
        let other = entity.mentions.iter().filter(|m| !m.named).map(|m| m.span.slice(&article.text));
        let party = std::iter::once(entity.name.as_str())
            .chain(named)
            .find_map(|name| self.by_name(name))
            .or_else(|| self.by_description(&entity.name))
            .or_else(|| other.filter(|w| w.contains(' ')).find_map(|name| self.by_name(name)));
        self.party(party)
    }

    fn party(&self, number: Option<usize>) -> Resolved {
        Resolved { party: number.and_then(|n| self.dossier.parties.get(n)).map(|p| p.id.clone()), person: None }
    }

    fn by_name(&self, name: &str) -> Option<usize> {
        let key = name_key(name);
        let own = self.parties.get(&key).and_then(|l| l.first()).map(|x| x.0);
        let country = || GAZETTEER.find(&key).and_then(|(country, _)| self.countries.get(country).copied());
        own.or_else(|| country().filter(|&n| self.dossier.parties.get(n).is_some_and(|p| !is_not(&p.not, &key))))
    }

    /// The one party a description fits best.
    fn by_description(&self, words: &str) -> Option<usize> {
        let key = name_key(words);
        let mut fits: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (n, fit) in self.described.meant(&key) {
            if self.dossier.parties.get(n).is_some_and(|p| !is_not(&p.not, &key)) {
                fits.entry(fit).or_default().push(n);
            }
        }
        let (_, best) = fits.pop_last()?;
        (best.len() == 1).then(|| best[0])
    }

    fn person(&self, article: &Article, entity: &Entity, of: Option<&PartyId>) -> Option<usize> {
        let named = entity.mentions.iter().filter(|m| m.named).map(|m| m.span.slice(&article.text));
        for name in std::iter::once(entity.name.as_str()).chain(named) {
            let key = name_key(&title_free(name));
            let Some(list) = self.people.get(&key) else { continue };
            let agrees = |n: usize| of.is_some() && self.dossier.people.get(n).and_then(|p| p.party.as_ref()) == of;
            let top = list.first().map_or(0, |x| x.1);
            let sure = list.len() == 1 || (top >= 1_000_000 && list.get(1).is_some_and(|x| x.1 < 1_000_000));
            match list.iter().filter(|x| agrees(x.0)).count() {
                // someone may be known by a surname alone that others have too
                1 if !sure || !key.contains(' ') => return list.iter().find(|x| agrees(x.0)).map(|x| x.0),
                _ if sure => return list.first().map(|x| x.0),
                _ => {}
            }
        }
        None
    }

    /// References that no entity resolves, by their words.
    fn references(&self, article: &Article, reading: &Reading, entities: &[Resolved]) -> Vec<(Span, Resolved)> {
        let mut out = BTreeMap::new();
        for reference in all_references(reading) {
            let entity = reference.entity.and_then(|e| entities.get(e.0 as usize));
            if let Some(known) = entity.filter(|r| r.party.is_some() || r.person.is_some()) {
                // the article takes two people for one whom the dossier tells apart
                let own = self.own_name(reference.span.slice(&article.text));
                if let Some(own) = own.filter(|p| known.person.as_ref().is_some_and(|k| *k != p.id)) {
                    out.insert(reference.span, Resolved { party: own.party.clone(), person: Some(own.id.clone()) });
                }
                continue;
            }
            let found = self.by_words(reference.span.slice(&article.text), reference.kind);
            if found.party.is_some() || found.person.is_some() {
                out.insert(reference.span, found);
            }
        }
        out.into_iter().collect()
    }

    /// The one person of the dossier who has these words as a full name or as another full name.
    fn own_name(&self, words: &str) -> Option<&'d crate::model::Person> {
        let key = name_key(&title_free(words));
        let list = self.people.get(&key).filter(|l| key.contains(' ') && l.len() == 1)?;
        self.dossier.people.get(list.first()?.0)
    }

    fn by_words(&self, words: &str, kind: RefKind) -> Resolved {
        let clean = clean_name(words);
        if clean.len() > 80 || clean.is_empty() {
            return Resolved::default();
        }
        let person = self.people.get(&name_key(&title_free(&clean))).filter(|l| l.len() == 1).and_then(|l| l.first());
        if let Some(p) = person.and_then(|x| self.dossier.people.get(x.0)) {
            return Resolved { party: p.party.clone(), person: Some(p.id.clone()) };
        }
        let whole = self.by_name(&clean).or_else(|| self.by_description(&clean));
        // "the union's spokesman", "a spokesman for the union" speak for the union
        let owner = || ["'s ", "’s ", "s' ", "s’ "].iter().find_map(|m| clean.split_once(m)).map(|x| x.0);
        let of = || [" of ", " for ", " from "].iter().find_map(|m| clean.split_once(m)).map(|x| x.1);
        let part = || owner().or_else(of).and_then(|w| self.by_name(w).or_else(|| self.by_description(&name_key(w))));
        let first = || clean.split(' ').next().filter(|w| w.len() > 3).and_then(|w| self.by_name(w));
        match kind {
            RefKind::Place => self.party(self.by_name(&clean)),
            _ => self.party(whole.or_else(part).or_else(first)),
        }
    }
}

/// "Its delegation", "the minister's office": a part that is never named stands for its whole.
fn parts(reading: &Reading, out: &mut [Resolved]) {
    for (i, entity) in reading.entities.iter().enumerate().filter(|(_, e)| e.kind != RefKind::Person) {
        let nameless = out[i].party.is_none() && !entity.mentions.iter().any(|m| m.named);
        if nameless {
            let whole = entity.of.as_ref().and_then(|(j, _)| out.get(j.0 as usize)).and_then(|r| r.party.clone());
            out[i].party = whole;
        }
    }
}

/// Whether a name stands among those that a record is said not to be.
fn is_not(not: &[String], name: &str) -> bool {
    let key = |n: &str| name_key(&title_free(n));
    not.iter().any(|n| fold_eq(n, name) || key(n) == key(name))
}

fn fold_eq(a: &str, b: &str) -> bool {
    name_key(a) == name_key(b)
}

/// Every reference of a reading.
fn all_references(reading: &Reading) -> Vec<Reference> {
    let mut out = Vec::new();
    for s in &reading.statements {
        out.push(s.holder);
        out.extend(s.on_behalf_of);
        out.extend(s.target);
    }
    for q in &reading.quotes {
        out.extend(q.source);
    }
    for m in &reading.meetings {
        out.extend(m.place);
        out.extend(m.participants.iter().copied());
    }
    for p in &reading.proposals {
        out.extend(p.by.iter().copied());
    }
    for r in &reading.roles {
        out.push(r.person);
        out.extend(r.party);
    }
    out.extend(reading.figures.iter().filter_map(|f| f.of));
    out.extend(reading.statuses.iter().filter_map(|s| s.according_to));
    out.extend(reading.deadlines.iter().filter_map(|d| d.by));
    for i in &reading.incidents {
        out.extend([i.actor, i.target, i.place, i.claimed_by, i.denied_by].into_iter().flatten());
    }
    out
}
