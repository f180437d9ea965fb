//! Words as names and matters are compared: folded, stemmed, turned into slugs.

/// A letter without its diacritic, lower case; letters outside Latin stay as they are.
fn fold_char(c: char, out: &mut String) {
    let plain = match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'À'..='Å' | 'Ā' | 'Ă' | 'Ą' => "a",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' | 'Ç' | 'Ć' | 'Č' => "c",
        'ď' | 'đ' | 'ð' | 'Ď' | 'Đ' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'È'..='Ë' | 'Ē' | 'Ě' => "e",
        'ğ' | 'ģ' | 'Ğ' => "g",
        'ì'..='ï' | 'ī' | 'į' | 'ı' | 'Ì'..='Ï' | 'Ī' | 'İ' => "i",
        'ł' | 'ľ' | 'ļ' | 'Ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' | 'Ñ' | 'Ń' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ő' | 'Ò'..='Ö' | 'Ø' | 'Ō' => "o",
        'ř' | 'ŕ' | 'Ř' => "r",
        'ś' | 'ş' | 'š' | 'ș' | 'Ś' | 'Ş' | 'Š' => "s",
        'ţ' | 'ť' | 'ț' | 'Ţ' => "t",
        'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'ų' | 'Ù'..='Ü' | 'Ū' => "u",
        'ý' | 'ÿ' | 'Ý' => "y",
        'ź' | 'ż' | 'ž' | 'Ź' | 'Ż' | 'Ž' => "z",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ß' => "ss",
        'þ' | 'Þ' => "th",
        '’' | '‘' | 'ʼ' => "'",
        '‐' | '‑' => "-",
        _ => {
            out.extend(c.to_lowercase());
            return;
        }
    };
    out.push_str(plain);
}

/// Lower case without diacritics, with plain apostrophes and hyphens.
pub(crate) fn fold(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        fold_char(c, &mut out);
    }
    out
}

/// The slug of a name: folded words joined by hyphens.
pub(crate) fn slug(name: &str) -> String {
    let folded = fold(name);
    let folded = folded.replace('\'', "");
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    words.join("-")
}

/// A name as it is kept: white space collapsed, article and possessive off.
pub(crate) fn clean_name(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let mut words = words.join(" ");
    for article in ["The ", "the ", "A ", "a ", "An ", "an "] {
        if let Some(rest) = words.strip_prefix(article)
            && !rest.is_empty()
        {
            words = rest.to_string();
            break;
        }
    }
    for possessive in ["'s", "’s"] {
        if let Some(rest) = words.strip_suffix(possessive) {
            words = rest.to_string();
        }
    }
    words.trim_matches(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | ')' | '\'' | '’'))).to_string()
}

/// The key under which spellings of one name are one: folded, article, possessive and punctuation off.
pub(crate) fn name_key(name: &str) -> String {
    let folded = fold(&clean_name(name));
    let words: Vec<String> = folded
        .split_whitespace()
        .map(|w| w.trim_end_matches("'s").trim_matches(|c: char| !(c.is_alphanumeric() || c == '.')).to_string())
        .filter(|w| !w.is_empty())
        .collect();
    let key = words.join(" ");
    // initials with and without full stops are one
    if key.contains('.') && key.split('.').all(|p| p.chars().count() <= 1) { key.replace('.', "") } else { key }
}

/// The number-free form of an English noun, lower case: plural endings off. Other words come back folded.
pub(crate) fn stem(word: &str) -> String {
    let mut w = fold(word);
    for possessive in ["'s", "'"] {
        if let Some(rest) = w.strip_suffix(possessive) {
            w = rest.to_string();
        }
    }
    let n = w.len();
    if n > 4 && w.ends_with("ies") {
        w.truncate(n - 3);
        w.push('y');
    } else if n > 4 && ["sses", "xes", "ches", "shes"].iter().any(|e| w.ends_with(e)) {
        w.truncate(n - 2);
    } else if n > 3 && w.ends_with('s') && !["ss", "us", "is", "news"].iter().any(|e| w.ends_with(e)) {
        w.truncate(n - 1);
    }
    w
}

/// A word of a text: its bytes and its stem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// First byte, counted in the text the words were taken from.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
    /// The stem.
    pub(crate) stem: String,
}

/// The words of a stretch of text that begins at byte `offset`. Hyphens and full stops inside a word hold it together.
pub(crate) fn words(text: &str, offset: usize) -> Vec<Word> {
    let mut out = Vec::new();
    let mut start: Option<usize> = None;
    let bytes = text.len();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, n)| n);
        let joins = matches!(c, '-' | '.' | '\'' | '’' | '&' | '‑')
            && start.is_some()
            && next.is_some_and(char::is_alphanumeric)
            && !(c == '.' && next.is_some_and(char::is_uppercase) && !initials(&text[start.unwrap_or(at)..at]));
        if c.is_alphanumeric() || joins {
            start.get_or_insert(at);
        } else if let Some(s) = start.take() {
            push(&mut out, text, s, at, offset);
        }
    }
    if let Some(s) = start {
        push(&mut out, text, s, bytes, offset);
    }
    out
}

fn initials(part: &str) -> bool {
    part.rsplit('.').next().is_some_and(|w| w.chars().count() == 1)
}

fn push(out: &mut Vec<Word>, text: &str, start: usize, end: usize, offset: usize) {
    let Some(w) = text.get(start..end) else { return };
    let mut found = number_stem(&stem(w));
    let mut from = start + offset;
    if found == "cent" && out.last().is_some_and(|l| l.stem == "per") {
        from = out.pop().map_or(from, |l| l.start);
        found = "percent".into();
    }
    out.push(Word { start: from, end: end + offset, stem: found });
}

/// Number words as digits, so that "twelve percent" is "12 percent".
fn number_stem(stem: &str) -> String {
    const NUMBERS: [&str; 21] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let small = |word: &str| NUMBERS.iter().position(|n| *n == word);
    let ten = |word: &str| TENS.iter().position(|n| *n == word).map(|n| 10 * (n + 2));
    let whole = || small(stem).filter(|&n| n > 1).or_else(|| ten(stem));
    // "twenty-four"
    let joined = || {
        let (tens, ones) = stem.split_once('-')?;
        Some(ten(tens)? + small(ones).filter(|n| (1..10).contains(n))?)
    };
    whole().or_else(joined).map_or_else(|| stem.to_string(), |n| n.to_string())
}

/// What is left of a word without the ending that makes a noun of a verb or the other way round, so that "inspect",
/// "inspection" and "inspector" meet; `None` where too little would be left to tell words apart.
pub(crate) fn root(word: &str) -> Option<&str> {
    const ENDINGS: [&str; 22] = [
        "isation", "ization", "ation", "ition", "ement", "ment", "ance", "ence", "ator", "ing", "ion", "ate", "ise",
        "ize", "ers", "al", "er", "or", "ed", "ee", "en", "e",
    ];
    /// Fewest letters that tell words apart.
    const LEAST: usize = 5;
    if !word.chars().all(|c| c.is_ascii_lowercase()) {
        return None;
    }
    let base = ENDINGS.iter().find_map(|e| word.strip_suffix(e).filter(|r| r.len() >= LEAST)).unwrap_or(word);
    let base = base.trim_end_matches('e');
    (base.len() >= LEAST).then_some(base)
}

/// The stems of a phrase, joined by blanks: the key under which phrases are looked up.
pub(crate) fn phrase_key(phrase: &str) -> String {
    let stems: Vec<String> = words(phrase, 0).into_iter().map(|w| w.stem).collect();
    stems.join(" ")
}

/// Whether two names sound alike; a `w` after a vowel is tried as a vowel ("Harrow") and as a `v` ("Umarow").
pub(crate) fn sound_alike(a: &str, b: &str) -> bool {
    [false, true].iter().any(|&x| [false, true].iter().any(|&y| sounds(a, x) == sounds(b, y)))
}

/// The consonants of a name as they sound, for comparing transliterations: "Reeveshaw" and "Rivshou" are both `rfs`.
///
/// Voiced and voiceless pairs that transliterations exchange (v/f/w, z/s, k/c/q) are one; digraphs are one sound; vowels
/// count only at the beginning, all as one. Written for European names in Latin letters.
pub(crate) fn sounds(name: &str, hard_w: bool) -> String {
    let folded: String = fold(name).chars().filter(|c| c.is_alphabetic()).collect();
    // silent at the beginning
    let mut s = match folded.get(..2) {
        Some("wr" | "kn" | "ps" | "gn") => folded[1..].to_string(),
        _ => folded,
    };
    for (from, to) in [
        ("tsch", "S"),
        ("shch", "S"),
        ("sch", "S"),
        ("tch", "S"),
        ("sh", "S"),
        ("ch", "S"),
        ("zh", "S"),
        ("cz", "S"),
        ("sz", "S"),
        ("ph", "f"),
        ("pf", "f"),
        ("ff", "f"),
        ("kh", "k"),
        ("gh", "g"),
        ("th", "t"),
        ("ck", "k"),
        ("qu", "k"),
        ("x", "ks"),
        ("ts", "s"),
        ("tz", "s"),
        ("dj", "j"),
        ("rh", "r"),
    ] {
        s = s.replace(from, to);
    }
    let mut out = String::new();
    let mut before_vowel = false;
    for (i, c) in s.chars().enumerate() {
        let vowel = matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
        let sound = match c {
            _ if vowel && i == 0 => Some('A'),
            _ if vowel => None,
            'h' => None,
            'w' if before_vowel && !hard_w => None,
            'j' if i > 0 => None,
            'v' | 'w' | 'f' => Some('f'),
            'z' | 's' => Some('s'),
            'c' | 'k' | 'q' => Some('k'),
            other => Some(other),
        };
        before_vowel = vowel;
        if let Some(x) = sound
            && !out.ends_with(x)
        {
            out.push(x);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_articles_possessives_and_diacritics() {
        assert_eq!(name_key("The Harbour Board’s"), "harbour board");
        assert_eq!(name_key("U.N."), "un");
        assert_eq!(slug("Café Łódź Ltd."), "cafe-lodz-ltd");
        assert_eq!(slug("Dockers' Federation"), "dockers-federation");
    }

    #[test]
    fn plurals_go() {
        for (many, one) in
            [("duties", "duty"), ("wages", "wage"), ("fishes", "fish"), ("gas", "gas"), ("status", "status")]
        {
            assert_eq!(stem(many), one);
        }
    }

    #[test]
    fn number_words_are_digits() {
        let stems: Vec<String> =
            words("twelve, twenty, twenty-four and ninety-nine per cent", 0).into_iter().map(|w| w.stem).collect();
        assert_eq!(stems, ["12", "20", "24", "and", "99", "percent"]);
    }

    #[test]
    fn nouns_made_of_verbs_share_a_root() {
        for family in [
            &["inspect", "inspection", "inspector", "inspecting", "inspected"][..],
            &["compensate", "compensation"],
            &["withdraw", "withdrawal", "withdrawing"],
            &["recognise", "recognition"],
            &["guarantee", "guaranteed"],
            &["contribute", "contribution"],
            &["finance", "financing"],
            &["suspension", "suspensions"],
        ] {
            let roots: Vec<Option<String>> = family.iter().map(|w| root(&stem(w)).map(str::to_string)).collect();
            assert!(roots[0].is_some() && roots.iter().all(|r| *r == roots[0]), "{family:?} {roots:?}");
        }
        for word in ["pay", "wage", "union", "data", "ration"] {
            assert_eq!(root(word).filter(|r| *r != word), None, "{word}");
        }
    }

    #[test]
    fn words_know_their_place() {
        let found = words("U.S. no-strike clause.", 10);
        let stems: Vec<&str> = found.iter().map(|w| w.stem.as_str()).collect();
        assert_eq!(stems, ["u.s", "no-strike", "clause"]);
        assert_eq!((found[1].start, found[1].end), (15, 24));
    }

    #[test]
    fn transliterations_sound_alike() {
        for (a, b) in
            [("Petrovsky", "Petrovskiy"), ("Vasilev", "Wassiljew"), ("Kovalchuk", "Kovaltschuk"), ("Omarov", "Umarow")]
        {
            assert!(sound_alike(a, b), "{a} {b}");
        }
        assert!(!sound_alike("Brandt", "Miller"));
    }
}
