//! A thread that owns something synchronous (a connection to a file) and does one job after the other with it.

use std::panic::AssertUnwindSafe;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use tokio::sync::oneshot;

type Job<T> = Box<dyn FnOnce(&mut T) + Send>;

/// The desk. Jobs are done in the order in which they are handed in.
pub struct Desk<T> {
    jobs: Mutex<Option<Sender<Job<T>>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

/// The job was not done: the desk is closed, or the job broke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the desk is closed")]
pub struct Closed;

impl<T: Send + 'static> Desk<T> {
    /// A desk for this, on a thread of that name.
    pub fn open(name: &str, mut owned: T) -> std::io::Result<Self> {
        let (jobs, inbox) = channel::<Job<T>>();
        let thread = thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || {
                while let Ok(job) = inbox.recv() {
                    // A job that breaks is told by its answer never coming; the next one finds the desk open.
                    let _ = std::panic::catch_unwind(AssertUnwindSafe(|| job(&mut owned)));
                }
            })?;
        Ok(Self {
            jobs: Mutex::new(Some(jobs)),
            thread: Mutex::new(Some(thread)),
        })
    }

    /// Does a job and gives its answer. A job whose asker has gone before its turn is not begun.
    pub async fn ask<R: Send + 'static>(
        &self,
        job: impl FnOnce(&mut T) -> R + Send + 'static,
    ) -> Result<R, Closed> {
        let (answer, answered) = oneshot::channel();
        self.hand_in(Box::new(move |owned| {
            if !answer.is_closed() {
                let _ = answer.send(job(owned));
            }
        }))?;
        answered.await.map_err(|_| Closed)
    }

    /// Hands a job in whose answer nobody waits for.
    pub fn order(&self, job: impl FnOnce(&mut T) + Send + 'static) -> Result<(), Closed> {
        self.hand_in(Box::new(job))
    }

    fn hand_in(&self, job: Job<T>) -> Result<(), Closed> {
        let jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        let jobs = jobs.as_ref().ok_or(Closed)?;
        jobs.send(job).map_err(|_| Closed)
    }

    /// Takes no more jobs, and waits until those that were handed in are done.
    pub fn close(&self) {
        drop(
            self.jobs
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take(),
        );
        let thread = self
            .thread
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(thread) = thread {
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block<F: Future>(future: F) -> F::Output {
        tokio::runtime::Builder::new_current_thread()
            .build()
            .expect("a runtime")
            .block_on(future)
    }

    #[test]
    fn a_job_that_breaks_leaves_the_desk_open() {
        let desk = Desk::open("test", 1).expect("a thread");
        let broken = block(desk.ask(|_: &mut i32| -> i32 { panic!("planted") }));
        assert_eq!(broken, Err(Closed));
        assert_eq!(block(desk.ask(|owned| *owned + 1)), Ok(2));
    }

    #[test]
    fn closing_finishes_what_was_handed_in() {
        let (done, dones) = channel();
        let desk = Desk::open("test", ()).expect("a thread");
        for n in 0..100 {
            let done = done.clone();
            desk.order(move |()| {
                let _ = done.send(n);
            })
            .expect("open");
        }
        desk.close();
        assert_eq!(dones.try_iter().count(), 100);
        assert_eq!(desk.order(|()| {}), Err(Closed));
    }
}
