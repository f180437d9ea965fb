//! The sections of the brief as plain lines, before they are written in a format.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rapporteur_ledger::{About, Cited, Condition, Dispute, Meeting, Named, Position, Sticking, Witness};
use rapporteur_reading::model::{Polarity, StatusSort, Why};
use rapporteur_text::{ArticleId, When};

use super::Options;
use super::choose::{Chosen, Issue, weight};
use crate::View;
use crate::listing::tie;
use crate::page::Style;
use crate::source;

/// Most characters of a quoted sentence.
pub(super) const SENTENCE: usize = 220;

/// A heading and what stands under it.
#[derive(Debug)]
pub(super) struct Section {
    pub(super) title: &'static str,
    pub(super) parts: Vec<Part>,
}

/// A part of a section.
#[derive(Debug)]
pub(super) enum Part {
    /// A name under which the lines after it stand, with a remark.
    Group(String, String),
    /// One line with its sentence and source.
    Line(Line),
    /// How many lines were left out, and how to see them.
    More(usize, &'static str),
}

/// One line of the brief.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// What it says: words and how they stand out.
    pub(super) says: Vec<(String, Option<Style>)>,
    /// Sentences that show it, each with its source.
    pub(super) shown: Vec<(String, String)>,
}

impl Line {
    pub(super) fn new() -> Self {
        Self::default()
    }

    pub(super) fn strong(self, words: &str) -> Self {
        self.word(words, Some(Style::Strong))
    }

    pub(super) fn plain(self, words: &str) -> Self {
        self.word(words, None)
    }

    pub(super) fn faint(self, words: &str) -> Self {
        self.word(words, Some(Style::Faint))
    }

    fn stance(self, stance: Polarity) -> Self {
        let style = match stance {
            Polarity::For => Style::Good,
            Polarity::Against => Style::Bad,
            Polarity::Open | Polarity::None => Style::Between,
        };
        self.word(stance.as_str(), Some(style))
    }

    pub(super) fn word(mut self, words: &str, style: Option<Style>) -> Self {
        if !words.is_empty() {
            self.says.push((words.to_string(), style));
        }
        self
    }

    fn shown(mut self, from: &Sources<'_>, cited: Option<&Cited>) -> Self {
        self.shown.extend(cited.and_then(|c| from.sentence(c)));
        self
    }
}

/// Articles by id, to quote from.
struct Sources<'a>(BTreeMap<&'a ArticleId, Witness<'a>>);

impl Sources<'_> {
    /// Of the words of an item's members those published last: what is told of a day is shown by a sentence of that day.
    fn newest<'c>(&self, all: &'c [Cited]) -> Option<&'c Cited> {
        let own = all.iter().filter(|c| matches!(c.evidence.why, Why::Item | Why::Member));
        own.rev().max_by_key(|c| self.0.get(&c.article).and_then(|w| w.article.published))
    }

    fn sentence(&self, cited: &Cited) -> Option<(String, String)> {
        let w = self.0.get(&cited.article)?;
        let sentence = cited.evidence.sentence;
        Some((source::sentence(w, sentence, SENTENCE), source::named_at(w.article, Some(sentence))))
    }
}

/// Name of the talks, else who talks.
pub(super) fn title(view: &View<'_>, chosen: &Chosen<'_>) -> String {
    if !view.dossier.name.is_empty() {
        return view.dossier.name.clone();
    }
    let names: Vec<&str> = chosen.parties.iter().take(4).map(|(name, _)| name.as_str()).collect();
    match names.as_slice() {
        [] => "No talks found".to_string(),
        [one] => format!("Talks: {one}"),
        _ => format!("Talks between {}", names.join(", ")),
    }
}

/// What was read.
pub(super) fn summary(view: &View<'_>, chosen: &Chosen<'_>) -> Vec<String> {
    let days: Vec<Date> = view.witnesses.iter().filter_map(|w| w.article.published.map(|m| m.date)).collect();
    let span = match (days.iter().min(), days.iter().max()) {
        (Some(a), Some(b)) if a == b => format!(", {a}"),
        (Some(a), Some(b)) => format!(", {a} to {b}"),
        _ => String::new(),
    };
    let origins = view.ledger.origins.count();
    let read = format!("{}{span}; {}", count(view.articles(), "article"), count(origins, "independent report"));
    let as_of = view.as_of.map(|d| format!("As of {}.", d.date));
    let parties: Vec<&str> = chosen.parties.iter().take(8).map(|(name, _)| name.as_str()).collect();
    let parties = (!parties.is_empty()).then(|| format!("Positions of: {}.", parties.join(", ")));
    std::iter::once(format!("{read}.")).chain(as_of).chain(parties).collect()
}

fn count(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

/// All sections that have something to say.
pub(super) fn all(view: &View<'_>, chosen: &Chosen<'_>, most: usize) -> Vec<Section> {
    let from = Sources(view.by_id());
    let mut sections = vec![
        Section { title: "Sticking points", parts: sticking(chosen, &from) },
        Section { title: "Where they stand", parts: stand(chosen, &from, most) },
        Section { title: "What changed", parts: shifts(chosen, &from, most) },
        Section { title: "How far it has come", parts: statuses(chosen, &from, most) },
        Section { title: "What waits on what", parts: conditions(chosen, &from, most) },
        Section { title: "On the table", parts: proposals(chosen, &from, most) },
        Section { title: "Next", parts: next(chosen, &from, most) },
        Section { title: "Lately", parts: past(chosen, &from, most.min(5)) },
        Section { title: "Where the sources disagree", parts: disputes(chosen, &from, most) },
        Section { title: "Notes", parts: notes(view, most) },
    ];
    sections.retain(|s| !s.parts.is_empty());
    sections
}

/// The first `most` lines, and how many more there are.
fn limited(lines: impl IntoIterator<Item = Line>, most: usize, command: &'static str) -> Vec<Part> {
    let mut lines: Vec<Line> = lines.into_iter().collect();
    let more = lines.len().saturating_sub(most);
    lines.truncate(most);
    let mut parts: Vec<Part> = lines.into_iter().map(Part::Line).collect();
    if more > 0 {
        parts.push(Part::More(more, command));
    }
    parts
}

fn sticking(chosen: &Chosen<'_>, from: &Sources<'_>) -> Vec<Part> {
    let stuck = chosen.issues.iter().filter(|i| !i.sticking.is_empty());
    let line = |i: &Issue<'_>| {
        let against = i.positions.iter().find(|p| p.now().is_some_and(|s| s.stance == Polarity::Against));
        let shown = against.or(i.positions.first()).and_then(|p| p.merged.evidence.first());
        Line::new()
            .strong(&format!("{}:", i.name))
            .plain(&measured(&i.sticking))
            .faint(&format!("({})", count(weight(i), "report")))
            .shown(from, shown)
    };
    limited(stuck.map(line), 3, "positions")
}

fn measured(all: &[&Sticking]) -> String {
    all.iter().take(2).map(|s| format!("{}, since {}", s.measure, s.from)).collect::<Vec<_>>().join("; ")
}

fn stand(chosen: &Chosen<'_>, from: &Sources<'_>, most: usize) -> Vec<Part> {
    let mut parts = Vec::new();
    for issue in chosen.issues.iter().take(most) {
        parts.push(Part::Group(issue.name.to_string(), String::new()));
        parts.extend(limited(issue.positions.iter().map(|p| position(p, from)), most, "positions"));
    }
    if chosen.issues.len() > most {
        parts.push(Part::More(chosen.issues.len() - most, "positions"));
    }
    if !chosen.on_proposals.is_empty() {
        parts.push(Part::Group("the proposals themselves".to_string(), String::new()));
        parts.extend(limited(chosen.on_proposals.iter().map(|p| position(p, from)), most, "positions"));
    }
    parts
}

fn position(p: &Position, from: &Sources<'_>) -> Line {
    let Some(now) = p.now() else { return Line::new() };
    let mut remark = format!("since {}", now.from);
    if now.origins > 1 {
        remark.push_str(&format!(", {}", count(now.origins, "report")));
    }
    if p.disputed {
        remark.push_str(", sources differ");
    }
    Line::new()
        .strong(&format!("{}:", p.party.shown()))
        .stance(now.stance)
        .faint(&format!("({remark})"))
        .shown(from, p.merged.evidence.first())
}

fn shifts(chosen: &Chosen<'_>, from: &Sources<'_>, most: usize) -> Vec<Part> {
    let line = |s: &&rapporteur_ledger::Shift| {
        let day = format!("{}:", day_of(&s.when));
        let before = s.merged.evidence.get(1).filter(|_| s.merged.evidence.len() > 1);
        let mut line = Line::new()
            .faint(&day)
            .strong(s.party.shown())
            .plain(&format!("on {}:", s.issue.shown()))
            .stance(s.from)
            .plain("→")
            .stance(s.to)
            .faint(&format!("({})", s.direction.as_str()))
            .shown(from, s.merged.evidence.first());
        if let Some((sentence, source)) = before.and_then(|c| from.sentence(c)) {
            line.shown.push((format!("before: {sentence}"), source));
        }
        line
    };
    limited(chosen.shifts.iter().map(line), most, "shifts")
}

fn statuses(chosen: &Chosen<'_>, from: &Sources<'_>, most: usize) -> Vec<Part> {
    let line = |s: &&rapporteur_ledger::Status| {
        let about = s.issue.as_ref().map_or("the talks", Named::shown);
        let by = s.according_to.as_ref().map_or_else(String::new, |n| format!("according to {}", n.shown()));
        let percent = s.percent.map_or_else(String::new, |p| format!("({p} percent)"));
        let style = match s.status {
            StatusSort::Agreed | StatusSort::AgreedInPrinciple | StatusSort::Signed => Style::Good,
            StatusSort::Blocked | StatusSort::OffTable | StatusSort::Breached => Style::Bad,
            _ => Style::Between,
        };
        Line::new()
            .faint(&dated(&s.said))
            .strong(&source::shortened(about, 60))
            .word(s.status.as_str(), Some(style))
            .plain(&percent)
            .plain(&by)
            .shown(from, from.newest(&s.merged.evidence))
    };
    limited(chosen.statuses.iter().map(line), most, "status")
}

fn conditions(chosen: &Chosen<'_>, from: &Sources<'_>, most: usize) -> Vec<Part> {
    let deadlocks = chosen.deadlocks.iter().map(|d| {
        let waiting = |c: &Condition| {
            format!("{} {} {} ({})", c.wants.shown(), tie(c.sort.as_str()), c.needs.shown(), c.holder.shown())
        };
        let waits: Vec<String> = d.round(chosen.all_conditions).map(waiting).collect();
        let time = match (d.from, d.to) {
            (Some(a), Some(b)) => format!("{a} to {b}"),
            (Some(a), None) => format!("since {a}"),
            _ => String::new(),
        };
        let mut line = Line::new().word("deadlock", Some(Style::Bad)).strong(&waits.join(", ")).faint(&time);
        line.shown.extend(d.merged.evidence.iter().filter_map(|c| from.sentence(c)).take(3));
        line
    });
    let conditions = chosen.conditions.iter().map(|c| {
        Line::new()
            .strong(&format!("{}:", c.holder.shown()))
            .plain(&format!("{} {} {}", c.wants.shown(), tie(c.sort.as_str()), c.needs.shown()))
            .shown(from, c.merged.evidence.first())
    });
    limited(deadlocks.chain(conditions), most, "conditions")
}

fn proposals(chosen: &Chosen<'_>, from: &Sources<'_>, most: usize) -> Vec<Part> {
    let line = |p: &&rapporteur_ledger::Proposal| {
        let by: Vec<&str> = p.by.iter().map(Named::shown).collect();
        let by = if by.is_empty() { String::new() } else { format!("by {}", by.join(", ")) };
        let points = p.points.map_or_else(String::new, |n| count(n as usize, "point"));
        Line::new()
            .faint(&dated(&p.when))
            .strong(&p.name)
            .plain(&points)
            .plain(&by)
            .shown(from, p.merged.evidence.first())
    };
    limited(chosen.proposals.iter().map(line), most, "proposals")
}

fn next(chosen: &Chosen<'_>, from: &Sources<'_>, most: usize) -> Vec<Part> {
    let deadlines = chosen.deadlines.iter().filter(|d| d.state == rapporteur_reading::model::DeadlineState::Set);
    let deadlines = deadlines.map(|d| {
        Line::new()
            .faint(&dated(&d.when))
            .strong("deadline")
            .plain(&source::shortened(&d.matter, 80))
            .shown(from, d.merged.evidence.first())
    });
    limited(chosen.next.iter().map(|m| meeting(m, from)).chain(deadlines), most, "meetings")
}

fn past(chosen: &Chosen<'_>, from: &Sources<'_>, most: usize) -> Vec<Part> {
    limited(chosen.past.iter().map(|m| meeting(m, from)), most, "meetings")
}

fn meeting(m: &Meeting, from: &Sources<'_>) -> Line {
    use rapporteur_reading::model::MeetingState::{Cancelled, Downgraded, Postponed};
    let people: Vec<&str> = m.participants.iter().map(Named::shown).collect();
    let place = m.place.as_ref().map_or_else(String::new, |p| format!("in {}", p.shown()));
    let style = if matches!(m.state, Cancelled | Downgraded | Postponed) { Style::Bad } else { Style::Good };
    Line::new()
        .faint(&dated(&m.when))
        .strong(m.sort.as_str())
        .word(m.state.as_str(), Some(style))
        .plain(&place)
        .plain(&people.join(", "))
        .shown(from, m.merged.evidence.first())
}

fn disputes(chosen: &Chosen<'_>, from: &Sources<'_>, most: usize) -> Vec<Part> {
    limited(chosen.disputes.iter().map(|d| dispute(d, from)), most, "disputes")
}

fn dispute(d: &Dispute, from: &Sources<'_>) -> Line {
    let about = match &d.about {
        About::Known(named) => named.shown().to_string(),
        About::Words(words) => source::shortened(words, 80),
    };
    let values: Vec<String> = d.sides.iter().map(|s| source::shortened(&s.value, 60)).collect();
    let mut line = Line::new()
        .strong(d.sort.as_str())
        .plain(&format!("{about}:"))
        .plain(&values.join(" | "))
        .faint(&format!("({})", d.verdict.as_str()));
    line.shown.extend(d.sides.iter().filter_map(|s| from.sentence(s.evidence.first()?)));
    line
}

fn notes(view: &View<'_>, most: usize) -> Vec<Part> {
    let of_run = view.notes.iter().map(|n| Line::new().plain(&n.message));
    let of_articles = view.witnesses.iter().flat_map(|w| {
        w.article.notes.iter().map(|n| Line::new().plain(&n.message).faint(&format!("[{}]", source::named(w.article))))
    });
    let undated = view.witnesses.iter().filter(|w| w.article.published.is_none() && w.article.notes.is_empty());
    let undated: Vec<String> = undated.map(|w| source::place(w.article)).collect();
    let undated = (!undated.is_empty()).then(|| {
        let names = source::shortened(&undated.join(", "), 200);
        Line::new().plain(&format!("no publication date, so nothing in them moves a position by itself: {names}"))
    });
    limited(of_run.chain(of_articles).chain(undated), most, "sources")
}

/// What the reader should know of how this was made.
pub(super) fn foot(view: &View<'_>, options: &Options) -> Vec<String> {
    let least = options.filter.min_confidence;
    let model = if view.model.is_empty() { String::new() } else { format!(" Language model {}.", view.model) };
    let left_out = if least > 0.0 {
        format!("What is less sure than {least} is left out (`--min-confidence 0` shows all). ")
    } else {
        String::new()
    };
    vec![format!("{left_out}Everything was read from the sentences shown; nothing is generated.{model}")]
}

/// The day with a colon behind it, "" where it is not known.
fn dated(when: &When) -> String {
    let day = day_of(when);
    if day.is_empty() { day } else { format!("{day}:") }
}

fn day_of(when: &When) -> String {
    match (when.from, when.to) {
        (Some(a), Some(b)) if a.date == b.date => a.date.to_string(),
        (Some(a), Some(b)) => format!("{} to {}", a.date, b.date),
        (Some(a), None) => format!("from {}", a.date),
        (None, Some(b)) => format!("until {}", b.date),
        (None, None) => String::new(),
    }
}
