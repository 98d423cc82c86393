//! Who may be connected to for a stranger's address: anybody in the open, and beyond that only the very place where the
//! service lives. Names are looked at when the connection is made, so that no name can change its mind in between.

use std::collections::{HashMap, HashSet};
use std::error::Error as StdError;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::sync::Notify;
use url::{Host, Url};

/// Said when a connection is refused here; known again by [`refusal_in`].
#[derive(Debug, Clone, thiserror::Error)]
#[error("{host} leads to a private address")]
struct Private {
    host: String,
}

/// Names that are being connected to, and which private addresses each may lead to.
#[derive(Debug, Clone, Default)]
pub struct Guard(Arc<Names>);

#[derive(Debug, Default)]
struct Names {
    names: Mutex<HashMap<String, Allowed>>,
    freed: Notify,
}

#[derive(Debug)]
struct Allowed {
    private: HashSet<IpAddr>,
    /// How many connect to the name under these terms.
    leases: usize,
}

/// The terms under which a name is connected to; they hold until this is dropped.
#[derive(Debug)]
pub struct Lease(Option<(Guard, String)>);

impl Drop for Lease {
    fn drop(&mut self) {
        let Some((guard, name)) = self.0.take() else { return };
        let mut names = lock(&guard.0.names);
        if let Some(allowed) = names.get_mut(&name) {
            allowed.leases -= 1;
            if allowed.leases == 0 {
                names.remove(&name);
                guard.0.freed.notify_waiters();
            }
        }
    }
}

impl Guard {
    /// Lets a connection to `url` begin, or says why not. `home` is where the service lives.
    pub async fn allow(&self, url: &Url, home: &Url) -> Result<Lease, String> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(format!("{} addresses are not fetched", url.scheme()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("it holds a name or a password".into());
        }
        let host = url.host().ok_or("it names no host")?;
        // At another port of the same computer lives somebody else.
        let is_home_port = url.port_or_known_default() == home.port_or_known_default();
        let allowed = if is_home_port { private_homes(home).await } else { HashSet::new() };
        match host {
            Host::Ipv4(ip) => literal(IpAddr::V4(ip), &allowed).map(|()| Lease(None)),
            Host::Ipv6(ip) => literal(IpAddr::V6(ip), &allowed).map(|()| Lease(None)),
            Host::Domain(name) => {
                // A proxy would look the name up itself, and ask nobody here. A name that only the proxy knows is its own.
                let known = tokio::net::lookup_host((name, 0)).await;
                if let Ok(known) = known.map(Vec::from_iter)
                    && !known.is_empty()
                    && !known.iter().any(|at| may_lead_to(at.ip(), &allowed))
                {
                    return Err(Private { host: name.to_owned() }.to_string());
                }
                Ok(self.lease(name.to_ascii_lowercase(), allowed).await)
            }
        }
    }

    /// Takes a name under these terms. While somebody connects to it under others, this waits.
    async fn lease(&self, name: String, private: HashSet<IpAddr>) -> Lease {
        loop {
            let freed = self.0.freed.notified();
            tokio::pin!(freed);
            freed.as_mut().enable();
            {
                let mut names = lock(&self.0.names);
                let terms = names
                    .entry(name.clone())
                    .or_insert_with(|| Allowed { private: private.clone(), leases: 0 });
                if terms.private == private {
                    terms.leases += 1;
                    return Lease(Some((self.clone(), name)));
                }
            }
            freed.await;
        }
    }

    /// The addresses of a name that may be connected to. Names that nobody fetches from are those of proxies.
    fn filter(&self, name: &str, found: Vec<SocketAddr>) -> Result<Vec<SocketAddr>, Private> {
        let guarded = lock(&self.0.names);
        let Some(allowed) = guarded.get(&name.to_ascii_lowercase()) else { return Ok(found) };
        let open: Vec<_> = found.into_iter().filter(|at| may_lead_to(at.ip(), &allowed.private)).collect();
        if open.is_empty() { Err(Private { host: name.to_owned() }) } else { Ok(open) }
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.clone();
        Box::pin(async move {
            let found: Vec<_> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            if found.is_empty() {
                return Err(io::Error::new(io::ErrorKind::NotFound, "the name has no address").into());
            }
            let open = guard.filter(name.as_str(), found)?;
            Ok(Box::new(open.into_iter()) as Addrs)
        })
    }
}

/// Why the guard refused, if it is the guard that refused.
pub fn refusal_in(error: &reqwest::Error) -> Option<String> {
    let mut cause: Option<&dyn StdError> = Some(error);
    while let Some(one) = cause {
        if let Some(private) = one.downcast_ref::<Private>() {
            return Some(private.to_string());
        }
        cause = one.source();
    }
    None
}

/// The private addresses at which the service itself is reached.
async fn private_homes(home: &Url) -> HashSet<IpAddr> {
    let found: Vec<IpAddr> = match home.host() {
        Some(Host::Ipv4(ip)) => vec![IpAddr::V4(ip)],
        Some(Host::Ipv6(ip)) => vec![IpAddr::V6(ip)],
        Some(Host::Domain(name)) => match tokio::net::lookup_host((name, 0)).await {
            Ok(found) => found.map(|at| at.ip()).collect(),
            // A service that cannot be found allows nothing.
            Err(_) => Vec::new(),
        },
        None => Vec::new(),
    };
    let lives_here = found.iter().any(IpAddr::is_loopback);
    let loopback = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];
    let also = loopback.into_iter().filter(|_| lives_here);
    found.iter().copied().chain(also).filter(|ip| !is_public(*ip)).collect()
}

fn literal(ip: IpAddr, allowed: &HashSet<IpAddr>) -> Result<(), String> {
    if may_connect(ip, allowed) { Ok(()) } else { Err(format!("{ip} is a private address")) }
}

fn may_connect(ip: IpAddr, allowed: &HashSet<IpAddr>) -> bool {
    is_public(ip) || allowed.contains(&ip)
}

/// Whether a name may lead there. Programs that route a whole computer's traffic (Clash, Surge) answer every name with an
/// address of the range for measurements, 198.18.0.0/15 of RFC 2544, and connect to where it really lives.
fn may_lead_to(ip: IpAddr, allowed: &HashSet<IpAddr>) -> bool {
    let stands_for_a_name = matches!(ip, IpAddr::V4(ip) if matches!(ip.octets(), [198, 18 | 19, ..]));
    stands_for_a_name || may_connect(ip, allowed)
}

/// Whether an address names this computer.
pub fn is_near(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

/// Whether an address lies in the open network: not on this computer, not in a network of the person's own, not set
/// aside for anything else.
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => match embedded(ip) {
            Some(inner) => is_public_v4(inner),
            None => is_public_v6(ip),
        },
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [first, second, third, _] = ip.octets();
    let set_aside = matches!(
        (first, second, third),
        // This network, shared by carriers, protocol assignments, 6to4 relays, measurements, multicast and beyond.
        (0 | 224..=255, ..) | (100, 64..=127, _) | (192, 0, 0) | (192, 88, 99) | (198, 18 | 19, _)
    );
    !(set_aside || ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_documentation())
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [first, second, ..] = ip.segments();
    // Only 2000::/3 is given out; in it, documentation and what tunnels are made of.
    let given_out = first & 0xe000 == 0x2000;
    let set_aside =
        (first == 0x2001 && (second < 0x0200 || second == 0x0db8)) || (first == 0x3fff && second < 0x1000);
    given_out && !set_aside
}

/// The older address that a newer one stands for: mapped, translated (`64:ff9b::/96`) or tunnelled (`2002::/16`).
fn embedded(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let [first, second, third, fourth, fifth, sixth, high, low] = ip.segments();
    let joined = |high: u16, low: u16| Ipv4Addr::from(u32::from(high) << 16 | u32::from(low));
    match (first, second, third, fourth, fifth, sixth) {
        (0, 0, 0, 0, 0, 0xffff) | (0x64, 0xff9b, 0, 0, 0, 0) => Some(joined(high, low)),
        (0x2002, ..) => Some(joined(second, third)),
        _ => None,
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    #[test]
    fn only_addresses_in_the_open_are_public() {
        for open in [
            "1.1.1.1",
            "93.184.216.34",
            "172.15.0.1",
            "2606:4700::1111",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
        ] {
            assert!(is_public(open.parse().unwrap()), "{open} is in the open");
        }
        for closed in [
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.0.8",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "203.0.113.1",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "fec0::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
            "::127.0.0.1",
        ] {
            assert!(!is_public(closed.parse().unwrap()), "{closed} is not");
        }
    }

    #[tokio::test]
    async fn a_private_address_is_reached_only_where_the_service_lives() {
        let guard = Guard::default();
        let home = url("http://127.0.0.1:4000/v1");
        for fine in
            ["http://127.0.0.1:4000/files/a.png", "http://[::1]:4000/a", "https://93.184.216.34/a.png"]
        {
            assert!(guard.allow(&url(fine), &home).await.is_ok(), "{fine}");
        }
        for bad in [
            "http://127.0.0.1:631/",
            "http://127.0.0.1/",
            "http://192.168.1.1:4000/",
            "http://169.254.169.254/latest",
            "http://2130706433/",
            "http://0x7f.1:80/",
            "http://[::ffff:10.0.0.1]/",
            "ftp://93.184.216.34/",
            "file:///etc/passwd",
            "http://me:secret@93.184.216.34/",
        ] {
            assert!(guard.allow(&url(bad), &home).await.is_err(), "{bad} is refused");
        }
        let far = url("https://93.184.216.34/v1");
        assert!(
            guard.allow(&url("https://127.0.0.1/"), &far).await.is_err(),
            "a far service has no home here"
        );
    }

    #[tokio::test]
    async fn a_name_is_judged_by_what_it_leads_to_when_it_is_connected() {
        let guard = Guard::default();
        let (open, near): (SocketAddr, SocketAddr) =
            ("93.184.216.34:0".parse().unwrap(), "127.0.0.1:0".parse().unwrap());
        let far = url("https://api.invalid/v1");
        let evil = guard.allow(&url("http://Evil.invalid/a.png"), &far).await.unwrap();
        assert!(
            guard.filter("evil.invalid", vec![near]).is_err(),
            "it changed its mind since it was looked at"
        );
        assert_eq!(guard.filter("evil.invalid", vec![near, open]).unwrap(), [open], "what is open is taken");
        let stands_for_it: SocketAddr = "198.18.0.7:0".parse().unwrap();
        assert_eq!(guard.filter("evil.invalid", vec![stands_for_it]).unwrap(), [stands_for_it]);
        drop(evil);
        assert!(lock(&guard.0.names).is_empty(), "nothing is left of it");
        assert_eq!(guard.filter("proxy.lan", vec![near]).unwrap(), [near], "nobody fetches from a proxy");
        let home = url("http://127.0.0.1:4000/v1");
        let lease = guard.allow(&url("http://localhost:4000/a"), &home).await.unwrap();
        assert_eq!(guard.filter("localhost", vec![near]).unwrap(), [near], "the service lives there");
        drop(lease);
        let other_port = guard.allow(&url("http://localhost:5000/a"), &home).await;
        assert!(other_port.is_err(), "somebody else lives at that port");
    }

    #[tokio::test]
    async fn nobody_connects_to_a_name_under_the_terms_of_another() {
        let guard = Guard::default();
        let near: IpAddr = "192.168.1.5".parse().unwrap();
        let first = guard.lease("nas.lan".into(), HashSet::from([near])).await;
        let also = guard.lease("nas.lan".into(), HashSet::from([near])).await;
        let waits = tokio::spawn({
            let guard = guard.clone();
            async move { guard.lease("nas.lan".into(), HashSet::new()).await }
        });
        tokio::task::yield_now().await;
        drop(first);
        assert!(!waits.is_finished(), "one still connects");
        drop(also);
        let second = waits.await.unwrap();
        let private = vec![SocketAddr::new(near, 80)];
        assert!(guard.filter("nas.lan", private).is_err(), "the second has no home there");
        drop(second);
    }
}
