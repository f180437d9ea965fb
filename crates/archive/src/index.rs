//! What can be looked up, compared with what the readings say, and written anew where it is not that.

use rapporteur_article::Article;
use rapporteur_reading::Reading;
use rusqlite::{Connection, OptionalExtension, params};

use crate::archive::changed;
use crate::docs::{Doc, docs};
use crate::keep::{delete_docs, insert_docs};
use crate::{Archive, Error, Packed};

/// Places that can be searched and are no article, statement or quotation.
const STRAY: &str = "SELECT id FROM words_docsize EXCEPT SELECT place FROM item WHERE kind <= 2";

/// Place, hash, kind and act of a row of `item`.
pub(crate) type LookedUp = (i64, i64, i64, Option<i64>);

/// Day, outlet and title in the row of an article.
pub(crate) type Row = (Option<String>, String, String);

/// What can be looked up of an article, in order of place.
pub(crate) fn looked_up(db: &Connection, article: i64) -> rusqlite::Result<Vec<LookedUp>> {
    let query = "SELECT place, hash, kind, act FROM item WHERE article = ?1 ORDER BY place";
    let mut query = db.prepare_cached(query)?;
    query.query_map([article], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))?.collect()
}

/// What should be.
pub(crate) fn expected(docs: &[Doc]) -> Vec<LookedUp> {
    let mut all: Vec<LookedUp> = docs.iter().map(|d| (d.place, d.hash, d.kind as i64, d.act)).collect();
    all.sort_unstable();
    all
}

/// Whether the row of an article is what the article says.
pub(crate) fn is_row(row: Row, article: &Article) -> bool {
    row == (article.published.map(|m| m.date.to_string()), article.outlet.clone(), article.title.clone())
}

/// How many of the rows of an article have words that can be searched.
fn searched(db: &Connection, article: i64) -> rusqlite::Result<i64> {
    let query = "SELECT count(*) FROM item JOIN words_docsize ON id = place WHERE article = ?1 AND kind <= 2";
    db.prepare_cached(query)?.query_row([article], |r| r.get(0))
}

fn row_of(db: &Connection, id: &str) -> rusqlite::Result<Option<(i64, Row)>> {
    let query = "SELECT number, day, outlet, title FROM article WHERE id = ?1";
    let row = |r: &rusqlite::Row<'_>| Ok((r.get(0)?, (r.get(1)?, r.get(2)?, r.get(3)?)));
    db.prepare_cached(query)?.query_row([id], row).optional()
}

/// The rows of an article where they are not what can be looked up of it; `None` where they are, or it is not kept.
fn astray(db: &Connection, article: &Article, reading: &Reading) -> rusqlite::Result<Option<(i64, Vec<Doc>)>> {
    let Some((number, row)) = row_of(db, article.id.as_str())? else { return Ok(None) };
    let docs = docs(number, article, reading);
    let with_words = docs.iter().filter(|d| d.words.is_some()).count() as i64;
    let is_right =
        is_row(row, article) && looked_up(db, number)? == expected(&docs) && searched(db, number)? == with_words;
    Ok((!is_right).then_some((number, docs)))
}

impl Archive {
    /// Whether what can be looked up of an article is what its reading says.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    pub fn is_indexed(&self, article: &Article, reading: &Reading) -> Result<bool, Error> {
        astray(&self.db, article, reading).map(|found| found.is_none()).map_err(|e| self.sql(e))
    }

    /// How much can be searched that is no article, statement or quotation.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    pub fn strays(&self) -> Result<usize, Error> {
        let count = format!("SELECT count(*) FROM ({STRAY})");
        let found = self.db.query_row(&count, (), |r| r.get::<_, i64>(0));
        found.map(|n| n.unsigned_abs() as usize).map_err(|e| self.sql(e))
    }

    /// Writes anew what can be looked up of these articles, where it is not what their readings say, and takes away what can be
    /// searched and is none of any; all or nothing.
    ///
    /// # Errors
    /// Where the archive cannot be written.
    pub fn index_anew(&mut self, ids: &[String]) -> Result<(), Error> {
        self.whole(|db| {
            db.execute(&format!("DELETE FROM words WHERE rowid IN ({STRAY})"), ())?;
            for id in ids {
                let query = "SELECT id, text, fields, reading FROM article WHERE id = ?1";
                let row = |r: &rusqlite::Row<'_>| {
                    Ok(Packed { id: r.get(0)?, text: r.get(1)?, fields: r.get(2)?, reading: r.get(3)? })
                };
                // another process may have put another reading there meanwhile
                let packed = db.prepare_cached(query)?.query_row([id], row).optional()?;
                let Some((article, reading)) = packed.and_then(|p| p.unpack().ok()) else { continue };
                let Some((number, docs)) = astray(db, &article, &reading)? else { continue };
                delete_docs(db, number)?;
                for doc in &docs {
                    // a row of it that says that it is another article's
                    db.prepare_cached("DELETE FROM words WHERE rowid = ?1")?.execute([doc.place])?;
                    db.prepare_cached("DELETE FROM item WHERE place = ?1")?.execute([doc.place])?;
                }
                insert_docs(db, number, &docs)?;
                let day = article.published.map(|m| m.date.to_string());
                db.prepare_cached("UPDATE article SET day = ?2, outlet = ?3, title = ?4 WHERE number = ?1")?
                    .execute(params![number, day, article.outlet, article.title])?;
            }
            changed(db)
        })
    }
}
