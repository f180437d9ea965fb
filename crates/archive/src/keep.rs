//! Keeping what was received and read: one transaction an article.

use std::collections::BTreeSet;

use rapporteur_article::{Article, Source};
use rapporteur_capture::{Capture, Fields};
use rapporteur_reading::Reading;
use rapporteur_text::{ArticleId, Digest, Moment};
use rusqlite::{OptionalExtension, Transaction, params};

use crate::archive::{changed, code};
use crate::docs::{Doc, docs};
use crate::original::{drop_unused, keep_original, mend_original, original_is_missing};
use crate::packed::{Packed, pack, unpack};
use crate::stage::unstage;
use crate::{Archive, Error};

/// By which rules and which language model a reading was made.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Maker {
    /// `rapporteur_reading::RULES` of the program that read.
    pub rules: String,
    /// Name and version of the model.
    pub model: String,
}

/// What of a capture is kept already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// Nothing: it must be read.
    No,
    /// The same bytes, from elsewhere and from no later time: only this source is new, unless its container says other things
    /// than theirs ([`Kept::Apart`]).
    Elsewhere,
    /// The same bytes, but what is kept of them is from a later time: it must be read, as the earlier capture is what counts.
    Later,
    /// This very capture, and from no later time.
    Yes,
    /// The same bytes, but what is kept cannot be read back: it must be read, and [`Archive::mend`] makes it whole.
    Broken,
}

/// What keeping a capture did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// A new article.
    New,
    /// A new source of a known article.
    Source,
    /// An earlier time for a known source.
    Earlier,
    /// Nothing: it was kept already.
    Known,
    /// Nothing yet: the article is not kept, or from a later capture, and no reading was given.
    Unread,
    /// Nothing yet: the article is kept but cannot be read back; [`Archive::mend`] makes it whole.
    Broken,
    /// Nothing yet: the containers of its captures say different things of the article, so that it must be made of all of them
    /// together, and was not.
    Apart,
}

/// A capture with what was made of it.
#[derive(Debug)]
pub struct Received<'a> {
    /// The bytes, whence, when.
    pub capture: &'a Capture,
    /// Whether it was taken as clean text.
    pub verbatim: bool,
    /// Its article.
    pub article: &'a Article,
    /// Other captures of which the article was made together with this one: all that [`Archive::captures`] gives, or none.
    pub others: &'a [Capture],
    /// What the article says, and the two packed; `None` where it was not read because the archive has it.
    pub reading: Option<(&'a Reading, &'a Packed)>,
}

impl Archive {
    /// What of a capture is kept already.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    pub fn knows(&self, capture: &Capture) -> Result<Known, Error> {
        self.look(capture).map_err(|e| self.sql(e))
    }

    fn look(&self, capture: &Capture) -> rusqlite::Result<Known> {
        let known = "SELECT number FROM article WHERE id = ?1";
        let number = self.db.prepare_cached(known)?.query_row([capture.id.as_str()], |r| r.get(0)).optional()?;
        let Some(number) = number else { return Ok(Known::No) };
        if !is_readable(&self.db, number)? {
            return Ok(Known::Broken);
        }
        if original_is_missing(&self.db, number, capture)? {
            return Ok(Known::Elsewhere);
        }
        let own = Age::of(capture);
        Ok(match (source(&self.db, number, capture)?, ages(&self.db, number)?.first()) {
            (Some(kept), _) if kept <= own => Known::Yes,
            (_, Some(first)) if *first <= own => Known::Elsewhere,
            _ => Known::Later,
        })
    }

    /// Keeps a capture with its article and reading, all or nothing. When this returns, the disk has it.
    ///
    /// Of the same bytes from several places the article of the earliest capture counts, and has all as sources; where their
    /// containers say different things, the one that is made of all of them. The order of keeping changes nothing.
    ///
    /// # Errors
    /// Where the archive cannot be written; nothing is changed then.
    pub fn keep(&mut self, received: &Received<'_>, maker: &Maker, added: Moment) -> Result<Kept, Error> {
        self.whole(|db| {
            let id = received.article.id.as_str();
            let find = "SELECT number FROM article WHERE id = ?1";
            let number: Option<i64> = db.prepare_cached(find)?.query_row([id], |r| r.get(0)).optional()?;
            let kept = match (number, received.reading) {
                (None, None) => Kept::Unread,
                (None, Some((reading, packed))) => {
                    let number = insert(db, received, packed, maker_number(db, maker)?, added)?;
                    insert_docs(db, number, &docs(number, received.article, reading))?;
                    insert_source(db, number, received.capture, added)?;
                    Kept::New
                }
                (Some(number), _) if !is_readable(db, number)? => Kept::Broken,
                (Some(number), reading) => another_source(db, number, received, reading, maker, added)?,
            };
            if !matches!(kept, Kept::Unread | Kept::Broken | Kept::Apart) {
                keep_original(db, id, received.capture)?;
            }
            if matches!(kept, Kept::New | Kept::Source | Kept::Earlier) {
                changed(db)?;
            }
            Ok(kept)
        })
    }

    /// Keeps the bytes of a capture anew, and the capture as a source, where its article is kept but cannot be read back.
    /// [`Archive::captures`] then has all from which the article can be read again, to be staged and promoted. Whether its
    /// capture was taken as clean text; `None` where the article is not kept any more.
    ///
    /// # Errors
    /// Where the archive cannot be written; nothing is changed then.
    pub fn mend(&mut self, capture: &Capture, added: Moment) -> Result<Option<bool>, Error> {
        self.whole(|db| {
            let find = "SELECT number, bytes, verbatim FROM article WHERE id = ?1";
            let row = |r: &rusqlite::Row<'_>| Ok((r.get::<_, i64>(0)?, r.get::<_, i64>(1)?, r.get::<_, bool>(2)?));
            let kept = db.prepare_cached(find)?.query_row([capture.id.as_str()], row).optional()?;
            let Some((number, old, verbatim)) = kept else { return Ok(None) };
            let bytes = keep_bytes(db, &capture.bytes)?;
            let packed = pack(&capture.bytes).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))?;
            let length = capture.bytes.len() as i64;
            db.execute("UPDATE bytes SET length = ?2, packed = ?3 WHERE number = ?1", params![bytes, length, packed])?;
            let digest = capture.digest.as_str();
            db.execute("UPDATE article SET bytes = ?2, digest = ?3 WHERE number = ?1", params![number, bytes, digest])?;
            // bytes whose own digest is not theirs belong to nothing then
            drop_unused(db, old)?;
            mend_original(db, number, capture)?;
            insert_source(db, number, capture, added)?;
            Ok(Some(verbatim))
        })
    }

    /// The captures of an article, the one that counts first; without the original, which [`Archive::original`] gives.
    ///
    /// # Errors
    /// Where they are not kept whole.
    pub fn captures(&self, id: &ArticleId) -> Result<Vec<Capture>, Error> {
        let sql = |e| self.sql(e);
        let query = "SELECT a.number, a.digest, b.digest, b.packed FROM article a JOIN bytes b ON b.number = a.bytes
             WHERE a.id = ?1";
        let row = |r: &rusqlite::Row<'_>| {
            Ok((r.get::<_, i64>(0)?, r.get::<_, String>(1)?, r.get::<_, String>(2)?, r.get::<_, Vec<u8>>(3)?))
        };
        let found = self.db.prepare_cached(query).and_then(|mut s| s.query_row([id.as_str()], row).optional());
        let Some((number, digest, own, packed)) = found.map_err(sql)? else { return Ok(Vec::new()) };
        let bytes =
            unpack(&packed).map_err(|e| self.damaged(format!("the capture of `{id}` cannot be unpacked: {e}")))?;
        if Digest::of(&bytes).as_str() != own {
            return Err(self.damaged(format!("the bytes of the capture of `{id}` are not those that were kept")));
        }
        let digest: Digest = serde_json::from_value(digest.into())
            .map_err(|e| self.damaged(format!("the digest of `{id}` is none: {e}")))?;
        let mut captures = Vec::new();
        for (age, said) in rows(&self.db, number).map_err(sql)? {
            let fields: Fields = serde_json::from_str(&said)
                .map_err(|e| self.damaged(format!("what the container of `{id}` said cannot be read back: {e}")))?;
            let mut capture = Capture::from_bytes(bytes.clone());
            (capture.id, capture.digest) = (id.clone(), digest.clone());
            (capture.path, capture.number, capture.at) = (age.path, age.record, age.at);
            capture.fields = fields;
            captures.push(capture);
        }
        Ok(captures)
    }
}

/// What orders the captures of the same bytes: the earliest counts, one without a time is the last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Age {
    is_unknown: bool,
    at: Option<Moment>,
    path: String,
    record: usize,
}

impl Age {
    fn of(capture: &Capture) -> Self {
        Self { is_unknown: capture.at.is_none(), at: capture.at, path: capture.path.clone(), record: capture.number }
    }
}

/// The sources of an article with what their containers said, the one that counts first.
fn rows(db: &rusqlite::Connection, article: i64) -> rusqlite::Result<Vec<(Age, String)>> {
    let mut query = db.prepare_cached("SELECT path, record, at, said FROM source WHERE article = ?1")?;
    let rows = query.query_map([article], |r| {
        let at: Option<Moment> = r.get::<_, Option<String>>(2)?.and_then(|at| at.parse().ok());
        let record = r.get::<_, i64>(1)?.unsigned_abs() as usize;
        Ok((Age { is_unknown: at.is_none(), at, path: r.get(0)?, record }, r.get(3)?))
    })?;
    let mut rows: Vec<(Age, String)> = rows.collect::<Result<_, _>>()?;
    rows.sort();
    Ok(rows)
}

fn ages(db: &rusqlite::Connection, article: i64) -> rusqlite::Result<Vec<Age>> {
    Ok(rows(db, article)?.into_iter().map(|(age, _)| age).collect())
}

fn said(capture: &Capture) -> rusqlite::Result<String> {
    serde_json::to_string(&capture.fields).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))
}

/// This capture as a source of an article, as it is kept, where it is one.
fn source(db: &rusqlite::Connection, article: i64, capture: &Capture) -> rusqlite::Result<Option<Age>> {
    let said = said(capture)?;
    let is_it = |(age, kept): &(Age, String)| age.path == capture.path && age.record == capture.number && *kept == said;
    Ok(rows(db, article)?.into_iter().find(is_it).map(|(age, _)| age))
}

/// Whether the bytes, the text and the fields of a kept article can be read back. A reading that cannot be is made again from
/// them by the next re-reading.
fn is_readable(db: &rusqlite::Connection, number: i64) -> rusqlite::Result<bool> {
    let query = "SELECT a.id, a.text, a.fields, b.digest, b.packed FROM article a JOIN bytes b ON b.number = a.bytes
         WHERE a.number = ?1";
    let row = |r: &rusqlite::Row<'_>| {
        let packed = Packed { id: r.get(0)?, text: r.get(1)?, fields: r.get(2)?, reading: Vec::new() };
        Ok((packed, r.get::<_, String>(3)?, r.get::<_, Vec<u8>>(4)?))
    };
    let found = db.prepare_cached(query)?.query_row([number], row).optional()?;
    Ok(found.is_some_and(|(packed, digest, bytes)| {
        packed.article().is_ok() && unpack(&bytes).is_ok_and(|b| Digest::of(&b).as_str() == digest)
    }))
}

/// Keeps a source; of a known one the earlier time counts.
fn insert_source(db: &Transaction<'_>, article: i64, capture: &Capture, added: Moment) -> rusqlite::Result<()> {
    let query = "INSERT INTO source (article, path, record, said, at, added) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (article, path, record, said) DO UPDATE SET at = ?5";
    let kept = source(db, article, capture)?.and_then(|kept| kept.at);
    let at = kept.into_iter().chain(capture.at).min().map(|m| m.to_string());
    let row = params![article, capture.path, capture.number as i64, said(capture)?, at, added.to_string()];
    db.prepare_cached(query)?.execute(row)?;
    Ok(())
}

/// The number of a maker, which is written down on its first reading.
pub(crate) fn maker_number(db: &Transaction<'_>, maker: &Maker) -> rusqlite::Result<i64> {
    let (rules, model) = (&maker.rules, &maker.model);
    db.prepare_cached("INSERT OR IGNORE INTO maker (rules, model) VALUES (?1, ?2)")?.execute([rules, model])?;
    db.prepare_cached("SELECT number FROM maker WHERE rules = ?1 AND model = ?2")?
        .query_row([rules, model], |r| r.get(0))
}

fn insert(
    db: &Transaction<'_>,
    received: &Received<'_>,
    packed: &Packed,
    maker: i64,
    added: Moment,
) -> rusqlite::Result<i64> {
    let bytes = keep_bytes(db, &received.capture.bytes)?;
    let a = received.article;
    let query =
        "INSERT INTO article (id, digest, bytes, verbatim, added, maker, day, outlet, title, text, fields, reading)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    db.prepare_cached(query)?.execute(params![
        a.id.as_str(),
        a.digest.as_str(),
        bytes,
        received.verbatim,
        added.to_string(),
        maker,
        a.published.map(|m| m.date.to_string()),
        a.outlet,
        a.title,
        packed.text,
        packed.fields,
        packed.reading,
    ])?;
    Ok(db.last_insert_rowid())
}

pub(crate) fn keep_bytes(db: &Transaction<'_>, bytes: &[u8]) -> rusqlite::Result<i64> {
    keep_digested(db, &Digest::of(bytes), bytes)
}

pub(crate) fn keep_digested(db: &Transaction<'_>, digest: &Digest, bytes: &[u8]) -> rusqlite::Result<i64> {
    let find = "SELECT number FROM bytes WHERE digest = ?1";
    let known = db.prepare_cached(find)?.query_row([digest.as_str()], |r| r.get(0)).optional()?;
    if let Some(number) = known {
        return Ok(number);
    }
    let packed = pack(bytes).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))?;
    let query = "INSERT INTO bytes (digest, length, packed) VALUES (?1, ?2, ?3)";
    db.prepare_cached(query)?.execute(params![digest.as_str(), bytes.len() as i64, packed])?;
    Ok(db.last_insert_rowid())
}

/// Writes what of an article can be looked up.
pub(crate) fn insert_docs(db: &Transaction<'_>, article: i64, docs: &[Doc]) -> rusqlite::Result<()> {
    let mut item =
        db.prepare_cached("INSERT INTO item (place, hash, kind, article, act) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    let mut words = db.prepare_cached("INSERT INTO words (rowid, text) VALUES (?1, ?2)")?;
    for doc in docs {
        item.execute(params![doc.place, doc.hash, doc.kind as i64, article, doc.act])?;
        if let Some(text) = &doc.words {
            words.execute(params![doc.place, text])?;
        }
    }
    Ok(())
}

/// Takes away what of an article could be looked up.
pub(crate) fn delete_docs(db: &Transaction<'_>, article: i64) -> rusqlite::Result<()> {
    let searched = "DELETE FROM words WHERE rowid IN (SELECT place FROM item WHERE article = ?1 AND kind <= 2)";
    db.prepare_cached(searched)?.execute([article])?;
    db.prepare_cached("DELETE FROM meant WHERE place IN (SELECT place FROM item WHERE article = ?1)")?
        .execute([article])?;
    db.prepare_cached("DELETE FROM item WHERE article = ?1")?.execute([article])?;
    Ok(())
}

/// An article and its reading in the place of those that are kept.
pub(crate) fn replace(
    db: &Transaction<'_>,
    number: i64,
    maker: i64,
    article: &Article,
    reading: &Reading,
    packed: &Packed,
) -> rusqlite::Result<()> {
    let query = "UPDATE article SET maker = ?2, day = ?3, outlet = ?4, title = ?5, text = ?6, fields = ?7, reading = ?8
         WHERE number = ?1";
    let day = article.published.map(|m| m.date.to_string());
    let row = params![number, maker, day, article.outlet, article.title, packed.text, packed.fields, packed.reading];
    db.prepare_cached(query)?.execute(row)?;
    delete_docs(db, number)?;
    insert_docs(db, number, &docs(number, article, reading))
}

/// Adds a source to a known article, or an earlier time to a known source; the article becomes that of this capture where it
/// is the earliest.
fn another_source(
    db: &Transaction<'_>,
    number: i64,
    received: &Received<'_>,
    reading: Option<(&Reading, &Packed)>,
    maker: &Maker,
    added: Moment,
) -> rusqlite::Result<Kept> {
    let own = Age::of(received.capture);
    let kept = source(db, number, received.capture)?;
    if kept.as_ref().is_some_and(|kept| *kept <= own) {
        return Ok(Kept::Known);
    }
    let said = said(received.capture)?;
    if rows(db, number)?.iter().any(|(_, other)| *other != said) {
        return made_of_all(db, number, received, reading, maker, added);
    }
    let is_earliest = ages(db, number)?.first().is_none_or(|first| own < *first);
    if is_earliest && reading.is_none() {
        return Ok(Kept::Unread);
    }
    insert_source(db, number, received.capture, added)?;
    // what was staged does not know of this source
    unstage(db, number)?;
    let broken = |e: String| rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Blob, e.into());
    let fields: Vec<u8> = db.query_row("SELECT fields FROM article WHERE number = ?1", [number], |r| r.get(0))?;
    let mut fields: serde_json::Value = unpack(&fields)
        .map_err(|e| e.to_string())
        .and_then(|f| serde_json::from_slice(&f).map_err(|e| e.to_string()))
        .map_err(broken)?;
    let known: Vec<Source> = serde_json::from_value(fields["sources"].take()).map_err(|e| broken(e.to_string()))?;
    let sources: BTreeSet<Source> = known.into_iter().chain(received.article.sources.iter().cloned()).collect();
    match reading.filter(|_| is_earliest) {
        Some((reading, _)) => {
            let mut article = received.article.clone();
            article.sources = sources.into_iter().collect();
            let packed = Packed::of(&article, reading).map_err(|e| broken(e.to_string()))?;
            replace(db, number, maker_number(db, maker)?, &article, reading, &packed)?;
        }
        None => {
            fields["sources"] = serde_json::to_value(sources).map_err(|e| broken(e.to_string()))?;
            let fields = serde_json::to_vec(&fields).map_err(|e| broken(e.to_string()))?;
            let packed = pack(&fields).map_err(|e| broken(e.to_string()))?;
            let updated = db.execute("UPDATE article SET fields = ?2 WHERE number = ?1", params![number, packed])?;
            if updated != 1 {
                return Err(code(rusqlite::ffi::SQLITE_CORRUPT));
            }
        }
    }
    Ok(if kept.is_some() { Kept::Earlier } else { Kept::Source })
}

/// Adds a source to a known article of which the containers say different things; the article becomes that of all of them.
fn made_of_all(
    db: &Transaction<'_>,
    number: i64,
    received: &Received<'_>,
    reading: Option<(&Reading, &Packed)>,
    maker: &Maker,
    added: Moment,
) -> rusqlite::Result<Kept> {
    let mut others: Vec<(Age, String)> =
        received.others.iter().map(|c| Ok((Age::of(c), said(c)?))).collect::<rusqlite::Result<_>>()?;
    others.sort();
    let (Some((reading, packed)), true) = (reading, others == rows(db, number)?) else { return Ok(Kept::Apart) };
    let was_known = source(db, number, received.capture)?.is_some();
    insert_source(db, number, received.capture, added)?;
    unstage(db, number)?;
    replace(db, number, maker_number(db, maker)?, received.article, reading, packed)?;
    Ok(if was_known { Kept::Earlier } else { Kept::Source })
}
