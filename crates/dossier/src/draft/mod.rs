//! A dossier file extended by what was discovered, so that a person's work in it stays.
//!
//! What a person wrote is neither changed nor reordered: new tables go to the end, new names to the end of their list.
//! What was put in once and is not there any more was removed by a person and does not come back: the file remembers it
//! in its table `[drafted]`. Names in the list `ignore` are never put in.

mod additions;
mod memory;
mod people;

use std::collections::BTreeMap;

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table};

use crate::file::{self, DossierError};
use crate::from_toml;
use crate::model::{Dossier, Issue, IssueId, Merge, Party, PartyId};
use crate::words::name_key;
use additions::{add_to_list, table_of};
pub(crate) use memory::DRAFTED;
use memory::Memory;

/// The text of a dossier file with what was discovered added to it; `path` is only for messages.
///
/// Parties are known again by id and any of their names, people by id and full names, by a surname only where neither first
/// names nor parties differ, issues by id, name and terms. A second call with the same discovery changes nothing.
///
/// # Errors
/// Those of [`from_toml`] for a file that cannot be used.
///
/// # Example
/// ```
/// use rapporteur_dossier::{Dossier, Party, PartyId, extend_toml};
///
/// let vandoria = Party { id: PartyId::new("vandoria"), name: "Vandoria".into(), ..Party::default() };
/// let found = Dossier { parties: vec![vandoria], ..Dossier::default() };
/// let draft = extend_toml("# my talks\n", "dossier.toml", &found).unwrap();
/// assert!(draft.starts_with("# my talks\n\n[[party]]\nid = \"vandoria\"\nname = \"Vandoria\"\n"));
/// assert_eq!(extend_toml(&draft, "dossier.toml", &found).unwrap(), draft);
/// // what is removed stays removed
/// let removed = draft.replace("[[party]]\nid = \"vandoria\"\nname = \"Vandoria\"\n\n", "");
/// assert_eq!(extend_toml(&removed, "dossier.toml", &found).unwrap(), removed);
/// ```
pub fn extend_toml(text: &str, path: &str, discovered: &Dossier) -> Result<String, DossierError> {
    let mut text = text.to_string();
    // terms that come in may make an issue known again by more of them: until nothing more comes of it
    for _ in 0..MOST_ROUNDS {
        let new = extend_once(&text, path, discovered)?;
        if new == text {
            break;
        }
        text = new;
    }
    Ok(text)
}

/// Each round but the last adds a name or term of those discovered; two are the rule.
const MOST_ROUNDS: usize = 16;

fn extend_once(text: &str, path: &str, discovered: &Dossier) -> Result<String, DossierError> {
    let known = from_toml(text, path)?;
    let mut document: DocumentMut = text.parse().unwrap_or_default();
    let mut draft = Draft { memory: Memory::of(&document), known, new: Vec::new(), lists: Vec::new() };
    let parties = draft.parties(discovered);
    draft.people(discovered, &parties);
    draft.issues(discovered, &parties);
    draft.possible(discovered);
    for (section, id, key, words) in &draft.lists {
        if let Some(table) = table_of(&mut document, section, id) {
            add_to_list(table, key, words);
        }
    }
    let is_first = document.get("drafted").is_none();
    let mut before = if is_first { trailing(&mut document) } else { String::new() };
    for (n, (section, mut table)) in draft.new.into_iter().enumerate() {
        if n == 0 && !before.is_empty() {
            table.decor_mut().set_prefix(std::mem::take(&mut before) + "\n");
        }
        put(&mut document, section, table, isize::try_from(n).unwrap_or(0));
    }
    draft.memory.write(&mut document, &before);
    Ok(document.to_string())
}

/// Far behind every table that is there.
const LAST: isize = isize::MAX / 2;

/// What follows the last table: comments that stay where they are, before what is new.
fn trailing(document: &mut DocumentMut) -> String {
    let trailing = document.trailing().as_str().unwrap_or_default().to_string();
    document.set_trailing("");
    trailing
}

fn put(document: &mut DocumentMut, section: &'static str, mut table: Table, number: isize) {
    match document.get_mut(section) {
        Some(Item::ArrayOfTables(all)) => {
            table.set_position(Some(LAST + number));
            all.push(table);
        }
        Some(Item::Value(toml_edit::Value::Array(all))) => {
            let inline = table.into_inline_table();
            additions::push(all, toml_edit::Value::InlineTable(inline));
        }
        _ => {
            table.set_position(Some(LAST + number));
            let mut all = ArrayOfTables::new();
            all.push(table);
            document[section] = Item::ArrayOfTables(all);
        }
    }
}

/// The work on one file.
struct Draft {
    memory: Memory,
    known: Dossier,
    /// New tables with their section, in order.
    new: Vec<(&'static str, Table)>,
    /// New words for a list that is there: section, id, key, words.
    lists: Vec<(&'static str, String, &'static str, Vec<String>)>,
}

impl Draft {
    /// Adds parties; for each that was discovered the id it has in the file, if it is there.
    fn parties(&mut self, found: &Dossier) -> BTreeMap<PartyId, PartyId> {
        let mut ids = BTreeMap::new();
        let mut fresh: Vec<Party> = Vec::new();
        for party in &found.parties {
            let names: Vec<&str> = names(&party.name, &party.aliases);
            match self.known_party(party.id.as_str(), &names) {
                Some(id) => {
                    self.aliases("party", id.as_str(), &names);
                    ids.insert(party.id.clone(), id);
                }
                None if self.memory.is_record_out(&names, &self.known) => {}
                None => {
                    let id = PartyId::new(self.free_id(party.id.as_str(), &fresh));
                    ids.insert(party.id.clone(), id.clone());
                    fresh.push(Party { id, aliases: self.new_aliases(&party.aliases), ..party.clone() });
                }
            }
        }
        for mut party in fresh {
            party.part_of = party.part_of.and_then(|id| ids.get(&id).cloned());
            self.memory.names(&party.name, party.aliases.iter().map(|a| a.name.as_str()));
            self.new.push(("party", file::party_table(&party)));
            self.known.parties.push(party);
        }
        ids
    }

    fn issues(&mut self, found: &Dossier, parties: &BTreeMap<PartyId, PartyId>) {
        for issue in &found.issues {
            if let Some(id) = self.known_issue(issue) {
                self.terms(&id, issue);
            } else if !self.memory.is_issue_out(issue, &self.known) {
                let taken = |id: &str| self.known.issues.iter().any(|i| i.id.as_str() == id);
                let mut numbered = (2..).map(|n| format!("{}-{n}", issue.id));
                let own = Some(issue.id.to_string()).filter(|id| !taken(id));
                let id = own.or_else(|| numbered.find(|id| !taken(id))).unwrap_or_default();
                let new = Issue {
                    id: IssueId::new(id),
                    terms: self.new_terms(&issue.terms),
                    weak_terms: self.new_terms(&issue.weak_terms),
                    contrary_terms: self.new_terms(&issue.contrary_terms),
                    proponents: issue.proponents.iter().filter_map(|p| parties.get(p).cloned()).collect(),
                    ..issue.clone()
                };
                self.memory.issue(&new);
                self.new.push(("issue", file::issue_table(&new)));
                self.known.issues.push(new);
            }
        }
    }

    /// Pairs that may be one and are not settled: not where both are in one record by now, or one is in none.
    fn possible(&mut self, found: &Dossier) {
        for pair in &found.possible {
            let (a, b) = (self.known.who(&pair.a), self.known.who(&pair.b));
            if a.is_some() && b.is_some() && a != b {
                self.add_possible(pair.clone());
            }
        }
    }

    /// Adds a pair, unless it is there or was.
    fn add_possible(&mut self, pair: Merge) {
        let keys = |m: &Merge| {
            let mut keys = [name_key(&m.a), name_key(&m.b)];
            keys.sort();
            keys
        };
        let is_there = self.known.possible.iter().any(|m| keys(m) == keys(&pair));
        if !is_there && !self.memory.pair(&pair.a, &pair.b) {
            self.new.push(("possible", file::possible_table(&pair)));
            self.known.possible.push(pair);
        }
    }

    fn known_party(&self, id: &str, names: &[&str]) -> Option<PartyId> {
        let all = self.known.parties.iter().map(|p| (p.id.as_str(), p.name.as_str(), &p.aliases));
        best(all, id, names).and_then(|n| self.known.parties.get(n)).map(|p| p.id.clone())
    }

    /// The issue of the file that a discovered one is: by id, by name, else by half of the terms of the shorter list.
    fn known_issue(&self, found: &Issue) -> Option<IssueId> {
        let key = name_key(&found.name);
        let has = |terms: &[String], key: &str| terms.iter().any(|t| name_key(t) == key);
        let fit = |known: &Issue| {
            let own = name_key(&known.name);
            if known.id == found.id || own == key {
                return usize::MAX;
            }
            let shared = found.terms.iter().filter(|t| has(&known.terms, &name_key(t))).count();
            let shorter = found.terms.len().min(known.terms.len());
            let is_named = has(&known.terms, &key) || has(&found.terms, &own);
            if is_named || shared > 0 && shared * 2 >= shorter { shared.max(1) } else { 0 }
        };
        let scored = self.known.issues.iter().map(|i| (fit(i), i)).filter(|(fit, _)| *fit > 0);
        // of equals the first in the file
        scored.rev().max_by_key(|(fit, _)| *fit).map(|(_, i)| i.id.clone())
    }

    /// Names that no record has and that were not removed.
    fn aliases(&mut self, section: &'static str, id: &str, names: &[&str]) {
        let new: Vec<String> = names.iter().filter(|n| self.is_new_name(n)).map(|n| (*n).to_string()).collect();
        for name in &new {
            self.memory.names(name, []);
            let alias = crate::Alias { name: name.clone(), count: 0 };
            let party = self.known.parties.iter_mut().find(|p| section == "party" && p.id.as_str() == id);
            let person = self.known.people.iter_mut().find(|p| section == "person" && p.id.as_str() == id);
            party
                .map(|p| &mut p.aliases)
                .or(person.map(|p| &mut p.aliases))
                .into_iter()
                .for_each(|l| l.push(alias.clone()));
        }
        for name in names.iter().filter(|n| has_name(&self.known, n)) {
            self.memory.names(name, []);
        }
        if !new.is_empty() {
            self.lists.push((section, id.to_string(), "aliases", new));
        }
    }

    fn new_aliases(&self, aliases: &[crate::Alias]) -> Vec<crate::Alias> {
        aliases.iter().filter(|a| self.is_new_name(&a.name)).cloned().collect()
    }

    fn is_new_name(&self, name: &str) -> bool {
        !has_name(&self.known, name) && !self.memory.is_out(name, &self.known)
    }

    fn terms(&mut self, id: &IssueId, found: &Issue) {
        for (key, terms) in
            [("terms", &found.terms), ("weak_terms", &found.weak_terms), ("contrary_terms", &found.contrary_terms)]
        {
            let new = self.new_terms(terms);
            self.memory.terms(terms.iter().filter(|t| self.known.has_term(t)));
            self.memory.terms(&new);
            if new.is_empty() {
                continue;
            }
            if let Some(issue) = self.known.issues.iter_mut().find(|i| i.id == *id) {
                match key {
                    "terms" => issue.terms.extend(new.iter().cloned()),
                    "weak_terms" => issue.weak_terms.extend(new.iter().cloned()),
                    _ => issue.contrary_terms.extend(new.iter().cloned()),
                }
            }
            self.lists.push(("issue", id.to_string(), key, new));
        }
        self.memory.issue_name(&found.name);
    }

    /// Terms that no issue of the file has and that were not removed.
    fn new_terms(&self, terms: &[String]) -> Vec<String> {
        terms.iter().filter(|t| !self.known.has_term(t) && !self.memory.is_term_out(t)).cloned().collect()
    }

    fn free_id(&self, id: &str, fresh: &[Party]) -> String {
        let taken = |id: &str| {
            self.known.parties.iter().chain(fresh).any(|p| p.id.as_str() == id)
                || self.known.people.iter().any(|p| p.id.as_str() == id)
        };
        let mut numbered = (2..).map(|n| format!("{id}-{n}"));
        if taken(id) { numbered.find(|id| !taken(id)).unwrap_or_default() } else { id.to_string() }
    }
}

impl Dossier {
    /// Whether some issue has this term in one of its lists.
    pub(crate) fn has_term(&self, term: &str) -> bool {
        let key = name_key(term);
        let mut all = self.issues.iter().flat_map(|i| i.terms.iter().chain(&i.weak_terms).chain(&i.contrary_terms));
        all.any(|t| name_key(t) == key)
    }
}

/// Whether some record of the file has this name.
fn has_name(known: &Dossier, name: &str) -> bool {
    let key = name_key(name);
    let is =
        |own: &str, aliases: &[crate::Alias]| name_key(own) == key || aliases.iter().any(|a| name_key(&a.name) == key);
    known.parties.iter().any(|p| is(&p.name, &p.aliases)) || known.people.iter().any(|p| is(&p.name, &p.aliases))
}

fn names<'a>(name: &'a str, aliases: &'a [crate::Alias]) -> Vec<&'a str> {
    std::iter::once(name).chain(aliases.iter().map(|a| a.name.as_str())).collect()
}

/// The record with this id, else with the first of these names as its own or another name.
fn best<'a>(
    all: impl Iterator<Item = (&'a str, &'a str, &'a Vec<crate::Alias>)> + Clone,
    id: &str,
    names: &[&str],
) -> Option<usize> {
    let keys: Vec<String> = names.iter().map(|n| name_key(n)).collect();
    let has = |key: &String| {
        let own = all.clone().position(|(_, name, _)| name_key(name) == *key);
        own.or_else(|| all.clone().position(|(.., aliases)| aliases.iter().any(|a| name_key(&a.name) == *key)))
    };
    all.clone().position(|(own, ..)| own == id).or_else(|| keys.iter().find_map(has))
}
