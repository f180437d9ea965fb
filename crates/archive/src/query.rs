//! What a person types into a search: words, "phrases", word*, AND, OR, NOT and parentheses.

/// A search that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query(Node);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Node {
    /// Words in this order, the last perhaps only begun.
    Words { text: String, is_begun: bool },
    /// All of these and none of those.
    All { wanted: Vec<Node>, unwanted: Vec<Node> },
    /// Any of these.
    Any(Vec<Node>),
}

/// The most a search may nest: what the database's own reader of it stands, with `NOT` at each step.
const DEEPEST: usize = 12;

/// The most words of a search.
const MOST: usize = 300;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Words { text: String, is_begun: bool },
    And,
    Or,
    Not,
    Open,
    Close,
}

impl Query {
    /// Understands what was typed.
    ///
    /// # Errors
    /// Where it means nothing; the message says at which character and what would.
    ///
    /// ```
    /// # use rapporteur_archive::Query;
    /// assert!(Query::parse("pension* AND (\"no-strike clause\" OR walkout) NOT draft").is_ok());
    /// assert_eq!(
    ///     Query::parse("\"no-strike clause").unwrap_err(),
    ///     "failed to read the search at character 1: the quotation mark is never closed"
    /// );
    /// ```
    pub fn parse(typed: &str) -> Result<Self, String> {
        let tokens = tokens(typed)?;
        let mut words = 0;
        for (at, token) in &tokens {
            if let Token::Words { text, .. } = token {
                words += text.split(' ').count();
            }
            if words > MOST {
                return Err(wrong(*at, &format!("more than {MOST} words: search for fewer")));
            }
        }
        let mut parser = Parser { tokens: &tokens, at: 0, end: typed.chars().count() + 1 };
        let node = parser.any(0)?;
        match parser.tokens.get(parser.at) {
            None => Ok(Self(node)),
            Some((at, _)) => Err(wrong(*at, "a closing parenthesis stands here that was never opened")),
        }
    }

    /// The same in the language of the database; every word is in quotation marks, so that none is taken for an operator.
    pub(crate) fn to_fts(&self) -> String {
        fts(&self.0)
    }
}

fn wrong(at: usize, why: &str) -> String {
    format!("failed to read the search at character {at}: {why}")
}

fn fts(node: &Node) -> String {
    let joined = |nodes: &[Node], by: &str| nodes.iter().map(fts).collect::<Vec<_>>().join(by);
    match node {
        Node::Words { text, is_begun } => format!("\"{text}\"{}", if *is_begun { " *" } else { "" }),
        Node::Any(nodes) => format!("({})", joined(nodes, " OR ")),
        Node::All { wanted, unwanted } if unwanted.is_empty() => format!("({})", joined(wanted, " AND ")),
        Node::All { wanted, unwanted } => format!("(({}) NOT ({}))", joined(wanted, " AND "), joined(unwanted, " OR ")),
    }
}

fn tokens(typed: &str) -> Result<Vec<(usize, Token)>, String> {
    let chars: Vec<char> = typed.chars().collect();
    let is_mark = |c: char| matches!(c, '"' | '“' | '”' | '„');
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let start = at;
        match chars[at] {
            c if c.is_whitespace() => at += 1,
            '(' | ')' => {
                found.push((start + 1, if chars[at] == '(' { Token::Open } else { Token::Close }));
                at += 1;
            }
            c if is_mark(c) => {
                let close = chars[at + 1..].iter().position(|c| is_mark(*c));
                let close = close.ok_or_else(|| wrong(start + 1, "the quotation mark is never closed"))?;
                let text: String = chars[at + 1..at + 1 + close].iter().collect();
                at += close + 2;
                let is_begun = chars.get(at) == Some(&'*');
                at += usize::from(is_begun);
                found.push((start + 1, words(start + 1, &text, is_begun)?));
            }
            _ => {
                let is_end = |c: char| c.is_whitespace() || c == '(' || c == ')' || is_mark(c);
                at += chars[at..].iter().position(|c| is_end(*c)).unwrap_or(chars.len() - at);
                let word: String = chars[start..at].iter().collect();
                found.push((start + 1, word_or_operator(start + 1, &word)?));
            }
        }
    }
    Ok(found)
}

fn word_or_operator(at: usize, word: &str) -> Result<Token, String> {
    match word {
        "AND" | "&" => Ok(Token::And),
        "OR" | "|" => Ok(Token::Or),
        "NOT" => Ok(Token::Not),
        _ => match word.strip_suffix('*') {
            Some(begun) => words(at, begun, true),
            None => words(at, word, false),
        },
    }
}

fn words(at: usize, text: &str, is_begun: bool) -> Result<Token, String> {
    if !text.chars().any(char::is_alphanumeric) {
        return Err(wrong(at, &format!("`{text}` holds no letter or digit to search for")));
    }
    // what is not ASCII the database tells apart itself, as it did in the texts: an accent may be a character of its own
    let text = text.chars().map(|c| if c.is_alphanumeric() || !c.is_ascii() { c } else { ' ' }).collect::<String>();
    Ok(Token::Words { text: text.split_whitespace().collect::<Vec<_>>().join(" "), is_begun })
}

struct Parser<'t> {
    tokens: &'t [(usize, Token)],
    at: usize,
    end: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(_, token)| token)
    }

    fn place(&self) -> usize {
        self.tokens.get(self.at).map_or(self.end, |(at, _)| *at)
    }

    fn takes(&mut self, token: &Token) -> bool {
        let is_it = self.peek() == Some(token);
        self.at += usize::from(is_it);
        is_it
    }

    fn any(&mut self, depth: usize) -> Result<Node, String> {
        let mut nodes = vec![self.all(depth)?];
        while self.takes(&Token::Or) {
            push(&mut nodes, self.all(depth)?);
        }
        Ok(if nodes.len() == 1 { nodes.remove(0) } else { Node::Any(nodes) })
    }

    fn all(&mut self, depth: usize) -> Result<Node, String> {
        let start = self.place();
        let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
        loop {
            let is_unwanted = self.takes(&Token::Not);
            let node = self.one(depth)?;
            push(if is_unwanted { &mut unwanted } else { &mut wanted }, node);
            let is_and = self.takes(&Token::And);
            if !is_and && matches!(self.peek(), None | Some(Token::Or | Token::Close)) {
                break;
            }
        }
        match (wanted.len(), unwanted.is_empty()) {
            (0, _) => {
                Err(wrong(start, "`NOT` alone finds nothing: name a word that must be there, as in `talks NOT draft`"))
            }
            (1, true) => Ok(wanted.remove(0)),
            _ => Ok(Node::All { wanted, unwanted }),
        }
    }

    fn one(&mut self, depth: usize) -> Result<Node, String> {
        let at = self.place();
        let token = self.tokens.get(self.at).map(|(_, token)| token.clone());
        self.at += 1;
        match token {
            Some(Token::Words { text, is_begun }) => Ok(Node::Words { text, is_begun }),
            Some(Token::Open) if depth >= DEEPEST => {
                Err(wrong(at, &format!("more than {DEEPEST} parentheses in one another")))
            }
            Some(Token::Open) => {
                let node = self.any(depth + 1)?;
                if self.takes(&Token::Close) { Ok(node) } else { Err(wrong(at, "the parenthesis is never closed")) }
            }
            None => Err(wrong(at, "a word or \"phrase\" is missing at the end")),
            Some(token) => {
                let shown = match token {
                    Token::And => "AND",
                    Token::Or => "OR",
                    Token::Not => "NOT",
                    _ => ")",
                };
                Err(wrong(
                    at,
                    &format!(
                        "a word or \"phrase\" is missing before `{shown}` (to search for the word itself, put it in quotation marks)"
                    ),
                ))
            }
        }
    }
}

/// The same twice is looked for once.
fn push(nodes: &mut Vec<Node>, node: Node) {
    if !nodes.contains(&node) {
        nodes.push(node);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fts(typed: &str) -> String {
        Query::parse(typed).unwrap().to_fts()
    }

    #[test]
    fn what_is_typed_becomes_what_the_database_reads() {
        assert_eq!(fts("grain duty"), "(\"grain\" AND \"duty\")");
        assert_eq!(fts("“no-strike clause” OR walk*"), "(\"no strike clause\" OR \"walk\" *)");
        assert_eq!(fts("talks NOT (draft OR rumour)"), "((\"talks\") NOT ((\"draft\" OR \"rumour\")))");
        assert_eq!(fts("NOT draft AND talks"), "((\"talks\") NOT (\"draft\"))");
        assert_eq!(fts("\"AND\" near"), "(\"AND\" AND \"near\")");
        assert_eq!(fts("a OR b c OR d"), "(\"a\" OR (\"b\" AND \"c\") OR \"d\")");
    }

    #[test]
    fn what_means_nothing_is_named_with_its_place() {
        for (typed, at, words) in [
            ("", 1, "a word or \"phrase\" is missing at the end"),
            ("talks AND", 10, "is missing at the end"),
            ("OR talks", 1, "missing before `OR`"),
            ("(talks", 1, "the parenthesis is never closed"),
            ("talks)", 6, "never opened"),
            ("talks —", 7, "`—` holds no letter or digit"),
            ("NOT draft", 1, "`NOT` alone finds nothing"),
            ("()", 2, "missing before `)`"),
        ] {
            let error = Query::parse(typed).unwrap_err();
            let start = format!("failed to read the search at character {at}: ");
            assert!(error.starts_with(&start) && error.contains(words), "{typed}: {error}");
        }
        assert!(Query::parse(&"(".repeat(100_000)).is_err());
        let long = Query::parse(&"flow ".repeat(15_000)).unwrap_err();
        assert!(long.starts_with("failed to read the search at character 1501: more than 300 words"), "{long}");
        assert!(Query::parse(&format!("\"{}\"", "flow ".repeat(301))).is_err());
    }

    #[test]
    fn the_same_twice_is_looked_for_once() {
        assert_eq!(fts(&"flow ".repeat(300)), "\"flow\"");
        assert_eq!(fts("a OR b OR a NOT c NOT c"), "(\"a\" OR \"b\" OR ((\"a\") NOT (\"c\")))");
    }

    /// Everything that is understood, the database's own reader understands: the deepest nesting with all operators, too.
    #[test]
    fn the_database_reads_the_deepest_that_is_let_through() {
        let db = rusqlite::Connection::open_in_memory().unwrap();
        db.execute_batch("CREATE VIRTUAL TABLE t USING fts5(text); INSERT INTO t VALUES ('talks')").unwrap();
        let nested = |one: &str, depth: usize| (0..depth).fold("talks".to_string(), |q, _| one.replace('_', &q));
        for one in ["(a OR b _)", "(a NOT _)", "(a b NOT c NOT _)", "(a OR b c NOT d NOT (e) OR (_))", "((_) NOT a)"] {
            let parens = one.matches('_').count() * (1 + usize::from(one.contains("(_)")));
            let typed = nested(one, DEEPEST / parens);
            db.query_row("SELECT count(*) FROM t WHERE t MATCH ?1", [fts(&typed)], |_| Ok(())).unwrap();
            assert!(Query::parse(&nested(one, DEEPEST + 1)).unwrap_err().contains("more than 12 parentheses"));
        }
        for by in [" ", " OR ", " NOT "] {
            let words: Vec<String> = (0..MOST).map(|n| format!("w{n}")).collect();
            let typed = words.join(by);
            db.query_row("SELECT count(*) FROM t WHERE t MATCH ?1", [fts(&typed)], |_| Ok(())).unwrap();
        }
    }

    #[test]
    fn an_accent_of_its_own_takes_no_word_apart() {
        let db = rusqlite::Connection::open_in_memory().unwrap();
        let table = "CREATE VIRTUAL TABLE t USING fts5(text, tokenize = 'porter unicode61 remove_diacritics 2')";
        db.execute_batch(&format!("{table}; INSERT INTO t VALUES ('Ada Br\u{f6}k — “no”')")).unwrap();
        for typed in ["bro\u{308}k", "br\u{f6}k", "bro\u{308}*", "\"ada bro\u{308}k no\"", "brök—no"] {
            let found = db.query_row("SELECT count(*) FROM t WHERE t MATCH ?1", [fts(typed)], |r| r.get::<_, i64>(0));
            assert_eq!(found.unwrap(), 1, "{typed}");
        }
        assert_eq!(fts("bro\u{308}k"), "\"bro\u{308}k\"");
    }
}
