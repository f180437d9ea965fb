//! How near two spellings are.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::words::{fold, sound_alike, sounds};

/// A name as it is compared: its letters, and how it sounds.
#[derive(Debug)]
struct Spelling {
    letters: String,
    length: usize,
    /// Sounds with a `w` after a vowel silent, and spoken.
    sounds: [String; 2],
}

impl Spelling {
    fn of(name: &str) -> Self {
        let letters = letters(name);
        let sounds = [sounds(&letters, false), sounds(&letters, true)];
        Self { length: letters.chars().count(), letters, sounds }
    }

    fn sounds_like(&self, other: &Self) -> bool {
        self.sounds.iter().any(|a| other.sounds.iter().any(|b| a == b))
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
        if self.sounds_like(other) && (key >= 3 || (shorter <= 5 && key >= 2 && near() >= 0.45)) {
            return true;
        }
        let most = 1 + shorter / 6;
        first_sound(&self.sounds[0]) == first_sound(&other.sounds[0])
            && self.length.abs_diff(other.length) <= most
            && near() >= 0.9
            && strsim::damerau_levenshtein(&self.letters, &other.letters) <= most
    }
}

/// Whether two single names (surnames, or names of one word) may be spellings of one: they sound alike, or differ by
/// little.
///
/// Every name is compared with every other, so what a name sounds like is worked out once and kept.
pub(crate) fn alike(a: &str, b: &str) -> bool {
    thread_local! {
        static KNOWN: RefCell<HashMap<String, Rc<Spelling>>> = RefCell::default();
    }
    /// Names kept at most, so that a long-lived process stays small.
    const MOST: usize = 50_000;
    let spelling = |name: &str| {
        KNOWN.with_borrow_mut(|known| {
            if let Some(found) = known.get(name) {
                return Rc::clone(found);
            }
            if known.len() >= MOST {
                known.clear();
            }
            let made = Rc::new(Spelling::of(name));
            known.insert(name.to_string(), Rc::clone(&made));
            made
        })
    };
    spelling(a).alike(&spelling(b))
}

/// Whether two first names may be one: equal, an initial, or alike.
pub(crate) fn first_names_agree(a: &str, b: &str) -> bool {
    let (a, b) = (letters(a), letters(b));
    a == b
        || (a.chars().count() == 1 && b.starts_with(&a))
        || (b.chars().count() == 1 && a.starts_with(&b))
        || sound_alike(&a, &b)
        || strsim::jaro_winkler(&a, &b) >= 0.88
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
    let base = place.trim_end_matches(['a', 'e', 'i', 'o', 'u', 'y']);
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
