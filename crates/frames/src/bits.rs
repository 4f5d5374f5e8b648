//! Bytes whose bits have names.

/// One bit of a byte and its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bit {
    /// The name for machines.
    pub name: &'static str,
    /// The byte with this bit alone.
    pub mask: u8,
}

impl Bit {
    const fn new(place: u8, name: &'static str) -> Self {
        Self {
            name,
            mask: 1 << place,
        }
    }

    /// Whether it is set in this byte.
    pub fn is_set(self, byte: u8) -> bool {
        byte & self.mask != 0
    }
}

/// Why a meter refuses (`ERR`), DL/T 645-1997. Bits 0 to 2 are the ones that matter; the meanings
/// of the others come from a public library for other makers' meters.
pub static REFUSAL: [Bit; 8] = [
    Bit::new(0, "illegal_data"),
    Bit::new(1, "data_identifier"),
    Bit::new(2, "password"),
    Bit::new(3, "reserved3"),
    Bit::new(4, "year_zone_count"),
    Bit::new(5, "day_period_count"),
    Bit::new(6, "rate_count"),
    Bit::new(7, "reserved7"),
];

/// The status byte of the hourly report; set means true.
pub static REPORT: [Bit; 8] = [
    Bit::new(0, "relay_open"),
    Bit::new(1, "battery_low"),
    Bit::new(2, "magnetic_interference"),
    Bit::new(3, "terminal_cover_open"),
    Bit::new(4, "cover_open"),
    Bit::new(5, "source2_activated"),
    Bit::new(6, "current_reverse"),
    Bit::new(7, "current_unbalance"),
];

/// The first byte of the running status; the other bits are reserved.
pub static STATUS_0: [Bit; 3] = [
    Bit::new(3, "relay_open"),
    Bit::new(5, "gen_set"),
    Bit::new(6, "currency_type"),
];

/// The second byte of the running status; the other bits are reserved.
pub static STATUS_1: [Bit; 4] = [
    Bit::new(0, "prepaid_type"),
    Bit::new(1, "credit_low"),
    Bit::new(2, "friendly_mode"),
    Bit::new(3, "credit_use_out"),
];
