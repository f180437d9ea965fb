//! The OpenAPI description of all addresses, made of the same table as they are.

use serde_json::{Map, Value, json};

use super::{FILTERS, POSTS, ROUTES, Route};
use crate::Fault;
use crate::site::{Answer, Cx};

pub(super) fn screen(_: &Cx<'_>) -> Result<Answer, Fault> {
    Ok(Answer::Json(description()))
}

fn description() -> Value {
    let mut paths = Map::new();
    for route in ROUTES {
        let twin = match route.path {
            "/" => Some("/index.json".to_string()),
            path if path.contains('.') => None,
            path => Some(format!("{path}.json")),
        };
        paths.insert(route.path.to_string(), json!({"get": operation(route, kind_of(route.path))}));
        if let Some(twin) = twin {
            paths.insert(twin, json!({"get": operation(route, "application/json")}));
        }
    }
    for (path, _) in POSTS {
        paths.insert((*path).to_string(), json!({"post": form(path)}));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Rapporteur",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "A negotiation as the press tells it. Records are those of `rapporteur export`; every item has its evidence.",
        },
        "paths": paths,
        "components": {"schemas": {
            "Record": {"type": "object", "required": ["kind", "id"], "properties": {"kind": {"type": "string"}, "id": {"type": "string"}}},
            "Page": {"type": "object", "required": ["run", "as_of", "records"], "properties": {
                "run": {"type": ["object", "null"]}, "as_of": {"type": ["string", "null"]}, "is_old": {"type": "boolean"},
                "records": {"type": "array", "items": {"$ref": "#/components/schemas/Record"}},
                "count": {"type": "integer"}, "next": {"type": ["string", "null"]},
            }},
            "Error": {"type": "object", "required": ["error"], "properties": {"error": {"type": "object",
                "required": ["status", "code", "message", "near"], "properties": {
                    "status": {"type": "integer"}, "code": {"type": "string"}, "message": {"type": "string"},
                    "near": {"type": "array", "items": {"type": "string"}},
                }}}},
        }},
    })
}

fn kind_of(path: &str) -> &'static str {
    match path {
        "/feed.atom" => "application/atom+xml",
        "/calendar.ics" => "text/calendar",
        "/openapi.json" | "/session" => "application/json",
        _ => "text/html",
    }
}

fn operation(route: &Route, kind: &'static str) -> Value {
    let is_page =
        kind == "application/json" && !["/", "/search", "/session", "/openapi.json", "/help"].contains(&route.path);
    let schema = match kind {
        "application/json" if is_page => json!({"$ref": "#/components/schemas/Page"}),
        "application/json" if route.path == "/search" => {
            json!({"type": "object", "required": keys(&super::search::shape())})
        }
        "application/json" => json!({"type": "object"}),
        _ => json!({"type": "string"}),
    };
    let filters = if route.is_filtered { FILTERS } else { &[] };
    let mut params: Vec<Value> = Vec::new();
    if route.has_id() {
        params.push(json!({"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}));
    }
    for name in ["as_of"].iter().chain(route.params).chain(filters) {
        let schema = match *name {
            "as_of" | "from" | "to" => json!({"type": "string", "format": "date"}),
            "limit" | "at" => json!({"type": "integer", "minimum": 0}),
            "min_confidence" => json!({"type": "number", "minimum": 0, "maximum": 1}),
            _ => json!({"type": "string"}),
        };
        params.push(json!({"name": name, "in": "query", "required": false, "schema": schema}));
    }
    let mut about = route.about.to_string();
    if !route.kinds.is_empty() {
        about += &format!(". Records: {}", route.kinds.join(", "));
    }
    json!({"summary": about, "parameters": params, "responses": responses(kind, schema)})
}

fn keys(shape: &Value) -> Vec<&String> {
    shape.as_object().into_iter().flatten().map(|(key, _)| key).collect()
}

fn form(path: &str) -> Value {
    let text = json!({"type": "string"});
    let properties = match path {
        "/decide" => json!({"stamp": text, "do": text, "item": text, "trial": text, "back": text, "note": text}),
        _ => json!({"stamp": text}),
    };
    let required = if path == "/decide" { json!(["stamp", "do"]) } else { json!(["stamp"]) };
    json!({
        "summary": match path {
            "/decide" => "Decide on an item or on names (`do`: accept, reject, change, add, merge, split, note, undo), or try it (`trial`)",
            "/seen" => "Keep that the user has seen what moved",
            _ => "End the session",
        },
        "requestBody": {"required": true, "content": {"application/x-www-form-urlencoded": {"schema": {"type": "object", "required": required, "properties": properties}}}},
        "responses": responses("application/json", json!({"type": "object"})),
    })
}

fn responses(kind: &'static str, schema: Value) -> Value {
    let error = json!({"description": "A fault", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}});
    let mut all = Map::new();
    all.insert("200".into(), json!({"description": "What was asked for", "content": {kind: {"schema": schema}}}));
    all.insert("303".into(), json!({"description": "It is elsewhere"}));
    for status in ["400", "401", "403", "404", "409", "503"] {
        all.insert(status.into(), error.clone());
    }
    Value::Object(all)
}
