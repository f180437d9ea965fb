//! Which addresses may be fetched at all, and which machines they may lead to.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use url::{Host, Url};

/// An address of the web as it may be fetched; the fragment is left out.
///
/// # Errors
/// In words for the user: for other schemes than http and https, without a host, and with a name or password in it.
pub(super) fn web_address(written: &str) -> Result<Url, String> {
    let mut url = Url::parse(written.trim())
        .map_err(|e| format!("it is no address of the web ({e}): write it as `https://...`"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("`{}` addresses are not fetched: only http and https are", url.scheme()));
    }
    if !url.has_host() {
        return Err("it names no host: write it as `https://host/...`".to_string());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("it holds a name or password, which would be kept with the page: leave it out".to_string());
    }
    url.set_fragment(None);
    Ok(url)
}

/// Whether the host is this very machine by its number or as `localhost`, where nobody is spared by waiting.
pub(super) fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// Whether an address belongs to a machine that the whole internet sees.
pub(super) fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

/// By the registry of special-purpose addresses (RFC 6890 and its additions).
fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let is_special = ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_documentation()
        || a == 0
        || a >= 240 // reserved, and broadcast
        || (a == 100 && (64..128).contains(&b)) // shared by carriers
        || (a == 192 && b == 0 && c == 0) // protocol assignments
        || (a == 192 && b == 88 && c == 99) // 6to4 relays
        || (a == 198 && (b == 18 || b == 19)); // benchmarks
    !is_special
}

/// Only global unicast, and of that not what carries an IPv4 address elsewhere unless that one is public.
fn is_public_v6(ip: Ipv6Addr) -> bool {
    if let Some(inner) = ip.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    let s = ip.segments();
    match s {
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => is_public_v4(inner(high, low)),
        // protocol assignments with Teredo and benchmarks; documentation
        [0x2001, second, ..] if second < 0x200 || second == 0xdb8 => false,
        [0x3fff, second, ..] if second < 0x1000 => false,
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

/// Whether an address is of the link alone: where machines of a cloud ask for their own secrets, and where no press is.
pub(super) fn is_of_link(ip: IpAddr) -> bool {
    let of_v6 = |ip: Ipv6Addr| match (ip.to_ipv4_mapped(), ip.segments()) {
        (Some(inner), _) => inner.is_link_local(),
        (None, [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..]) => inner(high, low).is_link_local(),
        // the one that a cloud answers at by version 6
        (None, segments) => segments == [0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254] || ip.is_unicast_link_local(),
    };
    match ip {
        IpAddr::V4(ip) => ip.is_link_local(),
        IpAddr::V6(ip) => of_v6(ip),
    }
}

/// The address of version 4 in two segments.
fn inner(high: u16, low: u16) -> Ipv4Addr {
    Ipv4Addr::from((u32::from(high) << 16) | u32::from(low))
}

/// A name leads to a machine that may not be asked.
#[derive(Debug)]
pub(super) struct Private(pub(super) IpAddr);

impl std::fmt::Display for Private {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "private address {}", self.0)
    }
}

impl std::error::Error for Private {}

/// Resolves names, and gives none of the addresses where one of them may not be asked. The connection is made to what was
/// checked here: a name is not resolved a second time.
#[derive(Debug, Default)]
pub(super) struct Checked {
    pub(super) allow_private: bool,
    inner: DefaultResolver,
}

impl Checked {
    pub(super) fn new(allow_private: bool) -> Self {
        Self { allow_private, ..Self::default() }
    }
}

impl Resolver for Checked {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let is_barred = |ip: &IpAddr| is_of_link(*ip) || !self.allow_private && !is_public(*ip);
        match found.iter().map(SocketAddr::ip).find(is_barred) {
            Some(ip) => Err(ureq::Error::Io(std::io::Error::other(Private(ip)))),
            None => Ok(found),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_all_the_internet_sees_is_public() {
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "192.0.0.8",
            "240.0.0.1",
            "203.0.113.9",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "fec0::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2002:c0a8:101::1",
            "2001:db8::1",
            "2001::1",
            "100::1",
            "3fff::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
        for public in [
            "1.2.3.4",
            "172.32.0.1",
            "192.0.1.1",
            "198.20.0.1",
            "2606:4700::1",
            "2a00:1450::1",
            "::ffff:1.2.3.4",
            "64:ff9b::102:304",
            "2002:102:304::1",
        ] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }

    /// Written in whatever way; a network of one's own is none of these.
    #[test]
    fn addresses_of_the_link_are_told_from_ones_own_network() {
        for of_link in ["169.254.169.254", "169.254.0.1", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe"]
            .into_iter()
            .chain(["2002:a9fe:a9fe::1", "fe80::1", "fd00:ec2::254"])
        {
            assert!(is_of_link(of_link.parse().unwrap()) && !is_public(of_link.parse().unwrap()), "{of_link}");
        }
        for own in ["127.0.0.1", "10.0.0.1", "192.168.1.1", "::1", "fd12::1", "169.253.0.1", "1.2.3.4"] {
            assert!(!is_of_link(own.parse().unwrap()), "{own}");
        }
    }

    #[test]
    fn addresses_are_of_the_web_and_hold_no_secret() {
        assert_eq!(web_address(" https://Example.org/a#b ").unwrap().as_str(), "https://example.org/a");
        // a number written in another way is the same machine
        assert!(is_this_machine(&web_address("http://127.1/").unwrap()));
        assert!(is_this_machine(&web_address("http://0x7f000001/").unwrap()));
        for (wrong, word) in [
            ("example.org", "https://"),
            ("file:///etc/hosts", "only http and https"),
            ("ftp://example.org/", "only http and https"),
            ("https://ann:secret@example.org/", "name or password"),
            ("http://", "host"),
        ] {
            let why = web_address(wrong).unwrap_err();
            assert!(why.contains(word) && !why.contains("secret"), "{wrong}: {why}");
        }
    }
}
