//! What the demo's sandbox holds once the program is gone: the same world, served again and asked.

use reqwest::Client;
use serde_json::Value;
use tempfile::TempDir;
use timbra::sandbox::{self, Options};
use tokio::runtime::{Builder, Runtime};

/// The sandbox of a demo that has ended.
pub struct Left {
    runtime: Runtime,
    running: Option<sandbox::Running>,
    client: Client,
}

impl Left {
    /// Serves the world that the demo of this home has put away.
    pub fn in_home(home: &TempDir) -> Self {
        let world = home.path().join("data/demo/world.jsonl");
        assert!(world.exists(), "the demo kept no world");
        let options = Options {
            listen: "127.0.0.1:0".parse().unwrap(),
            data: Some(world),
            ..Options::default()
        };
        // The other binary that may have installed one is this process itself.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let running = runtime.block_on(sandbox::start(options)).unwrap();
        Self {
            runtime,
            running: Some(running),
            client: Client::builder().no_proxy().build().unwrap(),
        }
    }

    /// All records of a resource as Unify gives them, each with its native record.
    pub fn all(&self, resource: &str) -> Vec<Value> {
        let mut all = Vec::new();
        let mut cursor = String::new();
        loop {
            let path = format!("/accounting/{resource}?limit=30&raw=true{cursor}");
            let page = self.get(&path);
            all.extend(page["data"].as_array().unwrap().iter().cloned());
            match page["meta"]["cursors"]["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return all,
            }
        }
    }

    /// The only record of a resource that is like this.
    pub fn one(&self, resource: &str, like: impl Fn(&Value) -> bool) -> Value {
        let mut found = self.all(resource);
        found.retain(like);
        assert_eq!(found.len(), 1, "{resource}: {found:#?}");
        found.remove(0)
    }

    fn get(&self, path: &str) -> Value {
        let url = self.running.as_ref().unwrap().url();
        let request = self
            .client
            .get(format!("{url}{path}"))
            .bearer_auth(sandbox::API_KEY)
            .header("x-apideck-app-id", sandbox::APP_ID)
            .header("x-apideck-consumer-id", sandbox::CONSUMER_ID)
            .header("x-apideck-service-id", "alegra");
        let text = self.runtime.block_on(async {
            let answer = request.send().await.unwrap();
            assert!(answer.status().is_success(), "{path}: {}", answer.status());
            answer.text().await.unwrap()
        });
        serde_json::from_str(&text).unwrap()
    }
}

impl Drop for Left {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            self.runtime.block_on(running.stop());
        }
    }
}
