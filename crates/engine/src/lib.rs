//! Everything that Medley can do, without a window.
