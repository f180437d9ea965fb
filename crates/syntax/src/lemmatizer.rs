//! The rule lemmatizer (spacy/pipeline/lemmatizer.py and spacy/lang/en/lemmatizer.py).

use std::collections::{HashMap, HashSet};

use smol_str::SmolStr;

use crate::hash::string_id;
use crate::msgpack::Value;
use crate::{Error, Package, unicode};

const FILE: &str = "lemmatizer/lookups/lookups.bin";

/// Tables of one part of speech.
#[derive(Debug, Default)]
struct Table {
    /// Suffixes and what takes their place, in order.
    rules: Vec<(SmolStr, SmolStr)>,
    exceptions: HashMap<SmolStr, Vec<SmolStr>>,
    index: HashSet<SmolStr>,
}

/// The lemmatizer of a model.
#[derive(Debug)]
pub(crate) struct Lemmatizer {
    /// By the id of the part of speech in lower case.
    tables: HashMap<u64, Table>,
}

impl Lemmatizer {
    pub(crate) fn load(package: &Package) -> Result<Self, Error> {
        let value = Value::read(package.need(FILE)?).map_err(|what| Error::damaged(FILE, what))?;
        let malformed = |name: &str| Error::damaged(FILE, format!("`{name}` is missing or malformed"));
        let mut tables: HashMap<u64, Table> = HashMap::new();
        for name in ["lemma_rules", "lemma_exc", "lemma_index"] {
            for (pos, items) in value.get(name).and_then(Value::map).ok_or_else(|| malformed(name))? {
                let table = tables.entry(pos.uint().ok_or_else(|| malformed(name))?).or_default();
                table.fill(name, items).ok_or_else(|| malformed(name))?;
            }
        }
        Ok(Self { tables })
    }

    /// Lemma of a form, given its lower case, universal tag and features (`Number=Sing|Person=3`).
    pub(crate) fn lemma(&self, text: &SmolStr, lower: &SmolStr, pos: &str, morph: &str) -> SmolStr {
        let pos = pos.to_ascii_lowercase();
        if matches!(pos.as_str(), "" | "eol" | "space") || is_base_form(&pos, morph) {
            return lower.clone();
        }
        match self.tables.get(&string_id(&pos)) {
            Some(table) if !table.is_empty() => table.lemma(text, lower),
            _ if pos == "propn" => text.clone(),
            _ => lower.clone(),
        }
    }
}

impl Table {
    fn fill(&mut self, name: &str, items: &Value<'_>) -> Option<()> {
        let text = |value: &Value<'_>| value.text().map(SmolStr::new);
        match name {
            "lemma_rules" => {
                for pair in items.array()? {
                    let [old, new] = pair.array()? else { return None };
                    self.rules.push((text(old)?, text(new)?));
                }
            }
            "lemma_exc" => {
                for (form, lemmas) in items.map()? {
                    let lemmas = lemmas.array()?.iter().map(text).collect::<Option<_>>()?;
                    self.exceptions.insert(text(form)?, lemmas);
                }
            }
            _ => {
                let words = items.array()?;
                self.index.reserve(words.len());
                for word in words {
                    self.index.insert(text(word)?);
                }
            }
        }
        Some(())
    }

    fn is_empty(&self) -> bool {
        self.rules.is_empty() && self.exceptions.is_empty() && self.index.is_empty()
    }

    /// The last exception, else the last form by rule that the index holds, else the first by rule that is no word, else
    /// the first by rule at all, else the form itself as written.
    fn lemma(&self, text: &SmolStr, lower: &SmolStr) -> SmolStr {
        let mut forms: Vec<SmolStr> = Vec::new();
        let mut others: Vec<SmolStr> = Vec::new();
        for (old, new) in &self.rules {
            let Some(stem) = lower.strip_suffix(old.as_str()) else { continue };
            let form = SmolStr::from_iter([stem, new.as_str()]);
            if form.is_empty() {
                continue;
            }
            if self.index.contains(&form) {
                forms.insert(0, form);
            } else if !form.chars().all(unicode::is_alpha) {
                forms.push(form);
            } else {
                others.push(form);
            }
        }
        // Each exception goes in front of the one before it.
        for form in self.exceptions.get(lower).into_iter().flatten() {
            if !forms.contains(form) {
                forms.insert(0, form.clone());
            }
        }
        forms.into_iter().chain(others).next().unwrap_or_else(|| text.clone())
    }
}

/// Whether the features say that a form is its own lemma.
fn is_base_form(pos: &str, morph: &str) -> bool {
    let feature = |name: &str| morph.split('|').filter_map(|f| f.split_once('=')).find(|f| f.0 == name).map(|f| f.1);
    match pos {
        "noun" if feature("Number") == Some("Sing") => true,
        "verb" if feature("VerbForm") == Some("Inf") => true,
        "verb"
            if feature("VerbForm") == Some("Fin")
                && feature("Tense") == Some("Pres")
                && feature("Number").is_none() =>
        {
            true
        }
        _ => matches!(feature("VerbForm"), Some("Inf" | "None")) || feature("Degree") == Some("Pos"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noun() -> Table {
        Table {
            rules: vec![("s".into(), "".into()), ("ses".into(), "s".into()), ("ies".into(), "y".into())],
            exceptions: [("geese".into(), vec!["goose".into()])].into_iter().collect(),
            index: ["party", "bus"].into_iter().map(SmolStr::from).collect(),
        }
    }

    fn lemma(form: &str) -> String {
        noun().lemma(&form.into(), &form.to_lowercase().into()).to_string()
    }

    #[test]
    fn forms_in_the_index_go_first() {
        assert_eq!(lemma("Parties"), "party");
        assert_eq!(lemma("buses"), "bus");
        assert_eq!(lemma("geese"), "goose");
        // Of two forms in the index the later rule's goes first.
        let table = Table {
            rules: vec![("s".into(), "".into()), ("ies".into(), "y".into())],
            index: ["cookie", "cooky"].into_iter().map(SmolStr::from).collect(),
            ..Table::default()
        };
        assert_eq!(table.lemma(&"cookies".into(), &"cookies".into()), "cooky");
    }

    #[test]
    fn unknown_forms_take_the_first_rule_or_stay_as_written() {
        assert_eq!(lemma("oblasts"), "oblast");
        assert_eq!(lemma("Donbas"), "donba");
        assert_eq!(lemma("Rada"), "Rada");
    }
}
