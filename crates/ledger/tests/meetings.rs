//! What became of a meeting, over articles and through time.

mod press;

use press::{Press, Told, says};
use rapporteur_ledger::{Witness, fold};
use rapporteur_reading::Reading;
use rapporteur_reading::model::MeetingSort::{Talks, Vote};
use rapporteur_reading::model::MeetingState::{Held, Ongoing, Planned, Postponed};
use rapporteur_reading::model::{
    Act, Evidence, Item, Meeting, MeetingFormat, MeetingSort, MeetingState, Polarity, Rule, Why,
};
use rapporteur_text::{Basis, ItemId, Span, When};

/// What an article says of a meeting in its first sentence: its day of publication, the sentence, kind, days ("", one or
/// two) with how they are known, state, the day it was moved to.
type Line = (&'static str, &'static str, MeetingSort, &'static str, Basis, MeetingState, &'static str);

/// The meetings of one article a line, as `talks 2025-03-01..2025-03-05 held`.
fn meetings(lines: &[Line]) -> Vec<String> {
    let article = |l: &Line| Told { day: l.0, says: vec![says(0, Act::Assert, Polarity::None, 0, l.1)] };
    let press = Press::of(&lines.iter().map(article).collect::<Vec<_>>());
    let witnesses = press.witnesses();
    let mut readings: Vec<Reading> = witnesses.iter().map(|w| w.reading.clone()).collect();
    for (n, line) in lines.iter().enumerate().filter(|(_, l)| !l.1.is_empty() && !l.1.starts_with("Nothing")) {
        let found = meeting(&witnesses[n], line);
        readings[n].meetings.push(found);
    }
    let both = witnesses.iter().zip(&readings);
    let with: Vec<_> =
        both.map(|(w, reading)| Witness { article: w.article, reading, resolution: w.resolution }).collect();
    let day = |d: Option<rapporteur_text::Moment>| d.map_or("-".to_string(), |m| m.date.to_string());
    let line = |m: &rapporteur_ledger::Meeting| {
        format!("{} {}..{} {}", m.sort.as_str(), day(m.when.from), day(m.when.to), m.state.as_str())
    };
    fold(&press.dossier, &with).meetings.iter().map(line).collect()
}

fn meeting(w: &Witness<'_>, &(_, _, sort, days, basis, state, to): &Line) -> Meeting {
    let text = &w.article.text;
    let span = Span::of(text, 0..text.find('\n').unwrap_or(text.len())).unwrap();
    let id = ItemId::of_words("meeting", &[w.article.id.as_str()], 0);
    let evidence = Evidence { span, sentence: span, why: Why::Item };
    let on = |d: &str| d.parse().map_or_else(|_| When::unknown(), |date| When::on(date, d, basis));
    let (first, last) = days.split_once("..").unwrap_or((days, days));
    Meeting {
        item: Item::new(Rule("test.v1"), 0.9, evidence).with_id(id),
        sort,
        place: None,
        when: When { to: on(last).to, ..on(first) },
        participants: Vec::new(),
        format: MeetingFormat::Unknown,
        state,
        moved_to: on(to),
        outcome: None,
    }
}

const RUNS: Line =
    ("2025-03-01", "The talks run until Wednesday.", Talks, "2025-03-01..2025-03-05", Basis::Inferred, Ongoing, "");
const LATER: Line = ("2025-03-10", "Nothing new.", Talks, "", Basis::Stated, Held, "");

/// Construction: "run until DAY", read in the light of an article after that day.
#[test]
fn what_was_to_go_on_until_a_day_that_has_passed_was_held() {
    assert_eq!(meetings(&[RUNS]), ["talks 2025-03-01..2025-03-05 ongoing"]);
    assert_eq!(meetings(&[RUNS, LATER]), ["talks 2025-03-01..2025-03-05 held"]);
}

/// Construction: "has been in talks since DAY": its end is no more than the day it was told.
#[test]
fn talks_that_had_gone_on_since_a_day_may_go_on() {
    let since: Line =
        ("2025-03-05", "They have been in talks.", Talks, "2025-03-01..2025-03-05", Basis::Inferred, Ongoing, "");
    assert_eq!(meetings(&[since, LATER]), ["talks 2025-03-01..2025-03-05 ongoing"]);
}

/// Construction: a numbered round is planned from its first day and told of on its last.
#[test]
fn a_numbered_round_is_one_meeting_on_its_first_and_its_last_day() {
    let planned: Line = ("2025-03-01", "A second round will be held.", Talks, "2025-03-10", Basis::Stated, Planned, "");
    let told: Line =
        ("2025-03-12", "It was the close of the second round.", Talks, "2025-03-12", Basis::Stated, Held, "");
    assert_eq!(meetings(&[planned, told]), ["talks 2025-03-10..2025-03-10 held"]);
    let third: Line = ("2025-03-12", "A third round began.", Talks, "2025-03-12", Basis::Stated, Held, "");
    assert_eq!(meetings(&[planned, third]).len(), 2);
    let bare: Line = ("2025-03-12", "The talks began.", Talks, "2025-03-12", Basis::Stated, Held, "");
    assert_eq!(meetings(&[planned, bare]).len(), 2);
}

/// Construction: who tells of a vote that was held, without its day, soon after the day of one.
#[test]
fn a_vote_told_without_its_day_is_the_one_just_held() {
    let planned: Line = ("2025-03-01", "Members will vote on it.", Vote, "2025-03-10", Basis::Stated, Planned, "");
    let of = |day| -> Line { (day, "Members who voted were for it.", Vote, "", Basis::Stated, Held, "") };
    assert_eq!(meetings(&[planned, of("2025-03-11")]), ["vote 2025-03-10..2025-03-10 held"]);
    assert_eq!(meetings(&[planned, of("2025-03-20")]), ["vote 2025-03-10..2025-03-10 planned"]);
    assert_eq!(meetings(&[planned, of("2025-03-08")]), ["vote 2025-03-10..2025-03-10 planned"]);
}

/// Construction: "the meeting was put off to DAY", where the meeting on the new day is known.
#[test]
fn what_was_put_off_is_not_the_meeting_on_the_new_day() {
    let planned: Line = ("2025-03-01", "The vote is planned.", Vote, "2025-03-10", Basis::Stated, Planned, "");
    let off: Line = ("2025-03-05", "It was put off to Monday.", Vote, "", Basis::Stated, Postponed, "2025-03-10");
    assert_eq!(meetings(&[planned, off]), ["vote 2025-03-10..2025-03-10 planned"]);
}
