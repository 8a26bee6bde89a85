//! JSON written member by member, straight into the text it is to stand in.

use crate::source::glance;

/// An object that is being written.
pub(crate) struct Object<'j>(&'j mut String);

/// Writes an object, with the members that `members` gives it.
pub(crate) fn push_object(json: &mut String, members: impl FnOnce(&mut Object<'_>)) {
    json.push('{');
    members(&mut Object(json));
    close(json, '}');
}

/// Closes what is written with a comma after each part.
fn close(json: &mut String, bracket: char) {
    if json.ends_with(',') {
        json.pop();
    }
    json.push(bracket);
}

impl Object<'_> {
    /// Adds a string. Names are those of vocabularies, and written as they are.
    #[inline]
    pub(crate) fn text(&mut self, name: &str, value: &str) {
        self.member(name, |json| push_string(json, value));
    }

    /// Adds a string that holds nothing to be escaped: a word of a vocabulary, the tag of a language, a date.
    #[inline]
    pub(crate) fn word(&mut self, name: &str, value: &str) {
        debug_assert_eq!(memchr::memchr2(b'"', b'\\', value.as_bytes()), None, "{value} is not plain");
        self.member(name, |json| {
            json.push('"');
            json.push_str(value);
            json.push('"');
        });
    }

    /// Adds a string, unless there is none.
    #[inline]
    pub(crate) fn optional(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(name, value);
        }
    }

    /// Adds an object.
    pub(crate) fn object(&mut self, name: &str, members: impl FnOnce(&mut Object<'_>)) {
        self.member(name, |json| push_object(json, members));
    }

    /// Adds a list of what `write` makes of each item, unless there are none.
    pub(crate) fn list<T>(
        &mut self,
        name: &str,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut String, T),
    ) {
        let mut items = items.into_iter().peekable();
        if items.peek().is_none() {
            return;
        }
        self.member(name, |json| {
            json.push('[');
            for item in items {
                write(json, item);
                json.push(',');
            }
            close(json, ']');
        });
    }

    #[inline]
    fn member(&mut self, name: &str, write: impl FnOnce(&mut String)) {
        let Self(json) = self;
        json.push('"');
        json.push_str(name);
        json.push_str("\":");
        write(json);
        json.push(',');
    }
}

/// Writes `text` as a string, as `serde_json` does; what is long is looked through many bytes at once.
pub(crate) fn push_string(json: &mut String, text: &str) {
    let is_control = |byte: u8, _| (byte < b' ') & (byte != b'\n');
    let is_special = |byte: u8, _| (byte < b' ') | (byte == b'"') | (byte == b'\\');
    // Most hold nothing to be escaped.
    let Some(first) = glance::find(text.as_bytes(), 0, is_special) else {
        json.push('"');
        json.push_str(text);
        json.push('"');
        return;
    };
    if glance::find(text.as_bytes(), first, is_control).is_some() {
        json.push_str(&serde_json::Value::from(text).to_string());
        return;
    }
    json.push('"');
    let mut rest = text;
    while let Some(at) = memchr::memchr3(b'"', b'\\', b'\n', rest.as_bytes()) {
        json.push_str(&rest[..at]);
        json.push_str(match rest.as_bytes()[at] {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            _ => "\\n",
        });
        rest = &rest[at + 1..];
    }
    json.push_str(rest);
    json.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(text: &str) -> String {
        let mut json = String::new();
        push_string(&mut json, text);
        json
    }

    #[test]
    fn every_character_is_escaped_as_by_serde_json() {
        for character in '\0'..'\u{800}' {
            for text in [character.to_string(), format!("é\n{character}\\ \"{character}")] {
                assert_eq!(written(&text), serde_json::to_string(&text).unwrap(), "{character:?}");
            }
        }
    }

    #[test]
    fn an_object_has_the_members_that_there_are() {
        let mut written = String::new();
        push_object(&mut written, |object| {
            object.word("@type", "Thing");
            object.optional("url", None);
            object.optional("name", Some("\t"));
            object.object("publisher", |publisher| publisher.text("name", "y"));
            object.list("about", ["a", "b"], push_string);
            object.list("mentions", [""; 0], push_string);
        });
        assert_eq!(written, r#"{"@type":"Thing","name":"\t","publisher":{"name":"y"},"about":["a","b"]}"#);
    }

    proptest! {
        #[test]
        fn any_text_is_written_as_by_serde_json(text in "(?s).{0,80}|[a-z\"\\\\\n ]{0,200}") {
            prop_assert_eq!(written(&text), serde_json::to_string(&text).unwrap());
        }
    }
}
