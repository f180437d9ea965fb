//! Closed vocabularies of statements.

use serde::{Deserialize, Serialize};

/// Defines a closed vocabulary with the words it is written with.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $written:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $written)] $variant),+
        }

        impl $name {
            /// All values, in order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// As written in records and lexicons.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $written),+ }
            }

            /// The value written so.
            pub fn from_written(written: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|v| v.as_str() == written)
            }
        }
    };
}
pub(crate) use vocabulary;

vocabulary! {
    /// What the holder does.
    Act {
        /// Wants something done.
        Demand = "demand",
        /// Asks for something.
        Request = "request",
        /// Puts something forward.
        Propose = "propose",
        /// Would give something.
        Offer = "offer",
        /// Binds itself.
        Promise = "promise",
        /// Takes what another put forward.
        Accept = "accept",
        /// Is of one mind with another.
        Agree = "agree",
        /// Backs something.
        Support = "support",
        /// Gives way.
        Concede = "concede",
        /// Does not exclude something.
        OpenTo = "open-to",
        /// Turns down what another put forward.
        Reject = "reject",
        /// Will not do something.
        Refuse = "refuse",
        /// Is against something.
        Oppose = "oppose",
        /// Says it will do harm, or something unwelcome, if.
        Threaten = "threaten",
        /// Says harm will follow.
        Warn = "warn",
        /// Says another did wrong.
        Accuse = "accuse",
        /// Says something is not so.
        Deny = "deny",
        /// Says something is so.
        Assert = "assert",
    }
}

vocabulary! {
    /// Where the holder stands towards the matter, known from act, negation and modality.
    Polarity {
        /// For it.
        For = "for",
        /// Against it.
        Against = "against",
        /// Neither bound nor closed.
        Open = "open",
        /// No position.
        None = "none",
    }
}

vocabulary! {
    /// How sure the statement is put.
    Modality {
        /// Plainly.
        Certain = "certain",
        /// As a possibility ("could", "might").
        Possible = "possible",
        /// With a hedge ("reportedly", "appeared to").
        Hedged = "hedged",
    }
}

vocabulary! {
    /// How speech is given.
    Mode {
        /// In quotation marks.
        Direct = "direct",
        /// Reported.
        Indirect = "indirect",
        /// Reported, with words in quotation marks.
        Mixed = "mixed",
        /// Told by the reporter, no speech shown.
        Narrated = "narrated",
    }
}

vocabulary! {
    /// What ties a condition to its statement.
    ConditionSort {
        /// "if", "provided that", "as long as".
        If = "if",
        /// "only if", "only when", "contingent on".
        OnlyIf = "only-if",
        /// "unless", "without".
        Unless = "unless",
        /// "after", "once".
        After = "after",
        /// "before", "not before".
        Before = "before",
        /// "until", "not until".
        Until = "until",
        /// "in exchange for", "in return for".
        InExchange = "in-exchange",
    }
}
