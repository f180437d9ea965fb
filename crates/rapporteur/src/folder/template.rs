//! The dossier file that a new folder gets.

/// All of it is comment: until something is named here, parties, people and issues are discovered from what is kept.
pub(super) const DOSSIER: &str = r#"# What this negotiation is. While nothing is named here, parties, people and issues are discovered anew from all that is
# kept; `rapporteur discover` writes what it found into this file, and from then on the file decides. Running it again
# adds what came up since and changes nothing that stands here. Everything may be edited.
#
# name = "Talks on the river"
#
# [[party]]
# name = "Ulmara"
# aliases = ["Ostrel", "the delta government"]     # capitals, seats, demonyms, acronyms, spellings
#
# [[person]]
# name = "Joss Okaran"
# party = "ulmara"                                 # the id of a party: its name in lower case, joined by hyphens
#
# [[issue]]
# name = "flow"
# proposition = "a guaranteed summer flow"         # what is done if "for" wins
# terms = ["flow", "flow quota"]                   # words that decide; `weak_terms` only help, `contrary_terms` turn it round
"#;

#[cfg(test)]
mod tests {
    #[test]
    fn it_is_a_dossier_with_and_without_its_comment_marks() {
        let empty = rapporteur_dossier::from_toml(super::DOSSIER, "dossier.toml").unwrap();
        assert_eq!(empty, rapporteur_dossier::Dossier::default());
        let lines = super::DOSSIER.lines().skip(4).map(|l| l.trim_start_matches("# ").trim_start_matches('#'));
        let filled = rapporteur_dossier::from_toml(&lines.collect::<Vec<_>>().join("\n"), "dossier.toml").unwrap();
        assert_eq!((filled.parties.len(), filled.people.len(), filled.issues.len()), (1, 1, 1));
    }
}
