//! How likely a statement is right: a logistic model over what the record itself says.
//!
//! Right means that a careful reader finds in that sentence a stand of that holder on that side (for or open, against, a
//! threat or warning, a charge, a denial). The weights are fitted on press packs of our own writing by
//! `cargo xtask calibrate`; the reliability table in `docs/accuracy.md` shows, for packs left out of the fit, how often
//! statements of each confidence were right. Plain speech (`assert`) has the confidence of its quotation rule: the packs do
//! not label it.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::lexicon::rows;
use crate::model::{Act, Statement, Why};

/// Weights by feature; `(intercept)` is always on.
static WEIGHTS: LazyLock<HashMap<&'static str, f32>> = LazyLock::new(|| {
    rows(include_str!("../../lexicons/statement_confidence.tsv"))
        .filter_map(|r| Some((*r.first()?, r.get(1)?.parse().ok()?)))
        .collect()
});

/// Gives each statement that takes a stand its probability of being right. None is dropped here: what is asked for decides
/// how sure a statement must be, and a plain "the dockers demanded" far from any name is unsure only of who they are.
pub(super) fn calibrate(text: &str, found: &mut [Statement]) {
    for s in found.iter_mut().filter(|s| s.act != Act::Assert) {
        s.item.confidence = probability(&features(text, s));
    }
}

fn probability(features: &[String]) -> f32 {
    let weight = |f: &str| WEIGHTS.get(f).copied().unwrap_or(0.0);
    let sum = weight("(intercept)") + features.iter().map(|f| weight(f)).sum::<f32>();
    // two decimals, as it is written: the same on every machine
    let p = 1.0 / (1.0 + (-sum).exp());
    (p.clamp(0.02, 0.98) * 100.0).round() / 100.0
}

/// What the model looks at; `tools/confidence/fit.py` reads the same from the records.
fn features(text: &str, s: &Statement) -> Vec<String> {
    let rule = s.item.rule.0.rsplit_once('.').map_or(s.item.rule.0, |r| r.0);
    let mut found = vec![
        format!("rule={rule}"),
        format!("act={}", s.act.as_str()),
        format!("mode={}", s.mode.as_str()),
        format!("modality={}", s.modality.as_str()),
        format!("matter={}", length(s.matter.slice(text))),
        format!("holder={}", holder(s.holder.span.slice(text))),
    ];
    let flags = [
        ("negated", s.negated),
        ("unnamed", !s.named),
        ("relayed", !s.chain.is_empty()),
        ("conditional", !s.conditions.is_empty()),
        ("target", s.target.is_some()),
        ("antecedent", s.item.evidence().any(|e| e.why == Why::Antecedent)),
    ];
    found.extend(flags.iter().filter(|f| f.1).map(|f| f.0.to_string()));
    found
}

/// Length of the matter in words.
fn length(words: &str) -> &'static str {
    match words.split_whitespace().count() {
        0..=1 => "1",
        2..=3 => "2-3",
        4..=8 => "4-8",
        9..=16 => "9-16",
        _ => "17+",
    }
}

/// How the holder is written: with a capital after its article, as a pronoun, with an article, or bare.
fn holder(words: &str) -> &'static str {
    let all: Vec<&str> = words.split_whitespace().collect();
    let first = all.first().map(|w| w.to_lowercase()).unwrap_or_default();
    let pronoun =
        matches!(first.as_str(), "he" | "she" | "it" | "they" | "we" | "i" | "his" | "her" | "its" | "their" | "our");
    let article = matches!(first.as_str(), "the" | "a" | "an");
    let capital = |w: &&str| w.starts_with(char::is_uppercase);
    let named = all.iter().skip(usize::from(article)).any(capital);
    match () {
        () if pronoun => "pronoun",
        () if named => "name",
        () if article => "article",
        () => "bare",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holders_are_told_by_their_writing() {
        let cases = [
            ("She", "pronoun"),
            ("the union", "article"),
            ("the Union", "name"),
            ("Anna Brandt", "name"),
            ("leaders", "bare"),
        ];
        for (words, expected) in cases {
            assert_eq!(holder(words), expected, "{words}");
        }
    }

    #[test]
    fn every_weight_is_a_number_and_there_is_an_intercept() {
        let all = rows(include_str!("../../lexicons/statement_confidence.tsv")).count();
        assert_eq!(WEIGHTS.len(), all);
        assert!(WEIGHTS.contains_key("(intercept)"));
    }

    #[test]
    fn probabilities_stay_inside() {
        assert!((0.02..=0.98).contains(&probability(&[])));
        assert!((0.02..=0.98).contains(&probability(&["rule=statement.verb-complement".into(), "negated".into()])));
    }
}
