//! `rapporteur watch`: what feeds list into the dossier folder, again and again.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::Write;
use std::ops::ControlFlow;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rapporteur::folder::{Added, Expected, Fetched, News, Web};
use rapporteur::text::{one_line, printable};
use rapporteur::{Folder, Options};

use crate::args::Watch;
use crate::interrupt::{self, Stop};
use crate::request::threads;
use crate::status::{Done, Usage};
use crate::text::many;
use crate::{folder, web};

/// The shortest time between two polls of a feed.
const LEAST: SignedDuration = SignedDuration::from_mins(1);

/// The longest sleep: a machine that was asleep itself goes on soon after it wakes.
const NAP: Duration = Duration::from_secs(30);

/// With `--once`, so many turns of a feed that lists more pages than are fetched in one.
const TURNS: usize = 50;

/// Asks the feeds, once or until the process is ended. Each article is kept whole when its line is printed.
pub(crate) fn run(typed: &Watch) -> anyhow::Result<Done> {
    let every = every(&typed.every)?;
    threads(typed.threads)?;
    let mut options = Options::default();
    options.model.clone_from(&typed.model);
    let mut kept = folder::open()?;
    let named = web::named(&typed.feeds);
    if let Some(refusal) = named.refusals.first() {
        return Err(Usage(refusal.to_string()).into());
    }
    if typed.forget {
        return forget(&mut kept, &[named.typed, named.listed].concat());
    }
    let (mut due, listed): (BTreeSet<String>, BTreeSet<String>) = match typed.feeds.is_empty() {
        true => (kept.feeds()?.into_iter().map(|feed| feed.address).collect(), BTreeSet::new()),
        false => (BTreeSet::from_iter(named.typed), BTreeSet::from_iter(named.listed)),
    };
    let listed = &listed - &due;
    due.extend(listed.iter().cloned());
    if due.is_empty() {
        let why = "no feed is followed yet: name one, as in `rapporteur watch https://...`, or an OPML file";
        return Err(Usage(why.to_string()).into());
    }
    let mut client = web::client(typed.reach);
    let mut web = Web::new(&mut client, &folder::timestamp, every).in_turns();
    let mut model = super::model::once(options.model.as_deref());
    let mut asking = Asking { kept: &mut kept, web: &mut web, options: &options, model: &mut model };
    let stop = interrupt::watch(
        "stopping after the page that is being read; what was kept stays. Press it again to stop at once",
    );
    let (feeds, lists) = (due.clone(), BTreeSet::new());
    let mut watching = Watching { stop: &stop, is_once: typed.once, feeds, listed, lists };
    if typed.feeds.is_empty() {
        leave_out_failing(asking.kept, typed.once, &mut due)?;
    }
    loop {
        let done = watching.round(&mut asking, due)?;
        if typed.once || watching.feeds.is_empty() || stop.is_pressed() {
            return Ok(done);
        }
        match wait(asking.kept, &watching.feeds, &stop)? {
            Some(next) => due = next,
            None => return Ok(done),
        }
    }
}

/// A feed that failed has its wait, also where the program is started anew.
fn leave_out_failing(kept: &Folder, is_once: bool, due: &mut BTreeSet<String>) -> anyhow::Result<()> {
    let now = folder::timestamp();
    let mut feeds = kept.feeds()?;
    feeds.retain(|f| f.failures > 0 && f.next.is_some_and(|next| next > now) && due.remove(&f.address));
    match feeds.len() {
        _ if !is_once => {}
        0 => {}
        1 => anstream::eprintln!("note: 1 feed that failed is not due yet and was not asked: name it to ask it now"),
        n => anstream::eprintln!(
            "note: {n} feeds that failed are not due yet and were not asked: name them to ask them now"
        ),
    }
    Ok(())
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

/// What asking a feed takes.
struct Asking<'a, 'w> {
    kept: &'a mut Folder,
    web: &'a mut Web<'w>,
    options: &'a Options,
    model: web::Model<'a>,
}

/// What is followed while the program runs.
struct Watching<'a> {
    stop: &'a Stop,
    is_once: bool,
    /// The feeds; lists give way to what they list.
    feeds: BTreeSet<String>,
    /// Those of them that a list names.
    listed: BTreeSet<String>,
    /// The lists that were asked for.
    lists: BTreeSet<String>,
}

/// What came of a round.
#[derive(Default)]
struct Round {
    asked: usize,
    failed: usize,
    is_refused: bool,
    all: Added,
}

impl Watching<'_> {
    /// Asks each of these feeds, and says what is new and what failed.
    fn round(&mut self, asking: &mut Asking<'_, '_>, due: BTreeSet<String>) -> anyhow::Result<Done> {
        let mut round = Round::default();
        let mut waiting: VecDeque<(String, usize)> = due.into_iter().map(|address| (address, 1)).collect();
        while let Some((address, turn)) = waiting.pop_front() {
            if self.stop.is_pressed() {
                round.all.is_stopped = true;
            }
            if round.all.is_stopped {
                break;
            }
            let mut fetched = self.ask(asking, &address)?;
            let is_list = !fetched.feeds.is_empty();
            if is_list {
                let listed = self.list(address.clone(), &mut fetched);
                waiting.extend(listed.into_iter().map(|feed| (feed, 1)));
            }
            said(&fetched.added);
            round.is_refused |= !fetched.added.refusals.is_empty();
            round.all = round.all.and(fetched.added.counts());
            if turn == 1 && (fetched.is_failed || !is_list) {
                round.asked += 1;
                round.failed += usize::from(fetched.is_failed);
            }
            if self.is_once && fetched.has_rest && turn < TURNS {
                waiting.push_back((address, turn + 1));
            }
        }
        round.ended(asking.kept)
    }

    fn ask(&self, asking: &mut Asking<'_, '_>, address: &str) -> anyhow::Result<Fetched> {
        let expected = if self.listed.contains(address) { Expected::Listed } else { Expected::Feed };
        let step = &mut |_: &Added| match self.stop.is_pressed() {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        };
        let mut output = Ok(());
        let said = &mut |news: &News| {
            if output.is_ok() {
                output = print(news);
            }
        };
        let Asking { kept, web, options, model } = asking;
        let fetched = kept.fetch(address, expected, options, web, model, step, said)?;
        output?;
        Ok(fetched)
    }

    /// What a list names that is not followed yet. It is asked for no more, and too many of them are refused.
    fn list(&mut self, address: String, fetched: &mut Fetched) -> Vec<String> {
        self.feeds.remove(&address);
        let named = std::mem::take(&mut fetched.feeds);
        if self.lists.len() >= web::LISTS {
            fetched.added.refusals.push(web::too_many_lists(&address));
            fetched.is_failed = true;
            return Vec::new();
        }
        self.lists.insert(address);
        let is_new = |feed: &String| !self.lists.contains(feed) && self.feeds.insert(feed.clone());
        let new: Vec<String> = named.into_iter().filter(is_new).collect();
        self.listed.extend(new.iter().cloned());
        new
    }
}

impl Round {
    /// Says what came of it.
    fn ended(self, kept: &Folder) -> anyhow::Result<Done> {
        let Self { asked, failed, is_refused, all } = self;
        if asked > 0 {
            let (asked, articles) = (many(asked, "feed"), many(kept.archive().counts()?.articles, "article"));
            let failed = if failed > 0 { format!(", {failed} of them failed") } else { String::new() };
            let counted = super::add::counted(&all);
            anstream::eprintln!("note: {asked} asked{failed}: {counted}; {articles} in all");
        }
        if all.is_stopped {
            anstream::eprintln!("note: stopped before all was asked: run the same command again to go on");
            return Ok(Done::Part);
        }
        Ok(match (asked > 0 && failed == asked, is_refused) {
            (true, _) => Done::Nothing,
            (false, true) => Done::Part,
            (false, false) => Done::All,
        })
    }
}

/// Says what could not be read.
fn said(added: &Added) {
    for refusal in &added.refusals {
        anstream::eprintln!("warning: {refusal}");
    }
    for (place, why) in &added.unread {
        anstream::eprintln!("warning: failed to read `{}`: {}", one_line(place), printable(why));
    }
}

/// "2025-03-04  Halver Courier  Mill owners refuse", at once.
fn print(news: &News) -> std::io::Result<()> {
    let day = news.day.map_or("no date   ".to_string(), |day| day.to_string());
    let title = if news.title.is_empty() { &news.address } else { &news.title };
    let outlet = if news.outlet.is_empty() { "no outlet" } else { &news.outlet };
    let changed = match news.changed {
        None => String::new(),
        Some((0, 0)) => "  (changed)".to_string(),
        Some((went, came)) => format!("  (changed: {})", super::add::sentences(went, came)),
    };
    let mut out = anstream::stdout().lock();
    writeln!(out, "{day}  {outlet}  {title}{changed}")?;
    out.flush()
}

/// Waits until a feed is to be asked; which those are, `None` where Ctrl-C was pressed. A feed that is not followed, as it was
/// refused, is asked no more.
fn wait(kept: &Folder, feeds: &BTreeSet<String>, stop: &Stop) -> anyhow::Result<Option<BTreeSet<String>>> {
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
            return Ok(Some(next.into_iter().filter(|(_, at)| *at <= now).map(|(address, _)| address).collect()));
        }
        if stop.wait(left.min(NAP)) {
            return Ok(None);
        }
    }
}
