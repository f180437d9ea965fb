//! Articles and readings as they are kept: JSON, compressed.
//!
//! JSON, because it names its fields: a reading kept by one version is read by the next, which has a field more, and anyone
//! can read it without us. Compressed it takes a third more room than the tightest format that names nothing, and 0.4 ms
//! an article to read back against 0.15 ms (`docs/performance.md`).

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use rapporteur_article::Article;
use rapporteur_reading::Reading;
use rapporteur_text::{Digest, Span};

/// The most bytes anything may have unpacked; a damaged stream could claim any length.
const MOST: u64 = 1 << 30;

/// Compresses bytes.
pub(crate) fn pack(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::new(6));
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// Gives compressed bytes back; the stream has a checksum.
pub(crate) fn unpack(packed: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(packed.len() * 4);
    let read = ZlibDecoder::new(packed).take(MOST + 1).read_to_end(&mut bytes)?;
    if read as u64 > MOST {
        return Err(std::io::Error::other("it is longer than anything that is kept"));
    }
    Ok(bytes)
}

/// An article and its reading as they lie in the archive: unpacking is work, and many can be unpacked at once.
#[derive(Debug, Clone)]
pub struct Packed {
    /// The id of the article, for messages.
    pub id: String,
    pub(crate) text: Vec<u8>,
    pub(crate) fields: Vec<u8>,
    pub(crate) reading: Vec<u8>,
}

/// What is wrong with a kept article: the article, and what of it.
pub(crate) type Fault = String;

impl Packed {
    /// Packs an article and its reading.
    pub fn of(article: &Article, reading: &Reading) -> std::io::Result<Self> {
        Ok(Self {
            id: article.id.to_string(),
            text: pack(article.text.as_bytes())?,
            fields: pack(&serde_json::to_vec(article)?)?,
            reading: pack(&serde_json::to_vec(reading)?)?,
        })
    }

    /// The article and its reading.
    ///
    /// # Errors
    /// Where anything does not hold that would hold had it never been kept: a span that is no range of the text, a number of
    /// nothing, an item without an id. The message names the article.
    pub fn unpack(&self) -> Result<(Article, Reading), Fault> {
        let article = self.article()?;
        let reading: Reading = self.within(&article.text, "reading", &self.reading)?;
        if reading.article != article.id {
            return Err(self.fault("reading", format!("it is of article `{}`", reading.article)));
        }
        match reading.fault() {
            Some(what) => Err(self.fault("reading", what)),
            None => Ok((article, reading)),
        }
    }

    /// Digest of all that is kept of it: where it is the same, so are the article and its reading.
    pub fn digest(&self) -> Digest {
        let parts = [self.id.as_bytes(), &self.text, &self.fields, &self.reading];
        let lengths = parts.iter().flat_map(|p| (p.len() as u64).to_le_bytes());
        let all: Vec<u8> = lengths.chain(parts.iter().flat_map(|p| p.iter().copied())).collect();
        Digest::of(&all)
    }

    /// The article alone.
    ///
    /// # Errors
    /// As for [`Packed::unpack`].
    pub fn article(&self) -> Result<Article, Fault> {
        let text = self.unpacked("text", &self.text)?;
        let text = String::from_utf8(text).map_err(|e| self.fault("text", e))?;
        let mut article: Article = self.within(&text, "fields", &self.fields)?;
        article.text = text;
        if article.id.as_str() != self.id {
            return Err(self.fault("fields", format!("they are of article `{}`", article.id)));
        }
        Ok(article)
    }

    fn unpacked(&self, what: &str, packed: &[u8]) -> Result<Vec<u8>, Fault> {
        unpack(packed).map_err(|e| self.fault(what, e))
    }

    fn within<T: serde::de::DeserializeOwned>(&self, text: &str, what: &str, packed: &[u8]) -> Result<T, Fault> {
        let json = self.unpacked(what, packed)?;
        Span::within(text, || serde_json::from_slice(&json)).map_err(|e| self.fault(what, e))
    }

    fn fault(&self, what: &str, why: impl std::fmt::Display) -> Fault {
        format!("the {what} of article `{}` cannot be read back: {why}", self.id)
    }
}
