//! A name for how articles are folded as it stands: the version, and a hash of the code and its words. What is kept of a ledger
//! says by which it was made.

#![allow(clippy::disallowed_methods, reason = "a build script reads the tree")]

use std::fs;
use std::path::Path;

fn main() {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    for folder in ["src", "lexicons", "../text/src", "../article/src"] {
        println!("cargo::rerun-if-changed={folder}");
        add(Path::new(folder), &mut hash);
    }
    println!("cargo::rustc-env=RAPPORTEUR_FOLD={}+{hash:016x}", env!("CARGO_PKG_VERSION"));
}

include!("../hash_tree.rs");
