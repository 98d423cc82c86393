//! A simulated gateway on 127.0.0.1: for the first run without a key, and for every test.
