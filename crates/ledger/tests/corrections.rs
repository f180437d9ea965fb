//! What a person decided is applied before the fold, survives a re-reading, and can be undone.

mod press;

use press::{Press, Says, Told, says, series};
use proptest::prelude::*;
use rapporteur_dossier::{CorrectionId, Corrections, correct_names};
use rapporteur_ledger::{Ledger, Outcome, Plan, Trace, Witness, effect, fold};
use rapporteur_reading::model::{Act, ConditionSort, Polarity};

const WEAVERS: usize = 0;
const OWNERS: usize = 1;
const PAY: usize = 0;
const HOURS: usize = 1;

fn talks() -> Vec<Told> {
    let refused = "The owners refused any rise, the paper said.";
    vec![
        Told {
            day: "2025-03-01",
            says: vec![says(WEAVERS, Act::Demand, Polarity::For, PAY, "The weavers want more pay.")],
        },
        Told {
            day: "2025-03-02",
            says: vec![
                says(WEAVERS, Act::Demand, Polarity::For, PAY, "They want it soon."),
                says(OWNERS, Act::Refuse, Polarity::Against, PAY, refused),
            ],
        },
        Told {
            day: "2025-03-09",
            says: vec![
                says(OWNERS, Act::Accept, Polarity::For, PAY, "The owners will pay.").on(ConditionSort::If, HOURS),
            ],
        },
    ]
}

fn corrections(lines: &[String]) -> Corrections {
    let line = |(i, l): (usize, &String)| format!(r#"{{"schema":1,"id":"c-{i}","at":"2025-04-01","by":"A. Lee",{l}}}"#);
    let text: Vec<String> = lines.iter().enumerate().map(line).collect();
    Corrections::from_jsonl(&text.join("\n"), "c.jsonl").unwrap()
}

/// The ledger and the trace of a press under corrections.
fn corrected(press: &Press, corrections: &Corrections) -> (Ledger, Trace) {
    let (dossier, names) = correct_names(&press.dossier, corrections);
    let plan = Plan::new(&dossier, corrections);
    let witnesses = press.witnesses();
    let all: Vec<_> = witnesses.iter().map(|w| plan.apply(w.article, w.reading, w.resolution)).collect();
    let now: Vec<Witness<'_>> = witnesses
        .iter()
        .zip(&all)
        .map(|(w, c)| match c {
            Some(c) => Witness { article: w.article, reading: &c.reading, resolution: &c.resolution },
            None => *w,
        })
        .collect();
    let ledger = fold(&dossier, &now);
    let touched = all.iter().flatten().map(|c| &c.touched);
    let trace = Trace::of(corrections, &names, touched).with_merged(corrections, &ledger);
    (ledger, trace)
}

/// The id of a statement, by article and number.
fn id(press: &Press, article: usize, number: usize) -> String {
    press.witnesses()[article].reading.statements[number].item.id().to_string()
}

#[track_caller]
fn check(lines: impl Fn(&Press) -> Vec<String>, party: usize, issue: usize, expected: &str) -> (Ledger, Trace) {
    let press = Press::of(&talks());
    let (ledger, trace) = corrected(&press, &corrections(&lines(&press)));
    assert_eq!(series(&ledger, party, issue), expected);
    (ledger, trace)
}

#[test]
fn nothing_rests_on_what_is_not_so() {
    let (ledger, trace) =
        check(|p| vec![format!(r#""do":"reject","item":"{}""#, id(p, 1, 1))], OWNERS, PAY, "2025-03-09 open");
    assert_eq!(ledger.shifts.len(), 0);
    let press = Press::of(&talks());
    assert_eq!(trace.outcomes, [Outcome::Applied(vec![id(&press, 1, 1)])]);
    assert!(!ledger.stances.contains_key(&rapporteur_text::ItemId::from_written(id(&press, 1, 1))));
}

#[test]
fn a_changed_holder_issue_day_and_stance_are_followed_downstream() {
    let change = |p: &Press, what: &str| vec![format!(r#""do":"change","item":"{}",{what}"#, id(p, 1, 1))];
    check(|p| change(p, r#""holder":"mediator""#), 2, PAY, "2025-03-02 against");
    check(|p| change(p, r#""holder":"mediator""#), OWNERS, PAY, "2025-03-09 open");
    check(|p| change(p, r#""issue":"looms""#), OWNERS, 2, "2025-03-02 against");
    check(|p| change(p, r#""issue":null"#), OWNERS, PAY, "2025-03-09 open");
    check(|p| change(p, r#""date":"2025-02-20""#), OWNERS, PAY, "2025-02-20 against, 2025-03-09 open");
    check(|p| change(p, r#""stance":"for""#), OWNERS, PAY, "2025-03-02 for, 2025-03-09 open");
    check(|p| change(p, r#""polarity":"for","act":"accept""#), OWNERS, PAY, "2025-03-02 for, 2025-03-09 open");
    // a conditional acceptance is open, unless a person says where its holder stands
    let sure = |p: &Press| vec![format!(r#""do":"change","item":"{}","stance":"for""#, id(p, 2, 0))];
    check(sure, OWNERS, PAY, "2025-03-02 against, 2025-03-09 for");
    // what warns and threatens moves nothing
    check(|p| change(p, r#""act":"threaten""#), OWNERS, PAY, "2025-03-09 open");
}

#[test]
fn what_is_accepted_is_sure_and_weighs_fully() {
    let mut told = talks();
    told[1].says[1].confidence = 0.1;
    let mut press = Press::of(&told);
    press.guess(1);
    assert_eq!(series(&press.fold(), OWNERS, PAY), "2025-03-09 open");
    let accept = corrections(&[format!(r#""do":"accept","item":"{}""#, id(&press, 1, 1))]);
    let (ledger, _) = corrected(&press, &accept);
    assert_eq!(series(&ledger, OWNERS, PAY), "2025-03-02 against, 2025-03-09 open");
    let position = ledger.shifts.first().unwrap();
    assert!(position.merged.members.iter().any(|m| m.as_str() == id(&press, 1, 1)));
}

#[test]
fn an_item_added_by_hand_is_folded_like_those_read() {
    let add = r#""do":"add","article":"a-00","sentence":"The weavers want more pay.","kind":"statement","holder":{"text":"weavers","is":"owners"},"predicate":"want","matter":"more pay","act":"refuse","polarity":"against","issue":"hours","date":"2025-02-28""#;
    let (ledger, trace) = check(|_| vec![add.to_string()], OWNERS, HOURS, "2025-02-28 against");
    let position =
        ledger.positions.iter().find(|p| p.party.id == "owners" && p.series[0].from.to_string() == "2025-02-28");
    let merged = &position.unwrap().merged;
    let press = Press::of(&talks());
    assert_eq!(merged.evidence[0].evidence.span.slice(&press.witnesses()[0].article.text), "weavers want more pay");
    assert_eq!((merged.confidence, trace.touched.len()), (1.0, 1));
    // and what was added can be corrected
    let member = &merged.members[0];
    let lines = vec![add.to_string(), format!(r#""do":"change","item":"{member}","issue":"looms""#)];
    check(|_| lines.clone(), OWNERS, 2, "2025-02-28 against");
    // the sentence is not there
    let lost = add.replace("The weavers want more pay.", "The weavers want more pay!");
    let (_, trace) = check(|_| vec![lost.clone()], OWNERS, HOURS, "");
    assert_eq!(trace.outcomes, [Outcome::Unfit("its sentence is not in the article any more".into())]);
}

#[test]
fn of_two_corrections_of_one_field_the_later_wins() {
    let two = |p: &Press| {
        let item = id(p, 1, 1);
        vec![
            format!(r#""do":"change","item":"{item}","stance":"open","issue":"looms""#),
            format!(r#""do":"change","item":"{item}","polarity":"for","act":"accept""#),
        ]
    };
    // the issue of the first holds, its stance does not: polarity and stance are one field
    let (_, trace) = check(two, OWNERS, 2, "2025-03-02 for");
    assert!(trace.outcomes.iter().all(|o| matches!(o, Outcome::Applied(_))), "{trace:?}");
    let three = |p: &Press| {
        let item = id(p, 1, 1);
        vec![
            format!(r#""do":"reject","item":"{item}""#),
            format!(r#""do":"change","item":"{item}","act":"refuse""#),
            format!(r#""do":"accept","item":"{item}""#),
        ]
    };
    let (_, trace) = check(three, OWNERS, PAY, "2025-03-02 against, 2025-03-09 open");
    assert_eq!(trace.outcomes[0], Outcome::Overruled(CorrectionId::new("c-2")));
    assert!(matches!(trace.outcomes[1], Outcome::Applied(_)));
}

/// "want" with two matters is two statements; each says what it says, and each can be corrected.
#[test]
fn items_added_with_other_matters_are_other_items() {
    let add = |matter: &str, issue: &str| {
        format!(
            r#""do":"add","article":"a-00","sentence":"The weavers want more pay.","kind":"statement","holder":{{"text":"weavers","is":"mediator"}},"predicate":"want","matter":"{matter}","act":"refuse","polarity":"against","issue":"{issue}","date":"2025-02-28""#
        )
    };
    let both = |_: &Press| vec![add("more pay", "hours"), add("pay", "looms")];
    let (_, trace) = check(both, 2, 1, "2025-02-28 against");
    check(both, 2, 2, "2025-02-28 against");
    let ids: Vec<&Outcome> = trace.outcomes.iter().collect();
    assert!(matches!(ids.as_slice(), [Outcome::Applied(a), Outcome::Applied(b)] if a != b), "{ids:?}");
    // what was read stays, but where its very words are marked
    check(both, WEAVERS, PAY, "2025-03-01 for");
    // the same words again: the later holds
    let (_, trace) = check(|_| vec![add("pay", "hours"), add("pay", "looms")], 2, 2, "2025-02-28 against");
    assert_eq!(trace.outcomes[0], Outcome::Overruled(CorrectionId::new("c-1")));
    check(|_| vec![add("pay", "hours"), add("pay", "looms")], 2, 1, "");
}

/// A reading turned down, then written down right at the same words: the later holds, whichever it is.
#[test]
fn between_an_item_added_at_the_words_of_one_read_and_what_was_decided_on_that_the_later_wins() {
    let words = &talks()[1].says[1].words;
    let add = format!(
        r#""do":"add","article":"a-01","sentence":"{words}","kind":"statement","holder":{{"text":"{words}","is":"mediator"}},"predicate":"{words}","matter":"{words}","act":"refuse","polarity":"against","issue":"looms","date":"2025-03-02""#
    );
    let reject = |p: &Press| format!(r#""do":"reject","item":"{}""#, id(p, 1, 1));
    let change = |p: &Press| format!(r#""do":"change","item":"{}","holder":"weavers""#, id(p, 1, 1));
    let overruled = |by: &str| Outcome::Overruled(CorrectionId::new(by));
    let (_, trace) = check(|p| vec![reject(p), change(p), add.clone()], 2, 2, "2025-03-02 against");
    assert_eq!(trace.outcomes[..2], [overruled("c-2"), overruled("c-2")]);
    assert!(matches!(trace.outcomes[2], Outcome::Applied(_)));
    // the item that was read has given way
    check(|p| vec![reject(p), add.clone()], OWNERS, PAY, "2025-03-09 open");
    let (_, trace) = check(|p| vec![add.clone(), reject(p)], 2, 2, "");
    assert_eq!(trace.outcomes[0], overruled("c-1"));
    assert!(matches!(trace.outcomes[1], Outcome::Applied(_)));
    check(|p| vec![add.clone(), change(p)], WEAVERS, 2, "2025-03-02 against");
    // a note is kept, whenever it was written
    let note = |p: &Press| format!(r#""do":"note","item":"{}","note":"n""#, id(p, 1, 1));
    let (_, trace) = check(|p| vec![note(p), add.clone()], 2, 2, "2025-03-02 against");
    assert!(matches!(trace.outcomes[0], Outcome::Applied(_)));
}

/// The sentence of an added item may not begin or end within a word.
#[test]
fn a_sentence_that_cuts_a_word_is_none_of_the_article() {
    for (sentence, whole) in [("he weavers want more", false), ("weavers want mor", false), ("weavers want more", true)]
    {
        let add = format!(
            r#""do":"add","article":"a-00","sentence":"{sentence}","kind":"statement","holder":{{"text":"weavers","is":"mediator"}},"predicate":"want","matter":"want","act":"refuse","polarity":"against","issue":"hours","date":"2025-02-28""#
        );
        let (_, trace) = check(|_| vec![add.clone()], 2, HOURS, if whole { "2025-02-28 against" } else { "" });
        let unfit = Outcome::Unfit("its sentence is not in the article any more".into());
        assert_eq!(trace.outcomes[0] == unfit, !whole, "{sentence}: {:?}", trace.outcomes);
    }
}

/// Other rules read a longer first sentence and another number of statements: the second keeps its words and its id.
#[test]
fn corrections_survive_a_reading_with_other_offsets() {
    let press = Press::of(&talks());
    let seen = r#""seen":{"article":"a-01","sentence":"They want it soon."}"#;
    let all = corrections(&[
        format!(r#""do":"change","item":"{}","stance":"open""#, id(&press, 1, 1)),
        format!(r#""do":"reject","item":"{}",{seen}"#, id(&press, 1, 0)),
    ]);
    let mut later = talks();
    later[1].says[0].words = "They want it soon, they told the paper of their town.".to_string();
    let shifted = Press::of(&later);
    let (before, after) = (press.witnesses()[1], shifted.witnesses()[1]);
    let span = |w: &Witness<'_>| w.reading.statements[1].item.span();
    assert_ne!(span(&before), span(&after));
    let (ledger, trace) = corrected(&shifted, &all);
    assert_eq!(series(&ledger, OWNERS, PAY), "2025-03-02 open");
    // the other one's sentence is gone: it is listed
    assert_eq!(trace.outcomes[1], Outcome::Gone(Vec::new()));
}

/// The sentence is there, but rules that came later make another item of it.
#[test]
fn a_correction_whose_item_is_gone_says_what_stands_there_now() {
    let press = Press::of(&talks());
    let refused = &talks()[1].says[1].words;
    let line = format!(
        r#""do":"reject","item":"statement-ffffffffffffffff","seen":{{"article":"a-01","sentence":"{refused}"}}"#
    );
    let (ledger, trace) = corrected(&press, &corrections(&[line]));
    assert_eq!(ledger, press.fold());
    let now = rapporteur_text::ItemId::from_written(id(&press, 1, 1));
    assert_eq!(trace.outcomes, [Outcome::Gone(vec![now])]);
}

#[test]
fn what_cannot_be_applied_says_why() {
    let press = Press::of(&talks());
    let item = id(&press, 1, 1);
    let (ledger, trace) = corrected(
        &press,
        &corrections(&[
            format!(r#""do":"change","item":"{item}","holder":"zzz""#),
            format!(r#""do":"change","item":"{item}","issue":"qqq""#),
        ]),
    );
    assert_eq!(ledger, press.fold());
    let unfit = |words: &str| Outcome::Unfit(words.into());
    assert_eq!(
        trace.outcomes,
        [unfit("the dossier has no party or person `zzz`, or several"), unfit("the dossier has no issue `qqq`")]
    );
}

/// No field of a correction counts that names someone nobody knows, and it stands in for none before it.
#[test]
fn what_cannot_be_applied_has_no_effect_at_all() {
    let unfit = |what: &str| Outcome::Unfit(what.into());
    let no_one = "the dossier has no party or person `Nobody Known`, or several";
    for (what, why) in [
        (r#""polarity":"for","act":"accept","holder":"Nobody Known""#, no_one),
        (r#""stance":"for","date":"2025-01-01","issue":"qqq""#, "the dossier has no issue `qqq`"),
    ] {
        let press = Press::of(&talks());
        let line = format!(r#""do":"change","item":"{}",{what}"#, id(&press, 1, 1));
        let (ledger, trace) = corrected(&press, &corrections(&[line]));
        assert_eq!((ledger, trace.touched.len()), (press.fold(), 0));
        assert_eq!(trace.outcomes, [unfit(why)]);
    }
    let two = |p: &Press| {
        let change = |holder: &str| format!(r#""do":"change","item":"{}","holder":"{holder}""#, id(p, 1, 1));
        vec![change("mediator"), change("Nobody Known")]
    };
    let (_, trace) = check(two, 2, PAY, "2025-03-02 against");
    assert!(matches!(trace.outcomes[0], Outcome::Applied(_)), "{trace:?}");
    assert_eq!(trace.outcomes[1], unfit(no_one));
}

#[test]
fn the_effect_names_what_is_gone_new_and_changed() {
    let press = Press::of(&talks());
    let before = press.fold();
    let reject = corrections(&[format!(r#""do":"reject","item":"{}""#, id(&press, 1, 1))]);
    let (after, _) = corrected(&press, &reject);
    let found = effect(&before, &after);
    let gone: Vec<&str> = found.gone.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(gone, ["shift", "statement"]);
    let changed: Vec<&str> = found.changed.iter().map(|m| m.kind).collect();
    assert_eq!(changed, ["position"]);
    assert!(found.new.is_empty());
    let back = effect(&after, &before);
    let new: Vec<&str> = back.new.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(new, gone);
    assert!(effect(&before, &before).is_empty());
}

const DAYS: [&str; 4] = ["2025-03-01", "2025-03-02", "2025-03-05", ""];

fn told() -> impl Strategy<Value = Told> {
    let one =
        (0..3_usize, 0..3_usize, 0..Act::ALL.len(), 0..4_usize, 0..3_u8).prop_map(|(party, issue, act, p, words)| {
            let words = format!("Sentence {words} of party {party} on matter {issue}.");
            Says { confidence: 0.8, ..says(party, Act::ALL[act], Polarity::ALL[p], issue, &words) }
        });
    (0..DAYS.len(), proptest::collection::vec(one, 1..4)).prop_map(|(day, says)| Told { day: DAYS[day], says })
}

/// Decisions on any item, by a number that is taken modulo those there are.
fn decision() -> impl Strategy<Value = (usize, String)> {
    let what = prop_oneof![
        Just(r#""do":"accept""#.to_string()),
        Just(r#""do":"reject""#.to_string()),
        Just(r#""do":"note","note":"n""#.to_string()),
        (0..3_usize).prop_map(|i| format!(r#""do":"change","issue":"{}""#, press::ISSUES[i])),
        (0..3_usize).prop_map(|i| format!(r#""do":"change","holder":"{}""#, press::PARTIES[i])),
        (0..4_usize).prop_map(|i| format!(r#""do":"change","stance":"{}""#, Polarity::ALL[i].as_str())),
        (0..4_usize).prop_map(|i| format!(r#""do":"change","polarity":"{}""#, Polarity::ALL[i].as_str())),
    ];
    (0..30_usize, what)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undoing_all_restores_the_ledger_and_the_order_of_articles_changes_nothing(
        all in proptest::collection::vec(told(), 1..8),
        decisions in proptest::collection::vec(decision(), 1..8),
    ) {
        let press = Press::of(&all);
        let witnesses = press.witnesses();
        let ids: Vec<String> = witnesses
            .iter()
            .flat_map(|w| w.reading.statements.iter().map(|s| s.item.id().to_string()))
            .collect();
        let mut lines: Vec<String> =
            decisions.iter().map(|(n, what)| format!(r#"{what},"item":"{}""#, ids[n % ids.len()])).collect();
        let decided = corrections(&lines);
        let (ledger, trace) = corrected(&press, &decided);
        // each correction is accounted for, and every record that a holding one touches says so
        prop_assert_eq!(trace.outcomes.len(), decided.all().len());
        for (correction, outcome) in decided.all().iter().zip(&trace.outcomes) {
            let item = correction.decision.item().unwrap().as_str();
            match outcome {
                Outcome::Applied(_) => prop_assert!(trace.touched[item].contains(&correction.id)),
                Outcome::Overruled(by) => {
                    let later = decided.all().iter().position(|c| c.id == *by).unwrap();
                    let own = decided.all().iter().position(|c| c.id == correction.id).unwrap();
                    let rejects = matches!(decided.all()[later].decision, rapporteur_dossier::Decision::Reject { .. });
                    prop_assert!(later > own || rejects);
                }
                other => prop_assert!(false, "{:?}", other),
            }
        }
        // the same whatever order the articles come in
        let plan = Plan::new(&press.dossier, &decided);
        let mut now: Vec<_> = witnesses
            .iter()
            .map(|w| (w, plan.apply(w.article, w.reading, w.resolution)))
            .collect();
        now.reverse();
        let reversed: Vec<Witness<'_>> = now
            .iter()
            .map(|(w, c)| match c {
                Some(c) => Witness { article: w.article, reading: &c.reading, resolution: &c.resolution },
                None => **w,
            })
            .collect();
        prop_assert_eq!(&ledger, &fold(&press.dossier, &reversed));
        // lists that run parallel still do
        for (_, c) in now.iter().filter(|(_, c)| c.is_some()) {
            let c = c.as_ref().unwrap();
            prop_assert_eq!(c.reading.statements.len(), c.resolution.statements.len());
            prop_assert_eq!(c.reading.statements.len(), c.resolution.conditions.len());
            prop_assert_eq!(c.reading.entities.len(), c.resolution.entities.len());
        }
        let undo: Vec<String> = (0..lines.len()).map(|i| format!(r#""do":"undo","correction":"c-{i}""#)).collect();
        lines.extend(undo);
        let (undone, trace) = corrected(&press, &corrections(&lines));
        prop_assert_eq!(undone, press.fold());
        prop_assert!(trace.outcomes.iter().take(decisions.len()).all(|o| matches!(o, Outcome::Undone(_))));
    }
}
