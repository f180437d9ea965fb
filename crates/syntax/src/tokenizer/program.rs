//! Runs one alternative of an expression by backtracking.

use super::pattern::{Ast, Set, emit};

/// Steps after which a match is given up: words that need more are no words. It keeps hostile input linear.
const MAX_STEPS: usize = 200_000;

/// One instruction.
#[derive(Debug, Clone)]
pub(super) enum Inst {
    /// Takes one character of a set.
    Set(Set),
    /// Goes on at the first, and at the second if that fails.
    Split(usize, usize),
    /// Goes on there.
    Jump(usize),
    /// Only at the start of the text.
    Start,
    /// Only at the end of the text, or before a newline that ends it.
    End,
    /// Only if what follows, up to the next `Match`, matches (or does not) from `back` characters before.
    Look { back: usize, negated: bool, next: usize },
    /// All done.
    Match,
}

/// Instructions, ended by [`Inst::Match`].
#[derive(Debug)]
pub(super) struct Program(Vec<Inst>);

impl Program {
    pub(super) fn new(ast: &Ast) -> Result<Self, String> {
        let mut code = Vec::new();
        emit(ast, &mut code)?;
        code.push(Inst::Match);
        Ok(Self(code))
    }
}

/// End of the match that starts at byte `at`.
pub(super) fn run(program: &Program, text: &str, at: usize) -> Option<usize> {
    let mut steps = 0;
    walk(&program.0, 0, text, at, &mut steps)
}

fn walk(code: &[Inst], mut pc: usize, text: &str, mut at: usize, steps: &mut usize) -> Option<usize> {
    let mut waiting: Vec<(usize, usize)> = Vec::new();
    loop {
        *steps += 1;
        if *steps > MAX_STEPS {
            return None;
        }
        let holds = match &code[pc] {
            Inst::Match => return Some(at),
            Inst::Set(set) => match text[at..].chars().next() {
                Some(c) if set.has(c) => {
                    at += c.len_utf8();
                    pc += 1;
                    true
                }
                _ => false,
            },
            Inst::Split(first, second) => {
                waiting.push((*second, at));
                pc = *first;
                true
            }
            Inst::Jump(to) => {
                pc = *to;
                true
            }
            Inst::Start => {
                pc += 1;
                at == 0
            }
            Inst::End => {
                pc += 1;
                matches!(&text[at..], "" | "\n")
            }
            Inst::Look { back, negated, next } => {
                let found = before(text, at, *back).and_then(|from| walk(code, pc + 1, text, from, steps)).is_some();
                pc = *next;
                found != *negated
            }
        };
        if !holds {
            (pc, at) = waiting.pop()?;
        }
    }
}

/// Byte `n` characters before byte `at`.
fn before(text: &str, at: usize, n: usize) -> Option<usize> {
    if n == 0 {
        return Some(at);
    }
    text[..at].char_indices().rev().nth(n - 1).map(|(at, _)| at)
}
