//! The language model: found, installed, refused. Messages are tested as users read them.
#![allow(clippy::disallowed_methods, reason = "tests make the files that are read")]

use std::fs;
use std::path::{Path, PathBuf};

use rapporteur::model::{self, ModelConfig};

fn given(path: &Path) -> ModelConfig {
    ModelConfig { path: Some(path.to_owned()) }
}

fn refused(path: &Path) -> String {
    model::load(&given(path), &mut |_| {}).unwrap_err().to_string()
}

/// The folder of the model that tests use.
fn model_folder() -> PathBuf {
    model::for_tests();
    model::installed(&ModelConfig::default()).unwrap().unwrap().path
}

#[test]
fn the_pinned_model_is_named() {
    assert!(model::for_tests().name().starts_with("en_core_web_"), "{}", model::for_tests().name());
}

#[test]
fn a_path_that_is_not_there_is_named() {
    let error = model::installed(&given(Path::new("no/such/model"))).unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.to_string(), "no language model at `no/such/model`: there is no such file or folder");
}

#[test]
fn a_folder_without_a_pipeline_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let message = refused(folder.path());
    assert!(message.starts_with("no spaCy pipeline in `"), "{message}");
    assert!(message.ends_with("expected a wheel, an unpacked package, or a folder with `config.cfg` and `tok2vec/`"));
}

#[test]
fn a_file_that_is_no_wheel_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.whl");
    fs::write(&path, "not a wheel").unwrap();
    assert!(refused(&path).starts_with("failed to read the language model `"), "{}", refused(&path));
}

#[test]
fn a_cut_file_is_named() {
    let whole = model_folder();
    if !whole.join("tok2vec/model").is_file() {
        return; // The tests run on a wheel.
    }
    let folder = tempfile::tempdir().unwrap();
    for name in rapporteur::syntax::Package::REQUIRED.iter().chain(rapporteur::syntax::Package::VECTORS) {
        let Ok(mut bytes) = fs::read(whole.join(name)) else { continue };
        if *name == "tok2vec/model" {
            bytes.truncate(100_000);
        }
        let path = folder.path().join("package/inner").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let message = refused(folder.path());
    assert!(message.contains("language model file `tok2vec/model` is damaged: it ends at byte 100000"), "{message}");
    fs::remove_file(folder.path().join("package/inner/ner/moves")).unwrap();
    fs::copy(whole.join("tok2vec/model"), folder.path().join("package/inner/tok2vec/model")).unwrap();
    let message = refused(folder.path());
    assert!(message.contains("language model is not whole: file `ner/moves` is missing"), "{message}");
}
