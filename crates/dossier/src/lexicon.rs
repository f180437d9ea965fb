//! Readers of the lists in `lexicons/`.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use crate::words::{name_key, phrase_key, stem};

/// Rows of a tab-separated list, comments and empty lines left out.
pub(crate) fn rows(file: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    file.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).map(|l| l.split('\t').collect())
}

fn parts(cell: Option<&&'static str>) -> impl Iterator<Item = &'static str> {
    cell.copied().unwrap_or("").split('|').map(str::trim).filter(|p| !p.is_empty())
}

/// How a name stands for a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NameSort {
    /// The party itself.
    Name,
    /// Its people or the adjective.
    Demonym,
    /// A capital or building: stands for the party only where it acts.
    Seat,
}

/// Names of countries and bodies by key: what they stand for, and how.
pub(crate) struct Gazetteer {
    by_key: HashMap<String, (&'static str, NameSort)>,
}

impl Gazetteer {
    /// What a name stands for.
    pub(crate) fn find(&self, key: &str) -> Option<(&'static str, NameSort)> {
        self.by_key.get(key).copied()
    }
}

/// Countries of the world with capitals and demonyms, and seats and bodies of our own list.
pub(crate) static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| {
    let mut by_key = HashMap::new();
    let mut put = |name: &str, party: &'static str, sort: NameSort| {
        let key = name_key(name);
        if key.chars().count() > 1 {
            by_key.entry(key).or_insert((party, sort));
        }
    };
    // our own list comes first: it corrects the other
    for row in rows(include_str!("../lexicons/seats.tsv")) {
        if let [name, party, sort] = row[..] {
            let sort = match sort {
                "name" => NameSort::Name,
                "demonym" => NameSort::Demonym,
                _ => NameSort::Seat,
            };
            put(name, party, sort);
        }
    }
    let countries: Vec<Vec<&'static str>> = rows(include_str!("../lexicons/countries.tsv")).collect();
    for row in &countries {
        let Some(&common) = row.get(1) else { continue };
        put(common, common, NameSort::Name);
        parts(row.get(2)).chain(parts(row.get(5))).for_each(|n| put(n, common, NameSort::Name));
    }
    for row in &countries {
        let Some(&common) = row.get(1) else { continue };
        for demonym in parts(row.get(4)) {
            put(demonym, common, NameSort::Demonym);
            put(&format!("{demonym}s"), common, NameSort::Demonym);
        }
    }
    for row in &countries {
        let Some(&common) = row.get(1) else { continue };
        parts(row.get(3)).for_each(|n| put(n, common, NameSort::Seat));
    }
    Gazetteer { by_key }
});

/// A family of matters of one kind of talks.
pub(crate) struct Family {
    /// Kind of talks.
    pub(crate) kind: &'static str,
    /// Name where the texts give none.
    pub(crate) name: &'static str,
    /// Phrase keys with how far each may found an issue (1 fully, 0.35 not at all).
    pub(crate) terms: Vec<(String, f32)>,
    /// Phrase keys that mean the contrary.
    pub(crate) contrary: Vec<String>,
}

/// Weight of a term that is too common to found an issue.
pub(crate) const WEAK: f32 = 0.35;

/// All families of all kinds.
pub(crate) static FAMILIES: LazyLock<Vec<Family>> = LazyLock::new(|| {
    let files = [
        ("arms", include_str!("../lexicons/taxonomy-arms.tsv")),
        ("company", include_str!("../lexicons/taxonomy-company.tsv")),
        ("energy", include_str!("../lexicons/taxonomy-energy.tsv")),
        ("environment", include_str!("../lexicons/taxonomy-environment.tsv")),
        ("finance", include_str!("../lexicons/taxonomy-finance.tsv")),
        ("health", include_str!("../lexicons/taxonomy-health.tsv")),
        ("labour", include_str!("../lexicons/taxonomy-labour.tsv")),
        ("maritime", include_str!("../lexicons/taxonomy-maritime.tsv")),
        ("migration", include_str!("../lexicons/taxonomy-migration.tsv")),
        ("peace", include_str!("../lexicons/taxonomy-peace.tsv")),
        ("politics", include_str!("../lexicons/taxonomy-politics.tsv")),
        ("technology", include_str!("../lexicons/taxonomy-technology.tsv")),
        ("trade", include_str!("../lexicons/taxonomy-trade.tsv")),
    ];
    let mut families = Vec::new();
    for (kind, file) in files {
        for row in rows(file) {
            let Some(&name) = row.get(1) else { continue };
            let mut terms: BTreeMap<String, f32> = BTreeMap::new();
            for term in parts(row.get(2)) {
                let (words, weight) = match term.strip_suffix('?') {
                    Some(words) => (words, WEAK),
                    None => (term, 1.0),
                };
                terms.insert(phrase_key(words), weight);
            }
            let contrary = parts(row.get(3)).map(phrase_key).collect();
            families.push(Family { kind, name, terms: terms.into_iter().collect(), contrary });
        }
    }
    families
});

/// Stems of words that name no matter by themselves.
pub(crate) static GENERIC: LazyLock<HashSet<String>> = LazyLock::new(|| {
    rows(include_str!("../lexicons/generic.tsv")).flatten().flat_map(str::split_whitespace).map(stem).collect()
});

/// Stems of words for the talks themselves and for the whole of what they are about.
pub(crate) static PROCEDURES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    rows(include_str!("../lexicons/procedures.tsv")).flatten().flat_map(str::split_whitespace).map(stem).collect()
});

/// Stems of words for what is on offer, not for what it is about.
pub(crate) static OFFERED: LazyLock<HashSet<String>> = LazyLock::new(|| {
    rows(include_str!("../lexicons/offered.tsv")).flatten().flat_map(str::split_whitespace).map(stem).collect()
});

/// Stems of words for people and bodies that a matter before them only describes ("crane drivers", "trade minister").
pub(crate) static AGENTS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    rows(include_str!("../lexicons/agents.tsv")).flatten().flat_map(str::split_whitespace).map(stem).collect()
});

/// Where a word that turns a matter round must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turning {
    /// A few words before or after.
    Near,
    /// Just before.
    Before,
    /// Just after.
    After,
}

/// Stems of words that turn a matter round.
pub(crate) static TURNING: LazyLock<HashMap<String, Turning>> = LazyLock::new(|| {
    rows(include_str!("../lexicons/directions.tsv"))
        .filter_map(|r| {
            let place = match *r.get(1)? {
                "before" => Turning::Before,
                "after" => Turning::After,
                _ => Turning::Near,
            };
            Some((stem(r.first()?), place))
        })
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_demonyms_and_short_names_are_known() {
        assert_eq!(GAZETTEER.find("kyiv"), Some(("Ukraine", NameSort::Seat)));
        assert_eq!(GAZETTEER.find("norwegians"), Some(("Norway", NameSort::Demonym)));
        assert_eq!(GAZETTEER.find("us"), Some(("United States", NameSort::Name)));
        assert_eq!(GAZETTEER.find("kremlin"), Some(("Russia", NameSort::Seat)));
        assert_eq!(GAZETTEER.find("brussels"), Some(("European Union", NameSort::Seat)));
        assert_eq!(GAZETTEER.find("atlantis"), None);
    }

    #[test]
    fn every_family_can_found_an_issue() {
        for family in FAMILIES.iter() {
            assert!(family.terms.iter().any(|t| t.1 >= 1.0), "{}", family.name);
        }
    }
}
