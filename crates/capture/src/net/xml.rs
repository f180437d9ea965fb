//! XML as a stream of elements that are told when they end, each with the texts of those around it.
//!
//! Nothing is ever expanded: of references only letters by number and the names of HTML are read. A document that
//! declares entities of its own is refused, as no feed needs them. Depth, and with it work, is bounded.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// The deepest element that is read.
const DEEPEST: usize = 64;

/// An element that is open, or that just ended.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Before the colon of its name, "" if there is none.
    pub(super) prefix: String,
    /// Its name without the prefix.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    /// Its own words, and of elements in it what was put there.
    pub(super) text: String,
}

impl Element {
    fn of(tag: &BytesStart<'_>) -> Self {
        let full = tag.name().into_inner().to_string();
        let (prefix, name) = full.split_once(':').unwrap_or(("", &full));
        let attributes = tag.html_attributes().flatten().take(50).map(|attribute| {
            let value = attribute.value.to_string();
            (attribute.key.into_inner().to_string(), html_escape::decode_html_entities(&value).into_owned())
        });
        Self {
            prefix: prefix.to_string(),
            name: name.to_string(),
            attributes: attributes.collect(),
            text: String::new(),
        }
    }

    /// An attribute's value, "" if it has none.
    pub(super) fn attribute(&self, name: &str) -> &str {
        let found = self.attributes.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value.trim())
    }
}

/// Why a document is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hostile {
    /// It declares entities.
    Entities,
    /// Elements lie deeper in each other than this many.
    Deep(usize),
}

/// How reading ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// At the end of the document.
    Whole,
    /// Where it breaks off, or is no XML.
    Broken,
}

/// Reads a document; `ended` is told of each element when it ends, with those around it, outermost first.
pub(super) fn read(xml: &str, ended: &mut dyn FnMut(&mut [Element], Element)) -> Result<End, Hostile> {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    (config.check_end_names, config.allow_unmatched_ends) = (false, true);
    // "AT&T" is no break
    config.allow_dangling_amp = true;
    let mut open: Vec<Element> = Vec::new();
    loop {
        match reader.read_event() {
            Err(_) => return Ok(End::Broken),
            Ok(Event::Eof) => return Ok(if open.is_empty() { End::Whole } else { End::Broken }),
            Ok(Event::DocType(declared)) => {
                let upper = declared.xml10_content().to_ascii_uppercase();
                if upper.contains("<!ENTITY") {
                    return Err(Hostile::Entities);
                }
            }
            Ok(Event::Start(tag)) => {
                if open.len() >= DEEPEST {
                    return Err(Hostile::Deep(DEEPEST));
                }
                open.push(Element::of(&tag));
            }
            Ok(Event::Empty(tag)) => ended(&mut open, Element::of(&tag)),
            Ok(Event::End(tag)) => {
                let name = tag.local_name().into_inner();
                // an end without a beginning is nobody's; one of an outer element ends the inner ones too
                if let Some(at) = open.iter().rposition(|e| e.name == name) {
                    while open.len() > at {
                        let Some(element) = open.pop() else { break };
                        ended(&mut open, element);
                    }
                }
            }
            Ok(Event::Text(part)) => push(&mut open, &part.xml10_content()),
            Ok(Event::CData(part)) => push(&mut open, &part.xml10_content()),
            Ok(Event::GeneralRef(entity)) => push(&mut open, &letters(&entity)),
            Ok(_) => {}
        }
    }
}

fn push(open: &mut [Element], words: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(words);
    }
}

/// What a reference stands for: a letter by its number, or one that HTML names; nothing for any other.
fn letters<'e>(entity: &BytesRef<'e>) -> Cow<'e, str> {
    if let Ok(Some(letter)) = entity.resolve_char_ref() {
        return letter.to_string().into();
    }
    let written = format!("&{};", entity.xml10_content());
    let read = html_escape::decode_html_entities(&written);
    if read == written { "".into() } else { read.into_owned().into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn elements(xml: &str) -> (Result<End, Hostile>, Vec<(String, String)>) {
        let mut all = Vec::new();
        let end = read(xml, &mut |_, e| all.push((e.name, e.text)));
        (end, all)
    }

    #[test]
    fn elements_end_with_their_words() {
        let (end, all) = elements("<a><b:c x='1'>Talks &amp; caf&eacute; &#8217; &own;<![CDATA[<p>]]></b:c><d/></a>");
        assert_eq!(end, Ok(End::Whole));
        let own = |name: &str, text: &str| (name.to_string(), text.to_string());
        assert_eq!(all, [own("c", "Talks & café ’ <p>"), own("d", ""), own("a", "")]);
    }

    #[test]
    fn broken_documents_give_what_stands_before_the_break() {
        assert_eq!(elements("<a><b>x</b><c"), (Ok(End::Broken), vec![("b".to_string(), "x".to_string())]));
        let (end, all) = elements("<a>AT&T & others</a>");
        assert_eq!((end, all[0].1.as_str()), (Ok(End::Whole), "AT&T & others"));
        // what was not closed ends with what is around it, and an end without a beginning is nobody's
        let (end, all) = elements("<a><b>x</z></a>");
        assert_eq!((end, all.len()), (Ok(End::Whole), 2));
    }

    #[test]
    fn hostile_documents_are_refused() {
        let laughs = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><x>&b;</x>";
        assert_eq!(elements(laughs).0, Err(Hostile::Entities));
        assert_eq!(elements(&"<a>".repeat(100_000)).0, Err(Hostile::Deep(DEEPEST)));
        // a document type that only names itself is harmless
        assert_eq!(elements("<!DOCTYPE rss PUBLIC \"-//X//DTD RSS 0.91//EN\" \"x.dtd\"><x/>").0, Ok(End::Whole));
    }
}
