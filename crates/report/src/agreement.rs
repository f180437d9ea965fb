//! How far two reviewers agree: Krippendorff's alpha over what both decided on.

use std::collections::BTreeMap;

use rapporteur_dossier::{Change, Correction, Corrections, Decision, Dossier, Stand, State};
use rapporteur_ledger::{Witness, stance_of};
use serde_json::{Value, json};

/// Krippendorff's alpha of two observers for nominal data: 1 where they agree on every unit, 0 where they agree as often as
/// by chance. Each pair is what the two said of one unit.
///
/// `None` where it is undefined: with no unit, or where both said the same one thing of all units, so that there is nothing to
/// tell agreement from.
///
/// K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), whose examples A (binary data) and B (nominal data)
/// these are:
///
/// ```
/// use rapporteur_report::agreement::alpha;
///
/// let a = alpha(&"0100000010".chars().zip("1110010000".chars()).collect::<Vec<_>>());
/// assert_eq!(format!("{:.3}", a.unwrap()), "0.095");
/// let b = alpha(&"aabbdcccedda".chars().zip("babbbccceddd".chars()).collect::<Vec<_>>());
/// assert_eq!(format!("{:.3}", b.unwrap()), "0.692");
/// assert_eq!(alpha(&[('a', 'a'), ('a', 'a')]), None);
/// ```
pub fn alpha<T: Ord>(pairs: &[(T, T)]) -> Option<f64> {
    let mut values: BTreeMap<&T, f64> = BTreeMap::new();
    for value in pairs.iter().flat_map(|(a, b)| [a, b]) {
        *values.entry(value).or_default() += 1.0;
    }
    // in a unit of two, each value forms one pair with the other: the coincidences on the diagonal are two a unit
    let n = 2.0 * pairs.len() as f64;
    let same = 2.0 * pairs.iter().filter(|(a, b)| a == b).count() as f64;
    let by_chance: f64 = values.values().map(|v| v * (v - 1.0)).sum();
    let most = n * (n - 1.0) - by_chance;
    (most > 0.0).then(|| ((n - 1.0) * same - by_chance) / most)
}

/// What two reviewers decided on the items that both decided on.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Agreement {
    /// Items on which both decided.
    pub items: usize,
    /// Those of them on which both decided the same.
    pub same: usize,
    /// Krippendorff's alpha; `None` where it is undefined.
    pub alpha: Option<f64>,
    /// Items on which they differ, with what each decided: `accept`, `reject`, or the fields that were changed.
    pub different: Vec<(String, Value, Value)>,
}

impl Agreement {
    /// Of two reviewers by the names in the log. What each decided on an item is that reviewer's own decisions on it, without
    /// those he or she took back; what others undid counts as it was decided. A later acceptance or rejection stands for an
    /// earlier one, changes of different fields stand together. Names of the same party, person or issue of the dossier are
    /// the same, and so is a polarity of one and the stance of the other that it comes to on the issue of the statement, as
    /// it is in `read`, the articles without corrections; of a statement that is not there the two are told apart.
    pub fn of(corrections: &Corrections, dossier: &Dossier, read: &[Witness<'_>], a: &str, b: &str) -> Self {
        let (a, b) = (decided(corrections, dossier, a), decided(corrections, dossier, b));
        let both: Vec<(&String, (&Value, &Value))> =
            a.iter().filter_map(|(id, value)| Some((id, (value, b.get(id)?)))).collect();
        let on_one_scale = |(id, (a, b)): &(&String, (&Value, &Value))| on_one_scale(read, id, a, b);
        let values: Vec<(Value, Value)> = both.iter().map(on_one_scale).collect();
        let words: Vec<(String, String)> = values.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect();
        let different = both.iter().zip(&values).filter(|(_, (a, b))| a != b);
        let different: Vec<_> =
            different.map(|((id, (a, b)), _)| ((*id).clone(), (*a).clone(), (*b).clone())).collect();
        Self { items: both.len(), same: both.len() - different.len(), alpha: alpha(&words), different }
    }
}

/// What one reviewer decided on each item at last.
fn decided(corrections: &Corrections, dossier: &Dossier, by: &str) -> BTreeMap<String, Value> {
    let own: Vec<Correction> = corrections.all().iter().filter(|c| c.by == by).cloned().collect();
    let own = Corrections::new(own).unwrap_or_default();
    let mut all: BTreeMap<String, (bool, serde_json::Map<String, Value>)> = BTreeMap::new();
    for (_, correction) in own.holding() {
        let Some(item) = correction.decision.item() else { continue };
        if matches!(correction.decision, Decision::Note { .. }) {
            continue;
        }
        let (is_rejected, changed) = all.entry(item.to_string()).or_default();
        match &correction.decision {
            Decision::Change { change, .. } => changed.extend(fields(change, dossier)),
            verdict => *is_rejected = matches!(verdict, Decision::Reject { .. }),
        }
    }
    let value = |(is_rejected, changed): (bool, serde_json::Map<String, Value>)| match (is_rejected, changed.is_empty())
    {
        (true, _) => json!("reject"),
        (false, true) => json!("accept"),
        (false, false) => {
            let sorted: BTreeMap<String, Value> = changed.into_iter().collect();
            json!(sorted)
        }
    };
    all.into_iter().map(|(id, decided)| (id, value(decided))).collect()
}

/// What two decided on an item; where one said how it stands towards its own words and the other towards the issue, both
/// towards the issue.
fn on_one_scale(read: &[Witness<'_>], id: &str, a: &Value, b: &Value) -> (Value, Value) {
    let has = |v: &Value, scale: &str| !v["stand"][scale].is_null();
    let turned = |v: &Value| towards_issue(read, id, v).unwrap_or_else(|| v.clone());
    match (has(a, "polarity") && has(b, "stance"), has(a, "stance") && has(b, "polarity")) {
        (true, _) => (turned(a), b.clone()),
        (_, true) => (a.clone(), turned(b)),
        _ => (a.clone(), b.clone()),
    }
}

/// A decision on the polarity of a statement as one on its stance: what the ledger makes of it, with the act and the issue
/// that were decided with it. `None` where the statement is not there.
fn towards_issue(read: &[Witness<'_>], id: &str, decided: &Value) -> Option<Value> {
    let own = |w: &Witness<'_>| w.reading.statements.iter().position(|s| s.item.id().as_str() == id);
    let (w, at) = read.iter().find_map(|w| Some((w, own(w)?)))?;
    let mut statement = w.reading.statements.get(at)?.clone();
    statement.polarity = serde_json::from_value(decided["stand"]["polarity"].clone()).ok()?;
    if let Some(act) = decided.get("act") {
        statement.act = serde_json::from_value(act.clone()).ok()?;
    }
    // which way the words run is known of the issue that was read
    let issue = w.resolution.statements.get(at).and_then(Option::as_ref);
    let issue = issue.filter(|i| decided.get("issue").is_none_or(|other| *other == json!(i.id)));
    let mut turned = decided.clone();
    *turned.get_mut("stand")? = json!({"stance": stance_of(&statement, issue)});
    Some(turned)
}

/// Changed fields, with ids of the dossier for names it knows.
fn fields(change: &Change, dossier: &Dossier) -> Vec<(String, Value)> {
    let who = |name: &String| match dossier.who(name) {
        Some(who) => json!(who.person.map(|p| p.to_string()).or(who.party.map(|p| p.to_string()))),
        None => json!(name),
    };
    let issue = |name: &String| dossier.issue_named(name).map_or_else(|| json!(name), |i| json!(i.id));
    let stand = |stand: Stand| match stand {
        Stand::Polarity(p) => json!({"polarity": p}),
        Stand::Stance(p) => json!({"stance": p}),
    };
    let all = [
        ("holder", change.holder.as_ref().map(|h| h.as_ref().map_or(Value::Null, who))),
        ("act", change.act.map(|a| json!(a))),
        ("stand", change.stand.map(stand)),
        ("issue", change.issue.as_ref().map(|i| i.as_ref().map_or(Value::Null, issue))),
        ("date", change.date.as_ref().map(|d| json!([d.from, d.to]))),
        ("state", change.state.map(|s: State| json!(s.as_str()))),
    ];
    all.into_iter().filter_map(|(key, value)| Some((key.to_string(), value?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(by: &str, day: u32, rest: &str) -> String {
        format!("{{\"schema\":1,\"id\":\"{by}{day}\",\"at\":\"2025-03-{day:02}\",\"by\":\"{by}\",{rest}}}\n")
    }

    fn item(n: u32) -> String {
        format!("\"item\":\"statement-{n:016x}\"")
    }

    /// Each decides for himself; what he takes back is not decided, what another takes back is.
    #[test]
    fn what_each_decided_at_last_is_compared() {
        let lines = [
            line("Ann", 1, &format!("\"do\":\"accept\",{}", item(1))),
            line("Bob", 2, &format!("\"do\":\"accept\",{}", item(1))),
            line("Ann", 3, &format!("\"do\":\"reject\",{}", item(2))),
            line("Bob", 4, &format!("\"do\":\"change\",{},\"act\":\"offer\"", item(2))),
            line("Bob", 5, &format!("\"do\":\"reject\",{}", item(2))),
            line("Ann", 6, &format!("\"do\":\"change\",{},\"act\":\"offer\"", item(3))),
            line("Bob", 7, &format!("\"do\":\"change\",{},\"act\":\"reject\"", item(3))),
            line("Ann", 8, &format!("\"do\":\"accept\",{}", item(4))),
            line("Bob", 9, &format!("\"do\":\"accept\",{}", item(4))),
            line("Bob", 10, "\"do\":\"undo\",\"correction\":\"Bob9\""),
            line("Cid", 11, "\"do\":\"undo\",\"correction\":\"Ann3\""),
        ];
        let corrections = Corrections::from_jsonl(&lines.concat(), "-").unwrap();
        let found = Agreement::of(&corrections, &Dossier::default(), &[], "Ann", "Bob");
        assert_eq!((found.items, found.same), (3, 2));
        let [(id, ann, bob)] = found.different.as_slice() else { panic!("{found:?}") };
        assert_eq!(
            (id.as_str(), ann["act"].as_str(), bob["act"].as_str()),
            ("statement-0000000000000003", Some("offer"), Some("reject"))
        );
        // accept and reject twice each, two changes once each: (5*4 - 4) / (30 - 4)
        assert_eq!(found.alpha, Some(16.0 / 26.0));
        assert_eq!(Agreement::of(&corrections, &Dossier::default(), &[], "Ann", "Eve").alpha, None);
    }
}
