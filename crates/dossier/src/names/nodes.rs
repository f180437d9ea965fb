//! One node for each name: what all articles say of it together.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rapporteur_article::Article;
use rapporteur_reading::Reading;
use rapporteur_reading::model::{Entity, EntityId, LinkSort, Mode, RefKind, Reference};
use rapporteur_text::Span;

use super::parties::is_tail;
use super::sightings::Seen;
use super::spelling::{Places, Spellings};
use super::titles::{is_field, is_title, office, title_free, titled, without_woman};
use super::{Forms, Usage};
use crate::issues::takes_side;
use crate::lexicon::GENERIC;
use crate::words::{clean_name, fold, name_key, stem};

/// A name of a person, party, organisation or place.
#[derive(Debug, Clone, Default)]
pub(crate) struct Node {
    /// Key of the name.
    pub(crate) key: String,
    /// The commonest writing.
    pub(crate) name: String,
    /// Whether it is a person.
    pub(crate) person: bool,
    /// A person who is only described: no record is made of it, and it says nothing of others.
    pub(crate) nameless: bool,
    /// Whether it is only ever described ("the union"), never named.
    pub(crate) described: bool,
    /// Forms of its mentions.
    pub(crate) forms: Forms,
    /// Articles, each with its mentions.
    pub(crate) articles: BTreeMap<usize, usize>,
    /// Sides it takes: articles in which it holds something.
    pub(crate) holds: usize,
    /// Statements on whole that it makes or that are made for it.
    pub(crate) speaks: usize,
    /// Meetings it takes part in.
    pub(crate) meets: usize,
    /// Times it is where something happens.
    pub(crate) places: usize,
    /// Times it is the outlet or agency of a chain or of an article.
    pub(crate) relays: usize,
    /// Times the reading took it for a place.
    pub(crate) place_like: usize,
    /// Times the reading took it for a party (a country, a people).
    pub(crate) party_like: usize,
    /// Nodes it belongs to, per article.
    pub(crate) of: Vec<(usize, usize)>,
    /// Stems of its roles.
    pub(crate) roles: BTreeSet<String>,
    /// Offices it is called by, of names for one office the first ("minister" for a premier).
    pub(crate) offices: BTreeSet<String>,
    /// Mentions with "the" before them.
    pub(super) with_the: usize,
    /// What it says that a body will or would do, of people: the body's node, how often.
    pub(super) says_of: BTreeMap<usize, usize>,
    /// Where it stands in each article that names it.
    pub(super) seen: BTreeMap<usize, Seen>,
}

/// All nodes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Nodes {
    /// In order of (person, key).
    pub(crate) list: Vec<Node>,
    /// For each person node, ids of role items.
    pub(crate) role_items: BTreeMap<usize, Vec<rapporteur_text::ItemId>>,
    /// Nodes that people belong to.
    peopled: HashSet<usize>,
    /// Bodies that have a demonym among the bodies.
    with_demonym: HashSet<usize>,
    /// Bodies that are a demonym of a body.
    demonyms: HashSet<usize>,
    /// For each article, its nodes.
    in_article: BTreeMap<usize, Vec<usize>>,
}

impl Nodes {
    fn new(list: Vec<Node>, role_items: BTreeMap<usize, Vec<rapporteur_text::ItemId>>) -> Self {
        let people = list.iter().filter(|n| n.person && !n.nameless);
        let peopled = people.flat_map(|n| n.of.iter().map(|x| x.0)).collect();
        let mut in_article: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (i, node) in list.iter().enumerate() {
            node.articles.keys().for_each(|&a| in_article.entry(a).or_default().push(i));
        }
        let bodies = || list.iter().enumerate().filter(|(_, n)| !n.person);
        let places = Places::new(bodies().map(|(i, n)| (i, n.key.as_str())));
        let (mut with_demonym, mut demonyms) = (HashSet::new(), HashSet::new());
        for (i, node) in bodies() {
            let of = places.of(&node.key, |j| list[j].key.as_str());
            if !of.is_empty() {
                demonyms.insert(i);
            }
            with_demonym.extend(of);
        }
        Self { list, role_items, peopled, with_demonym, demonyms, in_article }
    }

    /// Whether something is done in a node's name, or people belong to it.
    pub(crate) fn acts(&self, i: usize) -> bool {
        self.list[i].speaks > 0 || self.peopled.contains(&i)
    }

    /// Whether a body is a place that a demonym among the bodies is made from.
    pub(crate) fn has_demonym(&self, i: usize) -> bool {
        self.with_demonym.contains(&i)
    }

    /// Whether a body is a demonym of another.
    pub(crate) fn is_demonym(&self, i: usize) -> bool {
        self.demonyms.contains(&i)
    }

    /// Whether a body is mostly read as a place, or as where things happen, and holds no stand worth the name.
    pub(super) fn is_bare_place(&self, i: usize) -> bool {
        const FEW: usize = 2;
        let node = &self.list[i];
        node.holds <= FEW && (node.places > 0 || 2 * node.place_like >= node.articles.len())
    }

    /// The nodes of an article, in order.
    pub(super) fn of_article(&self, article: usize) -> &[usize] {
        self.in_article.get(&article).map_or(&[], Vec::as_slice)
    }

    /// All nodes named in the articles in which node `i` is, in order.
    pub(crate) fn company(&self, i: usize) -> BTreeSet<usize> {
        self.list[i].articles.keys().filter_map(|a| self.in_article.get(a)).flatten().copied().collect()
    }
}

/// Whether a mention is a pronoun or the like, no name of anything.
fn pronoun(words: &str) -> bool {
    const PRONOUNS: &str = " he him his she her hers it its they them their theirs we us our ours i me my mine you your \
        yours who whom whose which that this these those himself herself itself themselves both all one others another ";
    PRONOUNS.contains(&format!(" {} ", fold(words.trim())))
}

/// Whether a mention points at its entity from another ("its director", "both sides", "two lines").
fn pointing(words: &str) -> bool {
    const FIRST: &str = " its his her their our my your both two three four five six seven eight nine ten each every \
        another no some several many few most all other this that these those whose ";
    let first = fold(words.split_whitespace().next().unwrap_or(""));
    FIRST.contains(&format!(" {first} "))
}

/// Mentions from which on a body's name is surely a name.
const OFTEN: usize = 3;

/// Which names are people's, counted over all articles: one article may take a town for a person.
#[derive(Default)]
struct Kinds {
    people: HashMap<String, usize>,
    bodies: HashMap<String, usize>,
    /// Surnames, with the mentions of those who have them.
    surnames: HashMap<String, usize>,
    /// Names of one word, taken for people's, that others hold offices of, and that hold none themselves.
    officed: HashSet<String>,
    /// First words of the names of bodies.
    begins: HashSet<String>,
    /// Keys of bodies that are named often, and how they are spelt.
    often: Vec<String>,
    spellings: Spellings,
}

impl Kinds {
    fn count(read: &[(&Article, &Reading)]) -> Self {
        let mut kinds = Self::default();
        for entity in read.iter().flat_map(|(_, r)| &r.entities) {
            let n = entity.mentions.len().max(1);
            if entity.kind == RefKind::Person {
                let key = name_key(&title_free(&entity.name));
                if let Some((_, last)) = key.rsplit_once(' ') {
                    *kinds.surnames.entry(last.to_string()).or_default() += n;
                }
                *kinds.people.entry(key).or_default() += n;
            } else {
                let key = name_key(&entity.name);
                if entity.mentions.iter().any(|m| m.named)
                    && let Some((first, _)) = key.split_once(' ')
                {
                    kinds.begins.insert(first.to_string());
                }
                *kinds.bodies.entry(key).or_default() += n;
            }
        }
        let mut offices: HashSet<String> = HashSet::new();
        for (_, reading) in read {
            for entity in reading.entities.iter().filter(|e| e.kind == RefKind::Person) {
                if !entity.roles.is_empty() {
                    offices.insert(name_key(&title_free(&entity.name)));
                }
                let of = entity.of.as_ref().and_then(|(j, _)| reading.entities.get(j.0 as usize));
                if let Some(of) = of.filter(|of| of.kind == RefKind::Person) {
                    kinds.officed.insert(name_key(&title_free(&of.name)));
                }
            }
        }
        kinds.officed.retain(|key| !offices.contains(key));
        kinds.often = kinds.bodies.iter().filter(|(_, n)| **n >= OFTEN).map(|(key, _)| key.clone()).collect();
        kinds.often.sort();
        kinds.spellings = Spellings::new(kinds.often.iter().map(String::as_str));
        kinds
    }

    /// Whether an entity is a person, and its name.
    fn settle(&self, entity: &Entity) -> (bool, String) {
        let (person, body) = (title_free(&entity.name), clean_name(&entity.name));
        let key = name_key(&person);
        let counts = (self.people.get(&key).copied().unwrap_or(0), self.bodies.get(&key).copied().unwrap_or(0));
        let bearers = self.surnames.get(&key).copied().unwrap_or(0);
        let single = !key.contains(' ') && bearers == 0;
        let alike_body =
            || single && entity.roles.is_empty() && self.spellings.like(&key).iter().any(|&i| self.often[i] != key);
        match entity.kind {
            // "Tessmark", where there is a Tessmark Line and nobody has it for a surname
            RefKind::Person if single && entity.roles.is_empty() && self.begins.contains(&key) => (false, body),
            RefKind::Person if single && (counts.1 >= counts.0 || self.officed.contains(&key) || alike_body()) => {
                (false, body)
            }
            RefKind::Person => (true, person),
            _ if !single && counts.0.max(bearers / 2) > counts.1 => (true, person),
            _ => (false, body),
        }
    }
}

/// Whether words can be a person's name: capitals throughout, small particles aside, and no description.
pub(crate) fn person_name(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let particle = |w: &str| {
        matches!(
            w,
            "de" | "del" | "della" | "van" | "von" | "der" | "den" | "al" | "bin" | "ibn" | "da" | "di" | "la" | "le"
        )
    };
    let capital = |w: &str| w.chars().next().is_some_and(char::is_uppercase);
    let described = |w: &str| {
        let s = stem(w);
        GENERIC.contains(&s) || is_title(w) || is_tail(&s)
    };
    (1..=5).contains(&words.len())
        && words.iter().all(|w| capital(w) || particle(w))
        && words.last().is_some_and(|w| capital(w) && !described(w))
        && !words.iter().any(|w| w.ends_with("'s") || w.ends_with("’s"))
        && !pointing(name)
}

/// Where an article names an entity: beside what it belongs to, else where it has the name of the node, else first.
fn seen(article: &Article, entity: &Entity, key: &str) -> Option<Seen> {
    let named: Vec<Span> = entity.mentions.iter().filter(|m| m.named).map(|m| m.span).collect();
    let tie = entity.of.as_ref().map(|(_, evidence)| evidence.sentence);
    let tied = tie.and_then(|t| named.iter().find(|s| t.contains(**s)));
    let own = || named.iter().find(|s| name_key(&title_free(s.slice(&article.text))) == key);
    let span = tied.or_else(own).or(named.first()).copied().or_else(|| entity.mentions.first().map(|m| m.span))?;
    Some(Seen { span, tied: tied.is_some() })
}

/// Whether words can be what a person is called: a name, with titles before it or "woman" behind it.
pub(super) fn called(form: &str) -> bool {
    let name = title_free(without_woman(form));
    person_name(&name) && !is_title(&name)
}

/// Collects the nodes of these readings.
pub(crate) fn collect(read: &[(&Article, &Reading)], usage: &Usage) -> Nodes {
    let mut keys: BTreeMap<(bool, String), Node> = BTreeMap::new();
    let kinds = Kinds::count(read);
    let mut of_entity_keys: Vec<Vec<(bool, String)>> = Vec::new();
    for (n, (article, reading)) in read.iter().enumerate() {
        let mut mine = Vec::new();
        for entity in &reading.entities {
            let (person, name) = kinds.settle(entity);
            let key = (person, name_key(&name));
            let node = keys.entry(key.clone()).or_default();
            node.key = key.1.clone();
            node.person = person;
            let named = entity.mentions.iter().any(|m| m.named);
            node.described = (node.articles.is_empty() || node.described) && !named;
            node.place_like += usize::from(entity.kind == RefKind::Place);
            node.party_like += usize::from(entity.kind == RefKind::Party);
            *node.articles.entry(n).or_default() += entity.mentions.len().max(1);
            for m in &entity.mentions {
                let words = m.span.slice(&article.text);
                let before = article.text.get(..m.span.start()).unwrap_or_default();
                let the = ["the ", "The "].iter().any(|the| words.starts_with(the) || before.ends_with(the));
                node.with_the += usize::from(the);
                if words.len() <= 80 && !pronoun(words) && !pointing(words) {
                    *node.forms.entry(clean_name(words)).or_default() += 1;
                    if let Some((called, offices)) = person.then(|| titled(&article.text, m.span)).flatten() {
                        *node.forms.entry(called).or_default() += 1;
                        node.offices.extend(offices.iter().filter_map(|o| office(o)));
                        node.roles.extend(offices);
                    }
                }
            }
            if let Some(seen) = seen(article, entity, &key.1) {
                node.seen.entry(n).or_insert(seen);
            }
            if entity.mentions.is_empty() {
                *node.forms.entry(name).or_default() += 1;
            }
            for role in &entity.roles {
                let words = crate::words::words(role.slice(&article.text), 0);
                node.roles.extend(words.into_iter().map(|w| w.stem).filter(|w| w.len() > 3 && !is_field(w)));
            }
            mine.push(key);
        }
        count_acts(article, reading, &mine, &mut keys);
        of_entity_keys.push(mine);
    }
    keys.retain(|k, _| !k.1.is_empty());
    let number: HashMap<(bool, String), usize> = keys.keys().cloned().zip(0..).collect();
    let mut list: Vec<Node> = keys.into_values().collect();
    for node in &mut list {
        node.name = commonest(&node.forms, &node.key);
        node.nameless = node.person && !person_name(&node.name);
    }
    let mut role_items: BTreeMap<usize, Vec<rapporteur_text::ItemId>> = BTreeMap::new();
    for (n, (_, reading)) in read.iter().enumerate() {
        let mine: Vec<usize> = of_entity_keys[n].iter().map(|k| number.get(k).copied().unwrap_or(usize::MAX)).collect();
        let at = |e: EntityId| mine.get(e.0 as usize).copied().filter(|&i| i != usize::MAX);
        for (entity, &i) in reading.entities.iter().zip(&mine) {
            if let Some((of, _)) = entity.of
                && let Some(j) = at(of)
                && i != usize::MAX
                && i != j
            {
                list[i].of.push((j, n));
            }
        }
        for (speaker, body) in willing(&read[n]) {
            if let Some((i, j)) = at(speaker).zip(at(body)).filter(|(i, j)| list[*i].person && !list[*j].person) {
                *list[i].says_of.entry(j).or_default() += 1;
            }
        }
        for role in &reading.roles {
            if let Some(i) = role.person.entity.and_then(at) {
                role_items.entry(i).or_default().push(role.item.id().clone());
                if let Some(j) = role.party.and_then(|p| p.entity).and_then(at)
                    && i != j
                {
                    list[i].of.push((j, n));
                }
            }
        }
    }
    for items in role_items.values_mut() {
        items.sort();
        items.dedup();
    }
    let surnames = kinds.surnames;
    for (i, node) in list.iter_mut().enumerate().filter(|(_, n)| n.person && !n.key.contains(' ')) {
        // a common word that once stood with a capital is no person, unless something is known of it
        let known = role_items.contains_key(&i) || !node.of.is_empty() || !node.roles.is_empty() || node.speaks > 0;
        let titled = node.forms.keys().any(|f| f.contains(' '));
        if !known && !titled && !surnames.contains_key(&node.key) && usage.common(&stem(&node.key)) {
            node.nameless = true;
        }
    }
    Nodes::new(list, role_items)
}

/// Words after the name of a body by which a speaker tells what it will do or wants.
const WILL: [&str; 24] = [
    "would",
    "will",
    "could",
    "can",
    "cannot",
    "might",
    "may",
    "accepts",
    "accepted",
    "wants",
    "wanted",
    "rejects",
    "rejected",
    "refuses",
    "refused",
    "insists",
    "insisted",
    "supports",
    "supported",
    "agrees",
    "agreed",
    "needs",
    "remains",
    "remained",
];

/// Who says in reported speech what which body will do: "Norland would hand over its readings, Lee said". Whoever commits a
/// body mostly speaks for it.
fn willing((article, reading): &(&Article, &Reading)) -> Vec<(EntityId, EntityId)> {
    let mut bodies: HashMap<usize, (EntityId, usize)> = HashMap::new();
    for entity in reading.entities.iter().filter(|e| e.kind != RefKind::Person) {
        for m in &entity.mentions {
            bodies.entry(m.span.start()).or_insert((entity.id, m.span.end()));
        }
    }
    let mut found = Vec::new();
    for q in reading.quotes.iter().filter(|q| q.mode == Mode::Indirect) {
        let Some((speaker, content)) = q.source.and_then(|s| s.entity).zip(q.content.first()) else { continue };
        let text = content.slice(&article.text);
        let that = if text.starts_with("that ") { "that ".len() } else { 0 };
        let the = if text.get(that..).is_some_and(|t| t.starts_with("the ")) { "the ".len() } else { 0 };
        // a mention may begin with its article or behind it
        let starts = [that, that + the].map(|lead| bodies.get(&(content.start() + lead)));
        let Some(&(body, end)) = starts.into_iter().flatten().find(|(body, _)| *body != speaker) else { continue };
        let after = article.text.get(end..).unwrap_or_default();
        let next = after.split_whitespace().next().unwrap_or_default();
        if after.starts_with(' ') && WILL.contains(&next) {
            found.push((speaker, body));
        }
    }
    found
}

/// The form with the key that was used most; the shortest, then first of equals.
fn commonest(forms: &Forms, key: &str) -> String {
    let same = forms.iter().filter(|(f, _)| name_key(f) == key || name_key(&title_free(f)) == key);
    let best = same.max_by(|a, b| a.1.cmp(b.1).then(b.0.len().cmp(&a.0.len())).then(b.0.cmp(a.0)));
    best.map_or_else(|| key.to_string(), |(f, _)| f.clone())
}

/// Counts what the entities of one article do.
fn count_acts(
    article: &Article,
    reading: &Reading,
    mine: &[(bool, String)],
    keys: &mut BTreeMap<(bool, String), Node>,
) {
    let mut with = |reference: Option<Reference>, change: &mut dyn FnMut(&mut Node)| {
        let key = reference.and_then(|r| r.entity).and_then(|e| mine.get(e.0 as usize));
        if let Some(node) = key.and_then(|k| keys.get_mut(k)) {
            change(node);
        }
    };
    for s in &reading.statements {
        let side = usize::from(takes_side(s.polarity));
        for reference in [Some(s.holder), s.on_behalf_of] {
            with(reference, &mut |n| {
                n.speaks += 1;
                n.holds += side;
            });
        }
        for link in s.chain.iter().filter(|l| matches!(l.sort, LinkSort::Outlet | LinkSort::Agency)) {
            let reference = Reference { kind: RefKind::Organisation, span: link.span, entity: link.entity };
            with(Some(reference), &mut |n| n.relays += 1);
        }
    }
    for q in &reading.quotes {
        for link in q.chain.iter().filter(|l| matches!(l.sort, LinkSort::Outlet | LinkSort::Agency)) {
            let reference = Reference { kind: RefKind::Organisation, span: link.span, entity: link.entity };
            with(Some(reference), &mut |n| n.relays += 1);
        }
    }
    for m in &reading.meetings {
        m.participants.iter().for_each(|p| with(Some(*p), &mut |n| n.meets += 1));
        with(m.place, &mut |n| n.places += 1);
    }
    for p in &reading.proposals {
        p.by.iter().for_each(|p| with(Some(*p), &mut |n| n.speaks += 1));
    }
    for i in &reading.incidents {
        with(i.place, &mut |n| n.places += 1);
    }
    let outlets: Vec<String> = std::iter::once(&article.agency)
        .chain(std::iter::once(&article.outlet))
        .chain(article.sources.iter().map(|s| &s.outlet))
        .filter(|o| !o.is_empty())
        .map(|o| name_key(o))
        .collect();
    for key in mine {
        if outlets.contains(&key.1)
            && let Some(node) = keys.get_mut(key)
        {
            node.relays += 5;
        }
    }
}
