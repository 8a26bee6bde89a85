//! What a browser is told while it shows a page: that the page is another one now, that files it may use have changed, what is
//! wrong. It says which state it shows; each event leads to the state of the moment, so that one that was missed does not
//! matter.

use super::desk::{Desk, Seen, Sight};
use super::edition::Shown;
use super::page;
use super::panel::Panel;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde_json::json;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use tokio::sync::watch;

/// What a browser shows, as it says itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Showing {
    /// The path of its page on this host, decoded.
    pub(super) path: String,
    /// The hash of the page; empty where it shows none of the site.
    pub(super) page: String,
    /// The hash of the panel; empty where it shows none.
    pub(super) panel: String,
    /// The edition of which it is.
    pub(super) edition: String,
}

impl Showing {
    /// What the query of the request says; the path is decoded there once, and here once more, as any path is.
    pub(super) fn of(query: &str) -> Option<Self> {
        let mut showing = Self::default();
        for (key, value) in url::form_urlencoded::parse(query.as_bytes()) {
            match &*key {
                "path" => showing.path = super::target::decoded(&value)?,
                "page" => showing.page = value.into_owned(),
                "panel" => showing.panel = value.into_owned(),
                "edition" => showing.edition = value.into_owned(),
                _ => {}
            }
        }
        (!showing.path.is_empty()).then_some(showing)
    }
}

/// The events for a browser that shows this, until it goes or the program ends.
pub(super) fn stream(desk: Arc<Desk>, showing: Showing) -> Response {
    let shown = desk.shown.clone();
    let listener = Listener { desk, shown, showing, events: VecDeque::new(), is_first: true };
    let events = stream::unfold(listener, |mut listener| async move {
        let event = listener.next().await?;
        Some((Ok::<Event, Infallible>(event), listener))
    });
    Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}

struct Listener {
    desk: Arc<Desk>,
    shown: watch::Receiver<Arc<Shown>>,
    showing: Showing,
    events: VecDeque<Event>,
    is_first: bool,
}

impl Listener {
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.events.pop_front() {
                return Some(event);
            }
            if !std::mem::take(&mut self.is_first) {
                self.shown.changed().await.ok()?;
            }
            let shown = self.shown.borrow_and_update().clone();
            let seen = self.desk.see(&self.showing.path).await;
            let events = events(&mut self.showing, &shown, &seen, &self.desk.run);
            self.events
                .extend(events.into_iter().map(|(name, data)| Event::default().event(name).data(data)));
        }
    }
}

/// What the browser is to be told, by name, and what it shows then.
fn events(showing: &mut Showing, shown: &Shown, seen: &Seen, run: &str) -> Vec<(&'static str, String)> {
    let mut events = Vec::new();
    let files = files(showing, shown, run);
    let edition = format!("{run}-{}", shown.number);
    if !files.is_empty() {
        events.push(("files", json!({ "edition": edition, "paths": files }).to_string()));
    }
    showing.edition = edition;
    let panel = seen.panel.as_ref();
    let hash = panel.map_or("", |panel| panel.hash.as_str());
    if hash != showing.panel {
        hash.clone_into(&mut showing.panel);
        let html = panel.map_or("", |Panel { html, .. }| html);
        events.push(("panel", json!({ "hash": hash, "html": html }).to_string()));
    }
    let page = match &seen.sight {
        Sight::Made(made) | Sight::Nothing(Some(made)) if made.is_page => page::hash(&made.bytes),
        // While something is wrong, what is shown stays.
        _ if panel.is_some() => return events,
        Sight::Elsewhere(_) | Sight::Nothing(_) | Sight::Made(_) => "other".to_owned(),
        Sight::LastGood(_) | Sight::Lost | Sight::Failed(_) => return events,
    };
    // A page of the last good site is none that was not seen before.
    if page != showing.page && (panel.is_none() || showing.page.is_empty()) {
        showing.page.clone_from(&page);
        events.push(("page", page));
    }
    events
}

/// The files that have changed since the edition that the browser shows, if that is one of this run.
fn files(showing: &Showing, shown: &Shown, run: &str) -> Vec<String> {
    let since =
        showing.edition.strip_prefix(run).and_then(|rest| rest.strip_prefix('-')?.parse::<u64>().ok());
    let Some(since) = since else { return Vec::new() };
    shown.changed.iter().filter(|(_, edition)| **edition > since).map(|(path, _)| path.clone()).collect()
}
