//! The two files of a data folder, as those who use them see them.

mod books;
mod cache;
mod damage;
mod durable;
mod find;
