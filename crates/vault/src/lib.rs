//! The keychain of the operating system, asked politely and never for long.
