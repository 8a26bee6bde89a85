//! The input: the one reader of a site's folder.
//!
//! Opening a project reads `site.toml` and the theme, and lists the files of `content/` and `static/`; their text is read
//! when it is asked for, each file alone. Symbolic links are never followed: what stands outside of the folder is not part of
//! the site. A project can also be made of files in memory, as tests and editors do.

mod declared;
mod disk;
mod inputs;

use crate::atlas::Atlas;
use crate::availability::{self, Availability};
use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, code};
use crate::language::{Language, LanguageTag};
use crate::reference::{self, Bibliography, Reference};
use crate::source::{ContentPath, Digest, Place, Source, Span, utf8};
use crate::theme::{self, Asset, Layer, Theme};
use anyhow::Context;
use disk::Disk;
pub use disk::{Laid, Standing};
pub use inputs::Inputs;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::string::FromUtf8Error;
use std::sync::Arc;
use std::time::SystemTime;

/// A site's folder, as it was read.
#[derive(Debug)]
pub struct Project {
    /// The settings.
    pub config: Config,
    /// What each language of the site does, in the order of [`Config::languages`].
    pub languages: Vec<Language>,
    /// The world, with the site's own territories and organisations.
    pub atlas: Atlas,
    /// The newsroom's shared library of sources.
    pub bibliography: Bibliography,
    /// The look.
    pub theme: Theme,
    /// Every Markdown file of `content/`, by path.
    pub sources: Vec<SourceFile>,
    /// Every other file of `content/`.
    pub files: BTreeSet<ContentPath>,
    /// Every file of `static/`.
    pub statics: BTreeSet<ContentPath>,
    /// What is known of the addresses of sources.
    pub availability: Availability,
    /// What the style of the site's sources made of them in an earlier build.
    styled: Option<String>,
    disk: Disk,
}

/// Where the site keeps, from one build to the next, what the style of its sources has made of them.
pub const STYLED: &str = ".depeche-styled.json";

/// A Markdown file that has not been read yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Where it stands.
    pub path: ContentPath,
    /// What its place makes it.
    pub kind: FileKind,
}

/// A copy of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptCopy<'a> {
    /// Where it is.
    pub url: &'a Arc<str>,
    /// The day it was made, where that is known.
    pub date: Option<Date>,
}

/// What a file of content is, which decides what its front matter must say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// A brief: dated, and about countries.
    Brief,
    /// A stand-alone page, under `content/pages/`.
    Page,
    /// The introduction of a country's page, under `content/countries/`.
    Country,
}

impl FileKind {
    /// What the file at `path` is.
    pub fn of(path: &ContentPath) -> Self {
        if path.below("content/pages").is_some() {
            Self::Page
        } else if path.below("content/countries").is_some() {
            Self::Country
        } else {
            Self::Brief
        }
    }
}

/// What the command line says otherwise than `site.toml`.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// Another base URL.
    pub base_url: Option<String>,
}

impl Project {
    /// Reads the site in the folder `root`.
    ///
    /// # Errors
    ///
    /// When there is no `site.toml`, or the machine refuses to list the folder. What is wrong with what stands there is a
    /// diagnostic.
    pub fn open(root: &Path, overrides: &Overrides) -> anyhow::Result<(Self, Vec<Diagnostic>)> {
        Self::open_under(root, Laid::new(), overrides)
    }

    /// The same, some of its files as they would be with these texts.
    ///
    /// # Errors
    ///
    /// Those of [`Project::open`].
    pub fn open_under(
        root: &Path,
        laid: Laid,
        overrides: &Overrides,
    ) -> anyhow::Result<(Self, Vec<Diagnostic>)> {
        Self::read(Disk::folder(root, laid), overrides)
    }

    /// The site made of `files`, given by their paths.
    ///
    /// # Errors
    ///
    /// When there is no `site.toml`.
    pub fn in_memory(
        files: impl IntoIterator<Item = (ContentPath, Vec<u8>)>,
        overrides: &Overrides,
    ) -> anyhow::Result<(Self, Vec<Diagnostic>)> {
        Self::read(Disk::memory(files.into_iter().collect()), overrides)
    }

    fn read(disk: Disk, overrides: &Overrides) -> anyhow::Result<(Self, Vec<Diagnostic>)> {
        let mut diagnostics = Vec::new();
        let config = read_config(&disk, overrides, &mut diagnostics)?;
        let tags: Vec<LanguageTag> = config.languages.iter().map(|language| language.tag.clone()).collect();
        let built_in = Atlas::world();
        let declarations = declared::declarations(&config, &built_in);
        let (atlas, problems) = built_in.with(&declarations);
        diagnostics.extend(problems.into_iter().filter_map(|problem| declared::problem(&config, problem)));
        let theme = read_theme(&disk, &config, &tags, &mut diagnostics)?;

        let listing = disk.list("content")?;
        diagnostics.extend(listing.problems);
        let (texts, mut files): (BTreeSet<_>, BTreeSet<_>) =
            listing.files.into_iter().partition(ContentPath::is_text);
        let availability = read_availability(&disk, &mut files, &mut diagnostics);
        let statics = disk.list("static")?;
        diagnostics.extend(statics.problems);
        let bibliography = read_bibliography(&disk, &config, &files, &mut diagnostics);
        let styled = config.sources.style.as_ref().and_then(|_| read_styled(&disk));
        let project = Self {
            languages: tags.iter().map(Language::new).collect(),
            config,
            atlas,
            bibliography,
            theme,
            sources: texts.into_iter().map(|path| SourceFile { kind: FileKind::of(&path), path }).collect(),
            files,
            statics: statics.files,
            availability,
            styled,
            disk,
        };
        Ok((project, diagnostics))
    }

    /// The text of a Markdown file.
    ///
    /// # Errors
    ///
    /// A diagnostic where it is too large, not UTF-8, or can't be read.
    pub fn source(&self, path: &ContentPath) -> Result<Source, Box<Diagnostic>> {
        read_source(&self.disk, self.config.max_file_size, path)
    }

    /// The text of a Markdown file whose facts are known, if it is still the text they are of.
    ///
    /// # Errors
    ///
    /// When it was changed, or can't be read any more.
    pub fn same_source(&self, path: &ContentPath, hash: Digest) -> anyhow::Result<Source> {
        let bytes = self.disk.bytes(path)?;
        if Digest::of_bytes(&bytes) != hash {
            return Err(changed_meanwhile(path));
        }
        let text = utf8(bytes).with_context(|| format!("`{path}` is no longer UTF-8"))?;
        Ok(Source::new(path.clone(), text))
    }

    /// The copy that is kept of what `reference` cites: the one it names, or else the one that the archive told of.
    pub fn kept_copy<'a>(&'a self, reference: &'a Reference) -> Option<KeptCopy<'a>> {
        if let Some(archive) = &reference.archive {
            return Some(KeptCopy { url: &archive.value, date: reference.archived_on() });
        }
        let copy = self.availability.copy_of(&reference.url.as_ref()?.value)?;
        Some(KeptCopy { url: &copy.url, date: Some(copy.date) })
    }

    /// What the style of the site's sources made of them in an earlier build: a text that need not be sound.
    pub fn styled_before(&self) -> Option<&str> {
        self.styled.as_deref()
    }

    /// The same folder, read anew.
    ///
    /// # Errors
    ///
    /// Those of [`Project::open`].
    pub fn reopened(&self, overrides: &Overrides) -> anyhow::Result<(Self, Vec<Diagnostic>)> {
        Self::read(self.disk.clone(), overrides)
    }

    /// Whether all that was read of the folder is the same in `other`: everything but the texts of the sources, and the bytes
    /// of files that are copied.
    pub fn is_alike(&self, other: &Self) -> bool {
        self.config == other.config
            && self.bibliography.entries() == other.bibliography.entries()
            && self.theme == other.theme
            && self.sources == other.sources
            && self.files == other.files
            && self.statics == other.statics
            && self.availability == other.availability
            && self.styled == other.styled
    }

    /// What stands at a path now.
    pub fn standing(&self, path: &ContentPath) -> Standing {
        self.disk.standing(path)
    }

    /// When a file was changed last, where the disk knows.
    pub fn modified(&self, path: &ContentPath) -> Option<SystemTime> {
        self.disk.modified(path)
    }

    /// A file's bytes, to be copied.
    ///
    /// # Errors
    ///
    /// When it can't be read.
    pub fn bytes(&self, path: &ContentPath) -> anyhow::Result<Vec<u8>> {
        self.disk.bytes(path)
    }

    /// The text of any file a diagnostic may speak of, for its report; what is not UTF-8 is replaced.
    pub fn text(&self, path: &ContentPath) -> Option<Arc<str>> {
        let of_theme = self.theme.templates.values().find(|source| source.path == *path);
        if let Some(source) = of_theme {
            return Some(source.text.as_str().into());
        }
        if self.disk.size(path).is_none_or(|size| size > self.config.max_file_size) {
            return None;
        }
        let bytes = self.disk.bytes(path).ok()?;
        Some(String::from_utf8_lossy(&bytes).as_ref().into())
    }
}

/// That a text is no longer the one whose facts are known.
pub fn changed_meanwhile(path: &ContentPath) -> anyhow::Error {
    anyhow::anyhow!("`{path}` was changed while the site was being built; build again")
}

/// The output that the settings of the site in `root` name, as a path from there; nothing where they can't be read.
pub fn output(root: &Path) -> Option<String> {
    let path = ContentPath::new("site.toml")?;
    let disk = Disk::folder(root, Laid::new());
    disk.size(&path)?;
    let text = String::from_utf8(disk.bytes(&path).ok()?).ok()?;
    Some(config::parse(&Source::new(path, text)).0.output.as_str().to_owned())
}

/// The text of a file that a diagnostic of an earlier build speaks of, for its report.
pub fn text(root: &Path, path: &ContentPath) -> Option<Arc<str>> {
    let disk = Disk::folder(root, Laid::new());
    disk.size(path)?;
    Some(String::from_utf8_lossy(&disk.bytes(path).ok()?).as_ref().into())
}

fn read_styled(disk: &Disk) -> Option<String> {
    let path = ContentPath::new(STYLED)?;
    disk.size(&path)?;
    String::from_utf8(disk.bytes(&path).ok()?).ok()
}

fn read_source(disk: &Disk, limit: u64, path: &ContentPath) -> Result<Source, Box<Diagnostic>> {
    let whole = || Place { path: path.clone(), span: Span::default() };
    let size = disk.size(path).unwrap_or(0);
    if size > limit {
        let message =
            format!("the file is {} long; a brief has at most {}", mebibytes(size), mebibytes(limit));
        let problem = Diagnostic::new(&code::FILE_TOO_LARGE, whole(), message)
            .help("cut it into several briefs, or raise `max_file_size` in `site.toml`");
        return Err(problem.into());
    }
    let bytes = disk.bytes(path).map_err(|error| {
        Diagnostic::new(
            &code::UNREADABLE_FILE,
            whole(),
            format!("the file can't be read: {}", error.root_cause()),
        )
        .help("see who may read it")
    })?;
    utf8(bytes).map(|text| Source::new(path.clone(), text)).map_err(|error| not_utf8(path, &error).into())
}

/// The files of the shared library of sources that the site has.
fn read_bibliography(
    disk: &Disk,
    config: &Config,
    files: &BTreeSet<ContentPath>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Bibliography {
    let paths =
        reference::FILES.iter().filter_map(|path| ContentPath::new(path)).filter(|path| files.contains(path));
    let mut sources = Vec::new();
    for path in paths {
        match read_source(disk, config.max_file_size, &path) {
            Ok(source) => sources.push(source),
            Err(problem) => diagnostics.push(*problem),
        }
    }
    Bibliography::read(&sources, &config.main_language().tag, diagnostics)
}

fn not_utf8(path: &ContentPath, error: &FromUtf8Error) -> Diagnostic {
    let at = error.utf8_error().valid_up_to();
    let byte = error.as_bytes()[at];
    let place = Place { path: path.clone(), span: Span::new(at..at + 1) };
    let message = format!("the file is not UTF-8: byte 0x{byte:02X} begins no character");
    let help = match error.as_bytes() {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "save it as UTF-8 in your editor; it is in UTF-16",
        _ => "save it as UTF-8 in your editor; it may be in Windows-1252 or ISO 8859-1",
    };
    Diagnostic::new(&code::NOT_UTF8, place, message).help(help)
}

fn mebibytes(bytes: u64) -> String {
    let tenths = bytes * 10 / (1024 * 1024);
    format!("{}.{} MiB", tenths / 10, tenths % 10)
}

fn read_config(
    disk: &Disk,
    overrides: &Overrides,
    diagnostics: &mut Vec<Diagnostic>,
) -> anyhow::Result<Config> {
    let Some(path) = ContentPath::new("site.toml") else { unreachable!("`site.toml` is a path") };
    anyhow::ensure!(
        !disk.is_linked(&path),
        "`site.toml` is a symbolic link, which is not followed: put a copy of the file in its place"
    );
    if disk.size(&path).is_none() {
        anyhow::bail!(
            "there is no `site.toml` in {}: `depeche init` makes a new site, `--root` names another folder",
            disk.name()
        );
    }
    let mut config = match String::from_utf8(disk.bytes(&path)?) {
        Ok(text) => {
            let (config, problems) = config::parse(&Source::new(path, text));
            diagnostics.extend(problems);
            config
        }
        Err(error) => {
            diagnostics.push(not_utf8(&path, &error));
            // What else is wrong is told once its places can be.
            config::parse(&Source::new(path, String::from_utf8_lossy(error.as_bytes()))).0
        }
    };
    if let Some(url) = &overrides.base_url {
        let parsed = config::BaseUrl::parse(url);
        config.base_url.value =
            parsed.map_err(|refusal| anyhow::anyhow!("`--base-url {url}`: {}", refusal.message))?;
    }
    Ok(config)
}

/// What the file of the sources' addresses says, if there is one. It is taken from the `files`, which may be published.
fn read_availability(
    disk: &Disk,
    files: &mut BTreeSet<ContentPath>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Availability {
    let path = ContentPath::new(availability::PATH).and_then(|path| files.take(&path));
    let Some(path) = path else { return Availability::default() };
    match disk.bytes(&path) {
        Ok(bytes) => {
            let source = Source::new(path, String::from_utf8_lossy(&bytes));
            let (availability, problems) = Availability::parse(&source);
            diagnostics.extend(problems);
            availability
        }
        Err(error) => {
            let place = Place { path, span: Span::default() };
            let message = format!("the file can't be read: {}", error.root_cause());
            diagnostics.push(Diagnostic::new(&code::BROKEN_LOCK, place, message).help("see who may read it"));
            Availability::default()
        }
    }
}

fn read_theme(
    disk: &Disk,
    config: &Config,
    tags: &[LanguageTag],
    diagnostics: &mut Vec<Diagnostic>,
) -> anyhow::Result<Theme> {
    let name = config.theme.as_ref().map_or(theme::DEFAULT, |theme| &theme.value);
    let folder = format!("themes/{name}");
    let themed = disk.list(&folder)?;
    diagnostics.extend(themed.problems);
    if name != theme::DEFAULT && themed.files.is_empty() {
        let place = config.place(config.theme.as_ref().map(|theme| theme.span).unwrap_or_default());
        diagnostics.push(theme::unknown(name, place, &disk.folders("themes")));
    }
    let themes = vec![theme::embedded::layer(), layer(disk, &folder, diagnostics)?];
    let (theme, problems) = theme::compose(layer(disk, "", diagnostics)?, themes, tags);
    diagnostics.extend(problems);
    Ok(theme)
}

/// The files of a theme's folder, or of the site's own folders where `folder` is empty. The site's `static/` is not the
/// theme's: it is copied whether the theme uses it or not.
fn layer(disk: &Disk, folder: &str, diagnostics: &mut Vec<Diagnostic>) -> anyhow::Result<Layer> {
    let inside = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let mut layer = Layer::default();
    for (kind, named) in [("templates", BTreeMap::new()), ("i18n", BTreeMap::new())] {
        let mut named: BTreeMap<String, Source> = named;
        let below = inside(kind);
        let listing = disk.list(&below)?;
        diagnostics.extend(listing.problems);
        for path in listing.files {
            let Some(name) = path.below(&below).map(str::to_owned) else { continue };
            match String::from_utf8(disk.bytes(&path)?) {
                Ok(text) => {
                    named.insert(name, Source::new(path, text));
                }
                Err(error) => diagnostics.push(not_utf8(&path, &error)),
            }
        }
        match kind {
            "templates" => layer.templates.extend(named),
            _ => layer.strings.extend(
                named
                    .into_iter()
                    .filter_map(|(name, source)| Some((name.strip_suffix(".toml")?.to_owned(), source))),
            ),
        }
    }
    if !folder.is_empty() {
        let below = inside("static");
        let listing = disk.list(&below)?;
        diagnostics.extend(listing.problems);
        let assets = listing.files.into_iter();
        layer
            .assets
            .extend(assets.filter_map(|path| Some((path.below(&below)?.to_owned(), Asset::File(path)))));
    }
    Ok(layer)
}
