//! Whatever is in a `dossier.toml`, reading it ends in a dossier or in an error with its place.

mod fuzzed;

use proptest::prelude::*;

/// A dossier with everything that may stand in one.
const WHOLE: &str = r#"name = "Halver mills"

[[party]]
id = "owners"
name = "The owners"
aliases = ["mill owners", "Owners' Bench"]
qid = "Q1"
merges = [
  { a = "mill owners", b = "the owners", reason = "same head noun", by = "names.head.v1" },
]

[[party]]
name = "Halver"
sort = "place"
part_of = "owners"

[[person]]
name = "Ada Brok"
aliases = ["Brök"]
party = "owners"

[[issue]]
id = "pay"
name = "pay"
proposition = "pay is raised"
terms = ["wages", "nine percent"]
"#;

fn piece() -> impl Strategy<Value = String> {
    let words = [
        "[[party]]\n",
        "[party]\n",
        "[[person]]\n",
        "[[issue]]\n",
        "[[possible]]\n",
        "name = \"Ombria\"\n",
        "name = 7\n",
        "id = \"\"\n",
        "id = \"a b\"\n",
        "sort = \"place\"\n",
        "party = \"ombria\"\n",
        "part_of = \"ombria\"\n",
        "terms = [\"duty\", 3]\n",
        "merges = [{ a = \"x\" }]\n",
        "aliases = []\n",
        "name = \"\"\n",
        "=\n",
        "\"\"\"",
        "name = '''\n",
        "name = \"\\u0000\"\n",
        "name = \"é\u{301}日本\"\n",
        "[a.b.c]\n",
        "# note\n",
        "\u{feff}",
        "\r\n",
    ];
    prop_oneof![6 => prop::sample::select(words.to_vec()).prop_map(str::to_string), 1 => "\\PC{0,12}"]
}

#[test]
fn the_example_is_a_dossier() {
    assert!(fuzzed::any_dossier(WHOLE));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn any_words(text in any::<String>()) {
        fuzzed::any_dossier(&text);
    }

    #[test]
    fn any_pieces(pieces in proptest::collection::vec(piece(), 0..20)) {
        fuzzed::any_dossier(&pieces.concat());
    }

    #[test]
    fn a_dossier_with_a_character_changed(at in any::<prop::sample::Index>(), new in any::<char>(), piece in piece()) {
        let places: Vec<usize> = WHOLE.char_indices().map(|(at, _)| at).collect();
        let (before, after) = WHOLE.split_at(*at.get(&places));
        fuzzed::any_dossier(&format!("{before}{new}{}", after.chars().skip(1).collect::<String>()));
        fuzzed::any_dossier(&format!("{before}{piece}{after}"));
        fuzzed::any_dossier(before);
    }
}
