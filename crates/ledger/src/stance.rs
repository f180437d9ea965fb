//! Polarity turned to the issue's proposition.

use rapporteur_dossier::IssueRef;
use rapporteur_reading::model::{Act, ConditionSort, Polarity, Statement};

/// Where the holder of a statement stands towards the proposition of its issue.
///
/// Polarity, turned where the words run against the proposition. A voiced acceptance with a condition is `open`, and so is a
/// refusal "unless": it says what would make it an acceptance.
pub fn stance_of(statement: &Statement, issue: Option<&IssueRef>) -> Polarity {
    let polarity = match (statement.polarity, issue.is_some_and(|i| i.turned)) {
        (Polarity::For, true) => Polarity::Against,
        (Polarity::Against, true) => Polarity::For,
        (plain, _) => plain,
    };
    let accepts = matches!(statement.act, Act::Accept | Act::Agree | Act::Concede | Act::OpenTo | Act::Offer);
    let conditional = !statement.conditions.is_empty();
    if accepts && !statement.negated && conditional && statement.polarity == Polarity::For {
        return Polarity::Open;
    }
    let unless = statement.conditions.iter().any(|c| c.sort == ConditionSort::Unless);
    if matches!(statement.act, Act::Refuse | Act::Reject) && unless && statement.polarity == Polarity::Against {
        return Polarity::Open;
    }
    polarity
}
