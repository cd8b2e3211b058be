//! Flows: the whole program without a terminal, against the sandbox over HTTP. Keys go in, the screen is read, and
//! afterwards the sandbox is asked what it holds.

mod harness;

mod again;
mod at_creation;
mod browsing;
mod cancelling;
mod converting;
mod currencies;
mod editing;
mod finding;
mod forms;
mod hands_off;
mod languages;
mod law_one;
mod ledger;
mod many;
mod matrix;
mod money;
mod others;
mod outages;
mod packages;
mod papers;
mod radar;
mod reading;
mod records;
mod records_deleted;
mod rows_catalogues;
mod rows_documents;
mod rows_money;
mod snapshots;
mod stamping;
mod suggestions;
mod two_sides;
mod verdicts;
mod views;
mod walking;
mod webhooks;
