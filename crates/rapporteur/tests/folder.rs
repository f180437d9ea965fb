//! Readings of real texts come and go in any order, and the ledger is that of those which are in.
#![allow(clippy::disallowed_methods, reason = "tests read the packs")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use rapporteur::ledger::{Cited, Folder, Ledger, Merged, Witness, fold};
use rapporteur::model::for_tests;
use rapporteur::{Options, Talks};
use rapporteur_text::{ArticleId, ItemId};

/// Three packs, read once: talks of several kinds in one ledger.
static TALKS: LazyLock<Talks> = LazyLock::new(|| {
    for_tests();
    let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
    let folders = ["orlany-peace", "ward-dispute", "copperline-bid"].map(|name| packs.join(name).join("articles"));
    let talks = Talks::read(folders, &Options::default()).unwrap();
    assert!(talks.refusals().is_empty() && talks.articles().len() > 30, "{}", talks.articles().len());
    talks
});

fn witnesses() -> Vec<Witness<'static>> {
    TALKS.view().witnesses
}

fn batch(witnesses: &[Witness<'_>]) -> Ledger {
    fold(TALKS.dossier(), witnesses)
}

/// What is done to a folder: an article comes, goes, or somebody looks at the ledger.
#[derive(Debug, Clone)]
enum Step {
    Add(prop::sample::Index),
    Remove(prop::sample::Index),
    Look,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let index = any::<prop::sample::Index>;
    let one = prop_oneof![
        6 => index().prop_map(Step::Add),
        3 => index().prop_map(Step::Remove),
        1 => Just(Step::Look),
    ];
    proptest::collection::vec(one, 1..160)
}

/// All merged records by id, as they are written for a reader of the code.
fn records(l: &Ledger) -> BTreeMap<&ItemId, Vec<String>> {
    let mut all: BTreeMap<&ItemId, Vec<String>> = BTreeMap::new();
    macro_rules! take {
        ($($list:ident),+) => {
            $(l.$list.iter().for_each(|r| all.entry(&r.merged.id).or_default().push(format!("{r:?}")));)+
        };
    }
    take!(meetings, proposals, statuses, incidents, deadlines, positions, shifts, conditions, deadlocks, disputes);
    l.stances.iter().for_each(|(id, stance)| all.entry(id).or_default().push(format!("{stance:?}")));
    all
}

/// Records whose members are all that was said of them, each with its members.
fn gathered(l: &Ledger) -> Vec<&Merged> {
    let conditions = l.conditions.iter().map(|r| &r.merged);
    let incidents = l.incidents.iter().map(|r| &r.merged);
    let deadlines = l.deadlines.iter().map(|r| &r.merged);
    let proposals = l.proposals.iter().map(|r| &r.merged);
    conditions.chain(incidents).chain(deadlines).chain(proposals).collect()
}

fn all_cited(l: &Ledger) -> Vec<&Cited> {
    let meetings = l.meetings.iter().map(|r| &r.merged);
    let statuses = l.statuses.iter().map(|r| &r.merged);
    let positions = l.positions.iter().map(|r| &r.merged);
    let shifts = l.shifts.iter().map(|r| &r.merged);
    let deadlocks = l.deadlocks.iter().map(|r| &r.merged);
    let disputes = l.disputes.iter().map(|r| &r.merged);
    let merged = gathered(l).into_iter().chain(meetings).chain(statuses).chain(positions).chain(shifts);
    let sides = l.disputes.iter().flat_map(|d| &d.sides).flat_map(|s| &s.evidence);
    merged.chain(deadlocks).chain(disputes).flat_map(|m| &m.evidence).chain(sides).collect()
}

/// Ids of the records of one article.
fn own_ids(w: &Witness<'_>) -> BTreeSet<ItemId> {
    let r = w.reading;
    let statements = r.statements.iter().map(|s| s.item.id());
    let proposals = r.proposals.iter().map(|s| s.item.id());
    let incidents = r.incidents.iter().map(|s| s.item.id());
    let deadlines = r.deadlines.iter().map(|s| s.item.id());
    statements.chain(proposals).chain(incidents).chain(deadlines).cloned().collect()
}

fn members(l: &Ledger) -> BTreeSet<ItemId> {
    gathered(l).into_iter().flat_map(|m| m.members.clone()).collect()
}

/// Two ledgers, told apart by their first difference.
fn same(a: &Ledger, b: &Ledger) -> Result<(), TestCaseError> {
    if a == b {
        return Ok(());
    }
    let (x, y) = (records(a), records(b));
    let ids: BTreeSet<_> = x.keys().chain(y.keys()).collect();
    let first = ids.into_iter().find(|id| x.get(*id) != y.get(*id));
    let both = first.map(|id| (x.get(id), y.get(id)));
    Err(TestCaseError::fail(format!("{both:#?} origins same: {}", a.origins == b.origins)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_and_any_split_into_runs_give_the_same_ledger(
        order in Just((0..witnesses().len()).collect::<Vec<_>>()).prop_shuffle(),
        looks in proptest::collection::vec(any::<prop::sample::Index>(), 0..6),
    ) {
        let all = witnesses();
        let looks: BTreeSet<usize> = looks.iter().map(|l| l.index(all.len())).collect();
        let mut folder = Folder::new(TALKS.dossier().clone());
        for (n, at) in order.iter().enumerate() {
            folder.add(&all[*at]);
            if looks.contains(&n) {
                let known: Vec<Witness<'_>> = order[..=n].iter().map(|at| all[*at]).collect();
                same(folder.ledger(), &batch(&known))?;
            }
        }
        same(folder.ledger(), TALKS.ledger())?;
    }

    #[test]
    fn what_came_and_went_leaves_what_is_in(steps in steps()) {
        let all = witnesses();
        let mut folder = Folder::new(TALKS.dossier().clone());
        let mut known: BTreeMap<&ArticleId, Witness<'_>> = BTreeMap::new();
        for step in steps {
            match step {
                Step::Add(at) => {
                    let w = &all[at.index(all.len())];
                    folder.add(w);
                    known.insert(&w.article.id, *w);
                }
                Step::Remove(at) => {
                    let id = &all[at.index(all.len())].article.id;
                    prop_assert_eq!(folder.remove(id), known.remove(id).is_some());
                }
                Step::Look => {
                    folder.ledger();
                }
            }
        }
        same(folder.ledger(), &batch(&known.into_values().collect::<Vec<_>>()))?;
    }

    #[test]
    fn an_article_that_goes_takes_what_rested_on_it_alone(at in any::<prop::sample::Index>()) {
        let all = witnesses();
        let w = &all[at.index(all.len())];
        let mut folder = Folder::new(TALKS.dossier().clone());
        all.iter().for_each(|w| folder.add(w));
        let full = folder.ledger().clone();
        folder.changed();
        folder.remove(&w.article.id);
        let left = folder.ledger().clone();
        prop_assert!(all_cited(&left).iter().all(|c| c.article != w.article.id));
        let own = own_ids(w);
        let expected: BTreeSet<ItemId> = members(&full).difference(&own).cloned().collect();
        prop_assert_eq!(members(&left), expected);
        let stances: BTreeSet<&ItemId> = full.stances.keys().filter(|id| !own.contains(*id)).collect();
        prop_assert_eq!(left.stances.keys().collect::<BTreeSet<_>>(), stances);

        // what is said to have changed is what did
        let changed = folder.changed();
        let (before, after) = (records(&full), records(&left));
        let ids: BTreeSet<&ItemId> = before.keys().chain(after.keys()).copied().collect();
        for id in ids {
            match (before.get(id), after.get(id)) {
                (a, Some(b)) => prop_assert_eq!(changed.new.contains(id), a != Some(b), "{} {:?} {:?}", id, a, b),
                _ => prop_assert!(changed.gone.contains(id)),
            }
        }
        prop_assert!(changed.gone.iter().all(|id| !after.contains_key(id)));

        folder.add(w);
        same(folder.ledger(), &full)?;
    }
}
