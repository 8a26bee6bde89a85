//! European figures, of which the dates of pages are full: formatting them in general takes ten times as long.

/// The numbers from 0 to 99, each with two figures.
const PAIRS: &str = "\
    0001020304050607080910111213141516171819\
    2021222324252627282930313233343536373839\
    4041424344454647484950515253545556575859\
    6061626364656667686970717273747576777879\
    8081828384858687888990919293949596979899";

/// The last two figures of `number`: `03`, `47`.
pub fn two_figures(number: u16) -> &'static str {
    let at = usize::from(number % 100) * 2;
    &PAIRS[at..at + 2]
}

#[cfg(test)]
mod tests {
    use super::two_figures;

    #[test]
    fn a_number_has_two_figures() {
        for number in 0..300 {
            assert_eq!(two_figures(number), format!("{:02}", number % 100));
        }
    }
}
