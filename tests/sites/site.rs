//! A small site in a folder of its own, and what becomes of it.

use depeche::diagnostic::{Diagnostic, Edit, Fix, Level, Severity};
use depeche::library::{Edition, Now};
use depeche::mend::{self, Choice, Mending};
use depeche::pipeline::{self, Before, Checked, Unbuilt};
use depeche::project::Overrides;
use depeche::site::Settings;
use depeche::source::Position;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A site as a writer has it.
pub struct Site {
    folder: TempDir,
    edition: Edition,
    overrides: Overrides,
}

/// A site with these files. Where `site.toml` is not among them it gets a short one.
pub fn site(files: &[(&str, &str)]) -> Site {
    let folder = tempfile::tempdir().unwrap();
    let site = Site {
        folder,
        edition: Edition { now: Now::day("2024-06-01".parse().unwrap()), drafts: false, scheduled: false },
        overrides: Overrides::default(),
    };
    site.write("site.toml", "title = \"Essai\"\nbase_url = \"https://essai.example/revue/\"\n");
    for (path, text) in files {
        site.write(path, text);
    }
    site
}

/// A brief that nothing is wrong with.
pub fn brief(title: &str, body: &str) -> String {
    format!("+++\ntitle = \"{title}\"\ncountries = [\"AM\"]\nsummary = \"Un chapô.\"\n+++\n\n{body}\n")
}

impl Site {
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn drafts(mut self) -> Self {
        self.edition.drafts = true;
        self
    }

    pub fn on(mut self, day: &str) -> Self {
        self.edition.now = Now::day(day.parse().unwrap());
        self
    }

    pub fn at(mut self, instant: &str) -> Self {
        self.edition.now = Now::instant(instant.parse().unwrap());
        self
    }

    pub fn edition(&self) -> Edition {
        self.edition
    }

    pub fn checked(&self) -> Checked {
        pipeline::check(self.root(), &self.overrides, &self.edition).unwrap()
    }

    /// What is wrong. What an editor would only have otherwise is apart, unless the site makes more of it.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        self.checked().diagnostics.iter().filter(|problem| !is_suggested(problem)).cloned().collect()
    }

    /// What is only suggested, by its code.
    pub fn suggestions(&self) -> Vec<&'static str> {
        self.checked().diagnostics.iter().filter(|it| is_suggested(it)).map(|it| it.code.id).collect()
    }

    /// What is wrong, a line each: `D301 content/a.md:6:3 no note is called …`.
    pub fn problems(&self) -> Vec<String> {
        let checked = self.checked();
        let shown = |problem: &Diagnostic| {
            let text = checked.project.text(&problem.place.path).unwrap_or_default();
            let Position { line, column } = Position::of(&text, problem.place.span.start as usize);
            format!("{} {}:{line}:{column} {}", problem.code.id, problem.place.path, problem.message)
        };
        checked.diagnostics.iter().filter(|problem| !is_suggested(problem)).map(shown).collect()
    }

    /// The codes of what is wrong, in the order it is reported.
    pub fn codes(&self) -> Vec<&'static str> {
        self.diagnostics().iter().map(|problem| problem.code.id).collect()
    }

    /// A file with every fix made that its diagnostics offer.
    pub fn mended(&self, path: &str) -> String {
        let mut text = fs::read_to_string(self.root().join(path)).unwrap();
        let of_it = self.diagnostics().into_iter().filter(|problem| problem.place.path.as_str() == path);
        let fixes: Vec<Fix> = of_it.filter_map(|problem| problem.fix).collect();
        let mut edits: Vec<&Edit> = fixes.iter().flat_map(Fix::edits).collect();
        edits.sort();
        for edit in edits.iter().rev() {
            text.replace_range(edit.span.range(), &edit.replacement);
        }
        text
    }

    /// The site with every mend made that is wanted, nothing of it written.
    pub fn mending(&self, choice: &Choice) -> Mending {
        let read = |laid| pipeline::check_under(self.root(), laid, &self.overrides, &self.edition);
        mend::site(&read, choice).unwrap()
    }

    /// What rendering the pages finds wrong, which checking does not. The site must have no error before.
    pub fn refusal(&self) -> Vec<Diagnostic> {
        let output = self.root().join("public");
        match self.checked().build(
            Settings { folder: &output, force: false, as_recorded: None, order: &[] },
            "",
            &Before::default(),
            &|| (),
        ) {
            Ok(_) => Vec::new(),
            Err(Unbuilt::Refused(diagnostics)) => diagnostics,
            Err(Unbuilt::Unwritable(error)) => panic!("{error:?}"),
        }
    }

    /// Every file of the built site, by its path. The site must have no error.
    pub fn build(&self) -> BTreeMap<String, String> {
        let checked = self.checked();
        let errors: Vec<String> = self.problems();
        assert!(!checked.is_refused(), "the site is refused:\n{}", errors.join("\n"));
        let output = self.root().join("public");
        checked
            .build(
                Settings { folder: &output, force: false, as_recorded: None, order: &[] },
                "",
                &Before::default(),
                &|| (),
            )
            .unwrap_or_else(|error| panic!("{error:?}"));
        let mut files = BTreeMap::new();
        collect(&output, &output, &mut files);
        files
    }
}

/// Whether it is a suggestion by itself, and not by the site's settings.
fn is_suggested(problem: &Diagnostic) -> bool {
    problem.severity == Severity::Suggestion && problem.code.level == Level::Suggest
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            files.insert(name, String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned());
        }
    }
}
