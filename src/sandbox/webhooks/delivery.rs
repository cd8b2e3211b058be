//! Posting to subscribers: plain HTTP to this machine and to nothing else.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use super::super::call_out;
use super::Post;

/// How long a subscriber may take to answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// Posts and gives the status of the answer; `None` when there was none, or when the address is not on
/// this machine, where the sandbox never goes.
pub async fn send(post: &Post) -> Option<u16> {
    let target = target(&post.url)?;
    let request = format!(
        "POST {} HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
         x-apideck-event-type: {}\r\nx-apideck-signature: {}\r\nx-apideck-idempotency-key: {}\r\n\
         connection: close\r\n\r\n{}",
        target.path,
        target.host,
        post.body.len(),
        post.event_type,
        post.signature,
        post.key,
        post.body,
    );
    let exchange = call_out::exchange(target.address, request.as_bytes());
    let answer = tokio::time::timeout(PATIENCE, exchange).await.ok()?;
    status(&answer.ok()?)
}

struct Target<'a> {
    address: SocketAddr,
    host: &'a str,
    path: String,
}

/// Reads an address such as `http://127.0.0.1:8788/hooks`; loopback only.
fn target(url: &str) -> Option<Target<'_>> {
    let rest = url.strip_prefix("http://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at_checked(end)?;
    let path = path.split('#').next().unwrap_or_default();
    let sound = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
    if !sound(host) || !sound(path) {
        return None;
    }
    let address = match host.strip_prefix("localhost") {
        Some("") => SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 80),
        Some(port) => SocketAddr::new(
            IpAddr::V4(Ipv4Addr::LOCALHOST),
            port.strip_prefix(':')?.parse().ok()?,
        ),
        None => match host.parse::<SocketAddr>() {
            Ok(address) => address,
            Err(_) => SocketAddr::new(host.parse().ok()?, 80),
        },
    };
    address.ip().is_loopback().then(|| Target {
        address,
        host,
        path: if path.starts_with('/') {
            path.to_owned()
        } else {
            format!("/{path}")
        },
    })
}

/// The status of an answer that begins like `HTTP/1.1 204 No Content`.
fn status(answer: &[u8]) -> Option<u16> {
    let line = answer.split(|byte| *byte == b'\n').next()?;
    let line = std::str::from_utf8(line).ok()?;
    let mut words = line.split_ascii_whitespace();
    words.next().filter(|word| word.starts_with("HTTP/1."))?;
    words.next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_this_machine_are_posted_to() {
        for (url, expected) in [
            ("http://127.0.0.1:8788/hooks?x=1", Some("127.0.0.1:8788")),
            ("http://localhost:9", Some("127.0.0.1:9")),
            ("http://[::1]:9/", Some("[::1]:9")),
            ("http://127.0.0.1/", Some("127.0.0.1:80")),
            ("http://192.168.0.1:9/", None),
            ("http://example.com/", None),
            ("http://localhost.example.com/", None),
            ("http://127.0.0.1@example.com/", None),
            ("https://127.0.0.1:9/", None),
            ("http://127.0.0.1:9/a b", None),
            ("http://127.0.0.1:9/\r\nx: y", None),
            ("", None),
        ] {
            let address = target(url).map(|target| target.address.to_string());
            assert_eq!(address.as_deref(), expected, "{url}");
        }
    }

    #[test]
    fn a_status_is_read_or_there_is_none() {
        assert_eq!(status(b"HTTP/1.1 204 No Content\r\n"), Some(204));
        for wrong in [&b""[..], b"HTTP/2 200", b"204", b"\xff\xfe\n"] {
            assert_eq!(status(wrong), None);
        }
    }
}
