//! A name for the rules as they stand: the version, and a hash of the rules and their words. Readings that are kept say by
//! which rules they were made.

#![allow(clippy::disallowed_methods, reason = "a build script reads the tree")]

use std::fs;
use std::path::Path;

fn main() {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    for folder in ["src", "lexicons", "../article/src", "../article/lexicons", "../syntax/src"] {
        println!("cargo::rerun-if-changed={folder}");
        add(Path::new(folder), &mut hash);
    }
    println!("cargo::rustc-env=RAPPORTEUR_RULES={}+{hash:016x}", env!("CARGO_PKG_VERSION"));
}

include!("../hash_tree.rs");
