//! What holds for whatever is read, checked on the examples: the records are what the contract says, and every line of
//! the brief carries a sentence that stands in the article it names. Nothing here knows what the examples say.
#![allow(clippy::disallowed_methods, reason = "tests read the examples")]

mod brief;
mod contract;
mod table;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use rapporteur::model::for_tests;
use rapporteur::report::export;
use rapporteur::{Options, Talks};
use serde_json::Value;

/// Both examples, read together and once: two talks that know nothing of one another, in one ledger.
pub(crate) fn talks() -> &'static Talks {
    static ONCE: LazyLock<Talks> = LazyLock::new(|| {
        let folders = ["harbour-strike", "river-accord"].map(|name| root().join(name).join("articles"));
        let talks = Talks::read(folders, &Options::default()).unwrap();
        assert_eq!(talks.refusals().len(), 0);
        talks
    });
    &ONCE
}

fn root() -> PathBuf {
    for_tests();
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

/// The records as a program reads them.
pub(crate) fn records() -> &'static [Value] {
    static ONCE: LazyLock<Vec<Value>> = LazyLock::new(|| {
        let mut bytes = Vec::new();
        export::jsonl(&export::rows(&talks().view()), &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    });
    &ONCE
}

/// Those of one kind.
pub(crate) fn of_kind(kind: &str) -> impl Iterator<Item = &'static Value> {
    records().iter().filter(move |record| record["kind"] == kind)
}
