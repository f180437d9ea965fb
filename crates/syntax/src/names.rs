//! Small numbers for labels.

use smol_str::SmolStr;

/// Labels and their numbers, in the order they were added.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names(Vec<SmolStr>);

impl Names {
    /// Number of a label, which is added if it is new.
    pub(crate) fn add(&mut self, name: &str) -> u16 {
        self.find(name).unwrap_or_else(|| {
            self.0.push(name.into());
            (self.0.len() - 1) as u16
        })
    }

    pub(crate) fn find(&self, name: &str) -> Option<u16> {
        self.0.iter().position(|known| known == name).map(|at| at as u16)
    }

    pub(crate) fn get(&self, number: u16) -> SmolStr {
        self.0.get(usize::from(number)).cloned().unwrap_or_default()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &SmolStr> {
        self.0.iter()
    }
}
