//! From a request to a page: who asks, for which talks, in which form, and the headers of what goes back.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};
use maud::Markup;
use rapporteur_report::View;
use serde_json::{Map, Value, json};
use tokio::sync::Semaphore;

use crate::access::{Address, Attempts, Role, Sessions, Stamp};
use crate::asked::{Asked, Fields};
use crate::desk::Desk;
use crate::house::House;
use crate::pages::{self, POSTS, ROUTES};
use crate::serve::Config;
use crate::snapshot::Snapshot;
use crate::{Fault, assets, layout};

/// Name of the cookie of a session.
pub(crate) const COOKIE: &str = "rapporteur-session";

/// Most bytes of an address and of a form, how long a page may take, and how many are made at once.
const ADDRESS: usize = 8 * 1024;
const FORM: usize = 64 * 1024;
const PATIENCE: Duration = Duration::from_secs(30);
const AT_ONCE: usize = 8;

/// All that pages are made with.
pub(crate) struct Site {
    pub(crate) house: Arc<dyn House>,
    pub(crate) desk: Arc<Desk>,
    pub(crate) config: Config,
    pub(crate) sessions: Sessions,
    pub(crate) attempts: Attempts,
    pub(crate) stamp: Stamp,
    hosts: Vec<String>,
    work: Arc<Semaphore>,
}

/// Who asks.
#[derive(Debug, Clone)]
pub(crate) struct Who {
    pub(crate) name: String,
    pub(crate) role: Role,
    /// What ties a form to him or her.
    pub(crate) stamp: String,
    /// Whether he or she has logged in and can log out.
    pub(crate) is_session: bool,
}

/// In which form an answer is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Html,
    Json,
}

/// What a page is made of.
pub(crate) struct Cx<'a> {
    pub(crate) site: &'a Site,
    pub(crate) snap: &'a Snapshot,
    pub(crate) view: View<'a>,
    pub(crate) asked: Asked,
    pub(crate) who: &'a Who,
    pub(crate) form: Form,
    /// Whether newer talks are not ready yet.
    pub(crate) is_old: bool,
    /// Of the folder when the talks were made.
    pub(crate) state: &'a str,
    /// The address without its query and without `.json`.
    pub(crate) path: &'a str,
    /// Its last part, where the route has one that is an id; else "".
    pub(crate) id: String,
    /// Under which name the server was reached.
    pub(crate) host: &'a str,
}

/// What goes back.
pub(crate) enum Answer {
    /// A page with its title.
    Page(String, Markup),
    Json(Value),
    /// Bytes of a type.
    Raw(&'static str, String),
    /// See there.
    Go(String),
}

impl Cx<'_> {
    /// A JSON twin: `run`, `as_of`, `records`, and what else there is.
    pub(crate) fn json<'v>(&self, records: impl IntoIterator<Item = &'v Value>, more: Value) -> Answer {
        let run = self.snap.of_kind("run").first().map(|r| &r.value);
        let mut all = Map::new();
        all.insert("run".into(), json!(run));
        all.insert("as_of".into(), json!(self.view.as_of()));
        all.insert("is_old".into(), json!(self.is_old));
        all.insert("records".into(), records.into_iter().cloned().collect());
        if let Value::Object(more) = more {
            all.extend(more);
        }
        Answer::Json(Value::Object(all))
    }
}

impl Site {
    pub(crate) fn new(house: Arc<dyn House>, config: Config) -> Result<Self, Fault> {
        let desk = Desk::new(house.clone());
        let mut hosts: Vec<String> = config.hosts.iter().map(|h| h.to_lowercase()).collect();
        hosts.extend(["localhost".to_string(), "127.0.0.1".to_string(), "[::1]".to_string()]);
        let listen = config.listen.ip();
        if !listen.is_unspecified() && !listen.is_loopback() {
            hosts.push(if listen.is_ipv6() { format!("[{listen}]") } else { listen.to_string() });
        }
        let (sessions, attempts, stamp) = (Sessions::default(), Attempts::default(), Stamp::new()?);
        let work = Arc::new(Semaphore::new(AT_ONCE));
        Ok(Self { house, desk, config, sessions, attempts, stamp, hosts, work })
    }

    /// All addresses.
    pub(crate) fn router(self: &Arc<Self>) -> Router {
        let mut router = Router::new();
        for (n, route) in ROUTES.iter().enumerate() {
            let own = move |form: Form| -> MethodRouter<Arc<Site>> {
                get(move |State(site): State<Arc<Site>>, request: Request| site.page(n, form, request))
            };
            router = router.route(route.path, own(Form::Html));
            if !route.has_id() && !route.path.contains('.') {
                let twin = if route.path == "/" { "/index.json".to_string() } else { format!("{}.json", route.path) };
                router = router.route(&twin, own(Form::Json));
            }
        }
        for (path, act) in POSTS {
            router = router
                .route(path, post(move |State(site): State<Arc<Site>>, request: Request| site.act(*act, request)));
        }
        for (path, kind, content) in assets::ALL {
            router = router.route(path, get(move || async move { assets::answer(kind, content) }));
        }
        router
            .route(
                "/login",
                get(|State(site): State<Arc<Site>>, request: Request| site.login_page(request))
                    .post(|State(site): State<Arc<Site>>, request: Request| site.login(request)),
            )
            .fallback(|request: Request| async move {
                let path = request.uri().path().to_string();
                answer_fault(&Fault::not_found(format!("there is nothing at `{path}`")), wants_json(&request))
            })
            .method_not_allowed_fallback(|request: Request| async move {
                answer_fault(&Fault::method(), wants_json(&request))
            })
            .layer(from_fn_with_state(self.clone(), guard))
            .with_state(self.clone())
    }

    /// Whether it was meant for us: a page of another site can have a name of its own lead to this machine.
    fn is_ours(&self, host: &str) -> bool {
        let host = host.to_lowercase();
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
            _ => host.as_str(),
        };
        self.hosts.iter().any(|h| h == name || *h == host)
    }

    /// Who asks, by the session's cookie.
    pub(crate) fn who(&self, headers: &HeaderMap) -> Result<Option<Who>, Fault> {
        if !self.config.needs_login {
            let name = self.config.user.clone();
            return Ok(Some(Who { name, role: Role::Reviewer, stamp: self.stamp.of(""), is_session: false }));
        }
        let Some(token) = cookie(headers) else { return Ok(None) };
        let Some(name) = self.sessions.user(&token) else { return Ok(None) };
        // whoever is taken from the file of users is out at once
        let user = self.house.users()?.into_iter().find(|u| u.name == name);
        Ok(user.map(|u| Who { name: u.name, role: u.role, stamp: self.stamp.of(&token), is_session: true }))
    }

    /// Whether a form is one of ours, and of this session.
    fn is_own_form(&self, headers: &HeaderMap, form: &Fields) -> bool {
        let token = if self.config.needs_login { cookie(headers).unwrap_or_default() } else { String::new() };
        is_same_site(headers) && form.get("stamp").is_some_and(|s| self.stamp.is_of(&token, s))
    }

    async fn page(self: Arc<Self>, route: usize, form: Form, request: Request) -> Response {
        let path = request.uri().path();
        let (path, form) = match path.strip_suffix(".json") {
            Some(path) if ROUTES[route].has_id() => (path.to_string(), Form::Json),
            _ if form == Form::Json => (path.trim_end_matches(".json").to_string(), form),
            _ => (path.to_string(), form),
        };
        let query = request.uri().query().unwrap_or_default().to_string();
        let address = request.uri().to_string();
        let (headers, own) = (request.headers().clone(), self.clone());
        let made = self.on_thread(move || own.made(route, form, &path, &query, &headers)).await;
        match made {
            Err(fault) if fault.is_login() && form == Form::Html => go(&format!("/login?next={}", encoded(&address))),
            Err(fault) => self.answer_fault(&fault, form),
            Ok(response) => response,
        }
    }

    fn made(&self, route: usize, form: Form, path: &str, query: &str, headers: &HeaderMap) -> Result<Response, Fault> {
        let Some(who) = self.who(headers)? else { return Err(Fault::login()) };
        let asked = Asked::of(query)?;
        let laid = self.desk.lay(asked.as_of)?;
        let id =
            if ROUTES[route].has_id() { decoded(path.rsplit('/').next().unwrap_or_default()) } else { String::new() };
        let host = headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
        let view = laid.snapshot.view();
        let cx = Cx {
            site: self,
            snap: &laid.snapshot,
            view,
            asked,
            who: &who,
            form,
            is_old: laid.is_old,
            state: &laid.state,
            path,
            id,
            host,
        };
        Ok(match (ROUTES[route].screen)(&cx)? {
            Answer::Page(title, body) => html(StatusCode::OK, layout::page(&cx, &title, &body).into_string()),
            Answer::Json(value) => json_response(StatusCode::OK, &value),
            Answer::Raw(kind, text) => raw(kind, text),
            Answer::Go(place) => go(&place),
        })
    }

    async fn act(self: Arc<Self>, act: pages::Act, request: Request) -> Response {
        let form = if wants_json(&request) { Form::Json } else { Form::Html };
        let (headers, body) = (request.headers().clone(), read_form(request).await);
        let own = self.clone();
        let done = self.on_thread(move || {
            let fields = body?;
            let who = own.who(&headers)?.ok_or_else(Fault::login)?;
            if !own.is_own_form(&headers, &fields) {
                return Err(Fault::forbidden("this form is not of a page of this session: load the page again"));
            }
            if who.role < Role::Reviewer && act.needs_reviewer() {
                return Err(Fault::forbidden(format!("{} may read and not decide: a reviewer may", who.name)));
            }
            act.run(&own, &who, &fields, &headers)
        });
        match done.await {
            Err(fault) => self.answer_fault(&fault, form),
            Ok(pages::Done { json, .. }) if form == Form::Json => json_response(StatusCode::OK, &json),
            Ok(pages::Done { page: Some((title, body)), .. }) => {
                html(StatusCode::OK, layout::bare(&title, &body).into_string())
            }
            Ok(pages::Done { place, ends_session, .. }) => {
                let mut response = go(&place);
                if ends_session {
                    set_cookie(&mut response, &self.cookie("", 0));
                }
                response
            }
        }
    }

    async fn login_page(self: Arc<Self>, request: Request) -> Response {
        let query = request.uri().query().unwrap_or_default().to_string();
        let next = Fields::of(query.as_bytes()).ok().and_then(|f| f.get("next").map(str::to_string));
        html(StatusCode::OK, layout::login(next.as_deref().unwrap_or("/"), "").into_string())
    }

    async fn login(self: Arc<Self>, request: Request) -> Response {
        let from = request.extensions().get::<Address>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |a| a.0);
        let (headers, body) = (request.headers().clone(), read_form(request).await);
        let own = self.clone();
        let done = self.on_thread(move || {
            let fields = body?;
            if !is_same_site(&headers) {
                return Err(Fault::forbidden("log in from the page of this server"));
            }
            let (name, password) = (fields.get("name").unwrap_or_default(), fields.get("password").unwrap_or_default());
            if !own.attempts.begin(name, from) {
                return Err(Fault::too_many("too many wrong passwords: try again in a quarter of an hour"));
            }
            let user = own.house.users()?.into_iter().find(|u| u.name == name);
            let is_right = match &user {
                Some(user) => user.is_password(password),
                None => {
                    crate::access::User::nobody(password);
                    false
                }
            };
            if !is_right {
                return Ok((Err("name or password is wrong"), local(fields.get("next")).to_string()));
            }
            own.attempts.succeeded(name, from);
            Ok((Ok(own.sessions.begin(name)?), local(fields.get("next")).to_string()))
        });
        match done.await {
            Err(fault) => self.answer_fault(&fault, Form::Html),
            Ok((Err(why), next)) => html(StatusCode::UNAUTHORIZED, layout::login(&next, why).into_string()),
            Ok((Ok(token), next)) => {
                let mut response = go(&next);
                set_cookie(&mut response, &self.cookie(&token, 12 * 60 * 60));
                response
            }
        }
    }

    fn cookie(&self, token: &str, seconds: u32) -> String {
        let secure = if self.config.is_plain_http { "" } else { "; Secure" };
        format!("{COOKIE}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}")
    }

    /// Work that may wait for disks and locks; only so much at once.
    async fn on_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let Ok(permit) = self.work.clone().acquire_owned().await else {
            return Err(Fault::busy("the server is ending"));
        };
        let done = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work()
        });
        done.await.unwrap_or_else(|_| Err(Fault::failed("this page could not be made: the program has a fault")))
    }

    fn answer_fault(&self, fault: &Fault, form: Form) -> Response {
        if fault.is_of_house() {
            self.house.say(&format!("error: {fault}"));
        }
        answer_fault(fault, form == Form::Json)
    }
}

/// Stands before everything: what is too long, too slow or not meant for us goes no further; and the headers of every answer.
async fn guard(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let is_json = wants_json(&request);
    let is_static = request.uri().path().starts_with("/static/");
    let host = request.headers().get(header::HOST).and_then(|h| h.to_str().ok());
    let mut response = if request.uri().to_string().len() > ADDRESS {
        answer_fault(&Fault::wrong(format!("the address is longer than {ADDRESS} bytes")), is_json)
    } else if !host.is_some_and(|h| site.is_ours(h)) {
        let message = "this server is not reached under this name: `--host NAME` lets it be";
        answer_fault(&Fault::forbidden(message), is_json)
    } else {
        match tokio::time::timeout(PATIENCE, next.run(request)).await {
            Ok(response) => response,
            Err(_) => answer_fault(&Fault::busy("this took too long: ask for less, or again in a while"), is_json),
        }
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    let cache = if is_static && headers.contains_key(header::CACHE_CONTROL) { None } else { Some("no-store") };
    if let Some(cache) = cache {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    }
    response
}

/// What every answer says to the browser: nothing but our own files, no frames, no guessing of types, no address given on.
const HEADERS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    // not `no-referrer`: forms of ours would then say that they come from nowhere
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
];

async fn read_form(request: Request) -> Result<Fields, Fault> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|k| k.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(Fault::wrong("expected a form: `application/x-www-form-urlencoded`"));
    }
    let long = |_| Fault::too_large(format!("a form has at most {FORM} bytes"));
    Fields::of(&to_bytes(request.into_body(), FORM).await.map_err(long)?)
}

/// Whether a request comes from a page of ours, as far as the browser says.
fn is_same_site(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    let is_fetched = text("sec-fetch-site").is_none_or(|s| s == "same-origin" || s == "none");
    let is_origin = |origin: &str| {
        let host = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
        host.is_some() && host == text("host")
    };
    is_fetched && text("origin").is_none_or(is_origin)
}

fn cookie(headers: &HeaderMap) -> Option<String> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(';'));
    let mut own = all.filter_map(|pair| pair.trim().split_once('=')).filter(|(name, _)| *name == COOKIE);
    own.next().map(|(_, value)| value.to_string())
}

fn set_cookie(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// An address on this server, else its first page: nobody is sent elsewhere.
pub(crate) fn local(place: Option<&str>) -> &str {
    let is_local = |p: &&str| p.starts_with('/') && !p.starts_with("//") && !p.contains(['\\', '\r', '\n', '\t']);
    place.filter(is_local).unwrap_or("/")
}

fn wants_json(request: &Request) -> bool {
    let accepts = request.headers().get(header::ACCEPT).and_then(|a| a.to_str().ok()).unwrap_or_default();
    request.uri().path().ends_with(".json") || accepts.starts_with("application/json")
}

fn answer_fault(fault: &Fault, is_json: bool) -> Response {
    if is_json {
        json_response(fault.status(), &fault.json())
    } else {
        html(fault.status(), layout::fault(fault).into_string())
    }
}

fn html(status: StatusCode, text: String) -> Response {
    respond(status, "text/html; charset=utf-8", text)
}

fn json_response(status: StatusCode, value: &Value) -> Response {
    respond(status, "application/json", value.to_string() + "\n")
}

fn raw(kind: &'static str, text: String) -> Response {
    respond(StatusCode::OK, kind, text)
}

pub(crate) fn respond(status: StatusCode, kind: &'static str, text: impl Into<Body>) -> Response {
    let mut response = Response::new(text.into());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

fn go(place: &str) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    let place = HeaderValue::from_str(place).unwrap_or(HeaderValue::from_static("/"));
    response.headers_mut().insert(header::LOCATION, place);
    response
}

/// A part of an address with all letters that could mean something else written as `%XX`.
pub(crate) fn encoded(words: &str) -> String {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~');
    words.bytes().map(|b| if is_plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

fn decoded(part: &str) -> String {
    let mut bytes = Vec::new();
    let mut left = part.as_bytes();
    while let Some((first, rest)) = left.split_first() {
        let hex = || u8::from_str_radix(std::str::from_utf8(rest.get(..2)?).ok()?, 16).ok();
        match (first, hex()) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                left = &rest[2..];
            }
            _ => {
                bytes.push(*first);
                left = rest;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_elsewhere() {
        for elsewhere in ["//evil.example", "https://evil.example", "/\\evil", "", "javascript:x", "/a\r\nb"] {
            assert_eq!(local(Some(elsewhere)), "/", "{elsewhere}");
        }
        assert_eq!(local(Some("/positions?party=A")), "/positions?party=A");
    }

    #[test]
    fn parts_of_addresses_come_back() {
        for id in ["statement-01", "Łódź & co/…?#", "%41"] {
            assert_eq!(decoded(&encoded(id)), id);
        }
        assert_eq!(decoded("%zz%4"), "%zz%4");
        assert_eq!(decoded("%é"), "%é");
    }

    #[test]
    fn forms_of_other_sites_are_told_apart() {
        let headers = |all: &[(&'static str, &'static str)]| {
            all.iter().map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v))).collect::<HeaderMap>()
        };
        assert!(is_same_site(&headers(&[("host", "127.0.0.1:7878"), ("origin", "http://127.0.0.1:7878")])));
        assert!(is_same_site(&headers(&[("host", "127.0.0.1:7878")])));
        assert!(!is_same_site(&headers(&[("host", "127.0.0.1:7878"), ("origin", "http://evil.example")])));
        assert!(!is_same_site(&headers(&[("host", "127.0.0.1:7878"), ("origin", "null")])));
        assert!(!is_same_site(&headers(&[("host", "a"), ("sec-fetch-site", "cross-site")])));
    }
}
