//! What every rule family is given.

use std::ops::Range;

use rapporteur_article::Article;
use rapporteur_syntax::{Parse, Token};
use rapporteur_text::Span;

use crate::model::{Entity, EntityId, Evidence, Quote, Reference, Timex, Why};

/// The article, its parse, and what the families before found. Rules look things up here and change nothing.
pub struct Context<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its parse, paragraph by paragraph.
    pub parse: &'a Parse,
    /// Temporal expressions, in text order.
    pub dates: Vec<Timex>,
    /// People, organisations, places and parties of this article, each with its mentions.
    pub entities: Vec<Entity>,
    /// Quotations, in text order.
    pub quotes: Vec<Quote>,
    /// For each token, the entity whose mention has it as its head token (pronouns and definite roles included).
    pub entity_at: Vec<Option<EntityId>>,
    /// For each token of a name, the name's head token.
    pub(crate) name_head: Vec<Option<u32>>,
    /// People with the words of their offices, in text order.
    pub(crate) ties: Vec<crate::mentions::Tie>,
    sentences: Vec<Span>,
}

impl<'a> Context<'a> {
    /// A context in which nothing has been found yet.
    pub fn new(article: &'a Article, parse: &'a Parse) -> Self {
        let sentences = parse
            .sentences
            .iter()
            .map(|s| {
                Span::of(&article.text, parse.bytes(s.clone())).unwrap_or_else(|| Span::all("")).trim(&article.text)
            })
            .collect();
        Self {
            article,
            parse,
            dates: Vec::new(),
            entities: Vec::new(),
            quotes: Vec::new(),
            entity_at: vec![None; parse.len()],
            name_head: vec![None; parse.len()],
            ties: Vec::new(),
            sentences,
        }
    }

    /// The article's text.
    pub fn text(&self) -> &'a str {
        &self.article.text
    }

    /// Token `i`.
    pub fn token(&self, i: usize) -> &'a Token {
        &self.parse.tokens[i]
    }

    /// Words of token `i` as written.
    pub fn word(&self, i: usize) -> &'a str {
        let t = self.token(i);
        self.text().get(t.start as usize..t.end as usize).unwrap_or("")
    }

    /// The bytes of a token range, without white space at its ends.
    pub fn span(&self, tokens: Range<usize>) -> Span {
        Span::of(self.text(), self.parse.bytes(tokens)).unwrap_or_else(|| Span::all("")).trim(self.text())
    }

    /// The bytes of the subtree of token `i`.
    pub fn subtree_span(&self, i: usize) -> Span {
        self.span(self.parse.subtree_range(i))
    }

    /// The whole sentence of token `i`.
    pub fn sentence_at(&self, i: usize) -> Span {
        self.sentences[self.token(i).sentence as usize]
    }

    /// The sentence that holds the start of this span (the text around it where no sentence does).
    pub fn sentence_of(&self, span: Span) -> Span {
        let at = self.sentences.partition_point(|s| s.end() <= span.start());
        match self.sentences.get(at) {
            Some(s) if s.holds(span.start()) => {
                // an item that runs over several sentences is shown with all of them
                let last =
                    self.sentences[at..].iter().take_while(|x| x.start() < span.end()).last().copied().unwrap_or(*s);
                s.cover(last).cover(span)
            }
            _ => span,
        }
    }

    /// Spans of all sentences.
    pub fn sentences(&self) -> &[Span] {
        &self.sentences
    }

    /// Evidence that is the item's own words.
    pub fn evidence(&self, span: Span) -> Evidence {
        self.evidence_why(span, Why::Item)
    }

    /// Evidence for another reason.
    pub fn evidence_why(&self, span: Span, why: Why) -> Evidence {
        Evidence { span, sentence: self.sentence_of(span), why }
    }

    /// The temporal expressions whose words lie inside a span.
    pub fn dates_in(&self, span: Span) -> impl Iterator<Item = &Timex> + '_ {
        self.dates.iter().filter(move |d| span.contains(d.item.span()))
    }

    /// A reference to whatever the noun phrase headed by token `i` stands for, its words being the phrase without
    /// relative clauses and appositions.
    pub fn reference(&self, i: usize) -> Reference {
        crate::mentions::reference(self, i)
    }

    /// The entity of an id.
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.0 as usize]
    }
}
