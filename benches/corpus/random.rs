//! Numbers that look random and are the same on every machine.

/// A stream of numbers (SplitMix64) that depends on what it was made of and on nothing else.
#[derive(Clone, Debug)]
pub struct Random {
    state: u64,
}

impl Random {
    /// The stream of the `index`-th thing made from `seed`.
    pub fn of(seed: u64, index: usize) -> Self {
        let mut seeded = Self { state: seed };
        Self { state: seeded.next() ^ (index as u64).wrapping_mul(0xd1b5_4a32_d192_ed03) }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `count`, which is left out.
    pub fn below(&mut self, count: usize) -> usize {
        (self.next() >> 11) as usize % count
    }

    /// A number from `least` to `most`, both among them.
    pub fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }

    /// A number from 0 to 1, which is left out.
    pub fn fraction(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True so many times in a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of `choices`, by weights that add up to 100.
    pub fn weighted(&mut self, choices: &[(usize, usize)]) -> usize {
        let mut left = self.below(100);
        for &(weight, choice) in choices {
            match left.checked_sub(weight) {
                Some(rest) => left = rest,
                None => return choice,
            }
        }
        unreachable!("the weights add up to 100")
    }

    /// One of `things`.
    pub fn pick<'a, T>(&mut self, things: &'a [T]) -> &'a T {
        &things[self.below(things.len())]
    }

    /// The ranks of `wanted` different things out of `count`, in any order.
    pub fn ranks(&mut self, count: usize, wanted: usize) -> Vec<usize> {
        let mut ranks: Vec<usize> = (0..count).collect();
        for place in 0..wanted.min(count) {
            let other = self.between(place, count - 1);
            ranks.swap(place, other);
        }
        ranks.truncate(wanted);
        ranks
    }
}
