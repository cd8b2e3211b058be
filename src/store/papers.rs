//! A folder of files that people will hand on: each is there whole or not at all.
//!
//! A file is written under a name of its own, is on the disk before it gets the one that counts, and replaces what had
//! that name. Never follows a name out of its folder, and never deletes a file of anybody else.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// No file larger than this is taken for one of ours and read.
const MOST_BYTES: u64 = 64 << 20;

/// An open folder.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
}

/// Why a file could not be kept or read.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {source}")]
pub struct FolderError {
    /// Which file or folder.
    pub path: PathBuf,
    /// What the system said.
    pub source: io::Error,
}

impl Folder {
    /// The folder at this place, made where there is none.
    ///
    /// # Errors
    /// [`FolderError`] where it cannot be made, or something else has its name.
    pub fn open(path: &Path) -> Result<Self, FolderError> {
        let failed = |source| FolderError {
            path: path.to_owned(),
            source,
        };
        fs::create_dir_all(path).map_err(failed)?;
        // Said whole, so that a person finds it from wherever she is.
        let path = std::path::absolute(path).map_err(failed)?;
        Ok(Self { path })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What the file of this name holds; nothing where there is none. A link is no file: it may lead anywhere.
    ///
    /// # Errors
    /// [`FolderError`] where it is there and cannot be read, or is too large to be one of ours.
    pub fn read(&self, name: &str) -> Result<Option<Vec<u8>>, FolderError> {
        let path = self.at(name)?;
        let failed = |source| FolderError {
            path: path.clone(),
            source,
        };
        let about = match fs::symlink_metadata(&path) {
            Ok(about) => about,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(error)),
        };
        if !about.is_file() || about.len() > MOST_BYTES {
            return Ok(None);
        }
        fs::read(&path).map(Some).map_err(failed)
    }

    /// Keeps a file: whole, on the disk, under this name.
    ///
    /// # Errors
    /// [`FolderError`]; what had that name before is as it was.
    pub fn keep(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, FolderError> {
        let path = self.at(name)?;
        let (begun, mut file) = self.begin(name)?;
        let kept = file
            .write_all(bytes)
            .and_then(|()| file.sync_all())
            .and_then(|()| {
                drop(file);
                fs::rename(&begun, &path)
            })
            .and_then(|()| self.sync());
        kept.map_err(|source| {
            // Of ours, and of no use to anybody.
            let _ = fs::remove_file(&begun);
            FolderError {
                path: path.clone(),
                source,
            }
        })?;
        Ok(path)
    }

    /// A new file beside the one that it will become.
    fn begin(&self, name: &str) -> Result<(PathBuf, File), FolderError> {
        let path = self
            .path
            .join(format!(".{name}.{:08x}.part", fastrand::u32(..)));
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)
            .map(|file| (path.clone(), file))
            .map_err(|source| FolderError { path, source })
    }

    /// A name in this folder, and in no other.
    fn at(&self, name: &str) -> Result<PathBuf, FolderError> {
        let mut parts = Path::new(name).components();
        match (parts.next(), parts.next()) {
            (Some(std::path::Component::Normal(part)), None) => Ok(self.path.join(part)),
            _ => Err(FolderError {
                path: self.path.join("?"),
                source: io::Error::new(io::ErrorKind::InvalidInput, "no name of a file"),
            }),
        }
    }

    /// The new name itself has to be on the disk, where the system lets a folder be synced.
    fn sync(&self) -> io::Result<()> {
        #[cfg(unix)]
        File::open(&self.path)?.sync_all()?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_there_whole_and_alone() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = Folder::open(&home.path().join("a/b")).expect("a folder");
        assert_eq!(folder.read("x.xml").expect("a read"), None);
        folder.keep("x.xml", b"one").expect("kept");
        let path = folder.keep("x.xml", b"two").expect("kept");
        assert_eq!(path, folder.path().join("x.xml"));
        let held = folder.read("x.xml").expect("a read");
        assert_eq!(held.as_deref(), Some(&b"two"[..]));
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }

    #[test]
    fn no_name_leads_out_of_the_folder() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = Folder::open(home.path()).expect("a folder");
        for name in ["", ".", "..", "../x", "/etc/x", "a/b"] {
            assert!(folder.keep(name, b"x").is_err(), "{name}");
            assert!(folder.read(name).is_err(), "{name}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_replaced_and_never_followed() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = Folder::open(&home.path().join("in")).expect("a folder");
        let outside = home.path().join("outside");
        fs::write(&outside, "hers").expect("a file");
        std::os::unix::fs::symlink(&outside, folder.path().join("x.xml")).expect("a link");
        assert_eq!(folder.read("x.xml").expect("a read"), None);
        folder.keep("x.xml", b"ours").expect("kept");
        assert_eq!(fs::read_to_string(&outside).expect("a file"), "hers");
    }
}
