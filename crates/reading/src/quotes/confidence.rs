//! How often each rule is right.
//!
//! Measured on the 199 political news articles of PolNeAR's part for looking at (September to November 2016 and before, 4,600
//! attributions), rounded to a twentieth. Right is an item whose source and cue touch the annotated ones and whose content
//! shares half its words with the annotated content or lies in it to four fifths: annotators give a quotation that goes on
//! after its cue as one item, here each sentence of it stands by itself. Rules with fewer than ten items there (`credit`,
//! `colon`, `in-the-view`) have guesses on the low side.

/// A clause after a verb of speech.
pub(super) const CLAUSE: f32 = 0.9;
/// A clause after a verb of thought ("believes that").
pub(super) const THOUGHT: f32 = 0.65;
/// A noun phrase after its verb.
pub(super) const OBJECT: f32 = 0.65;
/// An infinitive or gerund.
pub(super) const INFINITIVE: f32 = 0.65;
/// A prepositional phrase.
pub(super) const PREPOSITION: f32 = 0.75;
/// What something is called.
pub(super) const CALLED: f32 = 0.75;
/// A passive.
pub(super) const PASSIVE: f32 = 0.65;
/// "is expected to".
pub(super) const RAISED: f32 = 0.55;
/// A cue set off by commas.
pub(super) const INSERTED: f32 = 0.8;
/// "according to".
pub(super) const ACCORDING: f32 = 0.85;
/// "in the view of".
pub(super) const VIEW: f32 = 0.35;
/// A cue of several words ("made it plain").
pub(super) const KNOWN: f32 = 0.75;
/// A sentence that goes on with a report.
pub(super) const GOES_ON: f32 = 0.6;
/// Words behind a colon without marks.
pub(super) const AFTER_COLON: f32 = 0.5;
/// A noun with a holder.
pub(super) const NOUN: f32 = 0.4;
/// An adjective of attitude.
pub(super) const ADJECTIVE: f32 = 0.45;
/// A cue behind words in marks.
pub(super) const BEHIND: f32 = 0.95;
/// A cue before words in marks.
pub(super) const BEFORE: f32 = 0.75;
/// A colon before words in marks.
pub(super) const COLON: f32 = 0.45;
/// A name behind a dash.
pub(super) const CREDIT: f32 = 0.6;
/// "NAME: words".
pub(super) const TURN: f32 = 0.75;
/// Words in marks in the sentences after the cue's.
pub(super) const CONTINUED: f32 = 0.95;
/// Words in marks after a sentence that reports.
pub(super) const FREE: f32 = 0.7;
/// Words in marks after a sentence about the one who speaks.
pub(super) const INTRODUCED: f32 = 0.55;
/// A few words in marks in a sentence that reports the same speaker.
pub(super) const CODA: f32 = 0.6;
/// A paragraph of nothing but quotation.
pub(super) const CARRIED: f32 = 0.75;
