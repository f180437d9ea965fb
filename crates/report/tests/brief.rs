//! The brief and the listings as they look, over a press of our own making.

mod halver;

use halver::{halver, view};
use rapporteur_report::brief::{Brief, Options};
use rapporteur_report::export;
use rapporteur_report::filter::Filter;
use rapporteur_report::listing::{self, Sort};
use unicode_width::UnicodeWidthStr;

#[test]
fn the_brief_as_json_has_the_keys_of_the_contract() {
    let press = halver();
    let ledger = press.fold();
    let view = view(&press, &ledger);
    let json: serde_json::Value = serde_json::from_str(&Brief::of(&view, &Options::default()).json()).unwrap();
    for key in [
        "run",
        "as_of",
        "articles",
        "origins",
        "parties",
        "sticking_points",
        "issues",
        "shifts",
        "meetings",
        "deadlocks",
        "disputes",
        "notes",
    ] {
        assert!(json.get(key).is_some(), "{key}");
    }
    assert_eq!(json["articles"], 3);
    assert_eq!(json["as_of"], "2025-03-06");
    assert_eq!(json["issues"][0]["positions"][0]["kind"], "position");
}

#[test]
fn a_narrow_terminal_is_kept_to() {
    let press = halver();
    let ledger = press.fold();
    let view = view(&press, &ledger);
    let text = Brief::of(&view, &Options::default()).text(50, false);
    let too_long: Vec<&str> = text.lines().filter(|l| l.width() > 50).collect();
    assert!(too_long.is_empty(), "{too_long:?}");
}

#[test]
fn letters_two_columns_wide_are_counted_as_two() {
    let press = halver::with_wide_letters();
    let ledger = press.fold();
    let view = view(&press, &ledger);
    let text = Brief::of(&view, &Options::default()).text(50, false);
    assert!(text.contains("東京"), "{text}");
    let too_long: Vec<&str> = text.lines().filter(|l| l.width() > 50).collect();
    assert!(too_long.is_empty(), "{too_long:?}");
}

#[test]
fn colour_changes_no_word() {
    let press = halver();
    let ledger = press.fold();
    let view = view(&press, &ledger);
    let brief = Brief::of(&view, &Options::default());
    let mut plain = String::new();
    let mut in_mark = false;
    for c in brief.text(100, true).chars() {
        match c {
            '\u{1b}' => in_mark = true,
            'm' if in_mark => in_mark = false,
            c if !in_mark => plain.push(c),
            _ => {}
        }
    }
    assert_eq!(plain, brief.text(100, false));
}

#[test]
fn filters_keep_what_concerns_a_party_an_issue_and_a_time() {
    let press = halver();
    let ledger = press.fold();
    let view = view(&press, &ledger);
    let count = |set: &dyn Fn(&mut Filter)| {
        let mut filter = Filter::default();
        set(&mut filter);
        filter.rows(&view, listing::rows(&view, Sort::Positions)).len()
    };
    assert_eq!(count(&|_| ()), 3);
    assert_eq!(count(&|f| f.party = Some("Weavers".into())), 2);
    assert_eq!(count(&|f| f.issue = Some("pay".into())), 2);
    assert_eq!(count(&|f| f.from = Some("2025-03-05".parse().unwrap())), 2);
    assert_eq!(count(&|f| f.min_confidence = 0.95), 0);
    assert_eq!(count(&|f| f.party = Some("nobody".into())), 0);
}

#[test]
fn records_come_in_the_order_of_the_contract() {
    let press = halver();
    let ledger = press.fold();
    let view = view(&press, &ledger);
    let rows = export::rows(&view);
    let place = |kind: &str| export::KINDS.iter().position(|k| *k == kind).unwrap();
    let order: Vec<(usize, bool)> = rows.iter().map(|r| (place(r.kind), r.date.is_none())).collect();
    assert!(order.is_sorted(), "{order:?}");
    for row in &rows {
        let keys: Vec<&str> = row.value.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys[..2], ["kind", "id"]);
    }
    for evidence in rows.iter().filter_map(|r| r.value["evidence"].as_array()).flatten() {
        let article = view.witnesses.iter().find(|w| w.article.id.as_str() == evidence["article"]).unwrap().article;
        let range = evidence["start"].as_u64().unwrap() as usize..evidence["end"].as_u64().unwrap() as usize;
        assert_eq!(article.text.get(range).unwrap(), evidence["text"].as_str().unwrap());
    }
}

/// What lies behind is not next, and of what nobody knows what is meant no line is made.
#[test]
fn only_what_is_ahead_is_next_and_only_what_is_known_is_summed_up() {
    use rapporteur_ledger::{Deadline, Named, Status};
    use rapporteur_reading::model::{DeadlineState, RefKind, StatusSort};
    use rapporteur_text::{Basis, When};
    let press = halver();
    let mut ledger = press.fold();
    let merged = ledger.positions[0].merged.clone();
    for (n, (day, matter)) in
        [("2025-03-05", "to vote"), ("2025-03-20", "to pay"), ("2025-03-10", "to reply")].iter().enumerate()
    {
        let mut merged = merged.clone();
        merged.id = rapporteur_text::ItemId::of_words("deadline", &[matter], n);
        let when = When::on(day.parse().unwrap(), "", Basis::Stated);
        let state = DeadlineState::Set;
        ledger.deadlines.push(Deadline { merged, by: None, matter: matter.to_string(), when, state, moved_to: None });
    }
    for (n, (words, by)) in [("it", "Ann Lee"), ("the looms", "he"), ("the mills", "Ann Lee")].iter().enumerate() {
        let mut merged = merged.clone();
        merged.id = rapporteur_text::ItemId::of_words("status", &[words], n);
        ledger.statuses.push(Status {
            merged,
            issue: Some(Named::unresolved(RefKind::Issue, words)),
            proposal: None,
            point: None,
            status: StatusSort::Blocked,
            according_to: Some(Named::unresolved(RefKind::Person, by)),
            percent: None,
            said: When::unknown(),
            since: None,
        });
    }
    let text = Brief::of(&view(&press, &ledger), &Options::default()).text(100, false);
    let next = text.split("NEXT").nth(1).unwrap_or_else(|| panic!("{text}"));
    assert!(!next.contains("to vote"), "{next}");
    assert!(next.find("to reply").unwrap() < next.find("to pay").unwrap(), "{next}");
    let known = text.split("HOW FAR IT HAS COME").nth(1).unwrap_or_else(|| panic!("{text}"));
    assert!(
        known.contains("the mills blocked") && !known.contains("it blocked") && !known.contains("the looms"),
        "{known}"
    );
}
