//! Pages that changed: each version is a witness that spoke before, and what it says no more is told as that.

mod press;

use press::{Press, Told, history, says, series};
use proptest::prelude::*;
use rapporteur_article::CopyKind;
use rapporteur_ledger::{Folder, fold};
use rapporteur_reading::model::{Act, Polarity};
use rapporteur_text::ArticleId;

const WEAVERS: usize = 0;
const OWNERS: usize = 1;
const PAY: usize = 0;
const HOURS: usize = 1;

fn told(day: &'static str, says: Vec<press::Says>) -> Told {
    Told { day, says }
}

fn refuse(words: &str) -> press::Says {
    says(OWNERS, Act::Refuse, Polarity::Against, PAY, words)
}

fn accept(words: &str) -> press::Says {
    says(OWNERS, Act::Accept, Polarity::For, PAY, words)
}

const NO: &str = "The owners refused to raise pay.";
const YES: &str = "The owners accepted a rise.";
const HOUR: &str = "The weavers asked for fewer hours.";

fn hours() -> press::Says {
    says(WEAVERS, Act::Demand, Polarity::For, HOURS, HOUR)
}

fn id(n: usize) -> ArticleId {
    ArticleId::from_written(format!("a-{n:02}"))
}

#[test]
fn what_stands_in_both_versions_is_told_once_by_the_first() {
    let mut press =
        Press::of(&[told("2025-03-01", vec![refuse(NO), hours()]), told("2025-03-01", vec![hours(), accept(YES)])]);
    press.pages(&[vec![0, 1]], None);
    let witnesses = press.witnesses();
    assert_eq!(witnesses.iter().map(|w| w.reading.statements.len()).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(press.vanished(), [NO]);
    let ledger = press.fold();
    assert_eq!(series(&ledger, WEAVERS, HOURS), "2025-03-01 for");
    let hours = ledger.positions.iter().find(|p| p.party.id == "weavers").unwrap();
    assert_eq!(hours.history.len(), 1, "it is told once");
    assert_eq!(hours.merged.evidence[0].article, id(0));
}

#[test]
fn versions_are_one_reporting_whatever_is_left_of_the_first() {
    // nothing in common, and the second says that it is older than the first
    let mut press = Press::of(&[
        told("2025-03-09", vec![refuse(NO)]),
        told("2025-03-01", vec![hours()]),
        told("2025-03-09", vec![accept(YES)]),
    ]);
    assert_eq!(press.fold().origins.count(), 3);
    press.pages(&[vec![0, 1]], None);
    let ledger = press.fold();
    assert_eq!((ledger.origins.count(), ledger.origins.of(&id(1))), (2, &id(0)));
    assert_eq!(ledger.origins.0[&id(1)].copy_of, Some((id(0), CopyKind::Version)));
}

#[test]
fn what_a_page_took_back_moves_nothing_where_another_sentence_says_where_the_party_stands() {
    let articles = [told("2025-03-01", vec![refuse(NO)]), told("2025-03-01", vec![accept(YES)])];
    let mut press = Press::of(&articles);
    // before the change the older text counts
    press.pages(&[vec![0, 1]], Some("2025-04-01"));
    assert!(press.witnesses().iter().all(|w| w.article.page.is_none()) && press.vanished().is_empty());
    press.pages(&[vec![0, 1]], Some("2025-04-02"));
    let ledger = press.fold();
    assert_eq!(series(&ledger, OWNERS, PAY), "2025-03-01 for", "no dispute with what was put right");
    assert_eq!(history(&ledger, OWNERS, PAY), ["vanished", "first"]);
    let position = &ledger.positions[0];
    assert!(!position.disputed && ledger.disputes.is_empty() && ledger.shifts.is_empty());
    // nor is it dropped
    assert_eq!(ledger.stances.len(), 2);
}

#[test]
fn a_position_that_rests_on_nothing_else_is_still_told() {
    let mut press = Press::of(&[told("2025-03-01", vec![refuse(NO), hours()]), told("2025-03-01", vec![hours()])]);
    press.pages(&[vec![0, 1]], None);
    let ledger = press.fold();
    assert_eq!(series(&ledger, OWNERS, PAY), "2025-03-01 against");
    assert_eq!(history(&ledger, OWNERS, PAY), ["first"]);
    let witnesses = press.witnesses();
    let shown = &ledger.positions.iter().find(|p| p.party.id == "owners").unwrap().merged.evidence[0];
    let vanished = witnesses[0].article.vanished(shown.evidence.sentence).unwrap();
    assert_eq!((vanished.article, vanished.seen.date.to_string()), (id(1), "2025-04-01".to_string()));
    assert_eq!(vanished.gone.date.to_string(), "2025-04-02");
}

#[test]
fn an_outlet_that_put_a_figure_right_disputes_with_nobody() {
    let of = |words| told("2025-03-01", vec![says(OWNERS, Act::Assert, Polarity::None, PAY, words)]);
    let articles = [
        of("The flood damage claim of the delta comes to 310 crowns, an engineer reckoned at the weir."),
        of("A clerk has added it up anew: the flood damage claim of the delta stands at 340 crowns now."),
    ];
    let disputes = |pages: &[Vec<usize>]| {
        let mut press = Press::of(&articles);
        for (article, value) in [(0, 310.0), (1, 340.0)] {
            press.figure(article, value, "flood damage claim of the delta", "");
        }
        press.pages(pages, None);
        press.fold().disputes.len()
    };
    assert_eq!(disputes(&[]), 1);
    assert_eq!(disputes(&[vec![0, 1]]), 0);
}

#[test]
fn a_page_that_came_back_to_what_it_was_took_nothing_back() {
    let articles = [
        told("2025-03-01", vec![refuse(NO)]),
        told("2025-03-01", vec![accept(YES)]),
        told("2025-03-01", vec![hours()]),
    ];
    let mut press = Press::of(&articles);
    press.pages(&[vec![0, 1, 0]], None);
    assert_eq!(press.vanished(), [YES]);
    // what is gone at one address and stands at another has not gone
    let mut press = Press::of(&articles);
    press.pages(&[vec![0, 1], vec![2, 0]], None);
    assert_eq!(press.vanished(), [HOUR]);
}

/// What each article says, and which page it is a version of, if any.
fn all() -> impl Strategy<Value = Vec<(Told, usize)>> {
    let one =
        (0..3_usize, 0..2_usize, 0..Act::ALL.len(), 0..4_usize, 0..3_u8).prop_map(|(party, issue, act, way, n)| {
            let words = format!("Sentence {n} of party {party} on matter {issue}.");
            says(party, Act::ALL[act], Polarity::ALL[way], issue, &words)
        });
    let day = prop::sample::select(vec!["2025-03-01", "2025-03-02", "2025-03-09", ""]);
    let article = (day, prop::collection::vec(one, 1..4)).prop_map(|(day, says)| Told { day, says });
    prop::collection::vec((article, 0..4_usize), 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_in_which_versions_arrive_changes_nothing(
        all in all(),
        steps in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 0..40),
    ) {
        let (articles, pages): (Vec<Told>, Vec<usize>) = all.into_iter().unzip();
        let mut press = Press::of(&articles);
        let of_page = |page: usize| pages.iter().enumerate().filter(move |(_, p)| **p == page).map(|(n, _)| n).collect();
        press.pages(&[of_page(1), of_page(2)], None);
        let witnesses = press.witnesses();
        let mut folder = Folder::new(press.dossier.clone());
        let mut kept = vec![false; witnesses.len()];
        for (at, is_added) in steps {
            let at = at.index(witnesses.len());
            match is_added {
                true => folder.add(&witnesses[at]),
                false => prop_assert_eq!(folder.remove(&witnesses[at].article.id), kept[at]),
            }
            kept[at] = is_added;
        }
        let in_it: Vec<_> = witnesses.iter().zip(&kept).filter(|(_, k)| **k).map(|(w, _)| *w).collect();
        prop_assert_eq!(folder.ledger(), &fold(&press.dossier, &in_it));
        let whole = fold(&press.dossier, &witnesses);
        let backwards: Vec<_> = witnesses.iter().rev().copied().collect();
        prop_assert_eq!(&whole, &fold(&press.dossier, &backwards));
        // the versions of a page have one origin
        for page in [1, 2] {
            let of_page = pages.iter().enumerate().filter(|(_, p)| **p == page).map(|(n, _)| whole.origins.of(&witnesses[n].article.id));
            let origins: std::collections::BTreeSet<_> = of_page.collect();
            prop_assert!(origins.len() < 2);
        }
    }
}
