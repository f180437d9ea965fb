//! What is run on bytes from outside, by the test beside it and by the target in `fuzz/`: it may not panic.

use rapporteur_dossier::{from_toml, to_toml};

/// Any words of a dossier file: an error with a place inside the file, or a dossier that can be written and read again.
pub(crate) fn any_dossier(text: &str) -> bool {
    match from_toml(text, "d.toml") {
        Err(error) => {
            assert!(error.line() >= 1 && error.column() >= 1, "{error}");
            assert!(error.line() <= text.lines().count() + 1, "{error}");
            assert!(error.to_string().starts_with("failed to read dossier `d.toml` at line "), "{error}");
            false
        }
        Ok(dossier) => {
            let written = to_toml(&dossier);
            let again = from_toml(&written, "d.toml").unwrap_or_else(|error| panic!("{error} in\n{written}"));
            assert_eq!(again, dossier, "{written}");
            true
        }
    }
}
