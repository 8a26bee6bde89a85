//! The view of a brief's page, and of a stand-alone page's.

use super::frame::Head;
use super::view::{
    Alternate, BriefLine, BriefPage, BriefView, Card, CitationView, Content, ContentsEntry, CountryLink,
    ImageView, LanguageLink, LinkView, NeighboursView, NoteText, PageImage, SeriesView, StandAlonePage,
    StandAloneView, TextView, View,
};
use super::{GroupKind, Here, Subject, cite, feed, json_ld, source};
use crate::atlas::EntityId;
use crate::brief::markdown::escaped;
use crate::brief::{Brief, Dossier, KeptSentence, Part, Passage};
use crate::data::iso;
use crate::library::related::{Neighbours, neighbours, related};
use crate::library::{Document, DocumentId, LanguageId, Leads, SourceId};
use crate::source::Digested;
use std::collections::BTreeMap;
use std::sync::Arc;

pub(super) fn view(here: Here<'_>, id: DocumentId) -> anyhow::Result<View> {
    let document = here.library().document(id);
    let text = text(here, &document.brief, &document.links, &document.sources)?.into();
    Ok(if document.date.is_some() { brief(here, id, text) } else { stand_alone(here, id, text) })
}

fn brief(here: Here<'_>, id: DocumentId, text: Digested<TextView>) -> View {
    let text = Arc::new(text);
    let document = here.library().document(id);
    let front = &document.brief.front;
    let authors = front.authors.iter().map(|author| here.group(GroupKind::Author, &author.value));
    let authors: Vec<_> = authors.collect();
    let view = BriefView {
        title: front.title_text().to_owned(),
        language: here.tag().clone(),
        date: here.day_of(document),
        updated: front.updated.as_ref().map(|updated| here.date(updated.value.date)),
        draft: front.draft,
        countries: here.countries(document),
        organisations: document.organisations.iter().map(|&it| organisation(here, it)).collect(),
        cite: cite::view(here, document, &authors),
        authors,
        topics: front.topics.iter().map(|topic| here.group(GroupKind::Topic, &topic.value)).collect(),
        series: series(here, id),
        translations: translations(here, document),
        image: image(here, &document.brief),
        contents: contents(&document.brief),
        words: here.current(&document.brief).body().words,
        cited_by: cited_by(here, document),
        related: others(here, id),
        neighbours: by_country(here, id),
        extra: serde_json::Value::Object(front.extra.clone()),
        text: Arc::clone(&text),
    };
    let image = page_image(here, &document.brief);
    let head = Head {
        kind: "brief",
        json_ld: json_ld::brief(here, id, &view, image.as_ref()),
        image,
        ..document_head(here, id)
    };
    here.framed(
        head,
        Content::Brief(Box::new(BriefPage { brief: view, entry: feed::awaited(here, id, text) })),
    )
}

/// Briefs that a reader may want too. What the text leads to by an address of the site is linked like what it leads to by a file.
fn others(here: Here<'_>, id: DocumentId) -> Vec<BriefLine> {
    let (library, plan) = (here.library(), here.world.plan);
    let linked = library.document(id).links.iter().filter_map(|leads| match leads {
        Leads::Address(address) => plan.find(&address.path),
        _ => None,
    });
    let linked: Vec<super::Address> = linked.collect();
    let related = related(library, id, |other| linked.contains(plan.document(other)));
    related.into_iter().map(|other| here.line(other)).collect()
}

fn organisation(here: Here<'_>, organisation: EntityId) -> LinkView {
    LinkView {
        name: here.project().atlas.short_name(organisation, here.tag()).to_owned(),
        url: here.link_to_entity(organisation).unwrap_or_default(),
    }
}

fn stand_alone(here: Here<'_>, id: DocumentId, text: Digested<TextView>) -> View {
    let document = here.library().document(id);
    let front = &document.brief.front;
    let view = StandAloneView {
        title: front.title_text().to_owned(),
        language: here.tag().clone(),
        updated: front.updated.as_ref().map(|updated| here.date(updated.value.date)),
        translations: translations(here, document),
        contents: contents(&document.brief),
        cited_by: cited_by(here, document),
        extra: serde_json::Value::Object(front.extra.clone()),
        text,
    };
    let head = Head { kind: "page", ..document_head(here, id) };
    here.framed(head, Content::StandAlone(Box::new(StandAlonePage { document: view })))
}

fn document_head(here: Here<'_>, id: DocumentId) -> Head {
    let document = here.library().document(id);
    let versions = document.translations.iter();
    Head {
        title: document.brief.front.title_text().to_owned(),
        description: description(document),
        alternates: alternates(here, id),
        versions: versions
            .map(|&other| (here.library().document(other).language, here.link_to(other)))
            .collect(),
        feed: document.countries.first().and_then(|&country| here.country_feed(country)),
        ..Head::default()
    }
}

/// The standfirst as plain text, or else the first words.
pub(super) fn description(document: &Document) -> String {
    match &document.brief.front.summary {
        Some(summary) => crate::brief::markdown::plain(&summary.value),
        None => document.brief.body().excerpt.to_string(),
    }
}

/// The day a document was last changed, as far as its writer says; empty where it is not known.
pub(super) fn modified(document: &Document) -> String {
    let front = &document.brief.front;
    let day = front.updated.as_ref().map(|updated| updated.value.date).max(document.date);
    day.map(iso).unwrap_or_default().into()
}

pub(super) fn alternates(here: Here<'_>, id: DocumentId) -> Vec<Alternate> {
    let family = std::iter::once(id).chain(here.library().document(id).translations.iter().copied());
    let mut versions: Vec<_> = family
        .map(|id| (here.library().document(id).language, here.world.plan.document(id).clone()))
        .collect();
    versions.sort();
    here.alternates(&versions)
}

fn translations(here: Here<'_>, document: &Document) -> Vec<LanguageLink> {
    let config = &here.project().config;
    let link = |&id: &DocumentId| {
        let tag = config.languages[here.library().document(id).language.index()].tag.clone();
        LanguageLink {
            name: here.endonym(&tag),
            url: here.link_to(id),
            language: tag,
            current: false,
            translated: true,
        }
    };
    document.translations.iter().map(link).collect()
}

fn contents(brief: &Brief) -> Vec<ContentsEntry> {
    let headings = &brief.body().headings;
    // Rendering shifts all headings down where one is of the first level: the page's title has it.
    let shift = u8::from(headings.iter().any(|heading| heading.level == 1));
    let entry = |heading: &crate::brief::KeptHeading| ContentsEntry {
        level: (heading.level + shift).min(6),
        text: heading.text.to_string(),
        url: format!("#{}", heading.id),
    };
    headings.iter().map(entry).collect()
}

fn image_address(brief: &Brief) -> Option<super::Address> {
    let image = brief.front.image.as_ref()?;
    brief.path.join(&image.file.value).map(|path| super::plan::asset_address(&path))
}

/// The image above a brief, by its whole URL.
pub(super) fn page_image(here: Here<'_>, brief: &Brief) -> Option<PageImage> {
    let address = image_address(brief)?;
    let alt = brief.front.image.as_ref()?.alt.as_ref().map(|alt| alt.value.clone()).unwrap_or_default();
    Some(PageImage { url: address.absolute(here.base()), alt })
}

fn image(here: Here<'_>, brief: &Brief) -> Option<ImageView> {
    let address = image_address(brief)?;
    let alt = brief.front.image.as_ref()?.alt.as_ref().map(|alt| alt.value.clone()).unwrap_or_default();
    Some(ImageView { url: here.link(&address), alt })
}

fn cited_by(here: Here<'_>, document: &Document) -> Vec<CitationView> {
    let citation = |citation: &crate::library::Citation| {
        let citing = here.library().document(citation.from);
        let sentence = citation.sentence(here.library()).map(KeptSentence::parts);
        let [before, within, after] = sentence.unwrap_or_default().map(str::to_owned);
        CitationView {
            title: citing.brief.front.title_text().to_owned(),
            url: here.link_to(citation.from),
            date: citing.date.is_some().then(|| here.day_of(citing)),
            language: here.tag_of(citing.language),
            before,
            within,
            after,
        }
    };
    document.cited_by.iter().map(citation).collect()
}

fn series(here: Here<'_>, id: DocumentId) -> Option<SeriesView> {
    let document = here.library().document(id);
    let key = crate::language::slug(&document.brief.front.series.as_ref()?.value);
    let group = here.library().groups[document.language.index()].series.get(&key)?;
    let rank = group.briefs.binary_search(&id).ok()?;
    let near = neighbours(&group.briefs, id);
    let link = |id: DocumentId| LinkView {
        name: here.library().document(id).brief.front.title_text().to_owned(),
        url: here.link_to(id),
    };
    Some(SeriesView {
        name: group.name.clone(),
        url: here.link_to_list(&Subject::Group(document.language, GroupKind::Series, key))?,
        position: group.briefs.len() - rank,
        total: group.briefs.len(),
        previous: near.previous.map(link),
        next: near.next.map(link),
    })
}

/// Countries between the same two briefs share a view: one on seven of them is often followed by another on the same.
fn by_country(here: Here<'_>, id: DocumentId) -> Vec<NeighboursView> {
    let document = here.library().document(id);
    let groups = &here.library().groups[document.language.index()].countries;
    let mut found: Vec<(Neighbours, Vec<CountryLink>)> = Vec::new();
    for (rank, &country) in document.countries.iter().enumerate() {
        let near = groups.get(&country).map(|briefs| neighbours(briefs, id));
        let Some(near) = near.filter(|near| near.previous.is_some() || near.next.is_some()) else { continue };
        let link = here.country(country, rank == 0);
        match found.iter_mut().find(|(other, _)| *other == near) {
            Some((_, countries)) => countries.push(link),
            None => found.push((near, vec![link])),
        }
    }
    let view = |(near, countries): (Neighbours, Vec<CountryLink>)| NeighboursView {
        countries,
        previous: near.previous.map(|id| here.line(id)),
        next: near.next.map(|id| here.line(id)),
    };
    found.into_iter().map(view).collect()
}

impl Here<'_> {
    /// The link to the page of a country in the page's language, if it has one and it is not this one.
    pub(super) fn entity_link(&self, entity: EntityId) -> Option<String> {
        let subject = Subject::of_entity(self.language, entity, &self.project().atlas);
        let address = self.world.plan.list(&subject)?;
        (address != self.address).then(|| self.link(address))
    }

    pub(super) fn tag_of(&self, language: LanguageId) -> crate::language::LanguageTag {
        self.project().config.languages[language.index()].tag.clone()
    }

    /// A brief's day, as `<time>` and readers have it, in the page's language.
    pub(super) fn day_of(&self, document: &Document) -> super::view::DateView {
        let moment = document.brief.front.date.as_ref().map(|date| date.value);
        let date = document.date.unwrap_or(self.library().today);
        super::view::DateView {
            iso: moment.map_or_else(|| iso(date), |moment| moment.iso()),
            text: self.words().date(date),
        }
    }

    pub(super) fn countries(&self, document: &Document) -> Vec<CountryLink> {
        document
            .countries
            .iter()
            .enumerate()
            .map(|(rank, &country)| self.country(country, rank == 0))
            .collect()
    }

    pub(super) fn line(&self, id: DocumentId) -> BriefLine {
        let document = self.library().document(id);
        BriefLine {
            title: document.brief.front.title_text().to_owned(),
            url: self.link_to(id),
            date: self.day_of(document),
            language: self.tag_of(document.language),
        }
    }

    pub(super) fn card(&self, id: DocumentId) -> Card {
        let document = self.library().document(id);
        let summary = document.brief.front.summary.as_ref();
        Card {
            title: document.brief.front.title_text().to_owned(),
            url: self.link_to(id),
            date: self.day_of(document),
            language: self.tag_of(document.language),
            summary: summary
                .map_or_else(|| escaped(&document.brief.body().excerpt), |summary| summary.value.clone()),
            countries: self.countries(document),
            lead: false,
        }
    }
}

/// The editorial introduction of a country or an organisation, on the first page of it.
pub(super) fn introduction(
    here: Here<'_>,
    entity: EntityId,
    number: usize,
) -> anyhow::Result<Option<TextView>> {
    let found = here.library().introductions.get(&(here.language, entity)).filter(|_| number == 1);
    found.map(|found| text(here, &found.brief, &found.links, &[])).transpose()
}

/// The Markdown of a file, and all that rendering it takes. `links` says where each of its links leads, and notes lead to the
/// pages of `sources`, those that the file cites.
pub(super) fn text<'a>(
    here: Here<'a>,
    brief: &'a Dossier,
    links: &[Leads],
    sources: &[SourceId],
) -> anyhow::Result<TextView> {
    let brief = here.current(brief);
    let source = here.project().same_source(brief.path(), brief.hash())?;
    let mut passages = BTreeMap::from([(Passage::Body, source.text[brief.body_start..].to_owned())]);
    for (passage, _) in &brief.passages {
        if let Some(text) = brief.front.passage(*passage) {
            passages.insert(*passage, text.value.clone());
        }
    }
    let corrections = brief.front.corrections.iter();
    let mut cited: Vec<Option<SourceId>> = vec![None; brief.notes.called.len()];
    for (citation, &source) in brief.citations.iter().zip(sources) {
        cited[citation.note] = Some(source);
    }
    Ok(TextView {
        passages,
        links: brief
            .links()
            .zip(links)
            .filter(|(_, leads)| **leads != Leads::Elsewhere)
            .map(|((passage, link), leads)| ((passage, link.span.start as usize), url(here, leads)))
            .collect(),
        mentions: mentions(here, brief),
        headings: brief
            .body()
            .headings
            .iter()
            .map(|heading| (heading.span.start as usize, (&*heading.id).into()))
            .collect(),
        notes: brief
            .notes
            .called
            .iter()
            .zip(cited)
            .map(|(note, cited)| NoteText {
                source: brief
                    .reference(note.origin, &here.project().bibliography)
                    .map(|reference| source::view(here, reference, note)),
                cited: cited.and_then(|source| here.source_link(source)),
                note: note.clone(),
            })
            .collect(),
        other_labels: brief.notes.others.clone(),
        corrections: corrections.map(|correction| here.date(correction.date.value)).collect(),
        raw_html: here.project().config.raw_html,
    })
}

/// The first mention of each country in the body leads to its page, unless the site or the brief does not want it.
fn mentions(here: Here<'_>, brief: &Brief) -> BTreeMap<usize, (usize, String)> {
    if !brief.front.link_mentions.unwrap_or(here.project().config.link_mentions) {
        return BTreeMap::new();
    }
    let body = brief.spoken().filter(|(part, _)| *part == Part::Passage(Passage::Body));
    let spoken = body.flat_map(|(_, found)| &found.entities);
    let linked = spoken.filter_map(|spoken| {
        let words = spoken.linkable?.range();
        Some((words.start, (words.end, here.entity_link(spoken.entity)?)))
    });
    linked.collect()
}

fn url(here: Here<'_>, leads: &Leads) -> Option<String> {
    let anchored = |url: String, fragment: &str| {
        if fragment.is_empty() { url } else { format!("{url}#{}", super::address::encoded(fragment)) }
    };
    // A query is kept as it is written, what it has encoded included.
    let queried = |url: String, query: &str| {
        let parts: Vec<_> = query.split('%').map(super::address::encoded).collect();
        if query.is_empty() { url } else { format!("{url}?{}", parts.join("%")) }
    };
    match leads {
        Leads::Document { id, fragment } => Some(anchored(here.link_to(*id), fragment)),
        Leads::Entity(entity) => here.entity_link(*entity),
        Leads::Country(language, entity) => {
            here.link_to_list(&Subject::of_entity(*language, *entity, &here.project().atlas))
        }
        Leads::Here(fragment) => Some(format!("#{}", super::address::encoded(fragment))),
        Leads::Asset(asset) => {
            let link = here.link(&super::plan::asset_address(&asset.path));
            Some(anchored(queried(link, &asset.query), &asset.fragment))
        }
        Leads::Address(found) => {
            let link = here.link(&here.world.plan.find(&found.path)?);
            Some(anchored(queried(link, &found.query), &found.fragment))
        }
        Leads::Elsewhere | Leads::Nowhere => None,
    }
}
