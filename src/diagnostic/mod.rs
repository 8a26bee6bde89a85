//! What went wrong: a writer's mistake as a value, with its code, its exact place and its mend.
//!
//! A stage that meets a mistake adds a [`Diagnostic`] and goes on with a sensible stand-in. What each code means stands in
//! one table, [`code`]; how a diagnostic is shown to people and programs is [`report`].

pub mod code;
pub mod guess;
pub mod report;

pub use code::{Code, Level};
pub use guess::{Guesses, distance, nearest};

use crate::source::{Place, Span};
use serde::{Deserialize, Serialize};

/// How grave a diagnostic is. A build with an error writes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// The site can't be built as it stands.
    Error,
    /// The site is built, but a reader would trip over this.
    Warning,
    /// Nothing is wrong, but an editor would have it otherwise. It never keeps a site from being built.
    Suggestion,
}

impl Severity {
    /// From the gravest to the lightest.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Suggestion];

    /// What one is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Suggestion => "suggestion",
        }
    }
}

/// One mistake, where it is, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// What kind of mistake this is.
    #[serde(with = "code::by_id")]
    pub code: &'static Code,
    /// What the code's own level makes it, unless the site set another under `[lints]`.
    pub severity: Severity,
    /// What is wrong: lower case, no final period, code between backticks.
    pub message: String,
    /// Where it is wrong. An empty span at the start of a file speaks of the file as a whole.
    pub place: Place,
    /// A few words beside the underlined place; may be empty.
    pub label: String,
    /// Other places that have a part in it, each with a few words.
    pub related: Vec<(Place, String)>,
    /// What to do, one sentence each, in the manner of the message.
    pub help: Vec<String>,
    /// The mend, where there is one that only needs to be applied.
    pub fix: Option<Fix>,
}

/// What to write in the diagnostic's own file to mend it: one replacement, or several of which none does without the others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fix {
    /// At least one, by place; none touches another.
    edits: Vec<Edit>,
    /// Whether it may be applied unseen.
    pub applicability: Applicability,
}

/// A replacement of some text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Edit {
    /// What to replace; empty to insert.
    pub span: Span,
    /// What to put there; empty to delete.
    pub replacement: String,
}

/// How sure it is that a fix is what the writer would have written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Applicability {
    /// It keeps the meaning, or is the only thing that can have been meant: it may be applied unseen.
    Safe,
    /// It is likely, and somebody should look at it: the nearest name, or words a reader would read otherwise.
    #[default]
    Guess,
}

impl Applicability {
    /// The word by which programs are told of it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Guess => "guess",
        }
    }
}

impl Edit {
    /// What puts `replacement` in the place of `span`.
    pub fn new(span: Span, replacement: impl Into<String>) -> Self {
        Self { span, replacement: replacement.into() }
    }
}

impl Fix {
    /// A fix that is a guess, unless it is [`Fix::safe`].
    pub fn new(span: Span, replacement: impl Into<String>) -> Self {
        Self { edits: vec![Edit::new(span, replacement)], applicability: Applicability::Guess }
    }

    /// The same of several edits, whatever their order; nothing where there are none, or where one touches another.
    pub fn of(mut edits: Vec<Edit>) -> Option<Self> {
        edits.sort();
        let are_apart = edits.is_sorted_by(|first, second| first.span.end < second.span.start);
        (are_apart && !edits.is_empty()).then_some(Self { edits, applicability: Applicability::Guess })
    }

    /// What is to be written, by place: all of it or nothing.
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// The same, which may be applied unseen.
    #[must_use]
    pub fn safe(self) -> Self {
        self.with(Applicability::Safe)
    }

    /// The same, as sure as that.
    #[must_use]
    pub fn with(self, applicability: Applicability) -> Self {
        Self { applicability, ..self }
    }
}

impl Diagnostic {
    /// A diagnostic as grave as its code's own level makes it: what is off unless a site asks for it is a suggestion.
    pub fn new(code: &'static Code, place: Place, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.level.severity().unwrap_or(Severity::Suggestion),
            message: message.into(),
            place,
            label: String::new(),
            related: Vec::new(),
            help: Vec::new(),
            fix: None,
        }
    }

    /// The same, with a few words beside the underlined place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// The same, pointing at another place as well.
    #[must_use]
    pub fn related(mut self, place: Place, label: impl Into<String>) -> Self {
        // There is seldom another.
        self.related.reserve_exact(1);
        self.related.push((place, label.into()));
        self
    }

    /// The same, with a sentence on what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.reserve_exact(1);
        self.help.push(help.into());
        self
    }

    /// The same, with a replacement in its own file that likely mends it.
    #[must_use]
    pub fn fix(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.fix = Some(Fix::new(span, replacement));
        self
    }

    /// The same, with a mend where there is one.
    #[must_use]
    pub fn mend(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix;
        self
    }

    /// The same, its mend being one that may be applied unseen.
    #[must_use]
    pub fn safe(mut self) -> Self {
        self.fix = self.fix.map(Fix::safe);
        self
    }
}
