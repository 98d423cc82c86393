//! `media://localhost/<id>`: bytes of the media folder for the page, by id alone. Ranges are answered in parts; nothing here
//! may run, and no path of this computer is known to the page.

use std::borrow::Cow;

use engine::media::{Found, Piece, Wanted};
use engine::{Code, Error};
use tauri::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_RANGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, RANGE,
    X_CONTENT_TYPE_OPTIONS,
};
use tauri::http::{Method, Request, Response, StatusCode, response::Builder};
use tauri::{Manager, Runtime, UriSchemeContext, UriSchemeResponder};

use crate::room::Rooms;

/// The scheme's name, also known to the content-security policy.
pub const SCHEME: &str = "media";

/// A file never changes under its id.
const FOR_EVER: &str = "private, max-age=31536000, immutable";

type Body = Cow<'static, [u8]>;

/// Answers one request of the page.
#[expect(clippy::needless_pass_by_value, reason = "called as Tauri hands it over")]
pub fn answer<R: Runtime>(
    context: UriSchemeContext<'_, R>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let Some(rooms) = context.app_handle().try_state::<Rooms>().map(|rooms| rooms.inner().clone()) else {
        return responder.respond(nothing(StatusCode::SERVICE_UNAVAILABLE));
    };
    tauri::async_runtime::spawn(async move { responder.respond(respond(&rooms, &request).await) });
}

async fn respond(rooms: &Rooms, request: &Request<Vec<u8>>) -> Response<Body> {
    if request.method() != Method::GET {
        return nothing(StatusCode::METHOD_NOT_ALLOWED);
    }
    let range = request.headers().get(RANGE).and_then(|range| range.to_str().ok());
    let wanted = range.and_then(read_range).unwrap_or(Wanted::All);
    match find(rooms, request, wanted).await {
        Ok(Found::Piece(piece)) => with_piece(piece, wanted),
        Ok(Found::Beyond { total }) => {
            let told =
                plain(StatusCode::RANGE_NOT_SATISFIABLE).header(CONTENT_RANGE, format!("bytes */{total}"));
            finished(told, Vec::new())
        }
        Err(error) if error.code == Code::Gone => nothing(StatusCode::NOT_FOUND),
        Err(error) => {
            tracing::warn!(%error, "media were not handed out");
            nothing(StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

async fn find(rooms: &Rooms, request: &Request<Vec<u8>>, wanted: Wanted) -> Result<Found, Error> {
    let uri = request.uri();
    let size = uri.query().and_then(|query| query.strip_prefix("size=")).map(str::parse);
    let size = size.transpose().map_err(|_| Error::from(Code::Gone))?;
    rooms.engine().await?.media().piece(uri.path().trim_start_matches('/'), size, wanted).await
}

fn with_piece(piece: Piece, wanted: Wanted) -> Response<Body> {
    let Piece { mime, total, start, bytes } = piece;
    let response = if wanted == Wanted::All {
        plain(StatusCode::OK)
    } else {
        let last = (start + bytes.len() as u64).saturating_sub(1);
        plain(StatusCode::PARTIAL_CONTENT).header(CONTENT_RANGE, format!("bytes {start}-{last}/{total}"))
    };
    finished(response.header(CONTENT_TYPE, mime).header(CACHE_CONTROL, FOR_EVER), bytes)
}

/// `bytes=2-5`, `bytes=2-` and `bytes=-5`. Several ranges at once, and anything else, count as none: then all is sent.
fn read_range(header: &str) -> Option<Wanted> {
    let (first, last) = header.trim().strip_prefix("bytes=")?.split_once('-')?;
    match (first.trim(), last.trim()) {
        ("", last) => last.parse().ok().map(Wanted::Last),
        (first, "") => first.parse().ok().map(|first| Wanted::From(first, None)),
        (first, last) => Some(Wanted::From(first.parse().ok()?, Some(last.parse().ok()?))),
    }
}

fn nothing(status: StatusCode) -> Response<Body> {
    finished(plain(status), Vec::new())
}

/// What every answer says: that it is what it says it is, and that nothing in it may run.
fn plain(status: StatusCode) -> Builder {
    Response::builder()
        .status(status)
        .header(ACCEPT_RANGES, "bytes")
        .header(CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'")
        .header(X_CONTENT_TYPE_OPTIONS, "nosniff")
}

fn finished(response: Builder, body: Vec<u8>) -> Response<Body> {
    // Only a media type that no header can carry fails here.
    response.body(Cow::Owned(body)).unwrap_or_else(|error| {
        tracing::warn!(%error, "an answer was not made");
        let mut broken = Response::new(Cow::Borrowed(&[][..]));
        *broken.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        broken
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use store::Store;
    use store::table::media::Media;
    use tauri::test::{MockRuntime, mock_app};
    use tauri::{App, http::HeaderMap};
    use tempfile::TempDir;

    use super::*;

    /// An app whose media folder holds one file, and the file's id.
    struct House {
        _app: App<MockRuntime>,
        home: TempDir,
        rooms: Rooms,
        id: String,
    }

    fn house(bytes: &[u8], mime: &str) -> House {
        let home = tempfile::tempdir().unwrap();
        let id = keep(home.path(), bytes, mime);
        let app = mock_app();
        let rooms = Rooms::begin(home.path().to_owned(), false, app.handle().clone());
        House { _app: app, home, rooms, id }
    }

    fn keep(home: &Path, bytes: &[u8], mime: &str) -> String {
        let store = Store::open(home).unwrap();
        let id = store.put_media(bytes, mime).unwrap();
        let media = Media::plain(id, mime, i64::try_from(bytes.len()).unwrap(), 1);
        store.write(|write| write.insert_media(&media)).unwrap();
        id.to_string()
    }

    /// What the page gets: status, headers, bytes.
    fn ask(house: &House, path: &str, range: Option<&str>) -> (u16, HeaderMap, Vec<u8>) {
        let mut request = Request::get(format!("media://localhost/{path}"));
        if let Some(range) = range {
            request = request.header(RANGE, range);
        }
        let request = request.body(Vec::new()).unwrap();
        let response = tauri::async_runtime::block_on(respond(&house.rooms, &request));
        let (parts, body) = response.into_parts();
        (parts.status.as_u16(), parts.headers, body.into_owned())
    }

    fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
        headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    #[test]
    fn a_file_is_handed_out_whole_with_its_type_and_nothing_in_it_may_run() {
        let house = house(b"0123456789", "image/gif");
        let (status, headers, body) = ask(&house, &house.id, None);
        assert_eq!((status, body.as_slice()), (200, &b"0123456789"[..]));
        assert_eq!(header(&headers, "content-type"), "image/gif");
        assert_eq!(header(&headers, "x-content-type-options"), "nosniff");
        assert!(header(&headers, "content-security-policy").starts_with("sandbox"));
        assert!(header(&headers, "cache-control").contains("immutable"), "a file never changes under its id");
    }

    #[test]
    fn parts_are_handed_out_as_they_are_asked_for() {
        let house = house(b"0123456789", "video/mp4");
        for (range, told, bytes) in [
            ("bytes=2-4", "bytes 2-4/10", "234"),
            ("bytes=7-", "bytes 7-9/10", "789"),
            ("bytes=-2", "bytes 8-9/10", "89"),
            ("bytes=0-99", "bytes 0-9/10", "0123456789"),
        ] {
            let (status, headers, body) = ask(&house, &house.id, Some(range));
            assert_eq!((status, header(&headers, "content-range")), (206, told), "{range}");
            assert_eq!(String::from_utf8(body).unwrap(), bytes, "{range}");
        }
        for beyond in ["bytes=10-", "bytes=5-2", "bytes=-0"] {
            let (status, headers, body) = ask(&house, &house.id, Some(beyond));
            assert_eq!((status, header(&headers, "content-range")), (416, "bytes */10"), "{beyond}");
            assert!(body.is_empty(), "{beyond}");
        }
        for odd in ["bytes=0-1,3-4", "lines=1-2", "bytes=a-b", "bytes"] {
            assert_eq!(ask(&house, &house.id, Some(odd)).0, 200, "{odd} is answered with all of it");
        }
    }

    #[test]
    fn a_long_file_comes_in_parts() {
        let long: Vec<u8> = (0..9_000_000_u32).map(|number| u8::try_from(number % 251).unwrap()).collect();
        let house = house(&long, "video/mp4");
        let mut got = Vec::new();
        while got.len() < long.len() {
            let (status, _, body) = ask(&house, &house.id, Some(&format!("bytes={}-", got.len())));
            assert_eq!(status, 206);
            assert!(body.len() <= 4 * 1024 * 1024, "{} bytes lie in memory at once", body.len());
            got.extend(body);
        }
        assert!(got == long, "the parts are the whole");
    }

    #[test]
    fn only_what_is_there_is_handed_out() {
        let house = house(b"picture", "image/png");
        std::fs::write(house.home.path().join("secret"), b"secret").unwrap();
        let unknown = "00".repeat(32);
        for path in [unknown.as_str(), "", "secret", "../secret", "%2e%2e/secret", "x?size=256", "medley.db"]
        {
            assert_eq!(ask(&house, path, None).0, 404, "{path:?} is no id of anything");
        }
        for odd in ["?size=7", "?size=", "?size=-1", "?size=99999999999"] {
            assert_eq!(ask(&house, &format!("{}{odd}", house.id), None).0, 404, "{odd} is no size");
        }
        let post = Request::post(format!("media://localhost/{}", house.id)).body(Vec::new()).unwrap();
        let told = tauri::async_runtime::block_on(respond(&house.rooms, &post));
        assert_eq!(told.status(), 405, "there is nothing to be written");
    }

    #[test]
    fn a_picture_that_cannot_be_made_smaller_says_so() {
        let house = house(b"\x89PNG\r\n\x1a\nand no more", "image/png");
        assert_eq!(ask(&house, &format!("{}?size=256", house.id), None).0, 422, "there is nothing to show");
        assert_eq!(ask(&house, &house.id, None).0, 200, "what came is kept all the same");
    }
}
