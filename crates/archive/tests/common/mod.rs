//! Articles with readings made by hand: what the archive keeps needs no language model.
#![allow(dead_code, reason = "each test takes what it needs")]

use rapporteur_archive::{Archive, Kept, Maker, Packed, Received};
use rapporteur_article::{Article, Config, extract};
use rapporteur_capture::Capture;
use rapporteur_reading::Reading;
use rapporteur_reading::model::{
    Act, Entity, EntityId, Evidence, Item, Mention, Modality, Mode, Polarity, Quote, RefKind, Reference, Rule,
    Statement, Topic, Why,
};
use rapporteur_text::{ItemId, Moment, Span, When};

/// A capture with its article and what it says.
pub(crate) struct Made {
    pub(crate) capture: Capture,
    pub(crate) article: Article,
    pub(crate) reading: Reading,
}

pub(crate) fn maker(rules: &str) -> Maker {
    Maker { rules: rules.to_string(), model: "none-1.0".to_string() }
}

pub(crate) fn now() -> Moment {
    "2025-05-01T12:00:00Z".parse().unwrap()
}

pub(crate) fn silent(_: &str) {}

/// Article number `n`, published on a day of 2025 that follows from it.
pub(crate) fn made(n: usize) -> Made {
    let day = format!("2025-{:02}-{:02}", 1 + n / 28 % 12, 1 + n % 28);
    let text = format!("The union of Halver refused offer {n} of the mill owners. “We will not sign,” said Ada Brök.");
    of_text(&text, &day, &format!("press/{n}.txt"))
}

/// An article that refuses something and quotes someone, by its words.
pub(crate) fn of_text(text: &str, day: &str, path: &str) -> Made {
    let mut capture = Capture::from_bytes(text);
    capture.path = path.to_string();
    capture.at = Some(day.parse().unwrap());
    capture.fields.published = day.to_string();
    capture.fields.outlet = "Halver Courier".to_string();
    let mut article = extract(&capture, &Config::verbatim());
    article.title = "Talks in Halver".to_string();
    let reading = reading(&article);
    Made { capture, article, reading }
}

fn reading(article: &Article) -> Reading {
    let text = &article.text;
    let end = text.find(". ").map_or(text.len(), |i| i + 1);
    let span = |words: &str| {
        let at = text.find(words).unwrap();
        Span::of(text, at..at + words.len()).unwrap()
    };
    let first = Span::of(text, 0..end).unwrap();
    let second = Span::of(text, end + 1..text.len()).unwrap();
    let item = |kind: &str, own: Span, sentence: Span| {
        let id = ItemId::of_words(kind, &[article.id.as_str(), own.slice(text)], 0);
        Item::new(Rule("test.by-hand.v1"), 0.1 + 0.2, Evidence { span: own, sentence, why: Why::Item }).with_id(id)
    };
    let holder = Reference { kind: RefKind::Party, span: span("union"), entity: Some(EntityId(0)) };
    let entity = Entity {
        id: EntityId(0),
        kind: RefKind::Party,
        name: "union of Halver".to_string(),
        mentions: vec![Mention { span: span("union"), head: 1, named: true }],
        of: None,
        roles: Vec::new(),
    };
    let statement = Statement {
        item: item("statement", first, first),
        holder,
        on_behalf_of: None,
        predicate: span("refused"),
        negated: false,
        act: Act::Refuse,
        polarity: Polarity::Against,
        matter: first,
        topics: vec![Topic { lemma: "offer".into(), span: span("offer"), distance: 0 }],
        target: None,
        conditions: Vec::new(),
        modality: Modality::Certain,
        mode: Mode::Narrated,
        chain: Vec::new(),
        named: true,
        quote: None,
        proposal: None,
        point: None,
        said: When::unknown(),
    };
    let quote = Quote {
        item: item("quote", second, second),
        source: None,
        cue: Some(span("said")),
        content: vec![span("We will not sign,")],
        mode: Mode::Direct,
        chain: Vec::new(),
        named: true,
        said: When::unknown(),
    };
    Reading {
        article: article.id.clone(),
        entities: vec![entity],
        statements: vec![statement],
        quotes: vec![quote],
        ..Reading::default()
    }
}

/// Keeps an article with its reading.
pub(crate) fn keep(archive: &mut Archive, made: &Made, maker: &Maker) -> Result<Kept, rapporteur_archive::Error> {
    let packed = Packed::of(&made.article, &made.reading).unwrap();
    let received = Received {
        capture: &made.capture,
        verbatim: true,
        article: &made.article,
        others: &[],
        reading: Some((&made.reading, &packed)),
    };
    archive.keep(&received, maker, now())
}

/// All that is kept, by id.
pub(crate) fn all(archive: &Archive) -> Vec<(Article, Reading)> {
    let mut all = Vec::new();
    archive
        .each(3, |some| {
            all.extend(some.iter().map(|p| p.unpack().unwrap()));
            Ok::<(), rapporteur_archive::Error>(())
        })
        .unwrap();
    all
}

/// Nothing in the archive is damaged.
pub(crate) fn is_whole(archive: &Archive) {
    let checked = archive.check(&mut |_, _| ()).unwrap();
    assert_eq!(checked.faults, Vec::<String>::new());
}
