//! The pretend vending station: twenty digits that a pretend meter recognises.
//!
//! A token has the shape of an STS token (66 bits, the class in clear at bits 28 and 27), and what a
//! real one encrypts is stirred with the scene's seed and the meter's number. No key, no standard
//! cipher: these tokens open nothing anywhere.

use crate::dice::mix;

/// What a token does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Adds credit, tenths of a kWh.
    Credit(u32),
    /// Takes all credit away.
    ClearCredit,
    /// Sets the load limit, W; 0 is none.
    LoadLimit(u32),
    /// Clears the tamper latches.
    ClearTamper,
}

/// A token as it was read: what for, and which of this station's tokens it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fits {
    pub(crate) purpose: Purpose,
    pub(crate) serial: u32,
}

const CLASS_AS_TYPED: u32 = 27;
const CLASS_IN_BLOCK: u32 = 64;
const SERIAL_BITS: u32 = 21;
const VALUE_BITS: u32 = 24;
const CHECK_BITS: u32 = 16;
const ROUNDS: [u64; 4] = [1, 2, 3, 4];

/// Writes a token for one meter.
pub(crate) fn write(seed: u64, meter: u64, purpose: Purpose, serial: u32) -> String {
    let (kind, value) = match purpose {
        Purpose::Credit(tenths) => (0, tenths),
        Purpose::ClearCredit => (1, 0),
        Purpose::LoadLimit(watts) => (2, watts),
        Purpose::ClearTamper => (3, 0),
    };
    let said = (kind << VALUE_BITS | u64::from(value) & ones(VALUE_BITS)) << SERIAL_BITS
        | u64::from(serial) & ones(SERIAL_BITS);
    let block = stir(said << CHECK_BITS | check(said, meter), key(seed, meter));
    let class: u128 = if kind == 0 { 0 } else { 2 };
    let ordered = class << CLASS_IN_BLOCK | u128::from(block);
    format!("{:020}", swap_class(ordered))
}

/// Reads a token; nothing when it is not one of this station's for this meter.
pub(crate) fn read(seed: u64, meter: u64, digits: &str) -> Option<Fits> {
    let plain = digits.len() == 20 && digits.bytes().all(|b| b.is_ascii_digit());
    let typed: u128 = digits.parse().ok().filter(|_| plain)?;
    let ordered = swap_class(typed);
    let class = ordered >> CLASS_IN_BLOCK;
    let block = u64::try_from(ordered & u128::from(u64::MAX)).ok()?;
    let block = unstir(block, key(seed, meter));
    let said = block >> CHECK_BITS;
    if block & ones(CHECK_BITS) != check(said, meter) {
        return None;
    }
    let serial = u32::try_from(said & ones(SERIAL_BITS)).ok()?;
    let value = u32::try_from(said >> SERIAL_BITS & ones(VALUE_BITS)).ok()?;
    let purpose = match (class, said >> (SERIAL_BITS + VALUE_BITS)) {
        (0, 0) => Purpose::Credit(value),
        (2, 1) => Purpose::ClearCredit,
        (2, 2) => Purpose::LoadLimit(value),
        (2, 3) => Purpose::ClearTamper,
        _ => return None,
    };
    Some(Fits { purpose, serial })
}

/// `1234 5678 9012 3456 7890`, as records show it.
pub(crate) fn grouped(token: &str) -> String {
    let mut out = String::with_capacity(24);
    for (at, digit) in token.chars().enumerate() {
        if at > 0 && at % 4 == 0 {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

/// Changes the places of the class and of the bits that stand where a typed token has it.
fn swap_class(number: u128) -> u128 {
    let differ = (number >> CLASS_AS_TYPED ^ number >> CLASS_IN_BLOCK) & 0b11;
    number ^ differ << CLASS_AS_TYPED ^ differ << CLASS_IN_BLOCK
}

fn ones(bits: u32) -> u64 {
    (1 << bits) - 1
}

fn key(seed: u64, meter: u64) -> u64 {
    mix(seed, meter)
}

fn check(said: u64, meter: u64) -> u64 {
    mix(said, meter) & ones(CHECK_BITS)
}

/// A Feistel network: any stirring of one half can be taken back.
fn stir(block: u64, key: u64) -> u64 {
    ROUNDS.iter().fold(block, |block, round| {
        let (left, right) = (block >> 32, block & ones(32));
        right << 32 | (left ^ mix(right, key ^ round) & ones(32))
    })
}

fn unstir(block: u64, key: u64) -> u64 {
    ROUNDS.iter().rev().fold(block, |block, round| {
        let (right, left) = (block >> 32, block & ones(32));
        (left ^ mix(right, key ^ round) & ones(32)) << 32 | right
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_token_is_read_by_its_meter_and_by_no_other(seed: u64, meter in 0_u64..99_999_999_999, tenths in 0_u32..1 << 24, serial in 0_u32..1 << 21) {
            for purpose in [Purpose::Credit(tenths), Purpose::LoadLimit(tenths), Purpose::ClearTamper, Purpose::ClearCredit] {
                let token = write(seed, meter, purpose, serial);
                prop_assert_eq!(token.len(), 20);
                prop_assert!(token.parse::<u128>().unwrap() < 1 << 66);
                prop_assert_eq!(read(seed, meter, &token), Some(Fits { purpose, serial }));
            }
        }

        #[test]
        fn any_text_may_be_typed(text in ".{0,24}") {
            let _read = read(1, 47_001_582_544, &text);
        }
    }

    #[test]
    fn another_meter_refuses_it() {
        let token = write(1, 47_001_582_544, Purpose::ClearTamper, 5);
        assert_eq!(read(1, 47_003_104_321, &token), None);
        assert_eq!(read(2, 47_001_582_544, &token), None);
        assert_eq!(read(1, 47_001_582_544, "12345678901234567890"), None);
    }

    #[test]
    fn records_show_it_in_fours() {
        assert_eq!(grouped("12345678901234567890"), "1234 5678 9012 3456 7890");
    }
}
