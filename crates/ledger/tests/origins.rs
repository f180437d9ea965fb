//! Origins and stories, one article in or out at a time.

use proptest::prelude::*;
use rapporteur_article::{Article, CopyKind};
use rapporteur_dossier::Resolution;
use rapporteur_ledger::{OriginIndex, Origins, Witness};
use rapporteur_reading::Reading;
use rapporteur_text::ArticleId;

const DAYS: [&str; 6] = ["2025-03-01", "2025-03-02", "2025-03-05", "2025-03-09", "2025-04-01", ""];
/// Sentences of two events and some that stand in any report.
const SENTENCES: [&str; 14] = [
    "The weavers of Kettlebruck will not go back to the looms before the owners of Thornfield Mill have paid 620 crowns.",
    "Wanda Rosk, who speaks for the weavers, told a meeting at the Corn Exchange that the offer of 4.5 percent was a joke.",
    "\u{201c}Nobody here has signed anything and nobody here will sign before Friday,\u{201d} Rosk said.",
    "The owners put forward a paper of seven points on Tuesday night, an hour before the strike fund ran out.",
    "Thornfield Mill has lost 31 orders since the looms stood still, according to the owners.",
    "Ambassador Oren Halcy carried a map of the Sill valley into the lodge at High Tarn and left without it.",
    "Ostrevia wants 14 gauges on the river before it opens the sluices at Karsk, Halcy said.",
    "\u{201c}Water first, words afterwards, and not the other way round,\u{201d} the ambassador told reporters.",
    "The delegation of Tarvenia answered that the 92 metre dam would be built whatever the lodge decided.",
    "Two villagers had driven out to watch, one of them with a folding chair and a flask.",
    "The talks go on today.",
    "Neither side wanted to say more, the CWS news agency reported.",
    "SORNHAVEN (CWS) - Officials met again on Thursday for two hours and issued no statement at the end of it.",
    "It was the third meeting in as many weeks, and the mediators called it useful.",
];

#[derive(Debug, Clone)]
struct Told {
    sentences: Vec<usize>,
    day: usize,
    wire: bool,
}

fn told() -> impl Strategy<Value = Told> {
    let about = prop_oneof![Just(0..10_usize), Just(0..5), Just(5..10)];
    let sentences = about.prop_flat_map(|range| {
        let rest = proptest::collection::vec(10..SENTENCES.len(), 0..2);
        (proptest::collection::vec(range, 1..6), rest).prop_map(|(a, b)| [a, b].concat())
    });
    (sentences, 0..DAYS.len(), prop::bool::weighted(0.2)).prop_map(|(sentences, day, wire)| Told {
        sentences,
        day,
        wire,
    })
}

fn article(n: usize, told: &Told) -> Article {
    let text = told.sentences.iter().map(|s| SENTENCES[*s]).collect::<Vec<_>>().join("\n");
    let mut article = Article::from_text(&text);
    article.id = ArticleId::from_written(format!("a-{:02}", n * 7 % 64));
    article.published = DAYS[told.day].parse().ok();
    if told.wire {
        article.agency = "CWS".to_string();
        article.outlet = "Continental Wire Service".to_string();
    }
    article
}

fn batch<'a>(articles: impl IntoIterator<Item = &'a Article>) -> Origins {
    let (reading, resolution) = (Reading::default(), Resolution::default());
    let witness = |article| Witness { article, reading: &reading, resolution: &resolution };
    Origins::find(&articles.into_iter().map(witness).collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_coming_and_going_gives_what_is_left(
        all in proptest::collection::vec(told(), 1..24),
        steps in proptest::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 1..48),
    ) {
        let articles: Vec<Article> = all.iter().enumerate().map(|(n, t)| article(n, t)).collect();
        let mut index = OriginIndex::new();
        let mut there = vec![false; articles.len()];
        for (which, comes) in &steps {
            let n = which.index(articles.len());
            let before = index.origins().clone();
            let mut changed = if *comes { index.add(&articles[n]) } else { index.remove(&articles[n].id) };
            there[n] = *comes;
            // what it says has changed is what has changed
            changed.retain(|id| index.get(id).is_some());
            let other = |id: &&ArticleId| before.0.get(*id) != index.get(id);
            prop_assert_eq!(changed.iter().collect::<Vec<_>>(), index.origins().0.keys().filter(other).collect::<Vec<_>>());
        }
        let left = articles.iter().zip(&there).filter(|(_, there)| **there).map(|(a, _)| a);
        prop_assert_eq!(index.origins(), &batch(left));
    }

    #[test]
    fn adding_and_taking_out_is_nothing(all in proptest::collection::vec(told(), 2..16)) {
        let articles: Vec<Article> = all.iter().enumerate().map(|(n, t)| article(n, t)).collect();
        let (one, rest) = articles.split_first().unwrap();
        let mut index = OriginIndex::new();
        rest.iter().for_each(|a| drop(index.add(a)));
        let before = index.origins().clone();
        let came = index.add(one);
        let went = index.remove(&one.id);
        prop_assert_eq!(index.origins(), &before);
        prop_assert_eq!(came.iter().filter(|id| **id != one.id).collect::<Vec<_>>(), went.iter().collect::<Vec<_>>());
        // an article that comes twice counts once
        index.add(one);
        prop_assert!(index.add(one).is_empty());
    }
}

/// A wire report of our own writing.
const WIRE: &str = "SORNHAVEN, Sept 8 (CWS) - The owners of Thornfield Mill offered the weavers 4.5 percent on Monday, \
    hours after Wanda Rosk had told them to keep their 620 crowns.\n\
    \u{201c}Nobody here has signed anything and nobody here will sign before Friday,\u{201d} Rosk told a meeting at the Corn Exchange.\n\
    Harold Thornfield, who owns the looms, said 31 orders had gone to the valley since the strike began in April.\n\
    The strike fund pays 14 crowns a day and lasts until Sept 19, two people who know the books said.";

fn wire() -> Article {
    let mut wire = Article::from_text(WIRE);
    wire.id = ArticleId::from_written("a-wire".to_string());
    wire.agency = "CWS".to_string();
    wire.outlet = "Continental Wire Service".to_string();
    wire.published = "2025-09-08".parse().ok();
    wire
}

/// How an article of this text two days later rests on the wire report.
fn rests(text: &str) -> Option<CopyKind> {
    let mut article = Article::from_text(text);
    article.published = "2025-09-10".parse().ok();
    let mut index = OriginIndex::new();
    index.add(&article);
    index.add(&wire());
    let found = index.get(&article.id).unwrap();
    assert_eq!(found.copy_of.is_some(), found.origin == wire().id);
    found.copy_of.as_ref().map(|(_, kind)| *kind)
}

#[test]
fn the_same_words_are_an_exact_copy() {
    assert_eq!(rests(&WIRE.to_uppercase()), Some(CopyKind::Exact));
}

#[test]
fn a_shortened_text_is_a_near_copy() {
    let first = WIRE.lines().take(2).collect::<Vec<_>>().join("\n");
    assert_eq!(rests(&first), Some(CopyKind::Near));
}

#[test]
fn another_report_of_the_same_event_is_none() {
    let own = "At the Corn Exchange last night the talk was of bread.\nWanda Rosk has told Thornfield Mill that the weavers \
        stay out, whatever is on the table.\nOur reporter counted some 200 people and 3 dogs.";
    assert_eq!(rests(own), None);
}

#[test]
fn a_report_in_other_words_that_credits_the_agency_is_a_rewrite() {
    let own = "Standard staff with CWS\nThornfield Mill has put 4.5 percent on the table, and Wanda Rosk of the weavers will \
        not have it: they should keep their 620 crowns, she said on Monday.\nSince the strike broke out in April, 31 orders have \
        gone to the valley, by Harold Thornfield\u{2019}s count. The strike fund, at 14 crowns a day, is said to be empty on Sept 19.";
    assert_eq!(rests(own), Some(CopyKind::Rewrite));
    // without the credit it is a report of its own
    assert_eq!(rests(&own.replace(" with CWS", "")), None);
    assert_eq!(
        rests(&own.replace(" with CWS", ", according to the Continental Wire Service")),
        Some(CopyKind::Rewrite)
    );
}

#[test]
fn a_report_in_other_words_with_the_same_quotations_is_a_rewrite() {
    let own = "Thornfield Mill has put 4.5 percent on the table, and Wanda Rosk of the weavers will not have it.\n\u{201c}Nobody here \
        has signed anything and nobody here will sign before Friday,\u{201d} she said at the Corn Exchange.\nSince the strike broke \
        out in April, 31 orders have gone to the valley, by Harold Thornfield\u{2019}s count.";
    assert_eq!(rests(own), Some(CopyKind::Rewrite));
}
