//! From errors of the rooms below to what the app says about them.

use crate::api::{ApiError, Cause};
use crate::app::msg::{Trouble, TroubleSort};
use crate::store::StoreError;

use super::desk::Closed;

/// What a failed request means for the person.
pub fn of_api(error: &ApiError) -> Trouble {
    let sort = match error.cause {
        Cause::NotSent | Cause::NoAnswer => TroubleSort::Offline,
        Cause::Unreadable | Cause::TooLarge => TroubleSort::Unreadable,
        Cause::Outage | Cause::UnsupportedOperation | Cause::Mapping => TroubleSort::Server,
        Cause::Paused | Cause::RateLimited => TroubleSort::RateLimit,
        Cause::InvalidHeaders
        | Cause::Unauthorized
        | Cause::ConnectorCredentials
        | Cause::ConnectionNotFound => TroubleSort::Credentials,
        Cause::QuotaUsedUp => TroubleSort::Quota,
        Cause::NotFound => TroubleSort::NotFound,
        Cause::InvalidRequest
        | Cause::UnsupportedFilter
        | Cause::UnsupportedSort
        | Cause::InvalidCursor
        | Cause::PaginationNotSupported
        | Cause::Refused
        | Cause::Forbidden
        | Cause::Conflict
        | Cause::InvalidState
        | Cause::Rejected => TroubleSort::Refused,
        Cause::NotOffered | Cause::NotSendable => TroubleSort::Impossible,
    };
    // Without a reply the text is the transport's, not the server's: for the log, not for people.
    let mut text = match error.told.status {
        Some(_) if sort != TroubleSort::Unreadable => error.told.text.clone(),
        _ => {
            tracing::warn!(%error, "a request failed");
            String::new()
        }
    };
    let details = &error.told.detail;
    for detail in details.iter().filter(|detail| **detail != error.told.text) {
        if !text.is_empty() {
            text.push_str(" · ");
        }
        text.push_str(detail);
    }
    Trouble {
        sort,
        text,
        code: error.told.code.clone(),
        request_id: error.told.request_id.clone().unwrap_or_default(),
    }
}

/// What a failed file means for the person: which file it is. What the system says about it goes to the log.
pub fn of_store(error: &StoreError) -> Trouble {
    tracing::error!(%error, "a file of this program failed");
    let sort = match error {
        StoreError::Full { .. } => TroubleSort::DiskFull,
        StoreError::Locked { .. } => TroubleSort::FileLocked,
        StoreError::ReadOnly { .. } => TroubleSort::FileReadOnly,
        StoreError::Damaged { .. } | StoreError::Unreadable { .. } | StoreError::Newer { .. } => {
            TroubleSort::FileDamaged
        }
        StoreError::Unreachable { .. }
        | StoreError::Crowded { .. }
        | StoreError::Refused { .. } => TroubleSort::Storage,
    };
    Trouble::new(sort, &error.path().display().to_string())
}

/// What a desk that does not answer means for the person.
pub fn of_desk(closed: Closed) -> Trouble {
    tracing::error!(%closed, "a file of this program is not served any more");
    Trouble::new(TroubleSort::Storage, "")
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::api::Told;

    fn failed(cause: Cause, status: Option<u16>, text: &str) -> ApiError {
        ApiError {
            cause,
            told: Box::new(Told {
                status,
                text: text.to_owned(),
                ..Told::default()
            }),
        }
    }

    #[test]
    fn what_the_transport_says_is_not_for_people_and_what_the_server_says_is() {
        let chain = "error sending request: tcp connect error";
        for cause in [
            Cause::NotSent,
            Cause::NoAnswer,
            Cause::TooLarge,
            Cause::Paused,
        ] {
            assert_eq!(of_api(&failed(cause, None, chain)).text, "", "{cause:?}");
        }
        assert_eq!(
            of_api(&failed(Cause::Unreadable, Some(200), chain)).text,
            ""
        );
        let refused = failed(Cause::Refused, Some(400), "No se pudo timbrar");
        assert_eq!(of_api(&refused).text, "No se pudo timbrar");
    }

    #[test]
    fn a_file_in_trouble_is_named_and_its_sort_says_what_to_do() {
        let path = PathBuf::from("durable.db");
        let full = of_store(&StoreError::Full { path: path.clone() });
        assert_eq!(
            (full.sort, full.text.as_str()),
            (TroubleSort::DiskFull, "durable.db")
        );
        let locked = of_store(&StoreError::Locked { path });
        assert_eq!(locked.sort, TroubleSort::FileLocked);
    }
}
