//! Which parties ask for an issue, and what it means that they turn an offer down.

use std::collections::BTreeMap;

use rapporteur_article::Article;
use rapporteur_reading::Reading;
use rapporteur_reading::model::{Act, Polarity, Statement};

use crate::lexicon::OFFERED;
use crate::model::{Dossier, Filing, PartyId};
use crate::resolve::Resolver;
use crate::words::Word;

/// How many times as often it must be for it as against it.
const CLEARLY: usize = 2;
/// Most words of a matter that is no more than a sum or an offer.
const SHORT: usize = 6;

/// Gives each issue of a dossier the parties that ask for it.
pub(crate) fn add_proponents(dossier: &mut Dossier, read: &[(&Article, &Reading)]) {
    let mut votes: BTreeMap<(usize, PartyId), [usize; 2]> = BTreeMap::new();
    let resolver = Resolver::new(dossier);
    for (article, reading) in read {
        let resolved = resolver.resolve(article, reading);
        for (s, about) in reading.statements.iter().zip(&resolved.statements) {
            let party = resolved.of(&s.holder).and_then(|r| r.party.clone());
            let Some((about, party)) = about.as_ref().filter(|a| a.how > Filing::Guessed).zip(party) else { continue };
            let Some(issue) = dossier.issues.iter().position(|i| i.id == about.id) else { continue };
            if let Some(is_for) = asks(s) {
                votes.entry((issue, party)).or_default()[usize::from(is_for == about.turned)] += 1;
            }
        }
    }
    for ((issue, party), [is_for, against]) in votes {
        if is_for >= CLEARLY * against
            && let Some(issue) = dossier.issues.get_mut(issue)
        {
            issue.proponents.push(party);
        }
    }
}

/// Whether a statement asks for its matter (`true`) or wants it gone; `None` for what is neither.
fn asks(s: &Statement) -> Option<bool> {
    match (s.act, s.polarity) {
        (Act::Demand | Act::Request | Act::Propose | Act::Support, Polarity::For) => Some(true),
        (Act::Oppose | Act::Refuse | Act::Demand, Polarity::Against) => Some(false),
        _ => None,
    }
}

/// Whether a statement turns down a sum or an offer as such, in few words: of a longer matter the other words say what it is.
pub(crate) fn turns_down_offer(s: &Statement, matter: &[Word]) -> bool {
    let refused = matches!(s.act, Act::Reject | Act::Refuse | Act::Oppose) && s.polarity == Polarity::Against;
    let number = |w: &Word| w.stem.starts_with(|c: char| c.is_ascii_digit());
    let told = matter.first().is_some_and(number) || matter.iter().any(|w| OFFERED.contains(&w.stem));
    refused && matter.len() <= SHORT && told
}
