//! What people paste, and the root it means.

use gateway::{AddressError, ApiRoot};

#[test]
fn pasted_addresses_become_roots() {
    let table = [
        ("https://api.modelless.co", "https://api.modelless.co/v1"),
        (" https://api.gptnb.me/ \n", "https://api.gptnb.me/v1"),
        ("\"https://api.model.box/v1\"", "https://api.model.box/v1"),
        ("“https://api.model.box/v1/”,", "https://api.model.box/v1"),
        ("api.arcee.ai", "https://api.arcee.ai/api/v1"),
        ("https://api.arcee.ai/api/v1/chat/completions", "https://api.arcee.ai/api/v1"),
        ("https://openrouter.ai/settings/keys", "https://openrouter.ai/api/v1"),
        ("https://h.example/v1/chat/completions?x=1#y", "https://h.example/v1"),
        ("https://h.example/v1/models", "https://h.example/v1"),
        ("https://h.example/chat/completions", "https://h.example/v1"),
        ("https://h.example/v1/images/generations", "https://h.example/v1"),
        ("https://h.example/v1/embeddings/", "https://h.example/v1"),
        ("https://h.example/mj/submit/imagine", "https://h.example/v1"),
        ("https://h.example//v1//", "https://h.example/v1"),
        ("https://h.example/v1beta/openai/", "https://h.example/v1beta/openai"),
        ("https://h.example/openai/v1", "https://h.example/openai/v1"),
        ("https://h.example/compatible-mode/v1", "https://h.example/compatible-mode/v1"),
        ("https://h.example/api/paas/v4", "https://h.example/api/paas/v4"),
        ("https://h.example/team/proxy", "https://h.example/team/proxy/v1"),
        ("HTTPS://H.Example:8443/V1", "https://h.example:8443/V1"),
        ("localhost:11434", "http://localhost:11434/v1"),
        ("http://localhost:11434/api/tags", "http://localhost:11434/v1"),
        ("127.0.0.1:8080/v1", "http://127.0.0.1:8080/v1"),
        ("[::1]:8080", "http://[::1]:8080/v1"),
        ("192.168.1.20:1234", "http://192.168.1.20:1234/v1"),
        ("box.local:1234", "http://box.local:1234/v1"),
        ("gateway:4000", "https://gateway:4000/v1"),
        ("//h.example", "https://h.example/v1"),
    ];
    for (pasted, root) in table {
        let found = ApiRoot::parse(pasted).map(|root| root.as_str().to_owned());
        assert_eq!(found, Ok(root.to_owned()), "the root of {pasted:?}");
    }
}

#[test]
fn normalising_twice_changes_nothing() {
    for pasted in ["https://h.example", "api.arcee.ai", "https://h.example/api/paas/v4", "localhost:1"] {
        let once = ApiRoot::parse(pasted).unwrap();
        assert_eq!(ApiRoot::parse(once.as_str()), Ok(once.clone()), "the root of a root");
    }
}

#[test]
fn the_host_root_has_no_version() {
    let table = [
        ("https://h.example/v1", "https://h.example"),
        ("https://h.example/api/v1", "https://h.example"),
        ("https://h.example/openai/v1", "https://h.example"),
        ("https://h.example/v1beta/openai", "https://h.example"),
        ("https://h.example/api/paas/v4", "https://h.example"),
        ("https://h.example:444/team/v1", "https://h.example:444/team"),
    ];
    for (pasted, host_root) in table {
        assert_eq!(ApiRoot::parse(pasted).unwrap().host_root(), host_root, "the host root of {pasted}");
    }
}

#[test]
fn only_loopback_is_local() {
    for local in ["localhost:1", "127.0.0.1:1", "http://127.9.9.9", "[::1]:1", "http://a.localhost:1"] {
        assert!(ApiRoot::parse(local).unwrap().is_local(), "{local} is this computer");
    }
    for far in ["192.168.1.2:1", "h.example", "localhost.example"] {
        assert!(!ApiRoot::parse(far).unwrap().is_local(), "{far} is another computer");
    }
}

#[test]
fn what_is_no_address_is_refused_without_repeating_it() {
    let table = [
        ("", AddressError::Empty),
        (" \"\" ", AddressError::Empty),
        ("sk-0123456789abcdef", AddressError::Unreadable),
        ("hello there.example", AddressError::Unreadable),
        ("https://", AddressError::Unreadable),
        ("ftp://h.example", AddressError::Scheme),
        ("file:///etc/hosts", AddressError::Scheme),
        ("javascript:alert(1)", AddressError::Scheme),
        ("https://me:secret@h.example/v1", AddressError::Credentials),
        ("me@h.example", AddressError::Credentials),
    ];
    for (pasted, error) in table {
        assert_eq!(ApiRoot::parse(pasted), Err(error), "why {pasted:?} is refused");
    }
    assert!(!AddressError::Credentials.to_string().contains("secret"), "errors must not repeat a password");
}
