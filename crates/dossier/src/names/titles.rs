//! Titles before people's names: what is no part of the name, and what tells of an office.

use std::collections::HashSet;
use std::sync::LazyLock;

use rapporteur_text::Span;

use crate::lexicon::rows;
use crate::words::{clean_name, fold, stem};

fn list(sort: &'static str) -> HashSet<&'static str> {
    let all = rows(include_str!("../../lexicons/bodies.tsv")).filter(move |r| r.first() == Some(&sort));
    all.flat_map(|r| r.get(1).copied().unwrap_or("").split_whitespace()).collect()
}

static OFFICES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| list("title"));
static COURTESY: LazyLock<HashSet<&'static str>> = LazyLock::new(|| list("courtesy"));
static FIELDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| list("field"));

/// Names of one office, in stems, the first standing for all.
static SAME: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    let all = rows(include_str!("../../lexicons/bodies.tsv")).filter(|r| r.first() == Some(&"office"));
    all.map(|r| r.get(1).copied().unwrap_or("").split_whitespace().map(stem).collect()).collect()
});
/// Stems of titles that tell of no office: those that only say which, and those that people of any office may have.
static NO_OFFICE: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let beside = list("beside");
    FIELDS.iter().chain(beside.iter()).copied().chain(["former", "late"]).map(stem).collect()
});

/// The office that the stem of a title names; nothing where another office can go with it ("negotiator"), or where it only
/// says which ("deputy", "foreign").
pub(super) fn office(stem: &str) -> Option<String> {
    let same = SAME.iter().find(|row| row.iter().any(|s| s == stem)).and_then(|row| row.first());
    // "Justice Weld" is a judge, though "justice" is the field of a minister
    same.cloned().or_else(|| (!NO_OFFICE.contains(stem)).then(|| stem.to_string()))
}

fn plain(word: &str) -> String {
    fold(word).trim_end_matches('.').to_string()
}

/// Whether a word is a title that stands before names.
pub(crate) fn is_title(word: &str) -> bool {
    let word = plain(word);
    OFFICES.contains(word.as_str()) || COURTESY.contains(word.as_str())
}

/// Whether words name only the field of an office ("the minister of finance"), no body.
pub(super) fn is_field(words: &str) -> bool {
    words.split(' ').all(|w| FIELDS.contains(plain(w).as_str()))
}

/// A person's name without articles and titles before it ("Deputy Finance Minister Ana Weld", "Ms Weld").
pub(crate) fn title_free(name: &str) -> String {
    let clean = clean_name(name);
    let mut words: Vec<&str> = clean.split_whitespace().collect();
    while words.len() > 1 {
        // the field of an office counts only before the office
        let fields = words.iter().take_while(|w| FIELDS.contains(plain(w).as_str())).count();
        let office = |n: &usize| n + 1 < words.len() && is_title(words[*n]);
        let Some(last) = (0..=fields).rev().find(office) else { break };
        words.drain(..=last);
    }
    words.join(" ")
}

/// A name with what stands before it in the text as its titles ("Major General Ana Weld", "president Weld", "the Weld
/// woman" without its article), and the stems of the offices among them.
pub(super) fn titled(text: &str, span: Span) -> Option<(String, Vec<String>)> {
    let name = clean_name(span.slice(text));
    if name.is_empty() {
        return None;
    }
    let before = text.get(..span.start())?;
    if let Some(person) = woman(before, text.get(span.end()..)?) {
        return Some((format!("{name} {person}"), Vec::new()));
    }
    let line = before.rsplit('\n').next()?;
    let words: Vec<&str> = line.strip_suffix(' ')?.rsplit(' ').take(MOST).collect();
    let mut titles: Vec<&str> = Vec::new();
    for word in words {
        let bare = word.trim_start_matches(['“', '"', '(', '‘']);
        let fits =
            if titles.is_empty() { is_title(bare) } else { is_title(bare) || FIELDS.contains(plain(bare).as_str()) };
        if !fits {
            break;
        }
        titles.insert(0, bare);
        if bare != word {
            break;
        }
    }
    // who was something once is not called so
    while titles.first().is_some_and(|w| matches!(plain(w).as_str(), "former" | "late" | "then")) {
        titles.remove(0);
    }
    let offices = titles.iter().map(|w| plain(w)).filter(|w| OFFICES.contains(w.as_str()) && w.len() > 2);
    let offices = offices.map(|w| stem(&w)).collect();
    (!titles.is_empty()).then(|| (format!("{} {name}", titles.join(" ")), offices))
}

/// Most words of a title.
const MOST: usize = 4;

/// "the Weld woman": a surname before a plain word for a person.
fn woman(before: &str, after: &str) -> Option<&'static str> {
    let pointed = before.ends_with("the ") || before.ends_with("The ") || before.ends_with("that ");
    let word = |w: &&str| {
        let rest = after.strip_prefix(' ').and_then(|a| a.strip_prefix(*w));
        rest.is_some_and(|r| !r.starts_with(char::is_alphanumeric))
    };
    ["woman", "man", "lady"].into_iter().find(|w| pointed && word(w))
}

/// Whether a form is a name with a plain word for a person behind it, as [`titled`] writes it.
pub(super) fn without_woman(form: &str) -> &str {
    [" woman", " man", " lady"].iter().find_map(|w| form.strip_suffix(w)).unwrap_or(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn called(text: &str, name: &str) -> Option<String> {
        let at = text.find(name).unwrap();
        titled(text, Span::of(text, at..at + name.len()).unwrap()).map(|t| t.0)
    }

    #[test]
    fn titles_of_several_words_are_no_part_of_a_name() {
        for name in
            ["Deputy Foreign Minister Ana Weld", "Major General Ana Weld", "Mister Ana Weld", "the Baron Ana Weld"]
        {
            assert_eq!(title_free(name), "Ana Weld", "{name}");
        }
        // a field without an office is a name
        assert_eq!(title_free("Justice Ana"), "Ana");
        assert_eq!(title_free("Trade Weld"), "Trade Weld");
        assert_eq!(title_free("General"), "General");
    }

    #[test]
    fn a_name_is_called_with_all_its_titles() {
        assert_eq!(
            called("He met Deputy Foreign Minister Ana Weld.", "Ana Weld").unwrap(),
            "Deputy Foreign Minister Ana Weld"
        );
        assert_eq!(called("They told president Weld no.", "Weld").unwrap(), "president Weld");
        assert_eq!(called("It was the Weld woman again.", "Weld").unwrap(), "Weld woman");
        assert_eq!(called("It was former Mayor Weld.", "Weld").unwrap(), "Mayor Weld");
        assert_eq!(called("It was Harbour Weld.", "Weld"), None);
        assert_eq!(called("On trade Weld was silent.", "Weld"), None);
    }
}
