//! The ways to the books of several companies. Each is known by name before it is gone; its key is fetched when the
//! first question goes that way, behind the screen and not before.

use std::fmt;
use std::sync::{Arc, Mutex};

use crate::api::Books;
use crate::app::msg::{Fact, Trouble, TroubleSort};
use crate::domain::company::CompanyId;
use crate::domain::profile::ProfileName;

use super::{Shared, locked, trouble};

/// What makes a way passable: it may ask a keyring, or wait for a person who opens one. Never called on the thread of
/// the screen.
type Opener<B> = Arc<dyn Fn() -> Result<B, Trouble> + Send + Sync>;

/// The way of each profile, where there is one.
pub type Doors<B> = Arc<dyn Fn(&ProfileName) -> Option<Door<B>> + Send + Sync>;

/// A way that was not gone yet.
pub struct Door<B> {
    /// The name of the connection.
    pub connection: CompanyId,
    /// What the person calls it; none where the environment alone describes it. The audit log names it.
    pub profile: Option<ProfileName>,
    opener: Opener<B>,
}

impl<B> fmt::Debug for Door<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Door")
            .field("connection", &self.connection)
            .finish_non_exhaustive()
    }
}

impl<B: Send + 'static> Door<B> {
    /// A way that is opened by this when the first question goes it.
    pub fn new(
        connection: CompanyId,
        opener: impl Fn() -> Result<B, Trouble> + Send + Sync + 'static,
    ) -> Self {
        Self {
            connection,
            profile: None,
            opener: Arc::new(opener),
        }
    }

    /// The same way, by the name that the person gave it.
    pub fn named(self, profile: Option<ProfileName>) -> Self {
        Self { profile, ..self }
    }

    /// A way that is open already.
    pub fn open(connection: CompanyId, books: B) -> Self {
        let books = Mutex::new(Some(books));
        Self::new(connection, move || {
            locked(&books)
                .take()
                .ok_or_else(|| Trouble::new(TroubleSort::Credentials, ""))
        })
    }

    /// Opens it, on a thread where waiting harms nobody.
    ///
    /// # Errors
    /// Why it stays closed.
    pub(super) async fn opened(&self) -> Result<B, Trouble> {
        let opener = self.opener.clone();
        match tokio::task::spawn_blocking(move || opener()).await {
            Ok(opened) => opened,
            // It broke, or the program ends.
            Err(_) => Err(Trouble::new(TroubleSort::Credentials, "")),
        }
    }
}

/// Tells whose books a profile leads to, by what is known on this machine; the server is asked later.
pub(super) async fn look_up<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    profile: ProfileName,
    door: Option<Door<B>>,
) {
    let found = match door {
        Some(door) => known(shared, door.connection).await,
        None => Err(Trouble::new(TroubleSort::NotFound, profile.as_str())),
    };
    match found {
        Ok((id, company)) => {
            let company = company.map(Box::new);
            shared.tell(
                None,
                Fact::LookedUp {
                    profile,
                    id,
                    company,
                },
            );
        }
        Err(trouble) => shared.tell(None, Fact::NotLookedUp { profile, trouble }),
    }
}

type Known = (CompanyId, Option<crate::domain::company::Company>);

/// Whose books a connection led to when it was asked last.
pub(super) async fn books_of<B>(
    shared: &Arc<Shared<B>>,
    connection: CompanyId,
) -> Result<CompanyId, Trouble> {
    shared
        .durable
        .ask(move |durable| durable.books_of(&connection))
        .await
        .map_err(trouble::of_desk)?
        .map_err(|error| trouble::of_store(&error))
}

async fn known<B>(shared: &Arc<Shared<B>>, connection: CompanyId) -> Result<Known, Trouble> {
    let id = books_of(shared, connection).await?;
    let asked = id.clone();
    let company = shared
        .reader
        .ask(move |shelf| shelf.reader().company(&asked))
        .await
        .map_err(trouble::of_desk)?
        .map_err(|error| trouble::of_store(&error))?;
    Ok((id, company))
}
