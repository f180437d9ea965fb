//! Possible matches: names that may be one with an entity, and were not merged.

use std::collections::BTreeMap;

use rapporteur_dossier::{Dossier, Merge};
use serde_json::{Value, json};

use super::merged::merge;
use super::parts::fields;
use super::rows::Articles;

/// The possible matches of each entity.
pub(super) struct Possible<'d> {
    /// Id of an entity: ids, names and pairs.
    of: BTreeMap<&'d str, Vec<(&'d str, &'d str, &'d Merge)>>,
}

impl<'d> Possible<'d> {
    /// Sorts the pairs of a dossier by the entities they name; a pair of one and the same entity is none.
    pub(super) fn new(dossier: &'d Dossier) -> Self {
        let people = dossier.people.iter().map(|p| (&p.name, &p.aliases, p.id.as_str()));
        let parties = dossier.parties.iter().map(|p| (&p.name, &p.aliases, p.id.as_str()));
        let mut ids: BTreeMap<&str, (bool, &str, &str)> = BTreeMap::new();
        for (name, aliases, id) in people.chain(parties) {
            ids.insert(name, (true, id, name));
            for alias in aliases {
                let known = ids.entry(&alias.name).or_insert((false, id, name));
                // a name of its own goes before another's alias
                if !known.0 && id < known.1 {
                    *known = (false, id, name);
                }
            }
        }
        let mut of: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        for m in &dossier.possible {
            let (Some(a), Some(b)) = (ids.get(m.a.as_str()), ids.get(m.b.as_str())) else { continue };
            if a.1 != b.1 {
                of.entry(a.1).or_default().push((b.1, b.2, m));
                of.entry(b.1).or_default().push((a.1, a.2, m));
            }
        }
        Self { of }
    }

    /// The possible matches of an entity: reference and reason of each.
    pub(super) fn of(&self, articles: &Articles<'_>, id: &str) -> Value {
        let all = self.of.get(id).map_or(&[][..], Vec::as_slice);
        let value = |(id, name, m): &(&str, &str, &Merge)| {
            let mut record = fields(json!({"id": id, "name": name}));
            record.extend(fields(merge(articles, m)));
            Value::Object(record)
        };
        all.iter().map(value).collect()
    }
}
