//! Things that come in an order, cut so that no key is twice in one part.

use std::collections::BTreeMap;

/// The first of each key, then the second of each, and so on; within a round by key, so that two
/// transactions never take the same rows in different orders.
pub(crate) fn rounds<'a, T: 'a, K: Ord>(
    things: impl Iterator<Item = &'a T>,
    key: impl Fn(&'a T) -> K,
) -> Vec<Vec<&'a T>> {
    let mut by_key: BTreeMap<K, Vec<&'a T>> = BTreeMap::new();
    for thing in things {
        by_key.entry(key(thing)).or_default().push(thing);
    }
    let most = by_key.values().map(Vec::len).max().unwrap_or(0);
    let round = |place: usize| {
        by_key
            .values()
            .filter_map(|things| things.get(place).copied())
            .collect()
    };
    (0..most).map(round).collect()
}

#[cfg(test)]
mod tests {
    use super::rounds;

    #[test]
    fn no_key_is_twice_in_a_round_and_each_keeps_its_order() {
        let things = [("b", 1), ("a", 1), ("b", 2), ("b", 3)];
        let cut = rounds(things.iter(), |(key, _)| *key);
        let cut: Vec<Vec<(&str, i32)>> = cut
            .into_iter()
            .map(|round| round.into_iter().copied().collect())
            .collect();
        assert_eq!(
            cut,
            [vec![("a", 1), ("b", 1)], vec![("b", 2)], vec![("b", 3)]]
        );
    }
}
