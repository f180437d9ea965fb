//! A press of our own making: articles whose readings are written down instead of read.
//!
//! In a sentence `{...}` is the matter, `[...]` a phrase it is about, `<...>` a condition.
#![allow(dead_code, reason = "each test file uses a part of it")]

use rapporteur_article::Article;
use rapporteur_dossier::{Dossier, IssueRef};
use rapporteur_reading::Reading;
use rapporteur_reading::model::{
    Act, Condition, ConditionSort, Entity, EntityId, Evidence, Item, Mention, Modality, Mode, Polarity, Proposal,
    RefKind, Reference, Rule, Statement, Term, Topic, Why,
};
use rapporteur_text::{ArticleId, ItemId, Span, When};

/// One article in the making.
#[derive(Debug, Clone, Default)]
pub(crate) struct Told {
    pub title: String,
    text: String,
    names: Vec<Named>,
    says: Vec<Says>,
    /// For each proposal, its numbered points.
    papers: Vec<Vec<(u32, Marked)>>,
}

#[derive(Debug, Clone)]
struct Named {
    kind: RefKind,
    name: String,
    span: (usize, usize),
    of: Option<usize>,
}

#[derive(Debug, Clone)]
struct Says {
    holder: usize,
    polarity: Polarity,
    point: Option<u32>,
    marked: Marked,
}

/// Byte ranges of the marks of a sentence, counted in the article.
#[derive(Debug, Clone, Default)]
struct Marked {
    whole: (usize, usize),
    matter: Option<(usize, usize)>,
    condition: Option<(usize, usize)>,
    topics: Vec<(usize, usize)>,
}

impl Told {
    pub(crate) fn titled(title: &str) -> Self {
        Self { title: title.to_string(), ..Self::default() }
    }

    /// Adds a line that names someone; gives its number.
    pub(crate) fn names(&mut self, kind: RefKind, name: &str) -> usize {
        let span = self.line(&format!("{name} was there."));
        self.names.push(Named { kind, name: name.to_string(), span: (span.0, span.0 + name.len()), of: None });
        self.names.len() - 1
    }

    /// Adds a line that names someone with a title; gives its number.
    pub(crate) fn names_titled(&mut self, kind: RefKind, title: &str, name: &str) -> usize {
        let span = self.line(&format!("There was {title} {name}."));
        let from = span.0 + "There was  ".len() + title.len();
        self.names.push(Named { kind, name: name.to_string(), span: (from, from + name.len()), of: None });
        self.names.len() - 1
    }

    /// Says that a person belongs to a body.
    pub(crate) fn belongs(&mut self, person: usize, body: usize) {
        self.names[person].of = Some(body);
    }

    /// Adds a plain line.
    pub(crate) fn line(&mut self, words: &str) -> (usize, usize) {
        let start = self.text.len();
        self.text.push_str(words);
        self.text.push('\n');
        (start, start + words.len())
    }

    fn marked(&mut self, marked: &str) -> Marked {
        let mut found = Marked::default();
        let (mut plain, mut open) = (String::new(), Vec::new());
        let base = self.text.len();
        for c in marked.chars() {
            match c {
                '{' | '[' | '<' => open.push(base + plain.len()),
                '}' | ']' | '>' => {
                    let range = (open.pop().unwrap(), base + plain.len());
                    match c {
                        '}' => found.matter = Some(range),
                        '>' => found.condition = Some(range),
                        _ => found.topics.push(range),
                    }
                }
                _ => plain.push(c),
            }
        }
        found.whole = self.line(&plain);
        found
    }

    /// Adds a statement of the party of this name.
    pub(crate) fn says(mut self, holder: &str, polarity: Polarity, words: &str) -> Self {
        let known = self.names.iter().position(|n| n.name == holder);
        let holder = known.unwrap_or_else(|| self.names(RefKind::Party, holder));
        let marked = self.marked(words);
        self.says.push(Says { holder, polarity, point: None, marked });
        self
    }

    /// The statement just added is about this point of the paper.
    pub(crate) fn on_point(mut self, point: u32) -> Self {
        self.says.last_mut().unwrap().point = Some(point);
        self
    }

    /// Adds a paper with numbered points.
    pub(crate) fn paper(mut self, points: &[&str]) -> Self {
        let points = points.iter().zip(1..).map(|(words, n)| (n, self.marked(words))).collect();
        self.papers.push(points);
        self
    }

    pub(crate) fn read(&self, n: usize) -> (Article, Reading) {
        let mut article = Article::from_text(&self.text);
        article.id = ArticleId::from_written(format!("a-{n:03}"));
        article.title.clone_from(&self.title);
        let text = article.text.clone();
        let span = |(from, to): (usize, usize)| Span::of(&text, from..to).unwrap();
        let mut reading = Reading { article: article.id.clone(), ..Reading::default() };
        for (i, named) in self.names.iter().enumerate() {
            let own = span(named.span);
            let evidence = Evidence { span: own, sentence: own, why: Why::Role };
            reading.entities.push(Entity {
                id: EntityId(i as u32),
                kind: named.kind,
                name: named.name.clone(),
                mentions: vec![Mention { span: own, head: 0, named: true }],
                of: named.of.map(|of| (EntityId(of as u32), evidence)),
                roles: Vec::new(),
            });
        }
        let topics = |m: &Marked| {
            let lemma = |words: &str| words.to_lowercase().trim_end_matches('s').into();
            let topic = |&t: &(usize, usize)| Topic { lemma: lemma(span(t).slice(&text)), span: span(t), distance: 0 };
            m.topics.iter().map(topic).collect::<Vec<_>>()
        };
        let item = |kind: &str, m: &Marked| {
            let own = span(m.whole);
            let id = ItemId::of_words(kind, &[article.id.as_str(), own.slice(&text)], m.whole.0);
            Item::new(Rule("test.v1"), 0.9, Evidence { span: own, sentence: own, why: Why::Item }).with_id(id)
        };
        for s in &self.says {
            let name = span(self.names[s.holder].span);
            let condition = |c| Condition { sort: ConditionSort::If, span: span(c), topics: Vec::new() };
            reading.statements.push(Statement {
                item: item("statement", &s.marked),
                holder: Reference { kind: RefKind::Party, span: name, entity: Some(EntityId(s.holder as u32)) },
                on_behalf_of: None,
                predicate: span(s.marked.whole),
                negated: false,
                act: if s.polarity == Polarity::Against { Act::Reject } else { Act::Demand },
                polarity: s.polarity,
                matter: span(s.marked.matter.unwrap()),
                topics: topics(&s.marked),
                target: None,
                conditions: s.marked.condition.map(condition).into_iter().collect(),
                modality: Modality::Certain,
                mode: Mode::Indirect,
                chain: Vec::new(),
                named: true,
                quote: None,
                proposal: None,
                point: s.point,
                said: When::unknown(),
            });
        }
        for paper in &self.papers {
            let Some((_, first)) = paper.first() else { continue };
            let term = |(n, m): &(u32, Marked)| Term { point: Some(*n), span: span(m.whole), topics: topics(m) };
            reading.proposals.push(Proposal {
                item: item("proposal", first),
                name: span(first.whole),
                by: Vec::new(),
                points: None,
                version: String::new(),
                when: When::unknown(),
                terms: paper.iter().map(term).collect(),
                replaces: None,
            });
        }
        (article, reading)
    }
}

/// The readings of these articles.
pub(crate) fn read(told: &[Told]) -> Vec<(Article, Reading)> {
    told.iter().enumerate().map(|(n, t)| t.read(n)).collect()
}

/// What is discovered from these articles.
pub(crate) fn discover(told: &[Told]) -> Dossier {
    let read = read(told);
    rapporteur_dossier::discover(&read.iter().map(|(a, r)| (a, r)).collect::<Vec<_>>())
}

/// The issue of each statement whose sentence holds `part`, under the dossier discovered from all.
pub(crate) fn issues_of(told: &[Told], part: &str) -> Vec<String> {
    found_for(told, part).into_iter().map(|i| i.map(|i| i.id.to_string()).unwrap_or_default()).collect()
}

/// What the statements of the sentences with `part` are about, with how sure that is.
pub(crate) fn found_for(told: &[Told], part: &str) -> Vec<Option<IssueRef>> {
    let dossier = discover(told);
    let mut out = Vec::new();
    for (article, reading) in read(told) {
        let found = rapporteur_dossier::resolve(&dossier, &article, &reading);
        for (s, issue) in reading.statements.iter().zip(found.statements) {
            if s.item.sentence().slice(&article.text).contains(part) {
                out.push(issue);
            }
        }
    }
    out
}

/// An invented name, another for each number, pronounceable.
pub(crate) fn name(n: usize) -> String {
    const CONSONANTS: [&str; 16] = ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "br", "st", "dr"];
    const VOWELS: [&str; 5] = ["a", "e", "i", "o", "u"];
    let (mut rest, mut out) = (n + 1, String::new());
    for _ in 0..4 {
        out += CONSONANTS[rest % 16];
        out += VOWELS[(rest / 16) % 5];
        rest = rest / 80 + n % 7;
    }
    out[..1].to_uppercase() + &out[1..] + CONSONANTS[n % 13]
}
