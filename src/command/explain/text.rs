//! Markdown as plain text for a terminal: headings bold, paragraphs filled, code set in.

use clap::builder::styling::Style;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

/// No line is longer than this, however wide the terminal: longer ones are hard to read.
const WIDEST: usize = 90;

/// The Markdown of an explanation as text, which ends with one line break. Code keeps its backticks.
pub(super) fn plain(markdown: &str, colour: bool, width: usize) -> String {
    let mut page = Page { text: String::new(), words: String::new(), colour, width };
    for event in Parser::new(markdown) {
        page.take(event);
    }
    page.text
}

/// The text being made.
struct Page {
    text: String,
    /// The words of the block being read.
    words: String,
    colour: bool,
    width: usize,
}

impl Page {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                if let Some((_, file)) = info.split_once("file=") {
                    self.separate();
                    self.text.push_str(&format!("    {}\n", self.styled(file, Style::new().underline())));
                }
            }
            Event::Text(text) => self.words.push_str(&text),
            Event::Code(code) => self.words.push_str(&format!("`{code}`")),
            Event::SoftBreak | Event::HardBreak => self.words.push(' '),
            Event::End(TagEnd::Heading(_)) => {
                let heading = std::mem::take(&mut self.words);
                let heading = self.styled(&heading, Style::new().bold());
                self.block(&heading);
            }
            Event::End(TagEnd::CodeBlock) => {
                let code = std::mem::take(&mut self.words);
                let lines: Vec<String> = code.lines().map(|line| format!("    {line}")).collect();
                self.block(lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n").as_str());
            }
            Event::End(TagEnd::Paragraph) => {
                let words = std::mem::take(&mut self.words);
                self.block(&wrapped(&words, "", self.width));
            }
            Event::End(TagEnd::Item) if !self.words.is_empty() => {
                let words = std::mem::take(&mut self.words);
                let item = wrapped(&words, "  ", self.width);
                self.block(&format!("-{}", item.get(1..).unwrap_or_default()));
            }
            _ => {}
        }
    }

    fn block(&mut self, lines: &str) {
        self.separate();
        self.text.push_str(lines);
        self.text.push('\n');
    }

    fn separate(&mut self) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    fn styled(&self, words: &str, style: Style) -> String {
        if self.colour { format!("{style}{words}{style:#}") } else { words.to_owned() }
    }
}

/// `words` filled into lines of at most `width` characters, each after `indent`. A no-break space does not break.
pub(super) fn wrapped(words: &str, indent: &str, width: usize) -> String {
    let width = width.min(WIDEST);
    let mut lines: Vec<String> = Vec::new();
    let mut length = 0;
    for word in words.split([' ', '\n']).filter(|word| !word.is_empty()) {
        let size = word.chars().count();
        match lines.last_mut() {
            Some(line) if length + 1 + size <= width => {
                line.push(' ');
                line.push_str(word);
                length += 1 + size;
            }
            _ => {
                lines.push(format!("{indent}{word}"));
                length = indent.len() + size;
            }
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARKDOWN: &str = "Une `clé`\nde *trop*.\n\n## Example\n\n```markdown file=content/x.md\n+++\n\nTexte « cité ».\n```\n\n- un\n- deux\n";

    #[test]
    fn markdown_becomes_text() {
        insta::assert_snapshot!(plain(MARKDOWN, false, 80), @r"
        Une `clé` de trop.

        Example

            content/x.md

            +++

            Texte « cité ».

        - un

        - deux
        ");
    }

    #[test]
    fn headings_stand_out_in_colour() {
        assert!(plain(MARKDOWN, true, 80).contains("\u{1b}[1mExample\u{1b}[0m\n"));
    }

    #[test]
    fn lines_are_filled_and_never_broken_at_a_no_break_space() {
        assert_eq!(wrapped("un deux trois", "", 8), "un deux\ntrois");
        assert_eq!(wrapped("un «\u{a0}deux\u{a0}»", "", 8), "un\n«\u{a0}deux\u{a0}»");
        assert_eq!(wrapped("anticonstitutionnellement", "  ", 8), "  anticonstitutionnellement");
        assert_eq!(wrapped(&"mot ".repeat(60), "", 500).lines().next().unwrap().len(), 87);
    }
}
