//! Pages over the records of the talks, and the same as data: an HTTP server for browsers and programs.
//!
//! [`Server::bind`] takes a [`House`], which gives the talks as of a day, searches and keeps decisions; [`Server::run`] answers
//! until it is told to end. Pages are HTML made on the server from templates compiled into the program; they can be read without
//! JavaScript, and every page has a twin in JSON made of the records that `export` writes.
//!
//! What it keeps to:
//! - The talks lie ready in memory and are made again when the folder changed, never for a page.
//! - What others wrote is text: it is escaped, letters that turn the writing direction are shown as such, and no page has
//!   inline script or style, nor may it load anything from elsewhere.
//! - It listens where only this machine reaches it; elsewhere everybody must log in, and only reviewers decide.
//! - A request for another host than ours is refused, and a form must have been given out to the session that sends it.
//!
//! Not supported: TLS (a proxy before it does that), HTTP/2, and logging in with anything but a password.

pub mod access;
mod asked;
mod assets;
mod desk;
mod draw;
mod fault;
mod house;
mod layout;
mod memo;
mod pages;
mod serve;
mod site;
mod snapshot;
mod words;

pub use fault::Fault;
pub use house::{Ask, Decided, House, Talks};
pub use serve::{Config, LISTEN, Server};
