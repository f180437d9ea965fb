//! The talks that lie ready: those of a few days, made again when the folder changed, never for a page.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::civil::Date;

use crate::Fault;
use crate::house::House;
use crate::snapshot::Snapshot;

/// Days that lie ready at once.
const READY: usize = 4;
/// How long a page waits for today's state before it is made of the one before.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long it waits where there is none before.
const LONGEST: Duration = Duration::from_secs(25);

/// The talks that lie ready.
pub(crate) struct Desk {
    house: Arc<dyn House>,
    shelf: Mutex<Shelf>,
    changed: Condvar,
}

#[derive(Default)]
struct Shelf {
    /// The one that was asked for last at the end.
    ready: Vec<Ready>,
    /// What is being made, and what could not be.
    making: BTreeMap<Option<Date>, Making>,
}

#[derive(Clone)]
struct Ready {
    as_of: Option<Date>,
    state: String,
    /// When it was begun to be made: it is no older than the folder was then.
    begun: Instant,
    snapshot: Arc<Snapshot>,
}

impl Ready {
    fn laid(self, is_old: bool) -> Laid {
        Laid { snapshot: self.snapshot, state: self.state, is_old }
    }
}

enum Making {
    Now,
    Failed { state: String, fault: Fault },
}

/// Talks, and whether the folder has newer ones that are not ready yet.
pub(crate) struct Laid {
    pub(crate) snapshot: Arc<Snapshot>,
    /// Of the folder when they were made.
    pub(crate) state: String,
    pub(crate) is_old: bool,
}

impl Desk {
    pub(crate) fn new(house: Arc<dyn House>) -> Arc<Self> {
        Arc::new(Self { house, shelf: Mutex::default(), changed: Condvar::new() })
    }

    /// The talks as of a day. Waits for them a while; where they are not ready then, gives those of an earlier state.
    pub(crate) fn lay(self: &Arc<Self>, as_of: Option<Date>) -> Result<Laid, Fault> {
        let state = self.house.state()?;
        let began = Instant::now();
        let mut shelf = self.shelf();
        loop {
            if let Some(ready) = shelf.take(as_of, |r| r.state == state || r.begun >= began) {
                return Ok(ready.laid(false));
            }
            match shelf.making.get(&as_of) {
                Some(Making::Failed { state: of, fault }) if *of == state => return Err(fault.clone()),
                Some(Making::Now) => {}
                _ => {
                    shelf.making.insert(as_of, Making::Now);
                    let (own, state) = (self.clone(), state.clone());
                    std::thread::spawn(move || own.make(as_of, state));
                }
            }
            let has_old = shelf.ready.iter().any(|r| r.as_of == as_of);
            let longest = if has_old { PATIENCE } else { LONGEST };
            let Some(left) = longest.checked_sub(began.elapsed()) else {
                return match shelf.take(as_of, |_| true) {
                    Some(ready) => Ok(ready.laid(true)),
                    None => Err(Fault::busy("the talks are still being put together: ask again in a while")),
                };
            };
            let waited = self.changed.wait_timeout(shelf, left);
            shelf = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Makes the talks as of a day; `asked` is the state in which they are missed.
    fn make(&self, as_of: Option<Date>, asked: String) {
        let begun = Instant::now();
        let make = || {
            // the state first: what comes in after it makes another one
            let state = self.house.state()?;
            let snapshot = Arc::new(Snapshot::of(self.house.talks(as_of)?));
            Ok(Ready { as_of, state, begun, snapshot })
        };
        let broke = |_| Err(Fault::failed("the talks could not be put together: the program has a fault"));
        let made = std::panic::catch_unwind(std::panic::AssertUnwindSafe(make)).unwrap_or_else(broke);
        let mut shelf = self.shelf();
        shelf.making.remove(&as_of);
        match made {
            Ok(ready) => shelf.put(ready),
            Err(fault) => {
                // days that failed in an earlier state are of no use
                shelf.making.retain(|_, m| {
                    matches!(m, Making::Now) || matches!(m, Making::Failed { state, .. } if *state == asked)
                });
                drop(shelf.making.insert(as_of, Making::Failed { state: asked, fault }));
            }
        }
        drop(shelf);
        self.changed.notify_all();
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shelf {
    /// What lies ready for a day, where it will do; it was asked for last then.
    fn take(&mut self, as_of: Option<Date>, will_do: impl Fn(&Ready) -> bool) -> Option<Ready> {
        let at = self.ready.iter().position(|r| r.as_of == as_of && will_do(r))?;
        let ready = self.ready.remove(at);
        self.ready.push(ready.clone());
        Some(ready)
    }

    /// Instead of what was ready for the day, and of what was asked for longest ago.
    fn put(&mut self, ready: Ready) {
        self.ready.retain(|r| r.as_of != ready.as_of);
        self.ready.push(ready);
        if self.ready.len() > READY {
            self.ready.remove(0);
        }
    }
}
