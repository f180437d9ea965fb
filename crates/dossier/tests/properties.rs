//! What holds of discovery whatever is read.

mod press;

use std::collections::HashSet;

use press::{Told, name, read};
use proptest::prelude::*;
use rapporteur_dossier::{Dossier, from_toml, to_toml};
use rapporteur_reading::model::Polarity::{Against, For, Open};
use rapporteur_reading::model::RefKind;

const MATTERS: [&str; 8] = [
    "{a [wage rise]}",
    "{the [grain duty] of nine percent}",
    "{a [ceasefire] at sea}",
    "{[river flow] in summer}",
    "{the [loan]}",
    "{it}",
    "{the clause}",
    "{the deal}",
];

fn told() -> impl Strategy<Value = Told> {
    let says = (0..4usize, 0..3usize, 0..MATTERS.len());
    let people = (0..6usize, 0..4usize);
    (prop::collection::vec(says, 0..5), prop::collection::vec(people, 0..4)).prop_map(|(says, people)| {
        let mut told = Told::default();
        for (person, body) in people {
            let p = told.names(RefKind::Person, &format!("Ana {}", name(person)));
            let b = told.names(RefKind::Organisation, &format!("{} Board", name(40 + body)));
            told.belongs(p, b);
        }
        for (n, (party, side, matter)) in says.into_iter().enumerate() {
            let side = [For, Against, Open][side];
            told = told.says(&name(80 + party), side, &format!("In line {n} they want {}.", MATTERS[matter]));
        }
        told
    })
}

fn discover(read: &[(rapporteur_article::Article, rapporteur_reading::Reading)], order: &[usize]) -> Dossier {
    let list: Vec<_> = order.iter().map(|&i| (&read[i].0, &read[i].1)).collect();
    rapporteur_dossier::discover(&list)
}

/// A dossier as its file keeps it: without what only readings know.
fn filed(mut d: Dossier) -> Dossier {
    d.parties.iter_mut().flat_map(|p| &mut p.aliases).for_each(|a| a.count = 0);
    d.people.iter_mut().flat_map(|p| &mut p.aliases).for_each(|a| a.count = 0);
    d.people.iter_mut().for_each(|p| p.roles.clear());
    d
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn order_and_repetition_change_nothing(told in prop::collection::vec(told(), 1..7), turn in 0..7usize) {
        let read = read(&told);
        let plain: Vec<usize> = (0..read.len()).collect();
        let mut other = plain.clone();
        other.rotate_left(turn % read.len());
        other.extend(&plain);
        let first = discover(&read, &plain);
        prop_assert_eq!(&first, &discover(&read, &plain));
        prop_assert_eq!(&first, &discover(&read, &other));
    }

    #[test]
    fn ids_are_unique_slugs(told in prop::collection::vec(told(), 1..7)) {
        let read = read(&told);
        let d = discover(&read, &(0..read.len()).collect::<Vec<_>>());
        for ids in [
            d.parties.iter().map(|p| p.id.as_str()).collect::<Vec<_>>(),
            d.people.iter().map(|p| p.id.as_str()).collect(),
            d.issues.iter().map(|i| i.id.as_str()).collect(),
        ] {
            for id in &ids {
                let slug = id.split('-').all(|w| !w.is_empty() && w.chars().all(|c| c.is_alphanumeric() && !c.is_uppercase()));
                prop_assert!(slug, "{}", id);
            }
            prop_assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len());
        }
    }

    #[test]
    fn a_dossier_written_and_read_is_the_same(told in prop::collection::vec(told(), 1..7)) {
        let read = read(&told);
        let d = filed(discover(&read, &(0..read.len()).collect::<Vec<_>>()));
        prop_assert_eq!(from_toml(&to_toml(&d), "dossier.toml"), Ok(d));
    }

    #[test]
    fn a_broken_file_is_an_error_and_no_panic(text in "(\\[\\[(party|issue|person)\\]\\]|[a-z_]{1,8} = (\"[a-zé]{0,4}\"|[0-9]|\\[\"a\", 1\\])|\n|[\\[\\]\"=]){0,12}") {
        if let Err(e) = from_toml(&text, "dossier.toml") {
            prop_assert!(e.line() >= 1 && e.column() >= 1);
            prop_assert!(e.line() <= text.matches('\n').count() + 1);
        }
    }
}
