//! The sandbox inside the program, for the demo: a server on a free loopback port, on threads of its own.

use std::sync::mpsc;
use std::thread::{self, JoinHandle};

use color_eyre::eyre;
use jiff::Timestamp;
use tokio::runtime;
use tokio::sync::oneshot;

use crate::api::Connection;
use crate::domain::secret::Secret;
use crate::sandbox::{self, Options, Running, SandboxError};

/// A sandbox that runs until this is dropped.
pub struct Embedded {
    /// How to reach it.
    pub connection: Connection,
    /// What its clock said when it started.
    pub now: Timestamp,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Embedded {
    /// Starts one and waits until it answers.
    ///
    /// # Errors
    ///
    /// What keeps it from starting.
    pub fn start(options: Options) -> eyre::Result<Self> {
        // A few thousand requests a second are more than one keyboard needs.
        let runtime = runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("sandbox")
            .enable_all()
            .build()?;
        let (stop, stopped) = oneshot::channel();
        let (report, reported) = mpsc::channel();
        let thread = thread::Builder::new()
            .name("sandbox".to_owned())
            .spawn(move || runtime.block_on(serve(options, report, stopped)))?;
        let (connection, now) = reported.recv()??;
        Ok(Self {
            connection,
            now,
            stop: Some(stop),
            thread: Some(thread),
        })
    }
}

impl Drop for Embedded {
    /// Waits for the sandbox to put its world away, so that the next run finds it whole.
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

type Report = Result<(Connection, Timestamp), SandboxError>;

async fn serve(options: Options, report: mpsc::Sender<Report>, stopped: oneshot::Receiver<()>) {
    let running = match sandbox::start(options).await {
        Ok(running) => running,
        Err(error) => {
            let _ = report.send(Err(error));
            return;
        }
    };
    if report
        .send(Ok((connection(&running), running.now())))
        .is_ok()
    {
        // An error means that nobody holds the other end any more, which is the same wish.
        let _ = stopped.await;
    }
    running.stop().await;
}

fn connection(running: &Running) -> Connection {
    Connection {
        base: running.url().to_owned(),
        key: Secret::new(running.api_key()),
        app_id: running.app_id().to_owned(),
        consumer_id: running.consumer_id().to_owned(),
    }
}
