//! Files that are damaged, foreign, newer, held or full.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;
use timbra::domain::kind::Kind;
use timbra::store::StoreError;
use timbra::store::cache::Cache;
use timbra::store::durable::Durable;

use crate::books::{company, read_at};
use crate::cache::{fill, some_invoices};

/// Ways in which a file can be unusable.
const SPOILS: [fn(&Path); 3] = [
    |path| fs::write(path, vec![b'x'; 8192]).expect("written"),
    |path| {
        let conn = Connection::open(path).expect("a file");
        conn.execute_batch("CREATE TABLE entry (a)")
            .expect("a table");
        conn.pragma_update(None, "user_version", 1)
            .expect("a version");
    },
    |path| {
        let conn = Connection::open(path).expect("a file");
        conn.pragma_update(None, "user_version", 999)
            .expect("a version");
    },
];

#[test]
fn a_cache_that_cannot_be_used_is_moved_aside_and_made_anew() {
    for spoil in SPOILS {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("cache.db");
        {
            let mut cache = Cache::open(&path).expect("a cache");
            fill(&mut cache, &company(), &some_invoices(2));
        }
        if fs::metadata(&path).is_ok() {
            spoil_or_replace(&path, spoil);
        }
        assert!(Cache::open_reader(&path).is_err());
        let mut cache = Cache::open(&path).expect("a new cache");
        assert_eq!(
            cache
                .coverage(&company(), Kind::Invoices)
                .expect("read")
                .cached,
            0
        );
        fill(&mut cache, &company(), &some_invoices(2));
        assert!(folder.path().join("cache.db.aside").exists());
    }
}

/// The second way needs an empty file to begin with; the others spoil what is there.
fn spoil_or_replace(path: &Path, spoil: fn(&Path)) {
    if spoil as usize == SPOILS[1] as usize {
        fs::remove_file(path).expect("removed");
    }
    spoil(path);
}

#[test]
fn a_durable_file_that_cannot_be_used_stays_where_it_is() {
    for spoil in SPOILS {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("durable.db");
        drop(Durable::open(&path).expect("a file"));
        spoil_or_replace(&path, spoil);
        let before = fs::read(&path).expect("bytes");
        match Durable::open(&path) {
            Err(StoreError::Damaged { path: told, .. } | StoreError::Newer { path: told, .. }) => {
                assert_eq!(told, path);
            }
            Err(other) => panic!("{other}"),
            Ok(_) => panic!("opened"),
        }
        assert!(fs::read(&path).expect("bytes") == before);
    }
}

#[test]
fn a_file_that_another_program_holds_is_told_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("durable.db");
    let mut durable = Durable::open(&path).expect("a file");
    durable.wait_at_most(Duration::ZERO).expect("impatient");
    let other = Connection::open(&path).expect("the same file");
    other.execute_batch("BEGIN IMMEDIATE").expect("held");
    let refused = durable.keep_edit(&company(), "slot", "{}", read_at());
    assert!(
        matches!(refused, Err(StoreError::Locked { .. })),
        "{refused:?}"
    );
    other.execute_batch("ROLLBACK").expect("let go");
    durable
        .keep_edit(&company(), "slot", "{}", read_at())
        .expect("kept");
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("cache.db");
    let mut cache = Cache::open(&path).expect("a cache");
    fill(&mut cache, &company(), &some_invoices(1));
    for name in ["cache.db", "cache.db-wal", "cache.db-shm"] {
        let rights = fs::metadata(folder.path().join(name))
            .expect("a file")
            .permissions();
        assert_eq!(rights.mode() & 0o777, 0o600, "{name}");
    }
}

#[test]
fn a_folder_that_is_a_file_is_told_with_its_path() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file");
    fs::write(&file, "x").expect("written");
    match Durable::open(&file.join("durable.db")) {
        Err(StoreError::Unreachable { path, .. }) => assert!(path.starts_with(&file)),
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("opened"),
    }
}
