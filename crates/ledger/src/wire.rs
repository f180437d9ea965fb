//! How the parts of a ledger are written that have no form of their own elsewhere: days, names of rules, kinds of copy. It is
//! what a cache is made of, read back by the same program only.

use rapporteur_text::{ItemId, label};
use serde::de::Error;
use serde::{Deserialize, Deserializer};

use crate::model::{Cited, Merged};

impl<'de> Deserialize<'de> for Merged {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Written {
            id: ItemId,
            rule: String,
            confidence: f32,
            evidence: Vec<Cited>,
            members: Vec<ItemId>,
        }
        let Written { id, rule, confidence, evidence, members } = Written::deserialize(deserializer)?;
        let rule = label(&rule).ok_or_else(|| D::Error::custom("no name of a rule"))?;
        Ok(Self { id, rule, confidence, evidence, members })
    }
}

/// A day as ISO 8601.
pub(crate) mod day {
    use jiff::civil::Date;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(day: &Date, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(day)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// A day, or none.
pub(crate) mod day_or_none {
    use jiff::civil::Date;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<S: Serializer>(day: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
        day.map(|d| d.to_string()).serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
        Option::<String>::deserialize(deserializer)?.map(|d| d.parse()).transpose().map_err(D::Error::custom)
    }
}

/// What an article copies, and how.
pub(crate) mod copy {
    use rapporteur_article::CopyKind;
    use rapporteur_text::ArticleId;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    type Copied = Option<(ArticleId, CopyKind)>;

    pub(crate) fn serialize<S: Serializer>(copy: &Copied, serializer: S) -> Result<S::Ok, S::Error> {
        copy.as_ref().map(|(of, kind)| (of, kind.as_str())).serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Copied, D::Error> {
        let Some((of, written)) = Option::<(ArticleId, String)>::deserialize(deserializer)? else { return Ok(None) };
        let kinds = [CopyKind::Exact, CopyKind::Near, CopyKind::Rewrite, CopyKind::Version];
        let kind = kinds.into_iter().find(|k| k.as_str() == written);
        Ok(Some((of, kind.ok_or_else(|| D::Error::custom("no kind of copy"))?)))
    }
}
