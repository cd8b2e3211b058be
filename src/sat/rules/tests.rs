//! Each rule, broken and nearly broken.
