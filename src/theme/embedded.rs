//! The default theme, `courrier`, as it is embedded in the program.

use super::{Asset, DEFAULT, Layer};
use crate::source::{ContentPath, Source};

macro_rules! texts {
    ($($path:literal)+) => {
        [$(($path, include_str!(concat!("../../themes/courrier/", $path)))),+]
    };
}

/// The default theme's files.
pub fn layer() -> Layer {
    let texts = texts!(
        "i18n/en.toml"
        "i18n/fr.toml"
        "templates/404.html"
        "templates/about-index.html"
        "templates/archive.html"
        "templates/atom.xml"
        "templates/base.html"
        "templates/brief.html"
        "templates/card.html"
        "templates/colophon.html"
        "templates/components.html"
        "templates/countries.html"
        "templates/country.html"
        "templates/group.html"
        "templates/groups.html"
        "templates/home.html"
        "templates/masthead.html"
        "templates/notes.html"
        "templates/organisation.html"
        "templates/organisations.html"
        "templates/page.html"
        "templates/period.html"
        "templates/publisher.html"
        "templates/redirect.html"
        "templates/robots.txt"
        "templates/sitemap-index.xml"
        "templates/sitemap.xml"
        "templates/source.html"
        "templates/sources.html"
        "templates/sources/article.html"
        "templates/sources/book.html"
        "templates/sources/dataset.html"
        "templates/sources/dispatch.html"
        "templates/sources/document.html"
        "templates/sources/interview.html"
        "templates/sources/law.html"
        "templates/sources/post.html"
        "templates/sources/report.html"
        "templates/sources/resolution.html"
        "templates/sources/speech.html"
        "templates/sources/styled.html"
        "templates/sources/video.html"
    );
    let assets: [(&str, &'static [u8]); 3] = [
        ("courrier.css", include_bytes!("../../themes/courrier/static/courrier.css")),
        ("courrier.js", include_bytes!("../../themes/courrier/static/courrier.js")),
        ("favicon.svg", include_bytes!("../../themes/courrier/static/favicon.svg")),
    ];
    let mut layer = Layer::default();
    for (path, text) in texts {
        let origin = ContentPath::new(&format!("themes/{DEFAULT}/{path}"));
        let Some(origin) = origin else { unreachable!("the theme's own paths are paths") };
        let source = Source::new(origin, text);
        match path.split_once('/') {
            Some(("i18n", name)) => layer.strings.push((name.trim_end_matches(".toml").to_owned(), source)),
            Some((_, name)) => layer.templates.push((name.to_owned(), source)),
            None => unreachable!("every text of the theme stands in a folder"),
        }
    }
    layer.assets =
        assets.into_iter().map(|(name, bytes)| (name.to_owned(), Asset::Embedded(bytes))).collect();
    layer
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_file_of_the_theme_is_embedded() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/courrier");
        let mut files = BTreeSet::new();
        for kind in ["i18n", "templates", "static"] {
            collect(&format!("{folder}/{kind}"), kind, &mut files);
        }
        let layer = layer();
        let templates = layer.templates.iter().map(|(name, _)| format!("templates/{name}"));
        let strings = layer.strings.iter().map(|(name, _)| format!("i18n/{name}.toml"));
        let assets = layer.assets.iter().map(|(name, _)| format!("static/{name}"));
        assert_eq!(templates.chain(strings).chain(assets).collect::<BTreeSet<_>>(), files);
    }

    #[expect(clippy::disallowed_methods, reason = "the test compares the folder with what was embedded")]
    fn collect(folder: &str, name: &str, files: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{name}/{}", entry.file_name().into_string().unwrap());
            match entry.file_type().unwrap().is_dir() {
                true => collect(&format!("{folder}/{}", entry.file_name().to_string_lossy()), &name, files),
                false => _ = files.insert(name),
            }
        }
    }
}
