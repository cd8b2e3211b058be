//! Posting to subscribers: plain HTTP to this machine and to nothing else.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use tokio::net::TcpStream;

use super::Post;

/// How long a subscriber may take to answer.
const PATIENCE: Duration = Duration::from_secs(60);
/// The status line of an answer is never longer.
const LONGEST_STATUS_LINE: usize = 512;

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
    let exchange = exchange(target.address, request.as_bytes());
    tokio::time::timeout(PATIENCE, exchange).await.ok()?
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

async fn exchange(address: SocketAddr, request: &[u8]) -> Option<u16> {
    let stream = TcpStream::connect(address).await.ok()?;
    let mut left = request;
    while !left.is_empty() {
        stream.writable().await.ok()?;
        match stream.try_write(left) {
            Ok(written) => left = left.get(written..)?,
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(_) => return None,
        }
    }
    let mut answer = Vec::new();
    let mut piece = [0; 256];
    while !answer.contains(&b'\n') && answer.len() < LONGEST_STATUS_LINE {
        stream.readable().await.ok()?;
        match stream.try_read(&mut piece) {
            Ok(0) => break,
            Ok(read) => answer.extend_from_slice(piece.get(..read)?),
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(_) => return None,
        }
    }
    status(&answer)
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
