//! Data that lives elsewhere: what is known of it, and whether newer is on its way.

use super::msg::Trouble;

/// Old data stays visible while new data loads, and when loading failed.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Remote<T> {
    /// Nobody asked yet.
    #[default]
    Idle,
    /// Asked for; what was known before stays.
    Loading(Option<T>),
    /// Here.
    Ready(T),
    /// It could not be read; what was known before stays.
    Failed(Trouble, Option<T>),
}

impl<T> Remote<T> {
    /// What is known, old or new.
    pub fn value(&self) -> Option<&T> {
        match self {
            Remote::Idle => None,
            Remote::Ready(value) => Some(value),
            Remote::Loading(old) | Remote::Failed(_, old) => old.as_ref(),
        }
    }

    /// Why it could not be read.
    pub fn trouble(&self) -> Option<&Trouble> {
        match self {
            Remote::Failed(trouble, _) => Some(trouble),
            _ => None,
        }
    }

    /// Whether an answer is awaited.
    pub fn is_loading(&self) -> bool {
        matches!(self, Remote::Loading(_))
    }

    /// Marks it as asked for.
    pub fn ask(&mut self) {
        let old = self.take();
        *self = Remote::Loading(old);
    }

    /// Marks it as not readable.
    pub fn fail(&mut self, trouble: Trouble) {
        let old = self.take();
        *self = Remote::Failed(trouble, old);
    }

    fn take(&mut self) -> Option<T> {
        match std::mem::take(self) {
            Remote::Idle => None,
            Remote::Ready(value) => Some(value),
            Remote::Loading(old) | Remote::Failed(_, old) => old,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::msg::TroubleSort;

    #[test]
    fn what_was_known_stays_while_loading_and_after_a_failure() {
        let mut remote = Remote::Ready(7);
        remote.ask();
        assert_eq!(remote.value(), Some(&7));
        remote.fail(Trouble::new(TroubleSort::Offline, ""));
        assert_eq!(remote.value(), Some(&7));
        assert!(remote.trouble().is_some());
    }
}
