//! What is remembered of feeds and of the pages that were fetched: by what a server tells whether they changed.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, Transaction, params};

use crate::{Archive, Error};

/// A feed that is followed. Texts are "" where nothing is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Feed {
    /// Its address as it was given.
    pub address: String,
    /// What it calls itself.
    pub title: String,
    /// `ETag` of its last answer of which everything was kept.
    pub etag: String,
    /// `Last-Modified` of that answer.
    pub modified: String,
    /// How often it was asked.
    pub polls: u64,
    /// How often it failed since it last answered.
    pub failures: u64,
    /// Why it failed the last time.
    pub error: String,
    /// When it is to be asked again.
    pub next: Option<Timestamp>,
    /// Until when its server wants peace.
    pub peace: Option<Timestamp>,
}

/// A page that was fetched, or that cannot be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// Its address as it was given or as a feed links it.
    pub address: String,
    /// What feeds said of it, in short; where that changes, so may the page have.
    pub mark: String,
    /// `ETag` of its last answer.
    pub etag: String,
    /// `Last-Modified` of its last answer.
    pub modified: String,
    /// When it was last looked at.
    pub looked: Option<Timestamp>,
    /// Id of the newest article that was made of it; "" where none could be.
    pub article: String,
}

fn moment(written: Option<String>) -> Option<Timestamp> {
    written.and_then(|w| w.parse().ok())
}

fn feed(row: &Row<'_>) -> rusqlite::Result<Feed> {
    let count = |at: usize| row.get::<_, i64>(at).map(i64::unsigned_abs);
    Ok(Feed {
        address: row.get(0)?,
        title: row.get(1)?,
        etag: row.get(2)?,
        modified: row.get(3)?,
        polls: count(4)?,
        failures: count(5)?,
        error: row.get(6)?,
        next: moment(row.get(7)?),
        peace: moment(row.get(8)?),
    })
}

fn page(row: &Row<'_>) -> rusqlite::Result<Page> {
    Ok(Page {
        address: row.get(0)?,
        mark: row.get(1)?,
        etag: row.get(2)?,
        modified: row.get(3)?,
        looked: moment(row.get(4)?),
        article: row.get(5)?,
    })
}

const FEED: &str = "SELECT address, title, etag, modified, polls, failures, error, next, peace FROM feed";

impl Archive {
    /// The feeds that are followed, by address.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    pub fn feeds(&self) -> Result<Vec<Feed>, Error> {
        let all = || -> rusqlite::Result<Vec<Feed>> {
            let mut query = self.db.prepare(&format!("{FEED} ORDER BY address"))?;
            query.query_map((), feed)?.collect()
        };
        all().map_err(|e| self.sql(e))
    }

    /// A feed, where it is followed.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    pub fn feed(&self, address: &str) -> Result<Option<Feed>, Error> {
        let find = format!("{FEED} WHERE address = ?1");
        self.db.query_row(&find, [address], feed).optional().map_err(|e| self.sql(e))
    }

    /// Follows a feed, or remembers what is new of it.
    ///
    /// # Errors
    /// Where the archive cannot be written.
    pub fn keep_feed(&mut self, feed: &Feed) -> Result<(), Error> {
        let keep = "INSERT OR REPLACE INTO feed VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        let time = |at: Option<Timestamp>| at.map(|at| at.to_string());
        let (polls, failures) = (feed.polls as i64, feed.failures as i64);
        let (next, peace) = (time(feed.next), time(feed.peace));
        let (address, title, error) = (&feed.address, &feed.title, &feed.error);
        let row = params![address, title, feed.etag, feed.modified, polls, failures, error, next, peace];
        self.db.execute(keep, row).map_err(|e| self.sql(e))?;
        Ok(())
    }

    /// Follows a feed no more; whether it was followed. What was kept of it stays.
    ///
    /// # Errors
    /// Where the archive cannot be written.
    pub fn forget_feed(&mut self, address: &str) -> Result<bool, Error> {
        let gone = self.db.execute("DELETE FROM feed WHERE address = ?1", [address]);
        Ok(gone.map_err(|e| self.sql(e))? > 0)
    }

    /// A page, where it was looked at.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    pub fn page(&self, address: &str) -> Result<Option<Page>, Error> {
        let find = "SELECT address, mark, etag, modified, looked, article FROM page WHERE address = ?1";
        self.db.query_row(find, [address], page).optional().map_err(|e| self.sql(e))
    }

    /// Remembers that a page was looked at, whatever came of it.
    ///
    /// # Errors
    /// Where the archive cannot be written.
    pub fn keep_page(&mut self, page: &Page) -> Result<(), Error> {
        self.whole(|db| put(db, page))
    }

    /// What of it cannot be read back: a time that is none is one that nobody knows, so that it is asked again.
    pub(crate) fn faults_of_feeds(&self) -> rusqlite::Result<Vec<String>> {
        let mut query = self.db.prepare(
            "SELECT 'the time until which the feed `' || address || '` is left in peace is none', peace FROM feed UNION ALL \
             SELECT 'the time at which the feed `' || address || '` is to be asked is none', next FROM feed UNION ALL \
             SELECT 'the time at which the page `' || address || '` was looked at is none', looked FROM page ORDER BY 1",
        )?;
        let rows = query.query_map((), |r| Ok((r.get::<_, String>(0)?, r.get::<_, Option<String>>(1)?)))?;
        let rows: Vec<_> = rows.collect::<Result<_, _>>()?;
        let is_fault = |(_, at): &(String, Option<String>)| at.is_some() && moment(at.clone()).is_none();
        Ok(rows.into_iter().filter(is_fault).map(|(fault, _)| fault).collect())
    }
}

/// Writes the row of a page.
pub(crate) fn put(db: &Transaction<'_>, page: &Page) -> rusqlite::Result<()> {
    let keep = "INSERT OR REPLACE INTO page VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let looked = page.looked.map(|at| at.to_string());
    let row = params![page.address, page.mark, page.etag, page.modified, looked, page.article];
    db.prepare_cached(keep)?.execute(row).map(|_| ())
}
