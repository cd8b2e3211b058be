//! The nouns of the trade. They know no wire, no file and no screen.
//!
//! # Glossary
//!
//! | Word | Meaning |
//! |---|---|
//! | company | whose books these are; every stored row and every request carries it |
//! | profile | what the config says of a company and of the connection to it; the company is who the server says that it is |
//! | kind | one of the sixteen resources |
//! | record | one row of a kind, as last read from the server |
//! | field | a named value of a record; what a field holds is told by its [`field::Shape`] |
//! | edit | what somebody wants changed in a record, or a new one |
//! | draft | what a document would put into its CFDI; not to be confused with [`status::Status::Draft`], which is a balance status |
//! | stamp | the second axis: whether the SAT knows the document (timbre) |
//! | status | the first axis: what is owed (borrador, por cobrar, pagada, …) |
//! | intent | an act that spends or creates, written down before it is sent |
//! | cancellation | a stamped document given up at the SAT, by a cause 01–04; *void* is what the balance says afterwards |
//! | substitution | the thread of cause 01: replacement made, stamped, old one cancelled |
//! | tie | a record that another one names; seen from the other side, "named by" |
//! | relation | what makes of one CFDI a credit note, a return or a substitute of another (CfdiRelacionados) |
//! | folio | serie and number, `A-101`; the *folio fiscal* is always called UUID |

pub mod audit;
pub mod cancellation;
pub mod changes;
pub mod company;
pub mod draft;
pub mod edit;
pub mod field;
pub mod habits;
pub mod headway;
pub mod intent;
pub mod kind;
pub mod lately;
pub mod list;
pub mod money;
pub mod native;
pub mod paper;
pub mod period;
pub mod profile;
pub mod question;
pub mod record;
pub mod relation;
pub mod secret;
pub mod spec;
pub mod stamp;
pub mod status;
pub mod substitution;
pub mod ties;
pub mod verdict;
pub mod view;
