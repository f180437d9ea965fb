//! `rapporteur serve`, by the real command over a real folder, with a plain client and with a real browser.
#![allow(clippy::disallowed_methods, missing_docs, reason = "tests look at files")]

#[path = "../folder/mod.rs"]
mod folder;

mod access;
mod browser;
mod chromium;
mod client;
mod hostile;
mod load;
mod pages;
mod reviewing;
