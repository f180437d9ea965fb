//! What corrections change, shown to a person: every kind of record, not those of positions alone.

mod halver;

use halver::{halver, view};
use rapporteur_dossier::{Corrections, Dossier, Person, PersonId};
use rapporteur_ledger::{Plan, Witness, effect, fold};
use rapporteur_reading::Reading;
use rapporteur_reading::model::{
    EntityId, Evidence, Item, Mode, Quote, RefKind, Reference, Role, RoleChange, Rule, Why,
};
use rapporteur_report::View;
use rapporteur_report::effect::{json, lines, text};
use rapporteur_report::export;
use rapporteur_text::{ItemId, Span, When};

/// The first reading with a quotation and a role, both of its first sentence.
fn reading(witness: &Witness<'_>) -> Reading {
    let end = witness.article.text.find('\n').unwrap();
    let span = Span::of(&witness.article.text, 0..end).unwrap();
    let word = Span::of(&witness.article.text, 4..11).unwrap();
    let item = |id: &str| {
        Item::new(Rule("test.v1"), 0.9, Evidence { span, sentence: span, why: Why::Item })
            .with_id(ItemId::from_written(id))
    };
    let source = Reference { kind: RefKind::Party, span: word, entity: Some(EntityId(0)) };
    let mut reading = witness.reading.clone();
    reading.quotes.push(Quote {
        item: item("quote-00"),
        source: Some(source),
        cue: None,
        content: vec![span],
        mode: Mode::Indirect,
        chain: Vec::new(),
        named: true,
        said: When::unknown(),
    });
    reading.roles.push(Role {
        item: item("role-00"),
        person: source,
        role: word,
        party: None,
        change: RoleChange::Holds,
        when: When::unknown(),
    });
    reading
}

/// The lines of what these corrections change, and the export after them.
fn changed(decisions: &[&str]) -> (Vec<String>, String, String) {
    let press = halver();
    let mut dossier: Dossier = press.dossier.clone();
    let roles = vec![ItemId::from_written("role-00")];
    dossier.people.push(Person { id: PersonId::new("ana"), name: "Ana".into(), roles, ..Person::default() });
    let plain = press.witnesses();
    let first = reading(&plain[0]);
    let mut before = plain.clone();
    before[0].reading = &first;
    let line = |(n, d): (usize, &&str)| format!(r#"{{"schema":1,"id":"c-{n}","at":"2025-04-01","by":"A. Lee",{d}}}"#);
    let all: Vec<String> = decisions.iter().enumerate().map(line).collect();
    let corrections = Corrections::from_jsonl(&all.join("\n"), "c.jsonl").unwrap();
    let plan = Plan::new(&dossier, &corrections);
    let corrected: Vec<_> = before.iter().map(|w| plan.apply(w.article, w.reading, w.resolution)).collect();
    let after: Vec<Witness<'_>> = before
        .iter()
        .zip(&corrected)
        .map(|(w, c)| match c {
            Some(c) => Witness { article: w.article, reading: &c.reading, resolution: &c.resolution },
            None => *w,
        })
        .collect();
    let (old, new) = (fold(&dossier, &before), fold(&dossier, &after));
    let found = effect(&old, &new);
    let was = View { dossier: &dossier, witnesses: before.clone(), ..view(&press, &old) };
    let is = View { dossier: &dossier, witnesses: after.clone(), ..view(&press, &new) };
    let lines = lines(&was, &is, &found);
    let short = lines.iter().map(|l| format!("{} {} {} [{}]", l.change, l.kind, l.id, l.fields.join(" "))).collect();
    assert_eq!(json(&lines).len(), lines.len());
    let rows = export::rows(&is);
    let person = rows.iter().find(|r| r.value["id"] == "ana").unwrap().value["roles"].to_string();
    (short, text(&lines, 100), person)
}

#[test]
fn nothing_decided_changes_nothing() {
    assert_eq!(changed(&[]), (Vec::new(), "nothing changes\n".into(), "[\"role-00\"]".into()));
}

#[test]
fn a_rejected_quotation_or_role_is_gone_and_a_changed_day_is_named() {
    let (lines, text, _) = changed(&[r#""do":"reject","item":"quote-00""#]);
    assert_eq!(lines, ["gone quote quote-00 []"]);
    assert!(text.starts_with("- quote "), "{text}");
    let (lines, text, _) = changed(&[r#""do":"change","item":"quote-00","date":"2025-02-27""#]);
    assert_eq!(lines, ["changed quote quote-00 [said]"]);
    assert!(text.contains("2025-02-27"), "{text}");
}

/// A person's record points at no role that is not there.
#[test]
fn an_entity_points_at_no_role_that_was_rejected() {
    let (lines, _, roles) = changed(&[r#""do":"reject","item":"role-00""#]);
    assert_eq!(roles, "[]");
    assert_eq!(lines, ["gone role role-00 []", "changed entity ana [roles]"]);
}
