//! Records for one place in a text: article, quote, statement, figure, role, date.

use rapporteur_article::Article;
use rapporteur_ledger::{Named, Witness, stance_of};
use rapporteur_reading::model::{HasItem, Link, LinkSort, Quote, Statement};
use rapporteur_text::Moment;
use serde_json::{Value, json};

use super::parts::{Fields, common, fields, maybe, number, piece, reference, time};
use super::rows::Row;
use crate::View;

/// What can be added here.
pub(super) const KINDS: &[&str] = &["article", "quote", "statement", "figure", "role", "date"];

/// Adds the records of one article that are of these kinds.
pub(super) fn rows(view: &View<'_>, w: &Witness<'_>, kinds: &[&str], rows: &mut Vec<Row>) {
    let r = w.reading;
    let day = w.article.published;
    let is_asked = |kind: &str| kinds.contains(&kind);
    if is_asked("article") {
        rows.push(Row::new("article", day, article(view, w)));
    }
    let quotes = r.quotes.iter().filter(|_| is_asked("quote"));
    rows.extend(quotes.map(|q| Row::new("quote", q.said.from.or(day), quote(view, w, q))));
    for (i, s) in r.statements.iter().enumerate().filter(|_| is_asked("statement")) {
        rows.push(Row::new("statement", s.said.from.or(day), statement(view, w, i, s)));
    }
    for f in r.figures.iter().filter(|_| is_asked("figure")) {
        let more = json!({
            "value": f.value.map_or(Value::Null, number),
            "low": f.low.map_or(Value::Null, number),
            "high": f.high.map_or(Value::Null, number),
            "unit": f.unit,
            "approximate": f.approximate,
            "as_written": w.words(f.as_written),
            "measures": f.measures.map_or("", |m| w.words(m)),
            "of": maybe(f.of.map(|o| w.named(view.dossier, &o)).as_ref()),
            "as_of": time(&f.as_of),
        });
        rows.push(row(w, f, f.as_of.from.or(day), more));
    }
    for role in r.roles.iter().filter(|_| is_asked("role")) {
        let more = json!({
            "person": reference(&w.named(view.dossier, &role.person)),
            "role": w.words(role.role),
            "party": maybe(role.party.map(|p| w.named(view.dossier, &p)).as_ref()),
            "change": role.change,
            "when": time(&role.when),
        });
        rows.push(row(w, role, role.when.from.or(day), more));
    }
    for d in r.dates.iter().filter(|_| is_asked("date")) {
        let more = json!({"value": d.value, "type": d.sort, "from": d.when.from, "to": d.when.to});
        rows.push(row(w, d, d.when.from.or(day), more));
    }
}

fn row<T: HasItem>(w: &Witness<'_>, record: &T, date: Option<Moment>, more: Value) -> Row {
    Row::new(T::KIND, date, with(common(T::KIND, w, record.item()), more))
}

pub(super) fn with(mut record: Fields, more: Value) -> Value {
    record.extend(fields(more));
    Value::Object(record)
}

fn article(view: &View<'_>, w: &Witness<'_>) -> Value {
    let a = w.article;
    let first = a.sources.first().cloned().unwrap_or_default();
    let origin = view.ledger.origins.0.get(&a.id);
    let copy = origin.and_then(|o| o.copy_of.as_ref());
    json!({
        "kind": "article",
        "id": a.id,
        "source_id": a.source_id,
        "path": first.path,
        "url": first.url,
        "sources": a.sources.iter().map(|s| json!({"path": s.path, "url": s.url, "outlet": s.outlet})).collect::<Value>(),
        "captured": {"at": a.captured_at, "digest": a.digest},
        "outlet": a.outlet,
        "title": a.title,
        "authors": a.authors,
        "agency": a.agency,
        "dateline": {
            "place": a.dateline.as_ref().map_or("", |d| d.place.as_str()),
            "date": a.dateline.as_ref().and_then(|d| d.date),
        },
        "published": a.published,
        "published_basis": a.published_basis.as_str(),
        "updated": a.updated,
        "language": a.language,
        "text": a.text,
        "removed": a.removed,
        "origin": origin.map_or(a.id.as_str(), |o| o.origin.as_str()),
        "story": origin.map_or(a.id.as_str(), |o| o.story.as_str()),
        "copy_of": copy.map_or("", |(of, _)| of.as_str()),
        "copy_kind": copy.map_or("", |(_, kind)| kind.as_str()),
        "page": page(a),
    })
}

/// Which version of its page an article is, null where no other is known.
fn page(a: &Article) -> Value {
    a.page.as_ref().map_or(Value::Null, |p| {
        json!({
            "address": p.address,
            "version": p.number,
            "first_seen": p.seen[0],
            "last_seen": p.seen[1],
            "replaces": p.replaces.as_ref().map_or("", |id| id.as_str()),
            "replaced_by": p.replaced_by(&a.id).map_or("", |id| id.as_str()),
        })
    })
}

fn chain(view: &View<'_>, w: &Witness<'_>, links: &[Link]) -> Value {
    links
        .iter()
        .map(|l| {
            let kind = rapporteur_reading::model::RefKind::Organisation;
            let named = w.entity_named(view.dossier, l.entity, kind, w.words(l.span));
            json!({"name": named.shown(), "sort": l.sort})
        })
        .collect()
}

/// The relays of a statement. Who speaks for which side may stand in another article; one of the holder's own side is its
/// voice and no relay.
fn relays(w: &Witness<'_>, s: &Statement) -> Vec<Link> {
    let side = s.on_behalf_of.as_ref().and_then(|r| w.party_of(r)).or_else(|| w.party_of(&s.holder));
    let own = |l: &Link| {
        let of = w.resolved(l.entity).and_then(|r| r.party.as_ref());
        matches!(l.sort, LinkSort::Party | LinkSort::Person) && side.is_some() && of == side
    };
    s.chain.iter().filter(|l| !own(l)).copied().collect()
}

fn quote(view: &View<'_>, w: &Witness<'_>, q: &Quote) -> Value {
    let source = q.source.map_or(Value::Null, |s| {
        let mut source = fields(reference(&w.named(view.dossier, &s)));
        source.extend(fields(piece(w, s.span)));
        Value::Object(source)
    });
    let more = json!({
        "source": source,
        "cue": q.cue.map_or(Value::Null, |c| piece(w, c)),
        "content": q.content.iter().map(|c| piece(w, *c)).collect::<Value>(),
        "mode": q.mode,
        "chain": chain(view, w, &q.chain),
        "said": time(&q.said),
    });
    with(common("quote", w, &q.item), more)
}

fn statement(view: &View<'_>, w: &Witness<'_>, number: usize, s: &Statement) -> Value {
    let (holder, person) = w.holder(view.dossier, &s.holder);
    let issue = w.resolution.statements.get(number).and_then(Option::as_ref);
    let conditions: Value = s
        .conditions
        .iter()
        .enumerate()
        .map(|(i, c)| {
            let about = w.resolution.conditions.get(number).and_then(|l| l.get(i)?.as_ref());
            let words = c.topics.first().map_or("", |t| w.words(t.span));
            json!({
                "sort": c.sort, "start": c.span.start(), "end": c.span.end(), "text": w.words(c.span),
                "issue": maybe(about.map(|i| Named::issue(view.dossier, i, words)).as_ref()),
            })
        })
        .collect();
    let words = s.topics.first().map_or(w.words(s.matter), |t| w.words(t.span));
    let more = json!({
        "holder": reference(&holder),
        "on_behalf_of": maybe(s.on_behalf_of.map(|r| w.holder(view.dossier, &r).0).as_ref()),
        "person": maybe(person.as_ref()),
        "predicate": piece(w, s.predicate),
        "negated": s.negated,
        "act": s.act,
        "polarity": s.polarity,
        "stance": view.ledger.stances.get(s.item.id()).copied().unwrap_or_else(|| stance_of(s, issue)),
        "issue": maybe(issue.map(|i| Named::issue(view.dossier, i, words)).as_ref()),
        "matter": piece(w, s.matter),
        "target": maybe(s.target.map(|t| w.named(view.dossier, &t)).as_ref()),
        "conditions": conditions,
        "modality": s.modality,
        "mode": s.mode,
        "chain": chain(view, w, &relays(w, s)),
        "named": s.named,
        "quote": s.quote.and_then(|q| w.reading.quotes.get(q)).map_or("", |q| q.item.id().as_str()),
        "proposal": proposal_id(view, w, s.proposal),
        "point": s.point,
        "said": time(&s.said),
    });
    with(common("statement", w, &s.item), more)
}

/// Id of the merged proposal that a statement is about, "" if none.
fn proposal_id<'a>(view: &View<'a>, w: &Witness<'a>, number: Option<usize>) -> &'a str {
    let own = number.and_then(|p| w.reading.proposals.get(p)).map(|p| p.item.id());
    own.and_then(|id| view.ledger.proposal_of.get(id)).map_or("", |id| id.as_str())
}
