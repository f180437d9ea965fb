//! What one more article costs in a ledger of 1,000, 10,000 and 100,000 statements, and what all of them cost at once.
//!
//! `cargo bench -p rapporteur --bench ledger`. The press is made of the packs' real readings, told again under other ids
//! and on other days of nine months, their parties drawn together to [`PARTIES`]; of one telling in four words every third
//! word is written otherwise, so that few are copies of each other.
#![allow(clippy::disallowed_methods, reason = "benches read the packs")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{LazyLock, Mutex};

use divan::Bencher;
use jiff::ToSpan;
use rapporteur::dossier::{Dossier, PartyId, PartySort, Resolution};
use rapporteur::ledger::{Folder, Witness, fold};
use rapporteur::model::for_tests;
use rapporteur::{Options, Talks, article::Article, reading::Reading};
use rapporteur_reading::model::HasItem;
use rapporteur_text::{ArticleId, ItemId, Moment, When};

/// How many parties take part.
const PARTIES: usize = 6;
/// Over how many days the press is spread.
const DAYS: i64 = 270;

fn main() {
    divan::main();
}

static TALKS: LazyLock<Talks> = LazyLock::new(|| {
    for_tests();
    let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
    let folders = ["orlany-peace", "saltmarsh-truce", "tarn-protocol"].map(|name| packs.join(name).join("articles"));
    Talks::read(folders, &Options::default()).expect("the packs lie beside the crates")
});

/// Articles with what they say and mean.
struct Press {
    dossier: Dossier,
    all: Vec<(Article, Reading, Resolution)>,
}

impl Press {
    /// So many statements, and `more` articles.
    fn of(statements: usize, more: usize) -> Self {
        let view = TALKS.view();
        let talking = view.witnesses.iter().filter(|w| w.article.published.is_some()).collect::<Vec<_>>();
        let sides = sides(view.dossier);
        let (mut all, mut count, mut rest, mut n) = (Vec::new(), 0, more, 0_u64);
        while count < statements || rest > 0 {
            if count >= statements {
                rest -= 1;
            }
            let w = talking[n as usize % talking.len()];
            let told = again(w, n, &sides);
            count += told.1.statements.len();
            all.push(told);
            n += 1;
        }
        Self { dossier: view.dossier.clone(), all }
    }

    fn witnesses(&self) -> Vec<Witness<'_>> {
        self.all.iter().map(|(article, reading, resolution)| Witness { article, reading, resolution }).collect()
    }
}

/// The parties of all packs, drawn together to a few.
fn sides(dossier: &Dossier) -> BTreeMap<PartyId, PartyId> {
    let parties: Vec<&PartyId> = dossier.parties.iter().filter(|p| p.sort == PartySort::Party).map(|p| &p.id).collect();
    parties.iter().enumerate().map(|(i, id)| ((*id).clone(), parties[i % PARTIES.min(parties.len())].clone())).collect()
}

/// A number that looks like chance and is the same on every machine (SplitMix64).
fn chance(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// An article told again, the `n`th of the press.
fn again(w: &Witness<'_>, n: u64, sides: &BTreeMap<PartyId, PartyId>) -> (Article, Reading, Resolution) {
    let (mut article, mut reading, mut resolution) = (w.article.clone(), w.reading.clone(), w.resolution.clone());
    article.id = ArticleId::from_written(format!("a-{:016x}-{n}", chance(n)));
    reading.article = article.id.clone();
    let start: jiff::civil::Date = "2025-02-01".parse().expect("a day");
    let day = start.saturating_add(((chance(n ^ 0xdada) % DAYS as u64) as i64).days());
    let was = article.published.map_or(day, |m| m.date);
    let days = i64::from((day - was).get_days());
    article.published = Some(Moment::day(day));
    // one in eight is a copy of what another has
    let telling = if n % 8 == 7 { n / 64 } else { n };
    article.text = otherwise(&article.text, telling);
    article.title = otherwise(&article.title, telling);
    move_days(&mut reading, days);
    rename(&mut reading, n);
    for party in resolution.entities.iter_mut().filter_map(|r| r.party.as_mut()) {
        if let Some(side) = sides.get(party) {
            party.clone_from(side);
        }
    }
    (article, reading, resolution)
}

/// Every third small word or so with its letters moved on.
fn otherwise(text: &str, telling: u64) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive(' ') {
        let hash = word.bytes().fold(telling, |h, b| chance(h ^ u64::from(b)));
        let is_plain = word.bytes().all(|b| b.is_ascii_lowercase() || b == b' ');
        if is_plain && hash % 3 == 0 {
            let turn = (hash / 3 % 25 + 1) as u8;
            let moved = |c: char| if c == ' ' { c } else { char::from(b'a' + (c as u8 - b'a' + turn) % 26) };
            out.extend(word.chars().map(moved));
        } else {
            out.push_str(word);
        }
    }
    out
}

fn move_days(r: &mut Reading, days: i64) {
    let by = |m: &mut Option<Moment>| {
        if let Some(m) = m {
            m.date = m.date.saturating_add(days.days());
        }
    };
    let on = |w: &mut When| {
        by(&mut w.from);
        by(&mut w.to);
    };
    r.statements.iter_mut().for_each(|x| on(&mut x.said));
    r.quotes.iter_mut().for_each(|x| on(&mut x.said));
    r.meetings.iter_mut().for_each(|x| {
        on(&mut x.when);
        on(&mut x.moved_to);
    });
    r.proposals.iter_mut().for_each(|x| on(&mut x.when));
    r.statuses.iter_mut().for_each(|x| on(&mut x.said));
    r.incidents.iter_mut().for_each(|x| on(&mut x.when));
    r.deadlines.iter_mut().for_each(|x| {
        on(&mut x.when);
        on(&mut x.moved_to);
    });
}

/// Other articles have other items.
fn rename(r: &mut Reading, n: u64) {
    fn all<T: HasItem>(list: &mut [T], n: u64) {
        for record in list {
            let id = ItemId::from_written(format!("{}-{n}", record.item().id()));
            *record.item_mut() = record.item().clone().with_id(id);
        }
    }
    all(&mut r.statements, n);
    all(&mut r.quotes, n);
    all(&mut r.figures, n);
    all(&mut r.roles, n);
    all(&mut r.dates, n);
    all(&mut r.meetings, n);
    all(&mut r.proposals, n);
    all(&mut r.statuses, n);
    all(&mut r.incidents, n);
    all(&mut r.deadlines, n);
}

/// A folder of so many statements, kept from one bench to the next, and articles that are not in it yet.
fn folder(statements: usize) -> &'static Mutex<(Folder, Press)> {
    static ALL: Mutex<BTreeMap<usize, &'static Mutex<(Folder, Press)>>> = Mutex::new(BTreeMap::new());
    let mut all = ALL.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    all.entry(statements).or_insert_with(|| {
        let press = Press::of(statements, MORE);
        let mut folder = Folder::new(press.dossier.clone());
        let witnesses = press.witnesses();
        witnesses[..witnesses.len() - MORE].iter().for_each(|w| folder.add(w));
        folder.ledger();
        drop(witnesses);
        Box::leak(Box::new(Mutex::new((folder, press))))
    })
}

/// How many articles are added, one after the other, and taken out again.
const MORE: usize = 100;

/// Each time another article comes in and goes out: half of the time is one more article.
#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 50, sample_size = 2)]
fn one_in_and_out(bencher: Bencher<'_, '_>, statements: usize) {
    let both = folder(statements);
    let mut n = 0;
    bencher.bench_local(|| {
        let mut both = both.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let (folder, press) = &mut *both;
        let more = press.all.len() - MORE;
        let (article, reading, resolution) = &press.all[more + n % MORE];
        n += 1;
        folder.add(&Witness { article, reading, resolution });
        let one = folder.ledger().positions.len();
        folder.remove(&article.id);
        one + folder.ledger().positions.len()
    });
}

#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 100, sample_size = 1)]
fn one_more_article(bencher: Bencher<'_, '_>, statements: usize) {
    let both = folder(statements);
    let next = std::cell::Cell::new(0);
    let clear = |n: usize| {
        let mut both = both.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let (folder, press) = &mut *both;
        let more = press.all.len() - MORE;
        folder.remove(&press.all[more + n % MORE].0.id);
        folder.ledger();
    };
    bencher
        .with_inputs(|| {
            let n = next.get();
            // the one before is taken out again, so that the ledger stays as large as it is said to be
            clear(n + MORE - 1);
            next.set(n + 1);
            n
        })
        .bench_local_values(|n| {
            let mut both = both.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            let (folder, press) = &mut *both;
            let more = press.all.len() - MORE;
            let (article, reading, resolution) = &press.all[more + n % MORE];
            folder.add(&Witness { article, reading, resolution });
            folder.ledger().positions.len()
        });
}

#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 1, sample_size = 1)]
fn all_at_once(bencher: Bencher<'_, '_>, statements: usize) {
    let press = Press::of(statements, 0);
    let witnesses = press.witnesses();
    bencher.bench_local(|| fold(&press.dossier, &witnesses));
}
