//! Ctrl-C: work that can be gone on with ends where it is whole.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What shells give for a process that Ctrl-C ended.
const STOPPED: i32 = 130;

/// Told from now on when Ctrl-C is pressed, which is then answered with `message`; pressed again, it ends the process as ever.
pub(crate) fn watch(message: &'static str) -> Arc<AtomicBool> {
    let pressed = Arc::new(AtomicBool::new(false));
    let own = pressed.clone();
    #[allow(clippy::disallowed_methods, reason = "who presses it twice does not want to wait for a status")]
    let answer = move || {
        if own.swap(true, Ordering::Relaxed) {
            std::process::exit(STOPPED);
        }
        anstream::eprintln!("{message}");
    };
    // where it cannot be watched, it ends the process at once, and nothing kept is lost
    let _ = ctrlc::set_handler(answer);
    pressed
}
