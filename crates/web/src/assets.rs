//! The files that go with every page, compiled in.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

use crate::site::respond;

pub(crate) const STYLE: &str = include_str!("assets/style.css");
pub(crate) const KEYS: &str = include_str!("assets/keys.js");

/// Address, type and content.
pub(crate) const ALL: &[(&str, &str, &str)] = &[
    ("/static/style.css", "text/css; charset=utf-8", STYLE),
    ("/static/keys.js", "text/javascript; charset=utf-8", KEYS),
    ("/static/icon.svg", "image/svg+xml", include_str!("assets/icon.svg")),
];

/// An address that differs where the content does, so that a browser may keep it.
pub(crate) fn address(path: &str) -> String {
    let content = ALL.iter().find(|(p, _, _)| *p == path).map_or("", |(_, _, content)| content);
    let sum = blake3::hash(content.as_bytes()).to_hex();
    format!("{path}?{}", &sum[..12])
}

pub(crate) fn answer(kind: &'static str, content: &'static str) -> Response {
    let mut response = respond(StatusCode::OK, kind, content);
    let kept = HeaderValue::from_static("max-age=31536000, immutable");
    response.headers_mut().insert(header::CACHE_CONTROL, kept);
    response
}
