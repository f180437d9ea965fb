//! The one place from which the command reaches the web: for `add` with addresses, and for `watch`.

use std::collections::{BTreeSet, VecDeque};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use jiff::SignedDuration;
use rapporteur::capture::Refusal;
use rapporteur::capture::feeds::{Listed, listed};
use rapporteur::capture::fetch::{Client, FetchConfig};
use rapporteur::folder::{Added, Expected, Fetched, News, Web};
use rapporteur::syntax::Pipeline;
use rapporteur::{Error, Folder, Options};

use crate::args::Reach;
use crate::folder;

/// How often a feed is asked where nothing else was typed.
const EVERY: SignedDuration = SignedDuration::from_mins(15);

/// Loads the language model where it is needed.
pub(crate) type Model<'m> = &'m mut dyn FnMut() -> Result<Arc<Pipeline>, Error>;

/// A client that has asked nobody yet.
#[allow(clippy::disallowed_methods, reason = "`add` and `watch` fetch, and nothing else does")]
pub(crate) fn client(reach: Reach) -> Client {
    let mut config = FetchConfig::default();
    config.allow_private = reach.allow_private;
    Client::new(config)
}

/// Whether what was typed is an address of the web.
pub(crate) fn is_address(typed: &Path) -> bool {
    typed.to_str().is_some_and(rapporteur::capture::is_address)
}

/// Whether what was typed is a file that names feeds, by its name.
pub(crate) fn is_opml(typed: &Path) -> bool {
    typed.extension().is_some_and(|e| e.eq_ignore_ascii_case("opml"))
}

/// What was typed where feeds can be.
#[derive(Default)]
pub(crate) struct Named {
    /// Addresses.
    pub(crate) typed: Vec<String>,
    /// Addresses that OPML files name.
    pub(crate) listed: Vec<String>,
    /// What is neither an address nor an OPML file.
    pub(crate) refusals: Vec<Refusal>,
}

impl Named {
    /// Whether nothing was typed.
    pub(crate) fn is_empty(&self) -> bool {
        self.typed.is_empty() && self.listed.is_empty() && self.refusals.is_empty()
    }
}

/// The addresses that were typed, and those in OPML files that were.
#[allow(clippy::disallowed_methods, reason = "the command line is an edge: it opens what the user named")]
pub(crate) fn named(typed: &[String]) -> Named {
    let mut all = Named::default();
    for named in typed {
        if is_address(Path::new(named)) {
            all.typed.push(named.clone());
            continue;
        }
        let refusal = match std::fs::read(named).map(|bytes| listed(&bytes, "", "")) {
            Ok(Ok(Listed::Feeds(feeds))) if !feeds.is_empty() => {
                all.listed.extend(feeds);
                continue;
            }
            Ok(Ok(_)) => Refusal::new(named, "no-feed", "it is no OPML file that names feeds: name one, or addresses"),
            Ok(Err(why)) => Refusal::new(named, "no-feed", why),
            Err(e) => Refusal::new(named, "unreadable", format!("{e}: name a feed as `https://...`, or an OPML file")),
        };
        all.refusals.push(refusal);
    }
    all
}

/// The most lists of feeds that are asked for in a run: each may name thousands.
pub(crate) const LISTS: usize = 20;

/// Says that there are more.
pub(crate) fn too_many_lists(address: &str) -> Refusal {
    Refusal::new(
        address,
        "too-large",
        format!("it is a list of feeds after {LISTS} others: name it in a run of its own"),
    )
}

/// Fetches addresses, and the feeds that they list, each once.
pub(crate) fn fetch_all(
    kept: &mut Folder,
    named: Named,
    reach: Reach,
    options: &Options,
    model: Model<'_>,
    step: &mut dyn FnMut(&Added) -> ControlFlow<()>,
) -> anyhow::Result<Added> {
    let mut client = client(reach);
    let mut web = Web::new(&mut client, &folder::timestamp, EVERY);
    let mut all = Added::default();
    all.refusals = named.refusals;
    let (mut seen, mut lists) = (BTreeSet::new(), 0);
    let typed = named.typed.into_iter().map(|address| (address, Expected::Anything));
    let listed = named.listed.into_iter().map(|address| (address, Expected::Listed));
    let mut waiting: VecDeque<_> = typed.chain(listed).collect();
    while let Some((address, expected)) = waiting.pop_front() {
        if !seen.insert(address.clone()) {
            continue;
        }
        let so_far = all.counts();
        let mut step = |added: &Added| step(&so_far.clone().and(added.counts()));
        let said = &mut |_: &News| ();
        let Fetched { added, feeds, .. } = kept.fetch(&address, expected, options, &mut web, model, &mut step, said)?;
        all = all.and(added);
        lists += usize::from(!feeds.is_empty());
        match lists > LISTS && !feeds.is_empty() {
            true => all.refusals.push(too_many_lists(&address)),
            false => waiting.extend(feeds.into_iter().map(|feed| (feed, Expected::Listed))),
        }
        if all.is_stopped {
            break;
        }
    }
    Ok(all)
}
