//! The view of a feed: the newest briefs of a language, or of a country in it, whole.

use super::frame::Head;
use super::view::{CategoryView, Content, FeedEntry, FeedView, SharedEntry, TextView, View};
use super::{Address, Feed, Here, Subject, document};
use crate::config::Config;
use crate::data::Moment;
use crate::library::{DocumentId, Library};
use crate::source::Digested;
use jiff::civil::Date;
use std::sync::{Arc, OnceLock};

pub(super) fn view(here: Here<'_>, feed: &Feed) -> anyhow::Result<View> {
    let settings = &here.project().config.languages[feed.language.index()];
    let (subject, title) = match feed.country {
        None => (Subject::Home(feed.language), settings.title.clone()),
        Some(country) => {
            let title = here.country_feed(country).map(|(_, title)| title).unwrap_or_default();
            (Subject::Country(feed.language, country), title)
        }
    };
    let newest = newest(here.library(), &here.project().config, feed);
    let entries = newest.iter().map(|&id| shown(here, id)).collect::<anyhow::Result<Vec<_>>>()?;
    let updated = entries.iter().map(|shared| shared.entry.updated.as_str()).max();
    let page = here.world.plan.list(&subject);
    let view = FeedView {
        updated: updated
            .map_or_else(|| Moment::from(here.library().today).start().to_string(), str::to_owned),
        title: title.clone(),
        description: settings.description.clone().unwrap_or_default(),
        self_url: here.address.absolute(here.base()),
        page_url: page.map(|page| page.absolute(here.base())).unwrap_or_default(),
        entries,
    };
    Ok(here.framed(Head { kind: "feed", title, ..Head::default() }, Content::Feed(Box::new(view))))
}

/// The briefs in a feed, newest first.
pub(super) fn newest<'a>(library: &'a Library, config: &Config, feed: &Feed) -> &'a [DocumentId] {
    let groups = &library.groups[feed.language.index()];
    let briefs = match feed.country {
        None => groups.all.as_slice(),
        Some(country) => groups.countries.get(&country).map(Vec::as_slice).unwrap_or_default(),
    };
    &briefs[..briefs.len().min(config.feed_entries)]
}

/// A brief as one of the feeds that show it does.
fn shown(here: Here<'_>, id: DocumentId) -> anyhow::Result<Arc<SharedEntry>> {
    let brief = here.library().document(id);
    // The entry's links are made from its own page, and made absolute when it is rendered.
    let at_home = Here { address: here.world.plan.document(id), ..here };
    let make = || {
        let text = document::text(at_home, &brief.brief, &brief.links, &brief.sources)?;
        Ok(entry(at_home, id, Arc::new(text.into())))
    };
    match here.world.entries {
        Some(entries) => entries.take(id, make),
        None => make().map(Arc::new),
    }
}

/// A brief as feeds show it, its text being that of its page, which is made now: if any of them is still to be made.
pub(super) fn awaited(
    here: Here<'_>,
    id: DocumentId,
    text: Arc<Digested<TextView>>,
) -> Option<Arc<SharedEntry>> {
    here.world.entries?.keep(id, || entry(here, id, text))
}

/// A brief as feeds show it, seen from its own page.
fn entry(here: Here<'_>, id: DocumentId, text: Arc<Digested<TextView>>) -> SharedEntry {
    let brief = here.library().document(id);
    let front = &brief.brief.front;
    let published = front.date.map_or_else(|| Moment::from(Date::ZERO), |date| date.value).start();
    let entry = FeedEntry {
        title: front.title_text().to_owned(),
        url: here.address.absolute(here.base()),
        language: here.tag_of(brief.language),
        published: published.to_string(),
        updated: front.updated.map_or(published, |updated| published.max(updated.value.start())).to_string(),
        authors: front.authors.iter().map(|author| author.value.clone()).collect(),
        countries: here
            .countries(brief)
            .into_iter()
            .map(|country| CategoryView { term: country.code, label: country.name })
            .collect(),
        summary: front.summary.as_ref().map(|summary| summary.value.clone()).unwrap_or_default(),
        image: document::page_image(here, &brief.brief),
        prefix: prefix(here.address),
        text,
    };
    SharedEntry { entry: entry.into(), rendered: OnceLock::new() }
}

/// Tells an entry's ids from those of others, however long the addresses they are made of.
fn prefix(address: &Address) -> String {
    let digits: String = blake3::hash(address.as_str().as_bytes()).to_hex().chars().take(12).collect();
    format!("b-{digits}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_begin_alike_have_ids_of_their_own() {
        let begun = "/briefs/un-sommet/".repeat(10);
        let [one, other] = ["a/", "b/"].map(|end| prefix(&Address::new(format!("{begun}{end}"))));
        assert_ne!(one, other);
        assert_eq!(one.len(), 14);
    }
}
