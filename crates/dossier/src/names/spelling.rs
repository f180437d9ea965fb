//! How near two spellings are.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use rphonetic::{DaitchMokotoffSoundex, DaitchMokotoffSoundexBuilder};

use crate::words::{fold, sound_alike, sounds};

/// A name as it is compared: its letters, and how it sounds.
#[derive(Debug)]
pub(super) struct Spelling {
    letters: String,
    length: usize,
    /// How often each letter of a to z stands in it.
    bag: [u8; 26],
    /// Sounds with a `w` after a vowel silent, and spoken.
    sounds: [String; 2],
    /// Daitch-Mokotoff codes, of people's names only.
    codes: HashSet<String>,
}

/// The phonetic code of surnames written in many alphabets.
static DAITCH_MOKOTOFF: LazyLock<Option<DaitchMokotoffSoundex>> =
    LazyLock::new(|| DaitchMokotoffSoundexBuilder::default().build().ok());

/// The Daitch-Mokotoff codes of a surname: a letter group that can sound in two ways gives two.
fn codes(letters: &str) -> HashSet<String> {
    let encoder = DAITCH_MOKOTOFF.as_ref().filter(|_| letters.chars().all(|c| c.is_ascii_lowercase()));
    encoder.map_or_else(HashSet::new, |e| e.soundex(letters).split('|').map(str::to_string).collect())
}

impl Spelling {
    fn of_person(name: &str) -> Self {
        let spelling = Self::of(name);
        Self { codes: codes(&spelling.letters), ..spelling }
    }

    pub(super) fn of(name: &str) -> Self {
        let letters = letters(name);
        let sounds = [sounds(&letters, false), sounds(&letters, true)];
        let mut bag = [0u8; 26];
        for b in letters.bytes().filter(u8::is_ascii_lowercase) {
            let cell = &mut bag[usize::from(b - b'a')];
            *cell = cell.saturating_add(1);
        }
        Self { length: letters.chars().count(), letters, bag, sounds, codes: HashSet::new() }
    }

    /// How many letters of one are not in the other, both ways: an edit changes at most two.
    fn strangers(&self, other: &Self) -> usize {
        self.bag.iter().zip(&other.bag).map(|(a, b)| usize::from(a.abs_diff(*b))).sum()
    }

    fn sounds_like(&self, other: &Self) -> bool {
        self.sounds.iter().any(|a| other.sounds.iter().any(|b| a == b))
    }

    /// Whether two names may be spellings of one, and begin with one sound.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        first_sound(&self.sounds[0]) == first_sound(&other.sounds[0]) && self.alike(other)
    }

    fn alike(&self, other: &Self) -> bool {
        let shorter = self.length.min(other.length);
        if self.letters == other.letters {
            return true;
        }
        if shorter < 4 {
            return false;
        }
        let near = || strsim::jaro_winkler(&self.letters, &other.letters);
        let key = self.sounds[0].chars().count();
        // short names of people are few enough to be compared loosely
        let least = if self.codes.is_empty() { 0.6 } else { 0.45 };
        if self.sounds_like(other) && (key >= 3 || (shorter <= 5 && key >= 2 && near() >= least)) {
            return true;
        }
        if !self.codes.is_disjoint(&other.codes) && (shorter >= 7 || near() >= 0.6) {
            return true;
        }
        let most = 1 + shorter / 6;
        first_sound(&self.sounds[0]) == first_sound(&other.sounds[0])
            && self.length.abs_diff(other.length) <= most
            && self.strangers(other) <= 2 * most
            && near() >= 0.9
            && strsim::damerau_levenshtein(&self.letters, &other.letters) <= most
    }
}

/// Names that can be asked for spellings alike: sorted by their first sound, so that a name is compared with few.
#[derive(Debug, Default)]
pub(crate) struct Spellings {
    list: Vec<Spelling>,
    by_first: HashMap<Option<char>, Vec<usize>>,
    by_code: HashMap<String, Vec<usize>>,
}

impl Spellings {
    /// Single names (surnames, or names of one word).
    pub(crate) fn new<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        Self::index(names.map(Spelling::of).collect())
    }

    /// Surnames of people: they are compared by their Daitch-Mokotoff codes too.
    pub(crate) fn of_people<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        Self::index(names.map(Spelling::of_person).collect())
    }

    fn index(list: Vec<Spelling>) -> Self {
        let mut by_first: HashMap<Option<char>, Vec<usize>> = HashMap::new();
        let mut by_code: HashMap<String, Vec<usize>> = HashMap::new();
        for (i, s) in list.iter().enumerate() {
            by_first.entry(first_sound(&s.sounds[0])).or_default().push(i);
            s.codes.iter().for_each(|c| by_code.entry(c.clone()).or_default().push(i));
        }
        Self { list, by_first, by_code }
    }

    /// Numbers of the names that may be spellings of this one: they sound alike, or differ by little.
    pub(crate) fn like(&self, name: &str) -> Vec<usize> {
        let spelling = if self.by_code.is_empty() { Spelling::of(name) } else { Spelling::of_person(name) };
        self.of(&spelling, 0)
    }

    /// All pairs of names that may be spellings of one, in order, the smaller number first.
    pub(crate) fn pairs(&self) -> Vec<(usize, usize)> {
        let later = |i: usize| self.of(&self.list[i], i + 1).into_iter().map(move |j| (i, j));
        (0..self.list.len()).flat_map(later).collect()
    }

    fn of(&self, spelling: &Spelling, from: usize) -> Vec<usize> {
        let same_start = self.by_first.get(&first_sound(&spelling.sounds[0]));
        let same_code = spelling.codes.iter().filter_map(|c| self.by_code.get(c));
        let near = same_start.into_iter().chain(same_code).flatten().copied();
        let mut found: Vec<usize> = near.filter(|&j| j >= from).filter(|&j| self.list[j].alike(spelling)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// How near two names are by their letters, 0 to 1 (Jaro-Winkler).
pub(crate) fn likeness(a: &str, b: &str) -> f64 {
    strsim::jaro_winkler(&letters(a), &letters(b))
}

/// Whether two single names may be spellings of one.
#[cfg(test)]
fn alike(a: &str, b: &str) -> bool {
    !Spellings::of_people(std::iter::once(a)).like(b).is_empty()
}

/// Whether two first names may be one: equal, an initial, or alike.
pub(crate) fn first_names_agree(a: &str, b: &str) -> bool {
    let (a, b) = (letters(a), letters(b));
    a == b
        || (a.chars().count() == 1 && b.starts_with(&a))
        || (b.chars().count() == 1 && a.starts_with(&b))
        || sound_alike(&a, &b)
        || sound_alike(&soft(&a), &soft(&b))
        || strsim::jaro_winkler(&a, &b) >= 0.88
}

/// A first name with "J" written as the "Y" it is in many languages ("Jara", "Yara").
fn soft(name: &str) -> String {
    name.strip_prefix('j').map_or_else(|| name.to_string(), |rest| format!("y{rest}"))
}

fn first_sound(key: &str) -> Option<char> {
    key.chars().next()
}

fn letters(name: &str) -> String {
    fold(name).chars().filter(|c| c.is_alphabetic()).collect()
}

/// The place name a demonym is made from: whether `form` ("Bellorian", "Kessmarkers", "Norwegians" not) is `place` with
/// an ending.
pub(crate) fn demonym_of(form: &str, place: &str) -> bool {
    let (form, place) = (fold(form), fold(place));
    if form == place || place.chars().count() < 4 || form.contains(' ') || place.contains(' ') {
        return false;
    }
    let base = demonym_base(&place);
    if base.chars().count() < 3 {
        return false;
    }
    let Some(rest) = form.strip_prefix(base) else { return false };
    let rest = rest.strip_suffix('s').filter(|r| !r.is_empty()).unwrap_or(rest);
    matches!(
        rest,
        "n" | "an"
            | "ian"
            | "ean"
            | "en"
            | "er"
            | "ese"
            | "ish"
            | "ite"
            | "i"
            | "ic"
            | "ani"
            | "nian"
            | "ien"
            | "ar"
            | "yan"
            | "eian"
            | "ovian"
            | "side"
            | "man"
            | "men"
    )
}

/// Places that can be asked by their demonyms.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// Names without their last vowels: numbers of the names.
    by_base: HashMap<String, Vec<usize>>,
}

impl Places {
    /// Numbered names.
    pub(crate) fn new<'a>(names: impl Iterator<Item = (usize, &'a str)>) -> Self {
        let mut by_base: HashMap<String, Vec<usize>> = HashMap::new();
        for (i, name) in names {
            by_base.entry(demonym_base(&fold(name)).to_string()).or_default().push(i);
        }
        Self { by_base }
    }

    /// Numbers of the names that `form` may be the demonym of, in order; `key` gives a name by its number.
    pub(crate) fn of<'a>(&self, form: &str, key: impl Fn(usize) -> &'a str) -> Vec<usize> {
        let folded = fold(form);
        let ends = folded.char_indices().map(|(at, c)| at + c.len_utf8());
        let bases = ends.filter_map(|end| self.by_base.get(folded.get(..end)?));
        let mut found: Vec<usize> = bases.flatten().copied().filter(|&i| demonym_of(form, key(i))).collect();
        found.sort_unstable();
        found
    }
}

fn demonym_base(place: &str) -> &str {
    place.trim_end_matches(['a', 'e', 'i', 'o', 'u', 'y'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transliterations_and_garbled_letters_are_alike() {
        for (a, b) in [
            ("Petrenko", "Petrenco"),
            ("Vasiliev", "Wassiliew"),
            ("Orlovskyy", "Orlovskiy"),
            ("Harrowmere", "Harromere"),
            ("Zelensky", "Zelenskyy"),
            ("Zelenskyy", "Zelenskiy"),
            ("Umerov", "Umarov"),
            ("Umarov", "Omerov"),
            ("Witkoff", "Vitkov"),
            ("Vitkov", "Witkopf"),
            ("Khrushchev", "Chruschtschow"),
            ("Sybiha", "Sibiga"),
            ("Wrenfield", "Renfield"),
            ("Donbas", "Donbass"),
        ] {
            assert!(alike(a, b), "{a} {b}");
        }
        for (a, b) in [("Brandt", "Braun"), ("Marrow", "Sorrow"), ("Keller", "Miller")] {
            assert!(!alike(a, b), "{a} {b}");
        }
    }

    #[test]
    fn demonyms_are_built_from_places() {
        for (form, place) in [("Vandorians", "Vandoria"), ("Hestlanders", "Hestland"), ("Ombrian", "Ombria")] {
            assert!(demonym_of(form, place), "{form}");
        }
        assert!(!demonym_of("Vandoria", "Vandoria"));
        assert!(!demonym_of("Vander", "Vandoria"));
    }
}
