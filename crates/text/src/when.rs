//! Times of items: a range, the words it came from, and how it was found.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Moment;

/// How a time was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// Given by a person who corrected it.
    Corrected,
    /// Written out in the text.
    Stated,
    /// Resolved against the publication date ("on Tuesday").
    Relative,
    /// Taken from the publication date itself.
    Published,
    /// Concluded from something else.
    #[default]
    Inferred,
}

/// When something is true, was said or will happen: inclusive ends, either open. Both ends open: not known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct When {
    /// First day or moment.
    pub from: Option<Moment>,
    /// Last day or moment.
    pub to: Option<Moment>,
    /// The words it was read from, "" where there are none.
    pub as_written: String,
    /// How it was found.
    pub basis: Basis,
}

impl When {
    /// A time that is not known.
    pub fn unknown() -> Self {
        Self::default()
    }

    /// One day.
    pub fn on(date: Date, as_written: impl Into<String>, basis: Basis) -> Self {
        let day = Some(Moment::day(date));
        Self { from: day, to: day, as_written: as_written.into(), basis }
    }

    /// Whether neither end is known.
    pub fn is_unknown(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }

    /// The first day, where known.
    pub fn first_day(&self) -> Option<Date> {
        self.from.map(|m| m.date)
    }

    /// The last day, where known.
    pub fn last_day(&self) -> Option<Date> {
        self.to.or(self.from).map(|m| m.date)
    }
}
