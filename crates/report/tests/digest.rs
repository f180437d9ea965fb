//! What a digest tells of positions that move, and of what is gone, over a press of our own making.

mod halver;

use halver::press::{Press, Told, says};
use halver::view;
use rapporteur_reading::model::{Act, Polarity};
use rapporteur_report::brief::{Digest, Known, Options};
use serde_json::Value;

const WEAVERS: usize = 0;
const OWNERS: usize = 1;
const PAY: usize = 0;
const HOURS: usize = 1;

const DEMAND: &str = "The weavers of Halver demanded nine percent more pay.";
const FIRST: &str = "The owners accepted longer hours.";

fn told(day: &'static str, polarity: Polarity, words: &str) -> Told {
    let act = if polarity == Polarity::For { Act::Accept } else { Act::Refuse };
    Told { day, says: vec![says(OWNERS, act, polarity, HOURS, words)] }
}

fn demand() -> Told {
    Told { day: "2025-03-01", says: vec![says(WEAVERS, Act::Demand, Polarity::For, PAY, DEMAND)] }
}

/// What a reader knows of these talks, kept and read back.
fn known(press: &Press) -> Known {
    let ledger = press.fold();
    let known = Known::of(&view(press, &ledger), &Options::default().filter);
    Known::from_json(&known.to_json()).unwrap()
}

fn since(before: &Known, now: &Press) -> (Value, String) {
    let ledger = now.fold();
    let view = view(now, &ledger);
    let digest = Digest::of(&view, &Options::default(), Some(before), Some("Monday"));
    // who has seen this is told nothing of it again
    let after = Known::from_json(
        &serde_json::to_vec(&serde_json::from_slice::<Value>(&digest.known().to_json()).unwrap()).unwrap(),
    );
    let again = Digest::of(&view, &Options::default(), Some(&after.unwrap()), Some("Monday"));
    assert!(again.text(100, false).contains("Nothing has moved"), "{}", again.text(100, false));
    (serde_json::from_str(&digest.json()).unwrap(), digest.text(100, false))
}

/// Of these records of it what changed, as `changed against`.
fn moved(digest: &Value, section: &str, stance: &str) -> Vec<String> {
    let one = |r: &Value| format!("{} {}", r["change"].as_str().unwrap(), r[stance].as_str().unwrap());
    digest[section].as_array().unwrap().iter().map(one).collect()
}

#[test]
fn a_position_that_shifts_is_told_once_by_its_shift() {
    let first = Press::of(&[demand(), told("2025-03-02", Polarity::For, FIRST)]);
    let refused = told("2025-03-06", Polarity::Against, "The owners refused longer hours.");
    let now = Press::of(&[demand(), told("2025-03-02", Polarity::For, FIRST), refused]);
    let (digest, _) = since(&known(&first), &now);
    assert_eq!(moved(&digest, "shifts", "to"), ["new against"]);
    assert!(moved(&digest, "positions", "stance").is_empty(), "{digest}");
}

/// Words that say of themselves that they only repeat make no shift, yet the position has turned.
#[test]
fn a_position_that_turns_by_words_that_only_repeat_is_told() {
    let first = Press::of(&[demand(), told("2025-03-02", Polarity::For, FIRST)]);
    let repeated = told("2025-03-06", Polarity::Against, "The owners remained opposed to longer hours.");
    let now = Press::of(&[demand(), told("2025-03-02", Polarity::For, FIRST), repeated]);
    let (digest, text) = since(&known(&first), &now);
    assert_eq!(moved(&digest, "shifts", "to"), Vec::<String>::new());
    assert_eq!(moved(&digest, "positions", "stance"), ["changed against"]);
    assert!(text.contains("POSITIONS") && text.contains("remained opposed to longer hours"), "{text}");
}

/// A person corrects the stance of the one statement that a position rests on.
#[test]
fn a_position_that_a_correction_turns_is_told() {
    let first = Press::of(&[demand(), told("2025-03-02", Polarity::For, FIRST)]);
    let now = Press::of(&[demand(), told("2025-03-02", Polarity::Against, FIRST)]);
    let (digest, _) = since(&known(&first), &now);
    assert_eq!(moved(&digest, "shifts", "to"), Vec::<String>::new());
    assert_eq!(moved(&digest, "positions", "stance"), ["changed against"]);
    assert!(digest["positions"][0]["before"].as_str().is_some_and(|b| b.contains("for")), "{digest}");
}

/// What is gone is shown with the very sentence that was seen, or with none: never with what stands in its place.
#[test]
fn what_is_gone_has_its_own_sentence_or_none() {
    let before = Press::of(&[demand(), told("2025-03-02", Polarity::For, FIRST)]);
    let gone = |known: &Known, words: &str| {
        // an article that says something else of other talks, in a text of as many bytes
        let says = vec![says(WEAVERS, Act::Demand, Polarity::For, PAY, words)];
        let now = Press::of(&[demand(), Told { day: "2025-03-02", says }]);
        let (digest, text) = since(known, &now);
        let gone = digest["gone"].as_array().unwrap();
        assert_eq!(gone.len(), 1, "{digest}");
        (gone[0]["sentence"].as_str().unwrap().to_string(), text)
    };
    let seen = known(&before);
    let (sentence, text) = gone(&seen, FIRST);
    assert!(sentence == FIRST && text.contains(FIRST), "{text}");
    let other = "The rain fell on the mills today.";
    assert_eq!(other.len(), FIRST.len());
    let (sentence, text) = gone(&seen, other);
    assert_eq!(sentence, "");
    assert!(text.contains("its sentence is not there any more") && text.matches(other).count() <= 1, "{text}");
    // it stands elsewhere in the text that was read anew, even in the midst of other words
    let moved = format!("Halver, 2 March: {FIRST} So said two of them.");
    assert_eq!(gone(&seen, &moved).0, FIRST);
    // what was kept without a digest of the sentence cannot vouch for it
    let mut json: Value = serde_json::from_slice(&seen.to_json()).unwrap();
    json["records"].as_object_mut().unwrap().values_mut().for_each(|r| r.as_array_mut().unwrap().truncate(7));
    let older = Known::from_json(json.to_string().as_bytes()).unwrap();
    assert_eq!(gone(&older, FIRST).0, "");
    // nor is there any where the article is gone
    let (digest, text) = since(&seen, &Press::of(&[demand()]));
    assert_eq!(digest["gone"][0]["sentence"], "");
    assert!(text.contains("its article is not there any more"), "{text}");
}

/// The id of a proposal is that of its first report by id; all its points rest on one report. When another report of it is
/// found, the id changes, and nothing has moved.
#[test]
fn points_of_a_proposal_that_is_found_in_more_reports_are_no_news() {
    let paper = |day, words: &str| {
        let says = vec![
            says(OWNERS, Act::Offer, Polarity::For, PAY, words),
            says(OWNERS, Act::Offer, Polarity::For, HOURS, FIRST),
        ];
        Told { day, says }
    };
    let press = |reports: usize| {
        let days = ["2025-03-02", "2025-03-03", "2025-03-04", "2025-03-05", "2025-03-06", "2025-03-07"];
        let mut told = vec![demand()];
        told.extend(days[..reports].iter().map(|day| paper(day, "The owners tabled a paper of nine points.")));
        let mut press = Press::of(&told);
        (1..=reports).for_each(|article| press.paper(article, 9, &[Some(2)]));
        press
    };
    let (first, now) = (press(1), press(6));
    let id = |press: &Press| {
        let ledger = press.fold();
        assert_eq!((ledger.proposals.len(), ledger.statuses.len()), (1, 9));
        ledger.proposals[0].merged.id.clone()
    };
    assert_ne!(id(&first), id(&now), "the case is that the id changes");
    let (digest, text) = since(&known(&first), &now);
    assert!(
        digest["statuses"].as_array().unwrap().is_empty() && digest["gone"].as_array().unwrap().is_empty(),
        "{text}"
    );
    assert!(digest["positions"].as_array().unwrap().is_empty(), "{text}");
    // what was kept by an earlier version does not know what sets the points apart
    let mut json: Value = serde_json::from_slice(&known(&first).to_json()).unwrap();
    json["schema"] = 1.into();
    json["records"].as_object_mut().unwrap().values_mut().for_each(|r| r.as_array_mut().unwrap().truncate(8));
    let (digest, text) = since(&Known::from_json(json.to_string().as_bytes()).unwrap(), &now);
    assert!(
        digest["statuses"].as_array().unwrap().is_empty() && digest["gone"].as_array().unwrap().is_empty(),
        "{text}"
    );
}
