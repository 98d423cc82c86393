//! `/__demo/...`: lets a test in another process ask and steer a demo. Served only where the owner asked for it.

use std::sync::Arc;

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    routing::{get, post},
};

use crate::{
    log::{Dropped, Log, Seen},
    script::ScriptOrder,
    server::Stage,
};

/// The five control paths.
pub(crate) fn router() -> Router<Arc<Stage>> {
    Router::new()
        .route("/__demo/requests", get(requests))
        .route("/__demo/dropped", get(dropped))
        .route("/__demo/files/{sha256}", get(file))
        .route("/__demo/clear", post(clear))
        .route("/__demo/script", post(script))
}

async fn requests(State(stage): State<Arc<Stage>>) -> Json<Vec<Seen>> {
    Json(stage.log().requests.iter().cloned().collect())
}

async fn dropped(State(stage): State<Arc<Stage>>) -> Json<Vec<Dropped>> {
    Json(stage.log().dropped.iter().cloned().collect())
}

async fn file(State(stage): State<Arc<Stage>>, Path(sha256): Path<String>) -> Result<Bytes, StatusCode> {
    stage.log().file(&sha256).ok_or(StatusCode::NOT_FOUND)
}

async fn clear(State(stage): State<Arc<Stage>>) -> StatusCode {
    *stage.log() = Log::default();
    StatusCode::NO_CONTENT
}

async fn script(State(stage): State<Arc<Stage>>, Json(order): Json<ScriptOrder>) -> StatusCode {
    let Some(script) = order.into_script() else {
        return StatusCode::BAD_REQUEST;
    };
    stage.set(script);
    StatusCode::NO_CONTENT
}
