//! What a rule found, before holders, conditions and the quotation around it are put together.

use std::ops::Range;

use super::lexicon::Stand;
use crate::model::{Modality, Rule};

/// A stand somebody takes.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) rule: Rule,
    pub(super) confidence: f32,
    /// The token that carries the act.
    pub(super) predicate: usize,
    /// Its words.
    pub(super) predicate_words: Range<usize>,
    /// Head of the holder's phrase; `None`: the speaker.
    pub(super) holder: Option<usize>,
    pub(super) stand: Stand,
    pub(super) negated: bool,
    pub(super) modality: Modality,
    /// What is held, with its head.
    pub(super) matter: Range<usize>,
    pub(super) matter_head: usize,
    /// Towards whom.
    pub(super) target: Option<usize>,
    /// Whether a verb or a clause carries it (else a noun); a verb inside another's complement says nothing by itself.
    pub(super) clausal: bool,
    /// Whether it comes of a modal, a negation or a copula alone: gives way to a rule that knows the word.
    pub(super) weak: bool,
    /// Head of the clause it governs, whose verbs are not statements of their own.
    pub(super) governs: Option<usize>,
    /// Whether it would hold in future ("will", "would", a refusal, a willingness).
    pub(super) future: bool,
}
