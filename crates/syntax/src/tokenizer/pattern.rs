//! The regular expressions of a tokenizer, in Python's dialect.
//!
//! A spaCy tokenizer is four long lists of alternatives, most of them one character or one class and an anchor. A
//! general engine pays for that on every word: `fancy-regex` takes about 35 microseconds a word for the prefixes alone
//! and 12 milliseconds to compile them. Here each alternative is a small backtracking program that is only tried where
//! its first character fits, and which is skipped where it could not reach the end it is anchored to. Results are the
//! same (a test compares both engines on words of all kinds): leftmost, then first alternative.
//!
//! Understood: literals, classes, `\d \w \s` and their opposites, `\uXXXX`, `\UXXXXXXXX`, groups without capture or with
//! capture taken as without, `? * + {m,n}` greedy and lazy, `^ $`, look-ahead, look-behind of fixed width, leading `(?u)`. Not
//! understood, and refused: back-references, names, other flags, `\b`.

use super::program::{Inst, Program, run};
use crate::unicode;

/// A set of characters.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Set {
    ascii: u128,
    /// Sorted, merged, inclusive; above ASCII only.
    ranges: Vec<(u32, u32)>,
    /// Classes that stand in it besides.
    classes: Vec<(Class, bool)>,
    negated: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Class {
    Digit,
    Word,
    Space,
}

impl Class {
    fn has(self, c: char) -> bool {
        match self {
            Class::Digit => unicode::is_decimal(c),
            Class::Word => unicode::is_word(c),
            Class::Space => unicode::is_space(c),
        }
    }
}

impl Set {
    fn one(c: char) -> Self {
        let mut set = Self::default();
        set.add(c as u32, c as u32);
        set
    }

    fn any_but_newline() -> Self {
        Self { negated: true, ..Self::one('\n') }
    }

    fn class(class: Class, holds: bool) -> Self {
        let mut set = Self { classes: vec![(class, holds)], ..Self::default() };
        set.close();
        set
    }

    fn add(&mut self, first: u32, last: u32) {
        for code in first..=last.min(127) {
            self.ascii |= 1 << code;
        }
        if last > 127 {
            self.ranges.push((first.max(128), last));
        }
    }

    /// Sorts what was added, and works the classes into the ASCII part.
    fn close(&mut self) {
        self.ranges.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::with_capacity(self.ranges.len());
        for &(first, last) in &self.ranges {
            match merged.last_mut() {
                Some(open) if first <= open.1 + 1 => open.1 = open.1.max(last),
                _ => merged.push((first, last)),
            }
        }
        self.ranges = merged;
        for code in 0..128u8 {
            if self.classes.iter().any(|&(class, holds)| class.has(char::from(code)) == holds) {
                self.ascii |= 1 << code;
            }
        }
    }

    pub(super) fn has(&self, c: char) -> bool {
        let code = c as u32;
        let inside = if code < 128 {
            self.ascii >> code & 1 == 1
        } else {
            let at = self.ranges.partition_point(|&(_, last)| last < code);
            self.ranges.get(at).is_some_and(|&(first, _)| first <= code)
                || self.classes.iter().any(|&(class, holds)| class.has(c) == holds)
        };
        inside != self.negated
    }
}

/// A part of an expression.
#[derive(Debug, Clone)]
pub(super) enum Ast {
    Set(Set),
    Start,
    End,
    All(Vec<Ast>),
    Either(Vec<Ast>),
    Repeat { what: Box<Ast>, min: u32, max: Option<u32>, greedy: bool },
    Look { behind: bool, negated: bool, what: Box<Ast> },
}

impl Ast {
    /// Least and greatest number of characters it takes; no greatest if there is no bound.
    pub(super) fn width(&self) -> (usize, Option<usize>) {
        match self {
            Ast::Set(_) => (1, Some(1)),
            Ast::Start | Ast::End | Ast::Look { .. } => (0, Some(0)),
            Ast::All(parts) => parts.iter().fold((0, Some(0)), |(least, most), part| {
                let (a, b) = part.width();
                (least.saturating_add(a), most.zip(b).map(|(x, y)| x.saturating_add(y)))
            }),
            Ast::Either(parts) => {
                let widths = parts.iter().map(Ast::width);
                let least = widths.clone().map(|w| w.0).min().unwrap_or(0);
                (least, widths.map(|w| w.1).try_fold(0, |most, w| w.map(|w| most.max(w))))
            }
            Ast::Repeat { what, min, max, .. } => {
                let (a, b) = what.width();
                (a.saturating_mul(*min as usize), b.zip(*max).map(|(b, max)| b.saturating_mul(max as usize)))
            }
        }
    }

    /// Adds the sets a first character may be from; false if it may match without taking any.
    fn first<'a>(&'a self, sets: &mut Vec<&'a Set>) -> bool {
        match self {
            Ast::Set(set) => {
                sets.push(set);
                true
            }
            Ast::Start | Ast::End | Ast::Look { .. } => false,
            Ast::All(parts) => parts.iter().any(|part| part.first(sets)),
            Ast::Either(parts) => {
                let mut takes = true;
                for part in parts {
                    takes &= part.first(sets);
                }
                takes
            }
            Ast::Repeat { what, min, .. } => what.first(sets) && *min > 0,
        }
    }
}

/// One of the alternatives at the top of an expression.
#[derive(Debug)]
struct Alternative {
    program: Program,
    /// Sets one of which its first character is from; empty if it may match without taking one.
    first: Vec<Set>,
    at_start: bool,
    /// Most bytes from its start to the end of the text, if it is anchored there and bounded.
    reach: Option<usize>,
}

/// A compiled expression.
#[derive(Debug)]
pub(crate) struct Pattern {
    alternatives: Vec<Alternative>,
    /// Alternatives, in order, that may begin with each ASCII character; last those for all others and for the end.
    starts: Vec<Vec<u16>>,
    at_start: bool,
}

const OTHERS: usize = 128;
const NOTHING_LEFT: usize = 129;

impl Pattern {
    /// Compiles an expression.
    pub(crate) fn new(source: &str) -> Result<Self, String> {
        let tops = match Parser::new(source).parse()? {
            Ast::Either(parts) => parts,
            one => vec![one],
        };
        if tops.len() > usize::from(u16::MAX) {
            return Err(format!("{} alternatives are too many", tops.len()));
        }
        let alternatives: Vec<Alternative> = tops.iter().map(alternative).collect::<Result<_, _>>()?;
        let mut starts = vec![Vec::new(); 130];
        for (number, alternative) in alternatives.iter().enumerate() {
            let number = number as u16;
            let any = alternative.first.is_empty();
            for code in 0..128u8 {
                if any || alternative.first.iter().any(|set| set.has(char::from(code))) {
                    starts[usize::from(code)].push(number);
                }
            }
            let above = |set: &Set| set.negated || !set.ranges.is_empty() || !set.classes.is_empty();
            if any || alternative.first.iter().any(above) {
                starts[OTHERS].push(number);
            }
            if any {
                starts[NOTHING_LEFT].push(number);
            }
        }
        let at_start = alternatives.iter().all(|alternative| alternative.at_start);
        Ok(Self { alternatives, starts, at_start })
    }

    /// First match at or after byte `from`, a character boundary: its start and end in bytes.
    pub(crate) fn find(&self, text: &str, from: usize) -> Option<(usize, usize)> {
        if self.at_start {
            return if from == 0 { self.at(text, 0).map(|end| (0, end)) } else { None };
        }
        let rest = text.get(from..)?;
        let ends = std::iter::once(text.len());
        rest.char_indices().map(|(at, _)| from + at).chain(ends).find_map(|at| Some((at, self.at(text, at)?)))
    }

    /// End of the match that starts at byte `at`.
    fn at(&self, text: &str, at: usize) -> Option<usize> {
        let next = text.get(at..)?.chars().next();
        let list = match next {
            None => NOTHING_LEFT,
            Some(c) if c.is_ascii() => c as usize,
            Some(_) => OTHERS,
        };
        let left = text.len() - at;
        self.starts[list].iter().find_map(|&number| {
            let alternative = &self.alternatives[usize::from(number)];
            if alternative.reach.is_some_and(|reach| left > reach) || alternative.at_start && at != 0 {
                return None;
            }
            if list == OTHERS && !alternative.first.is_empty() {
                let c = next?;
                if !alternative.first.iter().any(|set| set.has(c)) {
                    return None;
                }
            }
            run(&alternative.program, text, at)
        })
    }
}

fn alternative(ast: &Ast) -> Result<Alternative, String> {
    let mut first = Vec::new();
    let takes = ast.first(&mut first);
    let parts = match ast {
        Ast::All(parts) => parts.as_slice(),
        one => std::slice::from_ref(one),
    };
    let ends = matches!(parts.last(), Some(Ast::End));
    Ok(Alternative {
        program: Program::new(ast)?,
        first: if takes { first.into_iter().cloned().collect() } else { Vec::new() },
        at_start: matches!(parts.first(), Some(Ast::Start)),
        // Four bytes a character at most, and a newline that `$` may leave.
        reach: ast.width().1.filter(|_| ends).map(|most| most.saturating_mul(4).saturating_add(1)),
    })
}

struct Parser<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
}

impl<'a> Parser<'a> {
    fn new(source: &'a str) -> Self {
        Self { rest: source.strip_prefix("(?u)").unwrap_or(source).chars().peekable() }
    }

    fn parse(mut self) -> Result<Ast, String> {
        let ast = self.either(0)?;
        match self.rest.next() {
            None => Ok(ast),
            Some(c) => Err(format!("unexpected `{c}` in expression")),
        }
    }

    fn eat(&mut self, c: char) -> bool {
        self.rest.next_if_eq(&c).is_some()
    }

    fn next(&mut self) -> Result<char, String> {
        self.rest.next().ok_or_else(|| "expression ends too early".into())
    }

    fn either(&mut self, depth: usize) -> Result<Ast, String> {
        if depth > 50 {
            return Err("expression is nested too deep".into());
        }
        let mut parts = vec![self.all(depth)?];
        while self.eat('|') {
            parts.push(self.all(depth)?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Ast::Either(parts) })
    }

    fn all(&mut self, depth: usize) -> Result<Ast, String> {
        let mut parts = Vec::new();
        while let Some(&c) = self.rest.peek() {
            if c == '|' || c == ')' {
                break;
            }
            let part = self.part(depth)?;
            parts.push(self.repeated(part)?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Ast::All(parts) })
    }

    fn part(&mut self, depth: usize) -> Result<Ast, String> {
        Ok(match self.next()? {
            '^' => Ast::Start,
            '$' => Ast::End,
            '.' => Ast::Set(Set::any_but_newline()),
            '(' => self.group(depth)?,
            '[' => Ast::Set(self.set()?),
            '\\' => Ast::Set(match self.escape()? {
                Escape::Char(c) => Set::one(c),
                Escape::Class(class, holds) => Set::class(class, holds),
            }),
            c @ ('*' | '+' | '?') => return Err(format!("nothing before `{c}` to repeat")),
            c => Ast::Set(Set::one(c)),
        })
    }

    fn group(&mut self, depth: usize) -> Result<Ast, String> {
        let mut look = None;
        if self.eat('?') {
            match self.next()? {
                ':' => {}
                '=' => look = Some((false, false)),
                '!' => look = Some((false, true)),
                '<' => match self.next()? {
                    '=' => look = Some((true, false)),
                    '!' => look = Some((true, true)),
                    c => return Err(format!("group `(?<{c}` is not supported")),
                },
                c => return Err(format!("group `(?{c}` is not supported")),
            }
        }
        let what = self.either(depth + 1)?;
        if !self.eat(')') {
            return Err("a group is not closed".into());
        }
        Ok(match look {
            Some((behind, negated)) => Ast::Look { behind, negated, what: Box::new(what) },
            None => what,
        })
    }

    fn repeated(&mut self, what: Ast) -> Result<Ast, String> {
        let (min, max) = match self.rest.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => match self.bounds() {
                Some(bounds) => bounds,
                None => return Ok(what),
            },
            _ => return Ok(what),
        };
        self.rest.next();
        if max.unwrap_or(min) > 1000 || min > 1000 {
            return Err("more than 1000 repetitions".into());
        }
        let greedy = !self.eat('?');
        Ok(Ast::Repeat { what: Box::new(what), min, max, greedy })
    }

    /// Reads `{m}`, `{m,}` or `{m,n}` up to the last brace; nothing else is a repetition, as in Python.
    fn bounds(&mut self) -> Option<(u32, Option<u32>)> {
        let inside: String = self.rest.clone().skip(1).take_while(|&c| c != '}').take(12).collect();
        let (min, max) = match inside.split_once(',') {
            Some((min, "")) => (min.parse().ok()?, None),
            Some((min, max)) => (min.parse().ok()?, Some(max.parse().ok()?)),
            None => (inside.parse().ok()?, Some(inside.parse().ok()?)),
        };
        for _ in 0..=inside.len() {
            self.rest.next();
        }
        Some((min, max))
    }

    fn set(&mut self) -> Result<Set, String> {
        let mut set = Set { negated: self.eat('^'), ..Set::default() };
        let mut opening = true;
        loop {
            let first = match self.next()? {
                ']' if !opening => break,
                '\\' => match self.escape()? {
                    Escape::Char(c) => c,
                    Escape::Class(class, holds) => {
                        set.classes.push((class, holds));
                        opening = false;
                        continue;
                    }
                },
                c => c,
            };
            opening = false;
            let mut last = first;
            let mut ahead = self.rest.clone();
            if ahead.next() == Some('-') && ahead.next().is_some_and(|c| c != ']') {
                self.rest.next();
                last = match self.next()? {
                    '\\' => match self.escape()? {
                        Escape::Char(c) => c,
                        Escape::Class(..) => return Err("a range ends in a class".into()),
                    },
                    c => c,
                };
            }
            if last < first {
                return Err(format!("range {first:?} to {last:?} is empty"));
            }
            set.add(first as u32, last as u32);
        }
        set.close();
        Ok(set)
    }

    fn escape(&mut self) -> Result<Escape, String> {
        let code = |parser: &mut Self, n: usize| {
            let digits: String = parser.rest.by_ref().take(n).collect();
            let code = u32::from_str_radix(&digits, 16).map_err(|_| format!("`{digits}` is no code point"))?;
            char::from_u32(code).map(Escape::Char).ok_or_else(|| format!("`{digits}` is no character"))
        };
        match self.next()? {
            'u' => code(self, 4),
            'U' => code(self, 8),
            'x' => code(self, 2),
            'd' => Ok(Escape::Class(Class::Digit, true)),
            'D' => Ok(Escape::Class(Class::Digit, false)),
            'w' => Ok(Escape::Class(Class::Word, true)),
            'W' => Ok(Escape::Class(Class::Word, false)),
            's' => Ok(Escape::Class(Class::Space, true)),
            'S' => Ok(Escape::Class(Class::Space, false)),
            'n' => Ok(Escape::Char('\n')),
            't' => Ok(Escape::Char('\t')),
            'r' => Ok(Escape::Char('\r')),
            c if c.is_ascii_alphanumeric() => Err(format!("escape `\\{c}` is not supported")),
            c => Ok(Escape::Char(c)),
        }
    }
}

enum Escape {
    Char(char),
    Class(Class, bool),
}

/// Puts an expression into instructions; used by [`Program::new`].
pub(super) fn emit(ast: &Ast, code: &mut Vec<Inst>) -> Result<(), String> {
    if code.len() > 100_000 {
        return Err("expression is too long".into());
    }
    match ast {
        Ast::Set(set) => code.push(Inst::Set(set.clone())),
        Ast::Start => code.push(Inst::Start),
        Ast::End => code.push(Inst::End),
        Ast::All(parts) => {
            for part in parts {
                emit(part, code)?;
            }
        }
        Ast::Either(parts) => emit_either(parts, code)?,
        Ast::Repeat { what, min, max, greedy } => {
            for _ in 0..*min {
                let before = code.len();
                emit(what, code)?;
                if code.len() == before {
                    break; // Nothing, however often: repeated in repetitions it would take for ever.
                }
            }
            match max {
                None => {
                    let split = code.len();
                    code.push(Inst::Split(0, 0));
                    emit(what, code)?;
                    code.push(Inst::Jump(split));
                    code[split] = branch(*greedy, split + 1, code.len());
                }
                Some(max) => {
                    let mut splits = Vec::new();
                    for _ in *min..*max {
                        splits.push(code.len());
                        code.push(Inst::Split(0, 0));
                        emit(what, code)?;
                    }
                    let end = code.len();
                    for split in splits {
                        code[split] = branch(*greedy, split + 1, end);
                    }
                }
            }
        }
        Ast::Look { behind, negated, what } => {
            let back = match (behind, what.width()) {
                (false, _) => 0,
                (true, (least, Some(most))) if least == most => least,
                _ => return Err("look-behind is not of fixed width".into()),
            };
            let look = code.len();
            code.push(Inst::Match);
            emit(what, code)?;
            code.push(Inst::Match);
            code[look] = Inst::Look { back, negated: *negated, next: code.len() };
        }
    }
    Ok(())
}

fn emit_either(parts: &[Ast], code: &mut Vec<Inst>) -> Result<(), String> {
    let mut jumps = Vec::new();
    for (i, part) in parts.iter().enumerate() {
        let last = i + 1 == parts.len();
        let split = code.len();
        if !last {
            code.push(Inst::Split(0, 0));
        }
        emit(part, code)?;
        if !last {
            jumps.push(code.len());
            code.push(Inst::Jump(0));
            code[split] = Inst::Split(split + 1, code.len());
        }
    }
    let end = code.len();
    for jump in jumps {
        code[jump] = Inst::Jump(end);
    }
    Ok(())
}

fn branch(greedy: bool, inside: usize, after: usize) -> Inst {
    if greedy { Inst::Split(inside, after) } else { Inst::Split(after, inside) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `fancy-regex` finds, which agrees with Python's `re`.
    fn expected(source: &str, text: &str) -> Option<(usize, usize)> {
        let regex = fancy_regex::Regex::new(source).unwrap();
        regex.find(text).unwrap().map(|found| (found.start(), found.end()))
    }

    #[test]
    fn finds_what_other_engines_find() {
        let sources = [
            r"^§|^\.\.+|^[a-c\-]|^\+(?![0-9])",
            r"…$|\.\.+$|(?<=[0-9])\+$|(?<=[0-9])(?:km|m/s|%)$|(?<=[a-z\u00DF])\.$|'s$",
            r"(?<=[a-z])\.(?=[A-Z])|(?<=[a-zA-Z]),(?=[a-zA-Z])|--|[\u2600-\U0001F64F]",
            r"^(?:\w{2,})://\S+?(?::\d{2,5})?(?:[/?#]\S*)?$",
            r"(?:a|ab)(?:c|bcd)(d*)",
        ];
        let texts = [
            "",
            "a",
            "§1",
            "...",
            "+1",
            "+x",
            "-",
            "12km",
            "3m/s",
            "50%",
            "x%",
            "12+",
            "end.",
            "ß.",
            "boss's",
            "…",
            "a.B",
            "a.b",
            "a,b",
            "1,2",
            "x--y",
            "so😀ok",
            "http://a.b:80/c",
            "h://a",
            "http://a?q#f",
            "abcd",
            "acdd",
            "\u{a0}",
        ];
        for source in sources {
            let pattern = Pattern::new(source).unwrap();
            for text in texts {
                assert_eq!(pattern.find(text, 0), expected(source, text), "{source} on {text}");
            }
        }
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for source in [r"(a)\1", r"(?P<n>a)", r"\ba", r"(?<=a+)b", "(a", "a)", "[a", "*a", r"(?i)a", "a{2000}"] {
            assert!(Pattern::new(source).is_err(), "{source}");
        }
    }

    #[test]
    fn endless_matches_are_given_up() {
        let text = "a".repeat(5_000);
        assert_eq!(Pattern::new("^(?:a*a*a*)*b$").unwrap().find(&text, 0), None);
    }
}
