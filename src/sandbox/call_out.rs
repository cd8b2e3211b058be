//! Plain HTTP out of the sandbox: to this machine and to nothing else.

use std::io::{Error, ErrorKind, Result};
use std::net::SocketAddr;

use tokio::net::TcpStream;

/// More of an answer is not read: nobody who is asked has more to say.
const LONGEST_ANSWER: usize = 64 * 1024;

/// Sends a request and reads the answer until the other side hangs up, which the request has to ask
/// for. Errors: the address is not loopback, or the line breaks.
pub async fn exchange(address: SocketAddr, mut request: &[u8]) -> Result<Vec<u8>> {
    if !address.ip().is_loopback() {
        return Err(Error::from(ErrorKind::AddrNotAvailable));
    }
    let stream = TcpStream::connect(address).await?;
    while !request.is_empty() {
        stream.writable().await?;
        match stream.try_write(request) {
            Ok(written) => request = request.get(written..).unwrap_or_default(),
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
    let mut answer = Vec::new();
    let mut piece = [0; 1_024];
    while answer.len() < LONGEST_ANSWER {
        stream.readable().await?;
        match stream.try_read(&mut piece) {
            Ok(0) => break,
            Ok(read) => answer.extend_from_slice(piece.get(..read).unwrap_or_default()),
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            // Who has answered may hang up as it likes.
            Err(_) if !answer.is_empty() => break,
            Err(error) => return Err(error),
        }
    }
    Ok(answer)
}
