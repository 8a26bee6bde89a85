//! JSON written member by member, straight into the text it is to stand in.

/// An object that is being written.
pub(crate) struct Object<'j> {
    json: &'j mut String,
    is_empty: bool,
}

/// Writes an object, with the members that `members` gives it.
pub(crate) fn push_object(json: &mut String, members: impl FnOnce(&mut Object<'_>)) {
    json.push('{');
    members(&mut Object { json, is_empty: true });
    json.push('}');
}

impl Object<'_> {
    /// Adds a string. Names are those of vocabularies, and written as they are.
    pub(crate) fn text(&mut self, name: &str, value: &str) {
        self.begin(name);
        push_string(self.json, value);
    }

    /// Adds a string that holds nothing to be escaped: a word of a vocabulary, the tag of a language, a date.
    pub(crate) fn word(&mut self, name: &str, value: &str) {
        debug_assert_eq!(memchr::memchr2(b'"', b'\\', value.as_bytes()), None, "{value} is not plain");
        self.begin(name);
        self.json.push('"');
        self.json.push_str(value);
        self.json.push('"');
    }

    /// Adds a string, unless there is none.
    pub(crate) fn optional(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(name, value);
        }
    }

    /// Adds an object.
    pub(crate) fn object(&mut self, name: &str, members: impl FnOnce(&mut Object<'_>)) {
        self.begin(name);
        push_object(self.json, members);
    }

    /// Adds a list of what `write` makes of each item, unless there are none.
    pub(crate) fn list<T>(
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

/// A control that is not the end of a line.
const CONTROL: u8 = 1;
/// What is written with a backslash.
const MARKED: u8 = 2;

/// What of a byte is not written as it is: no branches, so that many bytes are looked at at once.
#[inline]
fn special(byte: u8) -> u8 {
    let is_marked = (byte == b'"') | (byte == b'\\') | (byte == b'\n');
    let is_control = (byte < 0x20) & (byte != b'\n');
    (u8::from(is_control) * CONTROL) | (u8::from(is_marked) * MARKED)
}

/// Writes `text` as a string, as `serde_json` does; what is long is looked through many bytes at once.
pub(crate) fn push_string(json: &mut String, text: &str) {
    let special = text.bytes().fold(0, |found, byte| found | special(byte));
    if special & CONTROL != 0 {
        json.push_str(&serde_json::Value::from(text).to_string());
        return;
    }
    json.push('"');
    let mut rest = text;
    // Most hold nothing to be sought.
    while special != 0
        && let Some(at) = memchr::memchr3(b'"', b'\\', b'\n', rest.as_bytes())
    {
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
