//! A stage for making pictures: an engine connected to a stub that draws what a test says, when the test says so.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use engine::view::{Event, MakePictures};
use engine::{Clock, Engine, Generation, GenerationId, GenerationState, PictureOptions, Service, Vault};
use serde_json::{Value, json};
use store::Store;
use store::table::picture::Picture;
use tempfile::TempDir;

use super::{PATIENT, Reply, Stub, connection, eventually, open};

/// A picture of two by two points whose file happens to be text.
pub const BMP: &str = "BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x02\0\0\0\x02\0\0\0\x01\0\x18\0\0\0\0\0\x10\0\0\0\x13\x0b\0\0\
                      \x13\x0b\0\0\0\0\0\0\0\0\0\0\x10\x20\x30\x40\x50\x60\0\0\x11\x21\x31\x41\x51\x61\0\0";

/// The players.
pub struct Studio {
    pub engine: Engine,
    pub service: Service,
    pub home: TempDir,
    pub vault: Vault,
    asked: Arc<Mutex<Vec<Value>>>,
    has_files: Arc<AtomicBool>,
}

impl Studio {
    /// A service that answers each request for pictures as `draw` says.
    pub async fn new(draw: impl Fn(&Value) -> Reply + Send + Sync + 'static) -> Self {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&asked);
        let has_files = Arc::new(AtomicBool::new(true));
        let there = Arc::clone(&has_files);
        let stub = Stub::start(move |request| {
            let (head, body) = request.split_once("\r\n\r\n").unwrap();
            if head.starts_with("GET /files/") {
                let is_there = there.load(Ordering::Relaxed);
                let body = if is_there { BMP } else { "{}" };
                return Reply { status: if is_there { 200 } else { 404 }, body: body.into(), gate: None };
            }
            if !head.starts_with("POST /v1/images/") {
                return models();
            }
            let body: Value = serde_json::from_str(body).unwrap_or_else(|_| body.into());
            seen.lock().unwrap().push(body.clone());
            draw(&body)
        })
        .await;
        let (home, vault) = (tempfile::tempdir().unwrap(), Vault::memory());
        let engine = open(home.path(), &vault, Clock::system(), PATIENT).await;
        let service = engine.services().connect(connection(&stub.url, "")).await.unwrap();
        Self { engine, service, home, vault, asked, has_files }
    }

    /// Every request for pictures so far.
    pub fn asked(&self) -> Vec<Value> {
        self.asked.lock().unwrap().clone()
    }

    /// Where the service keeps a picture.
    pub fn file(&self) -> String {
        format!("{}/files/a.bmp?key=of-the-link", self.service.address.trim_end_matches("/v1"))
    }

    /// Whether that picture is there.
    pub fn set_files(&self, are_there: bool) {
        self.has_files.store(are_there, Ordering::Relaxed);
    }

    /// What is sent to make one picture.
    pub fn wish(&self, model: &str) -> MakePictures {
        MakePictures {
            service_id: self.service.id,
            model: model.into(),
            prompt: "a lighthouse".into(),
            options: PictureOptions::default(),
            references: Vec::new(),
            mask: None,
            made_from: None,
        }
    }

    pub async fn make(&self, model: &str) -> Generation {
        self.engine.pictures().make(self.wish(model)).await.unwrap()
    }

    /// Makes and waits for the end.
    pub async fn made(&self, model: &str) -> Generation {
        let id = self.make(model).await.id;
        self.ended(id).await
    }

    /// A generation as it is kept.
    pub fn row(&self, id: GenerationId) -> Generation {
        let store = Store::open(self.home.path()).unwrap();
        store.read(|read| read.generation(id)).unwrap().unwrap()
    }

    /// What came of a generation.
    pub fn pictures(&self, id: GenerationId) -> Vec<Picture> {
        let store = Store::open(self.home.path()).unwrap();
        store.read(|read| read.pictures_of(id)).unwrap()
    }

    pub async fn ended(&self, id: GenerationId) -> Generation {
        eventually("the end", || Some(self.row(id)).filter(|row| row.state.is_ended())).await
    }

    /// Closes the engine and opens another one on the same folder, as a start does.
    pub async fn restart(&mut self) {
        self.engine.close().await;
        self.engine = open(self.home.path(), &self.vault, Clock::system(), PATIENT).await;
        self.engine.warm().await;
    }
}

/// Why a generation came to nothing.
pub fn code(generation: &Generation) -> &str {
    generation.problem.as_ref().map_or("", |problem| problem.code.as_str())
}

/// The code of every event about generations, in the order told.
pub fn states(events: &mut tokio::sync::broadcast::Receiver<Event>) -> Vec<(GenerationState, i64)> {
    let mut states = Vec::new();
    while let Ok(event) = events.try_recv() {
        if let Event::Generation { generation } = event {
            states.push((generation.state, generation.place));
        }
    }
    states
}

/// A drawn picture as a file.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let drawn = image::RgbImage::from_fn(width, height, |x, y| {
        image::Rgb([u8::try_from(x % 256).unwrap(), u8::try_from(y % 256).unwrap(), 90])
    });
    drawn.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// An answer with these pictures in it.
pub fn drawn(pictures: &[Vec<u8>]) -> Reply {
    let data: Vec<Value> = pictures.iter().map(|bytes| json!({"b64_json": STANDARD.encode(bytes)})).collect();
    Reply::json(200, &json!({"created": 1_760_000_000, "data": data}))
}

fn models() -> Reply {
    let model = |name: &str| json!({"id": name, "object": "model"});
    let names = ["dall-e-2", "dall-e-3", "gpt-image-1", "flux", "stable-diffusion", "gpt-4o"];
    Reply::json(200, &json!({"object": "list", "data": names.map(model)}))
}
