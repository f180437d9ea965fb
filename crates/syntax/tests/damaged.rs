//! A model that was cut, changed or made to hurt is an error that names the file, or runs: it never panics.

mod fuzzed;
mod tiny;

use proptest::prelude::*;
use rapporteur_syntax::Pipeline;
use tiny::Layer;

#[test]
fn the_tiny_model_is_whole() {
    assert_eq!(Pipeline::load(&tiny::whole()).unwrap().name(), "en_tiny 0");
    assert!(fuzzed::loaded(&tiny::whole()));
}

#[test]
fn a_cut_file_is_an_error() {
    for (name, bytes) in tiny::files() {
        // Its end may be missing without harm where no setting that is looked at stands there.
        if name == "config.cfg" {
            continue;
        }
        let step = bytes.len() / 40 + 1;
        for end in (0..bytes.len()).step_by(step).chain([bytes.len() - 1]) {
            assert!(!fuzzed::loaded(&tiny::with(name, bytes[..end].to_vec())), "{name} cut at {end}");
        }
    }
}

/// Gives every model file with each of its dimensions, one after the other, set to `size`.
fn with_dimension(size: u64, check: impl Fn(&str, &str, Vec<u8>)) {
    let models: [(&str, fn() -> Vec<Layer>); 4] = [
        ("tok2vec/model", tiny::tok2vec),
        ("tagger/model", tiny::tagger),
        ("parser/model", tiny::parser),
        ("ner/model", tiny::ner),
    ];
    for (name, layers) in models {
        for (i, layer) in layers().iter().enumerate() {
            for (j, param) in layer.params.iter().enumerate() {
                for k in 0..param.shape.len() {
                    let mut changed = layers();
                    changed[i].params[j].shape[k] = size;
                    check(name, &format!("{}.{}[{k}]", layer.name, param.name), tiny::model(1, &changed));
                }
            }
        }
    }
}

#[test]
fn a_layer_of_another_size_is_refused() {
    for size in [0, 1, 7] {
        with_dimension(size, |name, what, bytes| {
            let runs = fuzzed::loaded(&tiny::with(name, bytes));
            // Tables of embeddings may have any number of rows but none.
            let is_rows = what == "hashembed.E[0]" && size > 0;
            // The first dimension of padding is not looked at, as long as there is padding enough.
            assert!(!runs || is_rows || what == "precomputable_affine.pad[0]", "{name} runs with {what} = {size}");
        });
    }
}

#[test]
fn layers_without_any_width_are_refused() {
    let all_zero = |mut layers: Vec<Layer>| {
        for param in layers.iter_mut().flat_map(|layer| &mut layer.params) {
            param.shape.iter_mut().filter(|n| **n == 8).for_each(|n| *n = 0);
        }
        tiny::model(1, &layers)
    };
    for (name, layers) in
        [("tok2vec/model", tiny::tok2vec()), ("ner/model", tiny::ner()), ("tagger/model", tiny::tagger())]
    {
        assert!(!fuzzed::loaded(&tiny::with(name, all_zero(layers))), "{name}");
    }
    let mut package = tiny::with("tok2vec/model", all_zero(tiny::tok2vec()));
    package.insert("tagger/model", all_zero(tiny::tagger()));
    package.insert("parser/model", all_zero(tiny::parser()));
    assert!(!fuzzed::loaded(&package));
}

#[test]
fn a_tagger_without_labels_is_refused() {
    let mut layers = tiny::tagger();
    layers[0].params.iter_mut().for_each(|param| param.shape[0] = 0);
    let mut package = tiny::with("tagger/model", tiny::model(1, &layers));
    package.insert("tagger/cfg", br#"{"labels": []}"#.to_vec());
    assert!(!fuzzed::loaded(&package));
}

#[test]
fn sizes_beyond_the_machine_are_refused() {
    // Nothing is in them, so the bytes agree; multiplied, the other sizes are too large for the machine.
    let mut layers = tiny::parser();
    for param in layers.iter_mut().flat_map(|layer| &mut layer.params).filter(|param| param.name == "W") {
        param.shape = match param.shape.as_slice() {
            [8, ..] => vec![0, 1 << 62, 4, 2],
            [_, 64] => vec![0, 1 << 62],
            other => other.to_vec(),
        };
    }
    assert!(!fuzzed::loaded(&tiny::with("parser/model", tiny::model(1, &layers))));
}

#[test]
fn expressions_made_to_hurt_end_soon() {
    let nested = |inside: &str, times: usize| format!("{}{inside}{}", "(?:".repeat(times), "){1000}".repeat(times));
    for source in [
        format!("(?<={})x", nested("a", 9)),
        format!("{}$", nested("a", 9)),
        nested("", 9),
        format!("(?:{}){{0}}$", nested("", 9)),
        "(".repeat(10_000),
        "a|".repeat(70_000),
    ] {
        let bytes = tiny::Msg::Map(vec![(tiny::text("prefix_search"), tiny::text(&source))]).bytes();
        let runs = fuzzed::loaded(&tiny::with("tokenizer", bytes));
        // Nothing, however often it is repeated, is an expression; the others are too deep, too long or too many.
        assert!(!runs || source.contains("(?:)"), "{}", &source[..40]);
    }
}

/// A way to damage bytes, as fractions of their length.
#[derive(Debug, Clone)]
enum Damage {
    Flip(u16, u8),
    Set(u16, u8),
    Cut(u16, u16),
    Double(u16, u16),
}

fn damage() -> impl Strategy<Value = Damage> {
    let bytes =
        prop_oneof![Just(0x00), Just(0x7f), Just(0x80), Just(0xc0), Just(0xdb), Just(0xdd), Just(0xff), any::<u8>()];
    prop_oneof![
        4 => (any::<u16>(), 0..8u8).prop_map(|(at, bit)| Damage::Flip(at, bit)),
        4 => (any::<u16>(), bytes).prop_map(|(at, byte)| Damage::Set(at, byte)),
        1 => (any::<u16>(), 1..64u16).prop_map(|(at, n)| Damage::Cut(at, n)),
        1 => (any::<u16>(), 1..64u16).prop_map(|(at, n)| Damage::Double(at, n)),
    ]
}

impl Damage {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let place = |at: u16| at as usize * bytes.len() / 65_536;
        match *self {
            _ if bytes.is_empty() => {}
            Self::Flip(at, bit) => {
                let at = place(at);
                bytes[at] ^= 1 << bit;
            }
            Self::Set(at, byte) => {
                let at = place(at);
                bytes[at] = byte;
            }
            Self::Cut(at, n) => {
                let at = place(at);
                bytes.drain(at..bytes.len().min(at + n as usize));
            }
            Self::Double(at, n) => {
                let at = place(at);
                let piece = bytes[at..bytes.len().min(at + n as usize)].to_vec();
                bytes.splice(at..at, piece);
            }
        }
    }
}

#[test]
fn every_bit_of_the_structure_may_be_wrong() {
    for (number, (_, bytes)) in tiny::files().into_iter().enumerate() {
        // Weights are only numbers: of the large files the places around names and sizes are changed.
        let holds = |at: usize| {
            let around = bytes.get(at.saturating_sub(48)..(at + 4).min(bytes.len())).unwrap_or_default();
            bytes.len() < 2_000
                || [b"shape".as_slice(), b"column", b"name"]
                    .iter()
                    .any(|word| around.windows(word.len()).any(|w| w == *word))
        };
        let places: Vec<usize> = (0..bytes.len()).filter(|&at| holds(at)).collect();
        let step = places.len() / 250 + 1;
        for (i, &at) in places.iter().enumerate().step_by(step) {
            let mut changed = bytes.clone();
            changed[at] ^= 1 << (i % 8);
            fuzzed::file_of_a_model(number, changed);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn damaged_files_never_panic(number in 0..15usize, damages in proptest::collection::vec(damage(), 1..6)) {
        let mut bytes = tiny::files().remove(number).1;
        for damage in &damages {
            damage.apply(&mut bytes);
        }
        fuzzed::file_of_a_model(number, bytes);
    }

    #[test]
    fn any_bytes_are_no_model(number in 0..15usize, bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        fuzzed::file_of_a_model(number, bytes);
    }

    #[test]
    fn any_text_is_parsed_into_a_tree_whatever_the_weights(
        text in r#"([A-Za-z]{1,9}|[0-9]{1,4}|don't|U\.S\.|said|[—–“”‘’"'().,;:!?/@#$%€-]{1,3}|[ \n\t\u{a0}]{1,3}|é|日本| ){0,80}|\PC{0,80}"#
    ) {
        fuzzed::any_text(&text);
    }
}
