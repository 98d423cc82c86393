//! Finds servers that answer on this computer. Short questions to the loopback address, nothing else.

use futures_util::future::join_all;
use gateway::ApiRoot;

use super::preset::LOCAL;
use crate::Error;
use crate::engine::Organs;
use crate::view::LocalServer;

pub(crate) async fn find(organs: &Organs) -> Result<Vec<LocalServer>, Error> {
    let known: Vec<String> =
        organs.read(store::Read::services).await?.into_iter().map(|service| service.address).collect();
    let unknown = LOCAL.iter().filter(|(_, address)| !known.iter().any(|one| one == address));
    let found = join_all(unknown.map(|(preset, address)| ask(organs, preset, address))).await;
    Ok(found.into_iter().flatten().collect())
}

async fn ask(organs: &Organs, preset: &str, address: &str) -> Option<LocalServer> {
    let root = ApiRoot::parse(address).ok()?;
    let list = organs.client.probe_local(&root).await?;
    // Both llama.cpp and LocalAI listen on 8080; only one of them says its name.
    let preset =
        if preset == "llamacpp" && !list.clues.server.starts_with("llama.cpp") { "localai" } else { preset };
    Some(LocalServer { preset: preset.into(), address: address.into(), models: list.models.len() })
}
