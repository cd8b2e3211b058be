//! Counts what is under way. Work is counted before it starts, so that there is no moment in which nothing seems to
//! happen although something will.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// A counter of work under way.
#[derive(Clone, Debug, Default)]
pub struct Busy {
    inner: Arc<(Mutex<usize>, Condvar)>,
}

/// A piece of work under way, until this is dropped.
#[derive(Debug)]
pub struct Begun(Busy);

impl Busy {
    /// Counts a piece of work that is about to start.
    pub fn begin(&self) -> Begun {
        *self.count() += 1;
        Begun(self.clone())
    }

    /// Whether nothing is under way.
    pub fn is_idle(&self) -> bool {
        *self.count() == 0
    }

    /// Waits until nothing is under way, or until patience ends; whether it came to rest.
    pub fn wait(&self, patience: Duration) -> bool {
        let (_, changed) = &*self.inner;
        let (count, _) = changed
            .wait_timeout_while(self.count(), patience, |count| *count > 0)
            .unwrap_or_else(PoisonError::into_inner);
        *count == 0
    }

    fn count(&self) -> std::sync::MutexGuard<'_, usize> {
        self.inner.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        *self.0.count() -= 1;
        self.0.inner.1.notify_all();
    }
}
