//! Keys, and what the marks mean.

use maud::html;
use serde_json::json;

use crate::Fault;
use crate::site::{Answer, Cx, Form};
use crate::words::stance;

/// Keys and what they do; the script has the same.
const KEYS: &[(&str, &str)] = &[
    ("/", "search"),
    (
        "g then m p t o c d w s r l",
        "go to what moved, positions, timeline, proposals (o), conditions, disputes, who, sources, review, log",
    ),
    ("j, k", "next and previous item or line"),
    ("arrows", "from cell to cell of the positions"),
    ("Enter", "open what is marked: a cell leads to its sentences"),
    ("a, r, c, u", "accept, reject, change, undo the item that is marked"),
    ("n", "the next part of a list"),
    ("?", "this page"),
];

pub(super) fn screen(cx: &Cx<'_>) -> Result<Answer, Fault> {
    if cx.form == Form::Json {
        let keys: Vec<_> = KEYS.iter().map(|(keys, what)| json!({"keys": keys, "what": what})).collect();
        return Ok(Answer::Json(json!({"keys": keys})));
    }
    let body = html! {
        h1 { "Keys and marks" }
        table { thead { tr { th scope="col" { "Key" } th scope="col" { "What it does" } } } tbody { @for (keys, what) in KEYS { tr { th scope="row" { kbd { (keys) } } td { (what) } } } } }
        p { button #keys type="button" hidden { "Turn the keys off" } }
        p { "Everything can be done without them: every key has a link or a button." }
        h2 { "Marks" }
        ul.plain {
            li { (stance("for")) ", " (stance("open")) ", " (stance("against")) ": where a party stands towards what an issue proposes" }
            li { "“independent reports”: copies and rewrites of one reporting count once" }
            li { "“not on record”: nobody who is named said it" }
            li { "“confidence”: how often such an item is right, as measured on annotated press" }
            li { "�: a letter that would have steered or turned what follows" }
        }
    };
    Ok(Answer::Page("Keys and marks".to_string(), body))
}
