//! Files that are damaged, foreign, newer, held or full.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;
use timbra::domain::kind::Kind;
use timbra::store::StoreError;
use timbra::store::cache::Cache;
use timbra::store::durable::Durable;

use crate::books::{company, fill, read_at};
use crate::cache::some_invoices;

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

#[test]
fn a_cache_whose_database_was_deleted_is_begun_anew_whatever_lies_beside_it() {
    for leftover in [&["-wal", "-shm"][..], &["-wal"], &["-shm"]] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("cache.db");
        let beside = |suffix: &str| folder.path().join(format!("cache.db{suffix}"));
        let mut old = Cache::open(&path).expect("a cache");
        fill(&mut old, &company(), &some_invoices(20));
        let kept: Vec<_> = leftover
            .iter()
            .map(|suffix| (*suffix, fs::read(beside(suffix)).expect("bytes")))
            .collect();
        drop(old);
        fs::remove_file(&path).expect("removed");
        for (suffix, bytes) in kept {
            assert!(!bytes.is_empty());
            fs::write(beside(suffix), bytes).expect("written");
        }
        let mut cache = Cache::open(&path).expect("a new cache");
        assert_eq!(cached(&cache), 0);
        fill(&mut cache, &company(), &some_invoices(2));
        assert_eq!(cached(&cache), 2);
    }
}

#[test]
fn a_new_cache_does_not_mix_with_one_that_is_still_open_and_was_deleted() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("cache.db");
    let mut old = Cache::open(&path).expect("a cache");
    fill(&mut old, &company(), &some_invoices(20));
    fs::remove_file(&path).expect("removed");
    let mut new = Cache::open(&path).expect("a new cache");
    fill(&mut new, &company(), &some_invoices(2));
    assert_eq!((cached(&old), cached(&new)), (20, 2));
}

#[test]
fn a_cache_that_was_cut_short_is_made_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("cache.db");
    let mut cache = Cache::open(&path).expect("a cache");
    fill(&mut cache, &company(), &some_invoices(50));
    drop(cache);
    let length = fs::metadata(&path).expect("a file").len();
    for left in [length - 1, length / 2, 100] {
        let file = fs::File::options().write(true).open(&path).expect("a file");
        file.set_len(left).expect("shorter");
        let mut cache = Cache::open(&path).expect("a new cache");
        assert_eq!(cached(&cache), 0, "{left}");
        fill(&mut cache, &company(), &some_invoices(50));
    }
}

#[test]
fn a_cache_that_turns_out_damaged_is_made_anew_by_the_next_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("cache.db");
    let mut cache = Cache::open(&path).expect("a cache");
    fill(&mut cache, &company(), &some_invoices(600));
    drop(cache);
    let mut bytes = fs::read(&path).expect("bytes");
    // The head and the table of tables are left alone: nothing is noticed before the rows are read.
    let pages = bytes.len() / 4096;
    assert!(pages > 150, "{pages}");
    for byte in bytes.iter_mut().skip(110 * 4096) {
        *byte = 0x5a;
    }
    fs::write(&path, bytes).expect("written");
    let cache = Cache::open(&path).expect("nothing seen yet");
    let read = cache.all(&company(), Kind::Invoices);
    assert!(matches!(read, Err(StoreError::Damaged { .. })), "{read:?}");
    drop(cache);
    let cache = Cache::open(&path).expect("a new cache");
    assert_eq!(cached(&cache), 0);
    assert_eq!(
        cache.all(&company(), Kind::Invoices).expect("read").len(),
        0
    );
}

#[test]
fn what_must_never_be_lost_is_reported_when_only_its_log_is_left() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("durable.db");
    let log = folder.path().join("durable.db-wal");
    let mut durable = Durable::open(&path).expect("a file");
    durable
        .keep_edit(&company(), "slot", "{}", read_at())
        .expect("kept");
    let bytes = fs::read(&log).expect("a log");
    drop(durable);
    fs::remove_file(&path).expect("removed");
    fs::write(&log, &bytes).expect("written");
    match Durable::open(&path) {
        Err(StoreError::Damaged { path: told, .. }) => assert_eq!(told, log),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("opened"),
    }
    assert_eq!(fs::read(&log).expect("still there"), bytes);
    assert!(!path.exists());
}

fn cached(cache: &Cache) -> usize {
    cache
        .coverage(&company(), Kind::Invoices)
        .expect("read")
        .cached
}
