//! Gives each stretch in quotation marks to the cue beside it.
//!
//! The tree seldom holds a long quotation together, so a stretch that a cue's content touches belongs to that cue as a whole;
//! one that no cue touches is given by its place: "..., said X", "X said: ...", a paragraph that is nothing but quotation.

use std::ops::Range;

use rapporteur_text::Span;

use super::confidence;
use super::draft::Draft;
use super::frames::{self, Word};
use super::marks::Marked;
use super::verbs::{frames_of, objects};
use crate::Context;
use crate::model::{RefKind, Rule};
use crate::syntax_help as help;

/// Words below which a stretch in marks may be a name or a scare quote, and is no quotation by itself.
const FEW: usize = 3;

/// Extends the drafts to the quotations they hold, and adds drafts for the quotations that none holds.
pub(super) fn assign(cx: &Context<'_>, marks: &[Marked], drafts: &mut Vec<Draft>) {
    let mut near = Near::of(cx, drafts);
    let outer: Vec<&Marked> = marks.iter().filter(|m| m.depth == 0 && (!m.single || m.inner.len() > 15)).collect();
    let mut last: Option<Last> = None;
    for m in &outer {
        let tokens = cx.parse.tokens_in(m.inner.range());
        if tokens.is_empty() {
            continue;
        }
        let owner = own_cue(cx, m, drafts, &near)
            .or_else(|| touched(cx, m, drafts, &near))
            .or_else(|| adjoins(cx, m, drafts, &near))
            .or_else(|| behind(cx, m, drafts, &near))
            .or_else(|| before(cx, m, drafts, &near, last.as_ref()))
            .or_else(|| carried(cx, m, &tokens, drafts, last.as_ref()))
            .or_else(|| free(cx, m, &tokens, drafts, &near))
            .or_else(|| introduced(cx, m, &tokens, drafts));
        if let Some((d, way)) = owner {
            near.note(cx, drafts);
            extend(cx, m, &mut drafts[d], way);
            last = Some(Last { draft: d, mark: m.outer, continues: !m.closed });
        } else if tokens.len() > 6 {
            last = None;
        }
    }
    let moved: Vec<_> = drafts.iter_mut().filter_map(|d| outside(cx, &outer, d)).collect();
    for d in drafts.iter_mut() {
        // "..., X said, noting that": the participle has the same speaker
        let with = moved.iter().find(|(v, old, _)| d.source == Some(*old) && d.cue.start > *v);
        d.source = with.map_or(d.source, |m| Some(m.2));
        only_marked(cx, &outer, d);
    }
    drafts.sort_by_key(|d| (d.parts.first().copied(), d.cue.start));
    drop_marks(cx, &outer, drafts);
}

/// A cue put into a quotation ("...," said X, "...") has all its content in marks.
fn only_marked(cx: &Context<'_>, outer: &[&Marked], draft: &mut Draft) {
    if draft.cue.is_empty() || draft.parts.len() < 2 {
        return;
    }
    let cue = cx.span(draft.cue.clone());
    let at = outer.partition_point(|m| m.outer.start() < cue.start());
    let held = |m: Option<&&Marked>| m.is_some_and(|m| draft.parts.iter().any(|p| p.overlaps(m.inner)));
    if !held(at.checked_sub(1).and_then(|i| outer.get(i))) || !held(outer.get(at)) {
        return;
    }
    draft
        .parts
        .retain(|p| outer.iter().skip(at - 1).take_while(|m| m.outer.start() < p.end()).any(|m| m.outer.overlaps(*p)));
}

/// Which drafts have their cue or their first content in which sentence, so that none is looked for in the whole article.
struct Near {
    at: Vec<Vec<usize>>,
    noted: usize,
}

impl Near {
    fn of(cx: &Context<'_>, drafts: &[Draft]) -> Self {
        let mut near = Self { at: vec![Vec::new(); cx.sentences().len()], noted: 0 };
        near.note(cx, drafts);
        near
    }

    /// Takes in the drafts added since.
    fn note(&mut self, cx: &Context<'_>, drafts: &[Draft]) {
        for (i, d) in drafts.iter().enumerate().skip(self.noted) {
            let cue = (!d.cue.is_empty()).then(|| cx.span(d.cue.clone()));
            for span in cue.into_iter().chain(d.parts.iter().copied()) {
                for s in sentences(cx, span) {
                    if self.at[s].last() != Some(&i) {
                        self.at[s].push(i);
                    }
                }
            }
        }
        self.noted = drafts.len();
    }

    /// The drafts that touch the sentences of a span.
    fn to(&self, cx: &Context<'_>, span: Span) -> impl Iterator<Item = usize> + '_ {
        sentences(cx, span).flat_map(|s| self.at[s].iter().copied())
    }
}

/// Numbers of the sentences that a span touches.
fn sentences(cx: &Context<'_>, span: Span) -> Range<usize> {
    let all = cx.sentences();
    let first = all.partition_point(|s| s.end() <= span.start());
    let last = all.partition_point(|s| s.start() < span.end());
    first..last.max(first)
}

struct Last {
    draft: usize,
    mark: Span,
    continues: bool,
}

/// How a stretch came to its cue.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// The tree already gives part of it.
    Touched,
    /// By its place.
    Placed,
    /// It goes on with a clause that ends right before it.
    Adjoins,
}

/// `X says that nobody is glad: "Not a penny," growled Y`: a cue right behind the stretch has it, whatever report before it the
/// tree has it in.
fn own_cue(cx: &Context<'_>, m: &Marked, drafts: &mut Vec<Draft>, near: &Near) -> Option<(usize, Way)> {
    let (held, _) = touched(cx, m, drafts, near)?;
    let lead = cx.text().get(..m.outer.start()).unwrap_or("").trim_end_matches([' ', '\u{a0}']);
    let cue = |d: &Draft| (!d.cue.is_empty()).then(|| cx.span(d.cue.clone()));
    let before = |d: &Draft| cue(d).is_some_and(|c| c.end() <= m.outer.start());
    let joined = lead.ends_with([':', ';']);
    let opens = lead.ends_with(['.', '!', '?', '\n']) && before(&drafts[held]);
    if !joined && !opens {
        return None;
    }
    let rest = after(cx, m);
    let first = rest.clone().find(|&i| cx.token(i).pos != "PUNCT" && !dash(cx, i))?;
    let near_by = verb_behind(cx, &rest, first).is_some_and(|v| v <= first + 5);
    if !near_by || cx.token(first).pos == "CCONJ" {
        return None;
    }
    let found = behind(cx, m, drafts, near)?;
    let others: Vec<usize> = near.to(cx, m.inner).filter(|&i| i != found.0 && before(&drafts[i])).collect();
    others.into_iter().for_each(|i| drafts[i].leave(cx, m.outer));
    if joined {
        // what stands before the colon is the report's
        drafts[found.0].parts.retain(|p| p.start() >= m.outer.start());
    }
    Some(found)
}

/// The draft with its cue outside this stretch whose content shares most with it.
fn touched(cx: &Context<'_>, m: &Marked, drafts: &[Draft], near: &Near) -> Option<(usize, Way)> {
    let shared = |d: &Draft| -> usize {
        d.parts.iter().map(|p| p.end().min(m.inner.end()).saturating_sub(p.start().max(m.inner.start()))).sum()
    };
    near.to(cx, m.inner)
        .filter(|&i| {
            let d = &drafts[i];
            d.cue.is_empty() || !cx.span(d.cue.clone()).overlaps(m.inner)
        })
        .map(|i| (shared(&drafts[i]), drafts[i].speech, std::cmp::Reverse(drafts[i].cue.len()), i))
        .filter(|&(n, ..)| n > 0)
        .max()
        .map(|(.., i)| (i, Way::Touched))
}

/// `saying she supported the plan "because people remember"`: the clause that ends right before the stretch.
fn adjoins(cx: &Context<'_>, m: &Marked, drafts: &[Draft], near: &Near) -> Option<(usize, Way)> {
    near.to(cx, m.inner)
        .filter(|&i| {
            let d = &drafts[i];
            let cue = (!d.cue.is_empty()).then(|| cx.span(d.cue.clone()));
            d.speech && cue.is_some_and(|c| c.end() < m.outer.start()) && ends_at(cx, d, m).is_some()
        })
        .max_by_key(|&i| drafts[i].cue.start)
        .map(|i| (i, Way::Adjoins))
}

/// The part of a draft that ends where a stretch begins.
fn ends_at(cx: &Context<'_>, d: &Draft, m: &Marked) -> Option<Span> {
    let gap = |p: &Span| cx.text().get(p.end()..m.outer.start());
    d.parts.iter().copied().find(|p| gap(p).is_some_and(|g| !g.contains('\n') && g.trim().is_empty()))
}

fn extend(cx: &Context<'_>, m: &Marked, draft: &mut Draft, way: Way) {
    if way == Way::Adjoins {
        if let Some(part) = ends_at(cx, draft, m) {
            draft.take_in(part.cover(m.outer));
        }
        return;
    }
    if way == Way::Placed {
        if !draft.parts.iter().any(|p| p.contains(m.inner)) {
            draft.take_in(m.inner);
        }
        return;
    }
    let inside = draft.parts.iter().any(|p| m.outer.contains(*p));
    // only words of speech take sentences the tree did not give them
    let partly =
        draft.parts.iter().any(|p| p.overlaps(m.inner) && p.end() <= m.inner.end() && p.start() < m.outer.start());
    if partly {
        draft.take_in(m.outer);
    } else if inside && (draft.speech || one_sentence(cx, m.inner)) {
        draft.take_in(m.inner);
    }
}

fn one_sentence(cx: &Context<'_>, span: Span) -> bool {
    let tokens = cx.parse.tokens_in(span.range());
    let first = cx.parse.tokens.get(tokens.start).map(|t| t.sentence);
    let last = tokens.end.checked_sub(1).and_then(|l| cx.parse.tokens.get(l)).map(|t| t.sentence);
    first == last
}

/// Tokens from the end of a stretch to the end of its sentence or the next mark, in the same paragraph.
fn after(cx: &Context<'_>, m: &Marked) -> Range<usize> {
    let start = cx.parse.tokens.partition_point(|t| (t.start as usize) < m.outer.end());
    let mut end = start;
    while let Some(t) = cx.parse.tokens.get(end) {
        let gap = cx.text().get(cx.parse.tokens[end.saturating_sub(1)].end as usize..t.start as usize).unwrap_or("");
        if gap.contains('\n') || matches!(cx.word(end), "." | "!" | "?" | "“" | "\"" | "''" | "``" | "«" | ";") {
            break;
        }
        end += 1;
    }
    start..end
}

/// Tokens from the start of the sentence or the mark before to the start of a stretch, in the same paragraph.
fn ahead(cx: &Context<'_>, m: &Marked) -> Range<usize> {
    let end = cx.parse.tokens.partition_point(|t| t.end as usize <= m.outer.start());
    let mut start = end;
    while start > 0 {
        let t = &cx.parse.tokens[start - 1];
        let gap_end = cx.parse.tokens.get(start).map_or(m.outer.start(), |n| (n.start as usize).min(m.outer.start()));
        let gap = cx.text().get(t.end as usize..gap_end).unwrap_or("");
        if gap.contains('\n') || matches!(cx.word(start - 1), "." | "!" | "?" | "”" | "\"" | "''" | "“" | "»" | ";")
        {
            break;
        }
        start -= 1;
    }
    start..end
}

fn speech_verb(cx: &Context<'_>, i: usize) -> bool {
    frames_of(cx, i).is_some_and(|f| f.quote)
}

/// A noun or pronoun among the tokens whose head is not among them, or is `verb`.
fn top_noun(cx: &Context<'_>, mut tokens: Range<usize>, verb: usize) -> Option<usize> {
    let all = tokens.clone();
    tokens.find(|&i| {
        let head = cx.parse.head(i);
        matches!(cx.token(i).pos.as_str(), "NOUN" | "PROPN" | "PRON")
            && (head == verb || head == i || !all.contains(&head))
            && !help::has_dep(cx, i, &["npadvmod", "pobj", "poss", "compound"])
    })
}

/// "...," said X / "...," X said.
fn behind(cx: &Context<'_>, m: &Marked, drafts: &mut Vec<Draft>, near: &Near) -> Option<(usize, Way)> {
    let rest = after(cx, m);
    let first = rest.clone().find(|&i| cx.token(i).pos != "PUNCT" && !dash(cx, i))?;
    // "..., and nobody asked him again"
    if cx.token(first).pos == "CCONJ" {
        return None;
    }
    let ends_open = m.inner.slice(cx.text()).ends_with([',', '?', '!', '—', '-', '…'])
        || rest.start < first && cx.word(rest.start) != "(";
    if !ends_open {
        return None;
    }
    if let Some((source, cue)) = summed_up(cx, &rest, first) {
        let draft = Draft::new(Rule("quote.summed-up.v1"), confidence::COLON, cue, Some(source), Vec::new());
        drafts.push(Draft { speech: true, ..draft });
        return Some((drafts.len() - 1, Way::Placed));
    }
    let Some(v) = verb_behind(cx, &rest, first) else {
        return credit(cx, m, &rest, first, drafts);
    };
    if cx.token(v).tag == "NNS" {
        return Some(place(cx, drafts, near, Rule("quote.behind.v1"), confidence::BEHIND, v, v - 1));
    }
    let inverted = (first..v).all(|i| matches!(cx.token(i).pos.as_str(), "ADV" | "PUNCT" | "AUX" | "CCONJ"));
    let source = if inverted {
        help::own_subject(cx, v).filter(|s| rest.contains(s)).or_else(|| top_noun(cx, v + 1..rest.end, v))
    } else {
        help::own_subject(cx, v).filter(|s| (first..v).contains(s)).or_else(|| top_noun(cx, first..v, v))
    }?;
    Some(place(cx, drafts, near, Rule("quote.behind.v1"), confidence::BEHIND, v, source))
}

/// "...", was how she put it / "...", was his answer: who says it, and the words that tell so.
fn summed_up(cx: &Context<'_>, rest: &Range<usize>, first: usize) -> Option<(usize, Range<usize>)> {
    if let Some(found) = put_it(cx, rest, first) {
        return Some(found);
    }
    if cx.token(first).lemma != "be" || !help::is_finite(cx, first) {
        return None;
    }
    let how = first + 1 < rest.end && matches!(cx.token(first + 1).lower.as_str(), "how" | "what");
    if how {
        let v = (first + 2..rest.end).take(12).find(|&i| help::is_verb(cx, i) && help::is_finite(cx, i))?;
        return help::own_subject(cx, v).filter(|s| (first..v).contains(s)).map(|s| (s, help::verb_group(cx, v)));
    }
    let noun = cx.parse.child(first, &["attr", "nsubj"]).filter(|&n| n > first && rest.contains(&n))?;
    let owner = cx.parse.child(noun, &["poss"]).filter(|&p| p > first && speaks(cx, p))?;
    Some((owner, noun..noun + 1))
}

/// "...", as she put it / "...," as N, the director, has it.
fn put_it(cx: &Context<'_>, rest: &Range<usize>, first: usize) -> Option<(usize, Range<usize>)> {
    let puts = |i: &usize| matches!(cx.token(*i).lemma.as_str(), "put" | "have" | "phrase" | "express" | "describe");
    let it = |i: usize| i + 1 < rest.end && cx.token(i + 1).lower == "it";
    let v = (first + 2..rest.end).take(14).find(|i| puts(i) && it(*i) && help::is_finite(cx, *i))?;
    let source = help::own_subject(cx, v).filter(|s| (first..v).contains(s))?;
    (cx.token(first).lower == "as" && speaks(cx, source)).then(|| (source, help::verb_group(cx, v)))
}

/// The verb of speech behind a stretch: the first, or past a name with a relative clause or apposition the one it is the
/// subject of.
fn verb_behind(cx: &Context<'_>, rest: &Range<usize>, first: usize) -> Option<usize> {
    let hangs = |i: usize| help::has_dep(cx, i, &["relcl", "acl"]);
    let near = rest.clone().take(12).find(|&i| speech_verb(cx, i) && !hangs(i));
    // "Brandt mutters": a verb taken for a noun
    let taken = rest.clone().take(3).find(|&i| {
        let verb = || frames::of(Word::Verb, &cx.token(i).lemma).is_some_and(|f| f.quote);
        cx.token(i).tag == "NNS" && i > first && cx.token(i - 1).pos == "PROPN" && verb()
    });
    near.or(taken)
        .or_else(|| {
            let named = matches!(cx.token(first).pos.as_str(), "PROPN" | "DET" | "PRON");
            rest.clone().take(40).find(|&i| {
                named && speech_verb(cx, i) && !hangs(i) && {
                    let source = help::own_subject(cx, i);
                    source.is_some_and(|s| s < i && s >= first && s < first + 8) || i > 0 && cx.word(i - 1) == ","
                }
            })
        })
        .or_else(|| rest.clone().take(12).find(|&i| speech_verb(cx, i)))
}

/// "..." - Name, at the end of a paragraph.
fn credit(
    cx: &Context<'_>,
    m: &Marked,
    rest: &Range<usize>,
    first: usize,
    drafts: &mut Vec<Draft>,
) -> Option<(usize, Way)> {
    let named = (first..rest.end).all(|i| {
        matches!(cx.token(i).pos.as_str(), "PROPN" | "PUNCT" | "NOUN" | "ADP" | "DET")
            || cx.word(i).starts_with(char::is_uppercase)
            || cx.token(i).pos == "SPACE"
    });
    // the dash may be one token with the mark before it
    let gap = cx.text().get(m.outer.end()..cx.token(first).start as usize)?.trim();
    if !named || rest.len() > 10 || !matches!(gap, "—" | "–" | "―" | "-" | "--") {
        return None;
    }
    let cue = (rest.start.saturating_sub(1)..first).rev().find(|&i| cx.word(i).ends_with(gap))?;
    let name = |i: &usize| matches!(cx.token(*i).pos.as_str(), "PROPN" | "NOUN");
    let source = top_noun(cx, first..rest.end, usize::MAX).or_else(|| (first..rest.end).rev().find(name))?;
    let draft = Draft::new(Rule("quote.credit.v1"), confidence::CREDIT, cue..cue + 1, Some(source), Vec::new());
    drafts.push(Draft { speech: true, ..draft });
    Some((drafts.len() - 1, Way::Placed))
}

fn dash(cx: &Context<'_>, i: usize) -> bool {
    matches!(cx.word(i), "—" | "–" | "―" | "-" | "--")
}

/// Tokens of the last sentence of the paragraph before, where a stretch opens its paragraph and that one ends in a colon.
fn announced(cx: &Context<'_>, m: &Marked) -> Option<Range<usize>> {
    let end = cx.parse.tokens.partition_point(|t| t.end as usize <= m.outer.start());
    let last = end.checked_sub(1)?;
    let gap = cx.text().get(cx.token(last).end as usize..m.outer.start())?;
    (gap.contains('\n') && cx.word(last) == ":").then(|| cx.parse.sentence_of(last).start..end)
}

/// X said: "..." / X called it "..." / X: "...".
fn before(
    cx: &Context<'_>,
    m: &Marked,
    drafts: &mut Vec<Draft>,
    near: &Near,
    previous: Option<&Last>,
) -> Option<(usize, Way)> {
    let lead = Some(ahead(cx, m)).filter(|l| !l.is_empty()).or_else(|| announced(cx, m))?;
    let last = lead.end - 1;
    let colon = cx.word(last) == ":";
    let words = m.inner.slice(cx.text()).split_whitespace().count();
    if let Some(found) = called(cx, m, &lead, drafts, near) {
        return Some(found);
    }
    if words < FEW {
        return None;
    }
    if let Some(v) = lead.clone().rev().take(25).find(|&i| speech_verb(cx, i) && (colon || leads_up(cx, i, last)))
        && let Some(source) = help::actor(cx, v).or_else(|| top_noun(cx, lead.start..v, v))
    {
        let (i, way) = place(cx, drafts, near, Rule("quote.before.v1"), confidence::BEFORE, v, source);
        // what the tree took for the content stood before the cue, and was no quotation
        let draft = &mut drafts[i];
        let inserted = cx.word(last) == "," && draft.parts.last().is_some_and(|p| p.end() == comma_before(cx, draft));
        if !inserted
            && previous.is_none_or(|l| l.draft != i)
            && draft.parts.iter().all(|p| p.end() <= cx.span(v..v + 1).start())
        {
            draft.parts.clear();
        }
        return Some((i, way));
    }
    if !colon {
        return None;
    }
    // "X: ...", "X, handing out leaflets: ...", "A heading - X: ..."
    let name = lead.clone().rev().find(|&i| dash(cx, i)).map_or(lead.start, |d| d + 1);
    let told = |i: usize| help::is_verb(cx, i) && help::is_finite(cx, i) && !help::has_dep(cx, i, &["relcl"]);
    if last > name && last - name < 30 && !(name..last).any(told) {
        let source = top_noun(cx, name..last, usize::MAX).filter(|&s| speaks(cx, s))?;
        let draft = Draft::new(Rule("quote.colon.v1"), confidence::COLON, last..last + 1, Some(source), Vec::new());
        drafts.push(Draft { speech: true, ..draft });
        return Some((drafts.len() - 1, Way::Placed));
    }
    let (source, cue) = retort(cx, &lead, last).or_else(|| owned(cx, &lead))?;
    let draft = Draft::new(Rule("quote.colon.v1"), confidence::COLON, cue, Some(source), Vec::new());
    drafts.push(Draft { speech: true, ..draft });
    Some((drafts.len() - 1, Way::Placed))
}

/// Where the comma stands that sets a cue with its source off from what is before; the start of the text where there is none.
fn comma_before(cx: &Context<'_>, draft: &Draft) -> usize {
    let start = draft.source.map_or(draft.cue.start, |s| help::full_noun_phrase(cx, s).start).min(draft.cue.start);
    let comma = start.checked_sub(1).filter(|&c| cx.word(c) == ",");
    comma.map_or(0, |c| cx.token(c).start as usize)
}

/// Any short clause of someone who can speak that ends in a colon before a quotation ("gave a snappy retort:").
fn retort(cx: &Context<'_>, lead: &Range<usize>, last: usize) -> Option<(usize, Range<usize>)> {
    let v = lead.clone().find(|&i| {
        help::is_verb(cx, i)
            && help::is_finite(cx, i)
            && !help::has_dep(cx, i, &["relcl", "acl", "advcl"])
            && help::own_subject(cx, i).is_some_and(|s| lead.contains(&s))
    })?;
    let source = help::own_subject(cx, v).filter(|&s| speaks(cx, s))?;
    Some((source, help::verb_group(cx, v).start..last))
}

/// "N's refusal was blunter in the room: ...": the owner of the noun of speech.
fn owned(cx: &Context<'_>, lead: &Range<usize>) -> Option<(usize, Range<usize>)> {
    lead.clone().rev().find_map(|n| {
        frames::of(Word::Noun, &cx.token(n).lemma).filter(|_| cx.token(n).pos == "NOUN")?;
        let owner = cx.parse.child(n, &["poss"]).filter(|&p| lead.contains(&p) && speaks(cx, p))?;
        Some((owner, n..n + 1))
    })
}

/// Whether the noun phrase headed by `i` means someone who can speak: a person, a body, a role, a pronoun for one.
fn speaks(cx: &Context<'_>, i: usize) -> bool {
    let t = cx.token(i);
    if t.pos == "PRON" {
        return matches!(t.lower.as_str(), "he" | "she" | "they" | "we" | "i" | "who" | "one" | "another");
    }
    let r = cx.reference(i);
    match r.entity {
        Some(e) => matches!(cx.entity(e).kind, RefKind::Person | RefKind::Party | RefKind::Organisation),
        None => r.kind == RefKind::Person || super::sources::is_source(cx, i),
    }
}

/// Whether nothing but adverbs, an addressee or a comma stands between a verb and the stretch after it.
fn leads_up(cx: &Context<'_>, v: usize, last: usize) -> bool {
    let between = v + 1..last + 1;
    if cx.word(last) == "," {
        return between.len() <= 16 && between.clone().all(|i| !(help::is_verb(cx, i) && help::is_finite(cx, i)));
    }
    between.len() <= 4
        && between.clone().all(|i| {
            matches!(cx.token(i).pos.as_str(), "ADV" | "SCONJ" | "PART" | "PUNCT" | "PRON")
                || help::has_dep(cx, i, &["dobj", "dative"])
        })
}

/// X called it "...", X dismissed it as "...": the object belongs to what is said.
fn called(
    cx: &Context<'_>,
    m: &Marked,
    lead: &Range<usize>,
    drafts: &mut Vec<Draft>,
    near: &Near,
) -> Option<(usize, Way)> {
    let last = lead.end - 1;
    let v = lead.clone().rev().take(14).find(|&i| frames_of(cx, i).is_some_and(|f| f.pred))?;
    let object = objects(cx, v).find(|o| lead.contains(o));
    let as_word = cx.token(last).lower == "as";
    let whole = object.map(|o| cx.parse.subtree_range(o));
    let fits = match &whole {
        Some(r) => r.end >= last && r.start == v + 1,
        None => as_word && last <= v + 2,
    };
    if !fits || help::is_passive(cx, v) {
        return None;
    }
    let source = help::actor(cx, v)?;
    let (i, way) = place(cx, drafts, near, Rule("quote.called.v1"), confidence::CALLED, v, source);
    let content = whole.map_or(m.inner, |r| cx.span(r.start..lead.end).cover(m.outer));
    drafts[i].parts.clear();
    drafts[i].take_in(content);
    Some((i, way))
}

/// The draft of this cue, or a new one.
fn place(
    cx: &Context<'_>,
    drafts: &mut Vec<Draft>,
    near: &Near,
    rule: Rule,
    confidence: f32,
    v: usize,
    source: usize,
) -> (usize, Way) {
    if let Some(i) = near.to(cx, cx.span(v..v + 1)).find(|&i| drafts[i].cue.contains(&v)) {
        return (i, Way::Placed);
    }
    let cue = help::verb_group(cx, v);
    drafts.push(Draft { speech: true, ..Draft::new(rule, confidence, cue, Some(source), Vec::new()) });
    (drafts.len() - 1, Way::Placed)
}

/// A stretch without a cue of its own: it goes on with the one before.
fn carried(
    cx: &Context<'_>,
    m: &Marked,
    tokens: &Range<usize>,
    drafts: &mut Vec<Draft>,
    last: Option<&Last>,
) -> Option<(usize, Way)> {
    let last = last?;
    let gap = cx.text().get(last.mark.end()..m.outer.start()).unwrap_or("");
    if m.continues && last.continues {
        return Some((last.draft, Way::Placed));
    }
    let opens = cx.text().get(..m.outer.start()).is_some_and(|b| {
        b.trim_end_matches([' ', '\u{a0}']).ends_with(['.', '!', '?', '”', '"', '\n', '\'']) || b.is_empty()
    });
    let split = gap.trim_end().ends_with(',') && !gap.contains('\n') && {
        let cue = &drafts[last.draft].cue;
        !cue.is_empty() && cx.span(cue.clone()).start() >= last.mark.end()
    };
    if !opens && !split || tokens.len() < FEW {
        return None;
    }
    if !gap.contains('\n') {
        let draft = &drafts[last.draft];
        let same = gap.len() < 400 && draft.speech && between(cx, last, m, draft);
        return same.then_some((last.draft, Way::Placed));
    }
    let whole = cx
        .text()
        .get(m.outer.end()..)
        .is_none_or(|r| r.trim_start_matches([' ', '\u{a0}', '.']).starts_with('\n') || r.trim().is_empty());
    let opens_paragraph =
        cx.text().get(..m.outer.start()).is_some_and(|b| b.trim_end_matches([' ', '\u{a0}']).ends_with('\n'));
    if whole
        && opens_paragraph
        && tokens.len() > 5
        && !heading(cx, tokens)
        && gap.matches('\n').count() <= 2
        && drafts[last.draft].speech
    {
        let of = &drafts[last.draft];
        let draft = Draft::new(Rule("quote.carried.v1"), confidence::CARRIED, of.cue.clone(), of.source, Vec::new());
        drafts.push(Draft { speech: true, carried: true, ..draft });
        return Some((drafts.len() - 1, Way::Placed));
    }
    None
}

/// Words written like a title, all of the longer ones with a capital.
fn heading(cx: &Context<'_>, tokens: &Range<usize>) -> bool {
    let mut long = tokens.clone().map(|i| cx.word(i)).filter(|w| w.chars().count() > 3);
    long.all(|w| w.starts_with(char::is_uppercase))
}

/// Whole sentences in marks right after a sentence that reports the same speaker: `X said no deal was near. "We are tired."`
fn free(
    cx: &Context<'_>,
    m: &Marked,
    tokens: &Range<usize>,
    drafts: &mut Vec<Draft>,
    near: &Near,
) -> Option<(usize, Way)> {
    let whole = m.closed && tokens.len() >= FEW && m.inner.slice(cx.text()).ends_with(['.', '!', '?', '…']);
    let before = cx.text().get(..m.outer.start()).unwrap_or("").trim_end_matches([' ', '\u{a0}']);
    if !whole || !before.ends_with(['.', '!', '?']) {
        return None;
    }
    let last = cx.parse.tokens.partition_point(|t| t.end as usize <= m.outer.start()).checked_sub(1)?;
    let sentence = cx.sentence_at(last);
    let held = super::nesting::holders(cx, drafts);
    let said = near.to(cx, sentence).filter(|&i| {
        let d = &drafts[i];
        !d.cue.is_empty()
            && d.speech
            && !d.carried
            && held[i].is_none()
            && sentence.contains(cx.span(d.cue.clone()))
            && d.source.is_some_and(|s| speaks(cx, s) || cx.token(s).pos == "PROPN")
    });
    let of = said.max_by_key(|&i| drafts[i].cue.start)?;
    let d = &drafts[of];
    let cue = d.cue.clone();
    let draft = Draft::new(super::continued::RULE, confidence::FREE, cue, d.source, Vec::new());
    drafts.push(Draft { speech: true, carried: true, ..draft });
    Some((drafts.len() - 1, Way::Placed))
}

/// Whole sentences in marks after a sentence about the one who speaks.
fn introduced(cx: &Context<'_>, m: &Marked, tokens: &Range<usize>, drafts: &mut Vec<Draft>) -> Option<(usize, Way)> {
    drafts.push(super::introduced::draft(cx, m, tokens)?);
    Some((drafts.len() - 1, Way::Placed))
}

/// A source that the tree took out of the quotation (`"The risk," said X, "is ..."`) or from before it (`Key quote: "...," X
/// said`) is looked for beside the cue instead.
///
/// Gives the cue's verb with the source it had and the one it has now.
fn outside(cx: &Context<'_>, outer: &[&Marked], d: &mut Draft) -> Option<(usize, usize, usize)> {
    let s = d.source.filter(|_| !d.cue.is_empty() && !d.carried)?;
    let at = |i: usize| cx.token(i).start as usize;
    let v = d.cue.clone().find(|&i| speech_verb(cx, i))?;
    let before = outer.partition_point(|m| m.outer.end() <= at(v));
    let m = before.checked_sub(1).and_then(|i| outer.get(i))?;
    if s > v || at(s) >= m.outer.end() || !d.parts.iter().any(|p| p.overlaps(m.inner)) {
        return None;
    }
    let rest = after(cx, m);
    let first = rest.clone().find(|&i| cx.token(i).pos != "PUNCT").filter(|_| rest.contains(&v))?;
    let inside = m.outer.holds(at(s));
    let beside = (first < v && first + 1 >= d.cue.start.min(v))
        .then_some(first)
        .filter(|&i| matches!(cx.token(i).pos.as_str(), "PROPN" | "PRON"));
    let found = if inside && first + 1 < v { top_noun(cx, first..v, v).or(beside) } else { beside };
    let behind = || inside.then(|| top_noun(cx, v + 1..rest.end, v)).flatten();
    let n = found.or_else(behind)?;
    d.source = Some(n);
    Some((v, s, n))
}

/// Whether the cue of the draft stands between the last stretch and this one, or right before the last.
fn between(cx: &Context<'_>, last: &Last, m: &Marked, draft: &Draft) -> bool {
    if draft.cue.is_empty() {
        return false;
    }
    let cue = cx.span(draft.cue.clone());
    let sentence = cx.sentence_of(cue);
    let gap = cx.text().get(last.mark.end()..m.outer.start()).unwrap_or("");
    let after = cue.start() >= last.mark.end();
    after && (sentence.end() + 3 >= m.outer.start() || sentence.holds(m.outer.start())) || gap.trim().is_empty()
}

/// A content that is one whole stretch is given without its marks.
fn drop_marks(cx: &Context<'_>, outer: &[&Marked], drafts: &mut [Draft]) {
    for d in drafts {
        for p in &mut d.parts {
            let at = outer.partition_point(|m| m.outer.end() < p.end());
            if let Some(m) = outer.get(at).filter(|m| m.outer.contains(*p)) {
                let cut = p.start().max(m.inner.start())..p.end().min(m.inner.end());
                *p = Span::of(cx.text(), cut).unwrap_or(*p);
            }
        }
    }
}
