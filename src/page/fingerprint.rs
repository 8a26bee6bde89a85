//! What a page is made of, in a few bytes: two pages with the same fingerprint are the same page.
//!
//! A page's bytes follow from its view and from what renders it, so the hash of the view is all that has to be remembered of
//! a page to know that it need not be made again. It is taken in parts, to say what has changed.

use super::plan::Planned;
use super::view::{Content, View};
use super::{FeedFormat, Page};
use crate::source::Digest;
use serde::{Deserialize, Serialize};

/// The fingerprint of a page's view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// Where the page is, and what all pages of the site show.
    pub frame: Digest,
    /// What its own file says, if one does.
    pub text: Digest,
    /// All that it shows.
    pub whole: Digest,
}

impl Fingerprint {
    /// The fingerprint of a planned page with this view.
    pub fn of(view: &View, planned: &Planned) -> Self {
        let format = match planned.page {
            Page::Feed(_, FeedFormat::Json) => 1_u8,
            _ => 0,
        };
        let text = match &view.content {
            Content::Brief(page) => page.brief.text.digest(),
            Content::StandAlone(page) => page.document.text.digest(),
            _ => Digest::default(),
        };
        Self {
            frame: Digest::of(&(&view.frame.site, planned.address.as_str())),
            text,
            whole: Digest::of(&(view, planned.address.as_str(), format)),
        }
    }
}
