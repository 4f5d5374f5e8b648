//! Public tokens with what is known of them, none made by this program.
//!
//! Origin: the STS531 test vectors (CTSA01 to CTSA07) as published in `NectarAPI`'s tokens-service,
//! the published nxt-sts examples, and a commissioning token printed by another brand's seller.
//! The single-test tokens were computed by an independent script from the published layout.

/// A class-1 token with its subclass, control field, and maker code.
pub(crate) type PlainVector = (&'static str, u8, u64, u16);

/// Class-1 tokens that somebody else published.
pub(crate) const PLAIN: [PlainVector; 3] = [
    ("56493153725450313471", 0, 0xF_FFFF_FFFF, 0), // CTSA02.1, all tests
    ("02305843005052951967", 1, 0xFFF_FFFF, 0),    // CTSA02.2
    ("12754194144864505970", 11, 0x1_0000_0001, 4), // commissioning, another brand
];

/// Class-1, subclass-0 tokens that select one test: the bit of the control field.
pub(crate) const SINGLE_TESTS: [(&str, u8); 11] = [
    ("00000000000150997584", 0),
    ("00000000000167774880", 1),
    ("00000000000201328896", 2),
    ("18446744073843772416", 3),
    ("36893488147553322496", 4),
    ("00000000000671093248", 5),
    ("00000000001207974400", 6),
    ("00000000002281728512", 7),
    ("00000000004429208064", 8),
    ("00000000008724195840", 9),
    ("00000000017314105857", 10),
];

/// Class-0 tokens.
pub(crate) const CREDIT: [&str; 2] = [
    "23716100501183194197", // CTSA01.1
    "58627975513348563046", // nxt-sts
];

/// Class-2 tokens.
pub(crate) const MANAGEMENT: [&str; 9] = [
    "50901894209860263092", // CTSA03, maximum power
    "29511990995826640868", // CTSA04, clear credit
    "51638423060042734509", // CTSA05, key change, first of the pair
    "15361891762113502242", // CTSA05, second
    "37037300014464855694", // CTSA06, clear tamper
    "30220533115430798647", // CTSA07, unbalance limit
    "26950712002385255186", // nxt-sts, clear credit
    "15281476956190272101", // nxt-sts, clear tamper
    "28227747371740445170", // nxt-sts, maximum power
];

/// All of class 1.
pub(crate) fn class_one() -> impl Iterator<Item = &'static str> {
    PLAIN
        .iter()
        .map(|row| row.0)
        .chain(SINGLE_TESTS.iter().map(|row| row.0))
}

/// All.
pub(crate) fn all() -> impl Iterator<Item = &'static str> {
    class_one().chain(CREDIT).chain(MANAGEMENT)
}
