//! Turns what a person pastes into an API root. Purely textual: it never asks the network whether it is right.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use crate::Key;

/// Endings that belong to one call and not to the root, longest first.
const CALLS: &[&[&str]] = &[
    &["chat", "completions"],
    &["images", "generations"],
    &["images", "edits"],
    &["images", "variations"],
    &["audio", "speech"],
    &["audio", "transcriptions"],
    &["audio", "translations"],
    &["api", "tags"],
    &["api", "chat"],
    &["api", "generate"],
    &["completions"],
    &["models"],
    &["embeddings"],
    &["moderations"],
    &["responses"],
    &["messages"],
];

/// What may stand before or after the version number and still belongs to the API, not to a path of the host.
const ROOTS: &[&[&str]] =
    &[&["api", "paas"], &["api"], &["openai"], &["compatible-mode"], &["api", "openai"]];

/// Hosts whose API lies at `/api/v1` whatever page of theirs was pasted.
const UNDER_API: &[&str] = &["api.arcee.ai", "openrouter.ai", "www.openrouter.ai"];

/// Where a service is reached and with what key. No key means no `Authorization` header.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// The normalised address.
    pub root: ApiRoot,
    /// The secret; local servers need none.
    pub key: Option<Key>,
}

/// A normalised API root such as `https://host/v1`, without a trailing slash.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ApiRoot {
    root: String,
    host_root: String,
    host: String,
    local: bool,
}

/// Why an address cannot be used. Never repeats what was pasted: people paste keys by mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Nothing but blanks or quotes.
    #[error("the address is empty")]
    Empty,
    /// Not an address at all.
    #[error("the address cannot be read")]
    Unreadable,
    /// A scheme other than `http` and `https`.
    #[error("only http and https addresses are possible")]
    Scheme,
    /// A name or password before the host: it would end up in logs.
    #[error("the address holds a name or a password")]
    Credentials,
}

impl ApiRoot {
    /// Reads an address as pasted: blanks, quotes, a missing scheme, the path of one call, query and fragment
    /// are dealt with; a version path is kept, otherwise `/v1` is appended (`/api/v1` where the host needs it).
    pub fn parse(pasted: &str) -> Result<Self, AddressError> {
        let url = read(pasted)?;
        let name = url.host_str().ok_or(AddressError::Unreadable)?.to_owned();
        let (before, version) = split_version(root_path(&url, &name));
        let origin = url.origin().ascii_serialization();
        let host_root = join(&origin, &before);
        Ok(Self { root: join(&host_root, &version), host_root, local: is_loopback(&url), host: name })
    }

    /// The root as text: `https://host/api/v1`, no trailing slash.
    pub fn as_str(&self) -> &str {
        &self.root
    }

    /// The root with the version part removed, where `/mj` and the management paths hang: `https://host`.
    pub fn host_root(&self) -> String {
        self.host_root.clone()
    }

    /// The host name alone, for display and for recognising services.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// True when the address is this computer's own (loopback).
    pub fn is_local(&self) -> bool {
        self.local
    }
}

impl fmt::Display for ApiRoot {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.root)
    }
}

impl fmt::Debug for ApiRoot {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "ApiRoot({})", self.root)
    }
}

fn read(pasted: &str) -> Result<Url, AddressError> {
    let is_wrapping = |c: char| c.is_whitespace() || c.is_control() || "\"'`<>“”‘’,;".contains(c);
    let text = pasted.trim_matches(is_wrapping);
    if text.is_empty() {
        return Err(AddressError::Empty);
    }
    if text.contains(char::is_whitespace) {
        return Err(AddressError::Unreadable);
    }
    let url = match text.split_once("://") {
        Some(_) => Url::parse(text).map_err(|_| AddressError::Unreadable)?,
        None => without_scheme(text)?,
    };
    if !matches!(url.scheme(), "http" | "https") {
        return Err(AddressError::Scheme);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(AddressError::Credentials);
    }
    Ok(url)
}

fn without_scheme(text: &str) -> Result<Url, AddressError> {
    let text = text.trim_start_matches('/');
    if text.starts_with("mailto:") || text.starts_with("javascript:") || text.starts_with("data:") {
        return Err(AddressError::Scheme);
    }
    let secure = Url::parse(&format!("https://{text}")).map_err(|_| AddressError::Unreadable)?;
    if is_near(&secure) {
        return Url::parse(&format!("http://{text}")).map_err(|_| AddressError::Unreadable);
    }
    // One bare word is a slip (often a key), unless a port says that a machine is meant.
    let is_word = !secure.host_str().unwrap_or_default().contains('.') && secure.port().is_none();
    if is_word { Err(AddressError::Unreadable) } else { Ok(secure) }
}

/// The path's segments without the ending of a single call, and with a version.
fn root_path(url: &Url, host: &str) -> Vec<String> {
    if UNDER_API.contains(&host) {
        return vec!["api".into(), "v1".into()];
    }
    let mut path: Vec<String> =
        url.path_segments().into_iter().flatten().filter(|s| !s.is_empty()).map(str::to_owned).collect();
    if let Some(at) = path.iter().position(|s| s == "mj") {
        path.truncate(at);
    }
    if let Some(call) = CALLS.iter().find(|call| ends_with(&path, call)) {
        path.truncate(path.len() - call.len());
    }
    if !has_version(&path) {
        path.push("v1".into());
    }
    path
}

fn has_version(path: &[String]) -> bool {
    match path {
        [.., version, last] if last == "openai" => is_version(version),
        [.., last] => is_version(last),
        [] => false,
    }
}

/// `v1`, `v4`, `v1beta`, `v1alpha2`: a `v`, a digit, then letters and digits.
fn is_version(segment: &str) -> bool {
    let mut chars = segment.chars();
    matches!(chars.next(), Some('v' | 'V'))
        && chars.next().is_some_and(|c| c.is_ascii_digit())
        && chars.all(|c| c.is_ascii_alphanumeric())
}

/// Parts a path into what belongs to the host and what belongs to the API version.
fn split_version(mut path: Vec<String>) -> (Vec<String>, Vec<String>) {
    let from = path.iter().rposition(|s| is_version(s)).unwrap_or(path.len());
    let mut version = path.split_off(from);
    if let Some(root) = ROOTS.iter().filter(|root| ends_with(&path, root)).max_by_key(|root| root.len()) {
        let mut prefix = path.split_off(path.len() - root.len());
        prefix.append(&mut version);
        version = prefix;
    }
    (path, version)
}

fn ends_with(path: &[String], tail: &[&str]) -> bool {
    path.len() >= tail.len() && path.iter().rev().zip(tail.iter().rev()).all(|(have, want)| have == want)
}

fn join(base: &str, path: &[String]) -> String {
    path.iter().fold(base.to_owned(), |address, segment| address + "/" + segment)
}

/// This computer or this network: spoken to in plain `http` when no scheme was given.
fn is_near(url: &Url) -> bool {
    is_loopback(url)
        || match url.host() {
            Some(Host::Domain(name)) => has_suffix(name, ".local") || has_suffix(name, ".lan"),
            Some(Host::Ipv4(ip)) => ip.is_private() || ip.is_link_local(),
            Some(Host::Ipv6(ip)) => ip.is_unique_local() || ip.is_unicast_link_local(),
            None => false,
        }
}

fn is_loopback(url: &Url) -> bool {
    let ip = match url.host() {
        Some(Host::Domain(name)) => return name == "localhost" || has_suffix(name, ".localhost"),
        Some(Host::Ipv4(ip)) => IpAddr::V4(ip),
        Some(Host::Ipv6(ip)) => IpAddr::V6(ip),
        None => return false,
    };
    ip.is_loopback() || ip == Ipv4Addr::UNSPECIFIED || ip == Ipv6Addr::UNSPECIFIED
}

fn has_suffix(name: &str, suffix: &str) -> bool {
    name.len() > suffix.len() && name.ends_with(suffix)
}
