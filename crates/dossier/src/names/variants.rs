//! Spellings of one person: transliterations, translations, split and garbled names.
//!
//! Spelling alone makes no merge, and where the bodies people speak for or their offices conflict nothing does; what is
//! left is a possible match.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::nodes::Nodes;
use super::parties::Parties;
use super::people::{People, by_words};
use super::spelling::{Spellings, first_names_agree, likeness};
use super::ties::{PARTIES_DIFFER, ROLES_DIFFER, Ties, letters};
use crate::words::sounds;

/// What is known of a person for comparing.
struct Known {
    /// The node with the fullest name.
    node: usize,
    first: String,
    last: String,
    ties: Ties,
    /// Whether one of the bodies is named where he or she is not: a garbled name of a body lives with garbled names of people.
    established: bool,
    full: bool,
    /// Articles it is named in.
    articles: BTreeSet<usize>,
    /// Records named in the same articles.
    company: BTreeSet<usize>,
}

fn known(nodes: &Nodes, parties: &Parties, members: &[usize]) -> Option<Known> {
    let node = members.iter().copied().max_by(|&a, &b| {
        let words = |i: usize| nodes.list[i].key.split(' ').count().min(3);
        words(a).cmp(&words(b)).then(nodes.list[a].articles.len().cmp(&nodes.list[b].articles.len())).then(b.cmp(&a))
    })?;
    let mut words: Vec<&str> = nodes.list[node].key.split(' ').collect();
    let first = if words.len() > 1 { words.remove(0).to_string() } else { String::new() };
    let company = members.iter().flat_map(|&i| nodes.company(i)).filter(|&j| !nodes.list[j].person);
    let articles: BTreeSet<usize> = members.iter().flat_map(|&i| nodes.list[i].articles.keys().copied()).collect();
    let ties = Ties::of(nodes, &parties.groups, members);
    Some(Known {
        node,
        established: ties.own.iter().any(|&j| nodes.list[j].articles.keys().any(|a| !articles.contains(a))),
        company: company.map(|j| parties.groups.root(j)).collect(),
        articles,
        full: !first.is_empty(),
        first,
        last: words.join(""),
        ties,
    })
}

/// What speaks for and against two names being one, spelling aside.
struct Around {
    party: bool,
    conflict: bool,
    /// The bodies differ, but those of one side stand nowhere else.
    doubtful: bool,
    role: bool,
    offices_conflict: bool,
    company: bool,
    apart: bool,
}

impl Around {
    fn of(a: &Known, b: &Known) -> Self {
        let apart = a.articles.is_disjoint(&b.articles);
        // a garbled spelling lives in other articles, among the same names
        let shared = a.company.intersection(&b.company).count();
        let conflict = a.ties.parties_differ(&b.ties);
        Self {
            party: a.ties.share_party(&b.ties),
            conflict,
            doubtful: conflict && !(a.established && b.established),
            role: a.ties.share_role(&b.ties),
            offices_conflict: a.ties.offices_differ(&b.ties),
            company: apart && shared >= 4.max(a.company.len().min(b.company.len()) / 3),
            apart,
        }
    }

    /// Why the two are not joined, whatever their names.
    fn against(&self) -> Option<&'static str> {
        match () {
            () if self.conflict => Some(PARTIES_DIFFER),
            () if self.offices_conflict => Some(ROLES_DIFFER),
            () => None,
        }
    }

    fn support(&self) -> bool {
        self.party || self.role || self.company
    }

    fn reason(&self, what: &str) -> String {
        let more = match (self.party, self.role, self.company) {
            _ if self.doubtful => "; same role, the same names around them; the body of one is named nowhere else",
            (true, _, _) => "; same party",
            (_, true, _) => "; same role",
            (_, _, true) => "; the same names around them, never both in one article",
            _ => "",
        };
        format!("{what}{more}")
    }
}

/// The same, of two of which no more is asked.
fn against(a: &Ties, b: &Ties) -> Option<&'static str> {
    match () {
        () if a.parties_differ(b) => Some(PARTIES_DIFFER),
        () if a.offices_differ(b) => Some(ROLES_DIFFER),
        () => None,
    }
}

/// How near a part of two names is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Near {
    No,
    /// Somewhat: as a translation or a slip may leave it.
    Somewhat,
    /// Spelt or sounding alike.
    Alike,
    Same,
}

fn first_near(a: &str, b: &str) -> Near {
    match () {
        () if letters(a) == letters(b) => Near::Same,
        () if first_names_agree(a, b) => Near::Alike,
        () if a.chars().next() == b.chars().next() && likeness(a, b) >= 0.8 => Near::Somewhat,
        () => Near::No,
    }
}

/// What is made of a pair.
enum Verdict {
    One(&'static str, String),
    Maybe(&'static str, bool),
    Two,
}

/// `first`: how near two first names are.
fn judge(a: &Known, b: &Known, alike: bool, whole: bool, first: impl FnOnce(&str, &str) -> Near) -> Verdict {
    match a.full && b.full {
        true => judge_full(a, b, first(&a.first, &b.first), alike, whole),
        false if alike || a.last == b.last => judge_single(a, b, &Around::of(a, b), alike),
        false => Verdict::Two,
    }
}

/// Two full names; `alike`: surnames spelt alike; `whole`: the names without their blanks are.
fn judge_full(a: &Known, b: &Known, first: Near, alike: bool, whole: bool) -> Verdict {
    let last = match () {
        () if a.last == b.last => Near::Same,
        () if alike => Near::Alike,
        () if likeness(&a.last, &b.last) >= if first == Near::Same { 0.75 } else { 0.85 } => Near::Somewhat,
        () => Near::No,
    };
    let sure_first = first >= Near::Alike;
    let same_initial = a.first.chars().next() == b.first.chars().next();
    // what is around them is looked at only where the names may be one
    let may_be = sure_first && last >= Near::Somewhat || last >= Near::Alike && (first > Near::No || same_initial);
    if !may_be && !whole {
        return Verdict::Two;
    }
    let around = Around::of(a, b);
    if around.doubtful && around.role && around.company && first == Near::Same && last >= Near::Alike {
        return Verdict::One("names.garbled.v1", around.reason("surnames alike, first names the same"));
    }
    if let Some(conflict) = around.against() {
        let near = sure_first && last >= Near::Alike || whole;
        return if near { Verdict::Maybe(conflict, true) } else { Verdict::Two };
    }
    if sure_first && last >= Near::Alike && around.support() {
        return Verdict::One("names.spelling.v2", around.reason("surnames alike, first names agree"));
    }
    if whole && around.apart && around.support() {
        return Verdict::One("names.whole.v1", around.reason("names alike but for how they are parted"));
    }
    let near_first = first == Near::Somewhat && last >= Near::Alike;
    let garbled =
        sure_first && last == Near::Somewhat || near_first && (around.party || around.role || last == Near::Same);
    if garbled && around.apart && around.support() {
        return Verdict::One("names.translated.v1", around.reason("names near, as a translation leaves them"));
    }
    match () {
        () if sure_first && last >= Near::Alike || garbled || whole && around.apart => {
            Verdict::Maybe("names alike, nothing else", false)
        }
        () if same_initial && last >= Near::Alike && around.apart && around.support() => {
            Verdict::Maybe("surnames alike, first names begin alike", false)
        }
        () => Verdict::Two,
    }
}

/// A surname alone, and a name it may be a spelling of.
fn judge_single(a: &Known, b: &Known, around: &Around, alike: bool) -> Verdict {
    let short = a.last.chars().count().min(b.last.chars().count()) <= 4;
    let near = likeness(&a.last, &b.last) >= 0.8;
    match around.against() {
        // short for several people: nobody can say for whom
        against if a.last == b.last => {
            Verdict::Maybe(against.unwrap_or("surname of several people"), against.is_some())
        }
        _ if !alike => Verdict::Two,
        Some(conflict) => Verdict::Maybe(conflict, true),
        None if around.apart && (around.party || around.role || around.company && !short && near) => {
            Verdict::One("names.spelling.v2", around.reason("names alike"))
        }
        None => Verdict::Maybe("names alike, nothing else", false),
    }
}

/// Pairs worth comparing: whether their surnames, and their whole names, are spelt alike.
fn pairs(list: &[Known]) -> BTreeMap<(usize, usize), (bool, bool)> {
    /// Letters from which on a whole name tells by itself.
    const LONG: usize = 10;
    let mut pairs: BTreeMap<(usize, usize), (bool, bool)> = BTreeMap::new();
    for pair in Spellings::of_people(list.iter().map(|k| k.last.as_str())).pairs() {
        pairs.entry(pair).or_default().0 = true;
    }
    let whole: Vec<String> = list.iter().map(|k| letters(&format!("{}{}", k.first, k.last))).collect();
    let long: Vec<usize> = (0..list.len()).filter(|&i| list[i].full && whole[i].chars().count() >= LONG).collect();
    for (x, y) in Spellings::new(long.iter().map(|&i| whole[i].as_str())).pairs() {
        let (x, y) = (long[x], long[y]);
        // names of as many letters to each part are compared part by part
        let parted = |i: usize| (list[i].first.chars().count() as i64, list[i].last.chars().count() as i64);
        let differ = (parted(x).0 - parted(y).0).abs() > 1 && (parted(x).1 - parted(y).1).abs() > 1;
        pairs.entry((x, y)).or_default().1 = differ;
    }
    // people of one first name whose surnames begin alike
    let mut by_first: HashMap<(String, Option<char>), Vec<usize>> = HashMap::new();
    for (i, k) in list.iter().enumerate().filter(|(_, k)| k.full && k.first.chars().count() > 2) {
        let key = (sounds(&k.first, false), sounds(&k.last, false).chars().next());
        let namesakes = by_first.entry(key).or_default();
        namesakes.iter().for_each(|&j| {
            pairs.entry((j, i)).or_default();
        });
        namesakes.push(i);
    }
    pairs
}

/// Joins spellings of one person where first name, role or party agree; lists the others as possible.
pub(super) fn join(nodes: &Nodes, people: &mut People, parties: &Parties) {
    let open = people.maybe.len();
    by_words(nodes, people, &parties.groups);
    people.maybe.truncate(open); // asked again at the end
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for i in (0..nodes.list.len()).filter(|&i| nodes.list[i].person) {
        members.entry(people.groups.root(i)).or_default().push(i);
    }
    members.retain(|_, of| of.iter().any(|&i| !nodes.list[i].nameless));
    let list: Vec<Known> = members.values().filter_map(|of| known(nodes, parties, of)).collect();
    let mut sure: Vec<(usize, usize, &'static str, String)> = Vec::new();
    let mut firsts: HashMap<(&str, &str), Near> = HashMap::new();
    for ((x, y), (alike, whole)) in pairs(&list) {
        let (x, y, a, b) = (x, y, &list[x], &list[y]);
        let first =
            |_: &str, _: &str| *firsts.entry((&a.first, &b.first)).or_insert_with(|| first_near(&a.first, &b.first));
        match judge(a, b, alike, whole, first) {
            Verdict::One(rule, reason) => sure.push((x, y, rule, reason)),
            Verdict::Maybe(reason, against) => people.maybe.push((list[x].node, list[y].node, reason, against)),
            Verdict::Two => {}
        }
    }
    // a surname that is written so in a full name is no spelling of another
    let written: HashSet<&str> = list.iter().filter(|k| k.full).map(|k| k.last.as_str()).collect();
    let short_for = |x: usize| !list[x].full && written.contains(list[x].last.as_str());
    sure.retain(|(x, y, ..)| !short_for(*x) && !short_for(*y));
    // the surest first: full names, then names a translation left, then surnames
    let doubt = |x: usize, y: usize, rule: &str| match (list[x].full, list[y].full) {
        (true, true) => usize::from(rule == "names.translated.v1"),
        (false, false) => 3,
        _ => 2,
    };
    sure.sort_by_key(|s| (doubt(s.0, s.1, s.2), s.0, s.1));
    join_sure(&list, &sure, doubt, people);
    by_words(nodes, people, &parties.groups);
}

/// Joins what is sure, in this order, but where something speaks against any two of the names that would be one.
fn join_sure(
    list: &[Known],
    sure: &[(usize, usize, &'static str, String)],
    doubt: impl Fn(usize, usize, &str) -> usize,
    people: &mut People,
) {
    let root = |people: &People, x: usize| people.groups.root(list[x].node);
    let mut sets: BTreeMap<usize, Vec<usize>> = (0..list.len()).map(|i| (root(people, i), vec![i])).collect();
    // the full names that each may be a spelling of
    let mut rivals: HashMap<usize, Vec<usize>> = HashMap::new();
    for &(x, y, ..) in sure {
        for (i, r) in [(x, y), (y, x)].into_iter().filter(|(_, r)| list[*r].full) {
            rivals.entry(i).or_default().push(r);
        }
    }
    // why two sets are not one, as long as no name has come to either
    let mut known: HashMap<(usize, usize), (usize, Option<&'static str>)> = HashMap::new();
    for (x, y, rule, reason) in sure {
        let (a, b) = (root(people, *x), root(people, *y));
        if a == b {
            continue;
        }
        let set = |r: usize| sets.get(&r).map_or(&[][..], Vec::as_slice);
        let mut torn = || {
            let names = set(a).len() + set(b).len();
            let found = known.get(&(a, b)).filter(|k| k.0 == names).map(|k| k.1);
            let mut pairs = set(a).iter().flat_map(|&i| set(b).iter().map(move |&j| (i, j)));
            let reason = found.unwrap_or_else(|| pairs.find_map(|(i, j)| against(&list[i].ties, &list[j].ties)));
            known.insert((a, b), (names, reason));
            reason
        };
        let torn = if *rule == "names.garbled.v1" { None } else { torn() };
        // a doubtful spelling of two people is neither's
        let others = |i: usize, to: usize| {
            let mut all = rivals.get(&i).into_iter().flatten().map(|&r| root(people, r));
            all.any(|r| r != to && r != root(people, i))
        };
        let doubtful = doubt(*x, *y, rule) > 0;
        let open = doubtful && (!list[*x].full || list[*y].full) && others(*x, b)
            || doubtful && (!list[*y].full || list[*x].full) && others(*y, a);
        if torn.is_some() || open {
            let reason = torn.unwrap_or("names alike to several people's");
            people.maybe.push((list[*x].node, list[*y].node, reason, torn.is_some()));
        } else {
            people.groups.join(list[*x].node, list[*y].node, reason.clone(), rule);
            let moved = sets.remove(&a.max(b)).unwrap_or_default();
            sets.entry(a.min(b)).or_default().extend(moved);
        }
    }
}
