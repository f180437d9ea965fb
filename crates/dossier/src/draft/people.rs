//! People of a dossier file that a discovered person may be.

use std::collections::{BTreeMap, BTreeSet};

use super::{Draft, names};
use crate::file;
use crate::model::{Dossier, Merge, Party, PartyId, PartySort, Person, PersonId};
use crate::names::{first_names_agree, title_free};
use crate::words::name_key;

/// How sure it is that two people of the file are one who share a surname and nothing else, in hundredths.
const POSSIBLE: u8 = 15;

/// The names of one person, titles off.
struct Names {
    /// Keys of the names of several words.
    full: BTreeSet<String>,
    /// Keys of one word.
    single: BTreeSet<String>,
}

impl Names {
    fn of(person: &Person) -> Self {
        let keys = names(&person.name, &person.aliases).into_iter().map(key).filter(|k| !k.is_empty());
        let (full, single) = keys.partition(|k| k.contains(' '));
        Self { full, single }
    }

    fn first_names_agree(&self, other: &Self) -> bool {
        fn first(key: &str) -> &str {
            key.split(' ').next().unwrap_or_default()
        }
        self.full.iter().any(|a| other.full.iter().any(|b| first_names_agree(first(a), first(b))))
    }

    /// Whether a surname is theirs, alone or at the end of a full name.
    fn has_surname(&self, surname: &str) -> bool {
        self.single.contains(surname) || self.full.iter().any(|f| f.rsplit(' ').next() == Some(surname))
    }
}

fn key(name: &str) -> String {
    name_key(&title_free(name))
}

/// Whether a discovered person has one of these full names.
fn is_among(names: &Names, found: &Dossier) -> bool {
    found.people.iter().any(|p| !Names::of(p).full.is_disjoint(&names.full))
}

/// What the file has for a discovered person.
enum Known {
    /// The number of the record.
    Is(usize),
    /// The numbers of records that share no more than a surname, with what speaks against their being one.
    Not(Vec<(usize, &'static str)>),
}

impl Draft {
    pub(super) fn people(&mut self, found: &Dossier, parties: &BTreeMap<PartyId, PartyId>) {
        for person in &found.people {
            let names: Vec<&str> = names(&person.name, &person.aliases);
            match self.known_person(person, found, parties) {
                Known::Is(n) => {
                    let id = self.known.people.get(n).map(|p| p.id.to_string()).unwrap_or_default();
                    let own = names.iter().copied().filter(|n| !self.is_of_another(n, &id, found));
                    self.aliases("person", &id, &own.collect::<Vec<_>>());
                }
                Known::Not(_)
                    if self.memory.is_record_out(&names, &self.known)
                        || self.known_party("", &names[..1]).is_some() => {}
                Known::Not(alike) => self.new_person(person, found, parties, &alike),
            }
        }
    }

    fn new_person(
        &mut self,
        person: &Person,
        found: &Dossier,
        parties: &BTreeMap<PartyId, PartyId>,
        alike: &[(usize, &'static str)],
    ) {
        let aliases = self.new_aliases(&person.aliases).into_iter().filter(|a| !self.is_of_another(&a.name, "", found));
        let new = Person {
            id: PersonId::new(self.free_id(person.id.as_str(), &[])),
            aliases: aliases.collect(),
            party: person.party.as_ref().and_then(|id| parties.get(id).cloned()),
            ..person.clone()
        };
        let others: Vec<(String, &str)> =
            alike.iter().filter_map(|(n, why)| Some((self.known.people.get(*n)?.name.clone(), *why))).collect();
        self.memory.names(&new.name, new.aliases.iter().map(|a| a.name.as_str()));
        self.new.push(("person", file::person_table(&new)));
        for (other, why) in others.into_iter().filter(|(other, _)| name_key(other) != name_key(&new.name)) {
            let pair = Merge {
                a: other,
                b: new.name.clone(),
                reason: why.into(),
                by: "rule draft.surname.v1".into(),
                confidence: POSSIBLE,
                evidence: Vec::new(),
            };
            self.add_possible(pair);
        }
        self.known.people.push(new);
    }

    /// Whether a name is one word, titles aside, and someone else of the file is called so: it tells nobody from him or her.
    /// Not where that one was found too, and discovery gave the name to this one.
    fn is_of_another(&self, name: &str, own: &str, found: &Dossier) -> bool {
        let surname = key(name);
        let has_it = |p: &Person| {
            let names = Names::of(p);
            p.id.as_str() != own && names.single.contains(&surname) && !is_among(&names, found)
        };
        !surname.contains(' ') && self.known.people.iter().any(has_it)
    }

    /// The person of the file that a discovered one is: by id, by a full name, by a surname where nothing speaks against it.
    fn known_person(&self, person: &Person, found: &Dossier, parties: &BTreeMap<PartyId, PartyId>) -> Known {
        let all = || self.known.people.iter().enumerate();
        let own = Names::of(person);
        let is_denied = |p: &Person| p.not.iter().any(|n| key(n) == key(&person.name));
        let by_id = all().find(|(_, p)| p.id == person.id && (own.full.is_empty() || !is_denied(p)));
        let by_full_name = || all().find(|(_, p)| !is_denied(p) && !Names::of(p).full.is_disjoint(&own.full));
        if let Some((n, _)) = by_id.or_else(by_full_name) {
            return Known::Is(n);
        }
        let mut alike = Vec::new();
        for (n, known) in all().filter(|(_, p)| !is_denied(p)) {
            let names = Names::of(known);
            let Some(surname) = names.single.intersection(&own.single).next() else { continue };
            let bears_it = |p: &&Person| !Names::of(p).full.is_empty() && Names::of(p).has_surname(surname);
            let why = match () {
                () if self.parties_differ(known, person, found, parties) => "names alike, but parties differ",
                () if own.full.is_empty() || own.first_names_agree(&names) => return Known::Is(n),
                // the file knows him or her by that alone, and it is the name of one only
                () if names.full.is_empty() && found.people.iter().filter(bears_it).count() == 1 => {
                    return Known::Is(n);
                }
                () if names.full.is_empty() => "surname of several people",
                () => "surnames alike, but first names differ",
            };
            // where both were found, discovery has told them apart
            if !is_among(&names, found) {
                alike.push((n, why));
            }
        }
        Known::Not(alike)
    }

    /// Whether the two speak for different parties. A place may be the seat of any.
    fn parties_differ(
        &self,
        known: &Person,
        person: &Person,
        found: &Dossier,
        parties: &BTreeMap<PartyId, PartyId>,
    ) -> bool {
        fn body<'d>(dossier: &'d Dossier, id: &PartyId) -> Option<&'d Party> {
            dossier.party(id).filter(|p| p.sort != PartySort::Place)
        }
        let a = known.party.as_ref().and_then(|id| body(&self.known, id)).map(|p| &p.id);
        let b = person.party.as_ref().and_then(|id| body(found, id)).map(|p| parties.get(&p.id).unwrap_or(&p.id));
        a.zip(b).is_some_and(|(a, b)| a != b)
    }
}
