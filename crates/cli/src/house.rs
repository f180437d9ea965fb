//! A dossier folder as the pages of `serve` need it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::civil::Date;
use rapporteur::archive::{Field, Query};
use rapporteur::dossier::{CORRECTIONS_SCHEMA, Correction, Decision};
use rapporteur::folder::{Ask as FolderAsk, DOSSIER, Review, USERS};
use rapporteur::reading::model::Act;
use rapporteur::report::View;
use rapporteur::report::brief::Known;
use rapporteur::text::{Digest, Moment};
use rapporteur::{Folder, Options, Talks};
use rapporteur_web::access::{User, users_from_json, users_to_json};
use rapporteur_web::{Ask, Decided, Fault, House, Talks as WebTalks};
use serde_json::{Map, Value, json};

use crate::commands::review::{doubts, lines, without_effect};
use crate::commands::{search, versions};
use crate::folder;

/// Folders that are kept open while nobody uses them.
const OPEN: usize = 4;
/// How long is waited for the next second, again and again.
const MOMENT: Duration = Duration::from_millis(100);

/// A dossier folder that is served.
pub(crate) struct FolderHouse {
    path: PathBuf,
    /// Open folders that nobody uses.
    idle: Mutex<Vec<Folder>>,
    /// The talks of today and the state of the folder they are of.
    latest: Mutex<Option<(String, Arc<Talks>)>>,
    /// One decides after the other: each is tried on talks that have those before it.
    deciding: Mutex<()>,
}

/// Talks of the library, for pages.
struct Laid(Arc<Talks>);

impl WebTalks for Laid {
    fn view(&self) -> View<'_> {
        self.0.view()
    }

    fn before(&self, day: Date) -> Arc<dyn WebTalks> {
        Arc::new(Self(Arc::new(self.0.before(day))))
    }
}

fn failed(error: impl std::fmt::Display) -> Fault {
    Fault::failed(error.to_string())
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl FolderHouse {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path, idle: Mutex::default(), latest: Mutex::default(), deciding: Mutex::default() }
    }

    /// Does something with the folder, which is opened where no open one is idle.
    fn with<T>(&self, work: impl FnOnce(&mut Folder) -> Result<T, Fault>) -> Result<T, Fault> {
        let idle = held(&self.idle).pop();
        let mut folder = match idle {
            Some(folder) => folder,
            None => folder::open_or_look_at(&self.path).map_err(failed)?,
        };
        let done = work(&mut folder)?;
        let mut idle = held(&self.idle);
        if idle.len() < OPEN {
            idle.push(folder);
        }
        Ok(done)
    }

    /// The talks of today in this state, read where they are not known yet.
    fn today(&self, state: &str) -> Result<Arc<Talks>, Fault> {
        if let Some((_, talks)) = held(&self.latest).as_ref().filter(|(of, _)| of == state) {
            return Ok(talks.clone());
        }
        let talks = Arc::new(self.with(|f| f.talks(&Options::default()).map_err(failed))?);
        // they may have come in after the state: kept only where they did not
        if self.state()? == state {
            *held(&self.latest) = Some((state.to_string(), talks.clone()));
        }
        Ok(talks)
    }
}

impl House for FolderHouse {
    fn name(&self) -> String {
        let own = self.path.canonicalize().ok();
        let name = own.as_deref().and_then(Path::file_name).map(|n| n.to_string_lossy().into_owned());
        name.unwrap_or_else(|| "Talks".to_string())
    }

    #[allow(
        clippy::disallowed_methods,
        reason = "the command line is an edge: it reads the dossier file of its folder"
    )]
    fn state(&self) -> Result<String, Fault> {
        let change = self.with(|f| f.archive().change().map_err(failed))?;
        let dossier = std::fs::read(self.path.join(DOSSIER)).unwrap_or_default();
        Ok(format!("{change}-{}", Digest::of(&dossier).as_str()))
    }

    fn talks(&self, as_of: Option<Date>) -> Result<Arc<dyn WebTalks>, Fault> {
        let Some(day) = as_of else {
            return Ok(Arc::new(Laid(self.today(&self.state()?)?)));
        };
        let mut options = Options::default();
        options.as_of = Some(Moment::day(day));
        Ok(Arc::new(Laid(Arc::new(self.with(|f| f.talks(&options).map_err(failed))?))))
    }

    fn search(&self, ask: &Ask) -> Result<Value, Fault> {
        let ask = asked(ask)?;
        let found = self.with(|f| f.search(&ask).map_err(failed))?;
        let mut all = search::json(&found);
        all["unknown"] = json!(found.unknown);
        Ok(all)
    }

    fn versions(&self, article: &str) -> Result<Value, Fault> {
        Ok(versions::json(&self.with(|f| f.versions(article).map_err(failed))?, false))
    }

    fn feeds(&self) -> Result<Vec<Value>, Fault> {
        let one = |f: &rapporteur::archive::Feed| json!({"address": f.address, "title": f.title, "polls": f.polls, "failures": f.failures, "error": f.error, "next": f.next.map(|t| t.to_string())});
        self.with(|f| Ok(f.archive().feeds().map_err(failed)?.iter().map(one).collect()))
    }

    fn known(&self, user: &str) -> Result<Option<(Moment, Known)>, Fault> {
        self.with(|f| match f.known(user) {
            // what is damaged is as if it were not there: everything is new
            Err(error) if error.of_archive().is_some_and(rapporteur::archive::Error::is_damaged) => Ok(None),
            known => known.map_err(failed),
        })
    }

    fn remember(&self, user: &str, known: &Known) -> Result<(), Fault> {
        self.with(|f| f.remember(user, folder::now(), known).map_err(failed))
    }

    fn decide(&self, decision: Map<String, Value>, by: &str, is_trial: bool) -> Result<Decided, Fault> {
        let _one_after_the_other = held(&self.deciding);
        let state = self.state()?;
        let review = Review::of(self.today(&state)?);
        let mut correction = correction(&decision, by)?;
        // what was undone in this second and is decided again would be the same line of the log: it takes the next second
        while let Ok((_, undone)) = review.decision(correction.id.as_str()) {
            if undone.is_none() {
                return Ok(Decided {
                    id: correction.id.to_string(),
                    is_kept: true,
                    effect: Vec::new(),
                    doubt: String::new(),
                });
            }
            std::thread::sleep(MOMENT);
            correction = self::correction(&decision, by)?;
        }
        if let Decision::Undo { correction: of } = &correction.decision {
            let unknown = |u: rapporteur::folder::Unknown| {
                Fault::not_found(format!("no correction has the id `{}`", of.as_str())).near(u.near)
            };
            let (_, undone) = review.decision(of.as_str()).map_err(unknown)?;
            if let Some(undone) = undone {
                return Err(Fault::refused(format!("`{}` was undone already by `{undone}`", of.as_str())));
            }
        }
        let tried = review.with(std::slice::from_ref(&correction)).map_err(|e| Fault::refused(e.to_string()))?;
        let outcome = tried.outcomes.first().ok_or_else(|| Fault::failed("the decision came to nothing"))?;
        if let Some(why) = without_effect(&review, &correction, outcome) {
            return Err(Fault::refused(format!("nothing is kept: {why}")));
        }
        let line = |l: rapporteur::report::effect::Line| json!({"change": l.change, "kind": l.kind, "id": l.id, "before": l.before, "after": l.after});
        let effect = lines(&review, &tried).into_iter().map(line).collect();
        let doubt = doubts(&review, &correction, outcome).join("; ");
        if !is_trial {
            self.with(|f| {
                f.keep(std::slice::from_ref(&correction)).map_err(|e| failed(format!("nothing is kept: {e}")))
            })?;
            // where nobody else changed the folder meanwhile, what was tried is what it says now
            let now = self.state()?;
            if is_next(&state, &now) {
                *held(&self.latest) = Some((now, Arc::new(tried.talks)));
            }
        }
        Ok(Decided { id: correction.id.to_string(), is_kept: !is_trial, effect, doubt })
    }

    fn users(&self) -> Result<Vec<User>, Fault> {
        users(&self.path).map_err(failed)
    }

    fn say(&self, line: &str) {
        anstream::eprintln!("{line}");
    }
}

/// Whether a state is the one after another by one change of the archive, under the same dossier.
fn is_next(before: &str, now: &str) -> bool {
    let parts = |state: &str| state.split_once('-').and_then(|(n, d)| Some((n.parse::<i64>().ok()?, d.to_string())));
    matches!((parts(before), parts(now)), (Some((a, x)), Some((b, y))) if a + 1 == b && x == y)
}

fn correction(decision: &Map<String, Value>, by: &str) -> Result<Correction, Fault> {
    let mut line = Map::new();
    line.insert("schema".to_string(), json!(CORRECTIONS_SCHEMA));
    line.insert("at".to_string(), json!(folder::now()));
    line.insert("by".to_string(), json!(by));
    line.extend(decision.clone());
    Correction::try_from(Value::Object(line)).map_err(|why| Fault::wrong(format!("nothing is kept: {why}")))
}

fn asked(ask: &Ask) -> Result<FolderAsk, Fault> {
    let mut all = FolderAsk::default();
    if !ask.words.is_empty() {
        all.query = Some(Query::parse(&ask.words).map_err(Fault::wrong)?);
    }
    for field in &ask.fields {
        all.fields.push(match field.as_str() {
            "statements" => Field::Statements,
            "quotes" => Field::Quotes,
            "articles" => Field::Articles,
            other => return Err(Fault::wrong(format!("`in` is `{other}`: expected statements, quotes or articles"))),
        });
    }
    for act in &ask.acts {
        all.acts.push(Act::from_written(act).ok_or_else(|| Fault::wrong(format!("`{act}` is no act")))?);
    }
    all.party.clone_from(&ask.party);
    all.person.clone_from(&ask.person);
    all.issue.clone_from(&ask.issue);
    all.source.clone_from(&ask.source);
    (all.from, all.to, all.by_relevance, all.limit) = (ask.from, ask.to, ask.by_relevance, ask.limit);
    Ok(all)
}

/// Who may log in.
#[allow(clippy::disallowed_methods, reason = "the command line is an edge: it reads the file of users of its folder")]
pub(crate) fn users(folder: &Path) -> anyhow::Result<Vec<User>> {
    let path = folder.join(USERS);
    match std::fs::read_to_string(&path) {
        Ok(written) => users_from_json(&written).map_err(|fault| anyhow::anyhow!("{fault} (`{}`)", path.display())),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(e) => Err(anyhow::anyhow!("failed to read `{}`: {e}", path.display())),
    }
}

/// Keeps who may log in: a file that only its owner reads, whole or not at all.
pub(crate) fn keep_users(folder: &Path, users: &[User]) -> anyhow::Result<()> {
    use std::io::Write;
    let path = folder.join(USERS);
    let half = folder.join(format!("{USERS}.{}", std::process::id()));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let write = || -> std::io::Result<()> {
        let mut file = options.open(&half)?;
        file.write_all(users_to_json(users).as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&half, &path)
    };
    write().map_err(|e| {
        // where it was made it can be taken away
        let _ = std::fs::remove_file(&half);
        anyhow::anyhow!("failed to write `{}`: {e}", path.display())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_users_is_nobodys_article() {
        assert_eq!(rapporteur_web::access::USERS, USERS);
    }

    #[test]
    fn only_one_change_under_the_same_dossier_is_the_next() {
        assert!(is_next("7-abc", "8-abc"));
        for now in ["7-abc", "9-abc", "8-abd", "x"] {
            assert!(!is_next("7-abc", now), "{now}");
        }
    }
}
