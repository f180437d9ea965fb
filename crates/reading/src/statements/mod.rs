//! The family of statements: who demands, offers, accepts, refuses, threatens, denies what.
//!
//! Each rule file gives candidates: a predicate, its act and polarity, what is held, and whose it is. Here they are
//! freed of what stands inside another's complement, given to their holders (the subject, or the source of the
//! quotation around them), tied to their conditions, and written as records.

mod build;
mod calibration;
mod candidate;
mod caused;
mod chains;
mod clause;
mod clauses;
mod conditions;
mod ellipsis;
mod holder;
mod lacking;
mod lexicon;
mod listed;
mod lists;
mod modals;
mod moves;
mod nouns;
mod phrases;
mod plain;
mod positions;
mod predicates;
mod roster;
mod select;
mod speech;
mod threats;
mod tied;
mod together;
mod told;
mod verbs;
mod verdicts;
mod views;
mod yields;

use crate::Context;
use crate::model::{Mode, Proposal, Statement};

/// Whether token `v` is a participle that sets others beside a holder: "Chile, supported by Peru".
pub(crate) fn joins(cx: &Context<'_>, v: usize) -> bool {
    verbs::joins(cx, v)
}

pub(crate) use holder::{is_actor, own_side};
pub(crate) use together::speakers;

/// The verb that the conjoined verb `v` goes on from, where the parse has joined it to what is said.
pub(crate) fn next_act(cx: &Context<'_>, v: usize) -> Option<usize> {
    clause::next_act(cx, v)
}

/// Who holds what the verb `v` says, where the words before it are a list of names that the parse may have broken.
pub(crate) fn listed_subject(cx: &Context<'_>, v: usize) -> Option<usize> {
    clause::listed_subject(cx, v)
}

/// Finds statements.
pub(crate) fn find(cx: &Context<'_>, proposals: &[Proposal]) -> Vec<Statement> {
    let voices = holder::Voices::new(cx);
    let mut found = Vec::new();
    for sentence in &cx.parse.sentences {
        let mut candidates = Vec::new();
        let ties = conditions::find(cx, sentence.clone());
        for i in sentence.clone() {
            let voiced = voices.of(i).is_some();
            verbs::find(cx, i, &mut candidates);
            predicates::find(cx, i, voiced, &mut candidates);
            nouns::find(cx, i, voiced, &mut candidates);
            let mode = voices.of(i).and_then(|q| cx.quotes.get(q)).map(|q| q.mode);
            verdicts::find(cx, i, mode, &mut candidates);
            told::find(cx, i, mode, &mut candidates);
            modals::find(cx, i, mode, &mut candidates);
            plain::find(cx, i, mode, &ties, &mut candidates);
            yields::find(cx, i, &mut candidates);
            moves::find(cx, i, &mut candidates);
            positions::find(cx, i, voiced, &mut candidates);
            views::find(cx, i, voiced, &mut candidates);
            ellipsis::cut_short(cx, i, &mut candidates);
            listed::find(cx, i, &mut candidates);
            if mode == Some(Mode::Direct) {
                modals::fragment(cx, i, &voices, &mut candidates);
            }
        }
        tied::find(cx, &ties, &voices, &mut candidates);
        ellipsis::likewise(cx, sentence.clone(), &mut candidates);
        ellipsis::gapped(cx, sentence.clone(), &voices, &mut candidates);
        let candidates = select::select(cx, candidates, &ties, &voices);
        let given = conditions::assign(cx, &ties, &candidates, &voices);
        let mut here = Vec::new();
        for (c, ties_of) in candidates.iter().zip(&given) {
            let conditions: Vec<_> = ties_of.iter().filter_map(|&t| ties.get(t)).collect();
            let mut c = c.clone();
            lacking::turn(cx, &mut c, &conditions);
            threats::press(cx, &mut c, &conditions);
            build::statements(cx, &c, &conditions, &voices, &mut here);
        }
        build::without_pointers(cx, &mut here);
        let free = conditions::free(&ties, &given);
        speech::plain_speech(cx, sentence.clone(), &voices, &free, &mut here);
        speech::supporters(cx, sentence.clone(), &mut here);
        found.extend(here);
    }
    build::link_proposals(cx, proposals, &mut found);
    let mut found = build::without_doubles(found);
    calibration::calibrate(cx.text(), &mut found);
    found
}
