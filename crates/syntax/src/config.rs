//! What a model package says of itself: `config.cfg` and `meta.json`.

use std::collections::HashMap;

use serde_json::Value as Json;

use crate::{Error, Package};

const CONFIG: &str = "config.cfg";
const META: &str = "meta.json";

/// Components this runtime has, in the order it runs them. `senter` is allowed only where it is switched off.
const COMPONENTS: [&str; 6] = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"];

/// What must stand in the configuration: section, key, value as written.
const EXPECTED: [(&str, &str, &str); 10] = [
    ("nlp", "lang", "\"en\""),
    ("components.lemmatizer", "mode", "\"rule\""),
    ("components.lemmatizer", "overwrite", "false"),
    ("components.parser.model", "state_type", "\"parser\""),
    ("components.parser.model", "use_upper", "true"),
    ("components.ner.model", "state_type", "\"ner\""),
    ("components.ner.model", "use_upper", "true"),
    ("components.tok2vec.model.encode", "@architectures", "\"spacy.MaxoutWindowEncoder.v2\""),
    ("components.tok2vec.model.encode", "window_size", "1"),
    ("components.ner.model.tok2vec.encode", "window_size", "1"),
];

/// Checks that the pipeline is one this runtime can run, and gives its name and version (`en_core_web_md 3.8.0`).
pub(crate) fn check(package: &Package) -> Result<String, Error> {
    let sections = sections(package.need_text(CONFIG)?);
    let get = |section: &str, key: &str| sections.get(section).and_then(|s| s.get(key)).map(String::as_str);
    let list = |key: &str| -> Vec<String> {
        get("nlp", key).and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
    };
    let off = list("disabled");
    let runs: Vec<String> = list("pipeline").into_iter().filter(|name| !off.contains(name)).collect();
    if runs != COMPONENTS {
        let (expected, found) = (COMPONENTS.join(", "), runs.join(", "));
        return Err(Error::unsupported(CONFIG, format!("expected the components {expected}, found {found}")));
    }
    for (section, key, expected) in EXPECTED {
        let found = get(section, key).unwrap_or("nothing");
        if found != expected {
            let what = format!("expected `{key} = {expected}` in [{section}], found `{found}`");
            return Err(Error::unsupported(CONFIG, what));
        }
    }
    let meta: Json = serde_json::from_str(package.need_text(META)?).map_err(|e| Error::damaged(META, e.to_string()))?;
    let text = |key: &str| meta.get(key).and_then(Json::as_str).unwrap_or("?").to_owned();
    Ok(format!("{}_{} {}", text("lang"), text("name"), text("version")))
}

fn sections(config: &str) -> HashMap<&str, HashMap<&str, String>> {
    let mut sections: HashMap<&str, HashMap<&str, String>> = HashMap::new();
    let mut section = "";
    for line in config.lines() {
        let line = line.trim();
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            section = name;
        } else if let Some((key, value)) = line.split_once('=') {
            sections.entry(section).or_default().insert(key.trim(), value.trim().to_owned());
        }
    }
    sections
}
