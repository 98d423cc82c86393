//! Hands a file to a service that gives it a web address (reference 3.4). No standard asks for this: it happens only
//! where the person said so and where to.

use std::time::Duration;

use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::Value;
use tokio::time::Instant;
use url::Url;

use crate::{ApiRoot, Client, Endpoint, Error};

/// A file to hand over.
#[derive(Debug, Clone)]
pub struct Upload {
    /// Its name, without any folder.
    pub name: String,
    /// Its type, as `application/pdf`.
    pub kind: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Handing over tens of megabytes takes its time.
const LONGEST: Duration = Duration::from_secs(600);

impl Client {
    /// The web address that the file has from now on. The key goes along only to the host that it belongs to.
    pub async fn upload(&self, at: &Endpoint, address: &str, file: Upload) -> Result<String, Error> {
        let wrong = |detail: String| Error::BadAnswer { detail };
        let target = Url::parse(address).map_err(|error| wrong(error.to_string()))?;
        let root = ApiRoot::parse(address).map_err(|error| wrong(error.to_string()))?;
        let own = Url::parse(&at.root.to_string()).is_ok_and(|own| own.origin() == target.origin());
        let there = Endpoint { root, key: at.key.clone().filter(|_| own) };
        let part = Part::bytes(file.bytes).file_name(file.name);
        let part =
            part.mime_str(&file.kind).map_err(|error| Error::Internal { detail: error.to_string() })?;
        let request = self.request(Method::POST, &there, target.as_str())?;
        let request = request.multipart(Form::new().part("file", part));
        let (source, response) = self.send(&there, request, Instant::now() + LONGEST).await?;
        let body = self.read(response, &source).await?;
        found(&body).ok_or_else(|| source.unreadable("no address of the file", &body))
    }
}

/// `{"url"}`, `{"data": {"url"}}` or a list of one such; only addresses that anybody can open.
fn found(body: &str) -> Option<String> {
    let body: Value = serde_json::from_str(body).ok()?;
    let places = ["/url", "/data/url", "/data/0/url", "/data", "/0/url", "/file/url"];
    let urls = places.iter().filter_map(|place| body.pointer(place)?.as_str());
    urls.filter_map(|text| Url::parse(text).ok())
        .find(|url| matches!(url.scheme(), "http" | "https"))
        .map(Into::into)
}

#[cfg(test)]
mod tests {
    use super::found;

    #[test]
    fn an_address_is_found_wherever_services_put_it() {
        for body in [
            r#"{"url":"https://f.example/a.pdf"}"#,
            r#"{"data":{"url":"https://f.example/a.pdf"}}"#,
            r#"{"success":true,"data":[{"url":"https://f.example/a.pdf"}]}"#,
            r#"{"data":"https://f.example/a.pdf"}"#,
        ] {
            assert_eq!(found(body).as_deref(), Some("https://f.example/a.pdf"), "{body}");
        }
        assert_eq!(found(r#"{"url":"file:///etc/passwd"}"#), None, "nobody can open that");
        assert_eq!(found("<html>"), None);
    }
}
