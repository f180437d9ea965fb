//! Items added by hand. One cannot be made whose words are not in its sentence.

use std::ops::Range;

use rapporteur_reading::model::{
    Act, DeadlineState, IncidentSort, MeetingSort, MeetingState, Modality, Polarity, StatusSort,
};
use rapporteur_text::{ArticleId, When};

/// Words of a sentence, and whom or what they stand for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// The words.
    pub text: String,
    /// Which place in the sentence where they stand more than once, from 0.
    pub nth: usize,
    /// A name or id of the dossier that they stand for; "" where the words themselves say it.
    pub is: String,
}

impl Words {
    /// The first place of these words.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Their byte range in the sentence. Only whole words count: "he" does not stand in "The".
    pub fn find(&self, sentence: &str) -> Option<Range<usize>> {
        places(sentence, &self.text).nth(self.nth)
    }
}

/// The byte ranges at which some words stand in a text and cut no word at either end, in order and without overlap.
fn places<'a>(text: &'a str, words: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    let mut from = 0;
    std::iter::from_fn(move || {
        if words.trim().is_empty() {
            return None;
        }
        loop {
            let start = from + text.get(from..)?.find(words)?;
            let end = start + words.len();
            if !is_within_word(text, start) && !is_within_word(text, end) {
                from = end;
                return Some(start..end);
            }
            from = start + text.get(start..)?.chars().next().map_or(1, char::len_utf8);
        }
    })
}

/// Whether a place stands between two letters or digits of one word.
fn is_within_word(text: &str, at: usize) -> bool {
    // scripts that put no space between words have a boundary at every letter
    let joins = |c: char| {
        c.is_alphanumeric()
            && !matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
    };
    let (Some(before), Some(after)) = (text.get(..at), text.get(at..)) else { return true };
    before.chars().next_back().is_some_and(joins) && after.chars().next().is_some_and(joins)
}

/// What is added.
#[derive(Debug, Clone, PartialEq)]
pub enum AddedRecord {
    /// A holder's act towards a matter.
    Statement {
        /// Who holds it.
        holder: Words,
        /// The words that carry the act.
        predicate: Words,
        /// What is held.
        matter: Words,
        /// The act.
        act: Act,
        /// Towards the matter.
        polarity: Polarity,
        /// Whether the predicate is negated.
        negated: bool,
        /// How sure it is put.
        modality: Modality,
        /// Name or id of the issue; `None`: no issue.
        issue: Option<String>,
        /// When it was said.
        said: When,
    },
    /// How far something has come.
    Status {
        /// The item's own words.
        words: Words,
        /// How far.
        status: StatusSort,
        /// Words for what it is about; `None` for the whole of the talks.
        matter: Option<Words>,
        /// Who says so; `None` for the reporter.
        according_to: Option<Words>,
        /// Name or id of the issue; `None`: no issue.
        issue: Option<String>,
        /// When it was said.
        said: When,
    },
    /// A meeting.
    Meeting {
        /// The item's own words.
        words: Words,
        /// Kind.
        sort: MeetingSort,
        /// What became of it.
        state: MeetingState,
        /// Where.
        place: Option<Words>,
        /// Who takes part.
        participants: Vec<Words>,
        /// When.
        when: When,
    },
    /// An incident.
    Incident {
        /// The item's own words.
        words: Words,
        /// Kind.
        sort: IncidentSort,
        /// Who did it.
        actor: Option<Words>,
        /// To whom.
        target: Option<Words>,
        /// Where.
        place: Option<Words>,
        /// When.
        when: When,
    },
    /// A deadline.
    Deadline {
        /// The item's own words.
        words: Words,
        /// What is said of it.
        state: DeadlineState,
        /// What is to be done.
        matter: Option<Words>,
        /// Who set it.
        by: Option<Words>,
        /// By when.
        when: When,
    },
}

impl AddedRecord {
    /// Kind as written in records.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Statement { .. } => "statement",
            Self::Status { .. } => "status",
            Self::Meeting { .. } => "meeting",
            Self::Incident { .. } => "incident",
            Self::Deadline { .. } => "deadline",
        }
    }

    /// All words it is made of, with the name of their field.
    pub fn words(&self) -> Vec<(&'static str, &Words)> {
        let mut all = Vec::new();
        match self {
            Self::Statement { holder, predicate, matter, .. } => {
                all.extend([("holder", holder), ("predicate", predicate), ("matter", matter)]);
            }
            Self::Status { words, matter, according_to, .. } => {
                all.push(("words", words));
                all.extend(matter.as_ref().map(|w| ("matter", w)));
                all.extend(according_to.as_ref().map(|w| ("according_to", w)));
            }
            Self::Meeting { words, place, participants, .. } => {
                all.push(("words", words));
                all.extend(place.as_ref().map(|w| ("place", w)));
                all.extend(participants.iter().map(|w| ("participants", w)));
            }
            Self::Incident { words, actor, target, place, .. } => {
                all.push(("words", words));
                let others = [("actor", actor), ("target", target), ("place", place)];
                all.extend(others.into_iter().filter_map(|(key, w)| Some((key, w.as_ref()?))));
            }
            Self::Deadline { words, matter, by, .. } => {
                all.push(("words", words));
                all.extend(matter.as_ref().map(|w| ("matter", w)));
                all.extend(by.as_ref().map(|w| ("by", w)));
            }
        }
        all
    }
}

/// An item added by hand, with the sentence that shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Added {
    article: ArticleId,
    sentence: String,
    occurrence: usize,
    record: AddedRecord,
}

impl Added {
    /// An item from a marked sentence. `occurrence`: which of several equal sentences of the article, from 0.
    ///
    /// # Errors
    /// Where some words of the record are not in the sentence: the field and its words.
    ///
    /// # Example
    /// ```
    /// use rapporteur_dossier::{Added, AddedRecord, Words};
    /// use rapporteur_reading::model::StatusSort;
    /// use rapporteur_text::{ArticleId, When};
    ///
    /// let status = |words: &str| AddedRecord::Status {
    ///     words: Words::new(words),
    ///     status: StatusSort::Agreed,
    ///     matter: None,
    ///     according_to: None,
    ///     issue: None,
    ///     said: When::unknown(),
    /// };
    /// let article = ArticleId::from_written("a-1");
    /// assert!(Added::new(article.clone(), "All is settled.", 0, status("is settled")).is_ok());
    /// let error = Added::new(article, "All is settled.", 0, status("is agreed")).unwrap_err();
    /// assert_eq!(error, "the words of `words` are not in the sentence: `is agreed`");
    /// ```
    pub fn new(
        article: ArticleId,
        sentence: impl Into<String>,
        occurrence: usize,
        record: AddedRecord,
    ) -> Result<Self, String> {
        let sentence = sentence.into();
        match record.words().iter().find(|(_, w)| w.find(&sentence).is_none()) {
            Some((key, w)) if w.nth > 0 => {
                Err(format!("the words of `{key}` are not {} times in the sentence: `{}`", w.nth + 1, w.text))
            }
            Some((key, w)) => Err(format!("the words of `{key}` are not in the sentence: `{}`", w.text)),
            None => Ok(Self { article, sentence, occurrence, record }),
        }
    }

    /// The article.
    pub fn article(&self) -> &ArticleId {
        &self.article
    }

    /// The sentence.
    pub fn sentence(&self) -> &str {
        &self.sentence
    }

    /// The byte range of the sentence in the text of its article, where it stands there and cuts no word.
    pub fn find_in(&self, text: &str) -> Option<Range<usize>> {
        places(text, &self.sentence).nth(self.occurrence)
    }

    /// Which of several equal sentences, from 0.
    pub fn occurrence(&self) -> usize {
        self.occurrence
    }

    /// What is added.
    pub fn record(&self) -> &AddedRecord {
        &self.record
    }
}
