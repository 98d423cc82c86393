//! The HTTP client for OpenAI-compatible gateways: it knows reqwest and the wire, and nothing of Medley.
