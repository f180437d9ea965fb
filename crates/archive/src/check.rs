//! Whether everything that is kept is whole.

use rapporteur_text::{ArticleId, Digest};

use crate::docs::docs;
use crate::packed::unpack;
use crate::{Archive, Error, Packed};

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
    /// evidence, whether what can be looked up is what the readings say, and the log. `step` is told how many of how many
    /// articles are done.
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
        Ok(())
    }

    fn check_captures(&self, checked: &mut Checked) -> rusqlite::Result<()> {
        let mut query = self.db.prepare("SELECT digest, length, packed FROM bytes ORDER BY number")?;
        let rows =
            query.query_map((), |r| Ok((r.get::<_, String>(0)?, r.get::<_, i64>(1)?, r.get::<_, Vec<u8>>(2)?)))?;
        for row in rows {
            let (digest, length, packed) = row?;
            checked.captures += 1;
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
        let mut query =
            self.db.prepare("SELECT id, text, fields, reading, number, digest FROM article ORDER BY number")?;
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
                    let expected: Vec<(i64, i64)> =
                        docs(number, &article, &reading).iter().map(|d| (d.place, d.hash)).collect();
                    if self.looked_up(number)? != sorted(expected) {
                        checked.faults.push(format!("what can be looked up of `{id}` is not what its reading says"));
                    }
                }
            }
            step(checked.articles, all);
        }
        Ok(())
    }

    fn looked_up(&self, article: i64) -> rusqlite::Result<Vec<(i64, i64)>> {
        let mut query = self.db.prepare_cached("SELECT place, hash FROM item WHERE article = ?1 ORDER BY place")?;
        query.query_map([article], |r| Ok((r.get(0)?, r.get(1)?)))?.collect()
    }
}

fn sorted(mut all: Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    all.sort_unstable();
    all
}
