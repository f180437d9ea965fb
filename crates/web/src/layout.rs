//! The frame of every page: where one is, where one can go, as of which day.

use maud::{DOCTYPE, Markup, html};

use crate::access::Role;
use crate::site::Cx;
use crate::words::t;
use crate::{Fault, assets};

/// Address, name, and the key that goes there after `g`.
const PLACES: &[(&str, &str, &str)] = &[
    ("/", "What moved", "m"),
    ("/positions", "Positions", "p"),
    ("/timeline", "Timeline", "t"),
    ("/proposals", "Proposals", "o"),
    ("/conditions", "Conditions", "c"),
    ("/disputes", "Disputes", "d"),
    ("/people", "Who", "w"),
    ("/sources", "Sources", "s"),
    ("/review", "Review", "r"),
    ("/log", "Log", "l"),
];

/// A page of the talks.
pub(crate) fn page(cx: &Cx<'_>, title: &str, body: &Markup) -> Markup {
    let name = match cx.view.dossier.name.as_str() {
        "" => cx.site.house.name(),
        name => name.to_string(),
    };
    let is_here = |path: &str| {
        if path == "/" { cx.path == "/" } else { cx.path == path || cx.path.starts_with(&format!("{path}/")) }
    };
    let feed = cx.asked.with("/feed.atom", &[("after", None), ("limit", None), ("at", None)]);
    let head = html! {
        link rel="alternate" type="application/json" href=(twin(cx));
        link rel="alternate" type="application/atom+xml" title="What moved" href=(feed);
    };
    let top = html! {
        header.top {
            a.name href=(cx.asked.link("/")) { (t(&name)) }
            nav aria-label="Pages" {
                ul {
                    @for (path, name, key) in PLACES {
                        li {
                            a href=(cx.asked.link(path)) data-go=(key) aria-current=[is_here(path).then_some("page")] { (name) }
                        }
                    }
                }
            }
            form.search action="/search" method="get" role="search" {
                label.hidden for="q" { "Search what was said" }
                input #q type="search" name="q" placeholder="Search" maxlength="500";
                button type="submit" { "Search" }
            }
        }
        (day_and_filters(cx))
        @if cx.is_old {
            p.notice role="status" { "The folder has something newer, which is being put together: load the page again in a while." }
        }
    };
    let foot = html! {
        footer.foot {
            p {
                "Everything was read from the sentences shown; nothing is generated. "
                a href=(twin(cx)) { "This page as JSON" } " · "
                a href=(feed) { "Feed" } " · " a href="/calendar.ics" { "Calendar" } " · " a href="/openapi.json" { "API" } " · "
                a href="/help" { "Keys" }
            }
            div.who {
                "You are " strong { (t(&cx.who.name)) }
                @if cx.who.role == Role::Reader { " (reader)" }
                @if cx.who.is_session {
                    form.inline action="/logout" method="post" {
                        (stamp(cx)) button type="submit" { "Log out" }
                    }
                }
            }
        }
        div #said role="status" aria-live="polite" {}
    };
    frame(title, &name, &head, &top, body, &foot)
}

/// The day of the talks, and what of them is shown.
fn day_and_filters(cx: &Cx<'_>) -> Markup {
    if ["/articles", "/items", "/log", "/help", "/search"].iter().any(|p| cx.path.starts_with(p))
        && cx.asked.as_of.is_none()
    {
        return html! {};
    }
    let own = |name: &'static str| cx.asked.get(name).unwrap_or_default();
    let (name, newest) = (own("as_of"), cx.view.as_of().map(|m| m.date.to_string()).unwrap_or_default());
    let first = cx.view.witnesses.iter().filter_map(|w| w.article.published).min().map(|m| m.date.to_string());
    let kept = ["since", "q"].into_iter().filter(|n| !own(n).is_empty());
    html! {
        form.day aria-label="Day and filter" method="get" action=(cx.path) data-first=[first] data-last=(newest) {
            @for name in kept { input type="hidden" name=(name) value=(t(own(name))); }
            span.field {
                label for="as_of" { "As of" }
                input #as_of type="date" name="as_of" value=(t(name));
                @if name.is_empty() { span.now { "today: newest report " (newest) } }
            }
            details.filters open[cx.asked.is_filtered()] {
                summary { "Filter" @if cx.asked.is_filtered() { " (on)" } }
                span.field { label for="party" { "Party or person" } input #party name="party" list="parties" value=(t(own("party"))); }
                span.field { label for="issue" { "Issue" } input #issue name="issue" list="issues" value=(t(own("issue"))); }
                span.field { label for="source" { "Source" } input #source name="source" value=(t(own("source"))); }
                span.field { label for="from" { "From" } input #from type="date" name="from" value=(t(own("from"))); }
                span.field { label for="to" { "To" } input #to type="date" name="to" value=(t(own("to"))); }
                datalist #parties { @for p in cx.view.dossier.parties.iter().take(60) { option value=(t(&p.name)) {} } }
                datalist #issues { @for i in cx.view.dossier.issues.iter().take(60) { option value=(t(&i.name)) {} } }
            }
            button type="submit" { "Show" }
            @if !name.is_empty() || cx.asked.is_filtered() { a href=(cx.path) { "Today, all" } }
        }
    }
}

/// Where the same is as data.
fn twin(cx: &Cx<'_>) -> String {
    let path = if cx.path == "/" { "/index" } else { cx.path };
    cx.asked.with(&format!("{path}.json"), &[])
}

/// What a form of this session has.
pub(crate) fn stamp(cx: &Cx<'_>) -> Markup {
    html! { input type="hidden" name="stamp" value=(cx.who.stamp); }
}

/// A page without the talks: a fault, a login, what a decision would change.
pub(crate) fn bare(title: &str, body: &Markup) -> Markup {
    frame(title, "Rapporteur", &html! {}, &html! { header.top { a.name href="/" { "Rapporteur" } } }, body, &html! {})
}

/// What went wrong, in the house's words.
pub(crate) fn fault(fault: &Fault) -> Markup {
    let title = match fault.status().as_u16() {
        400 => "This means nothing here",
        401 => "Log in first",
        403 => "Not allowed",
        404 => "Nothing there",
        405 => "Not asked in this way",
        409 => "Not done",
        413 => "Too long",
        429 => "Too often",
        503 => "Not now",
        _ => "Something failed",
    };
    bare(
        title,
        &html! {
            h1 { (title) }
            p { (t(&sentence(fault.message()))) }
            @if !fault.others().is_empty() {
                p { "Near it:" }
                ul { @for id in fault.others() { li { a href={ "/items/" (crate::site::encoded(id)) } { (t(id)) } } } }
            }
            p { a href="/" { "What moved" } }
        },
    )
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

pub(crate) fn login(next: &str, why: &str) -> Markup {
    bare(
        "Log in",
        &html! {
            h1 { "Log in" }
            @if !why.is_empty() { p.fault role="alert" { (t(&sentence(why))) } }
            form.login action="/login" method="post" {
                input type="hidden" name="next" value=(t(next));
                p { label for="name" { "Name" } input #name name="name" autocomplete="username" required maxlength="64" autofocus; }
                p { label for="password" { "Password" } input #password type="password" name="password" autocomplete="current-password" required maxlength="1024"; }
                p { button type="submit" { "Log in" } }
            }
        },
    )
}

fn frame(title: &str, name: &str, head: &Markup, top: &Markup, body: &Markup, foot: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (t(title)) " · " (t(name)) }
                link rel="stylesheet" href=(assets::address("/static/style.css"));
                link rel="icon" href=(assets::address("/static/icon.svg"));
                (head)
                script src=(assets::address("/static/keys.js")) defer {}
            }
            body {
                a.skip href="#main" { "To the content" }
                (top)
                main #main tabindex="-1" { (body) }
                (foot)
            }
        }
    }
}

/// The link to the next part of a list.
pub(crate) fn next(cx: &Cx<'_>, part: &crate::asked::Part<'_>) -> Markup {
    html! {
        p.part {
            (part.rows.len()) " of " (part.count) " shown"
            @if cx.asked.get("after").is_some() { ", " a href=(cx.asked.with(cx.path, &[("after", None)])) rel="first" { "from the first" } }
            @if let Some(next) = &part.next { ", " a href=(cx.asked.with(cx.path, &[("after", Some(next))])) rel="next" { "the next" } }
        }
    }
}
