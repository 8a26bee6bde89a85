//! The server itself: who asks, for what, and what is answered.

use super::answer::{self, Content};
use super::desk::{Desk, Seen, Sight};
use super::events::{self, Showing};
use super::gather::Stir;
use super::page::{self, State};
use super::panel::STYLE;
use super::{source, target, visitor};
use crate::page::address::encoded;
use anyhow::Context;
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use axum::serve::ListenerExt;
use std::net::TcpListener;
use std::sync::{Arc, mpsc};
use std::time::Duration;
use tokio::sync::watch;

/// How long answers may still take when the program is told to stop.
const FAREWELL: Duration = Duration::from_secs(1);

/// Answers requests until the program is told to stop, which `stir` is told, or there is nobody any more to tell.
///
/// # Errors
///
/// When the machine refuses.
pub(super) fn run(listener: TcpListener, desk: Arc<Desk>, stir: mpsc::Sender<Stir>) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.context("can't start answering")?;
    let ran = runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener).context("can't listen")?;
        let shown = desk.shown.clone();
        let (end, ended) = watch::channel(());
        let site = Router::new().fallback(move |request: Request| respond(Arc::clone(&desk), request));
        let waiting = until_closed(ended.clone());
        // What is small is sent at once, and does not wait for what was sent before to arrive.
        let listener = listener.tap_io(|connection| {
            let _ = connection.set_nodelay(true);
        });
        let serving = axum::serve(listener, site).with_graceful_shutdown(waiting);
        let stopping = async {
            told_to_stop(shown).await;
            let _ = stir.send(Stir::Stop);
            drop(end);
            // A page that is being made, or a browser that listens for changes, is not waited for any longer.
            tokio::time::sleep(FAREWELL).await;
        };
        tokio::select! {
            served = async { serving.await } => served.context("can't answer any more"),
            () = stopping => Ok(()),
        }
    });
    // The rounds end with the server, whatever has ended it.
    let _ = stir.send(Stir::Stop);
    runtime.shutdown_background();
    ran
}

async fn until_closed(mut ended: watch::Receiver<()>) {
    while ended.changed().await.is_ok() {}
}

/// Waits for Ctrl-C, for the system to say the same, or for the rounds to end.
async fn told_to_stop(mut shown: watch::Receiver<Arc<super::edition::Shown>>) {
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    let closed = async { while shown.changed().await.is_ok() {} };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
        () = closed => {}
    }
}

async fn respond(desk: Arc<Desk>, request: Request) -> Response {
    let (method, uri, headers) = (request.method(), request.uri(), request.headers());
    if let Err(refusal) = visitor::admitted(method, uri, headers, desk.at) {
        return answer::answer(method, headers, Content::words(refusal.status, &refusal.words));
    }
    if method != Method::GET && method != Method::HEAD {
        return answer::wrong_method(method);
    }
    let Some(path) = target::decoded(uri.path()) else {
        let content =
            Content::words(StatusCode::BAD_REQUEST, "the address is no text, or holds what no path may");
        return answer::answer(method, headers, content);
    };
    match path.strip_prefix("/.depeche/") {
        Some(own) => respond_ourselves(desk, own, &request),
        None => {
            let seen = desk.see(&path).await;
            show(method, headers, seen, uri.query())
        }
    }
}

/// What is not of the site.
fn respond_ourselves(desk: Arc<Desk>, path: &str, request: &Request) -> Response {
    let (method, headers) = (request.method(), request.headers());
    let content = |bytes: Vec<u8>, media| Content { status: StatusCode::OK, bytes, media, modified: None };
    let content = match path.split_once('/') {
        None if path == "events" && method == Method::GET => {
            match Showing::of(request.uri().query().unwrap_or_default()) {
                Some(showing) => return events::stream(desk, showing),
                None => {
                    Content::words(StatusCode::BAD_REQUEST, "the query says which page is shown: `?path=/`")
                }
            }
        }
        None if path == "reload.js" => content(page::SCRIPT.into(), "text/javascript; charset=utf-8"),
        None if path == "panel.css" => content(STYLE.into(), "text/css; charset=utf-8"),
        Some(("source", file)) => {
            let shown = desk.shown.borrow().clone();
            match source::page(&shown.newest, file) {
                Some(page) => content(page, "text/html; charset=utf-8"),
                None => Content::words(StatusCode::NOT_FOUND, "the site has no such text"),
            }
        }
        _ => Content::words(StatusCode::NOT_FOUND, "there is nothing here"),
    };
    answer::answer(method, headers, content)
}

/// The answer to a request for a path of the site.
fn show(method: &Method, headers: &HeaderMap, seen: Seen, query: Option<&str>) -> Response {
    let Seen { sight, panel, edition } = seen;
    let state = State { edition: &edition, panel: panel.as_ref() };
    let html = |status, bytes| {
        let content = Content { status, bytes, media: "text/html; charset=utf-8", modified: None };
        let mut response = answer::answer(method, headers, content);
        // A panel is of the moment, and so is a page under it.
        if panel.is_some() {
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
        response
    };
    match sight {
        Sight::Made(made) if made.is_page => html(StatusCode::OK, page::served(&made.bytes, state)),
        Sight::Made(made) => {
            let content = Content {
                status: StatusCode::OK,
                bytes: made.bytes,
                media: made.media,
                modified: made.modified,
            };
            answer::answer(method, headers, content)
        }
        Sight::LastGood(page) => html(StatusCode::OK, page::served(&page, state)),
        Sight::Nothing(Some(made)) => html(StatusCode::NOT_FOUND, page::served(&made.bytes, state)),
        Sight::Nothing(None) => {
            let content = Content::words(StatusCode::NOT_FOUND, "nothing stands at this address");
            answer::answer(method, headers, content)
        }
        Sight::Elsewhere(location) => {
            let query = query.map(|query| format!("?{query}")).unwrap_or_default();
            let location = format!("{}{query}", encoded(&location));
            answer::elsewhere(method, StatusCode::MOVED_PERMANENTLY, location)
        }
        Sight::Lost => html(StatusCode::SERVICE_UNAVAILABLE, page::alone(state)),
        Sight::Failed(words) => {
            let content = Content::words(StatusCode::INTERNAL_SERVER_ERROR, &words);
            answer::answer(method, headers, content)
        }
    }
}
