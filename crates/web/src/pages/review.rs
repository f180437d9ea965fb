//! What waits to be looked at: what sources differ on first, then the least certain.

use maud::html;
use rapporteur_report::export::Row;
use rapporteur_report::listing;
use serde_json::{Value, json};

use super::item::{buttons, decisions};
use crate::Fault;
use crate::access::Role;
use crate::layout::stamp;
use crate::site::{Answer, Cx, Form};
use crate::snapshot::list;
use crate::words::{class, day, many, t, word};

pub(super) fn screen(cx: &Cx<'_>) -> Result<Answer, Fault> {
    let keep = cx.asked.filter.keep(&cx.view);
    let all: Vec<&Row> = cx.snap.queue().iter().filter(|r| !cx.asked.is_filtered() || keep(r)).collect();
    // the order is that of the queue: what is decided leaves it, so that its beginning is always what waits next
    let skip = cx
        .asked
        .get("behind")
        .and_then(|id| all.iter().position(|r| word(&r.value, "/id") == id))
        .map_or(0, |at| at + 1);
    let rows: Vec<&Row> = all.iter().copied().skip(skip).take(cx.asked.limit().min(50)).collect();
    let next = rows.last().filter(|_| skip + rows.len() < all.len()).map(|r| word(&r.value, "/id").to_string());
    if cx.form == Form::Json {
        return Ok(cx.json(rows.iter().map(|r| &r.value), json!({"count": all.len(), "next": next})));
    }
    let decided = decisions(cx);
    let is_reviewer = cx.who.role == Role::Reviewer && cx.asked.as_of.is_none();
    let body = html! {
        h1 { "Review" }
        p.lead { (many(all.len(), "item")) " to be looked at: those on which sources differ first, then the least certain." }
        p.meta.keys { "Keys: " kbd { "j" } " " kbd { "k" } " from item to item" @if is_reviewer { ", " kbd { "a" } " accept, " kbd { "r" } " reject, " kbd { "c" } " change, " kbd { "u" } " undo" } ", " kbd { "Enter" } " the record." }
        form #decide method="post" action="/decide" {
            (stamp(cx)) input type="hidden" name="back" value=(cx.asked.with(cx.path, &[]));
            ol.lines { @for row in &rows {
                @let id = word(&row.value, "/id");
                li.line.item data-item=(t(id)) {
                    p {
                        time { (day(row)) } " " span class={ "tag k-" (class(row.kind)) } { (row.kind) } " "
                        a.says href=(cx.asked.link(&format!("/items/{}", crate::site::encoded(id)))) { (t(&listing::head(row))) }
                        span.meta { " " (crate::words::sure(&row.value)) }
                    }
                    @for about in list(&row.value, "contested").filter_map(Value::as_str).filter_map(|id| cx.snap.record(id)) { p.contested { "sources differ: " (cx.head(about)) } }
                    @if let Some(e) = list(&row.value, "evidence").next() { (cx.cite(e)) }
                    (buttons(cx, id, decided.get(id), is_reviewer))
                }
            } }
        }
        p.part { (rows.len()) " of " (all.len()) " shown" @if let Some(next) = &next { ", " a rel="next" href=(cx.asked.with(cx.path, &[("behind", Some(next))])) { "the next" } } @if skip > 0 { ", " a href=(cx.asked.with(cx.path, &[("behind", None)])) { "from the first" } } }
    };
    Ok(Answer::Page("Review".to_string(), body))
}
