//! The listener, with lines that can be cut.
//!
//! A faithful sandbox must be able to fail as networks fail: to hang up before it answers, or in the
//! middle of an answer. Each accepted connection is wrapped so that the handler can order that.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::task::{Context, Poll, Waker};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// What is to happen with the next bytes that are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Sound,
    /// Let half of the next body through, then hang up.
    CutNext,
    /// Let half of the next body through, then keep still.
    StallNext,
    Stalled,
    Dead,
}

struct Wire {
    mode: Mode,
    wakers: Vec<Waker>,
}

/// A handle on one connection.
#[derive(Clone)]
pub struct Line(Arc<Mutex<Wire>>);

impl Line {
    fn new() -> Self {
        Self(Arc::new(Mutex::new(Wire {
            mode: Mode::Sound,
            wakers: Vec::new(),
        })))
    }

    /// Hangs up now.
    pub fn hang_up(&self) {
        self.set(Mode::Dead);
    }

    /// Hangs up in the middle of the next reply.
    pub fn cut_next(&self) {
        self.set(Mode::CutNext);
    }

    /// Falls silent in the middle of the next reply.
    pub fn stall_next(&self) {
        self.set(Mode::StallNext);
    }

    fn set(&self, mode: Mode) {
        let mut wire = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        wire.mode = mode;
        for waker in wire.wakers.drain(..) {
            waker.wake();
        }
    }

    /// The mode, with the task noted that wants to hear of a change.
    fn watched(&self, context: &Context<'_>) -> Mode {
        let mut wire = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !wire
            .wakers
            .iter()
            .any(|waker| waker.will_wake(context.waker()))
        {
            wire.wakers.push(context.waker().clone());
        }
        wire.mode
    }
}

/// A TCP listener whose connections are [`Line`]s.
pub struct Exchange {
    listener: TcpListener,
    lines: Lines,
}

/// All connections that are still held, so that they can be cut together.
#[derive(Clone, Default)]
pub struct Lines(Arc<Mutex<Vec<Weak<Mutex<Wire>>>>>);

impl Lines {
    fn add(&self, line: &Line) {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines.retain(|known| known.strong_count() > 0);
        lines.push(Arc::downgrade(&line.0));
    }

    /// Hangs up on everybody.
    pub fn hang_up(&self) {
        let lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for wire in lines.iter().filter_map(Weak::upgrade) {
            Line(wire).hang_up();
        }
    }
}

impl Exchange {
    pub fn new(listener: TcpListener, lines: Lines) -> Self {
        Self { listener, lines }
    }
}

impl Listener for Exchange {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        // axum's own listener waits out a lack of file handles; there is nothing better to do here.
        let (stream, address) = Listener::accept(&mut self.listener).await;
        // Small replies must not wait for the next one; if the system refuses, they only come later.
        let _ = stream.set_nodelay(true);
        let line = Line::new();
        self.lines.add(&line);
        (Connection { stream, line }, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

impl Connected<IncomingStream<'_, Exchange>> for Line {
    fn connect_info(stream: IncomingStream<'_, Exchange>) -> Self {
        stream.io().line.clone()
    }
}

/// A connection that obeys its [`Line`].
pub struct Connection {
    stream: TcpStream,
    line: Line,
}

fn hung_up() -> io::Error {
    io::Error::from(io::ErrorKind::ConnectionAborted)
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.line.watched(context) == Mode::Dead {
            return Poll::Ready(Err(hung_up()));
        }
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let mode = self.line.watched(context);
        match mode {
            Mode::Sound => Pin::new(&mut self.stream).poll_write(context, bytes),
            Mode::Dead => Poll::Ready(Err(hung_up())),
            Mode::Stalled => Poll::Pending,
            Mode::CutNext | Mode::StallNext => {
                let half = head_and_half(bytes);
                let written = Pin::new(&mut self.stream)
                    .poll_write(context, bytes.get(..half).unwrap_or(bytes));
                if let Poll::Ready(Ok(_)) = written {
                    self.line.set(if mode == Mode::CutNext {
                        Mode::Dead
                    } else {
                        Mode::Stalled
                    });
                }
                written
            }
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// How many bytes the head of a reply and half of its body take.
fn head_and_half(bytes: &[u8]) -> usize {
    let head = bytes
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .map_or(0, |place| place + 4);
    (head + bytes.len().saturating_sub(head) / 2).max(1)
}
