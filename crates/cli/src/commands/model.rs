//! `rapporteur model`: which language model is installed; installs it if there is none.

use std::path::Path;
use std::sync::Arc;

use rapporteur::model::{self, ModelConfig, Progress, Source};
use rapporteur::syntax::Pipeline;

use crate::args::Model;
use crate::status::Done;

/// Loads the model, installing it on first use and saying so.
pub(crate) fn load(path: Option<&Path>) -> anyhow::Result<Arc<Pipeline>> {
    Ok(model::load(&ModelConfig { path: path.map(Path::to_path_buf) }, &mut said)?)
}

/// The same for the library, whose errors it gives back.
pub(crate) fn load_for_library(path: Option<&Path>) -> Result<Arc<Pipeline>, rapporteur::Error> {
    rapporteur::load_model(path, &mut said)
}

/// The same, loaded where it is first needed and then at hand.
pub(crate) fn once(path: Option<&Path>) -> impl FnMut() -> Result<Arc<Pipeline>, rapporteur::Error> {
    let (path, mut loaded) = (path.map(Path::to_path_buf), None);
    move || match &loaded {
        Some(pipeline) => Ok(Arc::clone(pipeline)),
        None => {
            let pipeline = load_for_library(path.as_deref())?;
            loaded = Some(Arc::clone(&pipeline));
            Ok(pipeline)
        }
    }
}

/// What takes long or leaves the machine is said; loading what is there is not.
fn said(step: Progress) {
    if !matches!(step, Progress::Loading(_)) {
        anstream::eprintln!("{step}");
    }
}

/// Says which model is installed and from where.
pub(crate) fn run(typed: &Model) -> anyhow::Result<Done> {
    let config = ModelConfig { path: typed.model.clone() };
    let location = match model::installed(&config)? {
        Some(location) => location,
        None => model::install(&mut said)?,
    };
    let pipeline = load(Some(&location.path))?;
    let named_by = match location.source {
        Source::Given => "given",
        Source::Environment => "from RAPPORTEUR_MODEL",
        Source::Cache => "installed",
    };
    anstream::println!("{} ({named_by}: `{}`)", pipeline.name(), location.path.display());
    Ok(Done::All)
}
