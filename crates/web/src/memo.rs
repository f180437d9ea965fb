//! What is made once for each of the few keys that were asked for last.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

type Cell<V> = Arc<OnceLock<V>>;

/// Values by key; the one that was asked for longest ago goes first.
pub(crate) struct Memo<K, V> {
    cells: Mutex<Vec<(K, Cell<V>)>>,
    most: usize,
}

impl<K: PartialEq + Clone, V: Clone> Memo<K, V> {
    pub(crate) fn new(most: usize) -> Self {
        Self { cells: Mutex::default(), most }
    }

    /// The value of a key, made where it is not there; who asks for it meanwhile waits for it.
    pub(crate) fn get(&self, key: &K, make: impl FnOnce() -> V) -> V {
        self.cell(key).0.get_or_init(make).clone()
    }

    /// The value of a key, made on a thread of its own where it is not there; `None` where it is not ready after this long.
    pub(crate) fn get_within(&self, key: &K, long: Duration, make: impl FnOnce() -> V + Send + 'static) -> Option<V>
    where
        V: Send + Sync + 'static,
    {
        let (cell, is_new) = self.cell(key);
        if is_new {
            let own = cell.clone();
            std::thread::spawn(move || {
                own.get_or_init(make);
            });
        }
        let began = Instant::now();
        while cell.get().is_none() && began.elapsed() < long {
            std::thread::sleep(Duration::from_millis(10));
        }
        cell.get().cloned()
    }

    /// The cell of a key, which is the newest now, and whether it was not there.
    fn cell(&self, key: &K) -> (Cell<V>, bool) {
        let mut cells = self.cells.lock().unwrap_or_else(PoisonError::into_inner);
        let known = cells.iter().position(|(k, _)| k == key).map(|at| cells.remove(at));
        let is_new = known.is_none();
        let (key, cell) = known.unwrap_or_else(|| (key.clone(), Cell::default()));
        if cells.len() >= self.most {
            cells.remove(0);
        }
        cells.push((key, cell.clone()));
        (cell, is_new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_made_once_while_they_are_among_the_last() {
        let memo = Memo::new(2);
        let made = std::cell::Cell::new(0);
        let get = |key: u8| memo.get(&key, || made.replace(made.get() + 1));
        assert_eq!((get(1), get(2), get(1), get(3), get(1), get(2)), (0, 1, 0, 2, 0, 3));
    }

    #[test]
    fn what_takes_long_is_not_waited_for() {
        let memo: Memo<u8, u8> = Memo::new(2);
        let slow = || {
            std::thread::sleep(Duration::from_millis(200));
            7
        };
        assert_eq!(memo.get_within(&1, Duration::ZERO, slow), None);
        assert_eq!(memo.get_within(&1, Duration::from_secs(60), || 8), Some(7), "it was begun before");
    }
}
