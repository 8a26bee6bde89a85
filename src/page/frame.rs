//! The frame of every page: the publication, its menu and languages, and what the page says of itself.

use super::plan::MenuTarget;
use super::view::{
    Alternate, Content, FeedLink, Frame, LanguageLink, MenuItem, PageImage, PageView, SiteView, View,
};
use super::{Address, Feed, FeedFormat, Here, Subject};
use crate::language::LanguageTag;
use crate::library::LanguageId;

/// What a page says of itself.
#[derive(Default)]
pub(super) struct Head {
    pub kind: &'static str,
    pub title: String,
    pub description: String,
    /// Another page's URL where this one stands for it.
    pub canonical: Option<String>,
    pub alternates: Vec<Alternate>,
    /// The same page in the other languages of the site.
    pub versions: Vec<(LanguageId, String)>,
    /// The country whose feeds go before the site's.
    pub feed: Option<(Feed, String)>,
    pub json_ld: String,
    pub image: Option<PageImage>,
}

impl Here<'_> {
    /// The whole view, of what the page says of itself and its content.
    pub(super) fn framed(&self, head: Head, content: Content) -> View {
        let site = self.site(&head);
        let mut feeds = head.feed.map(|(feed, title)| self.feed_links(feed, &title)).unwrap_or_default();
        feeds.extend_from_slice(&site.feeds);
        let page = PageView {
            kind: head.kind,
            title: head.title,
            description: head.description,
            language: self.tag().clone(),
            direction: self.words().direction().as_str(),
            canonical: head.canonical.unwrap_or_else(|| self.address.absolute(self.base())),
            alternates: head.alternates,
            feeds,
            json_ld: head.json_ld,
            image: head.image,
        };
        View { frame: Frame { site: site.into(), page }, content }
    }

    fn site(&self, head: &Head) -> SiteView {
        let config = &self.project().config;
        let settings = &config.languages[self.language.index()];
        let root = Address::new("/");
        SiteView {
            title: settings.title.clone(),
            description: settings.description.clone().unwrap_or_default(),
            publisher: config.publisher.clone(),
            base_url: self.base().to_owned(),
            root: if self.absolute {
                config.base_url.value.path().to_owned()
            } else {
                self.link_folder(&root)
            },
            home: self.link_to_list(&Subject::Home(self.language)).unwrap_or_default(),
            menu: self.menu(),
            languages: self.languages(head),
            feeds: self.feed_links(Feed { language: self.language, country: None }, &settings.title),
            generator: concat!("Dépêche ", env!("CARGO_PKG_VERSION")).to_owned(),
            extra: serde_json::Value::Object(config.extra.clone()),
        }
    }

    /// A link to a folder, to be put before the name of a file in it.
    fn link_folder(&self, folder: &Address) -> String {
        folder.relative(self.address, crate::config::LinkStyle::Folder)
    }

    /// The lists the site has, then what `site.toml` adds.
    fn menu(&self) -> Vec<MenuItem> {
        let own = &self.project().config.menu;
        let main = self.world.plan.main(self.language).iter().map(|(key, address)| MenuItem {
            title: self.string(key, &[]),
            url: self.link(address),
            current: address == self.address,
        });
        let own = own.iter().zip(self.world.plan.menu()).filter(|(entry, _)| {
            entry.language.as_ref().is_none_or(|language| language.value == *self.tag())
        });
        let own = own.map(|(entry, target)| {
            let title = entry.title.value.clone();
            match target {
                MenuTarget::Here(address) => {
                    MenuItem { title, url: self.link(address), current: address == self.address }
                }
                _ => MenuItem { title, url: entry.url.value.clone(), current: false },
            }
        });
        main.chain(own).collect()
    }

    fn languages(&self, head: &Head) -> Vec<LanguageLink> {
        let config = &self.project().config;
        if config.languages.len() < 2 {
            return Vec::new();
        }
        let links = LanguageId::all(config).map(|language| {
            let tag = config.languages[language.index()].tag.clone();
            let version =
                head.versions.iter().find(|(version, _)| *version == language).map(|(_, url)| url.clone());
            let current = language == self.language;
            let home = self.link_to_list(&Subject::Home(language)).unwrap_or_default();
            LanguageLink {
                name: self.endonym(&tag),
                translated: current || version.is_some(),
                url: if current { "./".to_owned() } else { version.unwrap_or(home) },
                language: tag,
                current,
            }
        });
        links.collect()
    }

    /// A language's name in itself, or its tag where the theme has no strings in it.
    pub(super) fn endonym(&self, tag: &LanguageTag) -> String {
        self.project().theme.endonym(tag).unwrap_or_else(|| tag.to_string())
    }

    /// The links to a feed in each of its formats; none where the site does not have it.
    fn feed_links(&self, feed: Feed, title: &str) -> Vec<FeedLink> {
        let subject = match feed.country {
            Some(country) => Subject::Country(feed.language, country),
            None => Subject::Home(feed.language),
        };
        let Some(page) = self.world.plan.list(&subject) else { return Vec::new() };
        let link = |format: FeedFormat| FeedLink {
            title: title.to_owned(),
            media_type: format.media_type(),
            url: self.link(&page.below(format.file_name())),
        };
        [FeedFormat::Atom, FeedFormat::Json].map(link).into()
    }

    /// The alternates of a page that exists in several languages, this one included; none where it exists in one alone.
    pub(super) fn alternates(&self, versions: &[(LanguageId, Address)]) -> Vec<Alternate> {
        if versions.len() < 2 {
            return Vec::new();
        }
        let config = &self.project().config;
        let mut alternates: Vec<Alternate> = versions
            .iter()
            .map(|(language, address)| Alternate {
                language: config.languages[language.index()].tag.to_string(),
                url: address.absolute(self.base()),
            })
            .collect();
        if let Some((_, main)) = versions.iter().find(|(language, _)| *language == LanguageId::MAIN) {
            alternates.push(Alternate { language: "x-default".to_owned(), url: main.absolute(self.base()) });
        }
        alternates
    }
}
