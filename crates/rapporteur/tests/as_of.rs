//! As of a day: what could be known then. What is published later changes nothing of it, in no listing.
#![allow(clippy::disallowed_methods, reason = "tests read the examples")]

use std::path::Path;

use rapporteur::capture::Capture;
use rapporteur::model::for_tests;
use rapporteur::report::listing::{Sort, json, rows};
use rapporteur::text::Moment;
use rapporteur::{Options, Talks};

const SORTS: [Sort; 11] = [
    Sort::Positions,
    Sort::Shifts,
    Sort::Timeline,
    Sort::Meetings,
    Sort::Proposals,
    Sort::Conditions,
    Sort::Status,
    Sort::Disputes,
    Sort::Figures,
    Sort::People,
    Sort::Sources,
];

/// The example, captured after the talks.
fn captures() -> Vec<Capture> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/river-accord/articles");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    let at: Moment = "2025-04-10T12:00:00Z".parse().unwrap();
    files
        .iter()
        .map(|f| {
            let mut capture = Capture::from_bytes(std::fs::read(f).unwrap());
            capture.at = Some(at);
            capture
        })
        .collect()
}

#[test]
fn a_later_article_never_changes_an_earlier_as_of() {
    let pipeline = for_tests();
    let mut captures = captures();
    let all = Talks::from_captures(&captures, &pipeline, &Options::default());
    let is_dated = |c: &Capture| all.articles().iter().any(|a| a.id == c.id && a.published.is_some());
    // what has no date of its own came in amid the talks
    let amid: Moment = "2025-02-15T12:00:00Z".parse().unwrap();
    captures.iter_mut().filter(|c| !is_dated(c)).for_each(|c| c.at = Some(amid));
    assert!(captures.iter().any(|c| c.at == Some(amid)));
    let all = Talks::from_captures(&captures, &pipeline, &Options::default());
    for day in ["2025-01-20", "2025-03-01"] {
        let mut options = Options::default();
        options.as_of = Some(day.parse().unwrap());
        let last = options.as_of.unwrap().date;
        let cut = Talks::from_captures(&captures, &pipeline, &options);
        // published on or before it, the undated by capture
        let known = |c: &Capture| {
            let article = all.articles().iter().find(|a| a.id == c.id).unwrap();
            article.published.or(article.captured_at).is_some_and(|d| d.date <= last)
        };
        let then: Vec<Capture> = captures.iter().filter(|c| known(c)).cloned().collect();
        assert!(!then.is_empty() && then.len() < captures.len(), "{} of {} as of {day}", then.len(), captures.len());
        let earlier = Talks::from_captures(&then, &pipeline, &options);
        for sort in SORTS {
            let listed = |talks: &Talks| json(&rows(&talks.view(), sort));
            assert_eq!(listed(&cut), listed(&earlier), "{sort:?} as of {day}");
            // nothing of what is listed was published later
            for row in rows(&cut.view(), sort) {
                let published = row.value["published"].as_str().map(|p| p[..10].to_string());
                assert!(published.is_none_or(|p| p.as_str() <= day), "{}", row.value);
            }
        }
    }
}

/// What has no date and no time of capture is known on no day.
#[test]
fn what_was_never_dated_is_left_out_and_said() {
    let pipeline = for_tests();
    let capture = Capture::from_bytes("The owners of the mill refused to raise the weavers' pay, their chairman said.");
    let mut options = Options::default();
    assert_eq!(Talks::from_captures(std::slice::from_ref(&capture), &pipeline, &options).articles().len(), 1);
    options.as_of = Some("2025-03-01".parse().unwrap());
    let talks = Talks::from_captures(std::slice::from_ref(&capture), &pipeline, &options);
    assert_eq!(talks.articles().len(), 0);
    let notes = talks.view().notes.iter().map(|n| n.code).collect::<Vec<_>>();
    assert_eq!(notes, ["no-time"]);
}
