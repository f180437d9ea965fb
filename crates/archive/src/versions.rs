//! Which articles a page was, one after the other.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use rapporteur_text::ArticleId;
use rusqlite::{Row, Transaction, params};

use crate::archive::changed;
use crate::feeds::{Page, put};
use crate::{Archive, Error};

/// A time in which a page was one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The article.
    pub article: ArticleId,
    /// When the page was first seen to be this one.
    pub first: Timestamp,
    /// When it was last seen to be.
    pub last: Timestamp,
}

/// What is known of the versions of a page, the oldest first. An article that the page came back to is there twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// Its address.
    pub address: String,
    /// Its versions; neighbours are different articles.
    pub versions: Vec<Version>,
}

impl Archive {
    /// Remembers that a page was looked at and what it is now: where that is another article than before, it has a new version.
    /// Both are written or nothing. A page of which no time is given has none.
    ///
    /// # Errors
    /// Where the archive cannot be written.
    pub fn keep_version(&mut self, page: &Page) -> Result<(), Error> {
        self.whole(|db| {
            put(db, page)?;
            let Some(looked) = page.looked.filter(|_| !page.article.is_empty()) else { return Ok(()) };
            if seen_again(db, page)? == 0 {
                let row = params![page.address, page.article, looked.to_string()];
                let next = "INSERT INTO version SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, ?3 FROM version
                     WHERE address = ?1";
                db.prepare_cached(next)?.execute(row)?;
                changed(db)?;
            }
            Ok(())
        })
    }

    /// Remembers that a page was looked at and still is what it was.
    ///
    /// # Errors
    /// Where the archive cannot be written.
    pub fn keep_unchanged(&mut self, page: &Page) -> Result<(), Error> {
        self.whole(|db| {
            put(db, page)?;
            seen_again(db, page).map(|_| ())
        })
    }

    /// The pages that were more than one article of those that are kept, by address.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    pub fn histories(&self) -> Result<Vec<History>, Error> {
        let sql = "SELECT v.address, v.article, v.first, v.last FROM version v JOIN article a ON a.id = v.article
             ORDER BY v.address, v.number";
        let all = || -> rusqlite::Result<Vec<(String, Option<Version>)>> {
            self.db.prepare_cached(sql)?.query_map((), version)?.collect()
        };
        let mut pages: BTreeMap<String, Vec<Version>> = BTreeMap::new();
        for (address, version) in all().map_err(|e| self.sql(e))? {
            let Some(version) = version else { continue };
            let known = pages.entry(address).or_default();
            match known.last_mut() {
                // what stood between is not kept any more
                Some(last) if last.article == version.article => last.last = last.last.max(version.last),
                _ => known.push(version),
            }
        }
        pages.retain(|_, versions| versions.len() > 1);
        Ok(pages.into_iter().map(|(address, versions)| History { address, versions }).collect())
    }

    /// What of the versions cannot be read back or is in no order.
    pub(crate) fn faults_of_versions(&self) -> rusqlite::Result<Vec<String>> {
        let sql = "SELECT address, article, first, last, number FROM version ORDER BY address, number";
        let mut query = self.db.prepare(sql)?;
        let rows = query.query_map((), |r| Ok((version(r)?, r.get::<_, String>(1)?, r.get::<_, i64>(4)?)))?;
        let (mut faults, mut before): (BTreeSet<String>, Option<(String, i64, String)>) = (BTreeSet::new(), None);
        for row in rows {
            let ((address, version), article, number) = row?;
            let fault = match version {
                None => Some(format!("the time at which `{address}` was seen to be `{article}` is none")),
                Some(v) if v.last < v.first => {
                    Some(format!("`{address}` was last seen to be `{article}` before it was first"))
                }
                Some(_) => None,
            };
            faults.extend(fault);
            let is_next = match before.as_ref() {
                Some((page, last, _)) if *page == address => number == last + 1,
                _ => number == 1,
            };
            let is_other = before.as_ref().is_none_or(|(page, _, known)| *page != address || *known != article);
            if !is_next || !is_other {
                faults.insert(format!("the versions of `{address}` are not all there, or one is there twice"));
            }
            before = Some((address, number, article));
        }
        Ok(faults.into_iter().collect())
    }
}

/// Notes that a page still is the article it was; how many versions that concerns: one, or none.
fn seen_again(db: &Transaction<'_>, page: &Page) -> rusqlite::Result<usize> {
    let Some(looked) = page.looked else { return Ok(0) };
    let again = "UPDATE version SET last = max(last, ?3) WHERE address = ?1 AND article = ?2
         AND number = (SELECT max(number) FROM version WHERE address = ?1)";
    db.prepare_cached(again)?.execute(params![page.address, page.article, looked.to_string()])
}

fn version(row: &Row<'_>) -> rusqlite::Result<(String, Option<Version>)> {
    let time = |at: usize| row.get::<_, String>(at).map(|t| t.parse::<Timestamp>().ok());
    let article = ArticleId::from_written(row.get::<_, String>(1)?);
    let version = time(2)?.zip(time(3)?).map(|(first, last)| Version { article, first, last });
    Ok((row.get(0)?, version))
}
