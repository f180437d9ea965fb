//! What others wrote is only text, whatever it is.

use crate::client::{Served, records};
use crate::folder::print;
use crate::pages::harmless;

const SCRIPT: &str = "<script>document.title='pwned'</script>";

fn article() -> String {
    let mut text = String::from(
        "HARBOUR, March 3 2025 (Courier) - The dockers' union demanded \"><img src=x onerror=alert(1)> a pay rise of 5 percent on Monday.\n\n",
    );
    text += &format!("\"We reject {SCRIPT} the offer of the port,\" union leader Ann O'Neil<b> told the Courier.\n\n");
    text += "The port offered \u{202e}tnecrep 9\u{202c} a bonus of {{7*7}} to the dockers' union on Tuesday &lt;script&gt;.\n\n";
    for n in 0..1500 {
        text += &format!("The dockers' union rejected offer {n} of the port on March {}. ", n % 28 + 1);
        if n % 300 == 299 {
            text += "\n\n";
        }
    }
    text
}

#[test]
fn script_markup_and_turned_letters_are_shown_as_they_are_written() {
    let folder = tempfile::tempdir().unwrap();
    print(folder.path(), &["init", "."]);
    let file = folder.path().join(format!("x\"><i>{}.txt", "y"));
    std::fs::write(&file, article()).unwrap();
    print(folder.path(), &["add", "--verbatim", "--captured-at", "2025-03-05", file.to_str().unwrap()]);
    let served = Served::start(folder.path(), &[]);
    let id = records(&served.json("/sources.json"))[0]["id"].as_str().unwrap().to_string();
    let reader = served.get(&format!("/articles/{id}"));
    assert_eq!(reader.status, 200);
    assert!(
        reader.body.contains("&lt;script&gt;") && reader.body.contains("&amp;lt;script&amp;gt;"),
        "it is there to be read"
    );
    assert!(
        reader.body.contains("items are shown") || reader.body.matches("<mark").count() < 4_000,
        "marks have a bound"
    );
    let found = served.get("/search?q=%3Cscript%3E+offer");
    let pages = [
        "/",
        "/positions",
        "/timeline",
        "/review",
        "/sources",
        "/people",
        "/disputes",
        "/conditions",
        "/proposals",
        "/log",
    ];
    let all = pages.iter().map(|p| served.get(p)).chain([reader, found]);
    for answer in all {
        assert!(answer.status < 500, "{}", answer.body);
        let html = &answer.body;
        harmless("a page of hostile text", html);
        for forbidden in ["<img", "<script>", "<b>", "<i>", "\u{202e}", "\u{202c}"] {
            assert!(!html.contains(forbidden), "{forbidden} in {html:.400}");
        }
    }
    for path in [
        "/positions?party=%22%3E%3Cscript%3E",
        "/search?q=%22%3E%3Cscript%3Ealert%281%29",
        "/items/%3Cscript%3E",
        "/%3Cscript%3E",
        "/login?next=%22%3E%3Cscript%3E",
    ] {
        let answer = served.get(path);
        assert!(!answer.body.contains("<script>") && answer.status < 500, "{path}: {}", answer.body);
    }
}
