//! What one more article costs an index of origins that holds a thousand, ten thousand or a hundred thousand.
//!
//! `cargo bench -p rapporteur-ledger --bench origins`; `--example origins` measures memory and is run beside a peer.
#![allow(clippy::disallowed_methods, reason = "a bench reads the packs from their files")]

mod corpus;

use corpus::articles;
use divan::{Bencher, counter::ItemsCount};
use rapporteur_ledger::OriginIndex;

fn main() {
    divan::main();
}

#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 20, sample_size = 20)]
fn one_more(bencher: Bencher<'_, '_>, count: usize) {
    let all = articles(count + 400);
    let (there, more) = all.split_at(count);
    let mut index = OriginIndex::new();
    there.iter().for_each(|a| drop(index.add(a)));
    let mut next = more.iter().cycle();
    bencher.counter(ItemsCount::new(1_usize)).bench_local(|| {
        let article = next.next().map(|a| (a, index.add(a)));
        article.map(|(a, _)| index.remove(&a.id))
    });
}

#[divan::bench(args = [1_000, 10_000], sample_count = 3, sample_size = 1)]
fn all_at_once(bencher: Bencher<'_, '_>, count: usize) {
    let all = articles(count);
    bencher.counter(ItemsCount::new(count)).bench_local(|| {
        let mut index = OriginIndex::new();
        all.iter().for_each(|a| drop(index.add(a)));
        index.into_origins().count()
    });
}
