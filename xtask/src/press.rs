//! `cargo xtask press`: a large press of many negotiations, put together from the sentences of our own packs.
//!
//! Article `n` is the same whatever the number of articles, so that the first thousand of a large press are a small one.
//! A negotiation is one pack under other names: every name of it (a capitalised word that the pack nowhere writes small)
//! becomes a coined one, the same throughout that negotiation; figures, matters and offices stay.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde_json::{Value, json};

use crate::score::folders;

/// Articles of one negotiation.
const OF_ONE: usize = 250;
/// Lines of one file.
const A_FILE: usize = 1_000;
/// Words after which an article has enough.
const WORDS: usize = 115;
/// Weeks by which negotiations begin earlier than the packs have them; weekdays stay true, the days of a month do not.
const WEEKS: u64 = 260;
/// Days after those of the pack on which an article may appear.
const LATER: usize = 5;

/// Writes so many articles into a folder as JSON Lines.
pub fn run(words: &[String]) -> Result<()> {
    let count = crate::option(words, "--articles")?.unwrap_or("1000").parse().context("`--articles` takes a number")?;
    let Some(out) = crate::option(words, "--out")? else { bail!("say where to: `--out DIR`") };
    let files = write(0, count, Path::new(out))?;
    println!("{count} articles in {} files in {out}", files.len());
    Ok(())
}

/// Writes the articles from one number up to another; gives the files, in order.
pub fn write(from: usize, to: usize, out: &Path) -> Result<Vec<PathBuf>> {
    std::fs::create_dir_all(out).with_context(|| format!("failed to make `{}`", out.display()))?;
    let packs = packs(Path::new("packs"))?;
    let mut files = Vec::new();
    for first in (from..to).step_by(A_FILE) {
        let path = out.join(format!("press-{first:06}.jsonl"));
        let file = std::fs::File::create(&path).with_context(|| format!("failed to write `{}`", path.display()))?;
        let mut file = BufWriter::new(file);
        for n in first..to.min(first + A_FILE) {
            writeln!(file, "{}", article(&packs, n)?)?;
        }
        file.flush()?;
        files.push(path);
    }
    Ok(files)
}

/// What a pack gives: its articles' sentences in runs, and the names in them.
struct Pack {
    sources: Vec<Source>,
    names: BTreeSet<String>,
}

/// One article of a pack.
struct Source {
    outlet: String,
    title: String,
    day: Date,
    /// Sentences of a paragraph that stand together.
    runs: Vec<String>,
}

fn packs(root: &Path) -> Result<Vec<Pack>> {
    let mut found = folders(root)?;
    found.sort();
    found.retain(|p| p.join("truth.json").exists());
    if found.is_empty() {
        bail!("no packs here: run this from the repository");
    }
    found.iter().map(|p| pack(p)).collect()
}

fn pack(path: &Path) -> Result<Pack> {
    let shown = path.display();
    let truth = std::fs::read(path.join("truth.json")).with_context(|| format!("failed to read `{shown}`"))?;
    let truth: Value = serde_json::from_slice(&truth).with_context(|| format!("failed to read `{shown}`"))?;
    let (mut sources, mut all) = (Vec::new(), String::new());
    for of in truth["articles"].as_array().into_iter().flatten() {
        let field = |name: &str| of[name].as_str().unwrap_or_default().to_string();
        let file = path.join("articles").join(field("file"));
        let text = std::fs::read_to_string(&file).with_context(|| format!("failed to read `{}`", file.display()))?;
        let paragraphs = if field("file").ends_with("html") { of_page(&text) } else { of_text(&text) };
        let runs: Vec<String> = paragraphs.iter().flat_map(|p| runs(p)).collect();
        all += &runs.join("\n");
        all += &format!("\n{}\n{}\n", field("outlet"), field("title"));
        let day = field("published").get(..10).and_then(|d| d.parse().ok()).unwrap_or(date(2026, 1, 5));
        sources.push(Source { outlet: field("outlet"), title: field("title"), day, runs });
    }
    sources.retain(|s| s.runs.len() > 3);
    let names = names(&all);
    Ok(Pack { sources, names })
}

/// Paragraphs of clean text: whole sentences, not furniture.
fn of_text(text: &str) -> Vec<String> {
    let whole = |block: &str| block.split_whitespace().collect::<Vec<_>>().join(" ");
    text.split("\n\n").map(whole).filter(|p| is_prose(p)).collect()
}

fn of_page(page: &str) -> Vec<String> {
    let open = page.match_indices("<p").filter(|(at, _)| matches!(page.as_bytes().get(at + 2), Some(b'>' | b' ')));
    let inner = |at: usize| {
        let body = page[at..].split_once('>')?.1;
        Some(plain(&body[..body.find("</p>")?]))
    };
    open.filter_map(|(at, _)| inner(at)).filter(|p| is_prose(p)).collect()
}

/// The words of markup.
fn plain(markup: &str) -> String {
    let (mut out, mut is_tag) = (String::new(), false);
    for c in markup.chars() {
        match c {
            '<' => is_tag = true,
            '>' if is_tag => is_tag = false,
            c if !is_tag => out.push(c),
            _ => {}
        }
    }
    let entities = [
        ("&nbsp;", " "),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&rsquo;", "’"),
        ("&lsquo;", "‘"),
        ("&ldquo;", "“"),
        ("&rdquo;", "”"),
        ("&mdash;", "—"),
        ("&ndash;", "–"),
        ("&amp;", "&"),
    ];
    entities.iter().fold(out, |text, (from, to)| text.replace(from, to))
}

fn is_prose(paragraph: &str) -> bool {
    let ends = ['.', '"', '”', '?', '!'];
    paragraph.split(' ').count() > 11 && paragraph.ends_with(ends) && !paragraph.contains([';', '|', '/', '#'])
}

/// The sentences of a paragraph, two or three together.
fn runs(paragraph: &str) -> Vec<String> {
    let mut sentences: Vec<String> = vec![String::new()];
    let words: Vec<&str> = paragraph.split(' ').collect();
    for (at, word) in words.iter().enumerate() {
        let sentence = sentences.last_mut().expect("there is always one");
        if !sentence.is_empty() {
            sentence.push(' ');
        }
        sentence.push_str(word);
        let bare = word.trim_end_matches(['"', '”', '’']);
        let is_short = bare.len() < 6 && bare.starts_with(char::is_uppercase);
        let begins = words.get(at + 1).is_some_and(|w| w.starts_with(|c: char| c.is_uppercase() || "\"“".contains(c)));
        if bare.ends_with(['.', '?', '!']) && !is_short && begins {
            sentences.push(String::new());
        }
    }
    sentences.chunks(3).map(|some| some.join(" ")).collect()
}

/// Words that are written large for another reason than being a name.
const NO_NAMES: &str = " January February March April May June July August September October November December Jan Feb Mar \
    Apr Jun Jul Aug Sept Oct Nov Dec Monday Tuesday Wednesday Thursday Friday Saturday Sunday I Mr Mrs Ms Dr Sir Dame Lord \
    Lady Sister Brother Comrade Minister President Prime Foreign General Colonel Professor Judge ";

/// The names of a pack: words written large inside a sentence and nowhere small.
fn names(text: &str) -> BTreeSet<String> {
    let mut small: BTreeSet<&str> = BTreeSet::new();
    let mut large: BTreeSet<&str> = BTreeSet::new();
    for line in text.lines() {
        let mut before = '.';
        for (at, word) in tokens(line) {
            if word.starts_with(char::is_lowercase) {
                small.insert(word);
            } else if !".?!\"“:".contains(before) {
                large.insert(word);
            }
            before = line[at + word.len()..].chars().find(|c| !c.is_whitespace()).unwrap_or('.');
        }
    }
    let is_small = |w: &str| small.contains(w.to_lowercase().as_str());
    large
        .into_iter()
        .filter(|w| w.len() > 1 && !is_small(w) && !NO_NAMES.contains(&format!(" {w} ")))
        .map(str::to_string)
        .collect()
}

/// The words of a text, with where they stand.
fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(char::is_alphabetic)?;
        let rest = &text[start..];
        let word = &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())];
        at = start + word.len();
        Some((start, word))
    })
}

/// The article of this number.
fn article(packs: &[Pack], n: usize) -> Result<Value> {
    let negotiation = n / OF_ONE;
    let pack = &packs[negotiation % packs.len()];
    let own = mix(1, negotiation as u64);
    let mut dice = Dice(mix(2, n as u64));
    let source = &pack.sources[dice.below(pack.sources.len())];
    let other = &pack.sources[dice.below(pack.sources.len())];
    let weeks = i64::try_from(own % WEEKS)?;
    let later = i64::try_from(dice.below(LATER))?;
    let day = source.day.checked_sub(weeks.weeks())?.checked_add(later.days())?;
    let mut text = String::new();
    let mut used = BTreeSet::new();
    while text.split_whitespace().count() < WORDS && used.len() < 12 {
        let (which, from) = if dice.below(3) == 0 { (1, other) } else { (0, source) };
        let at = dice.below(from.runs.len());
        if used.insert((which, at)) {
            text += &from.runs[at];
            text += "\n\n";
        }
    }
    let told = |words: &str| renamed(words, &pack.names, own);
    let outlet = told(&source.outlet);
    let host: String = outlet.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    let hour = format!("T{:02}:{:02}:00Z", 5 + dice.below(17), dice.below(60));
    Ok(json!({
        "id": format!("press-{n:06}"),
        "url": format!("https://{host}.example/{n:06}"),
        "outlet": outlet,
        "title": told(&source.title),
        "published": format!("{day}{hour}"),
        "language": "en",
        "text": told(text.trim_end()),
    }))
}

/// These words under the names of a negotiation.
fn renamed(words: &str, names: &BTreeSet<String>, negotiation: u64) -> String {
    let (mut out, mut done) = (String::with_capacity(words.len()), 0);
    let mut known: BTreeMap<&str, String> = BTreeMap::new();
    for (at, word) in tokens(words).filter(|(_, w)| names.contains(*w)) {
        out += &words[done..at];
        out += known.entry(word).or_insert_with(|| coined(word, negotiation));
        done = at + word.len();
    }
    out + &words[done..]
}

const ONSETS: [&str; 20] =
    ["B", "Br", "D", "Dr", "F", "G", "Gr", "H", "K", "Kl", "L", "M", "N", "P", "R", "S", "St", "T", "V", "Z"];
const MIDDLES: [&str; 16] =
    ["arv", "all", "emm", "end", "erk", "ild", "inn", "irv", "olm", "onn", "orr", "und", "urr", "ast", "esk", "osh"];

/// The name that another name becomes. Names that begin alike are coined alike ("Ulmara", "Ulmaran"), and initials stay such.
fn coined(name: &str, negotiation: u64) -> String {
    let letters: Vec<char> = name.chars().collect();
    if letters.iter().all(|c| c.is_uppercase()) {
        let letter = |(at, c): (usize, &char)| {
            let mixed = mix(negotiation, u64::from(*c) + ((at as u64) << 32));
            char::from(b'A' + u8::try_from(mixed % 26).unwrap_or_default())
        };
        return letters.iter().enumerate().map(letter).collect();
    }
    let stem: String = letters.iter().take(4).collect();
    let mut dice = Dice(mix(negotiation, of_words(&stem)));
    let stem = format!("{}{}", ONSETS[dice.below(ONSETS.len())], MIDDLES[dice.below(MIDDLES.len())]);
    let rest: String = letters.iter().skip(4).collect();
    format!("{stem}{}", if rest.is_empty() { "o" } else { &rest })
}

fn of_words(words: &str) -> u64 {
    words.bytes().fold(0, |sum, b| mix(sum, u64::from(b)))
}

/// Two numbers made one, all bits of both in all of it (SplitMix64).
fn mix(a: u64, b: u64) -> u64 {
    let mut z = a.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ b.wrapping_add(0x632b_e59b_d9b4_e019);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Numbers that look thrown and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = mix(self.0, 3);
        usize::try_from(self.0 % end.max(1) as u64).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_depends_on_its_number_alone_and_its_names_on_its_negotiation() {
        let root = Path::new("../packs");
        let article = |packs: &[Pack], n: usize| article(packs, n).unwrap();
        let packs = packs(root).unwrap();
        assert_eq!(article(&packs, 7), article(&super::packs(root).unwrap(), 7));
        let all: Vec<Value> = (0..OF_ONE * 2).map(|n| article(&packs, n)).collect();
        let words = |v: &Value| v["text"].as_str().unwrap().split_whitespace().count();
        assert!(all.iter().all(|a| (80..=220).contains(&words(a))), "{:?}", all.iter().map(words).max());
        let texts: BTreeSet<&str> = all.iter().map(|a| a["text"].as_str().unwrap()).collect();
        assert_eq!(texts.len(), all.len(), "each text is another");
        // the same pack comes round again under other names
        let again = article(&packs, 7 + OF_ONE * packs.len());
        assert_ne!(again["outlet"], all[7]["outlet"]);
    }

    #[test]
    fn names_are_exchanged_and_all_else_stays() {
        let text = "Corvenny's union told UNP that Ms Astley of Corvenny would pay.\nThe Union and the Corvennians met in May.";
        let names = names(text);
        assert!(names.iter().eq(["Astley", "Corvennians", "Corvenny", "UNP"]), "{names:?}");
        let told = renamed(text, &names, 5);
        let of = |name: &str| coined(name, 5);
        assert!(told.starts_with(&format!("{}'s union told {} that Ms {}", of("Corvenny"), of("UNP"), of("Astley"))));
        assert_eq!(of("Corvenny")[..4], of("Corvennians")[..4]);
        assert_ne!(of("Corvenny"), coined("Corvenny", 6));
        assert!(told.ends_with("met in May."));
    }
}
