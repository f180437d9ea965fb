//! Names that a person merged or split, applied to a dossier whether it was discovered or read from a file.

use std::collections::{BTreeMap, BTreeSet};

use super::{Corrections, Decision};
use crate::model::{Alias, Dossier, Filing, IssueRef, Merge, Party, PartyId, Person, PersonId, Resolved};
use crate::words::{name_key, slug};

/// What a decision on two names came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameOutcome {
    /// It holds; ids of the records it touched, in order.
    Applied(Vec<String>),
    /// A later decision on the same two names holds instead: its number in [`Corrections::all`].
    Overruled(usize),
    /// Neither name is in the dossier.
    Gone,
    /// It cannot be done, and why.
    Unfit(String),
}

/// A record by its place in the dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Party(usize),
    Person(usize),
}

/// Whose name some words are.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Found {
    None,
    One(At),
    Several(Vec<At>),
}

/// A record's names that can be decided on.
struct Names<'d> {
    id: String,
    name: &'d str,
    aliases: &'d mut Vec<Alias>,
    merges: &'d mut Vec<Merge>,
    not: &'d mut Vec<String>,
}

/// The dossier with the merges and splits that hold, in order of their time, and what each came to, by its number in
/// [`Corrections::all`]. A later decision on the same two names wins.
pub fn correct_names(dossier: &Dossier, corrections: &Corrections) -> (Dossier, BTreeMap<usize, NameOutcome>) {
    let mut dossier = dossier.clone();
    let mut outcomes = BTreeMap::new();
    let pair = |d: &Decision| match d {
        Decision::Merge { a, b } | Decision::Split { a, b } => {
            let mut keys = [name_key(a), name_key(b)];
            keys.sort();
            Some(keys)
        }
        _ => None,
    };
    let newest: BTreeMap<[String; 2], usize> =
        corrections.holding().filter_map(|(i, c)| Some((pair(&c.decision)?, i))).collect();
    for (number, correction) in corrections.holding() {
        let Some(newest) = pair(&correction.decision).and_then(|p| newest.get(&p)) else { continue };
        let outcome = match &correction.decision {
            _ if *newest != number => NameOutcome::Overruled(*newest),
            Decision::Merge { a, b } => dossier.merge(a, b, &correction.note, &correction.by),
            Decision::Split { a, b } => dossier.split(a, b),
            _ => continue,
        };
        outcomes.insert(number, outcome);
    }
    dossier.parties.sort_by(|a, b| a.id.cmp(&b.id));
    dossier.people.sort_by(|a, b| a.id.cmp(&b.id));
    (dossier, outcomes)
}

/// Whether a record has this name, and whether it is its own.
fn has<'a>(key: &str, name: &str, aliases: impl IntoIterator<Item = &'a Alias>) -> Option<bool> {
    if name_key(name) == key {
        return Some(true);
    }
    aliases.into_iter().any(|a| name_key(&a.name) == key).then_some(false)
}

impl Dossier {
    /// The party, organisation, place or person that has this id, else this name, else this other name; where several have
    /// it as another name, none.
    pub fn who(&self, name: &str) -> Option<Resolved> {
        if let Some(party) = self.parties.iter().find(|p| p.id.as_str() == name) {
            return Some(Resolved { party: Some(party.id.clone()), person: None });
        }
        let resolved = |at| match at {
            At::Party(i) => Resolved { party: self.parties.get(i).map(|p| p.id.clone()), person: None },
            At::Person(i) => {
                let person = self.people.get(i);
                Resolved { party: person.and_then(|p| p.party.clone()), person: person.map(|p| p.id.clone()) }
            }
        };
        let by_id = self.people.iter().position(|p| p.id.as_str() == name).map(At::Person);
        let by_name = || match self.find(name) {
            Found::One(at) => Some(at),
            Found::None | Found::Several(_) => None,
        };
        by_id.or_else(by_name).map(resolved)
    }

    /// An issue by id, name or one of its own terms, as statements refer to it.
    pub fn issue_named(&self, name: &str) -> Option<IssueRef> {
        let key = name_key(name);
        let by_id = self.issues.iter().find(|i| i.id.as_str() == name);
        let by_name = || self.issues.iter().find(|i| name_key(&i.name) == key);
        let by_term = || {
            let mut all = self.issues.iter().filter(|i| i.terms.iter().any(|t| name_key(t) == key));
            all.next().filter(|_| all.next().is_none())
        };
        let issue = by_id.or_else(by_name).or_else(by_term)?;
        Some(IssueRef { id: issue.id.clone(), turned: false, how: Filing::Named })
    }

    /// At most three names of parties and people that are near to what was typed, the nearest first.
    pub fn near_names(&self, typed: &str) -> Vec<String> {
        let parties =
            self.parties.iter().flat_map(|p| std::iter::once(&p.name).chain(p.aliases.iter().map(|a| &a.name)));
        let people = self.people.iter().flat_map(|p| std::iter::once(&p.name).chain(p.aliases.iter().map(|a| &a.name)));
        near_of(typed, parties.chain(people).map(String::as_str))
    }

    /// At most three names of issues that are near to what was typed, the nearest first.
    pub fn near_issues(&self, typed: &str) -> Vec<String> {
        near_of(typed, self.issues.iter().map(|i| i.name.as_str()))
    }

    /// Whose own name it is; else whose other name.
    fn find(&self, name: &str) -> Found {
        let key = name_key(name);
        let parties = self.parties.iter().enumerate();
        let people = self.people.iter().enumerate();
        let all: Vec<(At, bool)> = parties
            .filter_map(|(i, p)| Some((At::Party(i), has(&key, &p.name, &p.aliases)?)))
            .chain(people.filter_map(|(i, p)| Some((At::Person(i), has(&key, &p.name, &p.aliases)?))))
            .collect();
        let has_own = all.iter().any(|(_, own)| *own);
        let mut best: Vec<At> = all.into_iter().filter(|(_, own)| *own || !has_own).map(|(at, _)| at).collect();
        match best.pop() {
            None => Found::None,
            Some(at) if best.is_empty() => Found::One(at),
            Some(at) => {
                best.push(at);
                Found::Several(best)
            }
        }
    }

    fn names_at(&mut self, at: At) -> Option<Names<'_>> {
        match at {
            At::Party(i) => self.parties.get_mut(i).map(|p| Names {
                id: p.id.to_string(),
                name: &p.name,
                aliases: &mut p.aliases,
                merges: &mut p.merges,
                not: &mut p.not,
            }),
            At::Person(i) => self.people.get_mut(i).map(|p| Names {
                id: p.id.to_string(),
                name: &p.name,
                aliases: &mut p.aliases,
                merges: &mut p.merges,
                not: &mut p.not,
            }),
        }
    }

    fn id_at(&mut self, at: At) -> String {
        self.names_at(at).map(|n| n.id).unwrap_or_default()
    }

    fn merge(&mut self, a: &str, b: &str, note: &str, by: &str) -> NameOutcome {
        let reason = if note.is_empty() { "a person says so" } else { note };
        let merge = Merge {
            a: a.to_string(),
            b: b.to_string(),
            reason: reason.to_string(),
            by: by.to_string(),
            ..Merge::default()
        };
        self.forget_possible(a, b);
        match (self.find(a), self.find(b)) {
            (Found::None, Found::None) => NameOutcome::Gone,
            (Found::One(x), Found::One(y)) if x != y => self.join(x, y, merge),
            // both are in one record already
            (Found::One(at), Found::One(_)) => self.give(at, &[], merge),
            (Found::One(at), other) => self.claim(at, b, &other, merge),
            (other, Found::One(at)) => self.claim(at, a, &other, merge),
            (Found::Several(all), _) | (_, Found::Several(all)) => self.several(&all),
        }
    }

    /// A name that no record has, or several have as another name, becomes that of one.
    fn claim(&mut self, at: At, name: &str, other: &Found, merge: Merge) -> NameOutcome {
        let key = name_key(name);
        if let Found::Several(all) = other
            && all.iter().any(|x| *x != at && self.names_at(*x).is_some_and(|n| name_key(n.name) == key))
        {
            return self.several(all);
        }
        let all: Vec<At> =
            (0..self.parties.len()).map(At::Party).chain((0..self.people.len()).map(At::Person)).collect();
        let mut touched = Vec::new();
        for x in all.into_iter().filter(|x| *x != at) {
            let Some(mut n) = self.names_at(x) else { continue };
            let has_alias = n.aliases.iter().any(|a| name_key(&a.name) == key);
            // a surname names everyone who has it
            let has_surname = matches!(x, At::Person(_)) && name_key(n.name).rsplit(' ').next() == Some(key.as_str());
            if has_alias || has_surname {
                n.deny(name);
                touched.push(n.id);
            }
        }
        self.give(at, &[name], merge);
        touched.insert(0, self.id_at(at));
        NameOutcome::Applied(touched)
    }

    /// A record has these names and this merge.
    fn give(&mut self, at: At, names: &[&str], merge: Merge) -> NameOutcome {
        let Some(n) = self.names_at(at) else { return NameOutcome::Gone };
        for name in names {
            if !n.aliases.iter().any(|a| name_key(&a.name) == name_key(name)) {
                n.aliases.push(Alias { name: (*name).to_string(), count: 0 });
            }
        }
        n.not.retain(|x| ![&merge.a, &merge.b].iter().any(|m| name_key(m) == name_key(x)));
        n.merges.push(merge);
        NameOutcome::Applied(vec![n.id])
    }

    fn several(&mut self, all: &[At]) -> NameOutcome {
        let name = |at: &At| self.names_at(*at).map(|n| format!("`{}`", n.name));
        let names: Vec<String> = all.iter().filter_map(name).collect();
        NameOutcome::Unfit(format!("several have this name: {}", names.join(", ")))
    }

    /// The record at `y` goes into the one at `x`.
    fn join(&mut self, x: At, y: At, merge: Merge) -> NameOutcome {
        match (x, y) {
            (At::Party(x), At::Party(y)) => {
                let gone = self.parties.remove(y);
                let Some(kept) = self.parties.get_mut(if y < x { x - 1 } else { x }) else { return NameOutcome::Gone };
                take_names(&mut kept.aliases, &kept.name, &gone.name, gone.aliases);
                kept.merges.extend(gone.merges);
                kept.merges.push(merge);
                take_not(&mut kept.not, gone.not, &kept.name, &kept.aliases);
                if kept.part_of.as_ref() == Some(&gone.id) {
                    kept.part_of = None;
                }
                let (from, to) = (gone.id, kept.id.clone());
                self.rename_party(&from, &to);
                NameOutcome::Applied(vec![to.to_string(), from.to_string()])
            }
            (At::Person(x), At::Person(y)) => {
                let gone = self.people.remove(y);
                let Some(kept) = self.people.get_mut(if y < x { x - 1 } else { x }) else { return NameOutcome::Gone };
                take_names(&mut kept.aliases, &kept.name, &gone.name, gone.aliases);
                kept.party = kept.party.take().or(gone.party);
                kept.roles.extend(gone.roles);
                kept.roles.sort();
                kept.roles.dedup();
                kept.merges.extend(gone.merges);
                kept.merges.push(merge);
                take_not(&mut kept.not, gone.not, &kept.name, &kept.aliases);
                NameOutcome::Applied(vec![kept.id.to_string(), gone.id.to_string()])
            }
            (At::Party(_), At::Person(_)) => {
                NameOutcome::Unfit(format!("`{}` is a party or body, `{}` a person", merge.a, merge.b))
            }
            (At::Person(_), At::Party(_)) => {
                NameOutcome::Unfit(format!("`{}` is a person, `{}` a party or body", merge.a, merge.b))
            }
        }
    }

    fn rename_party(&mut self, from: &PartyId, to: &PartyId) {
        let rename = |id: &mut PartyId| {
            if id == from {
                *id = to.clone();
            }
        };
        self.parties.iter_mut().filter_map(|p| p.part_of.as_mut()).for_each(rename);
        self.parties.iter_mut().filter(|p| p.part_of.as_ref() == Some(&p.id)).for_each(|p| p.part_of = None);
        self.people.iter_mut().filter_map(|p| p.party.as_mut()).for_each(rename);
        for issue in &mut self.issues {
            issue.proponents.iter_mut().for_each(rename);
            issue.proponents.sort();
            issue.proponents.dedup();
        }
    }

    fn split(&mut self, a: &str, b: &str) -> NameOutcome {
        self.forget_possible(a, b);
        match (self.find(a), self.find(b)) {
            (Found::None, Found::None) => NameOutcome::Gone,
            // apart already: nothing else that is known of the one may make it the other
            (Found::One(x), Found::One(y)) if x != y => self.keep_apart(&[(x, b), (y, a)]),
            (Found::One(At::Party(i)), Found::One(_)) => {
                let taken: BTreeSet<String> = self.ids();
                let Some(p) = self.parties.get_mut(i) else { return NameOutcome::Gone };
                let out = take_out(a, b, &p.name, &mut p.aliases, &mut p.merges);
                let new = Party {
                    id: PartyId::new(free(&out.name, &taken)),
                    name: out.name,
                    sort: p.sort,
                    aliases: out.aliases,
                    merges: out.merges,
                    ..Party::default()
                };
                let ids = vec![p.id.to_string(), new.id.to_string()];
                self.parties.push(new);
                NameOutcome::Applied(ids)
            }
            (Found::One(At::Person(i)), Found::One(_)) => {
                let taken: BTreeSet<String> = self.ids();
                let Some(p) = self.people.get_mut(i) else { return NameOutcome::Gone };
                let out = take_out(a, b, &p.name, &mut p.aliases, &mut p.merges);
                // whom the other speaks for, its articles have to say
                let new = Person {
                    id: PersonId::new(free(&out.name, &taken)),
                    name: out.name,
                    aliases: out.aliases,
                    merges: out.merges,
                    ..Person::default()
                };
                let ids = vec![p.id.to_string(), new.id.to_string()];
                self.people.push(new);
                NameOutcome::Applied(ids)
            }
            (Found::One(at), _) => self.keep_apart(&[(at, b)]),
            (_, Found::One(at)) => self.keep_apart(&[(at, a)]),
            (Found::Several(all), _) | (_, Found::Several(all)) => self.several(&all),
        }
    }

    /// These records do not have these names.
    fn keep_apart(&mut self, all: &[(At, &str)]) -> NameOutcome {
        let mut ids = Vec::new();
        for (at, name) in all {
            let Some(mut n) = self.names_at(*at) else { continue };
            n.deny(name);
            ids.push(n.id);
        }
        NameOutcome::Applied(ids)
    }

    fn ids(&self) -> BTreeSet<String> {
        self.parties.iter().map(|p| p.id.to_string()).chain(self.people.iter().map(|p| p.id.to_string())).collect()
    }

    /// A pair that was decided on is no question any more.
    fn forget_possible(&mut self, a: &str, b: &str) {
        let (a, b) = (name_key(a), name_key(b));
        self.possible.retain(|m| {
            let (x, y) = (name_key(&m.a), name_key(&m.b));
            (x != a || y != b) && (x != b || y != a)
        });
    }
}

/// At most three of these words that are near to what was typed, the nearest first.
pub fn near_of<'a>(typed: &str, words: impl Iterator<Item = &'a str>) -> Vec<String> {
    let typed = name_key(typed);
    let near = |word: &str| {
        let key = name_key(word);
        let whole = strsim::jaro_winkler(&typed, &key);
        // a part of a longer name, mistyped
        let part = key.split(' ').map(|p| strsim::jaro_winkler(&typed, p) - 0.05).fold(0.0, f64::max);
        whole.max(part)
    };
    let mut scored: Vec<(f64, &str)> = words.map(|w| (near(w), w)).filter(|(score, _)| *score >= 0.8).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    scored.dedup_by(|a, b| a.1 == b.1);
    scored.into_iter().take(3).map(|(_, w)| w.to_string()).collect()
}

/// A slug that no record has yet.
fn free(name: &str, taken: &BTreeSet<String>) -> String {
    let own = slug(name);
    let numbered = (2..).map(|n| format!("{own}-{n}"));
    std::iter::once(own.clone()).chain(numbered).find(|id| !taken.contains(id)).unwrap_or(own)
}

/// The names of a record that goes into another, counts added up.
fn take_names(aliases: &mut Vec<Alias>, own: &str, name: &str, others: Vec<Alias>) {
    let named = Alias { name: name.to_string(), count: 0 };
    for other in std::iter::once(named).chain(others) {
        match aliases.iter_mut().find(|a| a.name == other.name) {
            Some(known) => known.count += other.count,
            None if other.name == own => {}
            None => aliases.push(other),
        }
    }
}

/// What neither of two records that are one is; a name that it has is not among them.
fn take_not(not: &mut Vec<String>, others: Vec<String>, name: &str, aliases: &[Alias]) {
    let has = |x: &String| has(&name_key(x), name, aliases).is_some();
    not.extend(others);
    not.retain(|x| !has(x));
    not.sort();
    not.dedup();
}

impl Names<'_> {
    /// A name is not that of this record, whatever else says so.
    fn deny(&mut self, name: &str) {
        let key = name_key(name);
        self.aliases.retain(|a| name_key(&a.name) != key);
        if !self.not.iter().any(|n| name_key(n) == key) {
            self.not.push(name.to_string());
        }
    }
}

/// Names that leave a record.
struct Out {
    name: String,
    aliases: Vec<Alias>,
    merges: Vec<Merge>,
}

/// Takes one of two names out of a record, with the names that only a merge with it had brought in.
fn take_out(a: &str, b: &str, own: &str, aliases: &mut Vec<Alias>, merges: &mut Vec<Merge>) -> Out {
    let is_own = |name: &str| name_key(name) == name_key(own);
    let (stays, leaves) = if is_own(b) { (name_key(b), a) } else { (name_key(a), b) };
    let leaving = follows(&name_key(leaves), &stays, &name_key(own), merges);
    let is_leaving = |name: &str| leaving.contains(&name_key(name));
    let (gone, kept): (Vec<Alias>, Vec<Alias>) = aliases.drain(..).partition(|a| is_leaving(&a.name));
    *aliases = kept;
    let name = gone.iter().find(|x| name_key(&x.name) == name_key(leaves)).map_or(leaves, |x| x.name.as_str());
    let (own_merges, others): (Vec<Merge>, Vec<Merge>) =
        merges.drain(..).partition(|m| is_leaving(&m.a) && is_leaving(&m.b));
    *merges = others.into_iter().filter(|m| !is_leaving(&m.a) && !is_leaving(&m.b)).collect();
    Out {
        name: name.to_string(),
        aliases: gone.iter().filter(|x| x.name != name).cloned().collect(),
        merges: own_merges,
    }
}

/// The names tied to the one that leaves by merges, where those do not lead to one that stays; else only itself.
fn follows(leaves: &str, stays: &str, own: &str, merges: &[Merge]) -> BTreeSet<String> {
    let mut found = BTreeSet::from([leaves.to_string()]);
    let mut open = vec![leaves.to_string()];
    while let Some(at) = open.pop() {
        for m in merges {
            let (x, y) = (name_key(&m.a), name_key(&m.b));
            let is_direct =
                [&x, &y].contains(&&leaves.to_string()) && (x == stays || y == stays || x == own || y == own);
            let next = if x == at {
                y
            } else if y == at {
                x
            } else {
                continue;
            };
            if !is_direct && found.insert(next.clone()) {
                open.push(next);
            }
        }
    }
    if found.contains(stays) || found.contains(own) { BTreeSet::from([leaves.to_string()]) } else { found }
}
