//! Task numbers dressed as UUIDs, and undressed again without a table.

use crate::dice::mix;

/// What keeps these apart from other uses of the seed.
const TASK: u64 = 0x7A5C;
/// A task's number has at most this many bits.
const NUMBER: u64 = (1 << 48) - 1;

/// A task's number as a UUID (version 4 by its looks).
pub(super) fn dress(seed: u64, id: u64) -> String {
    let front = front(seed, id);
    let back = (id ^ mix(front, TASK)) & NUMBER;
    let text = format!("{front:016x}{back:012x}");
    let (a, rest) = text.split_at(8);
    let (b, rest) = rest.split_at(4);
    let (c, rest) = rest.split_at(4);
    // the third and fourth groups share sixteen bits: version and variant are fixed
    let variant = &c[3..];
    format!("{a}-{b}-4{}-a{variant}{}-{rest}", &c[..3], &b[..2])
}

/// The task's number; nothing when the text is none of ours.
pub(super) fn undress(seed: u64, text: &str) -> Option<u64> {
    let groups: Vec<&str> = text.trim().split('-').collect();
    let &[a, b, c, d, back] = groups.as_slice() else {
        return None;
    };
    let front = format!("{a}{b}{}{}", c.get(1..4)?, d.get(1..2)?);
    let front = u64::from_str_radix(&front, 16).ok()?;
    let id = (u64::from_str_radix(back, 16).ok()? ^ mix(front, TASK)) & NUMBER;
    (dress(seed, id) == text.trim().to_lowercase()).then_some(id)
}

fn front(seed: u64, id: u64) -> u64 {
    mix(seed ^ TASK, id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_number_comes_out_of_its_dress(seed: u64, id in 1..=NUMBER) {
            let text = dress(seed, id);
            prop_assert_eq!(text.len(), 36);
            prop_assert_eq!(undress(seed, &text), Some(id));
        }

        #[test]
        fn other_texts_are_no_tasks(text in ".{0,40}") {
            prop_assert_eq!(undress(7, &text), None);
        }
    }

    #[test]
    fn a_uuid_of_elsewhere_is_no_task() {
        assert_eq!(undress(7, "abbb70e6-d781-43b9-9198-7eab07d48296"), None);
    }
}
