//! What the audit log says of an act: who did it, what was asked for, how the document was before. Never a secret.

use jiff::Timestamp;
use serde_json::json;

use crate::domain::audit::AuditEntry;
use crate::domain::intent::{Act, Intent};
use crate::domain::profile::ProfileName;

use super::who;

/// What the log says of an act that is about to leave: what is asked for, and how the document was before.
pub fn asked(intent: &Intent, profile: Option<&ProfileName>) -> String {
    let mut detail = json!({ "asked": intent.act, "before": intent.snapshot });
    sign(&mut detail, intent, profile);
    detail.to_string()
}

/// Who did it, on which machine and over which profile, and to which document, where it is one that is there already.
/// Where the environment alone describes the connection, its own name stands for the profile.
pub fn sign(detail: &mut serde_json::Value, intent: &Intent, profile: Option<&ProfileName>) {
    if let Some(detail) = detail.as_object_mut() {
        let who::Who { user, host } = who::at_the_keyboard();
        detail.insert("by".to_owned(), format!("{user}@{host}").into());
        detail.insert("user".to_owned(), user.into());
        detail.insert("host".to_owned(), host.into());
        let profile = profile.map_or(intent.company.0.as_str(), ProfileName::as_str);
        detail.insert("profile".to_owned(), profile.into());
        detail.insert("kind".to_owned(), intent.kind.slug().into());
        detail.insert("number".to_owned(), intent.snapshot.number.as_str().into());
        detail.insert(
            "contact".to_owned(),
            intent.snapshot.contact.as_str().into(),
        );
        if let Some(id) = intent.target() {
            detail.insert("id".to_owned(), id.as_str().into());
        }
        if let Act::Cancel { motive, .. } = &intent.act {
            detail.insert("cause".to_owned(), motive.cause().as_str().into());
            if let Some(uuid) = motive.replacement() {
                detail.insert("relatedFolio".to_owned(), uuid.as_str().into());
            }
        }
    }
}

/// The entry of an act.
pub fn entry(intent: &Intent, event: &str, at: Timestamp, detail: String) -> AuditEntry {
    let act = match intent.act {
        Act::Create(_) => "create",
        Act::CreateAndStamp(_) => "issue",
        Act::Stamp(_) => "stamp",
        Act::Delete(_) => "delete",
        Act::Cancel { .. } => "cancel",
    };
    AuditEntry {
        company: intent.company.clone(),
        at,
        event: format!("{act}-{event}"),
        intent: Some(intent.id.clone()),
        detail,
    }
}
