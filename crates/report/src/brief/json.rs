//! The brief as one JSON object, built of the same records as the export.

use serde_json::{Value, json};

use super::Brief;

impl Brief<'_> {
    /// One JSON object: `run`, `as_of`, numbers of `articles` and `origins`, `parties`, `sticking_points`, `issues` with
    /// what is held on each, `shifts`, `meetings`, `deadlocks`, `disputes`, `notes`; `sources` are the article records
    /// without their text.
    pub fn json(&self) -> String {
        let issues: Vec<&Value> = self.kind("issue");
        let value = json!({
            "run": self.kind("run").first(),
            "as_of": self.view.as_of(),
            "articles": self.view.articles(),
            "origins": self.view.ledger.origins.count(),
            "parties": self.kind("entity").into_iter().filter(|e| e["type"] == "party").collect::<Vec<_>>(),
            "sticking_points": issues.iter().flat_map(|i| sticking(i)).collect::<Vec<_>>(),
            "issues": issues.iter().map(|i| self.issue(i)).collect::<Vec<_>>(),
            "shifts": self.kind("shift"),
            "proposals": self.kind("proposal"),
            "meetings": self.kind("meeting"),
            "deadlines": self.kind("deadline"),
            "deadlocks": self.kind("deadlock"),
            "disputes": self.kind("dispute"),
            "notes": self.kind("note"),
            "sources": self.kind("article").into_iter().map(without_text).collect::<Vec<_>>(),
        });
        serde_json::to_string_pretty(&value).unwrap_or_default()
    }

    fn kind(&self, kind: &str) -> Vec<&Value> {
        self.rows.iter().filter(|r| r.kind == kind).map(|r| &r.value).collect()
    }

    fn issue(&self, issue: &Value) -> Value {
        let id = &issue["id"];
        let on = |kind: &str, fields: &[&str]| -> Vec<&Value> {
            let is_about = |v: &&Value| fields.iter().any(|f| v[*f]["id"] == *id);
            self.kind(kind).into_iter().filter(is_about).collect()
        };
        json!({
            "issue": issue,
            "positions": on("position", &["issue"]),
            "status": on("status", &["issue"]),
            "conditions": on("condition", &["wants", "needs"]),
            "disputes": on("dispute", &["about"]),
        })
    }
}

/// What holds up an issue today.
fn sticking(issue: &Value) -> Vec<Value> {
    let all = issue["sticking"].as_array().map_or(&[][..], Vec::as_slice);
    let reference = json!({"id": issue["id"], "name": issue["name"], "type": "issue", "as_written": issue["name"]});
    all.iter()
        .filter(|s| s["to"].is_null())
        .map(|s| json!({"issue": reference, "from": s["from"], "to": s["to"], "measure": s["measure"]}))
        .collect()
}

fn without_text(article: &Value) -> Value {
    let mut article = article.clone();
    if let Value::Object(fields) = &mut article {
        fields.shift_remove("text");
    }
    article
}
