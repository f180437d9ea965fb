//! One module a format: each turns bytes into records, and knows neither files nor the other formats.
//!
//! WARC and mbox are streams and may be of any size; the others are read whole, within the limit.

pub(crate) mod docx;
pub(crate) mod library;
pub(crate) mod mail;
pub(crate) mod markup;
pub(crate) mod mbox;
pub(crate) mod pdf;
pub(crate) mod press;
pub(crate) mod rtf;
pub(crate) mod warc;
