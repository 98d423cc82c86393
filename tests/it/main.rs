//! The app from outside.
