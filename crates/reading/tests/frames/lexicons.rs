//! The frame lexicons and their entries, one for each frame of a word.

/// How the entries of a lexicon are found in a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// Statements made by rules whose names begin so, carried by a word of this lemma.
    Statement(&'static str),
    /// Statements of what something is called.
    Label,
    /// Conditions of statements.
    Condition,
    /// Quotations by a verb, noun or adjective.
    Cue,
}

/// A frame lexicon.
pub(crate) struct Lexicon {
    /// Its file and that of its examples, without the ending.
    pub(crate) name: &'static str,
    text: &'static str,
    pub(crate) sort: Sort,
    read: fn(usize, &[&str]) -> Vec<Entry>,
}

/// A word in one of its frames.
pub(crate) struct Entry {
    /// Which row of the lexicon it is.
    pub(crate) number: usize,
    pub(crate) word: String,
    pub(crate) frame: String,
    /// What a line that is found must contain.
    pub(crate) wants: String,
    /// Whether this frame needs a sentence of its own; else one sentence for the word will do.
    pub(crate) every: bool,
}

impl Lexicon {
    /// Its entries, in the order of the file.
    pub(crate) fn entries(&self) -> Vec<Entry> {
        let rows = self.text.lines().map(str::trim_end).filter(|l| !l.is_empty() && !l.starts_with('#'));
        rows.enumerate().flat_map(|(n, l)| (self.read)(n, &l.split('\t').map(str::trim).collect::<Vec<_>>())).collect()
    }
}

/// All of them.
pub(crate) const LEXICONS: &[Lexicon] = &[
    Lexicon {
        name: "acts",
        text: include_str!("../../lexicons/acts.tsv"),
        sort: Sort::Statement("statement.verb-complement."),
        read: |n, r| each_frame(n, r[0], r[1], r[2], r[3]),
    },
    Lexicon {
        name: "act_phrases",
        text: include_str!("../../lexicons/act_phrases.tsv"),
        sort: Sort::Statement("statement.verb-complement."),
        read: |n, r| each_frame(n, r[0], r[1], r[2], r[3]),
    },
    Lexicon {
        name: "act_nouns",
        text: include_str!("../../lexicons/act_nouns.tsv"),
        sort: Sort::Statement("statement.noun"),
        read: |n, r| each_frame(n, r[0], r[1], r[2], r[3]),
    },
    Lexicon {
        name: "act_adjectives",
        text: include_str!("../../lexicons/act_adjectives.tsv"),
        sort: Sort::Statement("statement."),
        read: adjective,
    },
    Lexicon { name: "act_labels", text: include_str!("../../lexicons/act_labels.tsv"), sort: Sort::Label, read: label },
    Lexicon {
        name: "conditions",
        text: include_str!("../../lexicons/conditions.tsv"),
        sort: Sort::Condition,
        read: |n, r| {
            vec![Entry {
                number: n,
                word: r[0].into(),
                frame: r[2].into(),
                wants: format!("| {}: {}", r[1], r[0]),
                every: true,
            }]
        },
    },
    Lexicon {
        name: "cues",
        text: include_str!("../../lexicons/cues.tsv"),
        sort: Sort::Cue,
        read: |n, r| {
            let entry = |f: &str| Entry {
                number: n,
                word: format!("{}/{}", r[0], r[1]),
                frame: f.into(),
                wants: " | ".into(),
                every: false,
            };
            r[2].split(' ').map(entry).collect()
        },
    },
];

fn each_frame(number: usize, word: &str, frames: &str, act: &str, polarity: &str) -> Vec<Entry> {
    let entry = |frame: &str| Entry {
        number,
        word: word.into(),
        frame: frame.into(),
        wants: format!(" | {act} | {polarity} | "),
        every: true,
    };
    frames.split(' ').map(entry).collect()
}

/// A label by its side and form, and what that side makes of what is so called.
fn label(number: usize, r: &[&str]) -> Vec<Entry> {
    let wants = match r[1] {
        "negative" => " | oppose | against | ",
        "low" | "short" => " | reject | for | ",
        "positive" => " | support | for | ",
        "firm" => " | demand | for | ",
        "plain" => " | oppose | against | ",
        _ => " | deny | none | ",
    };
    let form = r.get(2).unwrap_or(&"");
    vec![Entry { number, word: r[0].into(), frame: format!("{} {form}", r[1]), wants: wants.into(), every: true }]
}

/// An adjective's frames, and `not` for what it becomes under negation, where that is a stand.
fn adjective(number: usize, r: &[&str]) -> Vec<Entry> {
    let mut entries = each_frame(number, r[0], r[2], r[3], r[4]);
    if r[5] != "assert" {
        entries.extend(each_frame(number, r[0], "not", r[5], r[6]));
    }
    entries
}
