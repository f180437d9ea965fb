#![allow(clippy::all, clippy::print_stdout)]
use rapporteur_capture::{Source, list, open};
use serde_json::json;
use std::collections::BTreeSet;
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let named: Vec<String> = std::env::args().skip(1).collect();
    let pipeline = rapporteur::model::load(&Default::default(), &mut |_| ())?;
    let config = rapporteur_capture::Config::captured_at(None);
    for folder in &named {
        let out = format!(
            "/tmp/td-{}.jsonl",
            std::path::Path::new(folder).parent().unwrap().file_name().unwrap().to_str().unwrap()
        );
        let mut lines = Vec::new();
        let mut words = BTreeSet::new();
        let captures: Vec<_> = list(&[Source::from(folder.as_str())])
            .into_iter()
            .flatten()
            .flat_map(|f| open(&f, &config))
            .flatten()
            .collect();
        for capture in &captures {
            let article = rapporteur_article::extract(capture, &Default::default());
            let parse = pipeline.parse_paragraphs(&article.text);
            let reading = rapporteur_reading::read(&article, &parse);
            let sents: Vec<_> = parse
                .sentences
                .iter()
                .map(|r| {
                    let toks: Vec<_> = r
                        .clone()
                        .map(|i| {
                            let t = &parse.tokens[i];
                            words.insert(t.lower.to_string());
                            words.insert(t.lemma.to_lowercase());
                            json!([
                                t.lower.as_str(),
                                t.lemma.to_lowercase(),
                                t.pos.as_str(),
                                t.ent.as_str(),
                                t.start,
                                t.end,
                                t.dep.as_str()
                            ])
                        })
                        .collect();
                    json!(toks)
                })
                .collect();
            let st: Vec<_> = reading.statements.iter().map(|s| json!({"s": s.item.sentence().start(), "e": s.item.sentence().end(), "m0": s.matter.start(), "m1": s.matter.end(), "pol": format!("{:?}", s.polarity), "act": format!("{:?}", s.act), "h": s.holder.entity.map(|e| e.0), "conds": s.conditions.iter().map(|c| (c.span.start(), c.span.end())).collect::<Vec<_>>(), "point": s.point})).collect();
            let props: Vec<_> = reading
                .proposals
                .iter()
                .map(|p| {
                    json!(p.terms.iter().map(|t| json!([t.point, t.span.start(), t.span.end()])).collect::<Vec<_>>())
                })
                .collect();
            let names: Vec<_> = reading
                .entities
                .iter()
                .flat_map(|e| {
                    e.mentions
                        .iter()
                        .filter(|m| m.named)
                        .map(|m| json!([m.span.start(), m.span.end(), format!("{:?}", e.kind)]))
                        .collect::<Vec<_>>()
                })
                .collect();
            let figs: Vec<_> =
                reading.figures.iter().map(|f| json!([f.as_written.start(), f.as_written.end()])).collect();
            lines.push(json!({"title": article.title, "text": article.text, "sents": sents, "statements": st, "proposals": props, "names": names, "figures": figs}).to_string());
        }
        std::fs::write(&out, lines.join("\n"))?;
        let v: serde_json::Map<String, serde_json::Value> =
            words.iter().filter_map(|w| pipeline.vector(w).map(|v| (w.clone(), json!(v)))).collect();
        std::fs::write(out.replace(".jsonl", "-vec.json"), serde_json::to_string(&v)?)?;
        println!("{out}");
    }
    Ok(())
}
