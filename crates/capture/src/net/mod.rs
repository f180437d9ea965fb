//! What lies on the web: one address fetched with good manners, and what a feed lists.

pub mod feeds;
pub mod fetch;
mod host;
mod place;
mod xml;
