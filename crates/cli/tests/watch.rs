//! Feeds and addresses, by the real command, from a server on this machine.
#![allow(clippy::disallowed_methods, missing_docs, reason = "tests lay out files")]

mod folder;
#[path = "../../capture/tests/served/mod.rs"]
mod served;

use std::path::Path;

use folder::{run, text};
use served::{Reply, Served};

/// It ends with this status; what it prints and what it complains of.
fn ends(folder: &Path, words: &[&str], status: i32) -> (String, String) {
    let output = run(folder, words);
    let said = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(status), "{words:?}: {said:?}");
    said
}

fn print(folder: &Path, words: &[&str]) -> String {
    ends(folder, words, 0).0
}

/// Asks the feeds of the folder, or these, once.
fn watch(folder: &Path, feeds: &[&str], status: i32) -> (String, String) {
    ends(folder, &[&["watch", "--once", "--allow-private"], feeds].concat(), status)
}

/// How often this was asked for.
fn times(asked: &[String], path: &str) -> usize {
    asked.iter().filter(|a| a.split(' ').next() == Some(path)).count()
}

fn started() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    print(folder.path(), &["init", "."]);
    folder
}

fn page(title: &str, day: &str, words: &str) -> Reply {
    let rest =
        "The talks at the harbour of Halver went on in the evening, and both sides said that they would meet again. "
            .repeat(6);
    let html = format!(
        "<html><head><title>{title}</title><meta property=\"og:site_name\" content=\"Halver Courier\">
         <meta property=\"article:published_time\" content=\"{day}T10:00:00Z\"></head>
         <body><article><h1>{title}</h1><p>{words}</p><p>{rest}</p></article></body></html>"
    );
    Reply::new("text/html; charset=utf-8", html)
}

const REFUSED: &str = "The mill owners of Halver refused on Tuesday to raise the weavers' pay.";
const AGREED: &str = "The weavers' union agreed on Wednesday to new talks with the mill owners.";

fn rss(items: &[(&str, &str)]) -> Reply {
    let items = items.iter().map(|(link, updated)| {
        format!("<item><title>x</title><link>{link}</link><atom:updated>{updated}</atom:updated></item>")
    });
    let body = format!("<rss><channel><title>Halver</title>{}</channel></rss>", items.collect::<String>());
    Reply::new("application/rss+xml", body.clone()).with("ETag", &format!("\"{}\"", body.len()))
}

/// A server with two pages and a feed of them.
fn serving() -> (Served, String) {
    let web = Served::start();
    web.put("/one", page("Owners refuse", "2025-03-04", REFUSED).with("ETag", "\"one\""));
    web.put("/two", page("Union agrees", "2025-03-05", AGREED));
    let feed = web.put("/rss", rss(&[("/two", "2"), ("/one", "1")]));
    (web, feed)
}

#[test]
fn a_page_is_kept_with_its_address_and_known_the_next_time() {
    let (web, _) = serving();
    let folder = started();
    let one = web.url("/one");
    let add = ["add", "--allow-private", one.as_str()];
    assert_eq!(print(folder.path(), &add), "1 new article; 1 article in all\n");
    let sources = print(folder.path(), &["sources", "--format", "json"]);
    assert!(
        sources.contains(&one) && sources.contains("Halver Courier") && sources.contains("2025-03-04"),
        "{sources}"
    );
    assert!(print(folder.path(), &["export"]).contains("{\"kind\":\"statement\""), "it is read like any other");
    web.asked();
    assert_eq!(print(folder.path(), &add), "0 new articles, 1 known already; 1 article in all\n");
    assert!(web.asked().iter().any(|a| a.contains("/one if-none-match=\"one\"")));
    // other bytes with the same text are the same page
    let Reply { mut body, .. } = page("Owners refuse", "2025-03-04", REFUSED);
    body.extend(b"<!-- 12:31 -->");
    web.put("/one", Reply::new("text/html", body));
    assert_eq!(print(folder.path(), &add), "0 new articles, 1 known already; 1 article in all\n");
    // and a feed named to `add` gives all that it lists
    let added = print(folder.path(), &["add", "--allow-private", &web.url("/rss")]);
    assert_eq!(added, "1 new article, 1 known already; 2 articles in all\n");
}

#[test]
fn a_dead_feed_stands_in_no_live_ones_way_and_nothing_is_said_twice() {
    let (web, feed) = serving();
    let folder = started();
    let dead = web.url("/dead");
    web.put("/dead", Reply::status(500));
    let (lines, said) = watch(folder.path(), &[&dead, &feed], 2);
    assert_eq!(lines, "2025-03-04  Halver Courier  Owners refuse\n2025-03-05  Halver Courier  Union agrees\n");
    assert!(said.contains(&format!("warning: failed to read `{dead}`: its server fails")), "{said}");
    assert!(said.contains("2 feeds asked, 1 of them failed: 2 new articles; 2 articles in all"), "{said}");
    web.asked();
    // both are followed from now on, and the dead one is left alone for a while
    let (lines, said) = watch(folder.path(), &[], 0);
    assert_eq!(lines, "");
    assert!(said.contains("1 feed that failed is not due yet and was not asked: name it to ask it now"), "{said}");
    let asked = web.asked();
    assert!(asked.iter().any(|a| a.starts_with("/rss if-none-match=")), "{asked:?}");
    assert!(!asked.iter().any(|a| ["/one", "/two", "/dead"].iter().any(|p| a.starts_with(p))), "{asked:?}");
    watch(folder.path(), &[&dead], 1);
    assert_eq!(times(&web.asked(), "/dead"), 1);
    print(folder.path(), &["watch", "--forget", &dead]);
    let (_, said) = watch(folder.path(), &[], 0);
    assert!(!said.contains("not due yet"), "{said}");
}

#[test]
fn a_page_that_changed_is_a_new_version_and_the_first_one_stays() {
    let (web, feed) = serving();
    let folder = started();
    watch(folder.path(), &[&feed], 0);
    let corrected = REFUSED.replace("Tuesday", "Monday");
    web.put("/one", page("Owners refuse", "2025-03-04", &corrected));
    web.put("/rss", rss(&[("/two", "2"), ("/one", "12")]));
    let (lines, said) = watch(folder.path(), &[], 0);
    assert!(said.contains("1 new article, 1 known already, 1 page changed: 1 sentence went, 1 came;"), "{said}");
    assert_eq!(lines, "2025-03-04  Halver Courier  Owners refuse  (changed: 1 sentence went, 1 came)\n");
    let sources = print(folder.path(), &["sources", "--format", "json"]);
    let of_page = format!("\"url\":\"{}\",\"sources\"", web.url("/one"));
    assert_eq!(sources.matches(&of_page).count(), 2, "{sources}");
    assert_eq!(watch(folder.path(), &[], 0).0, "");
}

#[test]
fn a_list_of_sitemaps_is_followed_to_their_news() {
    let (web, _) = serving();
    let folder = started();
    let news = |path: &str| {
        let url = web.url(path);
        format!(
            "<url><loc>{url}</loc><news:news><news:publication_date>2025-03-05</news:publication_date></news:news></url>"
        )
    };
    let map = |entries: String| Reply::new("application/xml", format!("<urlset>{entries}</urlset>"));
    web.put("/news.xml", map(news("/one")));
    web.put("/pages.xml", map(format!("<url><loc>{}</loc></url>", web.url("/two"))));
    web.put("/gone.xml", Reply::status(404));
    let listed = |maps: &[(&str, &str)]| {
        let one = |(path, day): &(&str, &str)| {
            let loc = if path.starts_with("http") { (*path).to_string() } else { web.url(path) };
            format!("<sitemap><loc>{loc}</loc><lastmod>{day}</lastmod></sitemap>")
        };
        Reply::new(
            "application/xml",
            format!("<sitemapindex>{}</sitemapindex>", maps.iter().map(one).collect::<String>()),
        )
    };
    let first =
        [("/pages.xml", "2025-03-01"), ("/news.xml", "2025-03-05"), ("http://127.0.0.1:1/far.xml", "2025-03-06")];
    let index = web.put("/index.xml", listed(&first));
    web.asked();
    let (lines, said) = watch(folder.path(), &[&index], 0);
    assert_eq!(lines, "2025-03-04  Halver Courier  Owners refuse\n");
    assert!(said.contains("1 feed asked: 1 new article"), "{said}");
    let asked: Vec<String> = web.asked().into_iter().filter(|a| a.contains(".xml")).collect();
    assert_eq!(
        asked.iter().map(|a| a.split(' ').next().unwrap()).collect::<Vec<_>>(),
        ["/index.xml", "/news.xml", "/pages.xml"]
    );
    // it is followed: what a sitemap lists later is kept, and one that is gone stands in no other's way
    web.put("/news.xml", map(news("/two") + &news("/one")));
    web.put("/index.xml", listed(&[("/gone.xml", "2025-03-09"), ("/news.xml", "2025-03-06")]));
    let (lines, said) = watch(folder.path(), &[], 2);
    assert_eq!(lines, "2025-03-05  Halver Courier  Union agrees\n");
    assert!(said.contains("/gone.xml`: there is no such page"), "{said}");
    web.put("/index.xml", listed(&[("/pages.xml", "2025-03-09")]));
    let (_, said) = watch(folder.path(), &[], 1);
    assert!(said.contains("none of those that were read has news"), "{said}");
    // and so it is by `add`
    web.put("/index.xml", listed(&first));
    let other = started();
    assert!(print(other.path(), &["add", "--allow-private", &index]).starts_with("2 new articles"));
}

#[test]
fn what_failed_for_the_moment_is_tried_again() {
    let (web, feed) = serving();
    let folder = started();
    web.put("/one", Reply::status(500));
    web.put("/two", Reply::status(404));
    let (lines, said) = watch(folder.path(), &[&feed], 2);
    assert_eq!(lines, "");
    assert!(said.contains("/one`: its server fails") && said.contains("/two`: there is no such page"), "{said}");
    web.put("/one", page("Owners refuse", "2025-03-04", REFUSED));
    web.asked();
    let (lines, _) = watch(folder.path(), &[], 0);
    assert_eq!(lines, "2025-03-04  Halver Courier  Owners refuse\n");
    assert!(!web.asked().iter().any(|a| a.starts_with("/two")), "what is gone is not asked for at every poll");
}

#[test]
fn feeds_of_all_kinds_are_followed() {
    let (web, _) = serving();
    let folder = started();
    let (one, two) = (web.url("/one"), web.url("/two"));
    let json = format!("{{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [{{\"url\": \"{one}\"}}]}}");
    web.put("/json", Reply::new("application/feed+json", json));
    let news = format!(
        "<urlset><url><loc>{two}</loc><news:news><news:publication><news:name>Halver Post</news:name></news:publication>
         <news:publication_date>2025-03-05</news:publication_date></news:news></url></urlset>"
    );
    web.put("/news.xml", Reply::new("application/xml", news));
    let whole =
        "The owners of the mills said on Thursday that they would offer the weavers two more shillings. ".repeat(15);
    let atom = format!(
        "<feed><title>Halver Wire</title><entry><title>Owners offer</title><link href='/gone'/>
         <published>2025-03-06T09:00:00Z</published><content type='html'>&lt;p&gt;{whole}&lt;/p&gt;</content></entry></feed>"
    );
    web.put("/atom", Reply::new("application/atom+xml", atom));
    let opml = folder.path().join("feeds.opml");
    let lists = ["/json", "/news.xml"].map(|path| format!("<outline xmlUrl='{}'/>", web.url(path))).concat();
    std::fs::write(&opml, format!("<opml><body>{lists}</body></opml>")).unwrap();
    let other = started();
    let added = print(other.path(), &["add", "--allow-private", opml.to_str().unwrap()]);
    assert_eq!(added, "2 new articles; 2 articles in all\n");
    let listed = format!("<opml><body><outline xmlUrl='{}'/></body></opml>", web.url("/atom"));
    let remote = web.put("/list", Reply::new("text/x-opml", listed));
    let (lines, said) = watch(folder.path(), &[opml.to_str().unwrap(), &remote], 0);
    let mut lines: Vec<_> = lines.lines().collect();
    lines.sort_unstable();
    let expected = [
        "2025-03-04  Halver Courier  Owners refuse",
        "2025-03-05  Halver Post  Union agrees",
        "2025-03-06  Halver Wire  Owners offer",
    ];
    assert_eq!(lines, expected, "{said}");
    assert!(said.contains("3 feeds asked: 3 new articles"), "{said}");
}

#[test]
fn nothing_of_ones_own_network_is_asked_unless_it_is_meant() {
    let (web, feed) = serving();
    let folder = started();
    for words in [["add", feed.as_str()], ["watch", feed.as_str()]] {
        let words: Vec<_> = words.iter().copied().chain((words[0] == "watch").then_some("--once")).collect();
        let (lines, said) = ends(folder.path(), &words, 1);
        assert!(said.contains("not on the public internet") && said.contains("--allow-private"), "{said}");
        assert!(!lines.contains("1 new"), "{lines}");
    }
    // and commands that only read ask nobody for anything
    let (_, said) = ends(folder.path(), &["brief", &feed], 1);
    assert!(said.contains("is an address of the web"), "{said}");
    assert!(web.asked().is_empty());
}

#[test]
fn what_cannot_be_watched_is_named() {
    let (web, _) = serving();
    let folder = started();
    let named = "<html><link rel=alternate type=application/rss+xml href=/rss></html>";
    let home = web.put("/home", Reply::new("text/html", named));
    let (_, said) = watch(folder.path(), &[&home], 1);
    assert!(said.contains(&format!("watch a feed that it names (`{}`)", web.url("/rss"))), "{said}");
    let bomb = web.put("/bomb", Reply::new("application/xml", "<!DOCTYPE rss [<!ENTITY a 'ha'>]><rss>&a;</rss>"));
    assert!(watch(folder.path(), &[&bomb], 1).1.contains("declares entities"));
    // neither is followed
    let (_, said) = watch(folder.path(), &[], 64);
    assert!(said.contains("no feed is followed yet"), "{said}");
    std::fs::write(folder.path().join("notes.txt"), "notes").unwrap();
    for (words, why) in [
        (&["watch", "notes.txt"][..], "is no OPML file"),
        (&["watch", "--every", "5s", "https://news.example.org/rss"], "is too often"),
        (&["watch", "--every", "soon", "https://news.example.org/rss"], "write it as 15m"),
    ] {
        let (_, said) = ends(folder.path(), words, 64);
        assert!(said.contains(why), "{said}");
    }
}

fn opml(feeds: &[&str]) -> Reply {
    let feeds = feeds.iter().map(|feed| format!("<outline xmlUrl='{feed}'/>")).collect::<String>();
    Reply::new("text/x-opml", format!("<opml><body>{feeds}</body></opml>"))
}

/// Lists that name themselves, each other, other lists or nothing.
#[test]
fn lists_of_feeds_come_to_an_end() {
    let (web, feed) = serving();
    let own = web.put("/own", opml(&["/own", "/rss"]));
    let first = web.put("/first", opml(&["/second", "/rss"]));
    web.put("/second", opml(&["/first", "/third"]));
    let none = web.put("/none", opml(&[]));
    for words in [&["watch", "--once", "--allow-private"][..], &["add", "--allow-private"]] {
        let folder = started();
        let (lines, said) = ends(folder.path(), &[words, &[&own, &first, &none]].concat(), 2);
        assert!(lines.contains("Owners refuse") || lines.starts_with("2 new articles"), "{lines}");
        let why = format!("`{}`: it is a list of feeds that another list names", web.url("/second"));
        assert!(said.contains(&why), "{said}");
        assert!(said.contains("/none`: it is a list that names no feed"), "{said}");
        let asked = web.asked();
        let each = ["/own", "/first", "/second", "/none", "/rss", "/third"].map(|path| times(&asked, path));
        assert_eq!(each, [1, 1, 1, 1, 1, 0], "{asked:?}");
        // and there may not be thousands of them
        let lists: Vec<String> = (0..22).map(|n| web.put(&format!("/lists/{n}"), opml(&["/rss"]))).collect();
        let lists: Vec<&str> = lists.iter().map(String::as_str).collect();
        let (_, said) = ends(started().path(), &[words, &lists].concat(), 2);
        assert_eq!(said.matches("it is a list of feeds after 20 others").count(), 2, "{said}");
        assert_eq!(times(&web.asked(), "/rss"), 1);
    }
    // a feed that becomes a list of nothing has failed, and is asked less often
    let folder = started();
    watch(folder.path(), &[&feed], 0);
    web.put("/rss", opml(&[]));
    let (_, said) = watch(folder.path(), &[], 1);
    assert!(said.contains("it is a list that names no feed") && said.contains("1 of them failed"), "{said}");
    web.asked();
    assert!(watch(folder.path(), &[], 0).1.contains("not due yet"));
    assert!(web.asked().is_empty());
}

#[test]
fn a_feed_that_breaks_off_is_asked_for_whole_the_next_time() {
    let (web, feed) = serving();
    let folder = started();
    let whole = String::from_utf8(rss(&[("/one", "1"), ("/two", "2")]).body).unwrap();
    let (cut, _) = whole.split_at(whole.rfind("<link>").unwrap());
    web.put("/rss", Reply::new("application/rss+xml", cut).with("ETag", "\"same\""));
    let (lines, said) = watch(folder.path(), &[&feed], 2);
    assert_eq!(lines, "2025-03-04  Halver Courier  Owners refuse\n");
    assert!(said.contains("/rss`: it breaks off: what stands before was read"), "{said}");
    web.put("/rss", Reply::new("application/rss+xml", whole).with("ETag", "\"same\""));
    assert_eq!(watch(folder.path(), &[], 0).0, "2025-03-05  Halver Courier  Union agrees\n");
}

/// A host that is gone or wants peace, asked for once; what others have is kept meanwhile.
#[test]
fn a_host_that_does_not_answer_stands_in_no_others_way() {
    let (web, feed) = serving();
    let folder = started();
    let busy = Served::start();
    let paths = ["/a", "/b", "/c"];
    paths.iter().for_each(|path| drop(busy.put(path, Reply::status(503).with("Retry-After", "7200"))));
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let of_busy = paths.map(|path| busy.url(path));
    let of_gone = paths.map(|path| format!("http://{gone}{path}"));
    let all: Vec<(&str, &str)> =
        of_busy.iter().chain(&of_gone).map(|at| (at.as_str(), "1")).chain([("/one", "1"), ("/two", "2")]).collect();
    web.put("/rss", rss(&all));
    let (lines, said) = watch(folder.path(), &[&feed], 2);
    assert_eq!(lines.lines().count(), 2, "{said}");
    assert_eq!(said.matches("its server asks to be left in peace").count(), 1, "{said}");
    assert_eq!(said.matches("its server cannot be reached").count(), 1, "{said}");
    assert!(said.contains("4 pages that failed before or lie on a host that does not answer"), "{said}");
    assert_eq!(busy.asked().iter().filter(|a| !a.starts_with("/robots.txt")).count(), 1);
    // that another host wants peace silences no feed
    web.asked();
    watch(folder.path(), &[], 2);
    assert_eq!(times(&web.asked(), "/rss"), 1);
    // but its own does
    web.put("/own", Reply::status(503).with("Retry-After", "7200"));
    web.put("/rss", rss(&[("/own", "1")]));
    watch(folder.path(), &[], 2);
    web.asked();
    let (_, said) = watch(folder.path(), &[], 1);
    assert!(said.contains("its server asked to be left in peace until"), "{said}");
    assert_eq!(times(&web.asked(), "/rss"), 0);
}

/// What other people write reaches a terminal as words, never as orders to it.
#[test]
fn nothing_that_is_printed_steers_the_terminal() {
    let (web, feed) = serving();
    let folder = started();
    let bad = "\u{1b}]0;x\u{7}\u{9b}2J&#27;[2J";
    let Reply { body, .. } = page(&format!("Owners {bad}refuse"), "2025-03-04", REFUSED);
    let body = String::from_utf8(body).unwrap().replace("Halver Courier", &format!("Halver {bad}Courier"));
    web.put("/one", Reply::new("text/html; charset=utf-8", body));
    web.put("/rss", rss(&[("/one", "1"), (&format!("/gone{bad}"), "1"), (&format!("ht{bad}tp://x/"), "1")]));
    let home = format!("<html><link rel=alternate type=application/rss+xml href='/rss{bad}'></html>");
    let home = web.put("/home", Reply::new("text/html", home));
    let file = folder.path().join("a\u{1b}[2J.html");
    std::fs::write(&file, "").unwrap();
    let (lines, said) = watch(folder.path(), &[&feed, &home], 2);
    assert!(lines.contains("refuse") && said.contains("/gone"), "{lines:?} {said:?}");
    let mut all = vec![lines, said];
    for words in [&["add", file.to_str().unwrap()][..], &["sources"], &["brief"], &["search", "refused"]] {
        let output = run(folder.path(), words);
        all.extend([text(&output.stdout), text(&output.stderr)]);
    }
    for printed in &all {
        assert!(!printed.contains(|c: char| c.is_control() && c != '\n'), "{printed:?}");
    }
}

#[test]
fn a_list_that_cannot_be_read_keeps_nothing_else_from_being_added() {
    let folder = started();
    let (bad, good) = (folder.path().join("feeds.opml"), folder.path().join("one.txt"));
    std::fs::write(&bad, "<html>no list</html>").unwrap();
    std::fs::write(&good, REFUSED).unwrap();
    let gone = folder.path().join("gone.opml");
    let words = [Path::new("add"), &bad, &gone, &good].map(|w| w.to_str().unwrap());
    let (lines, said) = ends(folder.path(), &words, 2);
    assert_eq!(lines, "1 new article; 1 article in all\n");
    assert!(said.contains("feeds.opml`: it is no OPML file that names feeds"), "{said}");
    assert!(said.contains("gone.opml`") && said.contains("name a feed as `https://...`, or an OPML file"), "{said}");
}
