//! TeX as it stands in bibliographies, to plain text: accents, symbols, dashes and quotation marks become the characters
//! they print; what sets the text, and the braces, fall away.

use unicode_normalization::UnicodeNormalization;

/// The words that `tex` prints, on one line.
pub(super) fn text(tex: &str) -> String {
    let mut writer = Writer::new(tex, &SYMBOLS_OF_WORDS);
    writer.run();
    let words: Vec<&str> =
        writer.out.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()).collect();
    words.join(" ").nfc().collect()
}

/// What `tex` says letter for letter, in fields that hold addresses: only the marks that protect a character fall away.
pub(super) fn address(tex: &str) -> String {
    if !tex.contains(['\\', '{', '}']) {
        return tex.trim().to_owned();
    }
    let mut writer = Writer::new(tex, &[]);
    writer.run();
    writer.out.trim().to_owned()
}

/// The address that `\url{…}` or `\href{…}` gives, where `tex` holds one.
pub(super) fn linked(tex: &str) -> Option<String> {
    let start = ["\\url{", "\\href{"].iter().find_map(|command| Some(tex.find(command)? + command.len()))?;
    let length = tex[start..].find('}')?;
    Some(address(&tex[start..start + length]))
}

/// What stands for characters in words, the longest first.
const SYMBOLS_OF_WORDS: [(&str, &str); 9] = [
    ("---", "—"),
    ("--", "–"),
    ("``", "“"),
    ("''", "”"),
    ("!`", "¡"),
    ("?`", "¿"),
    ("`", "‘"),
    ("'", "’"),
    ("~", "\u{a0}"),
];

/// Commands that print something of their own.
const COMMANDS: [(&str, &str); 84] = [
    ("AA", "Å"),
    ("AE", "Æ"),
    ("DH", "Ð"),
    ("DJ", "Đ"),
    ("L", "Ł"),
    ("NG", "Ŋ"),
    ("No", "N°"),
    ("O", "Ø"),
    ("OE", "Œ"),
    ("P", "¶"),
    ("S", "§"),
    ("SS", "ẞ"),
    ("TH", "Þ"),
    ("TeX", "TeX"),
    ("LaTeX", "LaTeX"),
    ("aa", "å"),
    ("ae", "æ"),
    ("copyright", "©"),
    ("dag", "†"),
    ("ddag", "‡"),
    ("degree", "°"),
    ("dh", "ð"),
    ("dj", "đ"),
    ("dots", "…"),
    ("euro", "€"),
    ("fg", "\u{a0}»"),
    ("flq", "‹"),
    ("flqq", "«"),
    ("frq", "›"),
    ("frqq", "»"),
    ("glq", "‚"),
    ("glqq", "„"),
    ("grq", "‘"),
    ("grqq", "“"),
    ("guillemetleft", "«"),
    ("guillemetright", "»"),
    ("guillemotleft", "«"),
    ("guillemotright", "»"),
    ("guilsinglleft", "‹"),
    ("guilsinglright", "›"),
    ("ier", "er"),
    ("iere", "re"),
    ("ieme", "e"),
    ("l", "ł"),
    ("lbrace", "{"),
    ("ldots", "…"),
    ("ng", "ŋ"),
    ("no", "n°"),
    ("o", "ø"),
    ("oe", "œ"),
    ("og", "«\u{a0}"),
    ("pounds", "£"),
    ("quad", " "),
    ("quotedblbase", "„"),
    ("quotesinglbase", "‚"),
    ("rbrace", "}"),
    ("slash", "/"),
    ("ss", "ß"),
    ("textasciicircum", "^"),
    ("textasciigrave", "`"),
    ("textasciitilde", "~"),
    ("textbackslash", "\\"),
    ("textbar", "|"),
    ("textbraceleft", "{"),
    ("textbraceright", "}"),
    ("textbullet", "•"),
    ("textcopyright", "©"),
    ("textdegree", "°"),
    ("textdollar", "$"),
    ("textellipsis", "…"),
    ("textemdash", "—"),
    ("textendash", "–"),
    ("texteuro", "€"),
    ("textgreater", ">"),
    ("textless", "<"),
    ("textnumero", "№"),
    ("textquotedblleft", "“"),
    ("textquotedblright", "”"),
    ("textquoteleft", "‘"),
    ("textquoteright", "’"),
    ("textquotesingle", "'"),
    ("textregistered", "®"),
    ("textsection", "§"),
    ("textunderscore", "_"),
];

/// Accents: the command, the combining character that follows the letter, and what the command prints alone.
const ACCENTS: [(&str, char, &str); 16] = [
    ("`", '\u{300}', "`"),
    ("'", '\u{301}', "´"),
    ("^", '\u{302}', "^"),
    ("~", '\u{303}', "~"),
    ("=", '\u{304}', "¯"),
    ("u", '\u{306}', ""),
    (".", '\u{307}', ""),
    ("\"", '\u{308}', "¨"),
    ("r", '\u{30a}', ""),
    ("H", '\u{30b}', ""),
    ("v", '\u{30c}', ""),
    ("d", '\u{323}', ""),
    ("c", '\u{327}', ""),
    ("k", '\u{328}', ""),
    ("b", '\u{331}', ""),
    ("t", '\u{361}', ""),
];

/// Commands whose first argument is not printed: how to set the second, or where it leads.
const SILENT_ARGUMENT: [&str; 8] = [
    "href",
    "foreignlanguage",
    "textcolor",
    "color",
    "selectlanguage",
    "hspace",
    "noopsort",
    "providecommand",
];

/// Commands that put their argument between quotation marks.
const QUOTING: [&str; 3] = ["enquote", "mkbibquote", "textquote"];

struct Writer<'a> {
    tex: &'a str,
    at: usize,
    symbols: &'a [(&'static str, &'static str)],
    out: String,
    /// What closes each group that is open.
    groups: Vec<&'static str>,
    /// Accents that wait for their letter, with what they print alone.
    waiting: Vec<(char, &'static str)>,
    in_formula: bool,
}

impl<'a> Writer<'a> {
    fn new(tex: &'a str, symbols: &'a [(&'static str, &'static str)]) -> Self {
        Self {
            tex,
            at: 0,
            symbols,
            out: String::with_capacity(tex.len()),
            groups: Vec::new(),
            waiting: Vec::new(),
            in_formula: false,
        }
    }

    fn run(&mut self) {
        while let Some(character) = self.tex[self.at..].chars().next() {
            let symbol = self.symbols.iter().find(|(written, _)| self.tex[self.at..].starts_with(written));
            if let Some((written, printed)) = symbol {
                self.at += written.len();
                self.print(printed);
                continue;
            }
            self.at += character.len_utf8();
            match character {
                '\\' => self.command(),
                '{' => self.groups.push(""),
                '}' => {
                    self.print_waiting();
                    self.out.push_str(self.groups.pop().unwrap_or_default());
                }
                '$' if self.is_of_words() => self.in_formula = !self.in_formula,
                '_' | '^' if self.in_formula => {}
                character => self.print(character.encode_utf8(&mut [0; 4])),
            }
        }
        self.print_waiting();
    }

    fn is_of_words(&self) -> bool {
        !self.symbols.is_empty()
    }

    /// Prints a text, and the accents that waited for it on its first letter, the innermost first.
    fn print(&mut self, text: &str) {
        let mut characters = text.chars();
        let Some(first) = characters.next() else { return };
        self.out.push(first);
        self.out.extend(self.waiting.drain(..).rev().map(|(mark, _)| mark));
        self.out.push_str(characters.as_str());
    }

    /// Prints the accents for which no letter came.
    fn print_waiting(&mut self) {
        for (_, alone) in self.waiting.drain(..) {
            self.out.push_str(alone);
        }
    }

    fn command(&mut self) {
        let name = self.name();
        let is_word = name.starts_with(|first: char| first.is_ascii_alphabetic());
        if !self.is_of_words() && matches!(name, "~" | "^") {
            return self.print(name);
        }
        if let Some((_, mark, alone)) = ACCENTS.iter().find(|(command, ..)| *command == name) {
            self.space();
            self.waiting.push((*mark, alone));
            return;
        }
        if is_word {
            self.space();
        }
        match name {
            // Without a dot of their own, for an accent to take its place.
            "i" | "j" if !self.waiting.is_empty() => self.print(name),
            "i" => self.print("ı"),
            "j" => self.print("ȷ"),
            "&" | "%" | "$" | "#" | "_" | "{" | "}" => self.print(name),
            "," => self.print("\u{202f}"),
            "\\" | " " | "\n" | "\r" | "\t" | ";" | ":" => self.print(" "),
            _ if SILENT_ARGUMENT.contains(&name) => self.skip_argument(),
            _ if QUOTING.contains(&name) && self.tex[self.at..].starts_with('{') => {
                self.at += 1;
                self.print("“");
                self.groups.push("”");
            }
            _ => {
                let printed = COMMANDS.iter().find(|(command, _)| *command == name);
                self.print(printed.map_or("", |(_, printed)| printed));
            }
        }
    }

    /// The name of the command whose backslash was read: letters, or one other character.
    fn name(&mut self) -> &'a str {
        let rest = &self.tex[self.at..];
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let length = if letters > 0 { letters } else { rest.chars().next().map_or(0, char::len_utf8) };
        self.at += length;
        &rest[..length]
    }

    fn space(&mut self) {
        let rest = &self.tex[self.at..];
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    fn skip_argument(&mut self) {
        if !self.tex[self.at..].starts_with('{') {
            return;
        }
        let mut depth = 0;
        for (index, byte) in self.tex.bytes().enumerate().skip(self.at) {
            match byte {
                b'{' => depth += 1,
                b'}' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                self.at = index + 1;
                return;
            }
        }
        self.at = self.tex.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn tex_is_read_as_it_prints() {
        let cases = [
            (
                r#"{\'E}lys{\'e}e, \'el\`eve, fr\`{e}re, \^\i le, \"u, na\"{\i}f"#,
                "Élysée, élève, frère, île, ü, naïf",
            ),
            (
                r"Gar\c con, Gar\c{c}on, Dvo\v r\'ak, \c{S}{\i}rnak, {\L}\'od\'z",
                "Garçon, Garçon, Dvořák, Şırnak, Łódź",
            ),
            (r"\oe uvre, {\OE}uvre, Stra{\ss}e, {\aa}r, S{\o}ren", "œuvre, Œuvre, Straße, år, Søren"),
            (
                r"R\&D, 10\,\%, \$5, n\textsuperscript{o}~3, \#1, a\_b",
                "R&D, 10\u{202f}%, $5, no\u{a0}3, #1, a_b",
            ),
            (r"2023--2024 --- a-b", "2023–2024 — a-b"),
            (r"``mot'' \enquote{un {\em autre}} \og mot\fg", "“mot” “un autre” «\u{a0}mot\u{a0}»"),
            (r"The {OSCE} and \emph{Le Monde}, {\bf gras}", "The OSCE and Le Monde, gras"),
            (r"\href{https://a.example/}{le texte} \foreignlanguage{french}{ici}", "le texte ici"),
            (r"CO$_2$ et 10$^{3}$", "CO2 et 103"),
            ("sur\n   deux\tlignes \\\\ ici", "sur deux lignes ici"),
            (r"\~{} \^{} \textasciitilde \textbackslash", "~ ^ ~\\"),
            (r"{\unknown arg} \unknown{arg}", "arg arg"),
            ("déjà écrit, Ереван", "déjà écrit, Ереван"),
            ("", ""),
            ("\\", ""),
            ("}a{", "a"),
        ];
        for (tex, words) in cases {
            assert_eq!(text(tex), words, "{tex}");
        }
    }

    #[test]
    fn an_address_loses_only_what_protects_it() {
        let cases = [
            ("https://a.example/~b--c_d?e=1&f='g'", "https://a.example/~b--c_d?e=1&f='g'"),
            (r"https://a.example/b\_c?d\&e\%20\#f", "https://a.example/b_c?d&e%20#f"),
            (r"https://a.example/{\textasciitilde}b/\~c/\~{}d", "https://a.example/~b/~c/~d"),
            ("{https://a.example/}", "https://a.example/"),
        ];
        for (tex, url) in cases {
            assert_eq!(address(tex), url);
        }
        assert_eq!(linked(r"see \url{https://a.example/\_b}.").as_deref(), Some("https://a.example/_b"));
        assert_eq!(linked("press release"), None);
    }

    #[test]
    fn deep_groups_are_read_in_their_turn() {
        let deep = format!("{}x{}", "\\emph{".repeat(100_000), "}".repeat(100_000));
        assert_eq!(text(&deep), "x");
    }

    proptest! {
        #[test]
        fn nothing_panics(tex in "(\\\\|\\{|\\}|'|\"|`|~|\\^|-|\\$|_| |\n|é|a|i|emph|href|enquote|c ){0,60}") {
            text(&tex);
            address(&tex);
            linked(&tex);
        }
    }
}
