//! What moves a position, what does not, and what waits on what.

mod press;

use press::{Press, Told, history, says, series, shifts};
use rapporteur_reading::model::{Act, ConditionSort, Polarity};

const WEAVERS: usize = 0;
const OWNERS: usize = 1;
const PAY: usize = 0;
const HOURS: usize = 1;

fn told(day: &'static str, says: Vec<press::Says>) -> Told {
    Told { day, says }
}

#[test]
fn a_changed_stance_is_a_shift_and_a_restatement_is_none() {
    let press = Press::of(&[
        told("2025-03-01", vec![says(OWNERS, Act::Refuse, Polarity::Against, PAY, "The owners refused to raise pay.")]),
        told(
            "2025-03-04",
            vec![says(OWNERS, Act::Reject, Polarity::Against, PAY, "The owners again ruled a rise out.")],
        ),
        told(
            "2025-03-09",
            vec![says(OWNERS, Act::OpenTo, Polarity::Open, PAY, "The owners said a rise was conceivable.")],
        ),
        told("2025-03-11", vec![says(OWNERS, Act::Accept, Polarity::For, PAY, "The owners accepted nine percent.")]),
    ]);
    let ledger = press.fold();
    assert_eq!(series(&ledger, OWNERS, PAY), "2025-03-01 against, 2025-03-09 open, 2025-03-11 for");
    assert_eq!(shifts(&ledger), ["owners pay against open softer 2025-03-09", "owners pay open for softer 2025-03-11"]);
}

#[test]
fn what_only_looks_like_a_move_has_a_name() {
    let no = |words: &str| says(OWNERS, Act::Refuse, Polarity::Against, PAY, words);
    let open = |words: &str| says(OWNERS, Act::OpenTo, Polarity::Open, PAY, words);
    let press = Press::of(&[
        told("2025-03-01", vec![no("The owners refused to raise pay.")]),
        told("2025-03-01", vec![no("No rise is to be had, said the owners.")]),
        told("2025-03-04", vec![no("The owners said again that there was nothing for the weavers.")]),
        told("2025-03-06", vec![no("Not before the looms run, the owners answered.").on(ConditionSort::Until, 2)]),
        told("2025-03-07", vec![no("Until the looms run there is no rise.").on(ConditionSort::Until, 2)]),
        told("2025-03-10", vec![open("The owners could imagine a rise.")]),
        told("2025-03-11", vec![open("A rise is not excluded, the owners repeated.")]),
        told("2025-03-12", vec![no("On the first of March the owners had refused any rise.").said_on("2025-03-02")]),
        told("2025-03-12", vec![no("The owners will not pay, as one paper has it.")]),
        told("2025-03-13", vec![open("The owners said once more that a rise is conceivable.")]),
    ]);
    let ledger = press.fold();
    assert_eq!(series(&ledger, OWNERS, PAY), "2025-03-01 against, 2025-03-10 open");
    assert_eq!(
        history(&ledger, OWNERS, PAY),
        [
            "first",
            "also-told",
            "late-report",
            "restatement",
            "detail",
            "restatement",
            "shift",
            "restatement",
            "contradiction",
            "restatement"
        ]
    );
}

#[test]
fn a_correction_is_no_shift() {
    let press = Press::of(&[
        told("2025-03-01", vec![says(OWNERS, Act::OpenTo, Polarity::Open, PAY, "The owners could pay more.")]),
        told(
            "2025-03-02",
            vec![says(
                OWNERS,
                Act::Refuse,
                Polarity::Against,
                PAY,
                "The owners had been misquoted: they would pay nothing.",
            )],
        ),
    ]);
    let ledger = press.fold();
    assert_eq!(history(&ledger, OWNERS, PAY), ["first", "correction"]);
    assert!(shifts(&ledger).is_empty());
}

#[test]
fn who_says_that_he_only_repeats_has_not_moved_that_day() {
    let of = |words: &str| says(OWNERS, Act::Reject, Polarity::Against, PAY, words).apart();
    let before =
        told("2025-03-01", vec![says(OWNERS, Act::OpenTo, Polarity::Open, PAY, "The owners could imagine a rise.")]);
    for words in ["The owners remained opposed.", "The owners again ruled it out.", "They restated their no."] {
        let press = Press::of(&[before.clone(), told("2025-03-05", vec![of(words)])]);
        let ledger = press.fold();
        assert!(shifts(&ledger).is_empty(), "{words}");
        assert_eq!(series(&ledger, OWNERS, PAY), "2025-03-01 open, 2025-03-05 against");
        assert_eq!(history(&ledger, OWNERS, PAY), ["first", "restatement"]);
    }
    // what another clause repeats says nothing of this one
    for words in [
        "Orders were down again, and the owners ruled a rise out.",
        "As losses continued to mount, the owners ruled a rise out.",
        "When talks opened again on Monday the owners ruled a rise out.",
        "With one point remaining, the owners ruled a rise out.",
        "The owners, who again lost money this year, ruled a rise out.",
    ] {
        let press = Press::of(&[before.clone(), told("2025-03-05", vec![of(words)])]);
        assert_eq!(shifts(&press.fold()).len(), 1, "{words}");
    }
    // they had moved before, on a day nobody told; that they decide so is a move by then
    let press = Press::of(&[
        before,
        told("2025-03-05", vec![of("The owners again ruled it out.")]),
        told("2025-03-09", vec![of("The owners voted a rise down.")]),
    ]);
    let ledger = press.fold();
    assert_eq!(shifts(&ledger), ["owners pay open against harder 2025-03-09"]);
    assert_eq!(history(&ledger, OWNERS, PAY), ["first", "restatement", "shift"]);
}

/// Who demands, opposes, supports or promises shows where he stands; a move takes, grants, opens or turns down.
#[test]
fn what_only_shows_where_a_party_stands_is_no_shift() {
    let open =
        told("2025-03-01", vec![says(OWNERS, Act::OpenTo, Polarity::Open, PAY, "The owners could imagine a rise.")]);
    for (act, is_move) in [(Act::Oppose, false), (Act::Demand, false), (Act::Promise, false), (Act::Refuse, true)] {
        let later = says(OWNERS, act, Polarity::Against, PAY, "The owners would have none of it.").apart();
        let press = Press::of(&[open.clone(), told("2025-03-05", vec![later])]);
        let ledger = press.fold();
        let telling = if is_move { "shift" } else { "restatement" };
        assert_eq!(history(&ledger, OWNERS, PAY), ["first", telling], "{act:?}");
        assert_eq!(shifts(&ledger).len(), usize::from(is_move));
        // the position is the new one all the same
        let now = ledger.positions.last().map(|p| p.series.last().map(|s| s.stance));
        assert_eq!(now, Some(Some(Polarity::Against)));
    }
}

#[test]
fn what_is_withdrawn_or_printed_elsewhere_is_no_correction() {
    let no = |words: &str| says(OWNERS, Act::Refuse, Polarity::Against, PAY, words);
    let yes = |words: &str| says(OWNERS, Act::Accept, Polarity::For, PAY, words);
    let aside = |words: &str| says(2, Act::Assert, Polarity::None, HOURS, words);
    for before in [
        "\u{201c}We wrote to the port on Monday,\u{201d} the mediator said.",
        "An earlier report by inspectors found no danger.",
        "In return the bank took it back.",
    ] {
        let press = Press::of(&[
            told("2025-03-01", vec![no("The owners refused to raise pay.")]),
            told("2025-03-05", vec![aside(before), yes("The owners retracted their refusal and accepted a rise.")]),
        ]);
        let ledger = press.fold();
        assert_eq!(history(&ledger, OWNERS, PAY), ["first", "shift"], "{before}");
    }
    let press = Press::of(&[
        told("2025-03-01", vec![yes("The owners would pay, wrote the paper.")]),
        told("2025-03-03", vec![aside("In some editions this stood otherwise."), no("The owners pay nothing.")]),
    ]);
    assert_eq!(history(&press.fold(), OWNERS, PAY), ["first", "correction"]);
}

#[test]
fn an_acceptance_with_a_condition_is_open() {
    let accepts = says(OWNERS, Act::Accept, Polarity::For, PAY, "The owners would pay if the looms ran at night.");
    let press = Press::of(&[told("2025-03-01", vec![accepts.on(ConditionSort::If, 2)])]);
    assert_eq!(series(&press.fold(), OWNERS, PAY), "2025-03-01 open");
}

/// "Not unless": what would make it an acceptance is told; "not until" and "not" refuse.
#[test]
fn a_refusal_unless_is_open() {
    let of = |sort: Option<ConditionSort>| {
        let refuses =
            says(OWNERS, Act::Refuse, Polarity::Against, PAY, "The owners would not pay unless the looms ran.");
        let refuses = match sort {
            Some(sort) => refuses.on(sort, 2),
            None => refuses,
        };
        series(&Press::of(&[told("2025-03-01", vec![refuses])]).fold(), OWNERS, PAY)
    };
    assert_eq!(of(Some(ConditionSort::Unless)), "2025-03-01 open");
    assert_eq!(of(Some(ConditionSort::Until)), "2025-03-01 against");
    assert_eq!(of(None), "2025-03-01 against");
}

#[test]
fn threats_and_hearsay_move_nothing() {
    let press = Press::of(&[
        told("2025-03-01", vec![says(WEAVERS, Act::Demand, Polarity::For, PAY, "The weavers demanded nine percent.")]),
        told("2025-03-02", vec![says(WEAVERS, Act::Threaten, Polarity::Against, PAY, "They threatened to walk out.")]),
        told(
            "2025-03-03",
            vec![
                says(WEAVERS, Act::OpenTo, Polarity::Open, PAY, "They would take six, somebody in the hall said.")
                    .unnamed(),
            ],
        ),
    ]);
    assert_eq!(series(&press.fold(), WEAVERS, PAY), "2025-03-01 for");
}

#[test]
fn an_issue_only_guessed_from_what_stands_around_moves_nothing() {
    let mut press = Press::of(&[
        told("2025-03-01", vec![says(WEAVERS, Act::Demand, Polarity::For, PAY, "The weavers demanded nine percent.")]),
        told("2025-03-02", vec![says(WEAVERS, Act::Reject, Polarity::Against, PAY, "That was out of the question.")]),
    ]);
    press.guess(1);
    assert_eq!(series(&press.fold(), WEAVERS, PAY), "2025-03-01 for");
}

#[test]
fn one_odd_report_among_several_moves_nothing() {
    let press = Press::of(&[
        told("2025-03-01", vec![says(OWNERS, Act::Refuse, Polarity::Against, PAY, "The owners refused a rise.")]),
        told("2025-03-05", vec![says(OWNERS, Act::Support, Polarity::For, PAY, "Owners are said to like the rise.")]),
        told("2025-03-05", vec![says(OWNERS, Act::Refuse, Polarity::Against, PAY, "No rise, the owners repeated.")]),
        told("2025-03-06", vec![says(OWNERS, Act::Refuse, Polarity::Against, PAY, "The owners stayed at nothing.")]),
    ]);
    let ledger = press.fold();
    assert_eq!(series(&ledger, OWNERS, PAY), "2025-03-01 against");
    assert!(ledger.positions[0].disputed);
    assert!(shifts(&ledger).is_empty());
}

#[test]
fn a_refusal_that_only_lasts_keeps_what_was_offered() {
    let offer = says(OWNERS, Act::OpenTo, Polarity::Open, PAY, "The owners could pay more once the looms ran.");
    let refusal = says(OWNERS, Act::Refuse, Polarity::Against, PAY, "No rise until the looms run, they said.");
    let press = Press::of(&[
        told("2025-03-01", vec![offer.on(ConditionSort::After, 2)]),
        told("2025-03-04", vec![refusal.clone().on(ConditionSort::Until, 2)]),
    ]);
    assert_eq!(series(&press.fold(), OWNERS, PAY), "2025-03-01 open");
    let alone = Press::of(&[told("2025-03-04", vec![refusal.on(ConditionSort::Until, 2)])]);
    assert_eq!(series(&alone.fold(), OWNERS, PAY), "2025-03-04 against");
}

#[test]
fn what_has_no_day_has_no_place_in_the_series() {
    let press = Press::of(&[told("", vec![says(OWNERS, Act::Refuse, Polarity::Against, PAY, "The owners refused.")])]);
    assert_eq!(series(&press.fold(), OWNERS, PAY), "");
}

#[test]
fn conditions_that_wait_on_each_other_are_a_deadlock_until_one_falls() {
    let hours =
        says(WEAVERS, Act::OpenTo, Polarity::Open, HOURS, "Longer hours only after pay is signed, said the weavers.");
    let pay =
        says(OWNERS, Act::OpenTo, Polarity::Open, PAY, "Pay only after longer hours are signed, said the owners.");
    let mut all = vec![
        told("2025-03-01", vec![hours.on(ConditionSort::After, PAY)]),
        told("2025-03-03", vec![pay.on(ConditionSort::After, HOURS)]),
    ];
    let ledger = Press::of(&all).fold();
    let [deadlock] = ledger.deadlocks.as_slice() else { panic!("{:?}", ledger.deadlocks) };
    assert_eq!(deadlock.from.unwrap().to_string(), "2025-03-03");
    assert_eq!(deadlock.to, None);
    assert!(ledger.sticking.contains_key("pay") && ledger.sticking.contains_key("hours"));
    all.push(told("2025-03-08", vec![says(OWNERS, Act::Accept, Polarity::For, PAY, "The owners signed the rise.")]));
    let ledger = Press::of(&all).fold();
    assert_eq!(ledger.deadlocks[0].to.unwrap().to_string(), "2025-03-08");
}

/// Construction: "X is agreed", said of what one side of a deadlock held back.
#[test]
fn a_deadlock_ends_when_what_was_held_back_is_agreed() {
    let hours =
        says(WEAVERS, Act::OpenTo, Polarity::Open, HOURS, "Longer hours only after pay is signed, said the weavers.");
    let pay =
        says(OWNERS, Act::OpenTo, Polarity::Open, PAY, "Pay only after longer hours are signed, said the owners.");
    let news = says(2, Act::Assert, Polarity::None, PAY, "Pay is agreed, the mediator told the press at noon.");
    let all = [
        told("2025-03-01", vec![hours.on(ConditionSort::After, PAY)]),
        told("2025-03-03", vec![pay.on(ConditionSort::After, HOURS)]),
        told("2025-03-09", vec![news]),
    ];
    assert_eq!(Press::of(&all).fold().deadlocks[0].to, None);
    let mut press = Press::of(&all);
    press.agreed(2, PAY);
    assert_eq!(press.fold().deadlocks[0].to.unwrap().to_string(), "2025-03-09");
    // what had been agreed before they waited on each other ends nothing
    let mut before = all.clone();
    before[2].day = "2025-03-02";
    let mut press = Press::of(&before);
    press.agreed(2, PAY);
    assert_eq!(press.fold().deadlocks[0].to, None);
}

/// Construction: "A if B" and "B if A", "A in exchange for B": neither has to come first.
#[test]
fn what_is_offered_for_each_other_is_no_deadlock() {
    let hours = says(WEAVERS, Act::OpenTo, Polarity::Open, HOURS, "Longer hours if pay is raised, said the weavers.");
    let pay = says(OWNERS, Act::OpenTo, Polarity::Open, PAY, "Pay for longer hours, said the owners.");
    let locked = |one: ConditionSort, other: ConditionSort| {
        let press = Press::of(&[
            told("2025-03-01", vec![hours.clone().on(one, PAY)]),
            told("2025-03-03", vec![pay.clone().on(other, HOURS)]),
        ]);
        press.fold().deadlocks.len()
    };
    assert_eq!(locked(ConditionSort::If, ConditionSort::If), 0);
    assert_eq!(locked(ConditionSort::OnlyIf, ConditionSort::InExchange), 0);
    assert_eq!(locked(ConditionSort::If, ConditionSort::Until), 1);
}

/// Construction: "wants A before B happens" asks for A and makes no offer of it.
#[test]
fn what_is_asked_for_before_something_waits_for_nothing() {
    let words = "The owners want longer hours before any rise is paid.";
    let of = |act| {
        let asks = says(OWNERS, act, Polarity::For, HOURS, words).on(ConditionSort::Before, PAY);
        Press::of(&[told("2025-03-03", vec![asks])]).fold().conditions.len()
    };
    assert_eq!(of(Act::Demand), 0);
    assert_eq!(of(Act::Refuse), 1);
}

#[test]
fn what_is_wanted_must_be_plain_for_a_condition() {
    let words = "Pay only after longer hours are signed, said the owners.";
    let pay = says(OWNERS, Act::OpenTo, Polarity::Open, PAY, words).on(ConditionSort::After, HOURS);
    let mut press = Press::of(&[told("2025-03-03", vec![pay])]);
    assert_eq!(press.fold().conditions.len(), 1);
    press.guess(0);
    assert!(press.fold().conditions.is_empty());
}

#[test]
fn a_copy_adds_no_witness() {
    let words = "The owners of the Halver mills refused on Monday to raise the pay of their weavers by even one percent, \
saying that the price of yarn had left them nothing to give before the autumn fairs were over.";
    let again = format!("{words} ");
    let press = Press::of(&[
        told("2025-03-01", vec![says(OWNERS, Act::Refuse, Polarity::Against, PAY, words)]),
        told("2025-03-02", vec![says(OWNERS, Act::Refuse, Polarity::Against, PAY, &again)]),
    ]);
    let ledger = press.fold();
    assert_eq!(ledger.origins.count(), 1);
    assert_eq!(ledger.positions[0].series[0].origins, 1);
    assert_eq!(ledger.positions[0].series[0].statements.len(), 2);
}

#[test]
fn what_is_said_of_a_point_is_a_position_on_the_point_and_on_its_issue() {
    let mut press = Press::of(&[told(
        "2025-03-01",
        vec![
            says(2, Act::Propose, Polarity::For, HOURS, "The mediator put a paper of three points down."),
            says(OWNERS, Act::Accept, Polarity::For, PAY, "The owners accepted its second point."),
            says(WEAVERS, Act::Reject, Polarity::Against, PAY, "The weavers turned down its second point."),
            says(WEAVERS, Act::Accept, Polarity::For, HOURS, "The weavers welcomed the paper for its hours."),
        ],
    )]);
    press.paper(0, 3, &[Some(2), Some(2), None]);
    let ledger = press.fold();
    let paper = &ledger.proposals[0].merged.id;
    let of = |point| {
        let own = ledger.positions.iter().filter(|p| p.proposal.as_ref() == Some(paper) && p.point == point);
        own.map(|p| format!("{} {}", p.party.id, p.now().unwrap().stance.as_str())).collect::<Vec<_>>()
    };
    assert_eq!(of(Some(2)), ["owners for", "weavers against"]);
    assert!(of(None).is_empty(), "who welcomes a paper for one matter has not said that he takes it whole");
    assert_eq!(series(&ledger, OWNERS, PAY), "2025-03-01 for");
    assert_eq!(series(&ledger, WEAVERS, PAY), "2025-03-01 against");
}
