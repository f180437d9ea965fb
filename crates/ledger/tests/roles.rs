//! Offices: two that nobody holds at once are a dispute, one after the other is none.

use rapporteur_article::Article;
use rapporteur_dossier::{Dossier, Person, PersonId, Resolution, Resolved};
use rapporteur_ledger::{DisputeSort, Witness, fold};
use rapporteur_reading::Reading;
use rapporteur_reading::model::{
    Entity, EntityId, Evidence, Item, Mention, RefKind, Reference, Role, RoleChange, Rule, Why,
};
use rapporteur_text::{ArticleId, ItemId, Span, When};

/// Articles by day, each with one role of Ana Weld as its whole text ("Senator Ana Weld").
fn disputes(told: &[(&str, &str, RoleChange)]) -> Vec<Vec<String>> {
    let ana = PersonId::new("ana-weld");
    let person = Person { id: ana.clone(), name: "Ana Weld".into(), ..Person::default() };
    let dossier = Dossier { people: vec![person], ..Dossier::default() };
    let read: Vec<(Article, Reading)> = told.iter().enumerate().map(|(n, t)| article(n, t)).collect();
    let resolution =
        Resolution { entities: vec![Resolved { party: None, person: Some(ana) }], ..Resolution::default() };
    let witnesses: Vec<Witness<'_>> =
        read.iter().map(|(article, reading)| Witness { article, reading, resolution: &resolution }).collect();
    let ledger = fold(&dossier, &witnesses);
    let sides = |d: &rapporteur_ledger::Dispute| {
        let mut values: Vec<String> = d.sides.iter().map(|s| s.value.clone()).collect();
        values.sort();
        values
    };
    ledger.disputes.iter().filter(|d| d.sort == DisputeSort::Role).map(sides).collect()
}

fn article(n: usize, &(day, words, change): &(&str, &str, RoleChange)) -> (Article, Reading) {
    let mut article = Article::from_text(words);
    article.id = ArticleId::from_written(format!("a-{n:02}"));
    article.published = day.parse().ok();
    let at = words.find(" Ana Weld").unwrap();
    let (role, name) = (Span::of(words, 0..at).unwrap(), Span::of(words, at + 1..at + " Ana Weld".len()).unwrap());
    let whole = Span::of(words, 0..words.len()).unwrap();
    let evidence = Evidence { span: whole, sentence: whole, why: Why::Item };
    let id = ItemId::of_words("role", &[article.id.as_str(), words], n);
    let entity = Entity {
        id: EntityId(0),
        kind: RefKind::Person,
        name: "Ana Weld".into(),
        mentions: vec![Mention { span: name, head: 0, named: true }],
        of: None,
        roles: vec![role],
    };
    let role = Role {
        item: Item::new(Rule("test.v1"), 0.9, evidence).with_id(id),
        person: Reference { kind: RefKind::Person, span: name, entity: Some(EntityId(0)) },
        role,
        party: None,
        change,
        when: When::unknown(),
    };
    (article.clone(), Reading { article: article.id, entities: vec![entity], roles: vec![role], ..Reading::default() })
}

use RoleChange::{Appointed, Former, Holds, Left};

#[test]
fn two_offices_at_one_time_are_a_dispute() {
    let found = disputes(&[
        ("2025-05-01", "Secretary of State Ana Weld", Holds),
        ("2025-05-03", "Senator Ana Weld", Holds),
        ("2025-05-09", "Secretary of State Ana Weld", Holds),
    ]);
    assert_eq!(found, [["Secretary of State", "Senator"]]);
}

#[test]
fn a_new_appointment_is_no_dispute() {
    for change in [("2025-05-02", "Secretary of State Ana Weld", Appointed), ("2025-05-02", "Senator Ana Weld", Left)] {
        let found = disputes(&[
            ("2025-05-01", "Senator Ana Weld", Holds),
            change,
            ("2025-05-09", "Secretary of State Ana Weld", Holds),
        ]);
        assert!(found.is_empty(), "{change:?} {found:?}");
    }
    let found = disputes(&[
        ("2025-05-01", "Senator Ana Weld", Holds),
        ("2025-05-09", "Secretary of State Ana Weld", Holds),
        ("2025-05-10", "Senator Ana Weld", Former),
    ]);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn an_office_given_long_after_it_was_left_is_a_dispute() {
    let found = disputes(&[
        ("2025-05-01", "Secretary of State Ana Weld", Appointed),
        ("2025-05-09", "Secretary of State Ana Weld", Holds),
        ("2025-05-20", "Senator Ana Weld", Holds),
    ]);
    assert_eq!(found, [["Secretary of State", "Senator"]]);
}
