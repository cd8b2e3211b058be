//! What went wrong, as the app knows it: words for people are made from it elsewhere.

/// What went wrong, as far as it is known. The words for people are made from it; the server's own are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What it means for the person.
    pub sort: TroubleSort,
    /// The server's own words, or the name of the file in trouble; may be empty. Never what the system or a library
    /// says: that is for the log.
    pub text: String,
    /// The server's own code; may be empty.
    pub code: String,
    /// Name of the request, for the support of the other side; may be empty.
    pub request_id: String,
}

/// What a trouble means for the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TroubleSort {
    /// No connection to the server.
    Offline,
    /// The key, the ids, or Alegra's own credentials are not accepted.
    Credentials,
    /// The plan's quota is used up (402).
    Quota,
    /// Too many requests; reading goes on by itself.
    RateLimit,
    /// It is not there (any more).
    NotFound,
    /// The server understood and said no.
    Refused,
    /// It cannot be said on this road; nothing was sent.
    Impossible,
    /// The server is in trouble itself.
    Server,
    /// The answer could not be read.
    Unreadable,
    /// The files of this program are in trouble.
    Storage,
    /// No room is left on the disk.
    DiskFull,
    /// Another program holds a file of this one.
    FileLocked,
    /// A file of this program must not be written.
    FileReadOnly,
    /// A file of this program cannot be understood.
    FileDamaged,
}

impl Trouble {
    /// A trouble of which nothing but its sort and a text is known.
    pub fn new(sort: TroubleSort, text: &str) -> Self {
        Self {
            sort,
            text: text.to_owned(),
            code: String::new(),
            request_id: String::new(),
        }
    }
}

impl TroubleSort {
    /// The key of its words.
    pub fn words_key(self) -> &'static str {
        match self {
            TroubleSort::Offline => "trouble-offline",
            TroubleSort::Credentials => "trouble-credentials",
            TroubleSort::Quota => "trouble-quota",
            TroubleSort::RateLimit => "trouble-rate-limit",
            TroubleSort::NotFound => "trouble-not-found",
            TroubleSort::Refused => "trouble-refused",
            TroubleSort::Impossible => "trouble-impossible",
            TroubleSort::Server => "trouble-server",
            TroubleSort::Unreadable => "trouble-unreadable",
            TroubleSort::Storage => "trouble-storage",
            TroubleSort::DiskFull => "trouble-disk-full",
            TroubleSort::FileLocked => "trouble-file-locked",
            TroubleSort::FileReadOnly => "trouble-file-read-only",
            TroubleSort::FileDamaged => "trouble-file-damaged",
        }
    }
}
