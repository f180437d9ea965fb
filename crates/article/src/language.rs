//! The language of a text.

use whatlang::Lang;

/// The BCP 47 tag of the text's language: what its words show; where they are too few to tell, what the page or the
/// container states. "" if neither is known.
///
/// Words go before statements because templates state `en` for text of any language.
pub(crate) fn of(text: &str, stated: &str) -> String {
    let stated = normal(stated);
    let head: String = text.chars().take(4_000).collect();
    match whatlang::detect(&head) {
        Some(found) if found.is_reliable() && head.len() > 200 => {
            let tag = tag(found.lang());
            // The page may know more: `en-GB` where the words say English.
            if stated.split('-').next() == Some(tag) { stated } else { tag.to_string() }
        }
        _ if !stated.is_empty() => stated,
        Some(found) if found.is_reliable() => tag(found.lang()).to_string(),
        _ => String::new(),
    }
}

fn normal(stated: &str) -> String {
    let tag = stated.split([',', ';']).next().unwrap_or("").trim().replace('_', "-");
    let mut parts = tag.split('-');
    let Some(first) = parts.next().filter(|p| (2..=3).contains(&p.len()) && p.chars().all(|c| c.is_ascii_alphabetic()))
    else {
        return if tag.eq_ignore_ascii_case("english") { "en".to_string() } else { String::new() };
    };
    let rest = parts
        .filter(|p| !p.is_empty() && p.chars().all(|c| c.is_ascii_alphanumeric()))
        .map(|p| if p.len() == 2 { p.to_ascii_uppercase() } else { p.to_string() });
    std::iter::once(first.to_ascii_lowercase()).chain(rest).collect::<Vec<_>>().join("-")
}

/// ISO 639-1 where there is one, as BCP 47 wants it.
fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        _ => lang.code(),
    }
}

/// Whether the tag is English, or not known.
pub(crate) fn may_be_english(tag: &str) -> bool {
    tag.is_empty() || tag == "en" || tag.starts_with("en-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_go_before_statements() {
        let german = "Die Unterhändler trafen sich am Montag zum dritten Mal in Genf, um über die Zukunft des Abkommens zu sprechen. \
                      Der Minister sagte, man sei noch weit voneinander entfernt, aber man werde weiter reden.";
        assert_eq!(of(german, "en"), "de");
        assert_eq!(of("Talks resumed.", "en_gb"), "en-GB");
        assert_eq!(of("Talks.", ""), "");
    }
}
