//! One thing under two names that take sides: "strike" here, "lockout" there.
//!
//! Only pairs of the lexicon, in articles of about the same days whose sentences share a name or two words, count; an
//! article that uses both words stands on the side it uses more.

use std::collections::BTreeSet;

use rapporteur_reading::model::{Evidence, Why};
use rapporteur_text::{ItemId, Span};

use crate::Witness;
use crate::cx::{Cx, content_words, days_between};
use crate::model::{About, Cited, Dispute, DisputeSort, Verdict};

use super::{Claim, dispute};

/// Pairs of names, each with its forms.
const FRAMINGS: &str = include_str!("../../lexicons/framings.tsv");
/// Articles further apart may speak of two things.
const NEAR: i64 = 14;
/// The words stand there; that they mean one thing is inferred.
const CONFIDENCE: f32 = 0.5;

/// Where an article uses a name.
struct Use<'a> {
    w: Witness<'a>,
    form: String,
    span: Span,
    sentence: Span,
    words: BTreeSet<String>,
    names: BTreeSet<String>,
}

pub(super) fn find(cx: &Cx<'_>) -> Vec<Dispute> {
    let rows = FRAMINGS.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
    let mut found: Vec<Dispute> = rows.filter_map(|(a, b)| of_pair(cx, &forms(a), &forms(b))).collect();
    found.extend(cx.witnesses.iter().filter_map(|w| named(cx, w)));
    found
}

/// "They call it a strike. We call that a lockout": two names for one thing in one paragraph; the articles of the same
/// days that use one of them only stand on its side.
fn named(cx: &Cx<'_>, w: &Witness<'_>) -> Option<Dispute> {
    let text = &w.article.text;
    let mut start = 0;
    for paragraph in text.split('\n') {
        let namings = namings(paragraph, start);
        start += paragraph.len() + 1;
        let Some((a, b)) = namings.first().zip(namings.get(1)) else { continue };
        let words = |n: &(usize, usize)| text.get(n.0..n.1).unwrap_or("").to_string();
        let (x, y) = (words(a), words(b));
        if x.is_empty() || y.is_empty() || x.eq_ignore_ascii_case(&y) {
            continue;
        }
        let (mut one, mut other) = (Vec::new(), Vec::new());
        for (place, name, side) in [(a, &x, &mut one), (b, &y, &mut other)] {
            let span = Span::of(text, place.0..place.1)?;
            let sentence = sentence(w, span);
            side.push(claim(&Use {
                w: *w,
                form: name.clone(),
                span,
                sentence,
                words: BTreeSet::new(),
                names: BTreeSet::new(),
            }));
        }
        for v in cx.witnesses.iter().filter(|v| v.article.id != w.article.id && is_near(v, w)) {
            let (p, q) = (uses(v, &[&x]), uses(v, &[&y]));
            match (p.first(), q.first()) {
                (Some(u), None) => one.push(claim(u)),
                (None, Some(u)) => other.push(claim(u)),
                _ => {}
            }
        }
        let about = About::Words(format!("{x} or {y}"));
        let rule = "dispute.framing-called.v1";
        return dispute(cx, DisputeSort::Framing, rule, about, vec![one, other], Verdict::Differs);
    }
    None
}

/// Whether two articles are of about the same days; undated ones may be.
fn is_near(a: &Witness<'_>, b: &Witness<'_>) -> bool {
    match (a.article.published, b.article.published) {
        (Some(p), Some(q)) => days_between(p.date, q.date).abs() <= NEAR,
        _ => true,
    }
}

/// Where a paragraph says what "it" is called: the noun of "call it a strike".
fn namings(paragraph: &str, offset: usize) -> Vec<(usize, usize)> {
    let mut words: Vec<(usize, &str)> = Vec::new();
    let mut at = 0;
    for piece in paragraph.split(' ') {
        words.push((at, piece));
        at += piece.len() + 1;
    }
    let mut found = Vec::new();
    for four in words.windows(4) {
        let [(_, call), (_, it), (_, article), (at, noun)] = four else { continue };
        let calls = matches!(call.to_lowercase().as_str(), "call" | "calls" | "called" | "calling");
        let points = matches!(*it, "it" | "this" | "that" | "them");
        let bare = noun.trim_end_matches(|c: char| !c.is_alphanumeric());
        // a noun that ends its phrase: an adjective would go on
        let ends = bare.len() < noun.len() && bare.len() > 3;
        if calls
            && points
            && matches!(*article, "a" | "an")
            && ends
            && bare.chars().all(|c| c.is_alphabetic() || c == '-')
        {
            found.push((offset + at, offset + at + bare.len()));
        }
    }
    found
}

fn forms(cell: &str) -> Vec<&str> {
    cell.split(';').map(str::trim).filter(|f| !f.is_empty()).collect()
}

fn of_pair(cx: &Cx<'_>, a: &[&str], b: &[&str]) -> Option<Dispute> {
    let (mut first, mut second): (Vec<Use<'_>>, Vec<Use<'_>>) = (Vec::new(), Vec::new());
    for w in &cx.witnesses {
        let (x, y) = (uses(w, a), uses(w, b));
        match (x.len(), y.len()) {
            (0, 0) => {}
            (_, 0) => first.extend(x),
            (n, m) if m > n => second.extend(y),
            _ => {}
        }
    }
    let about = |x: &Use<'_>, y: &Use<'_>| {
        let near = is_near(&x.w, &y.w);
        let words = x.words.intersection(&y.words).count();
        let names = x.names.intersection(&y.names).count();
        near && cx.origins.of(&x.w.article.id) != cx.origins.of(&y.w.article.id) && (names >= 1 || words >= 2)
    };
    let matched = |x: &Use<'_>, others: &[Use<'_>]| others.iter().any(|y| about(x, y));
    let one: Vec<Claim> = first.iter().filter(|x| matched(x, &second)).map(claim).collect();
    let other: Vec<Claim> = second.iter().filter(|y| matched(y, &first)).map(claim).collect();
    let words = one.first().zip(other.first()).map(|(x, y)| format!("{} or {}", x.value, y.value))?;
    dispute(
        cx,
        DisputeSort::Framing,
        "dispute.framing-two-names.v1",
        About::Words(words),
        vec![one, other],
        Verdict::Differs,
    )
}

fn claim(u: &Use<'_>) -> Claim {
    let evidence = Evidence { span: u.span, sentence: u.sentence, why: Why::Item };
    Claim {
        value: u.form.clone(),
        claimant: None,
        cited: Cited { article: u.w.article.id.clone(), evidence },
        confidence: CONFIDENCE,
        id: ItemId::of_words("framing", &[u.w.article.id.as_str(), &u.form], 0),
    }
}

/// Every place where the article's text has one of these forms as whole words.
fn uses<'a>(w: &Witness<'a>, forms: &[&str]) -> Vec<Use<'a>> {
    let text = &w.article.text;
    let mut found: Vec<Use<'a>> = Vec::new();
    for form in forms {
        for (at, _) in text.match_indices(form) {
            let Some(span) = Span::of(text, at..at + form.len()) else { continue };
            if is_whole(text, span) && found.iter().all(|u| !u.span.overlaps(span)) {
                let sentence = sentence(w, span);
                let (words, names) = context(sentence.slice(text), form);
                found.push(Use { w: *w, form: (*form).to_string(), span, sentence, words, names });
            }
        }
    }
    found.sort_by_key(|u| u.span.start());
    found
}

fn is_whole(text: &str, span: Span) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '-');
    let before = text.get(..span.start()).and_then(|t| t.chars().next_back());
    let after = text.get(span.end()..).and_then(|t| t.chars().next());
    !letter(before) && !letter(after)
}

/// The sentence of an item that holds these words, else the paragraph.
fn sentence(w: &Witness<'_>, span: Span) -> Span {
    let text = &w.article.text;
    let of_items = w.reading.statements.iter().map(|s| s.item.sentence());
    let of_quotes = w.reading.quotes.iter().map(|q| q.item.sentence());
    let of_dates = w.reading.dates.iter().map(|d| d.item.sentence());
    let known =
        of_items.chain(of_quotes).chain(of_dates).filter(|s| s.contains(span)).min_by_key(|s| (s.len(), s.start()));
    let start = text.get(..span.start()).and_then(|t| t.rfind('\n')).map_or(0, |i| i + 1);
    let end = text.get(span.end()..).and_then(|t| t.find('\n')).map_or(text.len(), |i| span.end() + i);
    known.or_else(|| Span::of(text, start..end)).unwrap_or(span)
}

/// Content words and names around a form, without the form itself.
fn context(sentence: &str, form: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let own = content_words(form);
    let words = content_words(sentence).into_iter().filter(|w| w.len() > 4 && !own.contains(w)).collect();
    let names = sentence
        .split(|c: char| !c.is_alphanumeric())
        .skip(1)
        .filter(|w| w.len() > 3 && w.chars().next().is_some_and(char::is_uppercase))
        .filter(|w| !is_calendar(w))
        .map(str::to_lowercase)
        .collect();
    (words, names)
}

/// Days and months are shared by everything.
fn is_calendar(word: &str) -> bool {
    const CALENDAR: [&str; 19] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Sept",
    ];
    CALENDAR.contains(&word)
}
