//! One mention of a meeting: its noun or verb, and what the clause around it says.

use std::collections::HashMap;
use std::sync::LazyLock;

use rapporteur_text::When;

use super::clause::{Clause, Told, by_day, is_of_old_year, is_stage, moved_to, state, state_of_verb, time, verb_entry};
use super::outcome::{self, Outcome};
use super::sites::{add_people, format, is_place, key, participants_of_noun, place, place_reference};
use super::{running, special};
use crate::Context;
use crate::lexicon::rows;
use crate::mentions::{lexicons, phrase};
use crate::model::{Item, Meeting, MeetingFormat, MeetingSort, MeetingState, RefKind, Reference, Rule};
use crate::syntax_help as syntax;

const NOUN: Rule = Rule("meeting.noun.v3");
const VERB: Rule = Rule("meeting.verb.v3");

/// A meeting as one sentence gives it, with what is needed to put mentions together.
pub(super) struct Mention {
    pub(super) meeting: Meeting,
    pub(super) sentence: u32,
    /// Lower-case words of the place.
    pub(super) place_key: Option<String>,
    /// "the meeting", not "a meeting".
    pub(super) definite: bool,
    /// "a second meeting", "further talks".
    pub(super) other: bool,
    /// Whether words say what became of it (else it follows from the day).
    pub(super) stated: bool,
    /// Only a pronoun stands for the meeting: it can be added to one but is none by itself.
    pub(super) pointing: bool,
    /// "X attended the meeting": who is named comes to those known.
    pub(super) attended: bool,
    /// What came of it.
    pub(super) outcome: Option<Outcome>,
}

impl Mention {
    /// The same mention with what came of the meeting, where it was held.
    pub(super) fn with_outcome(mut self, outcome: Option<Outcome>) -> Self {
        let took_place = matches!(self.meeting.state, MeetingState::Held | MeetingState::Downgraded);
        self.outcome = outcome.filter(|_| took_place);
        self
    }
}

pub(super) static NOUNS: LazyLock<HashMap<&str, (MeetingSort, bool)>> = LazyLock::new(|| {
    rows(include_str!("../../lexicons/meeting_nouns.tsv"))
        .filter_map(|r| Some((r[0], (MeetingSort::from_written(r.get(1)?)?, r.get(2) == Some(&"with")))))
        .collect()
});

/// All mentions, in text order.
pub(super) fn mentions(cx: &Context<'_>) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    for i in 0..cx.parse.len() {
        let mention = match cx.token(i).pos.as_str() {
            "NOUN" | "PROPN" => {
                // the talks of "three days of talks" are told by their length
                let lasted = special::lasted(cx, i);
                found.extend(lasted.is_none().then(|| noun(cx, i)).flatten());
                found.extend(special::moved_from(cx, i));
                found.extend(special::new_date(cx, i));
                lasted.or_else(|| further(cx, i))
            }
            "VERB" => special::summoned(cx, i)
                .or_else(|| special::received(cx, i))
                .or_else(|| special::instead(cx, i))
                .or_else(|| verb(cx, i))
                .or_else(|| undone(cx, i)),
            _ => None,
        };
        found.extend(mention);
    }
    found
}

// --- nouns -----------------------------------------------------------------------------------------------------------

fn noun(cx: &Context<'_>, i: usize) -> Option<Mention> {
    let t = cx.token(i);
    let lemma = t.lemma.to_lowercase();
    let &(sort, needs) = NOUNS.get(t.lower.as_str()).or_else(|| NOUNS.get(lemma.as_str()))?;
    let modifying = matches!(t.dep.as_str(), "compound" | "amod" | "nmod");
    // "talk" in the singular is speech; "a call for X" is a demand; "round" alone is no meeting
    if modifying || (lemma == "talk" && !matches!(t.tag.as_str(), "NNS" | "NNPS")) || !fits(cx, i, &lemma) {
        return None;
    }
    let clause = Clause::of_noun(cx, i);
    // "there have been no talks since Thursday"
    if running::has_none(cx, i) {
        return None;
    }
    let told = time(cx, i, &clause).or_else(|| running::under_way(cx, &clause));
    let running = told.as_ref().is_some_and(|t| t.running);
    let when = told.map(|t| (t.span, t.when));
    let place = place(cx, i, &clause, sort).or_else(|| at_dateline(cx, i, when.as_ref().map(|w| &w.1)));
    let participants = participants_of_noun(cx, i, &clause);
    let own = when.is_some() || place.is_some() || !participants.is_empty();
    if (needs && !own) || (lemma == "inspection" && place.is_none()) {
        return None;
    }
    let (mut state, mut stated) = state(cx, i, &clause, when.as_ref().map(|w| &w.1));
    let put_off = matches!(state, MeetingState::Cancelled | MeetingState::Postponed | MeetingState::Downgraded);
    if when.is_none() && is_of_old_year(cx, i, &clause) {
        return None;
    }
    if when.is_none() && !put_off && (is_unreal(cx, i, &clause) || is_habit(cx, i, &lemma)) {
        return None;
    }
    // "will not attend the talks", "have not held talks since": what is not done says nothing of what is
    let not_done =
        |v: usize| syntax::is_negated(cx, v) && (syntax::modal(cx, v).is_some() || running::is_limited(cx, v));
    if when.is_none() && !stated && clause.verb.filter(|_| clause.direct).is_some_and(not_done) {
        return None;
    }
    if !put_off && running {
        (state, stated) = (MeetingState::Ongoing, true);
    }
    // "Thursday's session had been due on Tuesday": what was due is the old day's
    if special::moved_from(cx, i).is_some() {
        (state, stated) = (by_day(cx, when.as_ref().map(|w| &w.1)).unwrap_or(MeetingState::Planned), false);
    }
    let other = cx.parse.children_with(i, &["amod"]).any(|a| {
        matches!(
            cx.token(a).lower.as_str(),
            "second"
                | "third"
                | "fourth"
                | "another"
                | "further"
                | "next"
                | "larger"
                | "separate"
                | "new"
                | "follow-up"
                | "previous"
                | "earlier"
        )
    });
    let moved_to = if state == MeetingState::Postponed { moved_to(cx, &clause) } else { When::unknown() };
    let noun = cx.span(phrase::noun_phrase(cx, i));
    let span = clause.words(cx).map_or(noun, |w| noun.cover(w));
    let own = when.map(|w| w.1).unwrap_or_default();
    // the day in "moved to Thursday" is the new one
    let when = if !moved_to.is_unknown() && own == moved_to { When::unknown() } else { own };
    let mention = Mention {
        place_key: place.as_ref().map(|p| key(cx, p)),
        meeting: Meeting {
            item: Item::new(NOUN, if stated { 0.75 } else { 0.6 }, cx.evidence(span)),
            sort,
            place,
            when,
            participants,
            format: format(cx, i),
            state,
            moved_to,
            outcome: None,
        },
        sentence: t.sentence,
        definite: phrase::determined(cx, i) == phrase::Determined::Definite,
        other,
        stated,
        pointing: false,
        attended: is_attended(cx, i, &clause),
        outcome: None,
    };
    Some(mention.with_outcome(outcome::of(cx, i, &clause)))
}

/// "said on Thursday at the close of a second round": where the article is dateline, told within a day.
fn at_dateline(cx: &Context<'_>, i: usize, when: Option<&When>) -> Option<Reference> {
    let (day, published) = (when?.last_day()?, cx.article.published?.date);
    let near = (0..=1).contains(&(published - day).get_days());
    if !near || !is_stage(cx, i) {
        return None;
    }
    special::dateline_place(cx, &cx.article.dateline.as_ref()?.place).map(|found| found.0)
}

/// "to block the visit", "ready to do it in a session": what is wished, feared or possible, and so may never be.
fn is_unreal(cx: &Context<'_>, i: usize, clause: &Clause) -> bool {
    let Some(verb) = clause.verb.filter(|&v| v != i && verb_entry(cx, v).is_none()) else { return false };
    let told = clause.direct && cx.token(i).dep == "dobj" || clause.adjunct;
    let over = cx.parse.head(verb);
    let wish = matches!(
        cx.token(verb).lemma.as_str(),
        "block"
            | "prevent"
            | "oppose"
            | "avoid"
            | "demand"
            | "propose"
            | "suggest"
            | "seek"
            | "request"
            | "refuse"
            | "reject"
    );
    let ready = matches!(cx.token(over).lemma.as_str(), "ready" | "willing" | "able" | "want" | "hope");
    told && syntax::is_infinitive(cx, verb) && (wish || ready)
}

/// "held meetings in his house", "annual meetings": what is done again and again is no one meeting.
fn is_habit(cx: &Context<'_>, i: usize, lemma: &str) -> bool {
    let many = matches!(cx.token(i).tag.as_str(), "NNS" | "NNPS")
        && matches!(lemma, "meeting" | "session" | "visit" | "trip" | "call" | "hearing" | "summit" | "gathering");
    let counted = cx.parse.children_with(i, &["det", "nummod", "poss"]).next().is_some();
    many && !counted
}

/// "X and Y also attended the meeting".
fn is_attended(cx: &Context<'_>, i: usize, clause: &Clause) -> bool {
    clause.verb.is_some_and(|v| {
        matches!(cx.token(v).lemma.as_str(), "attend" | "join" | "chair" | "lead" | "host")
            && (cx.token(i).dep == "dobj" || syntax::is_passive(cx, v))
    })
}

/// "The talks opened on Monday and are to resume on Friday": the second of two days.
fn further(cx: &Context<'_>, i: usize) -> Option<Mention> {
    let first = noun(cx, i)?;
    let clause = Clause::of_noun(cx, i);
    let verb = clause.verb.filter(|_| clause.direct && cx.token(i).dep.starts_with("nsubj"))?;
    let next = cx.parse.children_with(verb, &["conj"]).find(|&c| syntax::own_subject(cx, c).is_none())?;
    let next = Clause::on(cx, next, true, None);
    let found = state_of_verb(cx, next.verb?)?;
    let Told { span, when, .. } = time(cx, next.verb?, &next)?;
    (when != first.meeting.when).then(|| {
        let own = cx.span(syntax::verb_group(cx, next.verb.unwrap_or(i))).cover(span);
        let item = Item::new(VERB, 0.6, cx.evidence(own));
        let state = if found == MeetingState::Held { by_day(cx, Some(&when)).unwrap_or(found) } else { found };
        let meeting = Meeting { item, when, state, place: None, moved_to: When::unknown(), ..first.meeting.clone() };
        Mention { meeting, place_key: None, other: true, stated: true, outcome: None, ..first }
    })
}

/// Nouns that are meetings only in some phrases.
fn fits(cx: &Context<'_>, i: usize, lemma: &str) -> bool {
    let prep =
        |words: &[&str]| cx.parse.children_with(i, &["prep"]).any(|p| words.contains(&cx.token(p).lower.as_str()));
    let modified = |words: &[&str]| {
        cx.parse.children_with(i, &["amod", "compound", "nummod"]).any(|c| words.contains(&cx.token(c).lower.as_str()))
    };
    match lemma {
        "call" | "conversation" => {
            let up = cx.parse.head(i);
            let held = cx.token(i).dep == "dobj"
                && matches!(cx.token(up).lemma.as_str(), "have" | "hold")
                && plural(cx, syntax::subject(cx, up));
            // a company that briefs the press meets no other side
            let press = cx
                .parse
                .children_with(i, &["prep"])
                .filter_map(|p| cx.parse.child(p, &["pobj"]))
                .any(|o| matches!(cx.token(o).lemma.as_str(), "reporter" | "journalist" | "analyst" | "investor"));
            !press
                && !prep(&["for", "to"])
                && (held || prep(&["with", "between"]) || modified(&["phone", "telephone", "video", "conference"]))
        }
        "round" => {
            let of_talks = cx
                .parse
                .children_with(i, &["prep"])
                .filter_map(|p| cx.parse.child(p, &["pobj"]))
                .any(|o| NOUNS.contains_key(cx.token(o).lower.as_str()));
            // "the round that was to resume", "this round was put off"
            let told = Clause::of_noun(cx, i).verb.filter(|_| cx.token(i).dep.starts_with("nsubj"));
            let clauses = cx.parse.children_with(i, &["relcl", "acl"]).chain(told).collect::<Vec<_>>();
            let inner = clauses.iter().flat_map(|&v| cx.parse.children_with(v, &["xcomp"])).collect::<Vec<_>>();
            let begins = clauses.into_iter().chain(inner).any(|v| {
                matches!(cx.token(v).lemma.as_str(), "resume" | "reconvene" | "postpone" | "adjourn" | "delay")
            });
            of_talks
                || begins
                || modified(&[
                    "first", "second", "third", "fourth", "last", "next", "previous", "latest", "final", "new",
                ])
        }
        "ceremony" => modified(&["signing"]),
        "hearing" => !modified(&["hard"]),
        // a fair may call itself a conference
        "conference" => !modified(&["press", "news", "video"]) && cx.token(i).pos != "PROPN",
        // one talks in public in "a discussion", with the other side in "discussions"
        "discussion" => cx.token(i).tag != "NN" || prep(&["between"]),
        "session" => !modified(&["trading", "training", "photo", "executive"]),
        // "his name should appear on the ballot"
        "ballot" => cx.token(i).dep != "pobj" || cx.token(cx.parse.head(i)).lower != "on",
        "vote" => (!prep(&["of", "for"]) || prep(&["on"])) && !is_single_vote(cx, i),
        _ => true,
    }
}

/// "fight for every vote", "won the vote": what is cast or counted.
fn is_single_vote(cx: &Context<'_>, i: usize) -> bool {
    let each = cx
        .parse
        .children_with(i, &["det"])
        .any(|d| matches!(cx.token(d).lower.as_str(), "every" | "each" | "any" | "some" | "no"));
    let counted = cx.parse.ancestors(i).take(2).any(|v| {
        matches!(
            cx.token(v).lemma.as_str(),
            "win" | "get" | "cast" | "court" | "earn" | "receive" | "lose" | "fight" | "count" | "seek" | "draw"
        )
    });
    each || counted && cx.token(i).dep == "dobj"
}

// --- verbs -----------------------------------------------------------------------------------------------------------

fn verb(cx: &Context<'_>, i: usize) -> Option<Mention> {
    let (Some(sort), _) = verb_entry(cx, i)? else { return None };
    let subject = syntax::subject(cx, i);
    let object = cx.parse.child(i, &["dobj"]);
    let with = syntax::prep_object(cx, i, &["with"]);
    let to = syntax::prep_object(cx, i, &["to"]);
    let someone = |o: usize| {
        let r = cx.reference(o);
        r.entity.is_some() && matches!(r.kind, RefKind::Person | RefKind::Party | RefKind::Organisation)
    };
    let somewhere = |o: usize| is_place(cx, o);
    let mut place_token = None;
    // "beat visiting Evansville"
    let bare = cx.parse.child(i, &["aux"]).is_none() && subject.is_none();
    let guests = cx.token(i).tag == "VBG" && (cx.token(i).dep == "amod" || bare && cx.token(i).dep == "xcomp");
    let travels = sort != MeetingSort::Visit || !guests && subject.is_some_and(|s| is_traveller(cx, s));
    let gathers = cx.token(i).lemma == "gather" && subject.is_none_or(|s| is_crowd(cx, s));
    if !travels || gathers {
        return None;
    }
    let fits = match (sort, cx.token(i).lemma.as_str()) {
        (MeetingSort::Visit, "visit" | "inspect") => {
            object.filter(|&o| somewhere(o)).inspect(|&o| place_token = Some(o)).is_some()
        }
        (MeetingSort::Visit, _) => to.filter(|&o| somewhere(o)).inspect(|&o| place_token = Some(o)).is_some(),
        (MeetingSort::Call, _) => on_the_telephone(cx, i),
        (MeetingSort::Signing, _) => object.is_some_and(|o| is_text(cx, o)),
        (MeetingSort::Vote, _) => subject.is_some(),
        (_, "meet") => {
            let other = object.filter(|&o| cx.token(o).pos != "PRON");
            (object.is_none() || other.is_some())
                && other.map_or(with.is_some_and(someone) || plural(cx, subject), someone)
        }
        (_, "sit") => plural(cx, subject) && syntax::prep_object(cx, i, &["in", "at", "with"]).is_some(),
        _ => subject.is_some(),
    };
    // "the members who voted" tell of the vote, "who met" of nobody
    let relative = || subject.is_some_and(|s| cx.token(s).pos == "PRON" && cx.token(s).tag.starts_with('W'));
    if !fits || sort != MeetingSort::Vote && relative() {
        return None;
    }
    let clause = Clause { verb: Some(i), direct: true, adjunct: false, preposition: None };
    let told = time(cx, i, &clause);
    let running = told.as_ref().is_some_and(|t| t.running);
    let when = told.map(|t| (t.span, t.when));
    let place = place_token.map(|p| place_reference(cx, p)).or_else(|| place(cx, i, &clause, sort));
    let mut participants = Vec::new();
    for s in [subject, object.filter(|&o| Some(o) != place_token && sort != MeetingSort::Signing), with]
        .into_iter()
        .flatten()
    {
        add_people(cx, s, &mut participants);
    }
    // who signs or votes on a day is a meeting; who once signed or may sign is none
    let vague = sort == MeetingSort::Signing && when.is_none();
    // two who spoke by telephone, members who voted: the call and the vote are known from elsewhere, or by their people
    let plain = cx.token(i).tag == "VBD" && syntax::modal(cx, i).is_none();
    let known = matches!(sort, MeetingSort::Call | MeetingSort::Vote) && plain;
    let called = sort == MeetingSort::Call && participants.len() > 1;
    if vague || (when.is_none() && place.is_none() && !called && !known) {
        return None;
    }
    let (mut state, stated) = verb_state(cx, i, when.as_ref().map(|w| &w.1))?;
    if running {
        state = MeetingState::Ongoing;
    }
    // "had been due to vote on Friday; the meeting was put off to Monday"
    let missed = special::had_been_due(cx, i);
    let later = (missed || special::was_due(cx, i)).then(|| special::undone_after(cx, i)).flatten();
    if missed && later.is_none() {
        return None;
    }
    let moved_to = later.map(|(undone, to)| {
        state = undone;
        to
    });
    if sort == MeetingSort::Signing && state != MeetingState::Planned && place.is_none() {
        return None;
    }
    let span = cx.span(syntax::verb_group(cx, i));
    let span = when.as_ref().map_or(span, |w| span.cover(w.0));
    let span = place.as_ref().filter(|p| cx.sentence_at(i).contains(p.span)).map_or(span, |p| span.cover(p.span));
    let mention = Mention {
        place_key: place.as_ref().map(|p| key(cx, p)),
        meeting: Meeting {
            item: Item::new(VERB, 0.65, cx.evidence(span)),
            sort,
            place,
            when: when.map(|w| w.1).unwrap_or_default(),
            participants,
            format: format(cx, i),
            state,
            moved_to: moved_to.unwrap_or_default(),
            outcome: None,
        },
        sentence: cx.token(i).sentence,
        definite: false,
        other: false,
        stated,
        pointing: false,
        attended: false,
        outcome: None,
    };
    Some(mention.with_outcome(outcome::of(cx, i, &clause)))
}

/// "put it off", "it was cancelled": what became of the meeting spoken of before.
fn undone(cx: &Context<'_>, i: usize) -> Option<Mention> {
    let state = verb_entry(cx, i)?
        .1
        .filter(|s| matches!(s, MeetingState::Postponed | MeetingState::Downgraded | MeetingState::Cancelled))?;
    let it = cx
        .parse
        .child(i, &["dobj", "nsubjpass"])
        .filter(|&o| matches!(cx.token(o).lower.as_str(), "it" | "that" | "this"))?;
    if state_of_verb(cx, i) != Some(state) {
        return None;
    }
    let clause = Clause { verb: Some(i), direct: true, adjunct: false, preposition: None };
    let moved_to = if state == MeetingState::Postponed { moved_to(cx, &clause) } else { When::unknown() };
    let span = cx.span(syntax::verb_group(cx, i)).cover(cx.span(it..it + 1));
    Some(Mention {
        place_key: None,
        meeting: Meeting {
            item: Item::new(VERB, 0.5, cx.evidence(span)),
            sort: MeetingSort::Meeting,
            place: None,
            when: When::unknown(),
            participants: Vec::new(),
            format: MeetingFormat::Unknown,
            state,
            moved_to,
            outcome: None,
        },
        sentence: cx.token(i).sentence,
        definite: true,
        other: false,
        stated: true,
        pointing: true,
        attended: false,
        outcome: None,
    })
}

/// Those whose journey is a visit: somebody named, a pronoun for one, holders of offices and those who inspect; no
/// tourist.
fn is_traveller(cx: &Context<'_>, i: usize) -> bool {
    let t = cx.token(i);
    let known = cx.reference(i).entity.is_some() && matches!(t.pos.as_str(), "PROPN" | "PRON");
    known
        || lexicons::role(&t.lemma.to_lowercase())
            .is_some_and(|r| !matches!(r.class, "resident" | "witness" | "man" | "woman"))
            && !matches!(t.lemma.as_str(), "journalist" | "reporter" | "student" | "tourist")
        || matches!(
            t.lemma.as_str(),
            "delegation"
                | "team"
                | "inspector"
                | "expert"
                | "observer"
                | "monitor"
                | "mission"
                | "delegate"
                | "official"
                | "leader"
                | "envoy"
                | "mediator"
                | "negotiator"
                | "minister"
                | "diplomat"
        )
}

/// Those who gather without meeting anybody.
fn is_crowd(cx: &Context<'_>, i: usize) -> bool {
    matches!(
        cx.token(i).lemma.to_lowercase().as_str(),
        "medium"
            | "media"
            | "crowd"
            | "worker"
            | "supporter"
            | "fan"
            | "protester"
            | "demonstrator"
            | "people"
            | "thousand"
            | "hundred"
            | "dozen"
            | "mourner"
            | "journalist"
            | "reporter"
            | "resident"
            | "family"
            | "cloud"
            | "activist"
            | "student"
            | "child"
            | "villager"
            | "pilgrim"
    )
}

fn on_the_telephone(cx: &Context<'_>, i: usize) -> bool {
    syntax::prep_object(cx, i, &["by", "over", "on"])
        .is_some_and(|o| matches!(cx.token(o).lemma.as_str(), "telephone" | "phone" | "video" | "videolink"))
}

/// A text that can be signed.
fn is_text(cx: &Context<'_>, i: usize) -> bool {
    matches!(
        cx.token(i).lemma.to_lowercase().as_str(),
        "accord"
            | "agreement"
            | "treaty"
            | "deal"
            | "pact"
            | "contract"
            | "memorandum"
            | "text"
            | "protocol"
            | "declaration"
            | "truce"
    )
}

fn plural(cx: &Context<'_>, i: Option<usize>) -> bool {
    i.is_some_and(|s| {
        matches!(cx.token(s).tag.as_str(), "NNS" | "NNPS")
            || matches!(cx.token(s).lower.as_str(), "they" | "we" | "both" | "who")
            || cx.parse.child(s, &["conj", "cc"]).is_some()
            // "A and B" with A hung before B
            || cx.parse.children_with(s, &["nmod"]).any(|n| cx.parse.child(n, &["cc"]).is_some())
            || cx.reference(s).kind == RefKind::Organisation
    })
}

/// What the verb form says: will, is to, agreed to; was; is.
fn verb_state(cx: &Context<'_>, i: usize, when: Option<&When>) -> Option<(MeetingState, bool)> {
    let t = cx.token(i);
    let future = syntax::modal(cx, i)
        .is_some_and(|m| matches!(cx.token(m).lower.as_str(), "will" | "would" | "shall" | "'ll" | "’ll"));
    let possible = syntax::modal(cx, i).is_some() && !future;
    if syntax::is_negated(cx, i) {
        return future.then_some((MeetingState::Cancelled, true)).filter(|_| when.is_some());
    }
    if possible {
        return None;
    }
    if future || syntax::is_infinitive(cx, i) {
        // "wants to meet" is a wish, "is to meet" a plan
        let over = cx.parse.head(i);
        let wish = matches!(
            cx.token(over).lemma.as_str(),
            "want"
                | "hope"
                | "refuse"
                | "offer"
                | "ask"
                | "demand"
                | "urge"
                | "try"
                | "ready"
                | "willing"
                | "fail"
                | "decline"
        );
        let past = when.and_then(When::last_day).zip(cx.article.published).is_some_and(|(d, p)| d < p.date);
        let done = past && !future && t.dep == "advcl";
        return (!wish).then_some((if done { MeetingState::Held } else { MeetingState::Planned }, true));
    }
    match t.tag.as_str() {
        // "no decision before they met on Friday", told on Monday
        "VBD" | "VBN" if by_day(cx, when) == Some(MeetingState::Planned) => Some((MeetingState::Planned, true)),
        "VBD" | "VBN" => Some((MeetingState::Held, true)),
        // "when he was visiting Rome"
        "VBG"
            if cx.parse.children_with(i, &["aux"]).any(|a| matches!(cx.token(a).lower.as_str(), "was" | "were"))
                && by_day(cx, when) != Some(MeetingState::Planned) =>
        {
            Some((MeetingState::Held, true))
        }
        "VBG" if t.dep == "pcomp" || t.dep == "advcl" => by_day(cx, when).map(|s| (s, false)),
        "VBG" => {
            Some((by_day(cx, when).filter(|s| *s == MeetingState::Planned).unwrap_or(MeetingState::Ongoing), true))
        }
        _ => by_day(cx, when).map(|s| (s, false)),
    }
}
