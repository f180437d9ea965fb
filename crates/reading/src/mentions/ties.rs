//! What ties a person to a body beside a role noun: a possessive, a preposition, a relative clause.

use rapporteur_text::Span;

use super::lexicons;
use super::resolve::Resolver;
use crate::model::{EntityId, RefKind};

/// A person with the words of an office.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tie {
    /// Who.
    pub(crate) person: EntityId,
    /// Head token of the role.
    pub(crate) head: usize,
    /// The words of the role, without determiner and possessor.
    pub(crate) role: Span,
    /// For whom, and the token that says so.
    pub(crate) of: Option<(EntityId, usize)>,
    /// Role and name together.
    pub(crate) evidence: Span,
}

impl Resolver<'_, '_> {
    /// "Norland's Ann Lee", "Ann Lee of Norland", "Ann Lee, for Norland, said", "Ann Lee, who speaks for Norland".
    pub(super) fn tie_name(&mut self, r: usize) {
        let person = self.owner[r];
        if self.kind(person) != RefKind::Person {
            return;
        }
        let cx = self.cx;
        let raw = self.raws[r].clone();
        let name = cx.span(raw.tokens.clone());
        if let Some(p) = cx.parse.child(raw.head, &["poss"]).filter(|&p| p < raw.head && self.raw_at[p].is_some()) {
            self.tie_to(person, p, name);
        }
        let after = |k: usize| cx.parse.tokens.get(raw.tokens.end + k).map_or("", |t| t.lower.as_str());
        let preposition = match (after(0), after(1)) {
            ("of" | "from", _) => Some(raw.tokens.end),
            (",", "for" | "of") => Some(raw.tokens.end + 1),
            _ => None,
        };
        if let Some(object) = preposition.and_then(|p| cx.parse.child(p, &["pobj"])) {
            // "Prime Minister Ann Lee of Norland": an office is of a place, a person who has none only comes from there
            let has_office = after(0) == "of" && !self.entity(person).roles.is_empty();
            match self.visit(object).filter(|_| has_office) {
                Some(of) => self.set_office_of(person, of, cx.span(object..object + 1).cover(name)),
                None => self.tie_to(person, object, name),
            }
        }
        if let Some(for_) = self.spoken_for(raw.head) {
            self.tie_to(person, for_, name);
        }
        if let Some(of) = self.represented(raw.head) {
            self.tie_to(person, of, name);
        }
        self.relative_of(raw.head, person);
    }

    /// "For Norland, Ann Lee said": whom a speaker at `head` speaks for.
    fn spoken_for(&self, head: usize) -> Option<usize> {
        let cx = self.cx;
        // "the secretary, Ann Lee, said"
        let head = if cx.token(head).dep == "appos" { cx.parse.head(head) } else { head };
        let verb = cx.parse.head(head);
        if cx.token(head).dep != "nsubj" || !crate::quotes::is_speech(cx, verb) {
            return None;
        }
        let first = cx.parse.sentence_of(head).start;
        let begins = |p: &usize| cx.token(*p).lower == "for" && (*p == first || cx.word(*p - 1) == ",") && *p < head;
        let for_ = cx.parse.children_with(verb, &["prep"]).find(begins)?;
        let object = cx.parse.child(for_, &["pobj"])?;
        // closed by a comma: "for years Ann Lee said" tells when
        let closed = (object..head).any(|k| cx.word(k) == ",");
        closed.then_some(object)
    }

    /// "Norland, represented by Ann Lee", "a delegation led by Ann Lee": whom the one at `head` acts for.
    fn represented(&self, head: usize) -> Option<usize> {
        let cx = self.cx;
        let by = cx.parse.head(head);
        let verb = cx.parse.head(by);
        let leads = matches!(cx.token(verb).lemma.as_str(), "represent" | "lead" | "head" | "chair");
        let passive = cx.token(by).lower == "by" && cx.token(head).dep == "pobj" && cx.token(verb).tag == "VBN";
        // "was led to believe", "led astray", "led into a trap"
        let goes_on =
            cx.parse.children_with(verb, &["xcomp", "ccomp", "advmod", "acomp", "oprd", "prt"]).next().is_some()
                || cx.parse.children_with(verb, &["prep"]).any(|p| matches!(cx.token(p).lower.as_str(), "into" | "to"));
        if !leads || !passive || goes_on {
            return None;
        }
        match cx.token(verb).dep.as_str() {
            "acl" => Some(cx.parse.head(verb)),
            _ => cx.parse.child(verb, &["nsubjpass"]),
        }
    }

    fn tie_to(&mut self, person: EntityId, token: usize, name: Span) {
        let Some(of) = self.visit(token) else { return };
        if self.kind(of) == RefKind::Person {
            return;
        }
        let words = self.cx.span(token..token + 1).cover(name);
        self.set_of(person, of, words);
    }

    /// "who negotiates for Norland", "who leads Norland's delegation", after head `i`.
    pub(super) fn relative_of(&mut self, i: usize, person: EntityId) {
        let cx = self.cx;
        let Some(verb) = cx.parse.child(i, &["relcl"]) else { return };
        let who = cx.parse.child(verb, &["nsubj"]).is_some_and(|s| cx.token(s).lower == "who");
        let Some(how) = lexicons::people_verb(&cx.token(verb).lemma).filter(|_| who) else { return };
        let object = if how == "obj" {
            cx.parse.child(verb, &["dobj"])
        } else {
            let p = cx.parse.children_with(verb, &["prep"]).find(|&p| cx.token(p).lower == how);
            p.and_then(|p| cx.parse.child(p, &["pobj"]))
        };
        let Some(object) = object else { return };
        let words = cx.span(i..i + 1).cover(cx.span(object..object + 1));
        if let Some(of) = self.visit(object).filter(|&o| self.kind(o) != RefKind::Person) {
            self.set_of(person, of, words);
        } else if let Some(p) = cx.parse.child(object, &["poss"]) {
            // "who leads its team"
            if let Some(of) = self.visit(p) {
                self.set_of(person, of, words);
            }
        }
    }
}
