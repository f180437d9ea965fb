//! Prints what the pipeline gives, one token a line, for comparison with spaCy (`tools/parity/make_reference.py`).
//!
//! `cargo run -p rapporteur-syntax --example dump -- FOLDER FILE`: the folder holds `config.cfg`; each line of the file
//! is a paragraph.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "an example touches the world")]

use std::error::Error;
use std::io::Write;
use std::path::Path;

use rapporteur_syntax::{Package, Pipeline};

fn main() -> Result<(), Box<dyn Error>> {
    let [folder, file] =
        std::env::args().skip(1).collect::<Vec<_>>().try_into().map_err(|_| "usage: dump FOLDER FILE")?;
    let mut package = Package::new();
    for name in Package::REQUIRED.iter().chain(Package::VECTORS) {
        if let Ok(bytes) = std::fs::read(Path::new(&folder).join(name)) {
            package.insert(*name, bytes);
        }
    }
    let pipeline = Pipeline::load(&package)?;
    let text = std::fs::read_to_string(file)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in text.split('\n').filter(|line| !line.trim().is_empty()) {
        let parse = pipeline.parse(line);
        for (i, token) in parse.tokens.iter().enumerate() {
            let form = line.get(token.start as usize..token.end as usize).unwrap_or_default();
            let start = parse.sentence_of(i).start == i;
            let ent = match (token.ent.as_str(), token.ent_start) {
                ("", _) => "O".to_owned(),
                (kind, true) => format!("B-{kind}"),
                (kind, false) => format!("I-{kind}"),
            };
            let cells =
                [form, &token.lower, &token.tag, &token.pos, &token.lemma, &token.morph, &token.dep].map(escape);
            let (space, head) = (u8::from(token.space_after), token.head);
            writeln!(out, "{}\t{head}\t{}\t{ent}\t{space}", cells.join("\t"), u8::from(start))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
}
