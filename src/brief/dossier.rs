//! The facts of a file as the site keeps them: shared by all that speak of them, and, where an earlier build knew them, read
//! again only when they are asked for.

use super::Brief;
use crate::source::{ContentPath, Digest};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// The facts of one file. Clones share them.
#[derive(Clone)]
pub struct Dossier(Arc<Kept>);

/// What is known of a file without its facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownText {
    /// The hash of its text.
    pub hash: Digest,
    /// What others see of it: [`Brief::seen`].
    pub seen: Option<Digest>,
}

/// Reads the facts of a file again, of which the hash is known.
pub type Reread = dyn Fn(&ContentPath, Digest) -> Brief + Send + Sync;

struct Kept {
    path: ContentPath,
    hash: Digest,
    seen: OnceLock<Option<Digest>>,
    facts: OnceLock<Brief>,
    /// What reads them when they are asked for; nothing where they are at hand from the start.
    reread: Option<Arc<Reread>>,
}

impl Dossier {
    /// A file whose facts an earlier build knew.
    pub fn known(path: ContentPath, text: KnownText, reread: Arc<Reread>) -> Self {
        let KnownText { hash, seen } = text;
        let kept =
            Kept { path, hash, seen: OnceLock::from(seen), facts: OnceLock::new(), reread: Some(reread) };
        Self(Arc::new(kept))
    }

    /// The file.
    pub fn path(&self) -> &ContentPath {
        &self.0.path
    }

    /// The hash of its text.
    pub fn hash(&self) -> Digest {
        self.0.hash
    }

    /// What others see of it: [`Brief::seen`].
    pub fn seen(&self) -> Option<Digest> {
        *self.0.seen.get_or_init(|| Brief::seen(self))
    }

    /// What is known of it without its facts.
    pub fn text(&self) -> KnownText {
        KnownText { hash: self.hash(), seen: self.seen() }
    }

    /// Whether the two are one.
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl From<Brief> for Dossier {
    fn from(brief: Brief) -> Self {
        let kept = Kept {
            path: brief.path.clone(),
            hash: brief.hash,
            seen: OnceLock::new(),
            facts: OnceLock::from(brief),
            reread: None,
        };
        Self(Arc::new(kept))
    }
}

impl Deref for Dossier {
    type Target = Brief;

    fn deref(&self) -> &Brief {
        let Kept { path, hash, facts, reread, .. } = &*self.0;
        facts.get_or_init(|| match reread {
            Some(reread) => reread(path, *hash),
            None => unreachable!("what nothing reads is at hand"),
        })
    }
}

impl fmt::Debug for Dossier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, formatter)
    }
}
