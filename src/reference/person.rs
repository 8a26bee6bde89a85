//! Names of people as bibliographies write them, family name first, to names as they are printed.

/// `Le Cam, Morgane` as `Morgane Le Cam`, `King, Jr., Martin Luther` as `Martin Luther King Jr.`, as BibTeX has it. A name
/// without commas is printed as it is.
pub(super) fn printed(written: &str) -> String {
    let parts: Vec<&str> = written.split(',').map(str::trim).collect();
    let in_order: Vec<&str> = match parts[..] {
        [family, given] => vec![given, family],
        [family, suffix, given] => vec![given, family, suffix],
        _ => vec![written.trim()],
    };
    joined(in_order)
}

/// The parts of a name that there are, in the order they are printed in.
pub(super) fn joined<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_printed_in_the_order_it_is_spoken() {
        let cases = [
            ("Le Cam, Morgane", "Morgane Le Cam"),
            ("von der Leyen, Ursula", "Ursula von der Leyen"),
            ("King, Jr., Martin Luther", "Martin Luther King Jr."),
            ("UNICEF", "UNICEF"),
            ("Aguirre,", "Aguirre"),
            ("A, B, C, D", "A, B, C, D"),
        ];
        for (written, name) in cases {
            assert_eq!(printed(written), name);
        }
    }
}
