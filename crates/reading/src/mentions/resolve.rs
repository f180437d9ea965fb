//! One pass through the text from left to right: names, descriptions ("the minister", "its chief negotiator"), pronouns.
//! Each finds its entity among those seen before it, or makes one of its own.

use rapporteur_text::Span;

use super::lexicons::{self, Gender, Noun};
use super::names::{Raw, singular};
use super::phrase::{self, Determined};
use super::ties::Tie;
use crate::Context;
use crate::model::{Entity, EntityId, Evidence, Mention, RefKind, Why};

/// Classes of people who are somebody's, and hold no office.
const KIN: [&str; 9] = ["husband", "wife", "son", "daughter", "brother", "sister", "man", "woman", "son-in-law"];

/// One description of an entity.
#[derive(Debug, Clone)]
pub(super) struct Described {
    pub(super) class: &'static str,
    pub(super) lemma: String,
    pub(super) modifiers: Vec<String>,
    pub(super) of: Option<EntityId>,
}

/// What is known of an entity beside its record.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    pub(super) gender: Option<Gender>,
    /// What the pronouns so far took it for; a wrong one must not keep the others away.
    pub(super) called: Option<Gender>,
    pub(super) plural: bool,
    pub(super) named: bool,
    pub(super) described: Vec<Described>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    pub(super) entity: EntityId,
    pub(super) token: usize,
    pub(super) subject: bool,
}

pub(super) struct Resolver<'c, 'a> {
    pub(super) cx: &'c Context<'a>,
    pub(super) raws: &'c [Raw],
    /// For each token inside a name, the number of the name.
    pub(super) raw_at: Vec<Option<usize>>,
    /// For each name, its entity.
    pub(super) owner: Vec<EntityId>,
    pub(super) entities: Vec<Entity>,
    pub(super) facts: Vec<Facts>,
    pub(super) at: Vec<Option<EntityId>>,
    pub(super) history: Vec<Seen>,
    pub(super) ties: Vec<Tie>,
    pub(super) quoted: Vec<bool>,
    visited: Vec<bool>,
}

impl<'c, 'a> Resolver<'c, 'a> {
    pub(super) fn new(
        cx: &'c Context<'a>,
        raws: &'c [Raw],
        owner: Vec<EntityId>,
        entities: Vec<Entity>,
        facts: Vec<Facts>,
    ) -> Self {
        let n = cx.parse.len();
        let mut raw_at = vec![None; n];
        let mut at = vec![None; n];
        for (r, raw) in raws.iter().enumerate() {
            raw.tokens.clone().for_each(|i| raw_at[i] = Some(r));
            at[raw.head] = Some(owner[r]);
        }
        let quoted = phrase::quoted(cx);
        Self {
            cx,
            raws,
            raw_at,
            owner,
            entities,
            facts,
            at,
            history: Vec::new(),
            ties: Vec::new(),
            quoted,
            visited: vec![false; n],
        }
    }

    pub(super) fn run(&mut self) {
        for i in 0..self.cx.parse.len() {
            self.visit(i);
        }
    }

    /// Resolves token `i` if that has not been done, and gives its entity.
    pub(super) fn visit(&mut self, i: usize) -> Option<EntityId> {
        if std::mem::replace(&mut self.visited[i], true) {
            return self.at[i];
        }
        if let Some(r) = self.raw_at[i] {
            if self.raws[r].head == i {
                self.see(self.owner[r], i);
                self.tie_name(r);
            }
            return self.at[i];
        }
        match self.cx.token(i).pos.as_str() {
            "PRON" => self.pronoun(i),
            "NOUN" | "PROPN" => self.describe(i),
            _ => {}
        }
        self.at[i]
    }

    pub(super) fn see(&mut self, entity: EntityId, token: usize) {
        let t = self.cx.token(token);
        // "its director, N, said": the name beside the subject is the subject
        let at = if t.dep == "appos" { self.cx.parse.head(token) } else { token };
        let subject = matches!(self.cx.token(at).dep.as_str(), "nsubj" | "nsubjpass") && !self.quoted[token];
        let to = self.history.partition_point(|s| s.token <= token);
        self.history.insert(to, Seen { entity, token, subject });
    }

    pub(super) fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.0 as usize]
    }

    pub(super) fn kind(&self, id: EntityId) -> RefKind {
        self.entity(id).kind
    }

    /// The party or body that an entity stands for: a person's or an unnamed part's own, else itself.
    pub(super) fn side_of(&self, id: EntityId) -> Option<EntityId> {
        let mut id = id;
        for _ in 0..4 {
            let e = self.entity(id);
            let part = e.kind == RefKind::Person || !self.facts[id.0 as usize].named;
            match e.of {
                Some((of, _)) if part && of != id => id = of,
                _ => break,
            }
        }
        matches!(self.kind(id), RefKind::Party | RefKind::Organisation).then_some(id)
    }

    fn mention(&mut self, id: EntityId, head: usize, span: Span) {
        self.entities[id.0 as usize].mentions.push(Mention { span, head: head as u32, named: false });
        self.at[head] = Some(id);
        self.see(id, head);
    }

    fn new_entity(&mut self, kind: RefKind, head: usize, span: Span, plural: bool) -> EntityId {
        let id = EntityId(self.entities.len() as u32);
        let name = span.slice(self.cx.text()).to_string();
        self.entities.push(Entity { id, kind, name, mentions: Vec::new(), of: None, roles: Vec::new() });
        self.facts.push(Facts { plural, ..Facts::default() });
        self.mention(id, head, span);
        id
    }

    pub(super) fn set_of(&mut self, id: EntityId, of: EntityId, words: Span) {
        let Some(of) = self.side_of(of) else { return };
        self.put_of(id, of, words);
    }

    /// What the holder of an office belongs to: also a place, which has a minister where it is a state, a name that was
    /// taken for a person's, and a person, whose spokesman speaks for what that person speaks for.
    pub(super) fn set_office_of(&mut self, id: EntityId, of: EntityId, words: Span) {
        let of = self.side_of(of).unwrap_or(of);
        if matches!(self.kind(of), RefKind::Person | RefKind::Place) && !self.facts[of.0 as usize].named {
            return;
        }
        self.put_of(id, of, words);
    }

    fn put_of(&mut self, id: EntityId, of: EntityId, words: Span) {
        // no circles
        let mut up = Some(of);
        for _ in 0..=self.entities.len() {
            let Some(at) = up else { break };
            if at == id {
                return;
            }
            up = self.entity(at).of.map(|o| o.0);
        }
        let evidence = Evidence { span: words, sentence: self.cx.sentence_of(words), why: Why::Role };
        self.entities[id.0 as usize].of.get_or_insert((of, evidence));
    }

    // --- descriptions ------------------------------------------------------------------------------------------------

    /// A noun that describes a person or a body.
    fn describe(&mut self, i: usize) {
        let t = self.cx.token(i);
        let lemma = t.lemma.to_lowercase();
        let lemma = if lexicons::role(&lemma).is_some() { lemma } else { singular(&t.lower).to_string() };
        let vice = i >= 2 && self.cx.word(i - 1) == "-" && self.cx.token(i - 2).lower == "vice";
        let lemma = if vice { format!("vice-{lemma}") } else { lemma };
        match (lexicons::role(&lemma), lexicons::body(&lemma)) {
            (Some(noun), _) => self.describe_person(i, lemma, noun),
            (None, Some(noun)) if t.dep != "compound" && t.dep != "amod" => self.describe_body(i, lemma, noun),
            (None, None) if t.tag == "NN" => self.describe_otherwise(i, lemma),
            _ => {}
        }
    }

    /// Any other noun that an apposition or a copula gives to a name ("Quilon, the refiner"), and the same noun later.
    fn describe_otherwise(&mut self, i: usize, lemma: String) {
        let cx = self.cx;
        let named = |s: &Self, k: usize| {
            let id = s.raw_at[k].filter(|&r| s.raws[r].head == k).map(|r| s.owner[r])?;
            (s.kind(id) != RefKind::Place).then_some(id)
        };
        let (dep, up) = (cx.token(i).dep.as_str(), cx.parse.head(i));
        let copula = || (dep == "attr" && cx.token(up).lemma == "be").then(|| cx.parse.child(up, &["nsubj"])).flatten();
        let name = if dep == "appos" { named(self, up) } else { copula().and_then(|s| named(self, s)) };
        if let Some(id) = name {
            let described = Described { class: "", lemma, modifiers: phrase::modifiers(cx, i), of: None };
            self.describe_with(id, described, None);
            return;
        }
        let the = cx.parse.child(i, &["det"]).is_some_and(|d| cx.token(d).lower == "the");
        if !the || !matches!(dep, "nsubj" | "poss" | "pobj") {
            return;
        }
        let same =
            |s: &Seen| self.facts[s.entity.0 as usize].described.iter().any(|k| k.class.is_empty() && k.lemma == lemma);
        let all: std::collections::BTreeSet<EntityId> =
            self.history.iter().filter(|s| same(s)).map(|s| s.entity).collect();
        if let Some(&id) = all.first().filter(|_| all.len() == 1) {
            self.mention(id, i, cx.span(phrase::noun_phrase(cx, i)));
        }
    }

    fn describe_person(&mut self, i: usize, lemma: String, noun: Noun) {
        let cx = self.cx;
        let t = cx.token(i);
        let plural = matches!(t.tag.as_str(), "NNS" | "NNPS");
        let partner = self.partner(i, plural);
        if partner.is_none() && matches!(t.dep.as_str(), "compound" | "amod" | "nmod") {
            return;
        }
        let office_of = self.possessor(i);
        let of = office_of.and_then(|(e, k)| Some((self.side_of(e)?, k)));
        let (span, role) = self.role_spans(i);
        let described =
            Described { class: noun.class, lemma, modifiers: phrase::modifiers(cx, i), of: of.map(|o| o.0) };
        if let Some(person) = partner {
            self.at[i] = Some(person);
            self.describe_with(person, described, noun.gender);
            let evidence = self.evidence_of(i, person, span);
            if !self.entities[person.0 as usize].roles.contains(&role) {
                self.entities[person.0 as usize].roles.push(role);
            }
            if let Some((of, _)) = office_of.filter(|_| !KIN.contains(&noun.class)) {
                self.set_office_of(person, of, evidence);
            }
            // the record of the office names a body; a person it is under is not one
            let of = of.or(office_of.filter(|o| self.kind(o.0) == RefKind::Place));
            let of = of.or_else(|| if noun.class == "spokesman" { self.speaker_before(i) } else { None });
            if let Some((of, _)) = of {
                self.set_of(person, of, evidence);
            }
            self.ties.push(Tie { person, head: i, role, of, evidence });
            self.relative_of(i, person);
            return;
        }
        let definite = phrase::determined(cx, i) == Determined::Definite || of.is_some() || t.pos == "PROPN";
        let found = if definite && !plural { self.described_before(&described, i) } else { None };
        let found = found.or_else(|| if definite && !plural { self.office_untold(&described, i) } else { None });
        let found = found.or_else(|| if plural && definite { self.described_group(&described, i) } else { None });
        let id = match found {
            Some(id) => {
                self.mention(id, i, span);
                id
            }
            None => {
                // a generic plural or an office without a holder ("a minister", "workers") is an entity only where it acts
                let id = self.new_entity(RefKind::Person, i, span, plural);
                self.facts[id.0 as usize].gender = noun.gender;
                if let Some((of, _)) = office_of.filter(|_| !KIN.contains(&noun.class)) {
                    self.set_office_of(id, of, span);
                }
                self.entities[id.0 as usize].roles.push(role);
                id
            }
        };
        self.describe_with(id, described, noun.gender);
        self.relative_of(i, id);
    }

    fn describe_with(&mut self, id: EntityId, described: Described, gender: Option<Gender>) {
        let facts = &mut self.facts[id.0 as usize];
        facts.gender = facts.gender.or(gender);
        facts.described.push(described);
    }

    /// The person named beside a role noun: "minister Ann Lee", "Ann Lee, the minister", "the minister, Ann Lee".
    fn partner(&mut self, i: usize, plural: bool) -> Option<EntityId> {
        let cx = self.cx;
        let person = |s: &Self, head: usize| {
            s.raw_at[head]
                .filter(|&r| s.raws[r].head == head)
                .map(|r| s.owner[r])
                .filter(|&e| s.kind(e) == RefKind::Person)
        };
        let starts = |s: &Self, k: usize| {
            s.raw_at
                .get(k)
                .copied()
                .flatten()
                .filter(|&r| s.raws[r].tokens.start == k)
                .map(|r| s.owner[r])
                .filter(|&e| s.kind(e) == RefKind::Person)
        };
        let t = cx.token(i);
        if plural {
            return None;
        }
        let of_state = cx.parse.tokens.get(i + 2).is_some_and(|t| t.lower == "state") && cx.token(i + 1).lower == "of";
        if let Some(p) = starts(self, if of_state { i + 3 } else { i + 1 }) {
            return Some(p);
        }
        if t.dep == "appos"
            && let Some(p) = person(self, cx.parse.head(i))
        {
            return Some(p);
        }
        if t.dep == "conj" && cx.parse.child(i, &["det"]).is_none() {
            let first = cx.parse.head(i);
            if first < i
                && let Some(p) = self.visit(first).filter(|_| self.raw_at[first].is_none())
            {
                return Some(p).filter(|&p| self.kind(p) == RefKind::Person && self.facts[p.0 as usize].named);
            }
        }
        if let Some(p) = cx.parse.children_with(i, &["appos"]).find_map(|c| person(self, c)) {
            return Some(p);
        }
        let end = phrase::noun_phrase(cx, i).end;
        let comma = cx.parse.tokens.get(end).is_some_and(|t| t.lower == ",");
        if comma
            && phrase::determined(cx, i) == Determined::Definite
            && let Some(p) = starts(self, end + 1)
        {
            // closed by a comma after the name, as an apposition is
            let r = self.raw_at[end + 1]?;
            let after = cx.parse.tokens.get(self.raws[r].tokens.end).map_or("", |t| t.lower.as_str());
            return matches!(after, "," | "." | "(" | ";").then_some(p);
        }
        let up = cx.parse.head(i);
        if t.dep == "attr" && cx.token(up).lemma == "be" && cx.parse.child(up, &["neg"]).is_none() {
            return cx.parse.child(up, &["nsubj"]).and_then(|s| person(self, s));
        }
        None
    }

    /// The body or state that a described one belongs to, with the token that names it.
    fn possessor(&mut self, i: usize) -> Option<(EntityId, usize)> {
        let cx = self.cx;
        let side = |s: &mut Self, k: usize| {
            let id = s.visit(k)?;
            s.side_of(id).map(|e| (e, k))
        };
        // a person is meant by name only: whose spokeswoman "her spokeswoman" is, is told too seldom
        let owner = |s: &mut Self, k: usize| {
            let id = s.visit(k).or_else(|| s.owner_before(k))?;
            let by_name = s.kind(id) != RefKind::Person || s.raw_at[k].is_some() || cx.token(k).lower == "its";
            s.side_of(id).or(by_name.then_some(id)).map(|e| (e, k))
        };
        if let Some(p) = cx.parse.child(i, &["poss"]) {
            return owner(self, p);
        }
        let start = phrase::noun_phrase(cx, i).start;
        // names among the modifiers: "Kremlin spokesman", "Ukrainian President"
        let edge = if start > 0 && self.raw_at[start - 1].is_some() { start - 1 } else { start };
        let mut k = i;
        while k > edge {
            k -= 1;
            if let Some(r) = self.raw_at[k] {
                let head = self.raws[r].head;
                if let Some(found) = side(self, head).filter(|&(e, _)| self.kind(e) != RefKind::Person) {
                    return Some(found);
                }
                break;
            }
            let t = cx.token(k);
            if matches!(t.lower.as_str(), "'s" | "’s" | "'" | "’") && t.dep == "case" {
                return owner(self, cx.parse.head(k));
            }
            let body = lexicons::body(&t.lemma.to_lowercase());
            if t.dep == "compound"
                && let Some(noun) = body
            {
                let lemma = t.lemma.to_lowercase();
                let d = Described { class: noun.class, lemma, modifiers: Vec::new(), of: None };
                if let Some(e) = self.body_before(&d, k) {
                    return Some((e, k));
                }
            }
            let hyphen = matches!(cx.word(k), "-" | "–" | "/");
            if !hyphen && !matches!(t.pos.as_str(), "ADJ" | "NOUN" | "PROPN" | "NUM" | "VERB" | "CCONJ") {
                break;
            }
        }
        for p in cx.parse.children_with(i, &["prep"]).filter(|&p| p > i) {
            let helps = matches!(cx.token(i).lemma.as_str(), "aide" | "adviser" | "advisor" | "assistant" | "counsel");
            let preposition = cx.token(p).lower.as_str();
            let belongs = matches!(preposition, "of" | "for" | "at" | "from" | "with") || helps && preposition == "to";
            if !belongs {
                continue;
            }
            let Some(object) = cx.parse.child(p, &["pobj"]) else { continue };
            let of_office = matches!(preposition, "of" | "for" | "to");
            if let Some(found) = if of_office { owner(self, object) } else { side(self, object) } {
                return Some(found);
            }
        }
        None
    }

    /// The whole phrase, and the words of the role alone: no determiner, no possessor.
    fn role_spans(&self, i: usize) -> (Span, Span) {
        let cx = self.cx;
        let mut whole = phrase::noun_phrase(cx, i);
        if cx.parse.tokens.get(i + 2).is_some_and(|t| t.lower == "state") && cx.token(i + 1).lower == "of" {
            whole.end = i + 3;
        }
        let mut start = i;
        while start > whole.start.min(i) {
            let k = start - 1;
            let t = cx.token(k);
            let stop = t.pos == "DET" || t.pos == "PRON" || t.pos == "PUNCT" && cx.word(k) != "-" || t.dep == "case";
            let name = self.raw_at[k].is_some_and(|r| {
                let e = self.owner[r];
                self.kind(e) != RefKind::Person || !self.raws[r].tokens.contains(&i)
            });
            if stop || name {
                break;
            }
            start = k;
        }
        // "vice-president", "co-chair" split into three tokens
        if start == i && i >= 2 && cx.word(i - 1) == "-" && cx.token(i - 1).start == cx.token(i - 2).end {
            start = i - 2;
        }
        // "for the line" names the body, "for water and energy" the field
        let mut end = whole.end;
        if let Some(p) = cx.parse.children_with(i, &["prep"]).find(|&p| p > i && p < end) {
            let body = cx.parse.child(p, &["pobj"]).is_some_and(|o| self.at[o].is_some());
            if body {
                end = p;
            }
        }
        (cx.span(whole), cx.span(start..end.max(i + 1)))
    }

    /// From the role phrase to the name, both included.
    fn evidence_of(&self, i: usize, person: EntityId, phrase: Span) -> Span {
        let near = self.raws.iter().enumerate().filter(|(r, raw)| {
            self.owner[*r] == person && self.cx.token(raw.head).sentence == self.cx.token(i).sentence
        });
        let nearest = near.min_by_key(|(_, raw)| raw.head.abs_diff(i));
        nearest.map_or(phrase, |(_, raw)| phrase.cover(self.cx.span(raw.tokens.clone())))
    }

    // --- bodies --------------------------------------------------------------------------------------------------------

    fn describe_body(&mut self, i: usize, lemma: String, noun: Noun) {
        let cx = self.cx;
        let t = cx.token(i);
        let plural = matches!(t.tag.as_str(), "NNS" | "NNPS");
        // "the Association, an alliance of ...": the name's own description
        let up = cx.parse.head(i);
        let beside = |s: &Self, k: usize| {
            s.raw_at[k]
                .filter(|&r| s.raws[r].head == k)
                .map(|r| s.owner[r])
                .filter(|&e| s.kind(e) != RefKind::Person && s.kind(e) != RefKind::Place)
        };
        let partner = if t.dep == "appos" { beside(self, up) } else { None }
            .or_else(|| cx.parse.children_with(i, &["appos"]).find_map(|c| beside(self, c)).filter(|_| !plural));
        let of = self.possessor(i).and_then(|(e, k)| Some((self.side_of(e)?, k)));
        let of_id = of.map(|o| o.0);
        let described = Described { class: noun.class, lemma, modifiers: phrase::modifiers(cx, i), of: of_id };
        let (span, _) = self.role_spans(i);
        if let Some(id) = partner {
            self.at[i] = Some(id);
            self.describe_with(id, described, None);
            return;
        }
        let definite = phrase::determined(cx, i) == Determined::Definite || of.is_some();
        let found = if definite { self.body_before(&described, i) } else { None };
        let id = match found {
            Some(id) => {
                self.mention(id, i, span);
                id
            }
            None => {
                let side = matches!(described.class, "side" | "party" | "government" | "country" | "delegation");
                let kind = if side { RefKind::Party } else { RefKind::Organisation };
                let id = self.new_entity(kind, i, span, plural);
                if let Some((of, _)) = of {
                    self.set_of(id, of, span);
                }
                id
            }
        };
        self.describe_with(id, described, None);
    }
}
