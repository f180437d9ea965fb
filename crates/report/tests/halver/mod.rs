//! The talks at Halver: three articles whose readings are written down instead of read.
#![allow(dead_code, reason = "each test uses a part")]

#[path = "../../../ledger/tests/press/mod.rs"]
pub(crate) mod press;

use press::{Press, Told, says};
use rapporteur_ledger::Ledger;
use rapporteur_reading::model::{Act, ConditionSort, Polarity};
use rapporteur_report::View;

const WEAVERS: usize = 0;
const OWNERS: usize = 1;
const PAY: usize = 0;
const HOURS: usize = 1;

pub(crate) fn halver() -> Press {
    let told = |day, says| Told { day, says };
    Press::of(&[
        told(
            "2025-03-01",
            vec![
                says(
                    WEAVERS,
                    Act::Demand,
                    Polarity::For,
                    PAY,
                    "The weavers of Halver demanded nine percent more pay on Saturday.",
                ),
                says(
                    OWNERS,
                    Act::Refuse,
                    Polarity::Against,
                    PAY,
                    "The mill owners refused: \u{201c}Not a penny,\u{201d} they said.",
                ),
            ],
        ),
        told(
            "2025-03-06",
            vec![
                says(
                    OWNERS,
                    Act::OpenTo,
                    Polarity::Open,
                    PAY,
                    "The owners said a rise was conceivable once longer hours were agreed.",
                )
                .on(ConditionSort::After, HOURS),
                says(
                    WEAVERS,
                    Act::OpenTo,
                    Polarity::Open,
                    HOURS,
                    "Longer hours could be discussed, the weavers said, but only after a rise had been signed.",
                )
                .on(ConditionSort::After, PAY),
                says(WEAVERS, Act::Demand, Polarity::For, PAY, "They still want nine percent."),
            ],
        ),
        told(
            "",
            vec![says(
                OWNERS,
                Act::Refuse,
                Polarity::Against,
                HOURS,
                "A leaflet says that the owners refuse shorter hours.",
            )],
        ),
    ])
}

/// One report full of letters that take two columns each.
pub(crate) fn with_wide_letters() -> Press {
    let words = "The owners of the mill in 東京 大阪 名古屋 京都 神戸 福岡 札幌 仙台 広島 横浜 refused a rise.";
    let says = says(OWNERS, Act::Refuse, Polarity::Against, PAY, words);
    Press::of(&[Told { day: "2025-03-01", says: vec![says] }])
}

pub(crate) fn view<'a>(press: &'a Press, ledger: &'a Ledger) -> View<'a> {
    View {
        dossier: &press.dossier,
        witnesses: press.witnesses(),
        ledger,
        model: "",
        as_of: None,
        notes: &[],
        corrected: None,
    }
}
