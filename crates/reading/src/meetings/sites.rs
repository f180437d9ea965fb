//! Where a meeting is and who takes part.

use super::clause::{Clause, is_speech, verb_entry};
use crate::Context;
use crate::mentions::lexicons;
use crate::model::{MeetingFormat, MeetingSort, MeetingState, RefKind, Reference};
use crate::syntax_help as syntax;

pub(super) fn is_place(cx: &Context<'_>, i: usize) -> bool {
    let r = cx.reference(i);
    let named = r.entity.is_some_and(|e| cx.entity(e).mentions.iter().any(|m| m.named));
    let lower = cx.token(i).lower.as_str();
    match r.kind {
        RefKind::Place | RefKind::Party if named => cx.token(i).pos == "PROPN",
        RefKind::Organisation if named => lexicons::is_place_noun(lower),
        _ => lexicons::is_place_noun(lower) || lower == "parliament" || lower == "capital",
    }
}

/// The place a phrase names: itself, or the name in "the town of X".
pub(super) fn town(cx: &Context<'_>, i: usize) -> Option<usize> {
    if matches!(cx.token(i).lemma.as_str(), "town" | "city" | "village" | "capital" | "resort" | "suburb" | "port") {
        let of = syntax::prep_object(cx, i, &["of"]).or_else(|| cx.parse.child(i, &["appos"]));
        if let Some(o) = of.filter(|&o| is_place(cx, o)) {
            return Some(o);
        }
    }
    is_place(cx, i).then_some(i)
}

pub(super) fn place_reference(cx: &Context<'_>, i: usize) -> Reference {
    Reference { kind: RefKind::Place, ..cx.reference(i) }
}

pub(super) fn key(cx: &Context<'_>, place: &Reference) -> String {
    // "the German capital"
    let words = place.span.slice(cx.text());
    if let Some(country) =
        words.strip_suffix(" capital").and_then(|w| lexicons::country(w.rsplit(' ').next().unwrap_or(w)))
        && let lexicons::Country::People(n) = country
        && let Some(capital) = lexicons::capital_of(n)
    {
        return capital.to_lowercase();
    }
    match place.entity {
        Some(e) => cx.entity(e).name.to_lowercase(),
        None => place.span.slice(cx.text()).to_lowercase().trim_start_matches("the ").to_string(),
    }
}

/// Where: "in", "at" after the noun or its verb; "to" after a visit; a place's name before the noun ("the Geneva talks").
pub(super) fn place(cx: &Context<'_>, i: usize, clause: &Clause, sort: MeetingSort) -> Option<Reference> {
    let preps: &[&str] = if sort == MeetingSort::Visit { &["to", "in", "at", "of"] } else { &["in", "at"] };
    let under = |h: usize| {
        let mut objects = cx.parse.children_with(h, &["prep"]).filter(|&p| preps.contains(&cx.token(p).lower.as_str()));
        objects.find_map(|p| cx.parse.child(p, &["pobj"]).and_then(|o| town(cx, o)))
    };
    if let Some(p) = under(i) {
        return Some(place_reference(cx, p));
    }
    // "meetings between X and Y in Rome"
    let with = |p: &usize| matches!(cx.token(*p).lower.as_str(), "between" | "with" | "of" | "among" | "by");
    let inner = cx.parse.children_with(i, &["prep"]).filter(with).filter_map(|p| cx.parse.child(p, &["pobj"]));
    let inner = inner.flat_map(|o| cx.parse.children_with(o, &["conj"]).chain([o]).collect::<Vec<_>>()).find_map(under);
    if let Some(p) = inner {
        return Some(place_reference(cx, p));
    }
    let before = cx
        .parse
        .children_with(i, &["compound", "nmod", "poss"])
        .find(|&c| cx.token(c).dep != "poss" && is_place(cx, c) && is_site(cx, c));
    if let Some(p) = before {
        return Some(place_reference(cx, p));
    }
    // "held in", a clause on the noun
    let hung = cx.parse.children_with(i, &["acl", "relcl"]).find_map(|v| {
        let planned = verb_entry(cx, v).is_some_and(|e| e.1 == Some(MeetingState::Planned));
        let site = planned.then(|| syntax::prep_object(cx, v, &["for"])).flatten().filter(|&o| is_place(cx, o));
        under(v).or(site).or_else(|| cx.parse.children_with(v, &["xcomp"]).find_map(under))
    });
    let verb = clause.verb.filter(|&v| clause.direct || !is_speech(cx, v));
    let object = verb
        .and_then(|v| cx.parse.child(v, &["dobj"]))
        .filter(|_| sort == MeetingSort::Signing || sort == MeetingSort::Vote);
    // "met for six hours in Cairo": hung on the time
    let through_time = |v: usize| {
        let times = cx.parse.children_with(v, &["prep"]).filter_map(|p| cx.parse.child(p, &["pobj"]));
        times.filter(|&o| matches!(cx.token(o).ent.as_str(), "TIME" | "DATE")).find_map(under)
    };
    // "from the Rope Exchange, where the third round is under way"
    let relative = verb.filter(|&v| cx.token(v).dep == "relcl" && cx.token(i).dep.starts_with("nsubj"));
    let where_it_is = relative
        .filter(|&v| cx.parse.children_with(v, &["advmod"]).any(|a| cx.token(a).lower == "where"))
        .map(|v| cx.parse.head(v))
        .filter(|&p| cx.token(p).pos == "PROPN" || is_place(cx, p));
    let found = hung
        .or(where_it_is)
        .or_else(|| verb.and_then(under))
        .or_else(|| verb.and_then(through_time))
        .or_else(|| object.and_then(under))
        .or_else(|| {
            // "sent them to Rome to meet X"
            let v = clause.verb.filter(|&v| syntax::is_infinitive(cx, v))?;
            let over = cx.parse.head(v);
            let to = syntax::prep_object(cx, over, &["to", "in", "at"]).filter(|&o| is_place(cx, o));
            to.filter(|_| !is_speech(cx, over))
        });
    found.map(|p| place_reference(cx, p))
}

/// A place that gives a meeting its name is a town, not a party to it: capitals and places, no states.
pub(super) fn is_site(cx: &Context<'_>, i: usize) -> bool {
    let r = cx.reference(i);
    r.kind == RefKind::Place || matches!(lexicons::country(cx.word(i)), Some(lexicons::Country::Capital(_)))
}

// --- people ----------------------------------------------------------------------------------------------------------

/// Named people, parties and bodies in a phrase and its coordination.
pub(super) fn add_people(cx: &Context<'_>, i: usize, into: &mut Vec<Reference>) {
    let mut all = vec![i];
    let mut n = 0;
    while n < all.len() && n < 12 {
        all.extend(cx.parse.children_with(all[n], &["conj"]));
        n += 1;
    }
    // "X and President Y", where the parse hangs X before Y
    let before = cx.parse.children_with(i, &["nmod"]).filter(|&n| cx.parse.child(n, &["cc"]).is_some());
    all.extend(before.collect::<Vec<_>>());
    for k in all {
        let from = senders(cx, k);
        // "French and German delegations" are two that take part
        if from.len() < 2 && add_one(cx, k, into) {
            continue;
        }
        if matches!(cx.token(k).tag.as_str(), "NNS" | "NN") {
            from.into_iter().for_each(|s| {
                if let Some(state) = state(cx, s).filter(|r| !into.iter().any(|p| p.entity == r.entity)) {
                    into.push(state);
                } else {
                    add_one(cx, s, into);
                }
            });
        }
        // "envoys who came, X and Y": those who are named beside the noun
        for named in cx.parse.children_with(k, &["appos"]).filter(|&a| cx.token(a).pos == "PROPN") {
            let several = cx.parse.children_with(named, &["conj"]).chain([named]).collect::<Vec<_>>();
            several.into_iter().for_each(|a| {
                add_one(cx, a, into);
            });
        }
    }
}

/// Adds whoever this token stands for; whether it stands for someone that can be named.
fn add_one(cx: &Context<'_>, i: usize, into: &mut Vec<Reference>) -> bool {
    let r = cx.reference(i);
    // "he" is no company
    if matches!(cx.token(i).lower.as_str(), "he" | "she" | "him" | "her") && r.kind != RefKind::Person {
        return false;
    }
    let Some(e) = r.entity else { return false };
    let entity = cx.entity(e);
    // a pronoun is somebody only if it stands for one person named before it in the sentence
    if cx.token(i).pos == "PRON" || cx.token(i).tag == "PRP$" {
        let here = cx.sentence_at(i);
        let told = |e: &crate::model::Entity| {
            e.mentions.iter().any(|m| m.named && here.contains(m.span) && m.span.start() < r.span.start())
        };
        let others = cx.entities.iter().filter(|o| o.id != e && o.kind == RefKind::Person && told(o)).count();
        if r.kind != RefKind::Person || !told(entity) || others > 0 {
            return false;
        }
    }
    let known = (entity.of.is_some() || entity.mentions.iter().any(|m| m.named)) && r.kind != RefKind::Place;
    if known && !into.iter().any(|p| p.entity == Some(e)) {
        into.push(r);
    }
    known
}

/// A country that sends someone, which elsewhere may be a mere place.
fn state(cx: &Context<'_>, i: usize) -> Option<Reference> {
    let r = cx.reference(i);
    let is_country = lexicons::country(cx.word(i)).is_some() || lexicons::country(r.span.slice(cx.text())).is_some();
    (r.entity.is_some() && is_country).then_some(Reference { kind: RefKind::Party, ..r })
}

/// Whose the people of a common noun are: "officials from X, Y and Z", "X's envoys", "French and German delegations".
fn senders(cx: &Context<'_>, noun: usize) -> Vec<usize> {
    let is_people = matches!(
        cx.token(noun).lemma.as_str(),
        "official"
            | "envoy"
            | "delegation"
            | "delegate"
            | "negotiator"
            | "minister"
            | "diplomat"
            | "representative"
            | "team"
            | "side"
            | "leader"
            | "government"
            | "adviser"
            | "counterpart"
            | "mediator"
            | "party"
    );
    if !is_people {
        return Vec::new();
    }
    let from = cx
        .parse
        .children_with(noun, &["prep"])
        .filter(|&p| matches!(cx.token(p).lower.as_str(), "from" | "of"))
        .filter_map(|p| cx.parse.child(p, &["pobj"]));
    // "involving officials from X": the parse may hang it on the verb
    let over = Some(cx.parse.head(noun)).filter(|&v| cx.token(noun).dep == "dobj" && syntax::is_verb(cx, v));
    let beside = over
        .and_then(|v| cx.parse.children_with(v, &["prep"]).find(|&p| p > noun && cx.token(p).lower == "from"))
        .and_then(|p| cx.parse.child(p, &["pobj"]));
    let before = cx.parse.children_with(noun, &["poss", "amod", "compound", "nmod"]);
    let mut all: Vec<usize> = from.chain(beside).chain(before).collect();
    let mut n = 0;
    while n < all.len() && n < 8 {
        all.extend(cx.parse.children_with(all[n], &["conj"]));
        n += 1;
    }
    all
}

/// "talks between A and B", "A's talks with B", "A held talks with B", "a meeting attended by A".
pub(super) fn participants_of_noun(cx: &Context<'_>, i: usize, clause: &Clause) -> Vec<Reference> {
    let mut found = Vec::new();
    for p in cx.parse.children_with(i, &["prep"]) {
        let visitor = cx.token(p).lower == "from" && cx.token(i).lemma == "visit";
        if (visitor || matches!(cx.token(p).lower.as_str(), "between" | "with" | "of" | "among" | "involving"))
            && let Some(o) = cx.parse.child(p, &["pobj"])
        {
            add_people(cx, o, &mut found);
        }
    }
    if let Some(p) = cx.parse.child(i, &["poss"]) {
        add_people(cx, p, &mut found);
    }
    let verbs = clause.verb.filter(|_| clause.direct).into_iter().chain(cx.parse.children_with(i, &["acl", "relcl"]));
    for v in verbs {
        let takes_part = matches!(
            cx.token(v).lemma.as_str(),
            "hold" | "attend" | "have" | "join" | "host" | "open" | "involve" | "cancel" | "begin" | "resume"
        );
        if !takes_part {
            continue;
        }
        let who =
            if syntax::is_passive(cx, v) { syntax::actor(cx, v) } else { who_takes_part(cx, v).filter(|&s| s != i) };
        for s in [who, cx.parse.child(v, &["dobj"]).filter(|&o| o != i)].into_iter().flatten() {
            add_people(cx, s, &mut found);
        }
    }
    found
}

/// The subject of a verb of taking part; for "who attended" the noun of the clause, for "a decision to hold" its owner.
fn who_takes_part(cx: &Context<'_>, verb: usize) -> Option<usize> {
    let own = syntax::own_subject(cx, verb);
    let relative = own.is_some_and(|s| cx.token(s).tag.starts_with('W')) && cx.token(verb).dep == "relcl";
    match own {
        Some(_) if relative => Some(cx.parse.head(verb)),
        Some(s) => Some(s),
        None => syntax::subject(cx, verb),
    }
}

pub(super) fn format(cx: &Context<'_>, i: usize) -> MeetingFormat {
    let words = cx.parse.children_with(i, &["amod", "compound", "advmod", "prep"]);
    for w in words {
        match cx.token(w).lower.as_str() {
            "direct" | "face-to-face" | "bilateral" | "in-person" => return MeetingFormat::Direct,
            "indirect" | "proximity" | "shuttle" => return MeetingFormat::Indirect,
            "through" if cx.parse.child(w, &["pobj"]).is_some_and(|o| cx.token(o).lemma == "mediator") => {
                return MeetingFormat::Indirect;
            }
            _ => {}
        }
    }
    MeetingFormat::Unknown
}
