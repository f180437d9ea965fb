//! The attribute ruler: patterns over tags, words and labels that set tags, universal tags, features, lemmas and labels
//! (spacy/pipeline/attributeruler.py).

use smol_str::SmolStr;

use crate::msgpack::Value;
use crate::names::Names;
use crate::{Error, Package};

const FILE: &str = "attribute_ruler/patterns";

/// What the ruler knows of a form: the number of its lower case among the words the patterns name, and which of their
/// expressions match it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Words {
    word: Option<u16>,
    expressions: u32,
}

/// A condition on one thing: one of these numbers, or none of them.
#[derive(Debug)]
struct Among {
    numbers: Vec<u16>,
    holds: bool,
}

impl Among {
    fn allows(&self, number: Option<u16>) -> bool {
        number.is_some_and(|number| self.numbers.contains(&number)) == self.holds
    }
}

/// Conditions on one token.
#[derive(Debug, Default)]
struct Condition {
    tag: Option<Among>,
    dep: Option<Among>,
    word: Option<Among>,
    expression: Option<u32>,
    is_space: Option<bool>,
}

/// What a pattern sets.
#[derive(Debug, Default)]
struct Setting {
    tag: Option<SmolStr>,
    pos: Option<SmolStr>,
    morph: Option<SmolStr>,
    lemma: Option<SmolStr>,
    dep: Option<SmolStr>,
}

#[derive(Debug)]
struct Pattern {
    conditions: Vec<Condition>,
    /// Which of the matched tokens is set.
    target: usize,
    setting: usize,
}

/// The ruler of a model.
#[derive(Debug)]
pub(crate) struct Ruler {
    patterns: Vec<Pattern>,
    settings: Vec<Setting>,
    /// Patterns that may begin at a token, by its tag.
    by_tag: Vec<Vec<u16>>,
    words: Names,
    expressions: Vec<fancy_regex::Regex>,
}

/// A token as the ruler sees it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen {
    pub(crate) tag: u16,
    pub(crate) dep: u16,
    pub(crate) words: Words,
    pub(crate) is_space: bool,
}

/// What the ruler sets on a token.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Set<'a> {
    pub(crate) tag: Option<&'a SmolStr>,
    pub(crate) pos: Option<&'a SmolStr>,
    pub(crate) morph: Option<&'a SmolStr>,
    pub(crate) lemma: Option<&'a SmolStr>,
    pub(crate) dep: Option<&'a SmolStr>,
}

impl Ruler {
    /// Reads the patterns of a package; tags and labels they name are added to `tags` and `deps`.
    pub(crate) fn load(package: &Package, tags: &mut Names, deps: &mut Names) -> Result<Self, Error> {
        let value = Value::read(package.need(FILE)?).map_err(|what| Error::damaged(FILE, what))?;
        let mut ruler = Self {
            patterns: Vec::new(),
            settings: Vec::new(),
            by_tag: Vec::new(),
            words: Names::default(),
            expressions: Vec::new(),
        };
        for rule in value.array().ok_or_else(|| Error::damaged(FILE, "it is not a list"))? {
            ruler.add(rule, tags, deps).map_err(|what| Error::unsupported(FILE, what))?;
        }
        let first = |pattern: &Pattern, tag: u16| {
            pattern.conditions.first().is_some_and(|c| c.tag.as_ref().is_none_or(|among| among.allows(Some(tag))))
        };
        for tag in 0..tags.len() as u16 {
            let fits = |(at, pattern)| if first(pattern, tag) { Some(at as u16) } else { None };
            ruler.by_tag.push(ruler.patterns.iter().enumerate().filter_map(fits).collect());
        }
        Ok(ruler)
    }

    fn add(&mut self, rule: &Value<'_>, tags: &mut Names, deps: &mut Names) -> Result<(), String> {
        let index = rule.get("index").and_then(Value::int).unwrap_or(0);
        let mut setting = Setting::default();
        for (key, value) in rule.get("attrs").and_then(Value::map).unwrap_or_default() {
            let (key, value) = (key.text().unwrap_or_default(), value.text().ok_or("a value to set is not text")?);
            let place = match key {
                "TAG" => &mut setting.tag,
                "POS" => &mut setting.pos,
                "MORPH" => &mut setting.morph,
                "LEMMA" => &mut setting.lemma,
                "DEP" => &mut setting.dep,
                _ => return Err(format!("a rule sets `{key}`")),
            };
            // "_" is how the empty set of features is written.
            *place = Some(if key == "MORPH" && value == "_" { "".into() } else { value.into() });
        }
        for pattern in rule.get("patterns").and_then(Value::array).ok_or("a rule has no patterns")? {
            let tokens = pattern.array().ok_or("a pattern is not a list")?;
            let conditions: Vec<Condition> =
                tokens.iter().map(|token| self.condition(token, tags, deps)).collect::<Result<_, _>>()?;
            let target = if index < 0 { index + conditions.len() as i64 } else { index };
            let target = usize::try_from(target).ok().filter(|&at| at < conditions.len());
            let target = target.ok_or_else(|| format!("index {index} is not inside its pattern"))?;
            self.patterns.push(Pattern { conditions, target, setting: self.settings.len() });
        }
        self.settings.push(setting);
        Ok(())
    }

    fn condition(&mut self, token: &Value<'_>, tags: &mut Names, deps: &mut Names) -> Result<Condition, String> {
        let mut condition = Condition::default();
        for (key, value) in token.map().ok_or("a pattern's token is not a map")? {
            match key.text().unwrap_or_default() {
                "TAG" => condition.tag = Some(among(value, tags)?),
                "DEP" => condition.dep = Some(among(value, deps)?),
                "LOWER" => match value.get("REGEX").and_then(Value::text) {
                    Some(source) => condition.expression = Some(self.expression(source)?),
                    None => condition.word = Some(among(value, &mut self.words)?),
                },
                "IS_SPACE" => condition.is_space = Some(*value == Value::Bool(true)),
                key => return Err(format!("a pattern asks for `{key}`")),
            }
        }
        Ok(condition)
    }

    /// Bit of an expression, compiled once.
    fn expression(&mut self, source: &str) -> Result<u32, String> {
        if self.expressions.len() == 32 {
            return Err("more than 32 expressions".into());
        }
        let regex = fancy_regex::Regex::new(source).map_err(|e| format!("expression `{source}`: {e}"))?;
        self.expressions.push(regex);
        Ok(1 << (self.expressions.len() - 1))
    }

    /// What the patterns ask of a form, given in lower case.
    pub(crate) fn words(&self, lower: &str) -> Words {
        let fits = |regex: &fancy_regex::Regex| regex.is_match(lower).unwrap_or(false);
        let bits = self.expressions.iter().enumerate().filter(|(_, regex)| fits(regex)).map(|(i, _)| 1 << i);
        Words { word: self.words.find(lower), expressions: bits.sum() }
    }

    /// What is set on each token. All patterns see the tokens as they are given; where two set the same thing, the
    /// later rule wins, and of one rule the later match.
    pub(crate) fn run(&self, tokens: &[Seen]) -> Vec<Set<'_>> {
        let mut matches: Vec<(usize, usize, usize)> = Vec::new();
        for (i, token) in tokens.iter().enumerate() {
            for &number in self.by_tag.get(usize::from(token.tag)).into_iter().flatten() {
                let pattern = &self.patterns[usize::from(number)];
                let Some(span) = tokens.get(i..i + pattern.conditions.len()) else { continue };
                if pattern.conditions.iter().zip(span).all(|(condition, token)| condition.holds(token)) {
                    matches.push((pattern.setting, i, i + pattern.target));
                }
            }
        }
        matches.sort_unstable();
        let mut sets = vec![Set::default(); tokens.len()];
        for (setting, _, at) in matches {
            let (set, new) = (&mut sets[at], &self.settings[setting]);
            set.tag = new.tag.as_ref().or(set.tag);
            set.pos = new.pos.as_ref().or(set.pos);
            set.morph = new.morph.as_ref().or(set.morph);
            set.lemma = new.lemma.as_ref().or(set.lemma);
            set.dep = new.dep.as_ref().or(set.dep);
        }
        sets
    }
}

impl Condition {
    fn holds(&self, token: &Seen) -> bool {
        self.tag.as_ref().is_none_or(|among| among.allows(Some(token.tag)))
            && self.word.as_ref().is_none_or(|among| among.allows(token.words.word))
            && self.dep.as_ref().is_none_or(|among| among.allows(Some(token.dep)))
            && self.expression.is_none_or(|bit| token.words.expressions & bit != 0)
            && self.is_space.is_none_or(|is_space| token.is_space == is_space)
    }
}

fn among(value: &Value<'_>, names: &mut Names) -> Result<Among, String> {
    if let Some(one) = value.text() {
        return Ok(Among { numbers: vec![names.add(one)], holds: true });
    }
    let (list, holds) = match (value.get("IN"), value.get("NOT_IN")) {
        (Some(list), None) => (list, true),
        (None, Some(list)) => (list, false),
        _ => return Err("a pattern uses an operator other than `IN`, `NOT_IN` and `REGEX`".into()),
    };
    let list = list.array().ok_or("a list of a pattern is malformed")?;
    let numbers = list.iter().map(|item| item.text().map(|name| names.add(name))).collect::<Option<_>>();
    Ok(Among { numbers: numbers.ok_or("a list of a pattern is malformed")?, holds })
}
