//! What have we kept?
//!
//! The [`Archive`] of a dossier folder is one SQLite file, `archive.sqlite`, beside `dossier.toml`. It keeps captures,
//! articles with their readings, and the log of corrections; all else is derived and can be made again. Each article is
//! written in one transaction with all that belongs to it, so that a process that dies loses nothing it said was kept.
//!
//! Captures lie in the same file, each once by the digest of its bytes and compressed: a capture and its article are then
//! kept together or not at all, a folder of 100,000 small files is slow to copy and to back up, and blobs of this size (a page
//! packs to about 10 KB) are read from SQLite as fast as from files.
//!
//! Nothing here reads articles: what is kept is given. Times are given too.

mod archive;
mod backup;
mod check;
mod corrections;
mod docs;
mod error;
mod feeds;
mod index;
mod keep;
mod load;
mod lookup;
mod meant;
mod original;
mod packed;
mod query;
mod schema;
mod search;
mod seen;
mod stage;
mod versions;

pub use archive::{Archive, FILE, Waiting};
pub use check::Checked;
pub use corrections::{Decided, Entry};
pub use docs::KINDS;
pub use error::Error;
pub use feeds::{Feed, Page};
pub use keep::{Kept, Known, Maker, Received};
pub use load::Counts;
pub use lookup::Placed;
pub use meant::Meant;
pub use packed::Packed;
pub use query::Query;
pub use schema::VERSION;
pub use search::{COUNTED, Field, Found, Hit, Ruled, Wanted};
pub use seen::Seen;
pub use stage::Outdated;
pub use versions::{History, Version};
