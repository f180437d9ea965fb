//! The order in which articles arrive changes nothing, nor does what came and went in between.

mod press;

use press::{Press, Says, Told};
use proptest::prelude::*;
use rapporteur_ledger::{Folder, Ledger, fold};
use rapporteur_reading::model::{Act, ConditionSort, Polarity};

const DAYS: [&str; 6] = ["2025-03-01", "2025-03-02", "2025-03-05", "2025-03-09", "2025-04-01", ""];

fn one() -> impl Strategy<Value = Says> {
    let parts = (0..3_usize, 0..3_usize, 0..Act::ALL.len(), 0..4_usize, any::<bool>());
    let more = (proptest::option::of((0..ConditionSort::ALL.len(), 0..3_usize)), 0..5_u8, 0..4_u8);
    (parts, more).prop_map(|((party, issue, act, polarity, named), (condition, confidence, words))| Says {
        party,
        issue,
        act: Act::ALL[act],
        polarity: Polarity::ALL[polarity],
        condition: condition.map(|(sort, needs)| (ConditionSort::ALL[sort], needs)),
        words: format!("Sentence {words} of party {party} on matter {issue}, said \u{201c}so\u{201d}."),
        named,
        confidence: 0.5 + f32::from(confidence) / 10.0,
        said: "",
        apart: false,
    })
}

fn told() -> impl Strategy<Value = Told> {
    (0..DAYS.len(), proptest::collection::vec(one(), 1..4)).prop_map(|(day, says)| Told { day: DAYS[day], says })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_shuffled_press_gives_the_same_ledger(all in proptest::collection::vec(told(), 1..14), seed in any::<u64>()) {
        let press = Press::of(&all);
        let mut witnesses = press.witnesses();
        let ledger = fold(&press.dossier, &witnesses);
        let mut state = seed;
        for i in (1..witnesses.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            witnesses.swap(i, (state >> 33) as usize % (i + 1));
        }
        prop_assert_eq!(&ledger, &fold(&press.dossier, &witnesses));
        // an article that comes twice counts once
        witnesses.push(witnesses[0]);
        prop_assert_eq!(&ledger, &fold(&press.dossier, &witnesses));
    }

    #[test]
    fn what_came_and_went_leaves_no_trace(
        all in proptest::collection::vec(told(), 1..14),
        steps in proptest::collection::vec((any::<prop::sample::Index>(), 0..4_u8), 0..60),
    ) {
        let press = Press::of(&all);
        let witnesses = press.witnesses();
        let mut folder = Folder::new(press.dossier.clone());
        let mut known = vec![false; witnesses.len()];
        for (at, what) in steps {
            let at = at.index(witnesses.len());
            match what {
                0 => {
                    prop_assert_eq!(folder.remove(&witnesses[at].article.id), known[at]);
                    known[at] = false;
                }
                1 => prop_assert_eq!(folder.ledger(), &batch(&press, &known)),
                _ => {
                    folder.add(&witnesses[at]);
                    known[at] = true;
                }
            }
        }
        prop_assert_eq!(folder.ledger(), &batch(&press, &known));
    }
}

fn batch(press: &Press, known: &[bool]) -> Ledger {
    let kept: Vec<_> = press.witnesses().into_iter().zip(known).filter(|(_, k)| **k).map(|(w, _)| w).collect();
    fold(&press.dossier, &kept)
}
