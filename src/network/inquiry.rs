//! One question from its first request to its finding: what to request next, given what was replied. Neither the network nor
//! the clock is seen here.

use super::turns::Treatment;
use super::{Finding, Manners, NotAsked, Outcome, Question, archive};
use crate::availability::{Answer, Failure, is_web_address};
use std::time::Duration;
use url::Url;

/// More redirections than these have no end. Browsers follow twenty; no page that is cited needs half as many.
const MOST_REDIRECTIONS: usize = 10;

/// An address longer than this is none that a reader could be sent to.
const LONGEST_ADDRESS: usize = 8000;

/// What a host is asked by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Whether the page is there.
    Head,
    /// The page, of which nothing is read: some servers do not know the other.
    Get,
    /// The page, a little of which is read.
    Read,
}

/// What a host replied, as far as it matters here.
#[derive(Clone, Debug, Default)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// Where it sends the reader.
    pub location: Option<String>,
    /// How long it asks to be left alone.
    pub retry_after: Option<Duration>,
    /// What was read of the page.
    pub body: Vec<u8>,
}

/// Why there was no reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The network failed.
    Failure(Failure),
    /// The host's address is not the whole world's, so that it was not connected to.
    PrivateAddress,
}

/// A question on its way.
#[derive(Clone, Debug)]
pub struct Inquiry {
    question: Question,
    method: Method,
    url: Url,
    /// What followed `#` in the question's address. No server sees it, and a page that moved keeps it.
    fragment: Option<String>,
    /// The addresses that were left behind.
    passed: Vec<Url>,
    /// Where the redirections led while all of them were for good.
    moved: Option<Url>,
    is_permanent: bool,
    failed_before: bool,
    waited_before: bool,
}

/// What follows from a reply.
#[derive(Debug)]
pub struct Step {
    /// What to do.
    pub next: Next,
    /// How the host that replied is to be treated.
    pub host: Treatment,
}

/// What to do after a reply.
#[derive(Debug)]
pub enum Next {
    /// Request again, perhaps of another host.
    Ask(Box<Inquiry>),
    /// Tell what was found.
    Tell(Finding),
}

impl Inquiry {
    /// The course of a question, if there is anybody to ask. `service` tells of copies.
    pub fn new(question: Question, service: &Url) -> Result<Self, Finding> {
        let (method, address) = match &question {
            Question::Page { url } => (Method::Head, Url::parse(url).ok()),
            Question::Copy { url, near } => {
                (Method::Read, Some(archive::address(service, url, *near)).filter(|_| is_web_address(url)))
            }
        };
        let Some(mut url) = address.and_then(fit_to_ask) else {
            return Err(Finding { url: question.into_url(), outcome: Outcome::NotAsked(NotAsked::NotWeb) });
        };
        let fragment = url.fragment().map(str::to_owned);
        url.set_fragment(None);
        Ok(Self {
            question,
            method,
            url,
            fragment,
            passed: Vec::new(),
            moved: None,
            is_permanent: true,
            failed_before: false,
            waited_before: false,
        })
    }

    /// What to request next.
    pub fn request(&self) -> (Method, &Url) {
        (self.method, &self.url)
    }

    /// The host that is to be asked, as its address has it: with its port where that is not the usual one.
    pub fn host(&self) -> &str {
        self.url.authority()
    }

    /// What follows from the reply to the request.
    pub fn step(self, reply: Result<Response, Trouble>, manners: &Manners) -> Step {
        match reply {
            Err(Trouble::PrivateAddress) => {
                Step { next: self.unasked(NotAsked::PrivateAddress), host: Treatment::AsBefore }
            }
            Err(Trouble::Failure(failure)) => {
                Step { next: self.after_failure(failure), host: Treatment::Failed }
            }
            Ok(response) => match overload(&response, manners) {
                Some(rest @ Treatment::Rest(_)) if !self.waited_before && response.retry_after.is_some() => {
                    Step { next: Self { waited_before: true, ..self }.again(), host: rest }
                }
                Some(Treatment::Rest(_)) if self.waited_before => {
                    Step { next: self.conclude(response), host: Treatment::LeaveAlone }
                }
                Some(host) => Step { next: self.conclude(response), host },
                None => Step { next: self.after(response), host: Treatment::AsBefore },
            },
        }
    }

    /// Gives the question up.
    pub fn give_up(self, reason: NotAsked) -> Finding {
        Finding { url: self.question.into_url(), outcome: Outcome::NotAsked(reason) }
    }

    fn unasked(self, reason: NotAsked) -> Next {
        Next::Tell(self.give_up(reason))
    }

    fn again(self) -> Next {
        Next::Ask(Box::new(self))
    }

    /// A connection may fail by chance, and once more is not too often; a certificate does not mend itself meanwhile.
    fn after_failure(self, failure: Failure) -> Next {
        if self.failed_before || failure == Failure::Tls {
            return self.failed(failure);
        }
        Self { failed_before: true, method: self.method.without_head(), ..self }.again()
    }

    fn after(self, response: Response) -> Next {
        match (response.status, &response.location) {
            (301 | 302 | 303 | 307 | 308, Some(location)) => {
                let is_permanent = matches!(response.status, 301 | 308);
                self.redirected(location, is_permanent)
            }
            // Servers that know no HEAD say so in many ways, 404 among them: only a page that can't be had is gone.
            (400.., _) if self.method == Method::Head => Self { method: Method::Get, ..self }.again(),
            _ => self.conclude(response),
        }
    }

    fn redirected(mut self, location: &str, is_permanent: bool) -> Next {
        let target = self.url.join(location).ok().and_then(fit_to_ask);
        let Some(mut target) = target else { return self.failed(Failure::BadRedirect) };
        self.is_permanent &= is_permanent;
        if self.is_permanent {
            self.moved = Some(target.clone());
        }
        target.set_fragment(None);
        self.passed.push(std::mem::replace(&mut self.url, target));
        if self.passed.len() > MOST_REDIRECTIONS || self.passed.contains(&self.url) {
            return self.failed(Failure::TooManyRedirects);
        }
        self.again()
    }

    fn conclude(self, response: Response) -> Next {
        let outcome = match &self.question {
            Question::Page { .. } => Outcome::Answered {
                answer: Answer::of(response.status, self.moved()),
                shown_at: (!self.passed.is_empty()).then(|| self.url.to_string()),
            },
            Question::Copy { .. } if (200..300).contains(&response.status) => {
                let is_secure = self.url.scheme() == "https";
                archive::read(&response.body, is_secure).map_or(Outcome::ArchiveSilent, Outcome::LookedUp)
            }
            Question::Copy { .. } => Outcome::ArchiveSilent,
        };
        Next::Tell(Finding { url: self.question.into_url(), outcome })
    }

    fn failed(self, failure: Failure) -> Next {
        let outcome = match &self.question {
            Question::Page { .. } => {
                Outcome::Answered { answer: Answer::Unreachable(failure), shown_at: None }
            }
            Question::Copy { .. } => Outcome::ArchiveSilent,
        };
        Next::Tell(Finding { url: self.question.into_url(), outcome })
    }

    fn moved(&self) -> Option<String> {
        let mut moved = self.moved.clone()?;
        if moved.fragment().is_none() {
            moved.set_fragment(self.fragment.as_deref());
        }
        Some(String::from(moved)).filter(|url| is_web_address(url))
    }
}

impl Method {
    fn without_head(self) -> Self {
        match self {
            Self::Head | Self::Get => Self::Get,
            Self::Read => Self::Read,
        }
    }
}

impl Question {
    fn into_url(self) -> String {
        match self {
            Self::Page { url } | Self::Copy { url, .. } => url,
        }
    }
}

/// The address without a name and a password, which are nobody's to send; `None` where it is no address of a web page.
fn fit_to_ask(mut url: Url) -> Option<Url> {
    let is_web = matches!(url.scheme(), "http" | "https") && url.as_str().len() <= LONGEST_ADDRESS;
    (is_web && url.set_username("").is_ok() && url.set_password(None).is_ok()).then_some(url)
}

/// How a host is to be treated that says it is asked too much.
fn overload(response: &Response, manners: &Manners) -> Option<Treatment> {
    match (response.status, response.retry_after) {
        (429 | 503, Some(wait)) if wait > manners.longest_wait => Some(Treatment::LeaveAlone),
        (429 | 503, Some(wait)) => Some(Treatment::Rest(wait)),
        // It does not say for how long. Picked by feel.
        (429, None) => Some(Treatment::Rest(manners.pause.saturating_mul(10).min(manners.longest_wait))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "https://a.example/page";

    fn inquiry(url: &str) -> Inquiry {
        let service = Url::parse("https://archive.example/available").unwrap();
        Inquiry::new(Question::Page { url: url.into() }, &service).unwrap()
    }

    fn status(status: u16) -> Result<Response, Trouble> {
        Ok(Response { status, ..Response::default() })
    }

    fn redirect(status: u16, location: &str) -> Result<Response, Trouble> {
        Ok(Response { status, location: Some(location.into()), ..Response::default() })
    }

    fn later(status: u16, seconds: u64) -> Result<Response, Trouble> {
        Ok(Response { status, retry_after: Some(Duration::from_secs(seconds)), ..Response::default() })
    }

    fn failure(failure: Failure) -> Result<Response, Trouble> {
        Err(Trouble::Failure(failure))
    }

    /// What is requested, and what is told at the end, when the network replies so.
    fn course(
        url: &str,
        replies: impl IntoIterator<Item = Result<Response, Trouble>>,
    ) -> (Vec<String>, String) {
        let mut inquiry = inquiry(url);
        let mut requested = Vec::new();
        for reply in replies {
            let (method, url) = inquiry.request();
            requested.push(format!("{method:?} {url}"));
            match inquiry.step(reply, &Manners::default()).next {
                Next::Ask(next) => inquiry = *next,
                Next::Tell(finding) => return (requested, finding.to_string()),
            }
        }
        panic!("nothing was told after {requested:?}")
    }

    fn told(replies: impl IntoIterator<Item = Result<Response, Trouble>>) -> String {
        let (_, told) = course(PAGE, replies);
        told.strip_prefix(&format!("`{PAGE}` ")).unwrap().to_owned()
    }

    #[test]
    fn a_page_that_is_there_is_asked_for_once() {
        let (requested, told) = course(PAGE, [status(200)]);
        assert_eq!((requested, told), (vec![format!("Head {PAGE}")], format!("`{PAGE}` is there")));
    }

    #[test]
    fn what_head_does_not_bring_is_got_before_it_is_believed() {
        for refusal in [400, 403, 404, 405, 500, 501] {
            let (requested, told) = course(PAGE, [status(refusal), status(200)]);
            assert_eq!(requested, [format!("Head {PAGE}"), format!("Get {PAGE}")], "{refusal}");
            assert_eq!(told, format!("`{PAGE}` is there"));
        }
        assert_eq!(told([status(404), status(404)]), "is gone (404)");
        assert_eq!(told([status(200)]), "is there");
    }

    #[test]
    fn a_page_moved_as_far_as_it_did_for_good() {
        assert_eq!(
            told([redirect(301, "/b"), redirect(308, "../c"), status(200)]),
            "moved to `https://a.example/c`"
        );
        assert_eq!(
            told([redirect(301, "https://b.example"), redirect(302, "/login"), status(200)]),
            "moved to `https://b.example/`"
        );
        assert_eq!(told([redirect(302, "/b"), redirect(301, "/c"), status(200)]), "is there");
        assert_eq!(told([redirect(301, "/b"), status(404), status(404)]), "is gone (404)");
    }

    #[test]
    fn the_part_of_a_page_is_kept_when_it_moves_and_never_sent() {
        let (requested, told) = course("https://u:p@a.example/#part", [redirect(301, "/b"), status(200)]);
        assert_eq!(requested, ["Head https://a.example/", "Head https://a.example/b"]);
        assert!(told.ends_with("moved to `https://a.example/b#part`"), "{told}");
    }

    #[test]
    fn redirections_end_and_lead_to_pages() {
        let chain = (0..20).map(|number| redirect(302, &format!("/{number}")));
        let (requested, told_of_chain) = course(PAGE, chain);
        assert_eq!(requested.len(), MOST_REDIRECTIONS + 1);
        assert!(told_of_chain.ends_with("without an end"));
        assert_eq!(course(PAGE, [redirect(302, "/b"), redirect(302, "/page")]).0.len(), 2);
        for location in
            ["javascript:alert(1)", "file:///etc/passwd", "ftp://a.example/", "http://[", &"x".repeat(9000)]
        {
            assert_eq!(
                told([redirect(302, location)]),
                "can't be reached: it leads where there can be no page"
            );
        }
        assert_eq!(told([status(302)]), "is not shown to programs (302); readers may well see it");
    }

    #[test]
    fn a_connection_that_failed_is_tried_once_more() {
        let (requested, told_at_last) = course(PAGE, [failure(Failure::BrokenOff), status(200)]);
        assert_eq!(requested, [format!("Head {PAGE}"), format!("Get {PAGE}")]);
        assert!(told_at_last.ends_with("is there"));
        assert_eq!(
            told([failure(Failure::TimeOut), failure(Failure::NoSuchHost)]),
            "can't be reached: its host's name leads nowhere"
        );
        assert!(told([failure(Failure::Tls)]).starts_with("can't be reached"));
    }

    #[test]
    fn a_host_that_asks_for_patience_gets_it_once_and_within_reason() {
        let treated = |inquiry: Inquiry, reply| inquiry.step(reply, &Manners::default());
        let Step { next: Next::Ask(waiting), host } = treated(inquiry(PAGE), later(429, 7)) else { panic!() };
        assert_eq!(host, Treatment::Rest(Duration::from_secs(7)));
        assert_eq!(treated(*waiting, later(429, 7)).host, Treatment::LeaveAlone);
        for (reply, expected) in [
            (later(503, 3600), Treatment::LeaveAlone),
            (status(429), Treatment::Rest(Duration::from_secs(10))),
        ] {
            let step = treated(inquiry(PAGE), reply);
            assert!(matches!(step.next, Next::Tell(_)));
            assert_eq!(step.host, expected);
        }
    }

    #[test]
    fn what_is_no_web_page_or_is_private_is_not_asked() {
        let service = Url::parse("https://archive.example/available").unwrap();
        for url in
            ["", "été", "mailto:a@b.example", "javascript:alert(1)", "file:///etc/passwd", "http://", "//a"]
        {
            for question in
                [Question::Page { url: url.into() }, Question::Copy { url: url.into(), near: None }]
            {
                let finding = Inquiry::new(question, &service).unwrap_err();
                assert_eq!(finding.outcome, Outcome::NotAsked(NotAsked::NotWeb), "{url}");
            }
        }
        assert_eq!(told([Err(Trouble::PrivateAddress)]), "was not asked: it leads into a private network");
    }

    #[test]
    fn a_host_is_known_whatever_its_spelling() {
        for (url, host) in [
            ("HTTPS://Été.Example:443/", "xn--t-9fab.example"),
            ("http://a.example", "a.example"),
            ("http://a.example:8080/", "a.example:8080"),
            ("http://0x7f.1/", "127.0.0.1"),
            ("http://[::1]:80/", "[::1]"),
        ] {
            assert_eq!(inquiry(url).host(), host, "{url}");
        }
    }
}
