//! The vault against the real Secret Service: each case runs this test binary again inside a bus of its own.
#![allow(clippy::expect_used, reason = "a test may insist")]

use std::process::Command;

use vault::{Error, Place, Secret, Vault};

const NAME: &str = "Medley tests";

#[tokio::test]
async fn memory_keeps_replaces_and_forgets() {
    let vault = Vault::memory();
    assert!(!vault.has_keychain().await, "memory alone is no keychain");
    vault.put("a", Secret::new("first-secret-0001".into()), Place::Memory).await.unwrap();
    vault.put("a", Secret::new("other-secret-4f2a".into()), Place::Memory).await.unwrap();
    let kept = vault.get("a", Place::Memory).await.unwrap().expect("the secret was kept");
    assert_eq!(kept.expose(), "other-secret-4f2a", "a second one replaces the first");
    assert_eq!(kept.ends_in(), "4f2a");
    vault.remove("a", Place::Memory).await.unwrap();
    vault.remove("a", Place::Memory).await.unwrap();
    assert!(
        vault.get("a", Place::Memory).await.unwrap().is_none(),
        "it is forgotten, twice without complaint"
    );
    let refused = vault.put("a", Secret::new("x".into()), Place::Keychain).await;
    assert_eq!(refused, Err(Error::Missing), "memory never poses as a keychain");
}

#[test]
fn a_secret_does_not_print_itself() {
    let secret = Secret::new("sk-very-secret-indeed".into());
    assert!(!format!("{secret:?} {:?}", Some(&secret)).contains("very"), "Debug tells nothing");
    assert_eq!(Secret::new("short".into()).ends_in(), "", "four letters of five would give it away");
}

#[test]
fn an_unlocked_keychain_keeps_and_forgets() {
    in_session(
        "echo -n test | gnome-keyring-daemon --unlock --components=secrets >/dev/null",
        "inner_unlocked",
    );
}

#[test]
fn without_a_keychain_it_says_so() {
    in_session("export DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent", "inner_missing");
}

#[test]
fn a_locked_keychain_is_told_within_the_limit() {
    in_session(
        "echo -n test | gnome-keyring-daemon --unlock --components=secrets >/dev/null; \
         dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets \
         org.freedesktop.Secret.Service.Lock array:objpath:/org/freedesktop/secrets/collection/login >/dev/null",
        "inner_locked",
    );
}

#[tokio::test]
#[ignore = "run by an_unlocked_keychain_keeps_and_forgets"]
async fn inner_unlocked() {
    let vault = Vault::system(NAME);
    assert!(vault.has_keychain().await, "the keychain answers");
    vault.put("a", Secret::new("sk-kept-in-keychain-4f2a".into()), Place::Keychain).await.unwrap();
    let again = Vault::system(NAME);
    let kept = again.get("a", Place::Keychain).await.unwrap().expect("another handle finds it");
    assert_eq!(kept.expose(), "sk-kept-in-keychain-4f2a");
    again.remove("a", Place::Keychain).await.unwrap();
    again.remove("a", Place::Keychain).await.unwrap();
    assert!(again.get("a", Place::Keychain).await.unwrap().is_none(), "it is gone from the keychain");

    vault.put("b", Secret::new("sk-old-in-keychain-0001".into()), Place::Keychain).await.unwrap();
    vault.put("b", Secret::new("sk-new-in-memory-0002".into()), Place::Memory).await.unwrap();
    let next_start = Vault::system(NAME);
    let kept = next_start.get("b", Place::Memory).await.unwrap();
    assert!(kept.is_none(), "the old key in the keychain does not answer for the new one that memory lost");
}

#[tokio::test]
#[ignore = "run by without_a_keychain_it_says_so"]
async fn inner_missing() {
    let vault = Vault::system(NAME);
    assert!(!vault.has_keychain().await, "nobody answers");
    let put = vault.put("a", Secret::new("sk-kept".into()), Place::Keychain).await;
    assert_eq!(put, Err(Error::Missing), "a missing keychain is told as such");
    vault.put("a", Secret::new("sk-kept".into()), Place::Memory).await.unwrap();
    let kept = vault.get("a", Place::Memory).await.unwrap().expect("memory serves");
    assert_eq!(kept.expose(), "sk-kept");
    vault.remove("a", Place::Memory).await.expect("what memory keeps is forgotten without a keychain");
    assert!(vault.get("a", Place::Memory).await.unwrap().is_none(), "it is forgotten");
}

#[tokio::test]
#[ignore = "run by a_locked_keychain_is_told_within_the_limit"]
async fn inner_locked() {
    let vault = Vault::system(NAME);
    let put = vault.put("a", Secret::new("sk-kept".into()), Place::Keychain).await;
    assert!(
        matches!(put, Err(Error::Locked | Error::Slow)),
        "a locked keychain is told, not waited for: {put:?}"
    );
}

/// Runs one ignored test of this binary inside a fresh session bus and HOME, after a shell line.
fn in_session(before: &str, test: &str) {
    let home = std::env::temp_dir().join(format!("medley-vault-{}-{test}", std::process::id()));
    std::fs::create_dir_all(&home).expect("a home of its own");
    let me = std::env::current_exe().expect("this test binary");
    let line = format!("{before}\nexec '{}' --ignored --exact {test} --nocapture", me.display());
    let ran = Command::new("dbus-run-session")
        .args(["--", "sh", "-c", &line])
        .env("HOME", &home)
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_RUNTIME_DIR", &home)
        .env_remove("DISPLAY")
        .output()
        .expect("dbus-run-session is installed (scripts/setup installs it)");
    std::fs::remove_dir_all(&home).ok();
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(
        ran.status.success() && said.contains("1 passed"),
        "{said}\n{}",
        String::from_utf8_lossy(&ran.stderr)
    );
}
