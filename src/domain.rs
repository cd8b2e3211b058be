//! The nouns of the trade. They know no wire, no file and no screen.

pub mod draft;
pub mod money;
