//! Readings by other rules: first put beside the kept ones, where the two can be compared, then in their place.

use rapporteur_article::Article;
use rapporteur_reading::Reading;
use rapporteur_text::ArticleId;
use rusqlite::{OptionalExtension, Transaction, params};

use crate::archive::changed;
use crate::keep::{keep_bytes, maker_number, replace};
use crate::original::drop_unused;
use crate::{Archive, Error, Maker, Packed};

/// An article that is to be read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outdated {
    /// The article.
    pub id: ArticleId,
    /// Whether its capture was taken as clean text.
    pub verbatim: bool,
}

impl Archive {
    /// Articles read by other rules or another model than these, of which no new reading is staged; in the order in which they
    /// were kept. What was staged by yet other rules is dropped.
    ///
    /// # Errors
    /// Where the archive cannot be written.
    pub fn outdated(&mut self, maker: &Maker) -> Result<Vec<Outdated>, Error> {
        self.whole(|db| {
            let number = maker_number(db, maker)?;
            let old: Vec<i64> = db
                .prepare("SELECT DISTINCT bytes FROM staged WHERE maker <> ?1 AND bytes IS NOT NULL")?
                .query_map([number], |r| r.get(0))?
                .collect::<Result<_, _>>()?;
            db.execute("DELETE FROM staged WHERE maker <> ?1", [number])?;
            old.into_iter().try_for_each(|bytes| drop_unused(db, bytes))?;
            let query = "SELECT id, verbatim FROM article a WHERE maker <> ?1
                 AND NOT EXISTS (SELECT 1 FROM staged s WHERE s.article = a.number) ORDER BY number";
            let row = |r: &rusqlite::Row<'_>| {
                Ok(Outdated { id: ArticleId::from_written(r.get::<_, String>(0)?), verbatim: r.get(1)? })
            };
            db.prepare(query)?.query_map([number], row)?.collect()
        })
    }

    /// Takes an article's reading for one by rules that nobody has any more, so that it is read again: for a reading that cannot
    /// be read back.
    ///
    /// # Errors
    /// Where the archive cannot be written.
    pub fn distrust(&mut self, id: &str) -> Result<(), Error> {
        let nobody = Maker { rules: "damaged".to_string(), model: String::new() };
        self.whole(|db| {
            let number = maker_number(db, &nobody)?;
            db.execute("UPDATE article SET maker = ?2 WHERE id = ?1", params![id, number]).map(|_| ())
        })
    }

    /// Puts a new reading beside the kept one. When this returns, the disk has it. `bytes`: what the article's own become with
    /// it, where other text is taken out of the original.
    ///
    /// # Errors
    /// Where the archive cannot be written.
    pub fn stage(&mut self, packed: &Packed, bytes: Option<&[u8]>, maker: &Maker) -> Result<(), Error> {
        self.whole(|db| {
            let number = maker_number(db, maker)?;
            let bytes = bytes.map(|bytes| keep_bytes(db, bytes)).transpose()?;
            let query = "INSERT OR REPLACE INTO staged (article, maker, text, fields, reading, bytes)
                 SELECT number, ?2, ?3, ?4, ?5, ?6 FROM article WHERE id = ?1";
            let row = params![packed.id, number, packed.text, packed.fields, packed.reading, bytes];
            db.prepare_cached(query)?.execute(row).map(|_| ())
        })
    }

    /// Ids of the articles that have a reading by these rules staged, in the order in which they were kept.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    pub fn staged(&self, maker: &Maker) -> Result<Vec<ArticleId>, Error> {
        let query =
            "SELECT a.id FROM staged s JOIN article a ON a.number = s.article JOIN maker m ON m.number = s.maker
             WHERE m.rules = ?1 AND m.model = ?2 ORDER BY a.number";
        let row = |r: &rusqlite::Row<'_>| r.get::<_, String>(0).map(ArticleId::from_written);
        let all = self
            .db
            .prepare_cached(query)
            .and_then(|mut s| s.query_map([&maker.rules, &maker.model], row)?.collect::<Result<Vec<_>, _>>());
        all.map_err(|e| self.sql(e))
    }

    /// The new reading of an article, where one is staged.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    pub fn staged_reading(&self, id: &ArticleId) -> Result<Option<Packed>, Error> {
        let query = "SELECT a.id, s.text, s.fields, s.reading FROM staged s JOIN article a ON a.number = s.article
             WHERE a.id = ?1";
        let row = |r: &rusqlite::Row<'_>| {
            Ok(Packed { id: r.get(0)?, text: r.get(1)?, fields: r.get(2)?, reading: r.get(3)? })
        };
        let found = self.db.prepare_cached(query).and_then(|mut s| s.query_row([id.as_str()], row).optional());
        found.map_err(|e| self.sql(e))
    }

    /// Puts a staged reading in the place of the kept one, with all that can be looked up of it; all or nothing.
    ///
    /// # Errors
    /// Where the archive cannot be written.
    pub fn promote(&mut self, packed: &Packed, article: &Article, reading: &Reading) -> Result<(), Error> {
        self.whole(|db| {
            let query =
                "SELECT s.article, s.maker, s.bytes, a.bytes FROM staged s JOIN article a ON a.number = s.article
                 WHERE a.id = ?1";
            let row = |r: &rusqlite::Row<'_>| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?));
            let staged: Option<(i64, i64, Option<i64>, i64)> =
                db.prepare_cached(query)?.query_row([&packed.id], row).optional()?;
            // another process may have done it
            let Some((number, maker, bytes, old)) = staged else { return Ok(()) };
            replace(db, number, maker, article, reading, packed)?;
            if let Some(bytes) = bytes {
                db.prepare_cached("UPDATE article SET bytes = ?2 WHERE number = ?1")?.execute([number, bytes])?;
            }
            unstage(db, number)?;
            drop_unused(db, old)?;
            changed(db)
        })
    }
}

/// Takes away what is staged of an article.
pub(crate) fn unstage(db: &Transaction<'_>, article: i64) -> rusqlite::Result<()> {
    let find = "SELECT bytes FROM staged WHERE article = ?1";
    let bytes: Option<Option<i64>> = db.prepare_cached(find)?.query_row([article], |r| r.get(0)).optional()?;
    db.prepare_cached("DELETE FROM staged WHERE article = ?1")?.execute([article])?;
    bytes.flatten().map_or(Ok(()), |bytes| drop_unused(db, bytes))
}
