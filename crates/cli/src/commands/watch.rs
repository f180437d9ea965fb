//! `rapporteur watch`: what feeds list into the dossier folder, again and again.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::ops::ControlFlow;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rapporteur::capture::fetch::Client;
use rapporteur::folder::{Added, Expected, News, Web};
use rapporteur::{Folder, Options};

use crate::args::Watch;
use crate::folder;
use crate::request::threads;
use crate::status::{Done, Usage};
use crate::web;

/// The shortest time between two polls of a feed.
const LEAST: SignedDuration = SignedDuration::from_mins(1);

/// The longest sleep: a machine that was asleep itself goes on soon after it wakes.
const NAP: Duration = Duration::from_secs(30);

/// Asks the feeds, once or until the process is ended. Each article is kept whole when its line is printed.
pub(crate) fn run(typed: &Watch) -> anyhow::Result<Done> {
    let every = every(&typed.every)?;
    threads(typed.threads)?;
    let mut options = Options::default();
    options.model.clone_from(&typed.model);
    let mut kept = folder::open()?;
    let named = web::feeds(&typed.feeds)?;
    if typed.forget {
        return forget(&mut kept, &named);
    }
    let mut feeds: BTreeSet<String> = match named.is_empty() {
        true => kept.feeds()?.into_iter().map(|feed| feed.address).collect(),
        false => named.into_iter().collect(),
    };
    if feeds.is_empty() {
        let why = "no feed is followed yet: name one, as in `rapporteur watch https://...`, or an OPML file";
        return Err(Usage(why.to_string()).into());
    }
    let mut client = web::client(typed.reach);
    let mut model = super::model::once(options.model.as_deref());
    let mut due = feeds.clone();
    loop {
        let done = round(&mut kept, &mut client, &options, &mut model, every, &mut feeds, due)?;
        if typed.once || feeds.is_empty() {
            return Ok(done);
        }
        due = wait(&kept, &feeds)?;
    }
}

fn every(typed: &str) -> Result<SignedDuration, Usage> {
    let read: SignedDuration =
        typed.parse().map_err(|e| Usage(format!("failed to read `--every {typed}`: {e}: write it as 15m or 2h")))?;
    if read < LEAST {
        return Err(Usage(format!("`--every {typed}` is too often: give a minute or more")));
    }
    Ok(read)
}

fn forget(kept: &mut Folder, named: &[String]) -> anyhow::Result<Done> {
    let mut forgotten = 0;
    for address in named {
        if kept.forget(address)? {
            forgotten += 1;
        } else {
            anstream::eprintln!("warning: `{address}` is not followed");
        }
    }
    Ok(match forgotten {
        0 => Done::Nothing,
        n if n == named.len() => Done::All,
        _ => Done::Part,
    })
}

/// Asks each of these feeds, and says what is new and what failed. Lists of feeds among `feeds` give way to what they list.
fn round(
    kept: &mut Folder,
    client: &mut Client,
    options: &Options,
    model: web::Model<'_>,
    every: SignedDuration,
    feeds: &mut BTreeSet<String>,
    due: BTreeSet<String>,
) -> anyhow::Result<Done> {
    let mut web = Web { client, now: &folder::timestamp, every };
    let (mut asked, mut failed, mut refused) = (0, 0, false);
    let mut all = Added::default();
    let mut output = Ok(());
    let mut waiting = due;
    while let Some(address) = waiting.pop_first() {
        let said = &mut |news: &News| {
            if output.is_ok() {
                output = print(news);
            }
        };
        let fetched =
            kept.fetch(&address, Expected::Feed, options, &mut web, model, &mut |_| ControlFlow::Continue(()), said)?;
        std::mem::replace(&mut output, Ok(()))?;
        for refusal in &fetched.added.refusals {
            anstream::eprintln!("warning: {refusal}");
        }
        for (place, why) in &fetched.added.unread {
            anstream::eprintln!("warning: failed to read `{place}`: {why}");
        }
        if fetched.feeds.is_empty() {
            (asked, failed) = (asked + 1, failed + usize::from(fetched.is_failed));
        } else {
            feeds.remove(&address);
            waiting.extend(fetched.feeds.into_iter().filter(|feed| feeds.insert(feed.clone())));
        }
        refused |= !fetched.added.refusals.is_empty();
        all = all.and(fetched.added);
    }
    if asked > 0 {
        let articles = kept.archive().counts()?.articles;
        let s = if asked == 1 { "" } else { "s" };
        let failed = if failed > 0 { format!(", {failed} of them failed") } else { String::new() };
        anstream::eprintln!(
            "note: {asked} feed{s} asked{failed}: {}; {articles} articles in all",
            super::add::counted(&all)
        );
    }
    Ok(match (asked > 0 && failed == asked, refused) {
        (true, _) => Done::Nothing,
        (false, true) => Done::Part,
        (false, false) => Done::All,
    })
}

/// "2025-03-04  Halver Courier  Mill owners refuse", at once.
fn print(news: &News) -> std::io::Result<()> {
    let day = news.day.map_or("no date   ".to_string(), |day| day.to_string());
    let title = if news.title.is_empty() { &news.address } else { &news.title };
    let outlet = if news.outlet.is_empty() { "no outlet" } else { &news.outlet };
    let changed = if news.is_changed { "  (changed)" } else { "" };
    let mut out = anstream::stdout().lock();
    writeln!(out, "{day}  {outlet}  {title}{changed}")?;
    out.flush()
}

/// Waits until a feed is to be asked; which those are. A feed that is not followed, as it was refused, is asked no more.
fn wait(kept: &Folder, feeds: &BTreeSet<String>) -> anyhow::Result<BTreeSet<String>> {
    let next: BTreeMap<String, Timestamp> = kept
        .feeds()?
        .into_iter()
        .filter(|f| feeds.contains(&f.address))
        .filter_map(|f| Some((f.address, f.next?)))
        .collect();
    let Some(first) = next.values().min().copied() else {
        anyhow::bail!("none of these can be followed");
    };
    loop {
        let left = Duration::try_from(first.duration_since(folder::timestamp())).unwrap_or(Duration::ZERO);
        if left.is_zero() {
            let now = folder::timestamp();
            return Ok(next.into_iter().filter(|(_, at)| *at <= now).map(|(address, _)| address).collect());
        }
        std::thread::sleep(left.min(NAP));
    }
}
