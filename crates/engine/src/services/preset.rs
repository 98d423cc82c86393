//! The services that Medley knows by name, and where servers on this computer usually listen.

/// A service known by name.
pub(crate) struct Preset {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
}

/// Names as their owners write them.
pub(crate) const PRESETS: &[Preset] = &[
    Preset { id: "modelbox", name: "ModelBox" },
    Preset { id: "arcee", name: "Arcee" },
    Preset { id: "modelless", name: "Modelless" },
    Preset { id: "gptnb", name: "GPTNB" },
    Preset { id: "openai", name: "OpenAI" },
    Preset { id: "openrouter", name: "OpenRouter" },
    Preset { id: "deepseek", name: "DeepSeek" },
    Preset { id: "ollama", name: "Ollama" },
    Preset { id: "lmstudio", name: "LM Studio" },
    Preset { id: "llamacpp", name: "llama.cpp" },
    Preset { id: "jan", name: "Jan" },
    Preset { id: "localai", name: "LocalAI" },
    Preset { id: "demo", name: "Demo" },
];

/// Where servers on this computer usually listen: preset, address. `LocalAI` shares its port with llama.cpp.
pub(crate) const LOCAL: &[(&str, &str)] = &[
    ("ollama", "http://127.0.0.1:11434/v1"),
    ("lmstudio", "http://127.0.0.1:1234/v1"),
    ("llamacpp", "http://127.0.0.1:8080/v1"),
    ("jan", "http://127.0.0.1:1337/v1"),
];

/// The name of a new service: the preset's, or the host it lives at.
pub(crate) fn name_for(preset: &str, host: &str) -> String {
    PRESETS.iter().find(|known| known.id == preset).map_or(host, |known| known.name).to_owned()
}
