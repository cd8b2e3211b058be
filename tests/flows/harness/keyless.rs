//! That the key is nowhere in what the program has written: each place of work of the tests is searched when it is left.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use timbra::sandbox;

/// Every file below a folder; none where there is no folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .flat_map(|entry| {
            let path = entry.expect("an entry of a folder").path();
            match path.is_dir() {
                true => files(&path),
                false => vec![path],
            }
        })
        .collect()
}

/// Whether these bytes have the secret in them.
pub fn holds(bytes: &[u8], secret: &str) -> bool {
    bytes
        .windows(secret.len())
        .any(|window| window == secret.as_bytes())
}

/// Asserts that no file below the folder holds the sandbox's key. A test that fails already is not disturbed.
pub fn assert_keyless(folder: &Path) {
    if thread::panicking() {
        return;
    }
    for file in files(folder) {
        // What a program still at work took away in between was not left behind.
        let bytes = fs::read(&file).unwrap_or_default();
        assert!(!holds(&bytes, sandbox::API_KEY), "{}", file.display());
    }
}
