//! A glance at a text: what is sought in it seldom stands there, and many bytes are looked at in one go.

/// How many bytes that is.
const BLOCK: usize = 32;

/// Where, from `at` on, the first byte stands that `is_sought`, by what it is and by the one after it; nought stands behind the
/// last. It should tell without branches, so that a block goes at once.
#[inline]
pub(crate) fn find(text: &[u8], mut at: usize, is_sought: impl Fn(u8, u8) -> bool) -> Option<usize> {
    let holds = |block: &[u8; BLOCK], next: &[u8; BLOCK]| {
        (0..BLOCK).fold(0, |found, at| found | u8::from(is_sought(block[at], next[at]))) != 0
    };
    let from = |at: usize| text.get(at..).and_then(<[u8]>::first_chunk::<BLOCK>);
    while let (Some(block), Some(next)) = (from(at), from(at + 1)) {
        if holds(block, next) {
            return first(text, at, is_sought);
        }
        at += BLOCK;
    }
    // Of the rest a block is made, with spaces behind it.
    let [first_of_rest, behind @ ..] = text.get(at..)? else { return None };
    let (mut block, mut next) = ([b' '; BLOCK], [b' '; BLOCK]);
    block[0] = *first_of_rest;
    block[1..=behind.len()].copy_from_slice(behind);
    next[..behind.len()].copy_from_slice(behind);
    next[behind.len()] = 0;
    if holds(&block, &next) { first(text, at, is_sought) } else { None }
}

/// The same, byte by byte.
#[inline]
fn first(text: &[u8], at: usize, is_sought: impl Fn(u8, u8) -> bool) -> Option<usize> {
    let next = |at: usize| text.get(at + 1).copied().unwrap_or_default();
    (at..text.len()).find(|&at| is_sought(text[at], next(at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sought_is_found_wherever_it_stands() {
        for length in 0..3 * BLOCK {
            let plain = vec![b'.'; length];
            assert_eq!(find(&plain, 0, |byte, _| byte == b'x'), None);
            for at in 0..length {
                let mut text = plain.clone();
                text[at] = b'x';
                assert_eq!(find(&text, 0, |byte, _| byte == b'x'), Some(at));
                assert_eq!(find(&text, at, |byte, _| byte == b'x'), Some(at));
                assert_eq!(find(&text, at + 1, |byte, _| byte == b'x'), None);
                assert_eq!(find(&text, 0, |_, next| next == b'x'), at.checked_sub(1));
                let is_last = at + 1 == length;
                assert_eq!(find(&text, 0, |byte, next| byte == b'x' && next == 0), is_last.then_some(at));
            }
        }
    }
}
