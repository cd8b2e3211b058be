//! Any text as the path of a native field is a place or none, and a place is read again from what is written of it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use timbra::domain::kind::Kind;
use timbra::domain::native::NativePath;
use timbra::domain::spec::native::{owner, row_of};

fuzz_target!(|text: &str| {
    let Ok(path) = text.parse::<NativePath>() else {
        return;
    };
    assert_eq!(path.to_string().parse(), Ok(path.clone()));
    assert!(!path.to_string().contains(char::is_control));
    for kind in Kind::ALL {
        owner(kind, &path);
        row_of(kind, &path);
    }
});
