//! A whole pipeline of some 40 KB with weights that mean nothing, for tests that damage a model or want trees no
//! trained model would give. It is laid out as spaCy lays out its packages, so the real loader reads it.
#![allow(dead_code, reason = "each test uses a part")]

use rapporteur_syntax::Package;

/// A MessagePack value.
#[derive(Debug, Clone)]
pub(crate) enum Msg {
    Nil,
    Uint(u64),
    Str(String),
    Bin(Vec<u8>),
    List(Vec<Msg>),
    Map(Vec<(Msg, Msg)>),
}

pub(crate) fn text(words: &str) -> Msg {
    Msg::Str(words.to_string())
}

fn map(pairs: Vec<(&str, Msg)>) -> Msg {
    Msg::Map(pairs.into_iter().map(|(key, value)| (text(key), value)).collect())
}

impl Msg {
    /// Its bytes, with the long forms of all lengths.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut Vec<u8>) {
        let head = |out: &mut Vec<u8>, kind: u8, n: usize| {
            out.push(kind);
            out.extend((n as u32).to_be_bytes());
        };
        match self {
            Self::Nil => out.push(0xc0),
            Self::Uint(n @ 0..=127) => out.push(*n as u8),
            Self::Uint(n) => {
                out.push(0xcf);
                out.extend(n.to_be_bytes());
            }
            Self::Str(words) => {
                head(out, 0xdb, words.len());
                out.extend(words.bytes());
            }
            Self::Bin(bytes) => {
                head(out, 0xc6, bytes.len());
                out.extend(bytes);
            }
            Self::List(items) => {
                head(out, 0xdd, items.len());
                items.iter().for_each(|item| item.write(out));
            }
            Self::Map(pairs) => {
                head(out, 0xdf, pairs.len());
                for (key, value) in pairs {
                    key.write(out);
                    value.write(out);
                }
            }
        }
    }
}

/// Weights of a layer: name and shape.
#[derive(Debug, Clone)]
pub(crate) struct Param {
    pub(crate) name: &'static str,
    pub(crate) shape: Vec<u64>,
}

/// A layer of a model file.
#[derive(Debug, Clone)]
pub(crate) struct Layer {
    pub(crate) name: &'static str,
    attrs: Vec<(&'static str, Msg)>,
    pub(crate) params: Vec<Param>,
}

fn layer(name: &'static str, params: &[(&'static str, &[u64])]) -> Layer {
    let params = params.iter().map(|(name, shape)| Param { name, shape: shape.to_vec() }).collect();
    Layer { name, attrs: Vec::new(), params }
}

/// Numbers around a center that look like chance and are always the same.
fn numbers(seed: u64, n: u64, center: f32, spread: f32) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (center + spread * ((state >> 40) as f32 / (1u64 << 24) as f32 - 0.5)).to_le_bytes()
    };
    (0..n).flat_map(|_| next()).collect()
}

/// The model file of these layers.
pub(crate) fn model(seed: u64, layers: &[Layer]) -> Vec<u8> {
    let nodes = layers.iter().map(|layer| map(vec![("name", text(layer.name))])).collect();
    let attrs = layers
        .iter()
        .map(|layer| map(layer.attrs.iter().map(|(name, value)| (*name, Msg::Bin(value.bytes()))).collect()));
    let params = layers.iter().enumerate().map(|(i, layer)| {
        let array = |(j, param): (usize, &Param)| {
            let size: u64 = param.shape.iter().product();
            let shape = Msg::List(param.shape.iter().map(|&n| Msg::Uint(n)).collect());
            // Gains are one and biases nearly nothing, or every word would get the same tag and every state one move.
            let (center, spread) = match param.name {
                "G" => (1.0, 0.2),
                "b" | "pad" => (0.0, 0.1),
                _ => (0.0, 2.0),
            };
            let data = Msg::Bin(numbers(seed * 100 + (i * 10 + j) as u64, size, center, spread));
            (param.name, map(vec![("type", text("<f4")), ("shape", shape), ("data", data)]))
        };
        map(layer.params.iter().enumerate().map(array).collect())
    });
    let (attrs, params) = (attrs.collect(), params.collect());
    map(vec![("nodes", Msg::List(nodes)), ("attrs", Msg::List(attrs)), ("params", Msg::List(params))]).bytes()
}

const WIDTH: u64 = 8;
const INNER: u64 = 2;
const VECTOR: u64 = 4;

/// Layers of an embedding and encoder.
pub(crate) fn tok2vec() -> Vec<Layer> {
    let features = ["NORM", "PREFIX", "SUFFIX", "SHAPE"];
    let mut extract = layer("extract_features", &[]);
    extract.attrs.push(("columns", Msg::List(features.iter().map(|name| text(name)).collect())));
    let mut layers = vec![extract];
    for column in 0..features.len() as u64 {
        let mut table = layer("hashembed", &[("E", &[31, WIDTH])]);
        table.attrs.extend([("seed", Msg::Uint(8 + column)), ("column", Msg::Uint(column))]);
        layers.push(table);
    }
    layers.push(layer("static_vectors", &[("W", &[WIDTH, VECTOR])]));
    for takes in [5 * WIDTH, 3 * WIDTH] {
        layers.push(layer("maxout", &[("W", &[WIDTH, 3, takes]), ("b", &[WIDTH, 3])]));
        layers.push(layer("layernorm", &[("G", &[WIDTH]), ("b", &[WIDTH])]));
    }
    layers
}

/// Layers that score moves from so many tokens.
pub(crate) fn scorer(features: u64, moves: u64) -> Vec<Layer> {
    vec![
        layer("linear", &[("W", &[INNER, WIDTH]), ("b", &[INNER])]),
        layer(
            "precomputable_affine",
            &[("W", &[features, 64, 2, INNER]), ("b", &[64, 2]), ("pad", &[1, features, 64, 2])],
        ),
        layer("linear", &[("W", &[moves, 64]), ("b", &[moves])]),
    ]
}

pub(crate) fn tagger() -> Vec<Layer> {
    let tags = TAGS.len() as u64;
    vec![layer("softmax", &[("W", &[tags, WIDTH]), ("b", &[tags])])]
}

pub(crate) fn ner() -> Vec<Layer> {
    let mut layers = tok2vec();
    layers.extend(scorer(3, 4 * KINDS.len() as u64 + 2));
    layers
}

pub(crate) fn parser() -> Vec<Layer> {
    scorer(8, 3 + (LEFT.len() + RIGHT.len()) as u64)
}

pub(crate) const TAGS: [&str; 22] = [
    ".", ",", "CC", "CD", "DT", "IN", "JJ", "MD", "NN", "NNP", "NNS", "PRP", "RB", "TO", "VB", "VBD", "VBG", "VBN",
    "VBP", "VBZ", "``", "_SP",
];
const POS: [&str; 22] = [
    "PUNCT", "PUNCT", "CCONJ", "NUM", "DET", "ADP", "ADJ", "AUX", "NOUN", "PROPN", "NOUN", "PRON", "ADV", "PART",
    "VERB", "VERB", "VERB", "VERB", "VERB", "VERB", "PUNCT", "SPACE",
];
/// Words whose tags and lemmas are right whatever the weights say, so that rules which look for them find them.
const WORDS: &[(&str, &str, &str, &str)] = &[
    ("said", "say", "VBD", "VERB"),
    ("told", "tell", "VBD", "VERB"),
    ("refused", "refuse", "VBD", "VERB"),
    ("agreed", "agree", "VBD", "VERB"),
    ("demanded", "demand", "VBD", "VERB"),
    ("offered", "offer", "VBD", "VERB"),
    ("rejected", "reject", "VBD", "VERB"),
    ("accused", "accuse", "VBD", "VERB"),
    ("denied", "deny", "VBD", "VERB"),
    ("warned", "warn", "VBD", "VERB"),
    ("wants", "want", "VBZ", "VERB"),
    ("meet", "meet", "VB", "VERB"),
    ("met", "meet", "VBD", "VERB"),
    ("sign", "sign", "VB", "VERB"),
    ("would", "would", "MD", "AUX"),
    ("will", "will", "MD", "AUX"),
    ("not", "not", "RB", "PART"),
    ("to", "to", "TO", "PART"),
    ("the", "the", "DT", "DET"),
    ("a", "a", "DT", "DET"),
    ("and", "and", "CC", "CCONJ"),
    ("in", "in", "IN", "ADP"),
    ("of", "of", "IN", "ADP"),
    ("on", "on", "IN", "ADP"),
    ("if", "if", "IN", "SCONJ"),
    ("unless", "unless", "IN", "SCONJ"),
    ("after", "after", "IN", "SCONJ"),
    ("he", "he", "PRP", "PRON"),
    ("she", "she", "PRP", "PRON"),
    ("who", "who", "PRP", "PRON"),
    ("talks", "talk", "NNS", "NOUN"),
    ("meeting", "meeting", "NN", "NOUN"),
    ("minister", "minister", "NN", "NOUN"),
    ("deal", "deal", "NN", "NOUN"),
    ("proposal", "proposal", "NN", "NOUN"),
    ("duty", "duty", "NN", "NOUN"),
    ("pay", "pay", "NN", "NOUN"),
];
const LEFT: [&str; 11] =
    ["det", "nsubj", "compound", "amod", "aux", "punct", "advmod", "poss", "mark", "nsubjpass", "dobj||xcomp"];
const RIGHT: [&str; 15] = [
    "punct",
    "pobj",
    "prep",
    "dobj",
    "conj",
    "cc",
    "ccomp",
    "xcomp",
    "relcl",
    "advcl",
    "attr",
    "appos",
    "neg",
    "agent",
    "prep||dobj",
];
const KINDS: [&str; 6] = ["ORG", "PERSON", "GPE", "DATE", "CARDINAL", "MONEY"];

fn counts(labels: &[&str]) -> String {
    let pairs = labels.iter().enumerate().map(|(i, label)| format!("\"{label}\":{}", 1_000 - i));
    format!("{{{}}}", pairs.collect::<Vec<_>>().join(","))
}

fn moves(actions: &[String]) -> Vec<u8> {
    let actions = actions.iter().enumerate().map(|(i, labels)| format!("\"{i}\":{labels}"));
    map(vec![("moves", text(&format!("{{{}}}", actions.collect::<Vec<_>>().join(","))))]).bytes()
}

fn tokenizer() -> Vec<u8> {
    let token = |form: &str, norm: &str| Msg::Map(vec![(Msg::Uint(65), text(form)), (Msg::Uint(67), text(norm))]);
    let dont = Msg::List(vec![token("do", "do"), token("n't", "not")]);
    let us = Msg::List(vec![token("U.S.", "us")]);
    map(vec![
        ("prefix_search", text("^\\(|^\u{201c}|^[\"'$]|^\\.\\.+")),
        ("suffix_search", text("\\)$|\u{201d}$|[\"',;:!?]$|(?<=[a-z0-9%])\\.$|(?<=[0-9])%$|'s$")),
        ("infix_finditer", text("\\.\\.+|(?<=[0-9])[+\\-*^](?=[0-9-])|(?<=[a-z])\u{2014}(?=[a-zA-Z])")),
        ("token_match", Msg::Nil),
        ("url_match", text("^(?:https?)://\\S+?(?::\\d{2,5})?$")),
        ("exceptions", Msg::Map(vec![(text("don't"), dont), (text("U.S."), us)])),
    ])
    .bytes()
}

fn ruler() -> Vec<u8> {
    let is = |key: &str, value: Msg| map(vec![(key, value)]);
    let rule = |patterns: Vec<Msg>, sets: &[(&str, &str)], index: Msg| {
        let sets = map(sets.iter().map(|(key, value)| (*key, text(value))).collect());
        map(vec![("patterns", Msg::List(vec![Msg::List(patterns)])), ("attrs", sets), ("index", index)])
    };
    let mut rules: Vec<Msg> = TAGS
        .iter()
        .zip(POS)
        .map(|(tag, pos)| rule(vec![is("TAG", text(tag))], &[("POS", pos), ("MORPH", "_")], Msg::Uint(0)))
        .collect();
    for (form, lemma, tag, pos) in WORDS {
        let sets = [("TAG", *tag), ("POS", *pos), ("LEMMA", *lemma)];
        rules.push(rule(vec![is("LOWER", map(vec![("IN", Msg::List(vec![text(form)]))]))], &sets, Msg::Uint(0)));
    }
    let ends = map(vec![("REGEX", text("^(?:to|wo)$"))]);
    rules.push(rule(vec![is("LOWER", ends), is("DEP", text("nsubj"))], &[("LEMMA", "to")], Msg::Uint(1)));
    Msg::List(rules).bytes()
}

fn lemmas() -> Vec<u8> {
    let words = |all: &[&str]| Msg::List(all.iter().map(|word| text(word)).collect());
    // 92 and 100 are spaCy's numbers of `noun` and `verb`.
    let rules = vec![(Msg::Uint(92), Msg::List(vec![words(&["s", ""]), words(&["ies", "y"])]))];
    let exceptions = vec![(Msg::Uint(100), map(vec![("said", words(&["say"])), ("met", words(&["meet"]))]))];
    let index = vec![(Msg::Uint(92), words(&["party", "talk"]))];
    map(vec![("lemma_rules", Msg::Map(rules)), ("lemma_exc", Msg::Map(exceptions)), ("lemma_index", Msg::Map(index))])
        .bytes()
}

fn vectors() -> Vec<u8> {
    let header = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': (2, {VECTOR}), }}\n");
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.bytes());
    bytes.extend(numbers(9, 2 * VECTOR, 0.0, 1.0));
    bytes
}

const CONFIG: &str = "[nlp]
lang = \"en\"
pipeline = [\"tok2vec\", \"tagger\", \"parser\", \"attribute_ruler\", \"lemmatizer\", \"ner\"]
disabled = []
[components.lemmatizer]
mode = \"rule\"
overwrite = false
[components.parser.model]
state_type = \"parser\"
use_upper = true
[components.ner.model]
state_type = \"ner\"
use_upper = true
[components.ner.model.tok2vec.encode]
window_size = 1
[components.tok2vec.model.encode]
@architectures = \"spacy.MaxoutWindowEncoder.v2\"
window_size = 1
";

/// The files of the package.
pub(crate) fn files() -> Vec<(&'static str, Vec<u8>)> {
    let names = counts(&KINDS);
    let unit = counts(&[KINDS.as_slice(), &[""]].concat());
    let (none, one) = ("{}".to_string(), counts(&[""]));
    let word = 2_147_483_648_u64;
    vec![
        ("config.cfg", CONFIG.as_bytes().to_vec()),
        ("meta.json", br#"{"lang": "en", "name": "tiny", "version": "0"}"#.to_vec()),
        ("tokenizer", tokenizer()),
        ("vocab/lookups.bin", map(vec![("lexeme_norm", Msg::Map(vec![(Msg::Uint(word), text("word"))]))]).bytes()),
        ("tok2vec/model", model(1, &tok2vec())),
        ("tagger/cfg", format!("{{\"labels\": {:?}}}", TAGS).into_bytes()),
        ("tagger/model", model(2, &tagger())),
        ("parser/model", model(3, &parser())),
        ("parser/moves", moves(&[one.clone(), one.clone(), counts(&LEFT), counts(&RIGHT), counts(&["ROOT"])])),
        ("ner/model", model(4, &ner())),
        ("ner/moves", moves(&[none, names.clone(), names.clone(), names, unit, one])),
        ("attribute_ruler/patterns", ruler()),
        ("lemmatizer/lookups/lookups.bin", lemmas()),
        ("vocab/vectors", vectors()),
        ("vocab/key2row", Msg::Map(vec![(Msg::Uint(1), Msg::Uint(0)), (Msg::Uint(word), Msg::Uint(1))]).bytes()),
    ]
}

/// The package, with one file in place of its own.
pub(crate) fn with(name: &str, bytes: Vec<u8>) -> Package {
    let mut package = whole();
    package.insert(name, bytes);
    package
}

/// The package as it is.
pub(crate) fn whole() -> Package {
    let mut package = Package::new();
    for (name, bytes) in files() {
        package.insert(name, bytes);
    }
    package
}
