//! The one place from which the command reaches the web: for `add` with addresses, and for `watch`.

use std::collections::{BTreeSet, VecDeque};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use jiff::SignedDuration;
use rapporteur::capture::feeds::{Listed, listed};
use rapporteur::capture::fetch::{Client, FetchConfig};
use rapporteur::folder::{Added, Expected, Fetched, News, Web};
use rapporteur::syntax::Pipeline;
use rapporteur::{Error, Folder, Options};

use crate::args::Reach;
use crate::folder;
use crate::status::Usage;

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

/// The addresses that were typed, and those in OPML files that were.
///
/// # Errors
/// Where something typed is neither.
#[allow(clippy::disallowed_methods, reason = "the command line is an edge: it opens what the user named")]
pub(crate) fn feeds(typed: &[String]) -> anyhow::Result<Vec<String>> {
    let mut addresses = Vec::new();
    for named in typed {
        if is_address(Path::new(named)) {
            addresses.push(named.clone());
            continue;
        }
        let bytes = std::fs::read(named)
            .with_context(|| format!("failed to read `{named}`: name a feed as `https://...`, or an OPML file"))?;
        match listed(&bytes, "", "") {
            Ok(Listed::Feeds(feeds)) if !feeds.is_empty() => addresses.extend(feeds),
            Ok(_) => {
                return Err(Usage(format!("`{named}` is no OPML file that names feeds: name one, or addresses")).into());
            }
            Err(why) => anyhow::bail!("failed to read `{named}`: {why}"),
        }
    }
    Ok(addresses)
}

/// Fetches addresses, and the feeds that they list, each once.
pub(crate) fn fetch_all(
    kept: &mut Folder,
    addresses: Vec<String>,
    reach: Reach,
    options: &Options,
    model: Model<'_>,
    step: &mut dyn FnMut(&Added) -> ControlFlow<()>,
) -> anyhow::Result<Added> {
    let mut client = client(reach);
    let mut web = Web { client: &mut client, now: &folder::timestamp, every: EVERY };
    let mut all = Added::default();
    let mut seen = BTreeSet::new();
    let mut waiting: VecDeque<_> = addresses.into_iter().map(|address| (address, Expected::Anything)).collect();
    while let Some((address, expected)) = waiting.pop_front() {
        if !seen.insert(address.clone()) {
            continue;
        }
        let so_far = all.clone();
        let mut step = |added: &Added| step(&so_far.clone().and(added.clone()));
        let said = &mut |_: &News| ();
        let Fetched { added, feeds, .. } = kept.fetch(&address, expected, options, &mut web, model, &mut step, said)?;
        waiting.extend(feeds.into_iter().map(|feed| (feed, Expected::Feed)));
        all = all.and(added);
        if all.is_stopped {
            break;
        }
    }
    Ok(all)
}
