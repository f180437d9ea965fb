//! Articles for timing: 400 negotiations with names of their own, each with events of up to twenty reports, spread over
//! five years; made of the sentences of the annotated packs, the same on every machine.

use std::path::Path;

use rapporteur_article::Article;
use rapporteur_text::ArticleId;

/// A generator of numbers that is the same on every machine (PCG's step).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }
}

/// The sentences of each pack.
fn packs() -> Vec<Vec<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
    let mut folders: Vec<_> =
        std::fs::read_dir(root).into_iter().flatten().flatten().map(|e| e.path().join("articles")).collect();
    folders.sort();
    let read = |folder: &Path| {
        let mut files: Vec<_> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
        files.retain(|f| f.extension().is_some_and(|e| e == "txt"));
        files.sort();
        let texts = files.iter().filter_map(|f| std::fs::read_to_string(f).ok());
        let sentences = |t: String| t.split(". ").map(|s| s.trim().to_string()).collect::<Vec<_>>();
        texts.flat_map(sentences).filter(|s| s.len() > 40).collect::<Vec<_>>()
    };
    folders.iter().map(|f| read(f)).filter(|s| s.len() > 30).collect()
}

/// The sentence with the names of another negotiation.
fn renamed(sentence: &str, negotiation: usize) -> String {
    let ending = ["ar", "eth", "ino", "ovy", "ulm", "ys", "ock", "end"];
    let rename = |w: &str| match w.chars().next() {
        Some(c) if c.is_uppercase() && w.len() > 3 && w.chars().all(char::is_alphabetic) => {
            format!("{w}{}{}", ending[negotiation % 8], ending[negotiation / 8 % 8])
        }
        _ => w.to_string(),
    };
    sentence.split(' ').map(rename).collect::<Vec<_>>().join(" ")
}

pub(crate) fn articles(count: usize) -> Vec<Article> {
    let packs = packs();
    let mut dice = Dice(7);
    let mut all = Vec::with_capacity(count);
    while all.len() < count {
        let negotiation = dice.roll(400);
        let sentences = &packs[negotiation % packs.len()];
        let told: Vec<String> = (0..30).map(|_| renamed(&sentences[dice.roll(sentences.len())], negotiation)).collect();
        let day = jiff::civil::date(2021, 1, 1) + jiff::Span::new().days(dice.roll(1825) as i64);
        for _ in 0..=dice.roll(20) {
            let text: Vec<&str> = (0..18).map(|_| told[dice.roll(told.len())].as_str()).collect();
            let mut article = Article::from_text("");
            article.text = text.join(".\n");
            article.id = ArticleId::from_written(format!("a-{:08x}", all.len().wrapping_mul(2_654_435_761) as u32));
            article.published = (day + jiff::Span::new().days(dice.roll(2) as i64)).to_string().parse().ok();
            all.push(article);
        }
    }
    all.truncate(count);
    all
}
