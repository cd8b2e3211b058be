//! Replies of the Proxy that are too large for it: parked at a temporary address, to which a 301 sends on (contract
//! D.1). Whoever comes there must come bare: credentials that are shown at that address are counted as given away.

use std::collections::VecDeque;

use super::call::{Call, Content, Reply};

/// The largest body that the Proxy hands through.
const LARGEST: usize = 2 * 1024 * 1024;
/// So many bodies wait at a time; the oldest go first.
const PLACES: usize = 8;
/// Where they wait.
pub const FOLDER: &str = "temporary";

/// A body that waits.
struct Parked {
    number: u64,
    content_type: &'static str,
    bytes: Vec<u8>,
}

/// The bodies that wait, and how often credentials were shown to where none belong.
#[derive(Default)]
pub struct Parking {
    places: VecDeque<Parked>,
    parked: u64,
    /// Requests that brought credentials to a file or a parked body.
    pub leaks: u64,
}

impl Parking {
    /// A reply of the Proxy as it leaves: itself, or where to fetch it.
    pub fn hand_out(&mut self, reply: Reply, base_url: &str) -> Reply {
        let (content_type, bytes) = match &reply.content {
            Content::Json(body) => (Content::JSON, body.to_string().into_bytes()),
            Content::File {
                content_type,
                bytes,
            } if bytes.len() > LARGEST => (*content_type, bytes.clone()),
            Content::File { .. } | Content::Garbage(_) => return reply,
        };
        if bytes.len() <= LARGEST {
            return reply;
        }
        self.parked += 1;
        if self.places.len() == PLACES {
            self.places.pop_front();
        }
        self.places.push_back(Parked {
            number: self.parked,
            content_type,
            bytes,
        });
        let location = format!("{base_url}/sandbox/{FOLDER}/{}", self.parked);
        Reply {
            status: 301,
            content: Content::Garbage(String::new()),
            downstream_error: false,
            location: Some(location),
        }
    }

    /// The body that waits under this name.
    pub fn fetch(&self, name: &str) -> Option<(&'static str, Vec<u8>)> {
        let number: u64 = name.parse().ok()?;
        let parked = self.places.iter().find(|parked| parked.number == number)?;
        Some((parked.content_type, parked.bytes.clone()))
    }

    /// Whether a request comes bare, as it has to where files lie.
    pub fn comes_bare(&mut self, call: &Call) -> bool {
        let brings = call.headers.keys().any(|name| {
            let name = name.as_str();
            name == "authorization" || name == "cookie" || name.starts_with("x-apideck")
        });
        self.leaks += u64::from(brings);
        !brings
    }
}
