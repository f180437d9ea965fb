//! A name for how things are resolved as it stands: the version, and a hash of the code and its words. What is kept of who and what
//! items mean says by which it was made.

#![allow(clippy::disallowed_methods, reason = "a build script reads the tree")]

use std::fs;
use std::path::Path;

fn main() {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    for folder in ["src", "lexicons"] {
        println!("cargo::rerun-if-changed={folder}");
        add(Path::new(folder), &mut hash);
    }
    println!("cargo::rustc-env=RAPPORTEUR_NAMES={}+{hash:016x}", env!("CARGO_PKG_VERSION"));
}

/// FNV-1a over the files of a folder in order of their names; a folder that is not there adds nothing.
fn add(path: &Path, hash: &mut u64) {
    if let Ok(entries) = fs::read_dir(path) {
        let mut paths: Vec<_> = entries.filter_map(|e| e.ok().map(|e| e.path())).collect();
        paths.sort();
        paths.iter().for_each(|p| add(p, hash));
    } else if let Ok(bytes) = fs::read(path) {
        for byte in bytes {
            *hash = (*hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
}
