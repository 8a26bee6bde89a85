//! JSON written member by member, straight into the text it is to stand in.

use crate::source::glance;
use std::fmt::Write as _;

/// An object that is being written.
pub(super) struct Object<'j> {
    json: &'j mut String,
    is_empty: bool,
}

/// Writes an object, with the members that `members` gives it.
pub(super) fn push_object(json: &mut String, members: impl FnOnce(&mut Object<'_>)) {
    json.push('{');
    members(&mut Object { json, is_empty: true });
    json.push('}');
}

impl Object<'_> {
    /// Adds a string. Names are those of vocabularies, and written as they are.
    pub(super) fn text(&mut self, name: &str, value: &str) {
        self.begin(name);
        push_string(self.json, value);
    }

    /// Adds a string that holds nothing to be escaped: a word of a vocabulary, the tag of a language, a date.
    pub(super) fn word(&mut self, name: &str, value: &str) {
        debug_assert_eq!(glance::find(value.as_bytes(), 0, is_special), None, "{value} is not plain");
        self.begin(name);
        self.json.push('"');
        self.json.push_str(value);
        self.json.push('"');
    }

    /// Adds a string, unless there is none.
    pub(super) fn optional(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(name, value);
        }
    }

    /// Adds an object.
    pub(super) fn object(&mut self, name: &str, members: impl FnOnce(&mut Object<'_>)) {
        self.begin(name);
        push_object(self.json, members);
    }

    /// Adds a list of what `write` makes of each item, unless there are none.
    pub(super) fn list<T>(
        &mut self,
        name: &str,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut String, T),
    ) {
        let mut items = items.into_iter();
        let Some(first) = items.next() else { return };
        self.begin(name);
        self.json.push('[');
        write(self.json, first);
        for item in items {
            self.json.push(',');
            write(self.json, item);
        }
        self.json.push(']');
    }

    fn begin(&mut self, name: &str) {
        self.json.push_str(if self.is_empty { "\"" } else { ",\"" });
        self.json.push_str(name);
        self.json.push_str("\":");
        self.is_empty = false;
    }
}

/// Writes `text` as a string: RFC 8259, section 7.
pub(super) fn push_string(json: &mut String, text: &str) {
    json.push('"');
    let (mut written, mut at) = (0, 0);
    while let Some(special) = glance::find(text.as_bytes(), at, is_special) {
        json.push_str(&text[written..special]);
        match text.as_bytes()[special] {
            b'"' => json.push_str("\\\""),
            b'\\' => json.push_str("\\\\"),
            b'\n' => json.push_str("\\n"),
            b'\r' => json.push_str("\\r"),
            b'\t' => json.push_str("\\t"),
            control => {
                let Ok(()) = write!(json, "\\u{control:04x}") else {
                    unreachable!("a string takes all that is written to it")
                };
            }
        }
        at = special + 1;
        written = at;
    }
    json.push_str(&text[written..]);
    json.push('"');
}

#[inline]
fn is_special(byte: u8, _: u8) -> bool {
    (byte == b'"') | (byte == b'\\') | (byte < 0x20)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn a_string_is_read_as_it_was_written() {
        let all: String = (0..0x500).filter_map(char::from_u32).chain("\u{2028}🗺".chars()).collect();
        for text in ["", "Plus tard", "« A \"b\" \\c »\n\t\r", "</script>", &all] {
            let mut json = String::new();
            push_string(&mut json, text);
            assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }
    }

    #[test]
    fn an_object_has_the_members_that_there_are() {
        let mut written = String::new();
        push_object(&mut written, |object| {
            object.text("@type", "Thing");
            object.optional("url", None);
            object.optional("name", Some("x"));
            object.object("publisher", |publisher| publisher.text("name", "y"));
            object.list("about", ["a", "b"], push_string);
            object.list("mentions", [""; 0], push_string);
        });
        assert_eq!(written, r#"{"@type":"Thing","name":"x","publisher":{"name":"y"},"about":["a","b"]}"#);
        let read: Value = serde_json::from_str(&written).unwrap();
        assert_eq!(read["publisher"], json!({ "name": "y" }));
    }
}
