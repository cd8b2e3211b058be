//! What the threads of many cases share from case to case: a runtime, and a client for its requests.

use reqwest::Client;
use tokio::runtime::{Builder, Runtime};

use super::wire;

pub struct Ground {
    runtime: Runtime,
    pub client: Client,
}

impl Ground {
    pub fn new() -> Self {
        Self {
            runtime: Builder::new_multi_thread()
                .worker_threads(1)
                .enable_all()
                .build()
                .expect("threads"),
            client: wire::client(),
        }
    }

    /// Does a piece of work on the runtime of this ground.
    pub fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }
}
