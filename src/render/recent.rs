//! What was made last, for whoever asks for the same again soon.

use crate::source::Digest;
use std::collections::VecDeque;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

/// How many things are kept: more than there are threads that make some and ask again next.
const MOST: usize = 16;

/// The last things that were made, by the digest of what they were made of.
#[derive(Debug)]
pub(super) struct Recent<T>(Mutex<VecDeque<(Digest, Arc<T>)>>);

impl<T> Default for Recent<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Recent<T> {
    /// What was made of `what`, or is made now.
    ///
    /// # Errors
    ///
    /// Those of `make`, of which nothing is kept.
    pub(super) fn of<E>(&self, what: &impl Hash, make: impl FnOnce() -> Result<T, E>) -> Result<Arc<T>, E> {
        let key = Digest::of(what);
        let known =
            self.with(|kept| kept.iter().find(|(of, _)| *of == key).map(|(_, made)| Arc::clone(made)));
        if let Some(known) = known {
            return Ok(known);
        }
        let made = Arc::new(make()?);
        self.with(|kept| {
            kept.truncate(MOST - 1);
            kept.push_front((key, Arc::clone(&made)));
        });
        Ok(made)
    }

    fn with<R>(&self, then: impl FnOnce(&mut VecDeque<(Digest, Arc<T>)>) -> R) -> R {
        then(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_is_made_again_when_others_came_between() {
        let recent = Recent::default();
        let made = |what: usize| recent.of(&what, || Ok::<_, ()>(what)).is_ok();
        let again = |what: usize| recent.of(&what, || Err(())).is_ok();
        assert!(!again(0));
        assert!(made(0) && again(0));
        assert!((1..MOST).all(made) && again(0));
        assert!(made(MOST) && !again(0) && again(1));
    }
}
