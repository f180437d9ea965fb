//! Which entity seen before a description or a pronoun means.

use std::collections::BTreeSet;

use super::lexicons::{self, Gender};
use super::names::singular;
use super::phrase::{self, Determined};
use super::resolve::{Described, Resolver, Seen};
use crate::model::{EntityId, Mention, RefKind};

/// Modifiers that tell nothing of which office it is.
const VAGUE: [&str; 18] = [
    "new",
    "former",
    "senior",
    "top",
    "chief",
    "lead",
    "leading",
    "late",
    "outgoing",
    "current",
    "embattled",
    "veteran",
    "own",
    "long",
    "main",
    "principal",
    "then",
    "acting",
];

/// Modifiers that point away from the one spoken of before.
const OTHER: [&str; 7] = ["other", "rival", "another", "second", "opposing", "opposite", "neighbouring"];

fn telling(modifiers: &[String]) -> impl Iterator<Item = &String> {
    modifiers.iter().filter(|m| !VAGUE.contains(&m.as_str()))
}

impl Resolver<'_, '_> {
    /// The person described so before, the one seen last.
    pub(super) fn described_before(&self, d: &Described, i: usize) -> Option<EntityId> {
        if d.modifiers.iter().any(|m| OTHER.contains(&m.as_str())) {
            return None;
        }
        let people = self.recent(i).filter(|s| self.kind(s.entity) == RefKind::Person);
        let mut seen = BTreeSet::new();
        let mut by_class = None;
        for s in people {
            if !seen.insert(s.entity) || self.facts[s.entity.0 as usize].plural {
                continue;
            }
            let facts = &self.facts[s.entity.0 as usize];
            let fits = |k: &&Described| k.class == d.class && self.compatible(k, d, s.entity);
            match facts.described.iter().find(fits) {
                Some(k) if k.lemma == d.lemma => return Some(s.entity),
                Some(_) => by_class = by_class.or(Some(s.entity)),
                None => {}
            }
        }
        by_class
    }

    /// "Ann Lee told members ... . The treasurer added": whoever was named last, and whose office has not been told.
    pub(super) fn office_untold(&self, d: &Described, i: usize) -> Option<EntityId> {
        let the = self.cx.parse.child(i, &["det"]).is_some_and(|t| self.cx.token(t).lower == "the");
        // "the senior diplomat": a word for any of many offices
        let any = matches!(d.class, "diplomat" | "lawmaker") && self.cx.token(i).dep == "nsubj";
        if !the || !self.says(i) && !any || d.of.is_some() || d.modifiers.iter().any(|m| OTHER.contains(&m.as_str())) {
            return None;
        }
        let sentence = self.cx.token(i).sentence;
        let near = self.recent(i).take_while(|s| self.cx.token(s.token).sentence + 2 >= sentence);
        let people: Vec<&Seen> = near.filter(|s| self.kind(s.entity) == RefKind::Person).collect();
        let last = people.iter().find(|s| s.subject)?.entity;
        let facts = &self.facts[last.0 as usize];
        let full = self.entities[last.0 as usize].name.contains(' ');
        let alone = people.iter().all(|s| s.entity == last || !s.subject || s.token < i && self.quoted[s.token]);
        (facts.named && full && !facts.plural && (any || facts.described.is_empty()) && alone).then_some(last)
    }

    fn compatible(&self, known: &Described, d: &Described, entity: EntityId) -> bool {
        let of = known.of.or(self.entities[entity.0 as usize].of.map(|o| o.0));
        if let (Some(a), Some(b)) = (of, d.of)
            && a != b
        {
            return false;
        }
        // an office described without its body is not that of a body named here, unless its holder's is not known
        let field = |x: &Described| -> BTreeSet<String> {
            telling(&x.modifiers)
                .filter(|m| lexicons::country(&capital(m)).is_none() && !self.names_side(x, m))
                .cloned()
                .collect()
        };
        let (k, n) = (field(known), field(d));
        // "the general secretary" is not a board's secretary
        let office = of.is_none_or(|o| self.kind(o) != RefKind::Organisation);
        n.is_empty() || n.is_subset(&k) || k.is_empty() && office && matches!(d.class, "minister" | "secretary")
    }

    /// Whether a modifier is the name of the side, not of the field.
    fn names_side(&self, x: &Described, modifier: &str) -> bool {
        x.of.is_some_and(|o| {
            let e = &self.entities[o.0 as usize];
            e.mentions.iter().any(|m| m.span.slice(self.cx.text()).to_lowercase().contains(modifier))
        })
    }

    /// The same unnamed people as before: same noun, same side ("the negotiators").
    pub(super) fn described_group(&self, d: &Described, i: usize) -> Option<EntityId> {
        let mut groups = self.recent(i).filter(|s| {
            let facts = &self.facts[s.entity.0 as usize];
            facts.plural && !facts.named && facts.described.iter().any(|k| k.lemma == d.lemma && k.of == d.of)
        });
        groups.next().map(|s| s.entity).or_else(|| {
            // "the dockers": the one organisation that has them in its name
            let word = d.lemma.as_str();
            let named = self.organisations(i).into_iter().filter(|&o| self.name_words(o).iter().any(|w| w == word));
            let all: Vec<EntityId> = named.collect();
            (all.len() == 1 && telling(&d.modifiers).next().is_none()).then(|| all[0])
        })
    }

    /// The body described so before: by a noun of its name, by how it was described, or by the class of either.
    pub(super) fn body_before(&self, d: &Described, i: usize) -> Option<EntityId> {
        let other = d.modifiers.iter().any(|m| OTHER.contains(&m.as_str()));
        let known = |o: EntityId, exact: bool| {
            self.facts[o.0 as usize].described.iter().any(|k| {
                (if exact { k.lemma == d.lemma } else { k.class == d.class }) && (d.of.is_none() || k.of == d.of)
            })
        };
        if d.of.is_some() || matches!(d.class, "side" | "government" | "country" | "delegation" | "ministry") {
            // a part of a side: the same part of the same side, described alike
            let seen: Vec<EntityId> = self.recent(i).map(|s| s.entity).collect();
            if d.class == "country" && d.of.is_none() && d.modifiers.is_empty() {
                return self.country_before(i);
            }
            return seen.into_iter().find(|&o| {
                let facts = &self.facts[o.0 as usize];
                !facts.named
                    && !other
                    && facts.described.iter().any(|k| {
                        k.lemma == d.lemma
                            && (k.of == d.of || d.of.is_none())
                            && (d.modifiers.is_empty() || k.modifiers == d.modifiers)
                    })
            });
        }
        let bodies = self.organisations(i);
        let of_class = |w: &String| lexicons::body(w).is_some_and(|n| n.class == d.class);
        let tiers: [Vec<EntityId>; 3] = [
            bodies.iter().copied().filter(|&o| self.name_words(o).contains(&d.lemma) || known(o, true)).collect(),
            bodies.iter().copied().filter(|&o| self.name_words(o).iter().any(of_class)).collect(),
            bodies.iter().copied().filter(|&o| known(o, false)).collect(),
        ];
        self.choose(tiers.iter().find(|t| !t.is_empty())?, d, other, i)
    }

    /// "the kingdom": the one state named in this or the sentence before.
    fn country_before(&self, i: usize) -> Option<EntityId> {
        let sentence = self.cx.token(i).sentence;
        let near = self.recent(i).take_while(|s| self.cx.token(s.token).sentence + 1 >= sentence);
        let states: BTreeSet<EntityId> = near
            .map(|s| s.entity)
            .filter(|&e| self.kind(e) == RefKind::Party && self.facts[e.0 as usize].named)
            .collect();
        states.first().copied().filter(|_| states.len() == 1)
    }

    /// The one of several bodies that the modifiers name; without modifiers, the one spoken of.
    fn choose(&self, tier: &[EntityId], d: &Described, other: bool, i: usize) -> Option<EntityId> {
        let words: Vec<&String> = telling(&d.modifiers).collect();
        let named = |o: EntityId| {
            let name = self.name_words(o);
            let described = &self.facts[o.0 as usize].described;
            words.iter().any(|w| name.contains(&singular(w).to_string()))
                || described.iter().any(|k| words.iter().all(|w| k.modifiers.contains(w)))
        };
        let mut by_words = tier.iter().copied().filter(|&o| named(o));
        if !words.is_empty()
            && let Some(one) = by_words.next().filter(|_| by_words.next().is_none())
        {
            return Some(one);
        }
        let names: Vec<EntityId> = tier.iter().copied().filter(|&o| self.facts[o.0 as usize].named).collect();
        let tier = if names.is_empty() { tier } else { &names };
        let lasting = matches!(d.class, "union" | "association" | "alliance" | "bank" | "employer" | "company");
        match tier {
            _ if other => None,
            [one] if words.is_empty() || (lasting && !names.is_empty()) => Some(*one),
            _ if words.is_empty() => self.most_spoken_of(tier, i),
            _ => None,
        }
    }

    /// Of several bodies that fit, the one that this and the sentence before speak of alone, else the one spoken of
    /// twice as much as the others.
    fn most_spoken_of(&self, tier: &[EntityId], i: usize) -> Option<EntityId> {
        let sentence = self.cx.token(i).sentence;
        for back in [0, 1] {
            let near: BTreeSet<EntityId> = self
                .recent(i)
                .take_while(|s| self.cx.token(s.token).sentence + back >= sentence)
                .map(|s| s.entity)
                .filter(|e| tier.contains(e))
                .collect();
            if near.len() == 1 {
                return near.first().copied();
            }
        }
        let mut counts: Vec<(usize, EntityId)> =
            tier.iter().map(|&e| (self.history.iter().filter(|s| s.entity == e && s.token < i).count(), e)).collect();
        counts.sort_unstable_by(|a, b| b.cmp(a));
        match counts.as_slice() {
            [first, second, ..] if first.0 >= 2 * second.0 => Some(first.1),
            _ => None,
        }
    }

    /// Named organisations seen before `i`, and unnamed ones that were described.
    fn organisations(&self, i: usize) -> Vec<EntityId> {
        let all: BTreeSet<EntityId> =
            self.recent(i).map(|s| s.entity).filter(|&e| self.kind(e) == RefKind::Organisation).collect();
        all.into_iter().collect()
    }

    /// Words of the names of an entity, singular, lower case.
    fn name_words(&self, e: EntityId) -> Vec<String> {
        if !self.facts[e.0 as usize].named {
            return Vec::new();
        }
        self.entities[e.0 as usize]
            .name
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.len() > 2)
            .map(|w| singular(&w.to_lowercase()).to_string())
            .collect()
    }

    fn recent(&self, i: usize) -> impl Iterator<Item = &Seen> {
        let to = self.history.partition_point(|s| s.token < i);
        self.history[..to].iter().rev()
    }

    // --- pronouns ----------------------------------------------------------------------------------------------------

    pub(super) fn pronoun(&mut self, i: usize) {
        let lower = self.cx.token(i).lower.as_str();
        let found = match lower {
            "he" | "him" | "his" | "himself" => self.person_before(i, Gender::Male),
            "she" | "her" | "hers" | "herself" => self.person_before(i, Gender::Female),
            "it" | "its" | "itself" => self.body_of_pronoun(i),
            "they" | "them" | "their" | "themselves" => self.group_before(i),
            _ => None,
        };
        let Some(id) = found else { return };
        let gender = match lower {
            "he" | "him" | "his" => Some(Gender::Male),
            "she" | "her" | "hers" => Some(Gender::Female),
            _ => None,
        };
        let facts = &mut self.facts[id.0 as usize];
        facts.called = facts.called.or(gender);
        let span = self.cx.span(i..i + 1);
        self.entities[id.0 as usize].mentions.push(Mention { span, head: i as u32, named: false });
        self.at[i] = Some(id);
        self.see(id, i);
    }

    fn person_before(&self, i: usize, gender: Gender) -> Option<EntityId> {
        let cx = self.cx;
        let sentence = cx.token(i).sentence as i32;
        let speakers = self.speakers_around(i);
        let speaks = self.says(i);
        let mut best: Option<(i32, usize, EntityId)> = None;
        let mut known: BTreeSet<EntityId> = BTreeSet::new();
        for s in self.recent(i).take_while(|s| sentence - cx.token(s.token).sentence as i32 <= 6) {
            let facts = &self.facts[s.entity.0 as usize];
            if self.kind(s.entity) != RefKind::Person || facts.plural || speakers.contains(&s.entity) {
                continue;
            }
            let away = sentence - cx.token(s.token).sentence as i32;
            let mut score = -3 * away;
            score += match (facts.gender, facts.called) {
                (Some(g), _) if g == gender => 3,
                (Some(_), _) => continue,
                (None, Some(g)) if g == gender => 3,
                (None, Some(_)) => -5,
                (None, None) => 0,
            };
            score += if s.subject { 4 } else { 0 };
            score += if facts.named { 2 } else { 0 };
            score += i32::from(known.insert(s.entity));
            // "five patients to a nurse": somebody of a kind
            let kind = !facts.named && !s.subject && phrase::determined(cx, s.token) != Determined::Definite;
            score -= if kind { 6 } else { 0 };
            // whoever is only spoken of in a quotation is not who speaks beside it
            score -= if self.quoted[s.token] && !self.quoted[i] { 7 } else { 0 };
            score += if speaks && s.subject && self.says(s.token) { 2 } else { 0 };
            // "X said he": the subject of the verb above
            let above = cx.parse.ancestors(i).any(|v| cx.parse.child(v, &["nsubj"]) == Some(s.token));
            score += if above { 2 } else { 0 };
            // an object of the same verb is not its subject
            let clause = |k: usize| cx.parse.head(k);
            if clause(i) == clause(s.token) && cx.token(i).dep != "poss" && cx.token(s.token).dep != "poss" {
                continue;
            }
            if best.is_none_or(|(b, _, _)| score > b) {
                best = Some((score, s.token, s.entity));
            }
        }
        best.filter(|b| b.0 > -12).map(|b| b.2)
    }

    /// Whether token `k` is the subject of a verb of speech, or the name beside it.
    fn says(&self, k: usize) -> bool {
        let cx = self.cx;
        let at = if cx.token(k).dep == "appos" { cx.parse.head(k) } else { k };
        cx.token(at).dep == "nsubj" && crate::quotes::is_speech(cx, cx.parse.head(at))
    }

    /// Who speaks in the sentence of a quoted pronoun: not whom the pronoun means.
    fn speakers_around(&self, i: usize) -> Vec<EntityId> {
        if !self.quoted[i] {
            return Vec::new();
        }
        let sentence = self.cx.parse.sentence_of(i);
        sentence.filter(|&k| !self.quoted[k] && self.cx.token(k).dep == "nsubj").filter_map(|k| self.at[k]).collect()
    }

    /// "Norland refused to comment. A spokeswoman, Ann Lee, denied it": whose bare spokesman it is, of whom the sentence or
    /// the one before speaks, in one paragraph; the body and its token.
    pub(super) fn speaker_before(&self, i: usize) -> Option<(EntityId, usize)> {
        // "the miners' spokesman", "a spokesman for the miners", "a hospital spokesman" are somebody's already
        let owned = self.cx.parse.children_with(i, &["poss", "compound", "amod", "nmod", "prep"]).next().is_some();
        let subject = self.subjects_before(i).into_iter().next().filter(|_| !owned)?;
        let between = self.cx.text().get(self.cx.token(subject).end as usize..self.cx.token(i).start as usize);
        let of = self.at[subject].filter(|&e| self.is_body(e) && self.facts[e.0 as usize].named)?;
        (!between.is_none_or(|b| b.contains('\n'))).then_some((of, subject))
    }

    /// Whose "its", "their" or "whose" before the word for an office is, where nothing else is meant: the body, place or name
    /// before it. A thing has no minister and no spokesman.
    pub(super) fn owner_before(&self, i: usize) -> Option<EntityId> {
        let cx = self.cx;
        match cx.token(i).lower.as_str() {
            "whose" => {
                let verb = cx.parse.ancestors(i).find(|&a| cx.token(a).dep == "relcl")?;
                self.at[cx.parse.head(verb)]
            }
            "its" | "their" if !self.quoted[i] => {
                let meant = self.subjects_before(i).into_iter().take(3).find_map(|k| self.at[k])?;
                let (e, facts) = (self.entity(meant), &self.facts[meant.0 as usize]);
                // a name that may be a body's: nobody was called so
                let nameless =
                    e.kind != RefKind::Person || facts.gender.or(facts.called).is_none() && e.roles.is_empty();
                (facts.named && !facts.plural && nameless && (e.kind != RefKind::Person || !e.name.contains(' ')))
                    .then_some(meant)
            }
            _ => None,
        }
    }

    /// "it", "its": the subject before it in the sentence, else that of the sentence before, where it is a body.
    fn body_of_pronoun(&self, i: usize) -> Option<EntityId> {
        let cx = self.cx;
        let t = cx.token(i);
        let possessive = t.dep == "poss";
        let acting = t.dep == "nsubj" && cx.token(cx.parse.head(i)).lemma != "be";
        if !possessive && (!acting || self.quoted[i]) {
            return None;
        }
        // "Norland and its neighbours"
        if possessive
            && let Some(k) = (cx.parse.sentence_of(i).start..i)
                .rev()
                .take(4)
                .find(|&k| cx.token(k).dep == "conj" || cx.word(k) == "and")
        {
            let near = self.at.get(k.wrapping_sub(1)).copied().flatten().filter(|&e| self.is_body(e));
            if near.is_some() && cx.word(k) == "and" {
                return near;
            }
        }
        let subjects = self.subjects_before(i);
        for k in subjects.into_iter().take(3) {
            match self.at[k] {
                Some(e) if self.is_body(e) => return Some(e),
                Some(e) if self.kind(e) == RefKind::Person => continue,
                // the subject is a thing: "it" may be that thing
                _ if cx.token(k).pos == "PRON" => continue,
                _ => return None,
            }
        }
        None
    }

    /// The heads of noun phrases that "it" or "its" at `i` may mean, nearest first: subjects of its sentence and of the one
    /// before.
    fn subjects_before(&self, i: usize) -> Vec<usize> {
        let cx = self.cx;
        let t = cx.token(i);
        let here = cx.parse.sentence_of(i);
        let before = (t.sentence as usize).checked_sub(1).map_or(here.start, |s| cx.parse.sentences[s].start);
        let mut subjects: Vec<usize> = (here.start..i)
            .rev()
            .chain((before..here.start).rev())
            .filter(|&k| {
                matches!(cx.token(k).dep.as_str(), "nsubj" | "nsubjpass") && !cx.parse.ancestors(k).any(|a| a == i)
            })
            .filter(|&k| self.quoted[k] == self.quoted[i])
            // the subject of a clause that hangs on a noun is out of sight outside that clause
            .filter(|&k| {
                let verb = cx.parse.head(k);
                !matches!(cx.token(verb).dep.as_str(), "relcl" | "acl" | "advcl")
                    || cx.parse.ancestors(i).any(|a| a == verb)
            })
            .filter(|&k| {
                !matches!(cx.token(k).lower.as_str(), "which" | "that" | "who" | "what" | "there" | "i" | "we" | "you")
            })
            .collect();
        if t.dep == "poss" {
            // "asked the bank to publish its study": anything before it in the clause
            let verb = cx.parse.ancestors(i).find(|&a| matches!(cx.token(a).pos.as_str(), "VERB" | "AUX"));
            if let Some(own) = verb.and_then(|v| subjects.iter().position(|&s| cx.parse.head(s) == v)) {
                let s = subjects.remove(own);
                subjects.insert(0, s);
            }
        }
        subjects
    }

    fn is_body(&self, e: EntityId) -> bool {
        matches!(self.kind(e), RefKind::Party | RefKind::Organisation) && !self.facts[e.0 as usize].plural
    }

    /// "they", "their": the plural subject before it, else a body that is the subject.
    fn group_before(&self, i: usize) -> Option<EntityId> {
        if self.quoted[i] {
            return None;
        }
        let cx = self.cx;
        let sentence = cx.token(i).sentence;
        let near: Vec<&Seen> =
            self.recent(i).take_while(|s| cx.token(s.token).sentence + 1 >= sentence).filter(|s| s.subject).collect();
        let plural = near.iter().find(|s| self.facts[s.entity.0 as usize].plural);
        // "The Nationals said they": a body with a plural name, as the subject in the same sentence
        let many = |s: &&&Seen| {
            let name = &self.entities[s.entity.0 as usize].name;
            let last = name.rsplit(' ').next().unwrap_or("");
            cx.token(s.token).sentence == sentence
                && self.kind(s.entity) == RefKind::Organisation
                && last.len() > 3
                && last.ends_with('s')
                && !last.ends_with("ss")
                && last.chars().any(char::is_lowercase)
        };
        plural.or_else(|| near.iter().find(many)).map(|s| s.entity)
    }
}

fn capital(word: &str) -> String {
    let mut c = word.chars();
    c.next().map(|f| f.to_uppercase().collect::<String>() + c.as_str()).unwrap_or_default()
}
