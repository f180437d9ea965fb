//! Ctrl-C: work that can be gone on with ends where it is whole.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What shells give for a process that Ctrl-C ended.
const STOPPED: i32 = 130;

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Working,
    Waiting,
    Stopped,
}

/// Whether Ctrl-C was pressed.
#[derive(Clone)]
pub(crate) struct Stop(Arc<(Mutex<State>, Condvar)>);

impl Stop {
    /// Whether it was.
    pub(crate) fn is_pressed(&self) -> bool {
        *self.state() == State::Stopped
    }

    /// Waits so long, or until it is pressed; whether it is.
    pub(crate) fn wait(&self, long: Duration) -> bool {
        let mut state = self.state();
        if *state == State::Working {
            *state = State::Waiting;
        }
        let waited = self.0.1.wait_timeout_while(state, long, |state| *state == State::Waiting);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if *state == State::Waiting {
            *state = State::Working;
        }
        *state == State::Stopped
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Told from now on when Ctrl-C is pressed, which is then answered with `message` where there is something to end; pressed
/// again, it ends the process as ever.
pub(crate) fn watch(message: &'static str) -> Stop {
    let stop = Stop(Arc::new((Mutex::new(State::Working), Condvar::new())));
    let own = stop.clone();
    #[allow(clippy::disallowed_methods, reason = "who presses it twice does not want to wait for a status")]
    let answer = move || {
        let before = std::mem::replace(&mut *own.state(), State::Stopped);
        match before {
            State::Working => anstream::eprintln!("{message}"),
            State::Waiting => own.0.1.notify_all(),
            State::Stopped => std::process::exit(STOPPED),
        }
    };
    // where it cannot be watched, it ends the process at once, and nothing kept is lost
    let _ = ctrlc::set_handler(answer);
    stop
}
