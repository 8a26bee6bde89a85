//! A glance at a text: what is sought in it seldom stands there, and many bytes are looked at in one go.

/// Where, from `at` on, the first byte stands that `is_sought`, by what it is and by the one after it; nought stands behind the
/// last. It should tell without branches, so that a block goes at once.
#[inline]
pub(crate) fn find(text: &[u8], mut at: usize, is_sought: impl Fn(u8, u8) -> bool) -> Option<usize> {
    let last = text.len().checked_sub(1).filter(|last| at <= *last)?;
    while at + 32 <= last {
        if holds::<32>(text, at, &is_sought) {
            return first(text, at, is_sought);
        }
        at += 32;
    }
    // What is left before the last byte is looked at from both of its ends, in blocks that may overlap.
    let may_hold = match last - at {
        left @ 16.. => holds::<16>(text, at, &is_sought) || holds::<16>(text, at + left - 16, &is_sought),
        left @ 8.. => holds::<8>(text, at, &is_sought) || holds::<8>(text, at + left - 8, &is_sought),
        _ => true,
    };
    if may_hold { first(text, at, is_sought) } else { is_sought(text[last], 0).then_some(last) }
}

/// Whether one stands in the `N` bytes from `at` on, each of which has another after it.
#[inline]
fn holds<const N: usize>(text: &[u8], at: usize, is_sought: &impl Fn(u8, u8) -> bool) -> bool {
    let from = |at: usize| text.get(at..).and_then(<[u8]>::first_chunk::<N>);
    let (Some(block), Some(next)) = (from(at), from(at + 1)) else { return true };
    (0..N).fold(0, |found, at| found | u8::from(is_sought(block[at], next[at]))) != 0
}

/// The same as [`find()`], byte by byte.
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
        for length in 0..100 {
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
