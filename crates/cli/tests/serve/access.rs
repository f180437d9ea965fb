//! Who may see and who may decide.

use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use crate::client::{Answer, FORM, Served, filled, written};
use crate::folder::{command, fails, print};

fn add_user(folder: &Path, name: &str, role: &str, password: &str) {
    let mut child = command(folder, &["user", "add", name, "--role", role])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(format!("{password}\n").as_bytes()).unwrap();
    assert!(child.wait_with_output().unwrap().status.success());
}

fn log_in(served: &Served, name: &str, password: &str) -> Answer {
    served.ask(
        "POST",
        "/login",
        &[("content-type", FORM)],
        &written(&[("name", name), ("password", password), ("next", "/positions")]),
    )
}

/// The cookie of a session as it is sent back.
fn cookie(answer: &Answer) -> String {
    assert_eq!((answer.status, answer.header("location")), (303, "/positions"), "{}", answer.body);
    let cookie = answer.header("set-cookie");
    for part in ["HttpOnly", "SameSite=Strict", "Secure", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    cookie.split(';').next().unwrap().to_string()
}

#[test]
fn others_are_not_served_before_they_can_log_in() {
    let folder = filled();
    fails(folder.path(), &["serve", "--listen", "0.0.0.0:0"], 64, "rapporteur user add NAME");
    fails(folder.path(), &["serve", "--login"], 64, "there are no users yet");
    fails(folder.path(), &["user", "remove", "Ann"], 64, "there is no user `Ann`");
}

#[test]
fn users_log_in_and_only_reviewers_decide() {
    let folder = filled();
    add_user(folder.path(), "Rea", "reader", "a long password");
    add_user(folder.path(), "Viv", "reviewer", "another password");
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(
            &std::fs::metadata(folder.path().join("users.json")).unwrap().permissions(),
        );
        assert_eq!(mode & 0o777, 0o600);
    }
    assert_eq!(print(folder.path(), &["user", "list"]), "Rea  reader\nViv  reviewer\n");
    let served = Served::start(folder.path(), &["--login"]);
    let asked = served.get("/positions?party=ADF");
    assert_eq!((asked.status, asked.header("location")), (303, "/login?next=%2Fpositions%3Fparty%3DADF"));
    assert_eq!(served.get("/positions.json").json()["error"]["code"], "login-needed");
    assert_eq!(served.get("/feed.atom").status, 303);
    assert_eq!(served.get("/static/style.css").status, 200);
    assert_eq!(log_in(&served, "Rea", "another password").status, 401);
    assert_eq!(log_in(&served, "Nobody", "another password").status, 401);

    let (rea, viv) =
        (cookie(&log_in(&served, "Rea", "a long password")), cookie(&log_in(&served, "Viv", "another password")));
    let session = |cookie: &str| served.ask("GET", "/session.json", &[("cookie", cookie)], "").json();
    assert_eq!((session(&rea)["role"].as_str(), session(&viv)["role"].as_str()), (Some("reader"), Some("reviewer")));
    let queue = served.ask("GET", "/review.json", &[("cookie", &viv)], "").json();
    let id = queue["records"][0]["id"].as_str().unwrap().to_string();
    let decide = |cookie: &str, stamp: &str| {
        let form = written(&[("stamp", stamp), ("do", "accept"), ("item", &id)]);
        served.ask(
            "POST",
            "/decide",
            &[("cookie", cookie), ("content-type", FORM), ("accept", "application/json")],
            &form,
        )
    };
    let stamp = |cookie: &str| session(cookie)["stamp"].as_str().unwrap().to_string();
    assert_eq!(decide(&rea, &stamp(&rea)).status, 403, "a reader decides nothing");
    assert_eq!(decide(&viv, &stamp(&rea)).status, 403, "a form of another session");
    assert_eq!(decide("rapporteur-session=0", &stamp(&viv)).status, 401);
    let page = served.ask("GET", "/review", &[("cookie", &rea)], "").body;
    assert!(!page.contains("accept statement"), "a reader is shown no buttons");
    assert_eq!(decide(&viv, &stamp(&viv)).status, 200);
    assert!(print(folder.path(), &["review", "log"]).contains("\"by\":\"Viv\""), "the log has the name");

    // who is taken out is out at once, and a session that was ended is nobody's
    print(folder.path(), &["user", "remove", "Rea"]);
    assert_eq!(served.ask("GET", "/positions.json", &[("cookie", &rea)], "").status, 401);
    let out = served.ask(
        "POST",
        "/logout",
        &[("cookie", &viv), ("content-type", FORM)],
        &written(&[("stamp", &stamp(&viv))]),
    );
    assert_eq!((out.status, out.header("location")), (303, "/login"));
    assert_eq!(served.ask("GET", "/positions.json", &[("cookie", &viv)], "").status, 401);
}

#[test]
fn guessing_passwords_ends() {
    let folder = filled();
    add_user(folder.path(), "Viv", "reviewer", "another password");
    let served = Served::start(folder.path(), &["--login", "--plain-http"]);
    let right = log_in(&served, "Viv", "another password");
    assert!(right.status == 303 && !right.header("set-cookie").contains("Secure"), "{right:?}");
    let answers: Vec<u16> = (0..11).map(|n| log_in(&served, "Viv", &format!("guess {n}")).status).collect();
    assert_eq!((&answers[..10], answers[10]), (&[401; 10][..], 429));
    assert_eq!(log_in(&served, "Viv", "another password").status, 429, "not even the right one");
    let foreign = [("content-type", FORM), ("origin", "http://evil.example")];
    assert_eq!(served.ask("POST", "/login", &foreign, "name=Viv&password=x").status, 403);
}
