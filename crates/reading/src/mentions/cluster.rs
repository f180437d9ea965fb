//! Which names of one article are one: full name and surname, acronym, short form, adjective, spelling variant; and
//! what kind of thing each is, by the form of all its mentions taken together.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::lexicons::{self, Country, Gender};
use super::names::{Raw, singular};
use crate::Context;

/// What a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Person,
    Organisation,
    /// A state or a people.
    State,
    Place,
}

/// Names that are one.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) kind: Kind,
    /// Numbers of its names, in text order.
    pub(super) raws: Vec<usize>,
    pub(super) gender: Option<Gender>,
}

/// All that is known of one name as a string of words.
#[derive(Debug, Default, Clone)]
struct Form {
    words: Vec<String>,
    raws: Vec<usize>,
    labels: BTreeMap<&'static str, usize>,
    titled: bool,
    role_beside: bool,
    /// In a phrase of place ("in X", dateline).
    located: usize,
    /// As subject, possessor or partner.
    acting: usize,
    speaking: usize,
    plural_or_adjective: bool,
    /// Possessor of what only states have.
    governing: usize,
    /// With people in its service: "X's director", "a driver at X".
    employing: usize,
    /// Before a common noun: "the X dam".
    modifying: usize,
    /// With "he" or "she" after it in a sentence that names no other person.
    personal: usize,
    /// With "the" before it.
    the: usize,
}

impl Form {
    fn votes(&self, label: &str) -> usize {
        self.labels.get(label).copied().unwrap_or(0)
    }

    fn last(&self) -> &str {
        self.words.last().map_or("", String::as_str)
    }
}

/// Groups the names.
pub(super) fn group(cx: &Context<'_>, raws: &[Raw]) -> Vec<Group> {
    let forms = forms(cx, raws);
    let kinds = kinds(&forms);
    let mut sets = Sets::new(forms.len());
    let people = merge_people(raws, &forms, &kinds, &mut sets);
    merge_bodies(&forms, &kinds, &mut sets);
    merge_acronyms(cx, raws, &forms, &kinds, &mut sets);
    merge_peoples(&forms, &kinds, &mut sets);
    let mut by_root: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (f, form) in forms.iter().enumerate() {
        let owner = |r: usize| people.get(&r).copied().unwrap_or(f);
        for &r in &form.raws {
            by_root.entry(sets.root(owner(r))).or_default().push(r);
        }
    }
    let mut groups: Vec<Group> = by_root
        .into_iter()
        .map(|(root, mut of)| {
            of.sort_unstable();
            let gender = if kinds[root] == Kind::Person { gender(cx, raws, &of) } else { None };
            let kind = if kinds[root] == Kind::State && only_a_place(&forms, &of) { Kind::Place } else { kinds[root] };
            Group { kind, raws: of, gender }
        })
        .collect();
    groups.sort_by_key(|g| g.raws[0]);
    groups
}

/// A name that only ever says where: no state, whatever the model's type.
fn only_a_place(forms: &[Form], of: &[usize]) -> bool {
    let mine = || forms.iter().filter(|f| f.raws.iter().any(|r| of.binary_search(r).is_ok()));
    let known = mine().any(|f| {
        let name = f.words.join(" ");
        lexicons::country(&name).is_some() || lexicons::is_seat(&name)
    });
    !known
        && mine().any(|f| f.located > 0 || f.the > 0)
        && mine().all(|f| f.acting == 0 && f.governing == 0 && !f.plural_or_adjective)
}

fn gender(cx: &Context<'_>, raws: &[Raw], of: &[usize]) -> Option<Gender> {
    of.iter()
        .filter_map(|&r| raws[r].title)
        .find_map(|t| lexicons::title(cx.word(t)).and_then(|t| t.gender))
        .or_else(|| {
            let told: Vec<Gender> = of.iter().filter_map(|&r| personal(cx, &raws[r])).collect();
            let women = told.iter().filter(|&&g| g == Gender::Female).count();
            match women.cmp(&(told.len() - women)) {
                std::cmp::Ordering::Greater => Some(Gender::Female),
                std::cmp::Ordering::Less => Some(Gender::Male),
                std::cmp::Ordering::Equal => None,
            }
        })
        .or_else(|| {
            of.iter().filter(|&&r| raws[r].words.len() > 1).find_map(|&r| lexicons::first_name(&raws[r].words[0]))
        })
}

// --- what is known of each string ------------------------------------------------------------------------------------

fn forms(cx: &Context<'_>, raws: &[Raw]) -> Vec<Form> {
    let mut number: HashMap<String, usize> = HashMap::new();
    let mut forms: Vec<Form> = Vec::new();
    for (r, raw) in raws.iter().enumerate() {
        let at = *number.entry(raw.key()).or_insert_with(|| {
            forms.push(Form { words: raw.words.clone(), ..Form::default() });
            forms.len() - 1
        });
        let form = &mut forms[at];
        // "ORLUSK" of a dateline is shown as it is written elsewhere
        if form.words.iter().all(|w| w.len() > 3 && !w.chars().any(char::is_lowercase)) {
            form.words.clone_from(&raw.words);
        }
        form.raws.push(r);
        if !raw.label.is_empty() {
            *form.labels.entry(raw.label).or_default() += 1;
        }
        observe(cx, raw, form);
    }
    forms
}

fn observe(cx: &Context<'_>, raw: &Raw, form: &mut Form) {
    let head = raw.head;
    let t = cx.token(head);
    form.titled |= raw.title.is_some();
    form.plural_or_adjective |= t.pos == "ADJ" || (raw.label == "NORP" && t.tag == "NNPS");
    let up = cx.parse.head(head);
    let preposition = cx.token(up).lower.as_str();
    if t.dep == "pobj" {
        match preposition {
            "of" | "at" | "from" if names_someone(cx, cx.parse.head(up)) => form.employing += 1,
            "in" | "at" | "near" | "outside" | "around" | "across" | "off" | "towards" | "into" | "through" => {
                form.located += 1
            }
            "with" | "by" | "against" | "between" | "for" => form.acting += 1,
            _ => {}
        }
    }
    if cx.parse.tokens.get(raw.tokens.end).is_some_and(|n| n.lower == ",") && is_dateline(cx, raw) {
        form.located += 1;
    }
    if matches!(t.dep.as_str(), "nsubj" | "nsubjpass" | "agent" | "dobj" | "dative" | "conj")
        || (t.dep == "poss" && names_someone(cx, up))
    {
        let visited = matches!(cx.token(up).lemma.as_str(), "visit" | "leave" | "reach" | "enter" | "cross");
        form.acting += usize::from(t.dep != "conj" && !(t.dep == "dobj" && visited));
        form.speaking += usize::from(
            t.dep == "nsubj"
                && matches!(cx.token(up).lemma.as_str(), "say" | "tell" | "add" | "ask" | "argue" | "note" | "write"),
        );
    }
    if matches!(t.dep.as_str(), "poss" | "compound" | "amod" | "nmod") && is_of_a_state(cx, up) {
        form.governing += 1;
    }
    form.modifying += usize::from(t.dep == "compound" && cx.token(up).pos == "NOUN" && !names_someone(cx, up));
    let director = lexicons::role(&cx.token(up).lemma).is_some_and(|n| {
        matches!(
            n.class,
            "director"
                | "manager"
                | "executive"
                | "head"
                | "chair"
                | "vice-president"
                | "negotiator"
                | "lawmaker"
                | "worker"
        )
    });
    form.employing += usize::from(t.dep == "poss" && director);
    form.personal += usize::from(personal(cx, raw).is_some());
    form.the +=
        usize::from(raw.tokens.start > 0 && cx.token(raw.tokens.start - 1).lower == "the" && t.dep != "compound");
    form.role_beside |= role_beside(cx, raw);
}

/// What "he" or "she" after the name tells, in a sentence that names no other person.
fn personal(cx: &Context<'_>, raw: &Raw) -> Option<Gender> {
    let subject = matches!(cx.token(raw.head).dep.as_str(), "nsubj" | "nsubjpass");
    let sentence = cx.parse.sentence_of(raw.head);
    let others = sentence.clone().any(|i| {
        !raw.tokens.contains(&i)
            && (cx.token(i).ent == "PERSON"
                || lexicons::role(&cx.token(i).lemma).is_some() && cx.token(i).dep != "appos")
    });
    if !subject || others {
        return None;
    }
    let mut told = (raw.tokens.end..sentence.end).filter_map(|i| match cx.token(i).lower.as_str() {
        "he" | "his" | "him" => Some(Gender::Male),
        "she" | "her" => Some(Gender::Female),
        _ => None,
    });
    let first = told.next()?;
    told.all(|g| g == first).then_some(first)
}

/// Nouns that only states have: "X's parliament".
fn is_of_a_state(cx: &Context<'_>, i: usize) -> bool {
    matches!(
        cx.token(i).lemma.as_str(),
        "minister"
            | "ministry"
            | "parliament"
            | "ambassador"
            | "government"
            | "delegation"
            | "army"
            | "border"
            | "capital"
            | "coastguard"
    )
}

fn names_someone(cx: &Context<'_>, i: usize) -> bool {
    let lemma = cx.token(i).lemma.to_lowercase();
    lexicons::role(&lemma).is_some() || lexicons::body(&lemma).is_some()
}

/// The first words of a paragraph, before a day and an agency in brackets or a dash.
fn is_dateline(cx: &Context<'_>, raw: &Raw) -> bool {
    let sentence = cx.parse.sentence_of(raw.tokens.start);
    raw.tokens.start == sentence.start
        && (raw.tokens.end..sentence.end.min(raw.tokens.end + 12)).any(|i| matches!(cx.word(i), "—" | "–" | "--" | "("))
        && raw.words.iter().all(|w| !w.chars().any(char::is_lowercase))
}

/// A role noun right before the name, or in apposition to it.
fn role_beside(cx: &Context<'_>, raw: &Raw) -> bool {
    let is_role = |i: usize| lexicons::role(&cx.token(i).lemma.to_lowercase()).is_some();
    let before = raw.tokens.start.checked_sub(1).is_some_and(|i| is_role(i) && cx.token(i).pos != "VERB");
    let after = cx.parse.children_with(raw.head, &["appos"]).any(is_role);
    let under = cx.token(raw.head).dep == "appos" && is_role(cx.parse.head(raw.head));
    let who = cx.parse.tokens.get(raw.tokens.end + 1).is_some_and(|t| t.lower == "who")
        && cx.parse.tokens.get(raw.tokens.end).is_some_and(|t| t.lower == ",");
    before || after || under || who
}

// --- kinds -----------------------------------------------------------------------------------------------------------

fn kinds(forms: &[Form]) -> Vec<Kind> {
    let peoples: HashSet<String> = forms.iter().map(|f| f.words.join(" ").to_lowercase()).collect();
    let mut kinds: Vec<Kind> = forms.iter().map(|f| kind(f, &peoples)).collect();
    let surnames: HashMap<String, usize> = forms
        .iter()
        .zip(&kinds)
        .filter(|(f, k)| **k == Kind::Person && f.words.len() > 1)
        .map(|(f, _)| (f.last().to_lowercase(), f.words.len()))
        .collect();
    for (f, form) in forms.iter().enumerate() {
        if form.words.len() == 1
            && surnames.contains_key(&form.last().to_lowercase())
            && lexicons::country(form.last()).is_none()
        {
            kinds[f] = Kind::Person;
        }
    }
    kinds
}

fn kind(form: &Form, all: &HashSet<String>) -> Kind {
    let name = form.words.join(" ");
    let lower = |w: &String| w.to_lowercase();
    let (last, many) = (form.last().to_lowercase(), form.words.len() > 1);
    if lexicons::is_seat(&name) || lexicons::country(&name).is_some() {
        return Kind::State;
    }
    // "Union of Harbour Workers": the noun before "of" tells
    let head =
        form.words.iter().position(|w| w == "of" || w == "for").and_then(|at| form.words.get(at.wrapping_sub(1)));
    let head = head.map_or(last.clone(), lower);
    let body = lexicons::body(singular(&head)).is_some();
    if body && (many || !form.titled) {
        return Kind::Organisation;
    }
    if many && lexicons::is_place_noun(&last) && !form.titled {
        return Kind::Place;
    }
    if form.titled || form.role_beside && (many || form.votes("PERSON") > 0) {
        return Kind::Person;
    }
    let upper = !many && name.len() <= 6 && name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    if upper && form.located == 0 {
        return if form.votes("GPE") > form.votes("ORG") { Kind::State } else { Kind::Organisation };
    }
    if derived_from(&name, all) || has_derived(&name, all) {
        return Kind::State;
    }
    if !many && form.the > 0 && 2 * form.the > form.raws.len() && form.votes("ORG") == 0 {
        return Kind::Place;
    }
    if form.governing > 0 && !many {
        return Kind::State;
    }
    if form.personal > 0 && form.located == 0 && form.the == 0 {
        return Kind::Person;
    }
    if !many && form.employing > 0 && form.located == 0 {
        return Kind::Organisation;
    }
    if !many && 2 * form.modifying > form.raws.len() && form.speaking == 0 {
        return Kind::Place;
    }
    let person = form.votes("PERSON");
    let place = form.votes("GPE") + form.votes("LOC") + form.votes("FAC") + form.votes("NORP");
    let organisation = form.votes("ORG") + form.votes("PRODUCT");
    if many {
        // two unknown words that speak are a person; the model's types split over their mentions
        let by_form = form.words.len() <= 3
            && form.words.iter().all(|w| w.chars().skip(1).all(|c| c.is_lowercase() || "-'’".contains(c)));
        let known = lexicons::first_name(&form.words[0]).is_some();
        if known || (person > 0 && person >= place.max(organisation)) {
            return Kind::Person;
        }
        if by_form && form.speaking > 0 && person > 0 {
            return Kind::Person;
        }
        if form.votes("FAC") + form.votes("LOC") > organisation {
            return Kind::Place;
        }
        return if organisation >= place { Kind::Organisation } else { Kind::State };
    }
    if form.located > 0 || place >= person.max(organisation) && place > 0 {
        return Kind::State;
    }
    if person > organisation { Kind::Person } else { Kind::Organisation }
}

/// Endings that make the adjective or the people of a state's name.
const ENDINGS: [&str; 9] = ["n", "an", "ian", "ean", "ese", "ish", "i", "er", "ite"];

/// Whether `people` is the adjective, the people or the people's plural of `state`.
pub(super) fn is_people_of(people: &str, state: &str) -> bool {
    let (people, state) = (people.to_lowercase(), state.to_lowercase());
    let people = people.strip_suffix('s').filter(|p| p.len() > 4).unwrap_or(&people);
    if people == state || state.chars().count() < 4 {
        return false;
    }
    ENDINGS.iter().any(|e| {
        people.strip_suffix(e).is_some_and(|stem| {
            stem.chars().count() >= 4
                && (stem == state || state.strip_suffix(['a', 'e', 'o', 'y']).is_some_and(|s| s == stem))
        })
    })
}

fn derived_from(name: &str, all: &HashSet<String>) -> bool {
    all.iter().any(|s| s.len() < name.len() && is_people_of(name, s))
}

fn has_derived(name: &str, all: &HashSet<String>) -> bool {
    all.iter().any(|p| p.len() > name.len() && is_people_of(p, name))
}

// --- merging ---------------------------------------------------------------------------------------------------------

struct Sets(Vec<usize>);

impl Sets {
    fn new(n: usize) -> Self {
        Self((0..n).collect())
    }

    fn root(&self, mut i: usize) -> usize {
        while self.0[i] != i {
            i = self.0[i];
        }
        i
    }

    /// `part` becomes one with `whole`, whose kind holds.
    fn join(&mut self, part: usize, whole: usize) {
        let (p, w) = (self.root(part), self.root(whole));
        if p != w {
            self.0[p] = w;
        }
    }
}

/// Surnames and first names to full names. Returns, for single names that stand for different people in different
/// places, which full name each place means.
fn merge_people(raws: &[Raw], forms: &[Form], kinds: &[Kind], sets: &mut Sets) -> HashMap<usize, usize> {
    let full: Vec<usize> = (0..forms.len()).filter(|&f| kinds[f] == Kind::Person && forms[f].words.len() > 1).collect();
    let same = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
    // "Maria Lopez" and "Maria Carla Lopez"
    for (n, &a) in full.iter().enumerate() {
        for &b in &full[..n] {
            let (x, y) = (&forms[a].words, &forms[b].words);
            if x.len() != y.len() && same(&x[0], &y[0]) && same(forms[a].last(), forms[b].last()) {
                sets.join(a, b);
            }
        }
    }
    let mut places = HashMap::new();
    for f in (0..forms.len()).filter(|&f| forms[f].words.len() == 1) {
        let word = forms[f].last();
        if kinds[f] != Kind::Person {
            // a surname in another spelling is often taken for an organisation
            let loud = !word.chars().any(char::is_lowercase);
            let other = loud
                || kinds[f] != Kind::Organisation
                || forms[f].located > 0
                || lexicons::body(singular(&word.to_lowercase())).is_some();
            if let Some(p) = spelled_like(raws, forms, &full, f).filter(|_| !other) {
                sets.join(f, p);
            }
            continue;
        }
        let surname: BTreeSet<usize> =
            full.iter().filter(|&&p| same(forms[p].last(), word)).map(|&p| sets.root(p)).collect();
        let first: BTreeSet<usize> =
            full.iter().filter(|&&p| same(&forms[p].words[0], word)).map(|&p| sets.root(p)).collect();
        match (surname.len(), first.len()) {
            (1, _) => sets.join(f, *surname.iter().next().unwrap_or(&f)),
            (0, 1) => sets.join(f, *first.iter().next().unwrap_or(&f)),
            (0, _) => {
                if let Some(p) = spelled_like(raws, forms, &full, f) {
                    sets.join(f, p);
                }
            }
            // two people of one surname: the one named last before each place
            _ => {
                for &r in &forms[f].raws {
                    let before = surname
                        .iter()
                        .filter_map(|&p| forms[p].raws.iter().rev().find(|&&x| x < r).map(|&x| (x, p)))
                        .max();
                    if let Some((_, p)) = before {
                        places.insert(r, p);
                    }
                }
            }
        }
    }
    places
}

/// A full name before it in the article whose surname is the same but for transliteration.
fn spelled_like(raws: &[Raw], forms: &[Form], full: &[usize], f: usize) -> Option<usize> {
    let word = forms[f].last();
    let first = forms[f].raws[0];
    let mut alike = full.iter().copied().filter(|&p| forms[p].raws[0] < first && same_sound(forms[p].last(), word));
    let only = alike.next().filter(|_| alike.next().is_none())?;
    // the two in one sentence are two people
    let near = |a: &Raw, b: &Raw| a.tokens.start.abs_diff(b.tokens.start) < 8;
    let apart = !forms[only].raws.iter().any(|&a| forms[f].raws.iter().any(|&b| near(&raws[a], &raws[b])));
    apart.then_some(only)
}

/// Whether two surnames may be transliterations of one: the same consonants, vowels that a transliteration changes.
pub(super) fn same_sound(a: &str, b: &str) -> bool {
    let (x, y) = (folded(a), folded(b));
    let consonants = |s: &str| s.chars().filter(|c| !"aeiouy".contains(*c)).collect::<String>();
    a.chars().count() >= 5 && b.chars().count() >= 5 && consonants(&x) == consonants(&y) && {
        let (v, w) = (x.chars().count(), y.chars().count());
        let changed = x.chars().zip(y.chars()).filter(|(c, d)| c != d).count();
        v.abs_diff(w) <= 1 && changed <= if consonants(&x).len() > 2 { 2 } else { 1 }
    }
}

fn folded(name: &str) -> String {
    let mut s = name.to_lowercase();
    for (from, to) in [
        ("pf", "f"),
        ("ff", "f"),
        ("ph", "f"),
        ("sch", "sh"),
        ("tch", "ch"),
        ("kh", "h"),
        ("w", "v"),
        ("ks", "x"),
        ("ck", "k"),
        ("c", "k"),
        ("q", "k"),
        ("ye", "e"),
        ("yi", "i"),
        ("yu", "u"),
        ("ya", "a"),
        ("ou", "u"),
        ("oo", "u"),
    ] {
        s = s.replace(from, to);
    }
    if let Some(stem) = s.strip_suffix('v') {
        s = format!("{stem}f");
    }
    s.dedup_letters()
}

trait DedupLetters {
    fn dedup_letters(&self) -> String;
}

impl DedupLetters for String {
    fn dedup_letters(&self) -> String {
        let mut last = None;
        self.chars().filter(|&c| last.replace(c) != Some(c)).collect()
    }
}

/// Short forms of organisations ("the Federation", "Waters Alliance") to the one longer name that holds them.
fn merge_bodies(forms: &[Form], kinds: &[Kind], sets: &mut Sets) {
    let organisations: Vec<usize> =
        (0..forms.len()).filter(|&f| kinds[f] == Kind::Organisation && forms[f].words.len() > 1).collect();
    let lower = |f: usize| -> Vec<String> {
        forms[f].words.iter().filter(|w| *w != "the").map(|w| w.to_lowercase().replace('’', "'")).collect()
    };
    // shorter first, so that "Port Association" goes to the one name that holds it
    let mut short: Vec<usize> = (0..forms.len()).collect();
    short.sort_by_key(|&f| std::cmp::Reverse(forms[f].words.len()));
    for f in short {
        let words = lower(f);
        let holders: BTreeSet<usize> = organisations
            .iter()
            .copied()
            .filter(|&o| o != f && lower(o).len() > words.len())
            .filter(|&o| {
                let long = lower(o);
                let suffix = long.ends_with(&words);
                let inside = words.len() > 1 && long.windows(words.len()).any(|w| w == words);
                // "Norwind" for "Norwind Line", but not "Carrow" for "Carrow Port Association"
                let prefix = long.starts_with(&words)
                    && long.len() == words.len() + 1
                    && kinds[f] != Kind::Place
                    && forms[f].located == 0
                    && lexicons::country(&forms[f].words.join(" ")).is_none();
                match kinds[f] {
                    Kind::Organisation => suffix || inside || prefix,
                    Kind::Person | Kind::State => prefix && forms[f].words.len() == 1 && !forms[f].titled,
                    Kind::Place => false,
                }
            })
            .map(|o| sets.root(o))
            .collect();
        if let (1, Some(&o)) = (holders.len(), holders.iter().next()) {
            sets.join(f, o);
        }
    }
}

/// "Atlantic Dockers' Federation (ADF)", and capitals that are the initials of one name.
fn merge_acronyms(cx: &Context<'_>, raws: &[Raw], forms: &[Form], kinds: &[Kind], sets: &mut Sets) {
    let form_of: HashMap<usize, usize> =
        forms.iter().enumerate().flat_map(|(f, form)| form.raws.iter().map(move |&r| (r, f))).collect();
    for f in 0..forms.len() {
        let name = forms[f].words.join("");
        let letters: Vec<char> = name.chars().filter(|c| *c != '.').collect();
        if forms[f].words.len() != 1
            || !(2..=7).contains(&letters.len())
            || !letters.iter().all(|c| c.is_uppercase())
            || lexicons::country(&name).is_some()
        {
            continue;
        }
        let bracket = forms[f].raws.iter().find_map(|&r| {
            let before = r.checked_sub(1)?;
            let (a, b) = (&raws[before], &raws[r]);
            let gap: Vec<&str> = (a.tokens.end..b.tokens.start).map(|i| cx.word(i)).collect();
            (gap == ["("]).then(|| form_of[&before])
        });
        let initials = |o: usize| -> Vec<char> {
            let words = forms[o].words.iter().flat_map(|w| w.split('-'));
            words.filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect()
        };
        let mut named = (0..forms.len()).filter(|&o| o != f && forms[o].words.len() > 1 && kinds[o] != Kind::Person);
        let whole = bracket.filter(|&o| initials(o).first() == letters.first()).or_else(|| {
            let mut fits = named.by_ref().filter(|&o| initials(o) == letters);
            fits.next().filter(|_| fits.next().is_none())
        });
        if let Some(o) = whole {
            sets.join(f, o);
        }
    }
}

/// Adjectives and peoples to their states: "Russian" to "Russia".
fn merge_peoples(forms: &[Form], kinds: &[Kind], sets: &mut Sets) {
    let names: Vec<String> = forms.iter().map(|f| f.words.join(" ")).collect();
    for f in (0..forms.len()).filter(|&f| kinds[f] == Kind::State) {
        let state = (0..forms.len()).filter(|&s| s != f && kinds[s] == Kind::State).find(|&s| {
            match (lexicons::country(&names[f]), lexicons::country(&names[s])) {
                (Some(Country::People(a)), Some(Country::Name(b))) => a == b,
                (Some(Country::Name(a)), Some(Country::Name(b))) => a == b && s < f,
                (None, None) => is_people_of(&names[f], &names[s]),
                _ => false,
            }
        });
        if let Some(s) = state {
            sets.join(f, s);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transliterations_sound_the_same_and_other_names_do_not() {
        assert!(same_sound("Wittkow", "Vitkov"));
        assert!(same_sound("Zelenin", "Zelenyin"));
        assert!(same_sound("Obarov", "Ubarov"));
        assert!(!same_sound("Obarov", "Oberin"));
        assert!(!same_sound("Rusk", "Rask"));
    }

    #[test]
    fn peoples_belong_to_states() {
        assert!(is_people_of("Norlanders", "Norland"));
        assert!(is_people_of("Velmarian", "Velmaria"));
        assert!(!is_people_of("Carrier", "Carr"));
    }
}
