//! Two reviewers who say where a holder stands on different scales, over a press of our own making.

mod halver;

use halver::halver;
use rapporteur_dossier::{Corrections, Resolution};
use rapporteur_ledger::Witness;
use rapporteur_report::agreement::Agreement;

/// Towards the words and towards the issue: the same where the one comes to the other.
#[test]
fn a_polarity_and_the_stance_it_comes_to_are_the_same() {
    let press = halver();
    let witnesses = press.witnesses();
    // the words of the first statement run against the proposition of its issue
    let mut resolution: Resolution = witnesses[0].resolution.clone();
    resolution.statements[0].as_mut().unwrap().turned = true;
    let read = [Witness { resolution: &resolution, ..witnesses[0] }];
    let ids: Vec<&str> = read[0].reading.statements.iter().map(|s| s.item.id().as_str()).collect();
    let agree = |item: &str, ann: &str, bob: &str| {
        let line = |by: &str, fields: &str| {
            format!(
                "{{\"schema\":1,\"at\":\"2025-03-09\",\"by\":\"{by}\",\"do\":\"change\",\"item\":\"{item}\",{fields}}}\n"
            )
        };
        let lines = line("Ann", ann) + &line("Bob", bob);
        let corrections = Corrections::from_jsonl(&lines, "-").unwrap();
        let found = Agreement::of(&corrections, &press.dossier, &read, "Ann", "Bob");
        let other_way = Agreement::of(&corrections, &press.dossier, &read, "Bob", "Ann");
        assert_eq!((found.items, other_way.items, found.same), (1, 1, other_way.same));
        // what is shown is what they said
        let said = found.different.first().map(|(_, a, _)| a["stand"].to_string());
        assert!(said.is_none_or(|said| ann.contains(said.trim_matches(['{', '}']))), "{found:?}");
        found.same == 1
    };
    let (against, for_it) = ("\"polarity\":\"against\"", "\"stance\":\"for\"");
    assert!(agree(ids[0], against, for_it), "turned");
    assert!(!agree(ids[0], against, "\"stance\":\"against\""));
    assert!(agree(ids[1], "\"stance\":\"against\"", against), "not turned");
    assert!(!agree(ids[1], against, for_it));
    // on another issue nobody knows which way the words run: as they are
    let other = "\"issue\":\"hours\",";
    assert!(!agree(ids[0], &format!("{other}{against}"), &format!("{other}{for_it}")));
    assert!(agree(ids[0], &format!("{other}{against}"), &format!("{other}\"stance\":\"against\"")));
    // the rest must be the same too, and of one that is not there the two are told apart
    assert!(!agree(ids[0], &format!("\"act\":\"offer\",{against}"), for_it));
    assert!(!agree("statement-00000000000000ff", against, "\"stance\":\"against\""));
}
