//! pickers
