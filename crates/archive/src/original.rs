//! What was received, where the bytes of an article are text that was taken out of it.

use rapporteur_capture::{Capture, Original};
use rapporteur_text::{ArticleId, Digest};
use rusqlite::{OptionalExtension, Transaction, params};

use crate::keep::keep_digested;
use crate::packed::{pack, unpack};
use crate::{Archive, Error};

impl Archive {
    /// Digest of the document, message or export that the text of an article was taken out of; `None` where its bytes are what
    /// was received, or where an earlier program kept the text alone.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    pub fn original_digest(&self, id: &ArticleId) -> Result<Option<Digest>, Error> {
        let query =
            "SELECT b.digest FROM article a JOIN original o ON o.article = a.number JOIN bytes b ON b.number = o.bytes
             WHERE a.id = ?1";
        let found: rusqlite::Result<Option<String>> =
            self.db.prepare_cached(query).and_then(|mut s| s.query_row([id.as_str()], |r| r.get(0)).optional());
        let Some(digest) = found.map_err(|e| self.sql(e))? else { return Ok(None) };
        let none = |e| self.damaged(format!("the digest of what `{id}` was taken out of is none: {e}"));
        serde_json::from_value(digest.into()).map(Some).map_err(none)
    }

    /// The document, message or export that the text of an article was taken out of; `None` as for
    /// [`Archive::original_digest`].
    ///
    /// # Errors
    /// Where it is not kept whole.
    pub fn original(&self, id: &ArticleId) -> Result<Option<Original>, Error> {
        let Some(digest) = self.original_digest(id)? else { return Ok(None) };
        let query = "SELECT packed FROM bytes WHERE digest = ?1";
        let packed: rusqlite::Result<Vec<u8>> =
            self.db.prepare_cached(query).and_then(|mut s| s.query_row([digest.as_str()], |r| r.get(0)));
        let packed = packed.map_err(|e| self.sql(e))?;
        let bytes = unpack(&packed)
            .map_err(|e| self.damaged(format!("what `{id}` was taken out of cannot be unpacked: {e}")))?;
        let original = Original::of(bytes);
        if original.digest != digest {
            return Err(self.damaged(format!("what `{id}` was taken out of is not what was kept")));
        }
        Ok(Some(original))
    }
}

/// Whether a capture has an original that is not kept for its article.
pub(crate) fn original_is_missing(
    db: &rusqlite::Connection,
    article: i64,
    capture: &Capture,
) -> rusqlite::Result<bool> {
    let Some(_) = &capture.original else { return Ok(false) };
    db.prepare_cached("SELECT NOT EXISTS (SELECT 1 FROM original WHERE article = ?1)")?
        .query_row([article], |r| r.get(0))
}

/// Keeps what the text of an article was taken out of, where it is not kept yet.
pub(crate) fn keep_original(db: &Transaction<'_>, id: &str, capture: &Capture) -> rusqlite::Result<()> {
    let Some(original) = &capture.original else { return Ok(()) };
    let find = "SELECT number FROM article WHERE id = ?1";
    let number: i64 = db.prepare_cached(find)?.query_row([id], |r| r.get(0))?;
    if original_is_missing(db, number, capture)? {
        let bytes = keep_digested(db, &original.digest, &original.bytes)?;
        db.prepare_cached("INSERT INTO original (article, bytes) VALUES (?1, ?2)")?.execute([number, bytes])?;
    }
    Ok(())
}

/// Keeps anew what the text of an article was taken out of.
pub(crate) fn mend_original(db: &Transaction<'_>, article: i64, capture: &Capture) -> rusqlite::Result<()> {
    let Some(original) = &capture.original else { return Ok(()) };
    let find = "SELECT bytes FROM original WHERE article = ?1";
    let old: Option<i64> = db.prepare_cached(find)?.query_row([article], |r| r.get(0)).optional()?;
    let bytes = keep_digested(db, &original.digest, &original.bytes)?;
    let packed = pack(&original.bytes).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))?;
    let length = original.bytes.len() as i64;
    db.execute("UPDATE bytes SET length = ?2, packed = ?3 WHERE number = ?1", params![bytes, length, packed])?;
    db.execute("INSERT OR REPLACE INTO original (article, bytes) VALUES (?1, ?2)", [article, bytes])?;
    old.map_or(Ok(()), |old| drop_unused(db, old))
}

/// Takes bytes away that belong to nothing.
pub(crate) fn drop_unused(db: &Transaction<'_>, bytes: i64) -> rusqlite::Result<()> {
    let unused = "DELETE FROM bytes WHERE number = ?1 AND NOT EXISTS (SELECT 1 FROM article WHERE bytes = ?1)
         AND NOT EXISTS (SELECT 1 FROM original WHERE bytes = ?1) AND NOT EXISTS (SELECT 1 FROM staged WHERE bytes = ?1)";
    db.prepare_cached(unused)?.execute([bytes]).map(|_| ())
}
