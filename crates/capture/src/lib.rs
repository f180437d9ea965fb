//! What exactly did we receive?
//!
//! A capture is bytes as received, with address, time and digest. It is never changed.

mod capture;

pub use capture::{Capture, Fields};
