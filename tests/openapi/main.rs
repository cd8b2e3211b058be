//! Sandbox and client against the published OpenAPI documents: whatever the one answers in strict mode and whatever the
//! other sends, any program that was written to the documents understands. Where the documents are not at hand (beside
//! the project, see `published`), each test says that it was skipped.

mod answers;
#[path = "../sandbox/bodies.rs"]
mod bodies;
mod declared;
mod hostile;
mod published;
mod recorder;
mod requests;
mod strict;
