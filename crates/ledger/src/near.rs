//! Pieces found again by what they have in common and by their day.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::cx::later;

/// Which days are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Window {
    /// All, and what has no day.
    All,
    /// From one day to another.
    Days(Date, Date),
    /// From one day to another, and what has no day.
    DaysOrNone(Date, Date),
}

impl Window {
    /// So many days before and after; what has no day may be of any.
    pub(crate) fn around(day: Option<Date>, reach: i64) -> Self {
        day.map_or(Self::All, |d| Self::DaysOrNone(later(d, -reach), later(d, reach)))
    }
}

/// Pieces by mark and day. `O` puts them in order.
#[derive(Debug)]
pub(crate) struct Near<K, O>(BTreeMap<K, BTreeMap<Option<Date>, BTreeSet<O>>>);

impl<K, O> Default for Near<K, O> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Ord, O: Ord + Clone> Near<K, O> {
    pub(crate) fn add(&mut self, marks: Vec<(K, Option<Date>)>, at: &O) {
        for (mark, day) in marks {
            self.0.entry(mark).or_default().entry(day).or_default().insert(at.clone());
        }
    }

    pub(crate) fn remove(&mut self, marks: Vec<(K, Option<Date>)>, at: &O) {
        for (mark, day) in marks {
            let Some(days) = self.0.get_mut(&mark) else { continue };
            if let Some(all) = days.get_mut(&day) {
                all.remove(at);
                if all.is_empty() {
                    days.remove(&day);
                }
            }
            if days.is_empty() {
                self.0.remove(&mark);
            }
        }
    }

    /// All that have the mark and lie in the window.
    pub(crate) fn find<'n>(&'n self, mark: &K, window: Window) -> impl Iterator<Item = &'n O> {
        let days = self.0.get(mark);
        let none = days.filter(|_| !matches!(window, Window::Days(..))).and_then(|d| d.get(&None));
        let (from, to) = match window {
            Window::All => (Date::MIN, Date::MAX),
            Window::Days(from, to) | Window::DaysOrNone(from, to) => (from, to.max(from)),
        };
        let dated = days.into_iter().flat_map(move |d| d.range(Some(from)..=Some(to)).flat_map(|(_, all)| all));
        none.into_iter().flatten().chain(dated)
    }

    /// All that have one of the marks in its window, each once, in order.
    pub(crate) fn find_all<'n>(&'n self, looks: &[(K, Window)]) -> BTreeSet<&'n O> {
        looks.iter().flat_map(|(mark, window)| self.find(mark, *window)).collect()
    }
}
