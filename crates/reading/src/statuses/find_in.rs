//! The constructions that say how far something has come.

use rapporteur_text::Span;

use super::beside::{named, pair, pair_before, seen_as, there_is};
use super::conditional::conditional;
use super::open::open;
use super::percents::{PERCENT, percent};
use super::yielded::yielded;
use super::{Found, ONLY, is_word, status_of};
use crate::Context;
use crate::model::{Rule, StatusSort};
use crate::syntax_help as help;

pub(super) const STATE: Rule = Rule("status.predicate.v3");
const DEED: Rule = Rule("status.deed.v2");
const TABLE: Rule = Rule("status.on-the-table.v2");
pub(super) const AGREED_ON: Rule = Rule("status.agreed-on.v2");
const DENIED: Rule = Rule("status.denied.v1");

/// Statuses carried by token `i`; several where several matters are coordinated.
pub(super) fn token(cx: &Context<'_>, i: usize) -> Option<Vec<Found>> {
    let t = cx.token(i);
    if t.lower == "table" {
        return on_the_table(cx, i);
    }
    if matches!(t.lower.as_str(), "percent" | "%" | "cent" | "tenths" | "quarters" | "fifths") {
        return percent(cx, i);
    }
    match t.pos.as_str() {
        "ADV" => open(cx, i),
        "VERB" | "ADJ" | "AUX" => conditional(cx, i)
            .or_else(|| open(cx, i))
            .or_else(|| predicate(cx, i))
            .or_else(|| agreed_on(cx, i))
            .or_else(|| yielded(cx, i))
            .or_else(|| deed(cx, i))
            .or_else(|| denied(cx, i))
            .or_else(|| named(cx, i))
            .or_else(|| seen_as(cx, i))
            .or_else(|| there_is(cx, i))
            .or_else(|| pair(cx, i)),
        "NOUN" => noun(cx, i),
        _ => None,
    }
}

/// Whether a finding is one of talks by its own words, whatever the article is about: a treaty signed or broken, an
/// agreement reached on something, something agreed in principle.
pub(super) fn is_of_talks(cx: &Context<'_>, f: &Found) -> bool {
    let nouns = f.matter.map(|m| cx.parse.tokens_in(m.range())).unwrap_or(0..0);
    let text = |verb: &str| {
        nouns.clone().any(|i| ONLY.get(verb).is_some_and(|n| n.contains(&cx.token(i).lemma.to_lowercase().as_str())))
    };
    match f.status {
        StatusSort::AgreedInPrinciple => f.rule != PERCENT,
        StatusSort::Signed => text("sign"),
        StatusSort::Breached => text("breach"),
        StatusSort::Agreed => f.rule == AGREED_ON && cx.token(f.token).lemma != "agree",
        _ => false,
    }
}

/// Words of a noun phrase, one span for each coordinated noun.
pub(super) fn matters(cx: &Context<'_>, noun: usize) -> Vec<Span> {
    let mut heads = vec![noun];
    let mut at = 0;
    // "A, B and C": each hangs on the one before it
    while at < heads.len() && heads.len() < 8 {
        // "380 rather than 395", "tariffs but not quotas"
        let other = |c: usize| c > 0 && matches!(cx.token(c - 1).lower.as_str(), "than" | "not");
        let next = cx.parse.children_with(heads[at], &["conj"]).filter(|&c| !heads.contains(&c) && !other(c));
        heads.extend(next.collect::<Vec<_>>());
        at += 1;
    }
    heads.iter().map(|&h| cx.span(help::trim_punct(cx, help::noun_phrase(cx, h)))).collect()
}

/// Whether it is only wished, asked or possible, not so.
pub(super) fn unreal(cx: &Context<'_>, verb: usize) -> bool {
    // "asks that it be struck out"
    let wished = cx.parse.children_with(verb, &["auxpass"]).any(|a| cx.token(a).lower == "be");
    let modal = help::modal(cx, verb).is_some() || help::is_infinitive(cx, verb) || wished;
    let marked = cx.parse.children_with(verb, &["mark"]).any(|m| {
        matches!(cx.token(m).lower.as_str(), "if" | "unless" | "until" | "whether" | "before" | "once" | "after")
    });
    let advmod =
        cx.parse.children_with(verb, &["advmod"]).any(|m| matches!(cx.token(m).lower.as_str(), "when" | "once"));
    // "as long as it is settled", "provided that it is withdrawn"
    let clause = cx.subtree_span(verb);
    let words = clause.slice(cx.text()).to_lowercase();
    let before = cx.text().get(..clause.start()).unwrap_or("").trim_end();
    let provided = ["provided", "as long as"].iter().any(|w| words.starts_with(w))
        || ["provided that", "as long as", "as long"].iter().any(|w| before.ends_with(w));
    // "if that is so, it is dead"; "provided that it is withdrawn" with the participle as its verb
    let hypothesis = cx
        .parse
        .children_with(verb, &["advcl"])
        .any(|c| cx.parse.children_with(c, &["mark"]).any(|m| matches!(cx.token(m).lower.as_str(), "if" | "unless")));
    // "the day the treaty is signed" is yet to come
    let day = cx.token(verb).dep == "relcl"
        && matches!(
            cx.token(cx.parse.head(verb)).lemma.as_str(),
            "day" | "moment" | "hour" | "minute" | "date" | "morning" | "time"
        )
        && is_present(cx, verb);
    let under = cx.parse.head(verb);
    let on_condition = under != verb && cx.token(under).lower == "provided";
    modal || marked || advmod || provided || hypothesis || on_condition || day
}

fn is_present(cx: &Context<'_>, verb: usize) -> bool {
    let present = |i: usize| matches!(cx.token(i).tag.as_str(), "VBZ" | "VBP");
    present(verb) || cx.parse.children_with(verb, &["aux", "auxpass"]).any(present)
}

/// "stopped short of calling it a breach": said not to be so.
fn short_of(cx: &Context<'_>, i: usize) -> bool {
    cx.parse.ancestors(i).take(5).any(|a| cx.token(a).lower == "short")
}

/// A matter worth a record: no person, no pronoun for one.
pub(super) fn is_matter(cx: &Context<'_>, noun: usize) -> bool {
    let t = cx.token(noun);
    !matches!(t.ent.as_str(), "PERSON" | "NORP" | "DATE" | "TIME")
        && !t.tag.starts_with('W')
        && !matches!(
            t.lower.as_str(),
            "he" | "she"
                | "they"
                | "we"
                | "i"
                | "you"
                | "who"
                | "sides"
                | "parties"
                | "people"
                | "ministers"
                | "leaders"
                | "one"
                | "anything"
                | "something"
                | "much"
                | "little"
                | "many"
                | "others"
                | "jury"
                | "jurors"
        )
        && cx.entity_at.get(noun).is_none_or(|e| {
            e.is_none_or(|e| !matches!(cx.entity(e).kind, crate::model::RefKind::Person | crate::model::RefKind::Party))
        })
}

/// "inspections are agreed in principle", "the chapter is blocked", "called flow blocked".
fn predicate(cx: &Context<'_>, i: usize) -> Option<Vec<Found>> {
    let t = cx.token(i);
    let (word, status) = state_word(cx, i)?;
    let (subject, verb) = if t.pos == "ADJ" || (t.tag == "VBN" && !help::is_passive(cx, i)) {
        let verb = cx.parse.head(i);
        match cx.token(i).dep.as_str() {
            "acomp" | "attr" | "oprd" | "ccomp" if verb != i => {
                let copula =
                    matches!(cx.token(verb).lemma.as_str(), "be" | "remain" | "stay" | "seem" | "appear" | "become");
                let named =
                    matches!(cx.token(verb).lemma.as_str(), "call" | "consider" | "declare" | "regard" | "leave");
                let noun = match (copula, named) {
                    (true, _) => help::own_subject(cx, verb),
                    (_, true) if help::is_passive(cx, verb) => help::own_subject(cx, verb),
                    (_, true) => cx.parse.child(verb, &["dobj"]).or_else(|| help::own_subject(cx, i)),
                    _ => None,
                };
                (noun?, verb)
            }
            _ => return None,
        }
    } else if help::is_passive(cx, i) && matches!(t.tag.as_str(), "VBN" | "VBD") {
        // a bare participle that modifies a noun tells no status of its own
        (help::own_subject(cx, i)?, i)
    } else if status_of("happen", word).is_some() && t.tag.starts_with("VB") && t.tag != "VBG" {
        (help::own_subject(cx, i)?, i)
    } else {
        return None;
    };
    // "could be considered agreed" says that it is
    let considered = verb != i
        && help::is_passive(cx, verb)
        && help::modal(cx, verb).is_some_and(|m| matches!(cx.token(m).lower.as_str(), "can" | "could"));
    if (unreal(cx, verb) && !considered) || !is_matter(cx, subject) || !can_be(cx, word, subject) {
        return None;
    }
    // a meeting that is put off is another matter, and a company afloat another one still
    let called = cx.token(subject).lemma.to_lowercase();
    if word == "done" && cx.token(subject).pos == "PRON" {
        return None;
    }
    let put_off = matches!(word, "postpone" | "defer" | "put off" | "hold over") && is_word("sides", &called);
    if put_off || word == "float" && is_word("afloat", &called) {
        return None;
    }
    // "X called the chapter blocked": X says so
    let names = matches!(cx.token(verb).lemma.as_str(), "call" | "consider" | "declare" | "regard") && verb != i;
    let by = help::actor(cx, verb).filter(|_| names).filter(|&a| a != subject).map(|a| cx.reference(a));
    let denied =
        matches!(cx.token(cx.parse.head(verb)).lemma.as_str(), "deny" | "doubt") && cx.token(verb).dep == "ccomp";
    // a closed chapter is agreed, a closed matter is not spoken of again
    let shut = word == "close"
        && matches!(
            cx.token(subject).lemma.as_str(),
            "matter" | "question" | "subject" | "case" | "discussion" | "debate" | "door" | "issue" | "book" | "file"
        );
    let status = if shut { StatusSort::OffTable } else { status };
    let principle = in_principle(cx, i);
    let nothing = matches!(cx.token(subject).lower.as_str(), "nothing" | "none");
    // "not a single label has been agreed"
    let single = cx.token(cx.parse.subtree_range(subject).start).lower == "not";
    let negated = help::is_negated(cx, verb) || help::is_negated(cx, i) || single;
    let agreed = matches!(status, StatusSort::Agreed | StatusSort::AgreedInPrinciple);
    let status = match () {
        () if (nothing || negated || denied) && agreed => StatusSort::Disputed,
        () if negated || denied => return None,
        () if principle.is_some() && status == StatusSort::Agreed => StatusSort::AgreedInPrinciple,
        () => status,
    };
    let span = cx.span(help::trim_punct(cx, i..principle.unwrap_or(i) + 1));
    let confidence = if negated || nothing { 0.6 } else { 0.85 };
    let make = |matter| Found { rule: STATE, confidence, span, token: i, status, matter, by, percent: None };
    if nothing {
        return Some(vec![make(None)]);
    }
    let coordinated = matters(cx, subject);
    let coordinated = if coordinated.len() < 2 { pair_before(cx, i).unwrap_or(coordinated) } else { coordinated };
    Some(coordinated.into_iter().map(|m| make(Some(m))).collect())
}

/// The word of the lexicon that stands at `i`, with its particle where that makes another word, and its status.
fn state_word(cx: &Context<'_>, i: usize) -> Option<(&'static str, StatusSort)> {
    let t = cx.token(i);
    if t.pos == "ADJ" && t.lower == "close" {
        return None;
    }
    let particle = cx.parse.children_with(i, &["prt", "advmod"]).find(|&p| p == i + 1);
    let phrase = particle.map(|p| format!("{} {}", t.lemma, cx.token(p).lower));
    let happens = || super::known("happen", &t.lemma).filter(|_| t.pos == "VERB");
    if t.pos == "ADJ" {
        // "open to a compromise" is said of someone
        let to = cx.parse.children_with(i, &["prep", "xcomp"]).any(|p| cx.token(p).lower == "to");
        return super::known("state", &t.lower).filter(|_| !to);
    }
    let opened = t.lemma == "open";
    let verb = || super::known("state", &t.lemma).filter(|_| !opened);
    let participle = || super::known("state", &t.lower).filter(|_| t.tag == "VBN" && !opened);
    phrase.and_then(|p| super::known("state", &p)).or_else(verb).or_else(participle).or_else(happens)
}

/// Whether a word of many meanings is said of something that can be negotiated: a thing of the lexicon, or what points
/// back to one.
pub(super) fn can_be(cx: &Context<'_>, word: &str, subject: usize) -> bool {
    let t = cx.token(subject);
    let points = matches!(t.lower.as_str(), "it" | "that" | "this" | "nothing" | "none" | "neither" | "both" | "all");
    let part = cx
        .parse
        .children_with(subject, &["compound", "prep"])
        .flat_map(|c| std::iter::once(c).chain(cx.parse.children_with(c, &["pobj"])).collect::<Vec<_>>());
    !is_word("many", word)
        || points
        || is_word("thing", &t.lemma.to_lowercase())
        || matches!(word, "dead" | "close" | "sign")
            && part.into_iter().any(|p| is_word("thing", &cx.token(p).lemma.to_lowercase()))
}

/// The last token of "in principle" behind token `i`.
pub(super) fn in_principle(cx: &Context<'_>, i: usize) -> Option<usize> {
    (i + 1..(i + 12).min(cx.parse.len())).take_while(|&n| cx.token(n).sentence == cx.token(i).sentence).find(|&n| {
        cx.token(n).lower == "principle" && cx.token(n - 1).lower == "in" && (n == i + 2 || cx.parse.head(n - 1) == i)
    })
}

/// "the sides agreed on fisheries", "reached an agreement on pensions", "failed to agree on pay".
fn agreed_on(cx: &Context<'_>, i: usize) -> Option<Vec<Found>> {
    let t = cx.token(i);
    let lemma = t.lemma.as_str();
    let on = |head: usize| {
        cx.parse
            .children_with(head, &["prep"])
            .find(|&p| matches!(cx.token(p).lower.as_str(), "on" | "over" | "about"))
            .and_then(|p| cx.parse.child(p, &["pobj"]))
            .filter(|&o| is_matter(cx, o) && !matches!(cx.token(o).ent.as_str(), "DATE" | "TIME"))
    };
    // "agreed with him about the winner" is a view that is shared
    let shared = |head: usize| cx.parse.children_with(head, &["prep"]).any(|p| cx.token(p).lower == "about");
    let object = match lemma {
        "agree" if !help::is_passive(cx, i) && !shared(i) => on(i)?,
        "reach" | "strike" | "conclude" | "clinch" | "secure" | "find" | "forge" | "broker" | "seal" | "make" => {
            let noun = cx.parse.child(i, &["dobj", "nsubjpass"])?;
            if !matches!(
                cx.token(noun).lemma.to_lowercase().as_str(),
                "agreement" | "deal" | "accord" | "compromise" | "understanding" | "settlement"
            ) {
                return None;
            }
            on(noun).or_else(|| on(i))?
        }
        _ => return None,
    };
    let above = cx.parse.head(i);
    let failed = matches!(cx.token(above).lemma.as_str(), "fail" | "unable")
        || (help::modal(cx, i).is_some_and(|m| cx.token(m).lower == "could") && help::is_negated(cx, i));
    let past = matches!(t.tag.as_str(), "VBD" | "VBN");
    let status = match () {
        () if failed => StatusSort::Blocked,
        () if !past || unreal(cx, i) || help::is_negated(cx, i) => return None,
        () if in_principle(cx, i).is_some() => StatusSort::AgreedInPrinciple,
        () => StatusSort::Agreed,
    };
    let span = cx.span(help::verb_group(cx, i));
    Some(
        matters(cx, object)
            .into_iter()
            .map(|m| Found {
                rule: AGREED_ON,
                confidence: 0.75,
                span,
                token: i,
                status,
                matter: Some(m),
                by: None,
                percent: None,
            })
            .collect(),
    )
}

/// "they signed the accord", "accepts the data chapter", "accused it of breaking the truce".
fn deed(cx: &Context<'_>, i: usize) -> Option<Vec<Found>> {
    let t = cx.token(i);
    let particle = cx.parse.children_with(i, &["prt", "advmod"]).find(|&p| p == i + 1);
    let phrase = particle.map(|p| format!("{} {}", t.lemma, cx.token(p).lower));
    let (word, status) = phrase.and_then(|p| super::known("do", &p)).or_else(|| super::known("do", &t.lemma))?;
    if t.pos != "VERB" || help::is_passive(cx, i) {
        return None;
    }
    let object = cx.parse.child(i, &["dobj"])?;
    let noun = cx.token(object).lemma.to_lowercase();
    // a length of time can be what is accepted
    let figure = t.lemma == "accept" && cx.token(object).pos == "NUM";
    let length = cx.token(object).ent == "DATE" && t.lemma == "accept" && cx.parse.child(object, &["nummod"]).is_some();
    if ONLY.get(word).is_some_and(|nouns| !nouns.contains(&noun.as_str()))
        || !(is_matter(cx, object) || length || figure)
        || is_gap(cx, i, object)
        || is_habit(cx, i, object)
    {
        return None;
    }
    let of = cx.parse.head(i);
    let accused = t.tag == "VBG" && cx.token(of).lower == "of" && cx.token(cx.parse.head(of)).lemma == "accuse";
    let denied = cx.token(of).lemma == "deny" && t.dep == "ccomp";
    // what is accepted now holds; what was, would or might be does not
    let voiced = matches!(t.tag.as_str(), "VBD" | "VBZ" | "VBP")
        || (t.tag == "VBN" && !unreal(cx, i))
        || accused
        || decided(cx, i);
    if !voiced
        || denied
        || matches!(noun.as_str(), "nothing" | "none")
        || help::is_negated(cx, i)
        || (unreal(cx, i) && !decided(cx, i))
    {
        return None;
    }
    let says_itself = matches!(t.lemma.as_str(), "accept");
    // "customers accept long waits": those who can accept for a side
    let by = help::subject(cx, i).filter(|&s| says_itself && is_side(cx, s)).map(|s| cx.reference(s));
    if says_itself && by.is_none() {
        return None;
    }
    let span = cx.span(help::verb_group(cx, i));
    let confidence = if says_itself { 0.6 } else { 0.75 };
    Some(
        matters(cx, object)
            .into_iter()
            .map(|m| Found { rule: DEED, confidence, span, token: i, status, matter: Some(m), by, percent: None })
            .collect(),
    )
}

/// "a house that his father had accepted": the object is the pronoun of the clause.
fn is_gap(cx: &Context<'_>, verb: usize, object: usize) -> bool {
    cx.token(verb).dep == "relcl" && object < verb && cx.token(object).pos == "PRON"
}

/// "those who violate rules", "someone who settled issues": a plural without a determiner, told of no one time.
fn is_habit(cx: &Context<'_>, verb: usize, object: usize) -> bool {
    let bare = matches!(cx.token(object).tag.as_str(), "NNS" | "NNPS")
        && cx.parse.child(object, &["det", "poss", "nummod", "amod", "compound"]).is_none();
    cx.token(verb).dep == "relcl" && bare
}

/// Somebody who speaks for a side: named, or a noun for a side.
pub(super) fn is_side(cx: &Context<'_>, i: usize) -> bool {
    cx.entity_at.get(i).is_some_and(Option::is_some)
        || cx.reference(i).entity.is_some()
        || matches!(
            cx.token(i).lemma.as_str(),
            "country"
                | "government"
                | "side"
                | "union"
                | "employer"
                | "party"
                | "kingdom"
                | "board"
                | "bank"
                | "company"
                | "rebel"
                | "delegation"
                | "negotiator"
                | "cabinet"
                | "ministry"
                | "movement"
                | "bloc"
        )
}

/// "had decided to accept".
fn decided(cx: &Context<'_>, verb: usize) -> bool {
    let above = cx.parse.head(verb);
    matches!(cx.token(above).lemma.as_str(), "decide" | "agree")
        && cx.token(verb).dep == "xcomp"
        && !help::is_negated(cx, above)
}

/// "a full seat is off the table", "the offer on the table".
fn on_the_table(cx: &Context<'_>, table: usize) -> Option<Vec<Found>> {
    let the = table.checked_sub(1).filter(|&p| cx.token(p).lower == "the")?;
    let preposition = the.checked_sub(1)?;
    let status = status_of("table", &cx.token(preposition).lower)?;
    let head = cx.parse.head(preposition);
    // "took it off the table", "is off the table", "the offer on the table"
    // "the offer on the table" only says which one
    let (noun, verb) = if help::is_verb(cx, head) {
        let noun = if matches!(cx.token(head).lemma.as_str(), "be" | "remain" | "stay") || help::is_passive(cx, head) {
            help::own_subject(cx, head).or_else(|| cx.parse.child(head, &["attr"]))
        } else {
            let puts = matches!(
                cx.token(head).lemma.as_str(),
                "put" | "place" | "lay" | "leave" | "keep" | "take" | "remove" | "withdraw" | "pull" | "bring" | "get"
            );
            cx.parse.child(head, &["dobj"]).filter(|_| puts)
        };
        (noun?, head)
    } else {
        return None;
    };
    // "take the knife off the table!" asks for it
    let asked = cx.token(verb).tag == "VB" && cx.parse.child(verb, &["aux", "nsubj"]).is_none();
    let none = cx.parse.children_with(noun, &["det"]).any(|d| cx.token(d).lower == "no");
    // "it was a matter of taking the knife off the table"
    let wished = cx.token(verb).tag == "VBG" && cx.parse.child(verb, &["aux"]).is_none();
    if asked || none || wished {
        return None;
    }
    let real = !unreal(cx, verb);
    let negated = help::is_negated(cx, verb);
    if !real || !is_matter(cx, noun) || !matches!(cx.token(noun).pos.as_str(), "NOUN" | "PROPN" | "PRON") {
        return None;
    }
    let status = match (status, negated) {
        (StatusSort::Tabled, true) => StatusSort::OffTable,
        (_, true) => return None,
        (s, false) => s,
    };
    let span = cx.span(preposition..table + 1);
    Some(
        matters(cx, noun)
            .into_iter()
            .map(|m| Found {
                rule: TABLE,
                confidence: 0.8,
                span,
                token: table,
                status,
                matter: Some(m),
                by: None,
                percent: None,
            })
            .collect(),
    )
}

/// "a breach of the standstill".
fn noun(cx: &Context<'_>, i: usize) -> Option<Vec<Found>> {
    let status = status_of("noun", &cx.token(i).lemma).filter(|_| !short_of(cx, i))?;
    let of = cx.parse.children_with(i, &["prep"]).find(|&p| cx.token(p).lower == "of")?;
    let object = cx.parse.child(of, &["pobj"])?;
    let kept = [
        "agreement",
        "truce",
        "ceasefire",
        "standstill",
        "accord",
        "deal",
        "contract",
        "treaty",
        "promise",
        "commitment",
        "armistice",
        "moratorium",
        "freeze",
    ];
    if !kept.contains(&cx.token(object).lemma.as_str()) {
        return None;
    }
    let span = cx.span(i..object + 1);
    Some(vec![Found {
        rule: DEED,
        confidence: 0.7,
        span,
        token: i,
        status,
        matter: Some(cx.span(help::trim_punct(cx, help::noun_phrase(cx, object)))),
        by: None,
        percent: None,
    }])
}

/// A denial right behind words of agreement: what was called agreed is disputed.
fn denied(cx: &Context<'_>, i: usize) -> Option<Vec<Found>> {
    let t = cx.token(i);
    if t.lemma != "deny" || help::is_negated(cx, i) || !matches!(t.tag.as_str(), "VBD" | "VBZ" | "VBN" | "VBP") {
        return None;
    }
    let object = cx.parse.child(i, &["dobj"]);
    let pointing = object.is_some_and(|o| matches!(cx.token(o).lower.as_str(), "it" | "this" | "that"));
    let sentence = cx.parse.sentence_of(i);
    let before = (cx.token(i).sentence as usize).checked_sub(1).and_then(|s| cx.parse.sentences.get(s))?.clone();
    let agreed = before
        .clone()
        .find(|&n| matches!(cx.token(n).lemma.as_str(), "agree" | "agreement" | "agreed" | "settle" | "deal"));
    let (false, true, Some(_)) = (sentence.is_empty(), pointing, agreed) else { return None };
    let by = help::subject(cx, i).map(|s| cx.reference(s));
    let span = cx.span(help::verb_group(cx, i));
    Some(vec![Found {
        rule: DENIED,
        confidence: 0.6,
        span,
        token: i,
        status: StatusSort::Disputed,
        matter: None,
        by,
        percent: None,
    }])
}
