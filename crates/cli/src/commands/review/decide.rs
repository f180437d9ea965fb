//! The steps of a review that decide something: tried first, kept then.

use std::io::Write;

use anyhow::bail;
use rapporteur::dossier::{CORRECTIONS_SCHEMA, Correction, Decision};
use rapporteur::folder::{Review, Target};
use rapporteur::ledger::Outcome;
use serde_json::{Map, Value, json};

use super::super::show::message;
use super::{counted, lines, shown, without_effect};
use crate::args::{AddByHand, Change, Step, Who};
use crate::folder;
use crate::request::moment;
use crate::status::{Done, Usage};

/// Decides, shows what that changes, and keeps it unless asked not to.
pub(super) fn run(step: &Step) -> anyhow::Result<Done> {
    let Some(who) = who(step) else { bail!("nothing is decided by this step") };
    let mut kept = if who.dry_run { folder::open_to_read()? } else { folder::open()? };
    let review = kept.review()?;
    let decisions = not_repeated(decisions(step, who, &review)?, &review)?;
    let tried = review.with(&decisions)?;
    for (correction, outcome) in decisions.iter().zip(&tried.outcomes) {
        if let Some(why) = without_effect(&review, correction, outcome) {
            return Err(Usage(format!("nothing is kept: {why}")).into());
        }
        doubts(&review, correction, outcome).iter().for_each(|doubt| anstream::eprintln!("warning: {doubt}"));
    }
    let mut out = std::io::stdout().lock();
    if who.dry_run {
        out.write_all(shown(&lines(&review, &tried)).as_bytes())?;
        writeln!(out, "nothing is kept: this is what would change")?;
        return Ok(Done::All);
    }
    let added = kept.keep(&decisions)?;
    for correction in &decisions {
        writeln!(
            out,
            "{} {}: {}",
            if added == 0 { "known already" } else { "kept" },
            correction.id,
            worded(correction)
        )?;
    }
    writeln!(out, "{}", counted(&lines(&review, &tried)))?;
    out.flush()?;
    Ok(Done::All)
}

/// Those of these decisions that the same person has not made already; where that is none, nothing is to be kept.
fn not_repeated(decisions: Vec<Correction>, review: &Review) -> anyhow::Result<Vec<Correction>> {
    let mut left = Vec::new();
    let mut why = Vec::new();
    for correction in decisions {
        match review.repeats(&correction) {
            Some(id) => why.push(format!("`{}` decided so already by `{id}`, which holds", correction.by)),
            None => left.push(correction),
        }
    }
    if left.is_empty() && !why.is_empty() {
        let why = why.join("; ");
        return Err(Usage(format!("nothing is kept: {why}; `rapporteur review note` keeps words with an item")).into());
    }
    why.iter().for_each(|why| anstream::eprintln!("note: passed over: {why}"));
    Ok(left)
}

fn who(step: &Step) -> Option<&Who> {
    Some(match step {
        Step::Accept(typed) | Step::Reject(typed) => &typed.decided.who,
        Step::Change(typed) => &typed.decided.who,
        Step::Add(typed) => &typed.decided.who,
        Step::Merge(typed) | Step::Split(typed) => &typed.decided.who,
        Step::Note(typed) => &typed.who,
        Step::Undo(typed) => &typed.decided.who,
        Step::Log(_) | Step::Import(_) | Step::Agreement(_) => return None,
    })
}

/// What was decided, in a line.
fn worded(correction: &Correction) -> String {
    let what = correction.decision.as_str();
    match &correction.decision {
        Decision::Merge { a, b } | Decision::Split { a, b } => format!("{what} `{a}` and `{b}`"),
        Decision::Undo { correction } => format!("{what} {correction}"),
        Decision::Add(added) => format!("{what} a {} in {}", added.record().kind(), added.article()),
        other => format!("{what} {}", other.item().map_or("", |i| i.as_str())),
    }
}

/// What holds although it may not be what was meant, in words.
pub(crate) fn doubts(review: &Review, correction: &Correction, outcome: &Outcome) -> Vec<String> {
    let mut all = Vec::new();
    if let Outcome::Overruled(by) = outcome {
        all.push(format!("it has no effect as long as `{by}` holds"));
    }
    let Decision::Merge { a, b } = &correction.decision else { return all };
    let dossier = review.talks().dossier();
    for name in [a, b].into_iter().filter(|name| dossier.who(name).is_none()) {
        let near = dossier.near_names(name);
        if near.first().is_some_and(|n| n == name) {
            continue; // several have it
        }
        let near = near.first().map_or_else(String::new, |n| format!("; did you mean `{n}`?"));
        all.push(format!("nobody is called `{name}` yet: it is kept as another name{near}"));
    }
    all
}

fn decisions(step: &Step, who: &Who, review: &Review) -> anyhow::Result<Vec<Correction>> {
    let (by, at) = (author(who.by.as_deref())?, moment("--at", who.at.as_deref())?.unwrap_or_else(folder::now));
    let make = |what: &str, note: &str, fields: Map<String, Value>| -> anyhow::Result<Correction> {
        let mut line = object(json!({"schema": CORRECTIONS_SCHEMA, "at": at, "by": by, "do": what}));
        line.extend(fields);
        if !note.is_empty() {
            line.insert("note".to_string(), json!(note));
        }
        Correction::try_from(Value::Object(line)).map_err(|why| Usage(format!("nothing is kept: {why}")).into())
    };
    let on = |targets: Vec<Target>, what: &str, note: &str, more: &Map<String, Value>| {
        let one = |t: &Target| {
            let mut fields = object(json!({"item": t.id}));
            fields.extend(more.clone());
            if let Some(seen) = &t.seen {
                fields.insert("seen".to_string(), json!({"article": seen.article, "sentence": seen.sentence}));
            }
            make(what, note, fields)
        };
        targets.iter().map(one).collect::<anyhow::Result<Vec<_>>>()
    };
    match step {
        Step::Accept(typed) => on(targets(review, &typed.ids, typed.all)?, "accept", &typed.decided.note, &Map::new()),
        Step::Reject(typed) => on(targets(review, &typed.ids, typed.all)?, "reject", &typed.decided.note, &Map::new()),
        Step::Change(typed) => {
            let found = targets(review, std::slice::from_ref(&typed.id), typed.all)?;
            on(found, "change", &typed.decided.note, &changed(typed)?)
        }
        Step::Note(typed) => {
            let found = targets(review, std::slice::from_ref(&typed.id), false)?;
            on(found, "note", &typed.text, &Map::new())
        }
        Step::Add(typed) => Ok(vec![make("add", &typed.decided.note, added(typed, review)?)?]),
        Step::Merge(typed) => {
            Ok(vec![make("merge", &typed.decided.note, object(json!({"a": typed.a, "b": typed.b})))?])
        }
        Step::Split(typed) => {
            Ok(vec![make("split", &typed.decided.note, object(json!({"a": typed.a, "b": typed.b})))?])
        }
        Step::Undo(typed) => {
            let unknown = |u| Usage(message_of_log(&typed.correction, &u));
            let (correction, undone) = review.decision(typed.correction.trim()).map_err(unknown)?;
            if let Some(by) = undone {
                let id = &correction.id;
                let why = format!("`{id}` was undone already by `{by}`; undo that to have it hold again");
                return Err(Usage(format!("nothing is kept: {why}")).into());
            }
            Ok(vec![make("undo", &typed.decided.note, object(json!({"correction": correction.id})))?])
        }
        Step::Log(_) | Step::Import(_) | Step::Agreement(_) => Ok(Vec::new()),
    }
}

/// That no correction has such an id, or several have.
fn message_of_log(typed: &str, unknown: &rapporteur::folder::Unknown) -> String {
    let near = unknown.near.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
    match (unknown.is_ambiguous, near.is_empty()) {
        (true, _) => format!("nothing is kept: the ids of several corrections begin with `{typed}`: {near}"),
        (false, false) => format!("nothing is kept: no correction has the id `{typed}`; near it are {near}"),
        (false, true) => {
            format!("nothing is kept: no correction has the id `{typed}`; `rapporteur review log` has them all")
        }
    }
}

/// Who decides: as typed, else the user.
pub(crate) fn author(typed: Option<&str>) -> anyhow::Result<String> {
    let of_user = || ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(|name| std::env::var(name).ok());
    let name = typed.map(str::to_string).or_else(of_user).unwrap_or_default();
    match name.trim() {
        "" => Err(Usage("it cannot be told who you are: say so with `--by NAME`".to_string()).into()),
        name => Ok(name.to_string()),
    }
}

/// What is meant by these ids; for a record that is merged from several items, these if `all` are wanted.
fn targets(review: &Review, typed: &[String], all: bool) -> anyhow::Result<Vec<Target>> {
    let mut found = Vec::new();
    for id in typed {
        let of_one = review.find(id.trim()).map_err(|u| Usage(format!("nothing is kept: {}", message(id, &u))))?;
        if of_one.is_empty() {
            let why = format!("`{id}` rests on no item of its own: correct what it is told from");
            return Err(Usage(format!("nothing is kept: {why}")).into());
        }
        if of_one.len() > 1 && !all {
            let ids = of_one.iter().map(|t| format!("`{}`", t.id)).collect::<Vec<_>>().join(", ");
            let why =
                format!("`{id}` is merged from {} items: name one of them, or all with `--all`: {ids}", of_one.len());
            return Err(Usage(format!("nothing is kept: {why}")).into());
        }
        found.extend(of_one);
    }
    Ok(found)
}

fn changed(typed: &Change) -> anyhow::Result<Map<String, Value>> {
    let or_none = |words: &String| if words == "none" { Value::Null } else { json!(words) };
    let as_typed = |words: &String| json!(words);
    let date = typed.date.as_deref().map(date).transpose()?;
    let all = [
        ("holder", typed.holder.as_ref().map(or_none)),
        ("act", typed.act.as_ref().map(as_typed)),
        ("polarity", typed.polarity.as_ref().map(as_typed)),
        ("stance", typed.stance.as_ref().map(as_typed)),
        ("issue", typed.issue.as_ref().map(or_none)),
        ("date", date),
        ("state", typed.state.as_ref().map(as_typed)),
    ];
    Ok(given(all))
}

fn added(typed: &AddByHand, review: &Review) -> anyhow::Result<Map<String, Value>> {
    let article = targets(review, std::slice::from_ref(&typed.article), false)?;
    let [Target { id, seen: None, .. }] = article.as_slice() else {
        return Err(Usage(format!("nothing is kept: `{}` is no article", typed.article)).into());
    };
    let words = |typed: &Option<String>| typed.as_deref().map(marked);
    let plain = |typed: &Option<String>| typed.as_ref().map(|t| json!(t));
    let people: Vec<Value> = typed.participants.iter().map(|p| marked(p)).collect();
    let all = [
        ("article", Some(json!(id))),
        ("sentence", Some(json!(typed.sentence))),
        ("occurrence", (typed.occurrence > 0).then(|| json!(typed.occurrence))),
        ("kind", Some(json!(typed.kind))),
        ("holder", words(&typed.holder)),
        ("predicate", words(&typed.predicate)),
        ("words", words(&typed.words)),
        ("matter", words(&typed.matter)),
        ("according_to", words(&typed.according_to)),
        ("place", words(&typed.place)),
        ("participants", (!people.is_empty()).then(|| json!(people))),
        ("actor", words(&typed.actor)),
        ("target", words(&typed.target)),
        ("by", words(&typed.set_by)),
        ("act", plain(&typed.act)),
        ("polarity", plain(&typed.polarity)),
        ("negated", typed.negated.then(|| json!(true))),
        ("modality", plain(&typed.modality)),
        ("issue", plain(&typed.issue)),
        ("sort", plain(&typed.sort)),
        ("state", plain(&typed.state)),
        ("date", typed.date.as_deref().map(date).transpose()?),
    ];
    Ok(given(all))
}

/// `WORDS`, or `WORDS=NAME` where they stand for someone of the dossier.
fn marked(typed: &str) -> Value {
    match typed.split_once('=') {
        Some((words, name)) => json!({"text": words.trim(), "is": name.trim()}),
        None => json!(typed),
    }
}

/// A day, `FROM..TO` with one end or both, or `none`.
fn date(typed: &str) -> anyhow::Result<Value> {
    let end = |day: &str| moment("--date", Some(day).filter(|d| !d.is_empty()));
    Ok(match typed.split_once("..") {
        _ if typed == "none" => Value::Null,
        Some((from, to)) => json!({"from": end(from)?, "to": end(to)?}),
        None => json!(end(typed)?),
    })
}

fn given<const N: usize>(fields: [(&str, Option<Value>); N]) -> Map<String, Value> {
    fields.into_iter().filter_map(|(key, value)| Some((key.to_string(), value?))).collect()
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}
