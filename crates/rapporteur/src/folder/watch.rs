//! Addresses fetched into the folder: pages, and what feeds list.
//!
//! What is remembered of a feed or page lets its server say that nothing changed. Of a feed that is remembered only when
//! everything it lists was kept or refused for good, so that what failed for the moment is tried again. A page is looked at
//! again when its feed says something else of it, or after a day; where its text is another one, it becomes another article
//! with the same address, a new version of the page, and the one before stays ([`Folder::versions`]).

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use rapporteur_archive::{Feed as Followed, Page};
use rapporteur_article::Article;
use rapporteur_capture::feeds::{Entry, Feed, Listed};
use rapporteur_capture::fetch::{Answer, FetchError, Received, Validators};
use rapporteur_capture::{Capture, Refusal};
use rapporteur_syntax::Pipeline;
use rapporteur_text::{Digest, Moment};

use super::Folder;
use super::add::{Added, Adding};
use super::versions::{counts, differences};
use super::web::{Turn, Web, host};
use crate::talks::extract_one;
use crate::{Error, Options};

/// A page that its feed says nothing new of is looked at again after this.
const AGAIN: SignedDuration = SignedDuration::from_hours(24);

/// The longest wait for a feed that fails, unless it is asked less often anyway.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// The most entries of all sitemaps of a list together.
const ENTRIES: usize = 5_000;

/// What so many feeds said of a page is remembered.
const MARKS: usize = 8;

/// What may be at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// A page, a feed or a list of feeds.
    Anything,
    /// A feed or a list of feeds; a page is refused, with the feeds that it names.
    Feed,
    /// A feed that a list names; a page is refused, and so is another list.
    Listed,
}

/// An article that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct News {
    /// Day of publication.
    pub day: Option<Date>,
    /// Its outlet, else its host, "" where none is known.
    pub outlet: String,
    /// Its title, "" where it has none.
    pub title: String,
    /// Its address, "" where it has none.
    pub address: String,
    /// Whether it is another text of a page that was kept before: how many of its sentences went, and how many came.
    pub changed: Option<(usize, usize)>,
}

/// What became of an address.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Fetched {
    /// What was added, and what could not be fetched.
    pub added: Added,
    /// Feeds that a list of feeds names: they are to be fetched one by one.
    pub feeds: Vec<String>,
    /// Whether the address itself gave nothing.
    pub is_failed: bool,
    /// Whether the feed lists pages that are to be fetched in its next turn, which may come at once.
    pub has_rest: bool,
}

/// When a feed is to be asked again after its `polls`-th poll, the last `failures` of which failed.
///
/// Each failure doubles the wait, up to a day. A tenth more or less, from the address and the number of the poll, keeps many
/// feeds from being asked at once: the same feed at the same poll always gets the same.
pub fn next_poll(address: &str, polls: u64, failures: u64, every: SignedDuration, now: Timestamp) -> Timestamp {
    let doubled = every.as_secs().max(1).saturating_mul(1 << failures.min(16));
    let seconds = if failures == 0 { doubled } else { doubled.min(LONGEST.as_secs().max(every.as_secs())) };
    let drawn = Digest::of(format!("{address} {polls}").as_bytes());
    let part = i64::from_str_radix(drawn.as_str().get(..4).unwrap_or_default(), 16).unwrap_or(0x8000);
    // from nine tenths to eleven
    let spread = i128::from(seconds) * i128::from(9 * 0xffff + 2 * part) / (10 * 0xffff);
    let wait = SignedDuration::from_secs(i64::try_from(spread).unwrap_or(i64::MAX));
    now.checked_add(wait).unwrap_or(Timestamp::MAX)
}

impl Folder {
    /// Fetches an address and keeps what is there: a page, or all pages that a feed lists. A feed is followed from then on,
    /// also where it fails for the moment. `said` is told of each article that was kept, `step` how far it came;
    /// where it breaks, nothing more is fetched.
    ///
    /// # Errors
    /// Where the archive cannot be written or there is no language model. What cannot be fetched is in [`Added::refusals`].
    pub fn fetch(
        &mut self,
        address: &str,
        expected: Expected,
        options: &Options,
        web: &mut Web<'_>,
        model: &mut dyn FnMut() -> Result<Arc<Pipeline>, Error>,
        step: &mut dyn FnMut(&Added) -> ControlFlow<()>,
        said: &mut dyn FnMut(&News),
    ) -> Result<Fetched, Error> {
        let now = moment((web.now)());
        let adding = Adding::new(self, options, now, model, step);
        let turn = Turn::starting((web.now)());
        let mut fetching = Fetching { adding, web, said, turn };
        let mut fetched = fetching.address(address, expected)?;
        fetched.added = fetching.adding.ended();
        Ok(fetched)
    }

    /// The feeds that are followed.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    pub fn feeds(&self) -> Result<Vec<Followed>, Error> {
        Ok(self.archive.feeds()?)
    }

    /// Follows a feed no more; whether it was followed. What was kept of it stays.
    ///
    /// # Errors
    /// Where the archive cannot be written.
    pub fn forget(&mut self, address: &str) -> Result<bool, Error> {
        Ok(self.archive.forget_feed(address)?)
    }
}

struct Fetching<'a, 'w> {
    adding: Adding<'a>,
    web: &'a mut Web<'w>,
    said: &'a mut dyn FnMut(&News),
    turn: Turn,
}

impl Fetching<'_, '_> {
    fn now(&self) -> Timestamp {
        (self.web.now)()
    }

    fn refuse(&mut self, refusal: Refusal) {
        self.adding.added.refusals.push(refusal);
    }

    fn address(&mut self, address: &str, expected: Expected) -> Result<Fetched, Error> {
        let archive = &self.adding.folder.archive;
        let (followed, page) = (archive.feed(address)?, self.page_of(address)?);
        if let Some(until) = followed.as_ref().and_then(|f| f.peace).filter(|until| *until > self.now()) {
            self.refuse(Refusal::new(address, "busy", format!("its server asked to be left in peace until {until}")));
            return Ok(Fetched { is_failed: true, ..Fetched::default() });
        }
        let known = match (&followed, &page) {
            (Some(feed), _) => Validators { etag: feed.etag.clone(), modified: feed.modified.clone() },
            (None, Some(page)) if expected == Expected::Anything => validators(page),
            _ => Validators::default(),
        };
        let received = match self.web.client.get(address, &known) {
            Ok(Answer::Received(received)) => received,
            Ok(Answer::Unchanged) => {
                match followed {
                    Some(feed) => self.answered(feed)?,
                    None => self.unchanged(page)?,
                }
                return Ok(Fetched::default());
            }
            Err(error) => return self.failed(address, followed, expected, error),
        };
        self.received(address, expected, &received, followed, page)
    }

    /// What was received from an address, which may be one that is followed, or a page that is remembered.
    fn received(
        &mut self,
        address: &str,
        expected: Expected,
        received: &Received,
        followed: Option<Followed>,
        page: Option<Page>,
    ) -> Result<Fetched, Error> {
        match received.listed() {
            Ok(Listed::Feed(feed)) => self.feed(address, followed, &feed, &received.validators),
            Ok(Listed::Sitemaps(maps)) => match self.sitemaps(&maps)? {
                // a sitemap may change where the list of them does not: the list is asked for whole each time
                Some(feed) => self.feed(address, followed, &feed, &Validators::default()),
                None => {
                    let why = "it is a list of sitemaps, and none of those that were read has news: name one of the site's feeds";
                    self.failed_for_good(followed, Refusal::new(address, "no-feed", why))
                }
            },
            Ok(Listed::Feeds(mut feeds)) => {
                feeds.retain(|feed| feed != address && *feed != received.address);
                let why = match expected {
                    Expected::Listed => "it is a list of feeds that another list names: name it by itself",
                    _ if feeds.is_empty() => "it is a list that names no feed: name a feed, or another list",
                    _ => {
                        if let Some(list) = followed {
                            self.answered(Followed { etag: String::new(), modified: String::new(), ..list })?;
                        }
                        return Ok(Fetched { feeds, ..Fetched::default() });
                    }
                };
                self.failed_for_good(followed, Refusal::new(address, "no-feed", why))
            }
            Ok(Listed::Nothing(own)) if expected != Expected::Anything => {
                let named = own.iter().map(|a| format!("`{a}`")).collect::<Vec<_>>().join(", ");
                let why = match own.is_empty() {
                    true => "it is a page and no feed: keep it with `rapporteur add`".to_string(),
                    false => format!("it is a page and no feed: watch a feed that it names ({named})"),
                };
                self.failed_for_good(followed, Refusal::new(address, "no-feed", why))
            }
            Ok(Listed::Nothing(_)) => {
                self.adding.added.files = 1;
                self.page(address, received, &Entry::default(), page.map(|page| page.mark).unwrap_or_default())?;
                self.adding.added.done = 1;
                Ok(Fetched::default())
            }
            Err(why) => self.failed_for_good(followed, Refusal::new(address, "no-feed", why)),
        }
    }

    /// Follows a feed and keeps what it lists.
    fn feed(
        &mut self,
        address: &str,
        followed: Option<Followed>,
        feed: &Feed,
        validators: &Validators,
    ) -> Result<Fetched, Error> {
        let is_new = followed.is_none();
        let mut followed = followed.unwrap_or_else(|| Followed { address: address.to_string(), ..Followed::default() });
        if !feed.title.is_empty() {
            followed.title.clone_from(&feed.title);
        }
        if is_new {
            // also where the process ends before all of it is kept
            self.adding.folder.archive.keep_feed(&followed)?;
        }
        // what is not kept yet is asked for again
        let is_settled = self.entries(&followed, feed)?;
        let Validators { etag, modified } = if is_settled { validators.clone() } else { Validators::default() };
        (followed.etag, followed.modified) = (etag, modified);
        self.answered(followed)?;
        Ok(Fetched { has_rest: self.turn.rest > 0, ..Fetched::default() })
    }

    /// The news of these sitemaps as one feed; `None` where none of them answered with news. What is no sitemap of news is passed
    /// over, so is another list of sitemaps; what cannot be had is said.
    fn sitemaps(&mut self, maps: &[String]) -> Result<Option<Feed>, Error> {
        let mut all = Feed::default();
        let mut is_any = false;
        for map in maps {
            if self.web.leaves_alone(map) {
                self.turn.passed += 1;
                continue;
            }
            match self.web.client.get(map, &Validators::default()) {
                Ok(Answer::Received(received)) => {
                    let Ok(Listed::Feed(feed)) = received.listed() else { continue };
                    is_any = true;
                    all.has_more |= feed.has_more;
                    all.is_broken |= feed.is_broken;
                    all.entries.extend(feed.entries);
                }
                Ok(Answer::Unchanged) => {}
                Err(error) => {
                    if error.is_passing {
                        self.web.failed(map, &error);
                    }
                    self.refuse(*error.refusal);
                }
            }
            self.adding.tell();
            if self.adding.added.is_stopped {
                break;
            }
        }
        // what several of them list is one entry
        let mut seen = BTreeSet::new();
        all.entries.retain(|entry| entry.link.is_empty() || seen.insert(entry.link.clone()));
        all.has_more |= all.entries.len() > ENTRIES;
        all.entries.truncate(ENTRIES);
        Ok(is_any.then_some(all))
    }

    /// A page that is remembered and of which the article is kept: only then may its server say that it did not change.
    fn page_of(&self, address: &str) -> Result<Option<Page>, Error> {
        let archive = &self.adding.folder.archive;
        let Some(mut page) = archive.page(address)? else { return Ok(None) };
        if !page.article.is_empty() && archive.packed(&page.article)?.is_none() {
            // the process ended before the article was kept
            return Ok(None);
        }
        if page.article.is_empty() {
            (page.etag, page.modified) = (String::new(), String::new());
        }
        Ok(Some(page))
    }

    fn unchanged(&mut self, page: Option<Page>) -> Result<(), Error> {
        self.adding.added.known += 1;
        if let Some(page) = page {
            let looked = Some(self.now());
            self.adding.folder.archive.keep_unchanged(&Page { looked, ..page })?;
        }
        Ok(())
    }

    /// The feed answered.
    fn answered(&mut self, mut feed: Followed) -> Result<(), Error> {
        (feed.polls, feed.failures, feed.peace) = (feed.polls + 1, 0, self.turn.peace);
        feed.error.clear();
        let next = match self.turn.rest {
            1.. => self.now(),
            0 => next_poll(&feed.address, feed.polls, 0, self.web.every, self.now()),
        };
        feed.next = Some(feed.peace.map_or(next, |peace| peace.max(next)));
        Ok(self.adding.folder.archive.keep_feed(&feed)?)
    }

    /// The address gave nothing. A feed that may come back is followed.
    fn failed(
        &mut self,
        address: &str,
        followed: Option<Followed>,
        expected: Expected,
        error: FetchError,
    ) -> Result<Fetched, Error> {
        let is_new = followed.is_none() && expected != Expected::Anything && error.is_passing;
        let followed =
            followed.or_else(|| is_new.then(|| Followed { address: address.to_string(), ..Followed::default() }));
        let peace = error.wait.and_then(|wait| self.now().checked_add(wait).ok());
        self.failed_for_good(followed.map(|feed| Followed { peace, ..feed }), *error.refusal)
    }

    fn failed_for_good(&mut self, followed: Option<Followed>, refusal: Refusal) -> Result<Fetched, Error> {
        if let Some(mut feed) = followed {
            (feed.polls, feed.failures) = (feed.polls + 1, feed.failures + 1);
            feed.error.clone_from(&refusal.message);
            let next = next_poll(&feed.address, feed.polls, feed.failures, self.web.every, self.now());
            feed.next = Some(feed.peace.map_or(next, |peace| peace.max(next)));
            self.adding.folder.archive.keep_feed(&feed)?;
        }
        self.refuse(refusal);
        Ok(Fetched { is_failed: true, ..Fetched::default() })
    }

    /// Entries as they are to be looked at: first what was never seen, the oldest first.
    fn in_order<'f>(&self, followed: &Followed, feed: &'f Feed) -> Result<Vec<&'f Entry>, Error> {
        let (mut new, mut seen) = (Vec::new(), Vec::new());
        for entry in feed.entries.iter().rev() {
            let (key, _) = known_by(followed, entry);
            if self.page_of(&key)?.is_some() { &mut seen } else { &mut new }.push(entry);
        }
        new.append(&mut seen);
        Ok(new)
    }

    /// Keeps what a feed lists; whether all of it was kept or refused for good.
    fn entries(&mut self, followed: &Followed, feed: &Feed) -> Result<bool, Error> {
        self.adding.added.files = feed.entries.len();
        let mut is_settled = true;
        for entry in self.in_order(followed, feed)? {
            is_settled &= self.entry(followed, entry)?;
            self.adding.added.done += 1;
            self.adding.tell();
            if self.adding.added.is_stopped {
                return Ok(false);
            }
        }
        if feed.has_more {
            let why = format!("it lists more than {} entries: only the first are read", feed.entries.len());
            self.refuse(Refusal::new(&followed.address, "too-large", why));
        }
        if self.turn.passed > 0 {
            let s = if self.turn.passed == 1 { "" } else { "s" };
            let why = format!(
                "{} page{s} that failed before or lie on a host that does not answer: tried again later",
                self.turn.passed
            );
            self.refuse(Refusal::new(&followed.address, "waiting", why));
        }
        if feed.is_broken {
            let why = "it breaks off: what stands before was read, and it is asked for whole the next time";
            self.refuse(Refusal::new(&followed.address, "broken-feed", why));
        }
        Ok(is_settled && !feed.is_broken)
    }

    /// Keeps the page of an entry; whether it was kept or refused for good.
    fn entry(&mut self, followed: &Followed, entry: &Entry) -> Result<bool, Error> {
        let (key, mark) = known_by(followed, entry);
        let page = self.page_of(&key)?;
        let is_fresh = |page: &Page| page.looked.is_some_and(|at| self.now().duration_since(at) < AGAIN);
        let marks = page.as_ref().map_or("", |page| page.mark.as_str()).to_string();
        if marks.split(' ').any(|known| known == mark) && page.as_ref().is_some_and(is_fresh) {
            self.adding.added.known += 1;
            return Ok(true);
        }
        let mark = marked(&marks, mark);
        if entry.link.is_empty() {
            self.content(&key, followed, entry, mark, None)?;
            return Ok(true);
        }
        if self.web.leaves_alone(&entry.link) {
            self.turn.passed += 1;
            return Ok(false);
        }
        if !self.turn.may_ask(self.web) {
            self.turn.rest += usize::from(page.is_none());
            return Ok(false);
        }
        match self.web.client.get(&entry.link, &page.as_ref().map(validators).unwrap_or_default()) {
            Ok(Answer::Received(received)) => {
                self.page(&key, &received, entry, mark)?;
                Ok(true)
            }
            Ok(Answer::Unchanged) => {
                self.unchanged(page.map(|page| Page { mark, ..page }))?;
                Ok(true)
            }
            Err(error) if error.is_passing => {
                self.web.failed(&entry.link, &error);
                // another host's wish for peace is no reason to leave this feed alone
                if host(&entry.link) == host(&followed.address) {
                    let until = error.wait.and_then(|wait| self.now().checked_add(wait).ok());
                    self.turn.peace = self.turn.peace.max(until);
                }
                self.refuse(*error.refusal);
                Ok(false)
            }
            Err(error) => {
                self.content(&key, followed, entry, mark, Some(*error.refusal))?;
                Ok(true)
            }
        }
    }

    /// Keeps the text that a feed holds of an entry whose page cannot be had, else says why it cannot be had.
    fn content(
        &mut self,
        key: &str,
        followed: &Followed,
        entry: &Entry,
        mark: String,
        refusal: Option<Refusal>,
    ) -> Result<(), Error> {
        let looked = Some(self.now());
        let known = self.adding.folder.archive.page(key)?.map(|page| page.article).unwrap_or_default();
        let row = Page { address: key.to_string(), mark, looked, article: known, ..Page::default() };
        match (entry.capture(&followed.title, Some(moment(self.now()))), refusal) {
            (Some(capture), _) => {
                let what = if entry.link.is_empty() { What::Record } else { What::OfFeed };
                self.capture(capture, row, what)
            }
            (None, refusal) => {
                refusal.into_iter().for_each(|refusal| self.refuse(refusal));
                Ok(self.adding.folder.archive.keep_page(&row)?)
            }
        }
    }

    /// Keeps a page that was received.
    fn page(&mut self, address: &str, received: &Received, entry: &Entry, mark: String) -> Result<(), Error> {
        let now = self.now();
        let article = self.adding.folder.archive.page(address)?.map(|page| page.article).unwrap_or_default();
        let Validators { etag, modified } = received.validators.clone();
        let row = Page { address: address.to_string(), mark, etag, modified, looked: Some(now), article };
        let mut outcomes = received.captures(Some(moment(now)));
        if outcomes.len() == 1
            && let Some(Ok(capture)) = outcomes.pop_if(|outcome| outcome.is_ok())
        {
            return self.capture(self.told(capture, entry), row, What::Page);
        }
        // mail and exports: records with nothing before them to be compared with; where the process ends before all of them
        // are kept, the page is fetched again
        let unfinished = Page { address: address.to_string(), ..Page::default() };
        for outcome in outcomes {
            match outcome {
                Ok(capture) => self.capture(self.told(capture, entry), unfinished.clone(), What::Record)?,
                Err(refusal) => self.refuse(refusal),
            }
            if self.adding.added.is_stopped {
                return Ok(());
            }
        }
        let archive = &mut self.adding.folder.archive;
        let article = archive.page(address)?.map_or(row.article, |page| page.article);
        Ok(archive.keep_page(&Page { article, ..row })?)
    }

    /// A capture of a page with what its feed says, where it does not say so itself.
    fn told(&self, mut capture: Capture, entry: &Entry) -> Capture {
        if capture.fields.outlet.is_empty() {
            capture.fields.outlet.clone_from(&entry.outlet);
        }
        if extract_one(&capture, self.adding.options).published.is_none() {
            capture.fields.published.clone_from(&entry.published);
        }
        capture
    }

    /// Keeps a capture, unless its text is that of the article that its page was before.
    fn capture(&mut self, capture: Capture, page: Page, what: What) -> Result<(), Error> {
        let is_page = what == What::Page;
        let article = extract_one(&capture, self.adding.options);
        let before = self.before(&page.article)?;
        if before.as_ref().is_some_and(|b| b.text == article.text && b.title == article.title) {
            self.adding.added.known += 1;
            return self.remember(&page, is_page);
        }
        // written before the article: where only this is kept, the page is fetched again
        let id = capture.id.to_string();
        let address = capture.fields.url.clone();
        let is_known = self.adding.folder.archive.packed(&id)?.is_some();
        let page = if what == What::OfFeed { page } else { Page { article: id, ..page } };
        self.remember(&page, is_page)?;
        let new = self.adding.added.new;
        let mut work: Vec<_> = self.adding.look(capture)?.into_iter().collect();
        self.adding.keep(&mut work)?;
        // a page may come back to what it was once: that is kept already, and is a change as any other
        let is_new = self.adding.added.new > new;
        let before = before.filter(|_| is_page && (is_new || is_known));
        if is_new || before.is_some() {
            let outlet = match article.outlet.is_empty() {
                true => host(&address),
                false => article.outlet,
            };
            let changed = before.map(|b| counts(&differences(&b.text, &article.text)));
            if let Some((went, came)) = changed {
                let added = &mut self.adding.added;
                (added.changed, added.went, added.came) = (added.changed + 1, added.went + went, added.came + came);
            }
            let (day, title) = (article.published.map(|m| m.date), article.title);
            (self.said)(&News { day, outlet, title, address, changed });
        }
        Ok(())
    }

    fn remember(&mut self, page: &Page, is_page: bool) -> Result<(), Error> {
        let archive = &mut self.adding.folder.archive;
        Ok(if is_page { archive.keep_version(page) } else { archive.keep_page(page) }?)
    }

    /// The article that a page was before, as it is read today.
    fn before(&self, id: &str) -> Result<Option<Article>, Error> {
        let archive = &self.adding.folder.archive;
        let Some(kept) = archive.packed(id)? else { return Ok(None) };
        let Ok(article) = kept.article() else { return Ok(None) };
        match archive.captures(&article.id) {
            Ok(captures) => Ok(captures.first().map(|capture| extract_one(capture, self.adding.options))),
            Err(error) if error.is_damaged() => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

/// What a capture is of the address under which it is remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    /// All that the page is.
    Page,
    /// One of several records, or an entry that has no page.
    Record,
    /// What a feed holds of a page that cannot be had: no version of it, and not what it is compared with when it can be had again.
    OfFeed,
}

/// What an entry is known by, and the mark of what it says. One without a page is known by its feed and that.
fn known_by(followed: &Followed, entry: &Entry) -> (String, String) {
    let content = entry.content.as_ref().map_or("", |c| c.text.as_str());
    let said = [entry.title.as_str(), &entry.published, &entry.updated, content].join("\n");
    let mark = Digest::of(said.as_bytes()).as_str()[..16].to_string();
    let key = if entry.link.is_empty() { format!("{}#{mark}", followed.address) } else { entry.link.clone() };
    (key, mark)
}

/// The marks of a page with another one: several feeds may list it, and say each their own.
fn marked(marks: &str, mark: String) -> String {
    let mut all: Vec<&str> = marks.split(' ').filter(|known| !known.is_empty() && *known != mark).collect();
    all.push(&mark);
    all[all.len().saturating_sub(MARKS)..].join(" ")
}

fn validators(page: &Page) -> Validators {
    Validators { etag: page.etag.clone(), modified: page.modified.clone() }
}

pub(super) fn moment(at: Timestamp) -> Moment {
    let civil = Offset::UTC.to_datetime(at);
    let clock = civil.time().with().subsec_nanosecond(0).build().unwrap_or(civil.time());
    Moment { date: civil.date(), time: Some(clock), offset: Some(Offset::UTC) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_several_feeds_say_of_a_page_is_remembered() {
        let mut marks = marked("", "a".to_string());
        marks = marked(&marks, "b".to_string());
        assert_eq!((marks.as_str(), marked(&marks, "a".to_string()).as_str()), ("a b", "b a"));
        (0..20).for_each(|n| marks = marked(&marks, n.to_string()));
        assert_eq!(marks, "12 13 14 15 16 17 18 19");
    }

    #[test]
    fn a_feed_that_fails_is_asked_less_and_less_often() {
        let now: Timestamp = "2025-03-04T10:00:00Z".parse().unwrap();
        let every = SignedDuration::from_mins(15);
        let wait = |polls, failures| {
            next_poll("https://news.example.org/rss", polls, failures, every, now).duration_since(now).as_secs()
        };
        for (failures, minutes) in [(0, 15), (1, 30), (3, 120), (10, 24 * 60), (u64::MAX, 24 * 60)] {
            let (least, most) = (minutes * 54, minutes * 66);
            assert!((least..=most).contains(&wait(7, failures)), "{failures}: {} s", wait(7, failures));
        }
        // the same at the same poll, and not the same at every poll
        assert_eq!(wait(7, 0), wait(7, 0));
        assert!((0..20).any(|polls| wait(polls, 0) != wait(7, 0)));
        // who asks once a week does not ask more often because it fails
        let week = SignedDuration::from_hours(168);
        let next = next_poll("https://news.example.org/rss", 1, 3, week, now);
        assert!(next.duration_since(now) > SignedDuration::from_hours(150));
    }
}
