//! Where the time of a listing over a dossier folder goes: `cargo run --release -p rapporteur --example folder_stages -- DIR`.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "it measures, and says so")]

use std::time::Instant;

use rapporteur::Folder;
use rapporteur::article::Article;
use rapporteur::dossier::{Resolver, discover};
use rapporteur::ledger::{OriginIndex, Witness, fold};
use rapporteur::reading::Reading;
use rapporteur::report::View;
use rapporteur::report::listing::{Sort, rows, text};
use rayon::prelude::*;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let place = std::env::args().nth(1).ok_or("name a dossier folder")?;
    let folder = Folder::open_to_read(place.as_ref(), |_| ())?;
    let mut since = Instant::now();
    let mut lap = |what: &str| {
        println!("{what:12} {:8.3} s", since.elapsed().as_secs_f64());
        since = Instant::now();
    };
    let kept = folder.kept()?;
    lap("load");
    let pairs: Vec<(&Article, &Reading)> = kept.iter().map(|(a, r)| (a, r)).collect();
    let dossier = match folder.dossier()? {
        Some(dossier) => dossier,
        None => discover(&pairs),
    };
    lap("discover");
    let resolver = Resolver::new(&dossier);
    let meant: Vec<_> = pairs.par_iter().map(|(a, r)| resolver.resolve(a, r)).collect();
    lap("resolve");
    let mut origins = OriginIndex::new();
    pairs.iter().for_each(|(a, _)| drop(origins.add(a)));
    lap("(origins)");
    let witnesses: Vec<Witness<'_>> = pairs
        .iter()
        .zip(&meant)
        .map(|((article, reading), resolution)| Witness { article, reading, resolution })
        .collect();
    let ledger = fold(&dossier, &witnesses);
    lap("fold");
    let view =
        View { dossier: &dossier, witnesses, ledger: &ledger, model: "", as_of: None, notes: &[], corrected: None };
    let all = rows(&view, Sort::Positions);
    lap("rows");
    let written = text(&view, Sort::Positions, &all, 100);
    lap("text");
    println!("{} articles, {} positions, {} bytes", pairs.len(), ledger.positions.len(), written.len());
    Ok(())
}
