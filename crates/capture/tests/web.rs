//! Addresses and feeds, from a server on this machine.
#![allow(clippy::disallowed_methods, reason = "tests fetch, and lay out files")]

mod served;

use std::io::Write;
use std::net::TcpListener;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use rapporteur_capture::feeds::{Feed, Listed, listed};
use rapporteur_capture::fetch::{Answer, Client, FetchConfig, FetchError, Received, Validators};
use served::{Pace, Reply, Served};

const PAGE: &str =
    "<html><head><title>Owners refuse</title></head><body><p>The owners refused to talk.</p></body></html>";

fn config() -> FetchConfig {
    let mut config = FetchConfig::default();
    (config.allow_private, config.limit, config.time) = (true, 100_000, Duration::from_secs(20));
    config
}

fn client() -> Client {
    Client::new(config())
}

fn received(client: &mut Client, address: &str) -> Received {
    match client.get(address, &Validators::default()) {
        Ok(Answer::Received(received)) => received,
        other => panic!("{other:?}"),
    }
}

/// The error, which names the address.
fn refused(client: &mut Client, address: &str) -> FetchError {
    let error = client.get(address, &Validators::default()).unwrap_err();
    assert!(error.to_string().contains(&format!("failed to read `{address}`: ")), "{error}");
    error
}

fn code(client: &mut Client, address: &str) -> &'static str {
    refused(client, address).refusal.code
}

#[test]
fn a_page_is_fetched_once_and_then_only_where_it_changed() {
    let web = Served::start();
    let reply = Reply::new("text/html; charset=\"ISO-8859-1\"", PAGE).with("ETag", "\"one\"");
    let page = web.put("/page", reply.with("Last-Modified", "Tue, 04 Mar 2025 10:00:00 GMT"));
    let mut client = client();
    let got = received(&mut client, &format!("{page}#part"));
    assert_eq!((got.address.as_str(), got.bytes.as_slice()), (page.as_str(), PAGE.as_bytes()));
    assert_eq!((got.media_type.as_str(), got.charset.as_str()), ("text/html", "ISO-8859-1"));
    assert!(web.asked()[1].contains("user-agent=Rapporteur/"), "who asks is said");
    assert_eq!(client.get(&page, &got.validators), Ok(Answer::Unchanged));
    let conditions = "if-none-match=\"one\" if-modified-since=Tue, 04 Mar 2025 10:00:00 GMT";
    assert!(web.asked()[0].contains(conditions));
    let at = "2025-03-04T10:00:00Z".parse().unwrap();
    let capture = got.captures(Some(at)).remove(0).unwrap();
    assert_eq!((capture.path.as_str(), capture.fields.url.as_str(), capture.at), ("", page.as_str(), Some(at)));
    assert_eq!((capture.fields.is_html, capture.fields.charset.as_str()), (Some(true), "ISO-8859-1"));
}

#[test]
fn redirects_are_followed_and_counted() {
    let web = Served::start();
    web.put("/page", Reply::new("text/html", PAGE));
    web.put("/new/place", Reply::to("../page"));
    let mut client = client();
    assert_eq!(received(&mut client, &web.put("/old", Reply::to("/new/place"))).address, web.url("/page"));
    assert_eq!(code(&mut client, &web.put("/loop", Reply::to("/loop"))), "redirects");
    web.asked();
    assert_eq!(code(&mut client, &web.url("/again/0")), "redirects");
    assert_eq!(web.asked().len(), 6, "the address and five redirects");
    for place in ["file:///etc/hosts", "http://", "ftp://news.example.org/", "https://ann:secret@news.example.org/"] {
        let error = refused(&mut client, &web.put("/away", Reply::to(place)));
        assert_eq!(error.refusal.code, "redirects", "{error}");
    }
    assert_eq!(code(&mut client, &web.put("/nowhere", Reply::status(301))), "redirects");
}

#[test]
fn what_is_too_large_or_too_slow_ends() {
    let web = Served::start();
    let endless = web.put("/endless", Reply::new("text/html", "a".repeat(10_000)).at_pace(Pace::Endless));
    let mut client = client();
    let start = Instant::now();
    assert_eq!(code(&mut client, &endless), "too-large");
    let mut gz = GzEncoder::new(Vec::new(), Compression::best());
    gz.write_all(&vec![b'a'; 30_000_000]).unwrap();
    let bomb = Reply::new("text/html", gz.finish().unwrap()).with("Content-Encoding", "gzip");
    assert!(bomb.body.len() < 100_000);
    assert_eq!(code(&mut client, &web.put("/bomb", bomb)), "too-large");
    let mut short = config();
    short.time = Duration::from_millis(500);
    let error = refused(&mut Client::new(short), &web.put("/drip", Reply::new("text/html", "").at_pace(Pace::Drip)));
    assert_eq!((error.refusal.code, error.is_passing), ("timeout", true));
    assert!(start.elapsed() < Duration::from_secs(15), "{:?}", start.elapsed());
}

#[test]
fn machines_of_ones_own_are_not_asked_unless_it_is_meant() {
    let web = Served::start();
    let page = web.put("/page", Reply::new("text/html", PAGE));
    let mut closed = Client::new(FetchConfig::default());
    let port = page.rsplit_once(':').unwrap().1;
    for host in ["127.0.0.1", "localhost", "127.1", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]", "0.0.0.0"] {
        let error = refused(&mut closed, &format!("http://{host}:{port}"));
        assert_eq!(error.refusal.code, "private-address", "{host}: {error}");
        assert!(error.to_string().contains("--allow-private"), "{error}");
    }
    assert!(web.asked().is_empty(), "nobody was asked");
    assert_eq!(code(&mut closed, "http://169.254.169.254/latest"), "private-address");
    assert_eq!(code(&mut closed, "http://10.0.0.1/"), "private-address");
    assert_eq!(received(&mut client(), &page).bytes, PAGE.as_bytes());
    // nor where a machine of a cloud asks for its secrets, whatever is allowed
    for host in ["169.254.169.254", "[::ffff:169.254.169.254]", "[fe80::1]"] {
        for client in [&mut closed, &mut client()] {
            let error = refused(client, &format!("http://{host}/latest/meta-data"));
            assert_eq!(error.refusal.code, "private-address", "{host}: {error}");
            assert!(error.to_string().contains("never asked") && !error.to_string().contains("--allow"), "{error}");
        }
    }
}

#[test]
fn robots_txt_is_asked_for_once_and_obeyed() {
    let web = Served::start();
    let robots = "User-agent: *\nDisallow: /\n\nUser-agent: rapporteur\nDisallow: /closed\nAllow: /closed/open\n";
    web.put("/robots.txt", Reply::new("text/plain", robots));
    for path in ["/page", "/closed/page", "/closed/open"] {
        web.put(path, Reply::new("text/html", PAGE));
    }
    let mut first = client();
    received(&mut first, &web.url("/page"));
    received(&mut first, &web.url("/closed/open"));
    let error = refused(&mut first, &web.url("/closed/page"));
    assert_eq!((error.refusal.code, error.is_passing), ("robots", false));
    // nor by way of a redirect
    assert_eq!(code(&mut first, &web.put("/way", Reply::to("/closed/page"))), "robots");
    let asked = web.asked();
    assert_eq!(asked.iter().filter(|a| a.starts_with("/robots.txt")).count(), 1, "{asked:?}");
    assert!(!asked.iter().any(|a| a.starts_with("/closed/page")), "{asked:?}");
    // no status of the client is a rule, and of long rules the beginning holds
    for status in [400, 401, 404, 405, 406, 410, 418] {
        web.put("/robots.txt", Reply::status(status));
        received(&mut client(), &web.url("/closed/page"));
    }
    let long = format!("{robots}Disallow: /page\n{}", "Disallow: /elsewhere/on/this/host\n".repeat(20_000));
    assert!(long.len() > 600_000);
    web.put("/robots.txt", Reply::new("text/plain", format!("{long}Disallow: /two\n")));
    assert_eq!(code(&mut client(), &web.url("/page")), "robots");
    received(&mut client(), &web.put("/two", Reply::new("text/html", PAGE)));
    // they may want to be asked less often
    web.put("/robots.txt", Reply::new("text/plain", "User-agent: *\nCrawl-delay: 0.4\n"));
    let (mut slow, start) = (client(), Instant::now());
    (0..2).for_each(|_| drop(received(&mut slow, &web.url("/page"))));
    assert!(start.elapsed() >= Duration::from_millis(800), "{:?}", start.elapsed());
    // rules that cannot be had forbid everything for the moment; any bytes are rules
    web.put("/robots.txt", Reply::status(500));
    assert!(refused(&mut client(), &web.url("/page")).is_passing);
    web.put("/robots.txt", Reply::new("text/plain", b"\xff\xfe: \0\nUser-agent\n:::*\nAllow: /*$**\n".to_vec()));
    received(&mut client(), &web.url("/page"));
}

#[test]
fn a_busy_server_is_left_in_peace() {
    let web = Served::start();
    let busy = web.put("/busy", Reply::status(429).with("Retry-After", "120"));
    web.put("/page", Reply::new("text/html", PAGE));
    let mut client = client();
    let error = refused(&mut client, &busy);
    assert_eq!((error.refusal.code, error.is_passing, error.wait), ("busy", true, Some(Duration::from_secs(120))));
    web.asked();
    assert_eq!(code(&mut client, &web.url("/page")), "busy");
    assert!(web.asked().is_empty(), "it is not asked for anything else either");
}

#[test]
fn what_is_no_page_is_named() {
    let web = Served::start();
    let mut client = client();
    for (status, code, is_passing) in [
        (404, "missing", false),
        (410, "missing", false),
        (403, "forbidden", false),
        (500, "server", true),
        (418, "server", false),
    ] {
        let error = refused(&mut client, &web.put("/page", Reply::status(status)));
        assert_eq!((error.refusal.code, error.is_passing), (code, is_passing), "{error}");
    }
    assert_eq!(code(&mut client, &web.put("/picture", Reply::new("image/png", "x"))), "wrong-type");
    let binary =
        received(&mut client, &web.put("/data", Reply::new("application/octet-stream", b"\x89PNG\r\n\x1a\n".to_vec())));
    assert_eq!(binary.captures(None).remove(0).unwrap_err().code, "not-text");
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let error = refused(&mut client, &format!("http://{closed}/page"));
    assert_eq!((error.refusal.code, error.is_passing), ("network", true));
    assert_eq!(code(&mut client, "news.example.org/page"), "address");
}

#[test]
fn what_was_fetched_never_names_a_file_of_this_machine() {
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("secret.txt");
    std::fs::write(&secret, "The password is here.").unwrap();
    let web = Served::start();
    let file = secret.display();
    for library in [
        format!("TY  - NEWS\nTI  - Owners refuse\nL1  - {file}\nER  - \n"),
        format!("[{{\"title\": \"Owners refuse\", \"attachments\": [{{\"path\": \"{file}\"}}]}}]"),
    ] {
        let got = received(&mut client(), &web.put("/library", Reply::new("text/plain", library)));
        for capture in got.captures(None).into_iter().flatten() {
            assert!(!String::from_utf8_lossy(&capture.bytes).contains("password"));
        }
    }
}

const HERE: &str = "https://news.example.org/feeds/all";

fn feed(written: &str) -> Feed {
    match listed(written.as_bytes(), HERE, "") {
        Ok(Listed::Feed(feed)) => feed,
        other => panic!("{other:?}"),
    }
}

#[test]
fn rss_is_read() {
    let long = "The owners refused. ".repeat(80);
    let feed = feed(&format!(
        r#"<?xml version="1.0"?>
        <!-- made by hand -->
        <rss version="2.0" xmlns:media="m" xmlns:content="c" xmlns:atom="a" xmlns:dc="d"><channel>
        <title>Ports &amp; Piers</title><link>https://news.example.org/</link><atom:link rel="self" href="{HERE}"/>
        <image><title>Logo</title><link>https://news.example.org/logo</link></image>
        <item><title>Owners &lt;b&gt;refuse&lt;/b&gt; AT&amp;amp;T offer</title><link> /a?x=1&amp;y=2 </link>
          <pubDate>Tue, 04 Mar 2025 10:12:00 GMT</pubDate><source url="https://other.example.org/rss">Other Herald</source>
          <dc:creator><![CDATA[Ann Bell]]></dc:creator><media:title>A picture</media:title>
          <media:content url="x"><media:title>Another</media:title></media:content>
          <content:encoded><![CDATA[<p>{long}</p>]]></content:encoded></item>
        <item><title>By its id</title><guid>https://news.example.org/b</guid><description>Short.</description></item>
        <item><title>An id that is none</title><guid isPermaLink="false">https://news.example.org/c</guid></item>
        <item><title>Elsewhere</title><link>javascript:alert(1)</link></item>
        </channel></rss>"#
    ));
    assert_eq!(feed.title, "Ports & Piers");
    let links: Vec<_> = feed.entries.iter().map(|e| e.link.as_str()).collect();
    assert_eq!(links, ["https://news.example.org/a?x=1&y=2", "https://news.example.org/b"]);
    let first = &feed.entries[0];
    assert_eq!((first.title.as_str(), first.outlet.as_str()), ("Owners refuse AT&T offer", "Other Herald"));
    assert_eq!(
        (first.published.as_str(), first.authors.join("")),
        ("Tue, 04 Mar 2025 10:12:00 GMT", "Ann Bell".to_string())
    );
    let capture = first.capture(&feed.title, None).unwrap();
    assert_eq!((capture.fields.outlet.as_str(), capture.fields.is_html), ("Other Herald", Some(true)));
    assert!(capture.bytes.starts_with(b"<p>The owners"));
    assert!(feed.entries[1].capture(&feed.title, None).is_none(), "a summary is no article");
}

#[test]
fn a_text_that_breaks_off_is_no_article() {
    let item = |end: &str| {
        let text = "The owners refused. ".repeat(80) + end;
        feed(&format!(
            "<rss><channel><item><link>/a</link><encoded xmlns='c'/><content:encoded>{text}</content:encoded></item></channel></rss>"
        ))
    };
    assert!(item("The end.").entries[0].whole().is_some());
    assert!(item("Read on &#8230;").entries[0].whole().is_none());
    assert!(item("[...]").entries[0].whole().is_none());
}

#[test]
fn rss_1_and_atom_are_read() {
    let one = feed(
        "<rdf:RDF xmlns:rdf='r'><channel><title>Ports</title></channel><item rdf:about='x'><title>Owners refuse</title>
         <link>https://news.example.org/a</link><dc:date>2025-03-04T10:12:00Z</dc:date></item></rdf:RDF>",
    );
    assert_eq!((one.title.as_str(), one.entries[0].published.as_str()), ("Ports", "2025-03-04T10:12:00Z"));
    let atom = feed(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title type='text'>Ports</title><link href='/'/><entry>
         <title type='html'>Owners &amp;lt;refuse</title><link rel='edit' href='/edit'/><link rel='alternate' href='a'/>
         <link href='later'/><published>2025-03-04T10:12:00Z</published><updated>2025-03-05T10:12:00Z</updated>
         <author><name>Ann Bell</name><email>a@news.example.org</email></author>
         <source><id>tag:x</id><title>Other Herald</title><updated>2020-01-01T00:00:00Z</updated></source>
         <content type='xhtml'><div xmlns='h'><p>The <a href='/x'>owners</a> refused.</p></div></content></entry></feed>",
    );
    let entry = &atom.entries[0];
    assert_eq!((entry.link.as_str(), entry.title.as_str()), ("https://news.example.org/feeds/a", "Owners <refuse"));
    assert_eq!((entry.outlet.as_str(), entry.authors.join("")), ("Other Herald", "Ann Bell".to_string()));
    assert_eq!((entry.published.as_str(), entry.updated.as_str()), ("2025-03-04T10:12:00Z", "2025-03-05T10:12:00Z"));
    let content = entry.content.as_ref().unwrap();
    assert_eq!(content.text, "<div><p>The <a href=\"/x\">owners</a> refused.</p></div>");
}

#[test]
fn json_feeds_sitemaps_of_news_and_opml_are_read() {
    let json = feed(
        r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Ports", "items": [
            {"id": "1", "url": "https://news.example.org/a", "title": "Owners refuse", "date_published": "2025-03-04T10:12:00Z",
             "authors": [{"name": "Ann Bell"}], "content_text": "Short."}, {"id": 2}, "odd", null]}"#,
    );
    assert_eq!((json.entries.len(), json.entries[0].title.as_str()), (1, "Owners refuse"));
    let news = feed(
        "<urlset xmlns='s' xmlns:n='news'><url><loc>https://news.example.org/a</loc><lastmod>2025-03-05</lastmod><n:news>
         <n:publication><n:name>Ports Herald</n:name><n:language>en</n:language></n:publication>
         <n:publication_date>2025-03-04</n:publication_date><n:title>Owners refuse</n:title></n:news>
         <image:image><image:loc>https://news.example.org/picture</image:loc><image:title>A picture</image:title></image:image>
         </url><url><loc>https://news.example.org/contact</loc></url></urlset>",
    );
    assert_eq!(news.entries.len(), 1, "{news:?}");
    let entry = &news.entries[0];
    assert_eq!((entry.link.as_str(), entry.outlet.as_str()), ("https://news.example.org/a", "Ports Herald"));
    assert_eq!((entry.title.as_str(), entry.published.as_str()), ("Owners refuse", "2025-03-04"));
    let opml = "<opml version='2.0'><body><outline text='Ports'><outline xmlUrl='https://news.example.org/rss'/>
                <outline xmlUrl='https://news.example.org/rss'/></outline><outline XMLURL='/other'/></body></opml>";
    let feeds = ["https://news.example.org/rss", "https://news.example.org/other"].map(str::to_string);
    assert_eq!(listed(opml.as_bytes(), HERE, ""), Ok(Listed::Feeds(feeds.to_vec())));
}

#[test]
fn pages_are_told_from_feeds_and_name_theirs() {
    let page = "<!doctype html><html><head><link rel=stylesheet href=x.css><LINK REL='Alternate home' type=application/rss+xml \
                href='/rss'><link rel='alternate' hreflang='fr' href='/fr'></head><p>Talks of the owners.</p></html>";
    let rss = "https://news.example.org/rss".to_string();
    assert_eq!(listed(page.as_bytes(), HERE, ""), Ok(Listed::Nothing(vec![rss])));
    for nothing in ["", "Talks resumed.", "{\"a\": 1}", "%PDF-1.4", "<html>", "< rss", "<!--<rss>-->"] {
        assert_eq!(listed(nothing.as_bytes(), HERE, ""), Ok(Listed::Nothing(Vec::new())), "{nothing}");
    }
    let why = listed(b"<urlset><url><loc>https://news.example.org/a</loc></url></urlset>", HERE, "").unwrap_err();
    assert!(why.contains("sitemap without news"), "{why}");
}

#[test]
fn sitemaps_of_a_list_are_those_of_its_host_the_newest_first() {
    let map = |loc: &str, day: &str| format!("<sitemap><loc>{loc}</loc><lastmod>{day}</lastmod></sitemap>");
    let index = |maps: &[String]| format!("<sitemapindex>{}</sitemapindex>", maps.concat());
    let own = |path: &str| format!("https://news.example.org/{path}");
    let all = [
        map(&own("old.xml"), "2024-01-01"),
        map("https://elsewhere.example.com/x.xml", "2025-03-09"),
        map("/pages.xml", "2025-03-04T10:00:00Z"),
        map("/today-news.xml", "2025-03-04T10:00:00Z"),
        map("file:///etc/passwd", "2025-03-09"),
        "<sitemap><loc>/undated.xml</loc></sitemap>".to_string(),
        map(&own("old.xml"), "2024-01-01"),
    ];
    let expected = ["today-news.xml", "pages.xml", "old.xml", "undated.xml"].map(own).to_vec();
    assert_eq!(listed(index(&all).as_bytes(), HERE, ""), Ok(Listed::Sitemaps(expected)));
    let many: Vec<String> = (0..500).map(|n| map(&format!("/{n}.xml"), &format!("20{:02}-01-01", n % 100))).collect();
    let Ok(Listed::Sitemaps(maps)) = listed(index(&many).as_bytes(), HERE, "") else { panic!() };
    assert_eq!((maps.len(), maps[0].as_str()), (20, "https://news.example.org/99.xml"));
    let why = listed(index(&all[1..2]).as_bytes(), HERE, "").unwrap_err();
    assert!(why.contains("none on its own host"), "{why}");
}

#[test]
fn feeds_in_old_encodings_are_read() {
    let rss = "<?xml version='1.0' encoding='windows-1251'?><rss><channel><item><title>Порт</title><link>/a</link></item></channel></rss>";
    let bytes = rss.chars().map(|c| if c.is_ascii() { c as u8 } else { (u32::from(c) - 0x410 + 0xc0) as u8 });
    let Ok(Listed::Feed(feed)) = listed(&bytes.collect::<Vec<_>>(), HERE, "") else { panic!() };
    assert_eq!(feed.entries[0].title, "Порт");
}

#[test]
fn hostile_feeds_are_refused_or_end() {
    let mut laughs = String::from("<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a0 'ha'>");
    (1..60).for_each(|n| laughs += &format!("<!ENTITY a{n} '{}'>", format!("&a{};", n - 1).repeat(10)));
    laughs += "]><rss><channel><title>&a59;</title><item><link>/a</link></item></channel></rss>";
    let why = listed(laughs.as_bytes(), HERE, "").unwrap_err();
    assert!(why.contains("declares entities of its own"), "{why}");
    let deep = format!("<rss><channel><item>{}", "<content>".repeat(1_000_000));
    assert!(listed(deep.as_bytes(), HERE, "").unwrap_err().contains("deep"));
    let start = Instant::now();
    let many = format!("<rss><channel>{}", "<item><link>/a</link></item>".repeat(300_000));
    let feed = feed(&many);
    assert_eq!((feed.entries.len(), feed.has_more), (5_000, true));
    let nested = format!("{{\"version\": \"https://jsonfeed.org/version/1\", \"items\": {}", "[".repeat(1_000_000));
    assert_eq!(listed(nested.as_bytes(), HERE, ""), Ok(Listed::Nothing(Vec::new())));
    let attributes = format!("<rss {}><channel/></rss>", "a='b' ".repeat(500_000));
    assert!(listed(attributes.as_bytes(), HERE, "").is_ok());
    let unclosed = format!("<rss><channel><item>{}", "<a></b>".repeat(30));
    assert!(listed(unclosed.as_bytes(), HERE, "").is_ok());
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
    // what stands before a break is read
    let cut = listed(b"<rss><channel><item><title>A</title><link>/a</link></item><item><ti", HERE, "");
    assert!(matches!(cut, Ok(Listed::Feed(feed)) if feed.entries.len() == 1 && feed.is_broken));
    assert!(!rss_of("").is_broken);
    let cut = listed(b"<urlset><url><loc>https://news.example.org/a</loc><news:news/></url><url>", HERE, "");
    assert!(matches!(cut, Ok(Listed::Feed(feed)) if feed.entries.len() == 1 && feed.is_broken));
    let cut = listed(b"<urlset><url><loc>https://news.example.org/a</lo", HERE, "");
    assert!(matches!(cut, Ok(Listed::Feed(feed)) if feed.entries.is_empty() && feed.is_broken));
    let why = listed(b"<opml><body><outline xmlUrl='/a'/><outline", HERE, "").unwrap_err();
    assert!(why.contains("breaks off after 1 of them"), "{why}");
    // an ampersand that stands for nothing but itself is no break
    let loose = rss_of("<item><title>AT&T & others</title><link>/a?x=1&y=2</link></item><item><link>/b</link></item>");
    assert_eq!((loose.entries.len(), loose.is_broken), (2, false));
    assert_eq!(loose.entries[0].title, "AT&T & others");
}

fn rss_of(items: &str) -> Feed {
    feed(&format!("<rss><channel>{items}</channel></rss>"))
}
