//! A press of our own making: articles whose readings are written down instead of read.
#![allow(dead_code, reason = "each test file uses a part of it")]

use rapporteur_article::Article;
use rapporteur_dossier::{Dossier, Filing, Issue, IssueId, IssueRef, Party, PartyId, Resolution, Resolved};
use rapporteur_ledger::{Ledger, Page, Sighting, Witness, fold, mark_versions, tell_once};
use rapporteur_reading::Reading;
use rapporteur_reading::model::{
    Act, Condition, ConditionSort, Entity, EntityId, Evidence, Figure, Item, Mention, Modality, Mode, Polarity,
    Proposal, RefKind, Reference, Rule, Statement, Status, StatusSort, Term, Why,
};
use rapporteur_text::{ArticleId, Basis, ItemId, Span, When};

pub(crate) const PARTIES: [&str; 3] = ["weavers", "owners", "mediator"];
pub(crate) const ISSUES: [&str; 3] = ["pay", "hours", "looms"];

/// One sentence: who, what, about which issue.
#[derive(Debug, Clone)]
pub(crate) struct Says {
    pub party: usize,
    pub issue: usize,
    pub act: Act,
    pub polarity: Polarity,
    pub condition: Option<(ConditionSort, usize)>,
    pub words: String,
    pub named: bool,
    pub confidence: f32,
    /// Day on which it was said, "" where the words do not tell.
    pub said: &'static str,
    /// Whether its holder is where the party is named and its predicate what follows; else both are all its words.
    pub apart: bool,
}

pub(crate) fn says(party: usize, act: Act, polarity: Polarity, issue: usize, words: &str) -> Says {
    Says {
        party,
        issue,
        act,
        polarity,
        condition: None,
        words: words.to_string(),
        named: true,
        confidence: 0.9,
        said: "",
        apart: false,
    }
}

impl Says {
    pub(crate) fn on(self, sort: ConditionSort, needs: usize) -> Self {
        Self { condition: Some((sort, needs)), ..self }
    }

    pub(crate) fn said_on(self, said: &'static str) -> Self {
        Self { said, ..self }
    }

    pub(crate) fn apart(self) -> Self {
        Self { apart: true, ..self }
    }

    pub(crate) fn unnamed(self) -> Self {
        Self { named: false, ..self }
    }
}

/// One article.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub day: &'static str,
    pub says: Vec<Says>,
}

pub(crate) struct Press {
    pub dossier: Dossier,
    all: Vec<(Article, Reading, Resolution)>,
}

impl Press {
    pub(crate) fn of(told: &[Told]) -> Self {
        let party = |id: &&str| Party { id: PartyId::new(*id), name: (*id).to_string(), ..Party::default() };
        let issue = |id: &&str| Issue { id: IssueId::new(*id), name: (*id).to_string(), ..Issue::default() };
        let dossier = Dossier {
            parties: PARTIES.iter().map(party).collect(),
            issues: ISSUES.iter().map(issue).collect(),
            ..Dossier::default()
        };
        Self { dossier, all: told.iter().enumerate().map(|(n, t)| article(n, t)).collect() }
    }

    /// Lets an article have a paper of so many points, none where it is 0, named by the words of its first sentence, and its later statements
    /// be on these points of it, in order.
    pub(crate) fn paper(&mut self, article: usize, points: u32, on: &[Option<u32>]) {
        let (article, reading, resolution) = &mut self.all[article];
        let name = reading.statements[0].matter;
        let evidence = Evidence { span: name, sentence: name, why: Why::Item };
        let id = ItemId::of_words("proposal", &[article.id.as_str()], 0);
        let term = |n: u32| Term { point: Some(n), span: name, topics: Vec::new() };
        reading.proposals.push(Proposal {
            item: Item::new(Rule("test.v1"), 0.9, evidence).with_id(id),
            name,
            by: Vec::new(),
            points: (points > 0).then_some(points),
            version: String::new(),
            when: When::unknown(),
            terms: (1..=points).map(term).collect(),
            replaces: None,
        });
        resolution.terms.push(vec![None; points as usize]);
        for (statement, point) in reading.statements.iter_mut().skip(1).zip(on) {
            (statement.proposal, statement.point) = (Some(0), *point);
        }
    }

    /// Lets the paper of an article replace what these words of it name.
    pub(crate) fn replacing(&mut self, article: usize, words: &str) {
        let (article, reading, _) = &mut self.all[article];
        let at = article.text.find(words).unwrap();
        reading.proposals[0].replaces = Span::of(&article.text, at..at + words.len());
    }

    /// Gives an article a figure in the words of its first sentence.
    pub(crate) fn figure(&mut self, article: usize, value: f64, measures: &str, as_of: &str) {
        let (article, reading, _) = &mut self.all[article];
        let text = &article.text;
        let sentence = Span::of(text, 0..text.find('\n').unwrap_or(text.len())).unwrap();
        let at = text.find(measures).unwrap();
        let measures = Span::of(text, at..at + measures.len()).unwrap();
        let evidence = Evidence { span: sentence, sentence, why: Why::Item };
        let id = ItemId::of_words("figure", &[article.id.as_str()], reading.figures.len());
        reading.figures.push(Figure {
            item: Item::new(Rule("test.v1"), 0.9, evidence).with_id(id),
            value: Some(value),
            low: None,
            high: None,
            unit: "crowns".to_string(),
            approximate: false,
            as_written: Span::of(text, 0..3).unwrap(),
            measures: Some(measures),
            of: None,
            as_of: as_of.parse().map_or_else(|_| When::unknown(), |day| When::on(day, as_of, Basis::Stated)),
        });
    }

    /// Lets an article state how far the talks are, in the words of its first sentence.
    pub(crate) fn state(&mut self, article: usize, sort: StatusSort, percent: Option<f64>) {
        let (article, reading, resolution) = &mut self.all[article];
        let span = Span::of(&article.text, 0..article.text.find('\n').unwrap_or(article.text.len())).unwrap();
        let evidence = Evidence { span, sentence: span, why: Why::Item };
        let id = ItemId::of_words("status", &[article.id.as_str()], reading.statuses.len());
        reading.statuses.push(Status {
            item: Item::new(Rule("test.v1"), 0.9, evidence).with_id(id),
            matter: None,
            topics: Vec::new(),
            proposal: None,
            point: None,
            status: sort,
            according_to: None,
            percent,
            said: When::unknown(),
        });
        resolution.statuses.push(None);
    }

    /// Lets an article say, in the words of its first sentence, that an issue is agreed.
    pub(crate) fn agreed(&mut self, article: usize, issue: usize) {
        self.state(article, StatusSort::Agreed, None);
        let about = IssueRef { id: IssueId::new(ISSUES[issue]), turned: false, how: Filing::Named };
        self.all[article].2.statuses.pop();
        self.all[article].2.statuses.push(Some(about));
    }

    /// Each of these lists is a page that was one article after the other, a day each, from the first of April on; by this day.
    pub(crate) fn pages(&mut self, pages: &[Vec<usize>], until: Option<&str>) {
        let (mut articles, mut readings): (Vec<Article>, Vec<Reading>) =
            self.all.iter().map(|(a, r, _)| (a.clone(), r.clone())).unzip();
        let sighting = |(n, at): (usize, &usize)| {
            let day = format!("2025-04-{:02}", n + 1);
            let seen = [format!("{day}T08:00:00Z"), format!("{day}T20:00:00Z")].map(|at| at.parse().unwrap());
            Sighting { article: articles[*at].id.clone(), seen }
        };
        let page = |(n, all): (usize, &Vec<usize>)| Page {
            address: format!("https://halver.example/{n}"),
            seen: all.iter().enumerate().map(sighting).collect(),
        };
        let pages: Vec<Page> = pages.iter().enumerate().map(page).collect();
        mark_versions(&pages, &mut articles, until.map(|day| day.parse().unwrap()));
        tell_once(&articles, &mut readings);
        for (own, (article, reading)) in self.all.iter_mut().zip(articles.into_iter().zip(readings)) {
            let stays: Vec<bool> = own
                .1
                .statements
                .iter()
                .map(|s| reading.statements.iter().any(|o| o.item.id() == s.item.id()))
                .collect();
            let (mut one, mut other) = (stays.iter(), stays.iter());
            own.2.statements.retain(|_| *one.next().unwrap());
            own.2.conditions.retain(|_| *other.next().unwrap());
            (own.0, own.1) = (article, reading);
        }
    }

    /// The ids of the statements that vanished from their page.
    pub(crate) fn vanished(&self) -> Vec<String> {
        let of = |w: &Witness<'_>| {
            let all = w.reading.statements.iter().filter(|s| w.vanished(&s.item).is_some());
            all.map(|s| w.words(s.item.span()).to_string()).collect::<Vec<_>>()
        };
        self.witnesses().iter().flat_map(of).collect()
    }

    /// Makes the issues of the statements of one article guesses.
    #[allow(dead_code, reason = "one of the tests that share this module")]
    pub(crate) fn guess(&mut self, article: usize) {
        self.all[article].2.statements.iter_mut().flatten().for_each(|i| i.how = Filing::Guessed);
    }

    pub(crate) fn witnesses(&self) -> Vec<Witness<'_>> {
        self.all.iter().map(|(article, reading, resolution)| Witness { article, reading, resolution }).collect()
    }

    pub(crate) fn fold(&self) -> Ledger {
        fold(&self.dossier, &self.witnesses())
    }
}

/// The series of a party on an issue, as `2025-03-01 for, 2025-03-04 open`.
pub(crate) fn series(ledger: &Ledger, party: usize, issue: usize) -> String {
    let position = ledger
        .positions
        .iter()
        .find(|p| p.party.id == PARTIES[party] && p.issue.as_ref().is_some_and(|i| i.id == ISSUES[issue]));
    let runs = position.map_or(&[][..], |p| p.series.as_slice());
    runs.iter().map(|s| format!("{} {}", s.from, s.stance.as_str())).collect::<Vec<_>>().join(", ")
}

/// What each statement of a party on an issue is to its position, in order.
pub(crate) fn history(ledger: &Ledger, party: usize, issue: usize) -> Vec<&'static str> {
    let position = ledger
        .positions
        .iter()
        .find(|p| p.party.id == PARTIES[party] && p.issue.as_ref().is_some_and(|i| i.id == ISSUES[issue]));
    position.map_or(&[][..], |p| p.history.as_slice()).iter().map(|t| t.telling.as_str()).collect()
}

/// The shifts, as `weavers pay for open softer 2025-03-04`.
pub(crate) fn shifts(ledger: &Ledger) -> Vec<String> {
    let shift = |s: &rapporteur_ledger::Shift| {
        let day = s.when.from.map(|d| d.to_string()).unwrap_or_default();
        let (from, to, way) = (s.from.as_str(), s.to.as_str(), s.direction.as_str());
        format!("{} {} {from} {to} {way} {day}", s.party.id, s.issue.id)
    };
    ledger.shifts.iter().map(shift).collect()
}

fn article(n: usize, told: &Told) -> (Article, Reading, Resolution) {
    let text = told.says.iter().map(|s| s.words.as_str()).collect::<Vec<_>>().join("\n");
    let mut article = Article::from_text(&text);
    article.id = ArticleId::from_written(format!("a-{n:02}"));
    article.published = told.day.parse().ok();
    let mut reading = Reading { article: article.id.clone(), ..Reading::default() };
    let mut resolution = Resolution::default();
    for (i, id) in PARTIES.iter().enumerate() {
        let span = Span::of(&article.text, 0..article.text.chars().next().map_or(0, char::len_utf8)).unwrap();
        reading.entities.push(Entity {
            id: EntityId(i as u32),
            kind: RefKind::Party,
            name: (*id).to_string(),
            mentions: vec![Mention { span, head: 0, named: true }],
            of: None,
            roles: Vec::new(),
        });
        resolution.entities.push(Resolved { party: Some(PartyId::new(*id)), person: None });
    }
    let mut at = 0;
    for (n, s) in told.says.iter().enumerate() {
        let span = Span::of(&article.text, at..at + s.words.len());
        let span = span.unwrap_or_else(|| panic!("`{}` is not in `{}`", s.words, article.text));
        at += s.words.len() + 1;
        reading.statements.push(statement(&article, s, n, span));
        let issue = |i: usize| Some(IssueRef { id: IssueId::new(ISSUES[i]), turned: false, how: Filing::Named });
        resolution.statements.push(issue(s.issue));
        resolution.conditions.push(s.condition.iter().map(|(_, needs)| issue(*needs)).collect());
    }
    (article, reading, resolution)
}

fn statement(article: &Article, s: &Says, n: usize, span: Span) -> Statement {
    let evidence = Evidence { span, sentence: span, why: Why::Item };
    let named = article.text[span.range()].find(PARTIES[s.party]).filter(|_| s.apart).map(|at| span.start() + at);
    let holder = named.and_then(|at| Span::of(&article.text, at..at + PARTIES[s.party].len())).unwrap_or(span);
    let predicate = named.and_then(|_| Span::of(&article.text, holder.end()..span.end())).unwrap_or(span);
    let id = ItemId::of_words("statement", &[article.id.as_str(), &s.words], n);
    Statement {
        item: Item::new(Rule("test.v1"), s.confidence, evidence).with_id(id),
        holder: Reference { kind: RefKind::Party, span: holder, entity: Some(EntityId(s.party as u32)) },
        on_behalf_of: None,
        predicate,
        negated: false,
        act: s.act,
        polarity: s.polarity,
        matter: span,
        topics: Vec::new(),
        target: None,
        conditions: s.condition.iter().map(|(sort, _)| Condition { sort: *sort, span, topics: Vec::new() }).collect(),
        modality: Modality::Certain,
        mode: Mode::Indirect,
        chain: Vec::new(),
        named: s.named,
        quote: None,
        proposal: None,
        point: None,
        said: s.said.parse().map_or_else(|_| When::unknown(), |day| When::on(day, s.said, Basis::Stated)),
    }
}
