//! One line an item, for the specification documents.

use rapporteur::article::Article;
use rapporteur::reading::model::{Link, Reading, Reference};
use rapporteur::text::{Span, When};

/// The items of a family, one line each.
pub(crate) fn render(family: &str, article: &Article, reading: &Reading) -> Vec<String> {
    let text = article.text.as_str();
    let words = |s: Span| s.slice(text).replace('\n', " ");
    let name = |r: &Reference| match r.entity {
        Some(e) => {
            let entity = &reading.entities[e.0 as usize];
            if entity.name == words(r.span) { words(r.span) } else { format!("{} ({})", words(r.span), entity.name) }
        }
        None => words(r.span),
    };
    let names = |r: &[Reference]| r.iter().map(&name).collect::<Vec<_>>().join("; ");
    let chain = |links: &[Link]| links.iter().map(|l| words(l.span)).collect::<Vec<_>>().join(" > ");
    let or = |s: Option<String>| s.unwrap_or_default();
    match family {
        // person (entity) | kind | mentions; ...
        "entities" => reading
            .entities
            .iter()
            .map(|e| {
                let mentions: Vec<_> = e.mentions.iter().map(|m| words(m.span)).collect();
                let of = e.of.map(|(o, _)| reading.entities[o.0 as usize].name.clone()).unwrap_or_default();
                format!("{} | {} | {} | of: {of}", e.name, kind(e.kind), mentions.join("; "))
            })
            .collect(),
        // source | cue | content ... | mode | chain
        "quotes" => reading
            .quotes
            .iter()
            .map(|q| {
                let content: Vec<_> = q.content.iter().map(|&c| words(c)).collect();
                let mut line = format!(
                    "{} | {} | {} | {}",
                    or(q.source.as_ref().map(&name)),
                    or(q.cue.map(words)),
                    content.join(" … "),
                    q.mode.as_str()
                );
                if !q.chain.is_empty() {
                    line += &format!(" | chain: {}", chain(&q.chain));
                }
                if !q.named {
                    line += " | unnamed";
                }
                line
            })
            .collect(),
        // holder | act | polarity | matter | further fields where they are not the usual
        "statements" => reading
            .statements
            .iter()
            .map(|s| {
                let mut line =
                    format!("{} | {} | {} | {}", name(&s.holder), s.act.as_str(), s.polarity.as_str(), words(s.matter));
                if let Some(b) = &s.on_behalf_of {
                    line += &format!(" | for: {}", name(b));
                }
                if let Some(t) = &s.target {
                    line += &format!(" | target: {}", name(t));
                }
                for c in &s.conditions {
                    line += &format!(" | {}: {}", c.sort.as_str(), words(c.span));
                }
                if s.modality.as_str() != "certain" {
                    line += &format!(" | {}", s.modality.as_str());
                }
                if !s.chain.is_empty() {
                    line += &format!(" | chain: {}", chain(&s.chain));
                }
                if !s.named {
                    line += " | unnamed";
                }
                line
            })
            .collect(),
        "figures" => reading
            .figures
            .iter()
            .map(|f| {
                let number = |v: Option<f64>| v.map(|v| v.to_string()).unwrap_or_default();
                let mut line = format!("{} | {} | {}", number(f.value), f.unit, words(f.as_written));
                if f.low.is_some() || f.high.is_some() {
                    line += &format!(" | range: {}..{}", number(f.low), number(f.high));
                }
                if f.approximate {
                    line += " | about";
                }
                if let Some(m) = f.measures {
                    line += &format!(" | measures: {}", words(m));
                }
                if let Some(of) = &f.of {
                    line += &format!(" | of: {}", name(of));
                }
                if !f.as_of.is_unknown() {
                    line += &format!(" | as of: {}", time(&f.as_of));
                }
                line
            })
            .collect(),
        "roles" => reading
            .roles
            .iter()
            .map(|r| {
                format!(
                    "{} | {} | {} | {}",
                    name(&r.person),
                    words(r.role),
                    or(r.party.as_ref().map(&name)),
                    r.change.as_str()
                )
            })
            .collect(),
        "dates" => reading
            .dates
            .iter()
            .map(|d| {
                let w = time(&d.when);
                format!("{} | {} | {} | {w}", words(d.item.span()), d.sort.as_str(), d.value)
            })
            .collect(),
        "meetings" => reading
            .meetings
            .iter()
            .map(|m| {
                let mut line = format!(
                    "{} | {} | {} | {} | {}",
                    m.sort.as_str(),
                    m.state.as_str(),
                    or(m.place.as_ref().map(&name)),
                    time(&m.when),
                    names(&m.participants)
                );
                if let Some(o) = m.outcome {
                    line += &format!(" | outcome: {}", words(o));
                }
                if !m.moved_to.is_unknown() {
                    line += &format!(" | moved to: {}", time(&m.moved_to));
                }
                line
            })
            .collect(),
        "proposals" => reading
            .proposals
            .iter()
            .map(|p| {
                let points = p.points.map(|n| n.to_string()).unwrap_or_default();
                let terms: Vec<_> = p.terms.iter().map(|t| words(t.span)).collect();
                let replaces = p.replaces.map(|r| format!(" | replaces: {}", words(r))).unwrap_or_default();
                format!("{} | by: {} | points: {points} | {}{replaces}", words(p.name), names(&p.by), terms.join(" ; "))
            })
            .collect(),
        "statuses" => reading
            .statuses
            .iter()
            .map(|s| {
                let mut line = format!(
                    "{} | {} | {}",
                    or(s.matter.map(words)),
                    s.status.as_str(),
                    or(s.according_to.as_ref().map(&name))
                );
                if let Some(p) = s.percent {
                    line += &format!(" | {p} percent");
                }
                line
            })
            .collect(),
        "incidents" => reading
            .incidents
            .iter()
            .map(|i| {
                let mut line = format!(
                    "{} | {} | {} | {} | {}",
                    i.sort.as_str(),
                    or(i.actor.as_ref().map(&name)),
                    or(i.target.as_ref().map(&name)),
                    or(i.place.as_ref().map(&name)),
                    time(&i.when)
                );
                if let Some(c) = &i.claimed_by {
                    line += &format!(" | claimed by: {}", name(c));
                }
                if let Some(d) = &i.denied_by {
                    line += &format!(" | denied by: {}", name(d));
                }
                line
            })
            .collect(),
        "deadlines" => reading
            .deadlines
            .iter()
            .map(|d| {
                let mut line = format!("{} | {} | {}", or(d.matter.map(words)), d.state.as_str(), time(&d.when));
                if let Some(by) = &d.by {
                    line += &format!(" | by: {}", name(by));
                }
                if !d.moved_to.is_unknown() {
                    line += &format!(" | moved to: {}", time(&d.moved_to));
                }
                line
            })
            .collect(),
        other => panic!("`{other}` is no family; see specs/render.rs"),
    }
}

fn kind(k: rapporteur::reading::model::RefKind) -> &'static str {
    use rapporteur::reading::model::RefKind as K;
    match k {
        K::Party => "party",
        K::Person => "person",
        K::Organisation => "organisation",
        K::Place => "place",
        K::Issue => "issue",
    }
}

fn time(w: &When) -> String {
    match (w.from, w.to) {
        (None, None) => String::new(),
        (Some(a), Some(b)) if a == b => a.to_string(),
        (a, b) => {
            format!(
                "{}..{}",
                a.map(|m| m.to_string()).unwrap_or_default(),
                b.map(|m| m.to_string()).unwrap_or_default()
            )
        }
    }
}
