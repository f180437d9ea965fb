//! What goes wrong between a browser and the house, in one shape for people and programs.

use axum::http::StatusCode;
use serde_json::{Value, json};

/// What kind of fault it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Wrong,
    LoginNeeded,
    Forbidden,
    NotFound,
    Method,
    TooLarge,
    Refused,
    TooMany,
    Failed,
    Busy,
}

/// A fault with words for whoever asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    kind: Kind,
    message: String,
    near: Vec<String>,
}

impl Fault {
    fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), near: Vec::new() }
    }

    /// What was asked means nothing.
    pub fn wrong(message: impl Into<String>) -> Self {
        Self::new(Kind::Wrong, message)
    }

    /// There is no such thing.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(Kind::NotFound, message)
    }

    /// It is understood, and not done: a decision without effect.
    pub fn refused(message: impl Into<String>) -> Self {
        Self::new(Kind::Refused, message)
    }

    /// The house itself failed.
    pub fn failed(message: impl Into<String>) -> Self {
        Self::new(Kind::Failed, message)
    }

    /// Not now.
    pub fn busy(message: impl Into<String>) -> Self {
        Self::new(Kind::Busy, message)
    }

    pub(crate) fn login() -> Self {
        Self::new(Kind::LoginNeeded, "log in first")
    }

    pub(crate) fn forbidden(message: impl Into<String>) -> Self {
        Self::new(Kind::Forbidden, message)
    }

    pub(crate) fn too_many(message: impl Into<String>) -> Self {
        Self::new(Kind::TooMany, message)
    }

    pub(crate) fn too_large(message: impl Into<String>) -> Self {
        Self::new(Kind::TooLarge, message)
    }

    pub(crate) fn method() -> Self {
        Self::new(Kind::Method, "this address is not asked in this way")
    }

    /// The same with what may have been meant: ids or names.
    #[must_use]
    pub fn near(mut self, near: Vec<String>) -> Self {
        self.near = near;
        self
    }

    /// Its words.
    pub fn message(&self) -> &str {
        &self.message
    }

    pub(crate) fn others(&self) -> &[String] {
        &self.near
    }

    pub(crate) fn is_login(&self) -> bool {
        self.kind == Kind::LoginNeeded
    }

    pub(crate) fn is_of_house(&self) -> bool {
        self.kind == Kind::Failed
    }

    pub(crate) fn status(&self) -> StatusCode {
        match self.kind {
            Kind::Wrong => StatusCode::BAD_REQUEST,
            Kind::LoginNeeded => StatusCode::UNAUTHORIZED,
            Kind::Forbidden => StatusCode::FORBIDDEN,
            Kind::NotFound => StatusCode::NOT_FOUND,
            Kind::Method => StatusCode::METHOD_NOT_ALLOWED,
            Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Kind::Refused => StatusCode::CONFLICT,
            Kind::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Kind::Failed => StatusCode::INTERNAL_SERVER_ERROR,
            Kind::Busy => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// In one or two words, for programs.
    pub(crate) fn code(&self) -> &'static str {
        match self.kind {
            Kind::Wrong => "wrong",
            Kind::LoginNeeded => "login-needed",
            Kind::Forbidden => "forbidden",
            Kind::NotFound => "not-found",
            Kind::Method => "method",
            Kind::TooLarge => "too-large",
            Kind::Refused => "refused",
            Kind::TooMany => "too-many",
            Kind::Failed => "failed",
            Kind::Busy => "busy",
        }
    }

    /// The one shape of errors.
    pub(crate) fn json(&self) -> Value {
        json!({"error": {
            "status": self.status().as_u16(), "code": self.code(), "message": self.message, "near": self.near,
        }})
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Fault {}
