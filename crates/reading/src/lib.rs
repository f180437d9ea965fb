//! What does this article say, by itself?
//!
//! [`read`] turns an article and its parse into a [`Reading`]: quotations, statements, meetings, figures, roles,
//! proposals, statuses, incidents, deadlines and dates. A pure function of the article, the parse and the rules; it
//! opens no file and never fails. One rule family a module, its words in `lexicons/`.

mod context;
mod lexicon;
pub mod model;

mod dates;
mod deadlines;
mod figures;
mod incidents;
mod meetings;
mod mentions;
mod proposals;
mod quotes;
mod roles;
mod statements;
mod statuses;
mod syntax_help;
mod talks;
mod topics;

use rapporteur_article::Article;
use rapporteur_syntax::Parse;

pub use context::Context;
pub use model::Reading;
pub use proposals::points_in;

/// Which rules these are: the version, and a hash of the rules and of all before them that makes a reading what it is.
/// Readings of other rules may differ.
pub const RULES: &str = env!("RAPPORTEUR_RULES");

/// Builds what the rules need once (patterns of dates), for instance while the language model is still being read; the
/// first article read does it otherwise.
pub fn warm_up() {
    dates::warm_up();
}

/// Reads an article.
pub fn read(article: &Article, parse: &Parse) -> Reading {
    let mut cx = Context::new(article, parse);
    cx.dates = dates::find(&cx);
    cx.entities = mentions::find(&mut cx);
    cx.quotes = model::settle(&cx, quotes::find(&cx));
    let mut reading = Reading { article: article.id.clone(), ..Reading::default() };
    reading.proposals = model::settle(&cx, proposals::find(&cx));
    reading.statements = model::settle(&cx, statements::find(&cx, &reading.proposals));
    reading.figures = model::settle(&cx, figures::find(&cx));
    reading.roles = model::settle(&cx, roles::find(&cx));
    reading.meetings = model::settle(&cx, meetings::find(&cx));
    reading.statuses = model::settle(&cx, statuses::find(&cx, &reading.proposals));
    reading.incidents = model::settle(&cx, incidents::find(&cx));
    reading.deadlines = model::settle(&cx, deadlines::find(&cx));
    let dates = std::mem::take(&mut cx.dates);
    reading.dates = model::settle(&cx, dates);
    reading.quotes = std::mem::take(&mut cx.quotes);
    quotes::excerpts::add(&cx, &mut reading.quotes);
    reading.entities = std::mem::take(&mut cx.entities);
    reading
}
