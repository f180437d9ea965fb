//! How near two spellings are.

use crate::words::{fold, sound_alike, sound_key};

/// Whether two single names (surnames, or names of one word) may be spellings of one: they sound alike, or differ by
/// little.
pub(crate) fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (letters(a), letters(b));
    let shorter = a.chars().count().min(b.chars().count());
    if a == b {
        return true;
    }
    if shorter < 4 {
        return false;
    }
    let near = strsim::jaro_winkler(&a, &b);
    let (x, y) = (sound_key(&a), sound_key(&b));
    let sounds =
        sound_alike(&a, &b) && (x.chars().count() >= 3 || (shorter <= 5 && near >= 0.45 && x.chars().count() >= 2));
    sounds
        || (near >= 0.9 && strsim::damerau_levenshtein(&a, &b) <= 1 + shorter / 6 && first_sound(&x) == first_sound(&y))
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
