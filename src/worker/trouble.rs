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
        | Cause::Rejected
        | Cause::NotOffered
        | Cause::NotSendable => TroubleSort::Refused,
    };
    let mut text = error.told.text.clone();
    let details = &error.told.detail;
    for detail in details.iter().filter(|detail| **detail != error.told.text) {
        text.push_str(" · ");
        text.push_str(detail);
    }
    Trouble {
        sort,
        text,
        code: error.told.code.clone(),
        request_id: error.told.request_id.clone().unwrap_or_default(),
    }
}

/// What a failed file means for the person.
pub fn of_store(error: &StoreError) -> Trouble {
    Trouble::new(TroubleSort::Storage, &error.to_string())
}

/// What a desk that does not answer means for the person.
pub fn of_desk(closed: Closed) -> Trouble {
    Trouble::new(TroubleSort::Storage, &closed.to_string())
}
