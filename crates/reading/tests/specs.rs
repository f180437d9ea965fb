//! Runs the specification: every `specs/*.md` is prose with passages and what must be read from them.
//!
//! A passage is a fenced block ` ```passage `, optionally followed by the publication date (` ```passage 2025-03-07 `). The fenced
//! blocks after it, each named for a family (` ```statements `), hold one line an item, all items of that family in text order,
//! nothing more and nothing less; an empty block says that nothing may be found. A block whose name ends in `-missed` holds items
//! that a reader would find and we are known not to: the test fails when one of them is found after all, so that the
//! document stays true.
#![allow(clippy::disallowed_methods, reason = "tests read their own documents")]

mod specs {
    pub(crate) mod render;
}

use std::fmt::Write as _;
use std::path::Path;

use rapporteur::article::Article;

#[derive(Default)]
struct Case {
    line: usize,
    date: String,
    passage: String,
    expected: Vec<(String, Vec<String>)>,
}

fn cases(document: &str) -> Vec<Case> {
    let mut found: Vec<Case> = Vec::new();
    let mut lines = document.lines().enumerate();
    while let Some((n, line)) = lines.next() {
        let Some(head) = line.strip_prefix("```").filter(|h| !h.is_empty()) else { continue };
        let mut body = Vec::new();
        for (_, l) in lines.by_ref() {
            if l.trim_end() == "```" {
                break;
            }
            body.push(l.trim_end().to_string());
        }
        if let Some(date) = head.strip_prefix("passage") {
            found.push(Case { line: n + 1, date: date.trim().into(), passage: body.join("\n"), ..Case::default() });
        } else if let Some(case) = found.last_mut() {
            case.expected.push((head.trim().into(), body.into_iter().filter(|l| !l.is_empty()).collect()));
        }
    }
    found
}

#[test]
fn every_document_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("specs");
    let mut documents: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    documents.sort();
    let only = std::env::var("SPEC").unwrap_or_default();
    let pipeline = rapporteur::model::for_tests();
    let mut wrong = String::new();
    let mut checked = 0;
    for path in documents.iter().filter(|p| p.extension().is_some_and(|e| e == "md")) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !name.contains(&only) {
            continue;
        }
        for case in cases(&std::fs::read_to_string(path).unwrap()) {
            let mut article = Article::from_text(&case.passage);
            article.published = case.date.parse().ok();
            let parse = pipeline.parse_paragraphs(&article.text);
            let reading = rapporteur::reading::read(&article, &parse);
            for (family, lines) in &case.expected {
                checked += 1;
                let missed = family.strip_suffix("-missed");
                let mut got = specs::render::render(missed.unwrap_or(family), &article, &reading);
                // documents do not keep white space at the end of a line
                got.iter_mut().for_each(|line| line.truncate(line.trim_end().len()));
                let holds = match missed {
                    Some(_) => !lines.iter().any(|l| got.contains(l)),
                    None => got == *lines,
                };
                if !holds {
                    let _ = writeln!(wrong, "{name}:{} {family}\n  expected", case.line);
                    lines.iter().for_each(|l| writeln!(wrong, "    {l}").unwrap());
                    let _ = writeln!(wrong, "  found");
                    got.iter().for_each(|l| writeln!(wrong, "    {l}").unwrap());
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(checked > 0 || !only.is_empty(), "no specification was found");
}
