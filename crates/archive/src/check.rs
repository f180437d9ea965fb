//! Whether everything that is kept is whole.

use std::collections::BTreeSet;

use rapporteur_article::Article;
use rapporteur_capture::Fields;
use rapporteur_text::{ArticleId, Digest, Moment};

use crate::docs::docs;
use crate::index::{expected, is_row, looked_up};
use crate::packed::unpack;
use crate::{Archive, Error, Packed};

/// What is derived from the readings can be made again.
const MENDED: &str = "`rapporteur reread` writes it anew";

/// What was looked at and what of it is not whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// Articles with their readings.
    pub articles: usize,
    /// Captures.
    pub captures: usize,
    /// Stretches of evidence that are the text of their ranges.
    pub evidence: usize,
    /// Corrections.
    pub corrections: usize,
    /// What is not whole, in words.
    pub faults: Vec<String>,
}

impl Archive {
    /// Looks at everything: the file's own structure, the digest of each capture, each article and reading with all its
    /// evidence, whether what can be looked up is what the readings say, the log, what users have seen, and what is remembered
    /// of feeds, pages and their versions. `step` is told how many of how many articles are done.
    ///
    /// # Errors
    /// Where the archive cannot be read at all; what is found is in [`Checked::faults`].
    pub fn check(&self, step: &mut dyn FnMut(usize, usize)) -> Result<Checked, Error> {
        // all of it as it is at one moment, whatever others write meanwhile
        let moment = self.db.unchecked_transaction().map_err(|e| self.sql(e))?;
        let mut checked = Checked::default();
        self.check_structure(&mut checked).map_err(|e| self.sql(e))?;
        self.check_captures(&mut checked).map_err(|e| self.sql(e))?;
        self.check_articles(&mut checked, step).map_err(|e| self.sql(e))?;
        match self.corrections() {
            Ok(all) => checked.corrections = all.len(),
            Err(error) => checked.faults.push(error.to_string()),
        }
        checked.faults.extend(self.faults_of_seen().map_err(|e| self.sql(e))?);
        checked.faults.extend(self.faults_of_feeds().map_err(|e| self.sql(e))?);
        checked.faults.extend(self.faults_of_versions().map_err(|e| self.sql(e))?);
        drop(moment);
        Ok(checked)
    }

    fn check_structure(&self, checked: &mut Checked) -> rusqlite::Result<()> {
        // the full-text index looks for the changes of other processes when it is searched, not when it is checked; where this
        // fails, so does what comes next
        let _ = self.db.query_row("SELECT 1 FROM words WHERE words MATCH '\"a\"' LIMIT 1", (), |_| Ok(()));
        let mut integrity = self.db.prepare("PRAGMA integrity_check(20)")?;
        for line in integrity.query_map((), |r| r.get::<_, String>(0))? {
            checked.faults.extend(Some(line?).filter(|l| l != "ok").map(|l| format!("the file: {l}")));
        }
        let mut foreign = self.db.prepare("PRAGMA foreign_key_check")?;
        for table in foreign.query_map((), |r| r.get::<_, String>(0))? {
            checked.faults.push(format!("a row of `{}` belongs to nothing", table?));
        }
        // the rows of the full-text index, by the table in which it keeps their lengths
        let (items, words) = ("SELECT place FROM item WHERE kind <= 2", "SELECT id FROM words_docsize");
        for (these, those, what) in
            [(items, words, "cannot be searched"), (words, items, "can be searched and is none any more")]
        {
            let sql = format!("SELECT count(*) FROM ({these} EXCEPT {those})");
            let count = self.db.query_row(&sql, (), |r| r.get::<_, i64>(0))?;
            let subject = match count {
                1 => "1 article, statement or quotation",
                _ => &format!("{count} articles, statements or quotations"),
            };
            checked.faults.extend((count > 0).then(|| format!("{subject} {what}: {MENDED}")));
        }
        Ok(())
    }

    fn check_captures(&self, checked: &mut Checked) -> rusqlite::Result<()> {
        let mut query = self.db.prepare(
            "SELECT digest, length, packed, EXISTS (SELECT 1 FROM article a WHERE a.bytes = b.number) FROM bytes b ORDER BY number",
        )?;
        let row = |r: &rusqlite::Row<'_>| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?));
        let rows = query.query_map((), row)?;
        for row in rows {
            let (digest, length, packed, is_of_article): (String, i64, Vec<u8>, bool) = row?;
            checked.captures += usize::from(is_of_article);
            let fault = match unpack(&packed) {
                Err(e) => Some(format!("cannot be unpacked: {e}")),
                Ok(bytes) if bytes.len() as i64 != length || Digest::of(&bytes).as_str() != digest => {
                    Some("is not the bytes that were received".to_string())
                }
                Ok(_) => None,
            };
            checked.faults.extend(fault.map(|f| format!("the capture with digest `{digest}` {f}")));
        }
        Ok(())
    }

    fn check_articles(&self, checked: &mut Checked, step: &mut dyn FnMut(usize, usize)) -> rusqlite::Result<()> {
        let all =
            self.db.query_row("SELECT count(*) FROM article", (), |r| r.get::<_, i64>(0))?.unsigned_abs() as usize;
        let mut query = self.db.prepare(
            "SELECT id, text, fields, reading, number, digest, day, outlet, title FROM article ORDER BY number",
        )?;
        let mut rows = query.query(())?;
        while let Some(row) = rows.next()? {
            let packed = Packed { id: row.get(0)?, text: row.get(1)?, fields: row.get(2)?, reading: row.get(3)? };
            checked.articles += 1;
            match packed.unpack() {
                Err(fault) => checked.faults.push(fault),
                Ok((article, reading)) => {
                    let id = &packed.id;
                    checked.evidence += reading.evidence().count();
                    let nameless =
                        reading.evidence().find(|(i, e)| e.span.is_empty() || !i.sentence().contains(i.span()));
                    checked.faults.extend(nameless.map(|(i, _)| format!("item `{}` of `{id}` has no words", i.id())));
                    let digest: String = row.get(5)?;
                    let own = serde_json::from_value(digest.into()).map(|d: Digest| ArticleId::new(&d, 0));
                    if !own.is_ok_and(|own| id.starts_with(own.as_str())) {
                        checked.faults.push(format!("article `{id}` has another digest than its id"));
                    }
                    let number: i64 = row.get(4)?;
                    let own = (row.get(6)?, row.get(7)?, row.get(8)?);
                    if !is_row(own, &article)
                        || looked_up(&self.db, number)? != expected(&docs(number, &article, &reading))
                    {
                        let fault = format!("what can be looked up of `{id}` is not what its reading says: {MENDED}");
                        checked.faults.push(fault);
                    }
                    checked.faults.extend(self.fault_of_sources(number, &article)?);
                }
            }
            step(checked.articles, all);
        }
        Ok(())
    }

    /// What of the sources of an article is not whole, or is not what the article says.
    fn fault_of_sources(&self, number: i64, article: &Article) -> rusqlite::Result<Option<String>> {
        let mut query = self.db.prepare_cached("SELECT path, at, said FROM source WHERE article = ?1")?;
        let row = |r: &rusqlite::Row<'_>| {
            Ok((r.get::<_, String>(0)?, r.get::<_, Option<String>>(1)?, r.get::<_, String>(2)?))
        };
        let rows: Vec<_> = query.query_map([number], row)?.collect::<Result<_, _>>()?;
        let mut times: Vec<Moment> = Vec::new();
        for (path, at, said) in &rows {
            let id = &article.id;
            let Ok(fields) = serde_json::from_str::<Fields>(said) else {
                return Ok(Some(format!("what the container of `{id}` at `{path}` said cannot be read back")));
            };
            match at.as_ref().map(|at| at.parse::<Moment>()) {
                Some(Err(_)) => return Ok(Some(format!("the time at which `{id}` was captured at `{path}` is none"))),
                Some(Ok(at)) => times.push(at),
                None => {}
            }
            let is_known = |s: &rapporteur_article::Source| {
                let said = |container: &str, own: &str| container.trim().is_empty() || container.trim() == own;
                s.path == *path && said(&fields.url, &s.url) && said(&fields.outlet, &s.outlet)
            };
            if !article.sources.iter().any(is_known) {
                return Ok(Some(format!("the article `{id}` does not know its source `{path}`")));
            }
        }
        let paths: BTreeSet<&str> = rows.iter().map(|(path, _, _)| path.as_str()).collect();
        let missing = article.sources.iter().find(|s| !paths.contains(s.path.as_str()));
        Ok(match (missing, times.iter().min().copied() == article.captured_at) {
            (Some(source), _) => Some(format!("the source `{}` of `{}` is not kept", source.path, article.id)),
            (None, false) => Some(format!("the sources of `{}` were captured at another time than it", article.id)),
            (None, true) => None,
        })
    }
}
