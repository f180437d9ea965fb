//! Who is meant: the words of the source, whom they stand for, and through whom it reached us.

use std::collections::HashMap;
use std::sync::LazyLock;

use rapporteur_text::{Span, When};

use super::draft::Draft;
use crate::Context;
use crate::dates::may_be_said;
use crate::lexicon::rows;
use crate::model::{Evidence, Link, LinkSort, Quote, RefKind, Reference, Why};
use crate::syntax_help as help;

/// Whether the noun is one of those by which people and outlets without a name are called.
pub(super) fn is_source(cx: &Context<'_>, i: usize) -> bool {
    matches!(SORTS.get(cx.token(i).lemma.as_str()), Some(LinkSort::Unnamed | LinkSort::Outlet | LinkSort::Agency))
}

/// Whether the noun is in the lexicon of sources, papers included.
pub(crate) fn is_known(cx: &Context<'_>, i: usize) -> bool {
    SORTS.contains_key(cx.token(i).lemma.as_str())
}

/// Everything about the source of one quotation.
pub(super) struct Attribution {
    pub(super) reference: Option<Reference>,
    /// The source's words, where they stand beside the cue.
    pub(super) within: Option<Span>,
    pub(super) chain: Vec<Link>,
    pub(super) named: bool,
    pub(super) said: When,
    pub(super) evidence: Vec<Evidence>,
}

static SORTS: LazyLock<HashMap<&'static str, LinkSort>> = LazyLock::new(|| {
    rows(include_str!("../../lexicons/sources.tsv"))
        .filter_map(|r| Some((*r.first()?, written_sort(r.get(1)?)?)))
        .collect()
});

fn written_sort(written: &str) -> Option<LinkSort> {
    Some(match written {
        "outlet" => LinkSort::Outlet,
        "agency" => LinkSort::Agency,
        "document" => LinkSort::Document,
        "unnamed" => LinkSort::Unnamed,
        _ => return None,
    })
}

/// The attribution of each draft; a chain looks through the drafts that hold this one in their content.
pub(super) fn all(cx: &Context<'_>, drafts: &[Draft]) -> Vec<Attribution> {
    let held_by = super::nesting::holders(cx, drafts);
    (0..drafts.len()).map(|i| attribution(cx, drafts, &held_by, i)).collect()
}

fn attribution(cx: &Context<'_>, drafts: &[Draft], held_by: &[Option<usize>], i: usize) -> Attribution {
    let draft = &drafts[i];
    let mut evidence = Vec::new();
    let own = draft.source.map(|s| reference(cx, draft, s));
    let carried = draft.carried || draft.cue.is_empty();
    if let (Some(r), true) = (own, carried) {
        let cue = (!draft.cue.is_empty()).then(|| cx.span(draft.cue.clone()));
        evidence.push(cx.evidence_why(cue.map_or(r.span, |c| c.cover(r.span)), Why::Antecedent));
    }
    if let (Some(s), Some(r)) = (draft.source, own) {
        evidence.extend(antecedent(cx, s, r));
    }
    let mut chain: Vec<Link> = relays(cx, drafts, held_by, i);
    if let (Some(s), Some(r)) = (draft.source, own) {
        chain.extend(super::relays::before(cx, draft));
        let last = link(cx, s, r);
        chain.push(last);
        chain.extend(super::relays::cited(cx, draft, s).filter(|_| tells_on(last.sort)));
    }
    let named = own.is_some() && chain.iter().all(|l| l.sort != LinkSort::Unnamed);
    Attribution {
        reference: own,
        within: own.map(|r| r.span).filter(|_| !carried),
        chain,
        named,
        said: said(cx, draft),
        evidence,
    }
}

/// One quotation for each of several names that say the same: "Peru and Chile said".
pub(super) fn apart(cx: &Context<'_>, draft: &Draft, quote: Option<Quote>) -> Vec<Quote> {
    let Some(quote) = quote else { return Vec::new() };
    let Some(head) = draft.source.filter(|_| !draft.carried && !draft.cue.is_empty()) else { return vec![quote] };
    let voices = crate::statements::speakers(cx, head);
    if voices.is_empty() {
        return vec![quote];
    }
    let one = |&(i, r): &(usize, Reference)| {
        let mut q = quote.clone();
        q.chain.pop();
        q.chain.push(link(cx, i, r));
        q.source = Some(r);
        q
    };
    voices.iter().map(one).collect()
}

/// The source's words in the sentence, with its apposition and relative clause, never running into cue or content.
fn reference(cx: &Context<'_>, draft: &Draft, head: usize) -> Reference {
    let relative = matches!(cx.token(head).tag.as_str(), "WDT" | "WP");
    let meant = if relative { antecedent_of_relative(cx, head).unwrap_or(head) } else { head };
    let mut reference = cx.reference(meant);
    let full = match cx.token(head).dep.as_str() {
        _ if relative => head..head + 1,
        // "On the first of these Brandt said": the name alone
        "pobj" if head + 1 == draft.cue.start => cx.parse.tokens_in(reference.span.range()),
        "poss" | "amod" | "compound" => cx.parse.subtree_range(head),
        _ => help::full_noun_phrase(cx, head),
    };
    let clear = |i: usize| {
        let t = cx.token(i);
        !draft.cue.contains(&i) && !draft.parts.iter().any(|p| p.holds(t.start as usize))
    };
    let mut start = head;
    while start > full.start && clear(start - 1) {
        start -= 1;
    }
    let mut end = head + 1;
    // ", supported by Peru": others beside the source, no part of it
    // ", for the league": whom it speaks for
    let behalf = |c: usize| {
        help::has_dep(cx, c, &["prep"]) && matches!(cx.token(c).lower.as_str(), "for" | "with") && cx.word(c - 1) == ","
    };
    let beside = cx.parse.children(head).find(|&c| c > head && (crate::statements::joins(cx, c) || behalf(c)));
    // ", "a bill without a date"": what is said, not who says it
    let opens = |i: usize| i > 0 && cx.word(i - 1) == "," && matches!(cx.word(i), "\"" | "“" | "''" | "``");
    while end < full.end && clear(end) && !opens(end) && beside.is_none_or(|b| end < b) {
        end += 1;
    }
    if cx.word(end - 1).starts_with(['\'', '’']) && end - 1 > start && cx.token(end - 1).tag == "POS" {
        end -= 1;
    }
    reference.span = cx.span(help::trim_punct(cx, start..end));
    reference
}

fn antecedent_of_relative(cx: &Context<'_>, pronoun: usize) -> Option<usize> {
    let clause = std::iter::once(cx.parse.head(pronoun))
        .chain(cx.parse.ancestors(pronoun))
        .find(|&v| help::has_dep(cx, v, &["relcl"]))?;
    Some(cx.parse.head(clause))
}

/// The named mention that a pronoun or role stands for, where it stands elsewhere.
fn antecedent(cx: &Context<'_>, head: usize, reference: Reference) -> Option<Evidence> {
    if cx.token(head).pos == "PROPN" {
        return None;
    }
    let entity = cx.entity(reference.entity?);
    let before = entity.mentions.iter().rev().find(|m| m.named && m.span.end() <= reference.span.start());
    let mention = before.or_else(|| entity.mentions.iter().find(|m| m.named))?;
    (!reference.span.overlaps(mention.span)).then(|| cx.evidence_why(mention.span, Why::Antecedent))
}

/// Sources of the quotations whose content holds this one's cue, outermost first.
fn relays(cx: &Context<'_>, drafts: &[Draft], held_by: &[Option<usize>], i: usize) -> Vec<Link> {
    let mut chain = Vec::new();
    let mut at = i;
    while let Some(outer) = held_by[at].filter(|_| chain.len() < 5) {
        if let Some(s) = drafts[outer].source {
            // from the inside out, to be turned around
            let own = link(cx, s, reference(cx, &drafts[outer], s));
            chain.extend(super::relays::cited(cx, &drafts[outer], s).filter(|_| tells_on(own.sort)));
            chain.push(own);
        }
        at = outer;
    }
    chain.reverse();
    chain
}

/// Whether a source of this sort passes on what others said.
fn tells_on(sort: LinkSort) -> bool {
    matches!(sort, LinkSort::Outlet | LinkSort::Agency | LinkSort::Document | LinkSort::Unnamed)
}

/// Whether the outlet that was told is the one that writes ("told this newspaper", "told the Courier" in the Courier): that
/// is no relay.
pub(super) fn own_outlet(cx: &Context<'_>, head: usize, words: Span) -> bool {
    let ours = cx.parse.children(head).any(|c| matches!(cx.token(c).lower.as_str(), "this" | "our"));
    let outlet = cx.article.outlet.to_lowercase();
    let written = words.slice(cx.text()).to_lowercase();
    let bare = written.strip_prefix("the ").unwrap_or(&written);
    ours || !bare.is_empty() && outlet.contains(bare)
}

/// A reference to the whole phrase headed by a token.
pub(super) fn plain(cx: &Context<'_>, head: usize) -> Reference {
    let mut reference = cx.reference(head);
    let phrase = help::full_noun_phrase(cx, head);
    let mark = |&i: &usize| matches!(cx.word(i), "\"" | "“" | "”" | "''" | "``");
    let end = (head..phrase.end).find(mark).unwrap_or(phrase.end).max(head + 1);
    reference.span = cx.span(help::trim_punct(cx, phrase.start..end));
    reference
}

/// A link of a chain.
pub(super) fn link(cx: &Context<'_>, head: usize, reference: Reference) -> Link {
    Link { span: reference.span, sort: sort(cx, head, reference), entity: reference.entity }
}

/// Words for those around somebody.
const CIRCLES: &[&str] = &["circles", "quarters", "surroundings", "entourage", "environs", "insiders"];

/// Names of papers that are common words; in small letters they mean a thing.
const TITLES: &[&str] = &[
    "fox",
    "guardian",
    "times",
    "post",
    "journal",
    "herald",
    "tribune",
    "gazette",
    "chronicle",
    "telegraph",
    "courier",
    "independent",
    "mirror",
    "globe",
    "ledger",
    "standard",
    "beacon",
    "examiner",
    "inquirer",
    "sentinel",
    "dispatch",
    "mail",
    "sun",
    "star",
    "review",
    "economist",
    "station",
    "channel",
];

/// Whether the phrase brings in someone new: "an exporter", "two aides", "one veteran", and no name beside it.
fn newly(cx: &Context<'_>, head: usize) -> bool {
    let opens = |c: usize| {
        c < head
            && (matches!(
                cx.token(c).lower.as_str(),
                "a" | "an" | "another" | "some" | "several" | "one" | "two" | "three"
            ) && help::has_dep(cx, c, &["det", "nummod", "amod"]))
    };
    let name = |c: usize| help::has_dep(cx, c, &["appos"]) && cx.token(c).pos == "PROPN";
    let voice = cx.token(head).lower.starts_with("spokes");
    cx.token(head).pos == "NOUN"
        && !voice
        && cx.parse.children(head).any(opens)
        && !cx.parse.children(head).any(|c| name(c) || cx.token(c).ent == "PERSON")
}

/// Whether a noun means a person: a role, or what someone does.
fn somebody(cx: &Context<'_>, head: usize) -> bool {
    let lemma = cx.token(head).lemma.as_str();
    let ends =
        ["er", "or", "ist", "ian", "ee", "man", "woman", "ant", "cook", "clerk", "chief", "nurse", "fellow", "aide"];
    let things = [
        "number",
        "order",
        "paper",
        "letter",
        "quarter",
        "matter",
        "power",
        "winter",
        "offer",
        "answer",
        "river",
        "corner",
        "chapter",
        "floor",
        "error",
        "sector",
        "factor",
        "centre",
        "master",
        "figure",
        "disorder",
        "border",
        "member",
        "amount",
        "grant",
        "plant",
        "manner",
        "harbour",
        "minor",
        "committee",
        "guarantee",
        "fee",
        "tree",
        "majority",
    ];
    crate::mentions::lexicons::role(lemma).is_some()
        || lemma.len() > 3 && ends.iter().any(|e| lemma.ends_with(e)) && !things.contains(&lemma)
}

/// Words that stand for people nobody names ("many say", "others fear").
const SOME: &[&str] = &["many", "some", "others", "several", "few", "most", "one", "another", "someone", "somebody"];

/// Whether the phrase means some of a kind and not one that was named: "some reports", "reports", "several outlets".
fn indefinite(cx: &Context<'_>, head: usize) -> bool {
    let t = cx.token(head);
    let told = |c: usize| {
        let lower = cx.token(c).lower.as_str();
        help::has_dep(cx, c, &["det", "poss", "nummod"])
            && !matches!(lower, "a" | "an" | "some" | "any" | "no" | "several")
            || cx.token(c).pos == "PROPN"
    };
    t.tag == "NNS" && !cx.parse.children(head).any(told)
}

fn sort(cx: &Context<'_>, head: usize, reference: Reference) -> LinkSort {
    let t = cx.token(head);
    if reference.entity.is_none() && SOME.contains(&t.lower.as_str()) {
        return LinkSort::Unnamed;
    }
    let name = cx.parse.entity_of(head).map(|e| cx.span(e.tokens.clone()).slice(cx.text()).to_lowercase());
    if let Some(name) = &name {
        let bare = name.strip_prefix("the ").unwrap_or(name);
        if let Some(&s) = SORTS.get(bare) {
            return s;
        }
    }
    if t.pos == "PROPN" {
        let last = SORTS.get(t.lower.as_str()).copied();
        if let Some(s @ (LinkSort::Outlet | LinkSort::Agency)) = last
            && reference.kind != RefKind::Person
        {
            return s;
        }
    } else if let Some(&s) = SORTS.get(t.lemma.as_str()) {
        match s {
            // "the surroundings of the minister": people whom nobody names, though it is known where they are
            _ if CIRCLES.contains(&t.lower.as_str()) => return LinkSort::Unnamed,
            LinkSort::Outlet
                if TITLES.contains(&t.lower.as_str()) && !cx.word(head).starts_with(char::is_uppercase) => {}
            LinkSort::Unnamed if newly(cx, head) => return s,
            // a role is a source without a name only where nobody is named for it
            LinkSort::Unnamed if named(cx, reference) || definite(cx, head) => {}
            LinkSort::Document | LinkSort::Outlet if indefinite(cx, head) => return LinkSort::Unnamed,
            s => return s,
        }
    }
    match reference.kind {
        _ if newly(cx, head) && somebody(cx, head) => LinkSort::Unnamed,
        RefKind::Person => LinkSort::Person,
        RefKind::Party | RefKind::Place | RefKind::Issue => LinkSort::Party,
        RefKind::Organisation if t.pos == "PRON" => LinkSort::Person,
        RefKind::Organisation => LinkSort::Party,
    }
}

/// Whether what is referred to has a name somewhere in the article.
fn named(cx: &Context<'_>, reference: Reference) -> bool {
    reference.entity.is_some_and(|e| cx.entity(e).mentions.iter().any(|m| m.named))
}

/// Whether a name stands in the phrase, or its determiner is definite.
fn definite(cx: &Context<'_>, head: usize) -> bool {
    cx.parse.children(head).any(|c| {
        matches!(cx.token(c).lower.as_str(), "the" | "his" | "her" | "its" | "their" | "this" | "that")
            || cx.token(c).ent == "PERSON"
    })
}

/// The time the cue is told with ("said on Monday").
fn said(cx: &Context<'_>, draft: &Draft) -> When {
    let Some(v) = draft.cue.clone().find(|&i| help::is_verb(cx, i) && !help::has_dep(cx, i, &["aux", "auxpass"]))
    else {
        return When::unknown();
    };
    for c in cx.parse.children(v).filter(|&c| help::has_dep(cx, c, &["npadvmod", "prep", "advmod", "nmod", "dobj"])) {
        let span = cx.subtree_span(c);
        let clear = !draft.parts.iter().any(|p| p.overlaps(span));
        if let Some(date) = cx.dates_in(span).find(|d| clear && !d.when.is_unknown() && may_be_said(cx, &d.when)) {
            return date.when.clone();
        }
    }
    When::unknown()
}
