//! From a candidate to records: holders, conditions, topics, the quotation around it, evidence.

use std::collections::HashSet;
use std::ops::Range;

use rapporteur_text::{Span, When};

use super::candidate::Candidate;
use super::clause::{dep, lower, tidy};
use super::conditions::{Tie, condition};
use super::holder::{Held, Voices, beside, holders, side_of, target};
use super::lexicon::Stand;
use crate::Context;
use crate::dates::may_be_said;
use crate::model::{Act, ConditionSort, Item, Modality, Mode, Polarity, Proposal, Statement, TimexType, Topic, Why};
use crate::topics::topics;

/// Writes the records of one candidate, one a holder.
pub(super) fn statements(cx: &Context<'_>, c: &Candidate, ties: &[&Tie], voices: &Voices, out: &mut Vec<Statement>) {
    let voice = voices.of(c.predicate);
    let cued = cue_of(cx, c.predicate);
    let predicate = cx.span(c.predicate_words.clone());
    let mut range = c.matter.clone();
    // the denial is in the polarity: "against: [no] wall", "against: [not] to build"
    if c.stand.polarity == Polarity::Against
        && range.len() > 1
        && matches!(lower(cx, range.start), "no" | "not" | "never")
        && !matches!(lower(cx, range.start + 1), "one" | "a" | "an")
    {
        range.start += 1;
    }
    let mut matter = tidy(cx, without_asides(cx, range, c.predicate));
    let stand = conditioned(c.stand, ties);
    for t in ties {
        // the condition is kept apart from what it conditions
        let part_of_it = matches!(stand.act, Act::Demand | Act::Request | Act::Propose) && c.governs.is_some();
        if !part_of_it && t.words.start > c.matter.start && t.words.start < c.matter.end && t.words.end >= c.matter.end
        {
            matter = tidy(cx, c.matter.start..before_aside(cx, c.matter.start, t.words.start));
        }
    }
    matter = without_cue(cx, matter, voice);
    if predicate.is_empty() || matter.is_empty() || names_nothing(cx, matter) {
        return;
    }
    // "Europe supports Ukraine": a side taken, no position on what is at issue
    if matches!(stand.act, Act::Support | Act::Oppose) && only_a_name(cx, matter) {
        return;
    }
    let denied = c.negated || stand.polarity == Polarity::Against;
    let conditions: Vec<_> = ties.iter().map(|t| condition(cx, t, denied)).collect();
    if voice.is_none() && cued.is_none() && background(cx, c.predicate, matter) {
        return;
    }
    let found = topics_of(cx, c.predicate, matter);
    let mut all = holders(cx, c.holder, voice, cued);
    if !all.is_empty() && c.clausal {
        all.extend(beside(cx, c.predicate, voice));
    }
    // what a speaker says in so many words of another is a charge or a forecast, not that other's position
    all.retain(|h| h.token.is_none_or(|t| voice.is_none() || !of_another(cx, t, voice, c)));
    // "the conflict dates back to 2014, when Peru responded by annexing the port": told as speech, and history all the same
    let said = said(cx, c.predicate, voice.or(cued));
    if said.is_unknown() && voice.is_some_and(|q| reported(cx, q)) && background(cx, c.predicate, matter) {
        return;
    }
    for held in all {
        if only_a_pronoun(cx, &held) {
            continue;
        }
        let quote = voice.or(cued);
        let (chain, named) = match (voice, cued.and_then(|q| cx.quotes.get(q))) {
            (None, Some(q)) => (super::chains::before(cx, q), q.named && held.named),
            _ => (held.chain.clone(), held.named),
        };
        let mode = match quote.and_then(|q| cx.quotes.get(q)) {
            Some(q) => q.mode,
            None if matter.slice(cx.text()).contains(['"', '“', '”']) => Mode::Mixed,
            None => Mode::Narrated,
        };
        let aim = c.target.and_then(|t| target(cx, t, voice)).filter(|t| t.span != held.holder.span);
        out.push(Statement {
            item: item(cx, c, &held, predicate, matter),
            holder: held.holder,
            on_behalf_of: held.on_behalf_of,
            predicate,
            negated: c.negated,
            act: stand.act,
            polarity: stand.polarity,
            matter,
            topics: found.clone(),
            target: aim,
            conditions: conditions.clone(),
            modality: c.modality,
            mode,
            chain,
            named,
            quote,
            proposal: None,
            point: point(cx, matter),
            said: said.clone(),
        });
    }
}

/// A matter without the cue of its quotation and what goes on behind that: "no signature[, the envoy made plain]".
fn without_cue(cx: &Context<'_>, matter: Span, voice: Option<usize>) -> Span {
    let Some(quote) = voice.and_then(|q| cx.quotes.get(q)) else { return matter };
    if !quote.cue.is_some_and(|c| c.overlaps(matter)) {
        return matter;
    }
    let part = quote.content.iter().find(|p| p.holds(matter.start()));
    let end = part.map_or(matter.end(), |p| p.end().min(matter.end()));
    Span::of(cx.text(), matter.start()..end).unwrap_or(matter)
}

/// A matter without what the reporter sets off behind it: ", which many call illegal", "— a fifth of the region".
fn without_asides(cx: &Context<'_>, range: Range<usize>, predicate: usize) -> Range<usize> {
    let dash = |i: usize| matches!(lower(cx, i), "—" | "–" | "--") && cx.token(i).pos == "PUNCT";
    let mut end = range.end;
    let dashes: Vec<usize> = range.clone().skip(1).filter(|&i| dash(i)).collect();
    if let [one] = dashes.as_slice() {
        end = *one;
    }
    for i in range.start + 1..end {
        let aside = matches!(cx.token(i).tag.as_str(), "WDT" | "WP" | "WP$" | "WRB")
            && matches!(lower(cx, i - 1), "," | "(")
            && lower(cx, i) != "what"
            && i > predicate
            && relative(cx, i);
        // the clause must be the last of the matter
        if aside && cx.parse.subtree_range(clause_of(cx, i)).end >= end {
            end = i;
            break;
        }
    }
    range.start..end.max(range.start + 1)
}

/// The end of a matter before ", she said,".
fn before_aside(cx: &Context<'_>, start: usize, end: usize) -> usize {
    let aside = (start..end).find(|&k| dep(cx, k) == "parataxis" && cx.parse.subtree_range(k).start > start);
    aside.map_or(end, |k| cx.parse.subtree_range(k).start)
}

fn relative(cx: &Context<'_>, i: usize) -> bool {
    dep(cx, clause_of(cx, i)) == "relcl"
}

/// The verb of the clause a relative pronoun opens.
fn clause_of(cx: &Context<'_>, i: usize) -> usize {
    let mut at = i;
    for _ in 0..5 {
        if matches!(dep(cx, at), "relcl" | "ROOT") {
            break;
        }
        at = cx.parse.head(at);
    }
    at
}

/// Whether a matter is only a person's pronoun or a bare relative: nothing anyone could quote.
fn names_nothing(cx: &Context<'_>, matter: Span) -> bool {
    let mut tokens = cx.parse.tokens_in(matter.range());
    tokens.len() == 1
        && tokens.next().is_some_and(|i| {
            matches!(
                lower(cx, i),
                "me" | "us"
                    | "him"
                    | "her"
                    | "you"
                    | "i"
                    | "we"
                    | "he"
                    | "she"
                    | "who"
                    | "whom"
                    | "which"
                    | "what"
                    | "themselves"
            )
        })
}

/// A pronoun nobody is known to stand behind holds nothing that could be quoted.
fn only_a_pronoun(cx: &Context<'_>, held: &Held) -> bool {
    held.holder.entity.is_none()
        && cx.parse.tokens_in(held.holder.span.range()).all(|i| {
            matches!(cx.token(i).pos.as_str(), "PRON" | "PART") && !matches!(lower(cx, i), "both" | "neither" | "each")
        })
}

/// Whether the holder at token `at` is another than the named speaker's side, in the speaker's own words, or in a
/// forecast ("said that Kyiv would lose").
fn of_another(cx: &Context<'_>, at: usize, voice: Option<usize>, c: &Candidate) -> bool {
    let Some(q) = voice.and_then(|q| cx.quotes.get(q)) else { return false };
    let Some(source) = q.source.and_then(|s| s.entity) else { return false };
    let Some(holder) = cx.reference(at).entity else { return false };
    let foreign = side_of(cx, source).zip(side_of(cx, holder)).is_some_and(|(a, b)| a != b);
    foreign && q.named && (q.mode == Mode::Direct || c.weak)
}

/// Whether a matter is only the name of a party or a person.
fn only_a_name(cx: &Context<'_>, matter: Span) -> bool {
    cx.parse.tokens_in(matter.range()).all(|i| {
        matches!(cx.token(i).ent.as_str(), "GPE" | "PERSON" | "NORP") || matches!(lower(cx, i), "the" | "by" | "behind")
    })
}

/// Whether a sentence tells of what was years before the article: history, no position of these talks. A year that is
/// part of what is held tells nothing of when: "opposes any starting year before 2010".
fn background(cx: &Context<'_>, at: usize, matter: Span) -> bool {
    let Some(published) = cx.article.published else { return false };
    let told = |s: Span| {
        let first = cx.parse.tokens_in(s.range()).next();
        !matter.contains(s) || first.is_some_and(|i| i > 0 && matches!(lower(cx, i - 1), "in" | "since" | "during"))
    };
    cx.dates_in(cx.sentence_at(at))
        .filter(|d| d.sort == TimexType::Date && told(d.item.span()))
        .filter_map(|d| d.when.last_day())
        .any(|day| day.year() + 1 < published.date.year())
}

/// Whether a quotation is the writer's own words, no one's in marks.
fn reported(cx: &Context<'_>, quote: usize) -> bool {
    cx.quotes.get(quote).is_some_and(|q| q.mode == Mode::Indirect)
}

/// The quotation whose cue is this token.
fn cue_of(cx: &Context<'_>, i: usize) -> Option<usize> {
    let at = cx.token(i).start as usize;
    cx.quotes.iter().position(|q| q.cue.is_some_and(|c| c.holds(at)))
}

/// Holder, predicate and matter together, as far as they stand in the predicate's sentence.
fn item(cx: &Context<'_>, c: &Candidate, held: &Held, predicate: Span, matter: Span) -> Item {
    let sentence = cx.sentence_at(c.predicate);
    let mut own = predicate;
    for s in [matter, held.holder.span] {
        if sentence.contains(s) {
            own = own.cover(s);
        }
    }
    let hedged = if c.modality == Modality::Certain { 0.0 } else { 0.1 };
    let item = Item::new(c.rule, c.confidence - hedged, cx.evidence(own));
    if sentence.contains(held.holder.span) {
        item
    } else {
        item.with(cx.evidence_why(held.holder.span, Why::Antecedent))
    }
}

/// A condition leaves an acceptance open.
fn conditioned(stand: Stand, ties: &[&Tie]) -> Stand {
    // "now that the fee is gone": met, so nothing is left open
    if ties.iter().all(|t| t.met) {
        return stand;
    }
    match (stand.act, stand.polarity) {
        (Act::Threaten, _) if ties.iter().any(|t| t.sort == ConditionSort::InExchange) => {
            Stand { act: Act::Offer, polarity: Polarity::Open }
        }
        (Act::Threaten, Polarity::None) if ties.iter().any(|t| t.sort == ConditionSort::OnlyIf) => {
            Stand { act: Act::OpenTo, polarity: Polarity::Open }
        }
        (Act::Promise, Polarity::For) => Stand { act: Act::OpenTo, polarity: Polarity::Open },
        (Act::Accept | Act::Agree | Act::Support | Act::Offer | Act::Concede, Polarity::For) => {
            Stand { polarity: Polarity::Open, ..stand }
        }
        _ => stand,
    }
}

/// What the matter is about: its own words, the rest of the sentence, and where it only points, the sentences before.
pub(super) fn topics_of(cx: &Context<'_>, at: usize, matter: Span) -> Vec<Topic> {
    let mut found = topics(cx, matter, 0);
    let pointing = !found
        .iter()
        .any(|t| cx.parse.tokens_in(t.span.range()).any(|i| matches!(cx.token(i).pos.as_str(), "NOUN" | "PROPN")));
    let known: HashSet<_> = found.iter().map(|t| t.lemma.clone()).collect();
    let sentence = cx.sentence_at(at);
    found.extend(topics(cx, sentence, 1).into_iter().filter(|t| !known.contains(&t.lemma)));
    if pointing || points_back(cx, matter) {
        let number = cx.token(at).sentence as usize;
        for back in 1..=2 {
            let Some(before) = number.checked_sub(back).and_then(|n| cx.sentences().get(n)) else { break };
            let known: HashSet<_> = found.iter().map(|t| t.lemma.clone()).collect();
            found.extend(topics(cx, *before, 2).into_iter().filter(|t| !known.contains(&t.lemma)));
        }
    }
    found
}

/// "this proposal", "the demand", "such a step": words that point at what was said before.
fn points_back(cx: &Context<'_>, matter: Span) -> bool {
    let range = cx.parse.tokens_in(matter.range());
    let short = range.len() <= 3;
    let first = range.clone().next();
    short
        && first.is_some_and(|i| {
            matches!(lower(cx, i), "this" | "that" | "it" | "them" | "these" | "those" | "such" | "the")
        })
}

/// When it was said: a day that hangs on the predicate, or that of the quotation.
fn said(cx: &Context<'_>, predicate: usize, quote: Option<usize>) -> When {
    if let Some(q) = quote.and_then(|q| cx.quotes.get(q)) {
        let cue = q.cue.filter(|_| q.said.is_unknown());
        let by_cue = cue.and_then(|cue| cx.parse.tokens_in(cue.range()).find_map(|i| before(cx, i)));
        return by_cue.unwrap_or_else(|| q.said.clone());
    }
    let own = |i: usize| {
        let mut at = i;
        for _ in 0..3 {
            let head = cx.parse.head(at);
            if head == predicate {
                return matches!(dep(cx, at), "npadvmod" | "prep" | "advmod" | "nmod");
            }
            at = head;
        }
        false
    };
    let sentence = cx.sentence_at(predicate);
    let found =
        cx.dates_in(sentence).find(|d| d.sort == TimexType::Date && cx.parse.tokens_in(d.item.span().range()).any(own));
    let found = found.filter(|d| may_be_said(cx, &d.when));
    found.map(|d| d.when.clone()).or_else(|| before(cx, predicate)).unwrap_or_default()
}

/// "has previously acknowledged", "said in the past": at some time before, of which no day is told.
fn before(cx: &Context<'_>, predicate: usize) -> Option<When> {
    let is_before = |&i: &usize| matches!(lower(cx, i), "previously" | "formerly");
    let adverb = cx.parse.children_with(predicate, &["advmod"]).find(is_before);
    let is_past =
        |&i: &usize| lower(cx, i) == "in" && cx.parse.child(i, &["pobj"]).is_some_and(|o| lower(cx, o) == "past");
    let past = || cx.parse.children_with(predicate, &["prep"]).find(is_past);
    let at = adverb.or_else(past)?;
    Some(When { as_written: cx.subtree_span(at).slice(cx.text()).to_string(), ..When::unknown() })
}

/// Ties statements to the proposals whose name their matter holds.
pub(super) fn link_proposals(cx: &Context<'_>, proposals: &[Proposal], found: &mut [Statement]) {
    if proposals.is_empty() {
        return;
    }
    for s in found {
        let words = s.matter.slice(cx.text()).to_lowercase();
        s.proposal = proposals.iter().position(|p| {
            s.matter.contains(p.name) || {
                let name = p.name.slice(cx.text()).to_lowercase();
                name.split(' ').count() > 1 && words.contains(name.trim_start_matches("the "))
            }
        });
    }
}

/// The number of the point a matter names: "point eight", "paragraph 3", "the fifth point", and "the fifth" alone where
/// points were spoken of just before.
fn point(cx: &Context<'_>, matter: Span) -> Option<u32> {
    let range = cx.parse.tokens_in(matter.range());
    let noun =
        |i: usize| matches!(cx.token(i).lemma.as_str(), "point" | "paragraph" | "clause" | "article" | "chapter");
    for i in range.clone() {
        let next = (i + 1 < cx.parse.len()).then(|| lower(cx, i + 1));
        if noun(i) && cx.token(i).pos != "VERB" {
            let number = next.and_then(|w| w.parse().ok().or_else(|| crate::dates::number(w).map(|n| n as u32)));
            if let Some(n) = number.filter(|n| (1..100).contains(n)) {
                return Some(n);
            }
            if let Some(n) = i.checked_sub(1).and_then(|b| ordinal(lower(cx, b))) {
                return Some(n);
            }
        }
    }
    // "the seventh" is the whole matter, or its subject
    let first = range.clone().find(|&i| cx.token(i).pos != "PUNCT")?;
    let alone = lower(cx, first) == "the"
        && ordinal(lower(cx, first + 1 - usize::from(first + 1 >= cx.parse.len()))).is_some()
        && cx.parse.tokens.get(first + 2).is_none_or(|t| !matches!(t.pos.as_str(), "NOUN" | "PROPN" | "ADJ" | "NUM"));
    let spoken = |s: usize| {
        cx.sentences()
            .get(s)
            .is_some_and(|x| cx.parse.tokens_in(x.range()).any(|i| noun(i) || cx.token(i).lemma == "text"))
    };
    let sentence = cx.token(first).sentence as usize;
    let near = (sentence.saturating_sub(3)..=sentence).any(spoken);
    (alone && near).then(|| ordinal(lower(cx, first + 1))).flatten()
}

/// The number of an ordinal in letters.
fn ordinal(word: &str) -> Option<u32> {
    const WORDS: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
        "twelfth",
    ];
    WORDS.iter().position(|w| *w == word).map(|n| n as u32 + 1)
}

/// One record for the same holder, party spoken for, predicate and matter.
pub(super) fn without_doubles(mut found: Vec<Statement>) -> Vec<Statement> {
    let mut seen = HashSet::new();
    found.retain(|s| {
        let behalf = s.on_behalf_of.map(|b| b.span);
        seen.insert((s.holder.entity, s.holder.span, behalf, s.predicate, s.matter, s.act))
    });
    found
}

/// Of two statements of one holder and act in a sentence, the one whose matter is only a pronoun says nothing more.
pub(super) fn without_pointers(cx: &Context<'_>, here: &mut Vec<Statement>) {
    let pronoun = |s: &Statement| {
        let mut tokens = cx.parse.tokens_in(s.matter.range());
        tokens.len() == 1 && tokens.next().is_some_and(|i| cx.token(i).pos == "PRON")
    };
    let full: Vec<_> = here.iter().filter(|s| !pronoun(s)).map(|s| (s.holder.span, s.holder.entity, s.act)).collect();
    here.retain(|s| {
        !pronoun(s)
            || !full.iter().any(|f| f.2 == s.act && (f.0 == s.holder.span || f.1.is_some() && f.1 == s.holder.entity))
    });
}
