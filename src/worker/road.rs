//! The road to the books: nobody asks them before it is certain whose they are, and a person goes before a walk.
//!
//! A connection may lead to other books than it did yesterday: an account was tied to another company, a sandbox began
//! another world. So the first thing that a run asks is who the company is, and it asks again after every loss of the
//! connection. What belongs to other books is neither read into the cache of these nor used to settle their acts (law 5).

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::{OnceCell, watch};

use crate::api::Books;
use crate::app::msg::{Fact, Trouble, TroubleSort};
use crate::domain::company::{Company, CompanyId};
use crate::domain::profile::ProfileName;

use super::pace::Pace;
use super::{Door, Shared, locked, trouble};

/// The books behind the question whose they are. Shared by all tasks, whichever company's they were started for.
pub struct Road<B> {
    door: Door<B>,
    /// What is behind the door; why it stays closed, where it does: a person is not asked for a passphrase with every
    /// question. Going over to the same company again tries anew.
    books: OnceCell<Result<B, Trouble>>,
    /// What the server was asked about itself; locked while it is being asked.
    met: tokio::sync::Mutex<Met>,
    /// How often the connection was lost. Who was met before the last time has to be met again.
    doubts: AtomicU64,
    /// How often nobody could be met.
    failures: AtomicU64,
    /// How many questions of a person are under way.
    people: watch::Sender<usize>,
    /// What this window has of the budget that all windows share.
    pub(super) pace: Mutex<Pace>,
}

/// What came of the last question who the server is.
#[derive(Default)]
struct Met {
    /// Who it says that it is, and how many doubts there were when it was asked.
    company: Option<(Company, u64)>,
    /// Why it could not be told the last time.
    failed: Option<Trouble>,
}

/// A person's question is under way until this is dropped.
pub struct Person<'a>(&'a watch::Sender<usize>);

impl Drop for Person<'_> {
    fn drop(&mut self) {
        self.0.send_modify(|people| *people -= 1);
    }
}

impl<B: Send + 'static> Road<B> {
    /// To books of which nothing was asked yet.
    pub fn new(door: Door<B>) -> Self {
        Self {
            door,
            books: OnceCell::new(),
            met: tokio::sync::Mutex::default(),
            doubts: AtomicU64::new(0),
            failures: AtomicU64::new(0),
            people: watch::Sender::new(0),
            pace: Mutex::default(),
        }
    }

    /// The books, through the door.
    async fn books(&self) -> Result<&B, Trouble> {
        let opened = self.books.get_or_init(|| self.door.opened()).await;
        opened.as_ref().map_err(Clone::clone)
    }

    /// What the person calls the way; none where the environment alone describes it.
    pub fn profile(&self) -> Option<&ProfileName> {
        self.door.profile.as_ref()
    }

    /// The provider itself, for what is asked of it without asking the server; none until the door was opened.
    pub fn provider(&self) -> Option<&B> {
        self.books.get()?.as_ref().ok()
    }

    /// The name of the connection: all windows that ask over it share what the server allows.
    pub fn connection(&self) -> &CompanyId {
        &self.door.connection
    }

    /// Counts a question that somebody waits for.
    pub fn person(&self) -> Person<'_> {
        self.people.send_modify(|people| *people += 1);
        Person(&self.people)
    }

    /// Waits until no person's question is under way.
    pub async fn give_way(&self) {
        // The sender is ours, so that the wait cannot fail.
        let _ = self
            .people
            .subscribe()
            .wait_for(|people| *people == 0)
            .await;
    }
}

impl<B: Books + 'static> Shared<B> {
    /// The books, once it is certain that they are those of this company.
    ///
    /// # Errors
    ///
    /// What kept the company's own record from being read, or that the connection leads to other books now.
    pub async fn books(&self) -> Result<&B, Trouble> {
        self.who().await?;
        self.road.books().await
    }

    /// Whose books these are, by the server's own word.
    ///
    /// # Errors
    ///
    /// As [`Shared::books`].
    pub async fn who(&self) -> Result<Company, Trouble> {
        let failures = self.road.failures.load(Ordering::Relaxed);
        let mut met = self.road.met.lock().await;
        let doubts = self.road.doubts.load(Ordering::Relaxed);
        let known = met.company.as_ref().filter(|(_, at)| *at == doubts);
        let company = match known {
            Some((company, _)) => company.clone(),
            // Whoever waited while another one asked in vain takes that for an answer: a server that hangs would else
            // be waited for by one after the other.
            None if failures != self.road.failures.load(Ordering::Relaxed)
                && let Some(trouble) = &met.failed =>
            {
                return Err(trouble.clone());
            }
            None => match self.meet().await {
                Ok(company) => {
                    met.company = Some((company.clone(), doubts));
                    company
                }
                Err(trouble) => {
                    self.road.failures.fetch_add(1, Ordering::Relaxed);
                    met.company = None;
                    met.failed = Some(trouble.clone());
                    return Err(trouble);
                }
            },
        };
        if company.id == self.company {
            Ok(company)
        } else {
            // Told to all who ask, because whoever asked first may be a task of still other books, to which nobody
            // listens any more.
            self.tell(None, Fact::OtherBooks(company.clone()));
            Err(Trouble::new(TroubleSort::Refused, &company.name))
        }
    }

    /// The connection was lost: who answers next has to say again who it is. One that is being asked just now, too:
    /// its answer may be older than the loss.
    pub fn doubt(&self) {
        self.road.doubts.fetch_add(1, Ordering::Relaxed);
    }

    /// The same, where this trouble means that the connection was lost.
    pub fn doubt_if_offline(&self, trouble: &Trouble) {
        if trouble.sort == TroubleSort::Offline {
            self.doubt();
        }
    }

    async fn meet(&self) -> Result<Company, Trouble> {
        let books = self.road.books().await?;
        let mut company = books
            .company()
            .await
            .map_err(|error| trouble::of_api(&error))?;
        let (connection, told) = (self.road.door.connection.clone(), company.clone());
        company.id = self
            .durable
            .ask(move |durable| durable.meet(&connection, &told))
            .await
            .map_err(trouble::of_desk)?
            .map_err(|error| trouble::of_store(&error))?;
        // Only the native record tells them, and it may be unreadable just now. What is known of these books stays known.
        let id = company.id.clone();
        let known = self
            .reader
            .ask(move |shelf| shelf.reader().company(&id))
            .await
            .map_err(trouble::of_desk)?
            .map_err(|error| trouble::of_store(&error))?;
        if let Some(known) = known {
            company.regime = company.regime.or(known.regime);
            company.zip = company.zip.or(known.zip);
        }
        let kept = company.clone();
        self.writer
            .ask(move |cache| cache.put_company(&kept))
            .await
            .map_err(trouble::of_desk)?
            .map_err(|error| trouble::of_store(&error))?;
        locked(&self.judging).want();
        Ok(company)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::task::{Context, Poll, Waker};

    #[test]
    fn a_walk_waits_while_a_person_reads_and_goes_on_afterwards() {
        let road = Road::new(Door::open(CompanyId(String::new()), ()));
        let (one, other) = (road.person(), road.person());
        let mut walk = std::pin::pin!(road.give_way());
        let mut context = Context::from_waker(Waker::noop());
        assert_eq!(walk.as_mut().poll(&mut context), Poll::Pending);
        drop(one);
        assert_eq!(walk.as_mut().poll(&mut context), Poll::Pending);
        drop(other);
        assert_eq!(walk.as_mut().poll(&mut context), Poll::Ready(()));
    }
}
