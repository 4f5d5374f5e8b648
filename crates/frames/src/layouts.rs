//! The payloads of answers, field by field, in the order of the wire. Reading, writing, showing
//! and documentation all come from this one table.
//!
//! Sources: the public implementation that speaks with these meters, and DL/T 645-1997. All
//! multi-byte fields are sent lowest byte first.

use crate::bits;
use crate::forms::{Bcd, Byte, Clock, Digits, F32, Form, I32, Pair, U16, U32, Unsigned, Year};
use crate::layout::{Field, also, layouts};
use crate::raw::{FloatBits, Freeze};
use crate::told::Told;
use crate::value::{Also, Visit};
use crate::{Address, Date, DecodeError, EncodeError, Item, Masked, Reading, TimeOfDay, Uplink};

layouts! {
    /// Remaining credit, its level, and the relay.
    Credit {
        /// Remaining credit, 0.01 kWh. Range 0 to 79 999 999.
        credit_raw_centikwh: u32 = Unsigned<4>, Also::Scaled("credit_kwh", 100);
        /// The stage of the credit; what its values mean is not published.
        credit_level: u8 = Byte;
        /// 0 where the relay is closed; anything else is open.
        relay_byte: u8 = Byte, Also::IsZero("relay_closed");
    }
    /// Voltage of one phase.
    Volts {
        /// Not used by the public implementation; perhaps two decimals more.
        low_byte: u8 = Byte;
        /// Voltage, 0.01 V. Range 0 to 999 999.
        voltage_raw_centivolt: u32 = Bcd<3>, Also::Scaled("voltage_v", 100);
    }
    /// Current of one phase.
    Amperes {
        /// Current, 0.01 A. Range 0 to 9999; there is no sign.
        current_raw_centiamp: u32 = Bcd<2>, Also::Scaled("current_a", 100);
    }
    /// Active power.
    ActivePower {
        /// Active power, 0.1 W. Range 0 to 79 999 999.
        power_raw_deciwatt: u32 = Unsigned<4>, Also::Scaled("power_w", 10);
    }
    /// Active energy since the meter was made.
    Energy {
        /// Energy, 0.01 kWh. Range 0 to 99 999 999.
        energy_raw_centikwh: u32 = Bcd<4>, Also::Scaled("energy_kwh", 100);
    }
    /// A day of the meter's calendar.
    Day, refused as InvalidDate unless |day| day.date().is_some(), {
        /// Weekday, 0 for Sunday; not checked, other makers say 7 for Sunday.
        weekday: u8 = Pair;
        /// Day of the month, 1 to 31.
        day: u8 = Pair;
        /// Month, 1 to 12.
        month: u8 = Pair;
        /// Year, 2000 to 2099.
        year: u16 = Year;
    }
    /// The meter's time of day, without a zone.
    Time, refused as InvalidTime unless |time| time.of_day().is_some(), {
        /// Second, 0 to 59.
        second: u8 = Pair;
        /// Minute, 0 to 59.
        minute: u8 = Pair;
        /// Hour, 0 to 23.
        hour: u8 = Pair;
    }
    /// The meter's own number.
    Number {
        /// Twelve digits.
        meter_number: Address = Digits;
    }
    /// Running status, two bytes in the order of the wire.
    Status {
        /// The first byte.
        status0: u8 = Byte, Also::Bits(&bits::STATUS_0);
        /// The second byte.
        status1: u8 = Byte, Also::Bits(&bits::STATUS_1);
    }
    /// The report that a meter sends by itself, about once an hour.
    Report {
        /// Not published; kept as it came.
        leading_byte: u8 = Byte;
        /// When it was frozen, by the meter's clock without a zone.
        freeze_time_raw: Freeze = Clock, Also::Read("freeze_time");
        /// Energy of source 1 since the meter was made, 0.01 kWh.
        consumption_1_raw_centikwh: u32 = U32, Also::Scaled("consumption_1_kwh", 100);
        /// Remaining credit of source 1, kWh; may be negative.
        remaining_1_f32_bits: FloatBits = F32, Also::Read("remaining_1_kwh");
        /// Energy of source 2, 0.01 kWh.
        consumption_2_raw_centikwh: u32 = U32, Also::Scaled("consumption_2_kwh", 100);
        /// Remaining credit of source 2, kWh.
        remaining_2_f32_bits: FloatBits = F32, Also::Read("remaining_2_kwh");
        /// Demand of the interval; its unit is not published.
        interval_demand_raw: i32 = I32;
        /// Voltage, 0.1 V.
        voltage_raw_decivolt: u16 = U16, Also::Scaled("voltage_v", 10);
        /// Current, 0.001 A; negative where it flows backwards.
        current_raw_milliamp: i32 = I32, Also::Scaled("current_a", 1000);
        /// Status bits; set means true.
        status_byte: u8 = Byte, Also::BitsUnder("status", &bits::REPORT);
    }
    /// Nothing is published of this answer: its bytes are kept.
    Unstated {}
}

impl Day {
    /// The payload of a date, with its weekday.
    pub fn of(date: Date) -> Self {
        let (year, month, day) = (date.year(), date.month(), date.day());
        Self {
            weekday: date.weekday(),
            day,
            month,
            year,
        }
    }

    /// The date; always there in a payload that was read.
    pub fn date(&self) -> Option<Date> {
        Date::new(self.year, self.month, self.day).ok()
    }
}

impl Time {
    /// The payload of a time of day.
    pub fn of(time: TimeOfDay) -> Self {
        Self {
            second: time.second(),
            minute: time.minute(),
            hour: time.hour(),
        }
    }

    /// The time of day; always there in a payload that was read.
    pub fn of_day(&self) -> Option<TimeOfDay> {
        TimeOfDay::new(self.hour, self.minute, self.second).ok()
    }
}

impl Payload {
    /// Appends the bytes without the mask.
    ///
    /// # Errors
    ///
    /// `invalid_value` where a value does not fit into its field; `out` then stays as it was.
    pub(crate) fn write(&self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        let start = out.len();
        self.append(out);
        // what would be read as something else was too large, or no day, or no time
        let mut sent = out.get(start..).unwrap_or_default().to_vec();
        crate::masked::mask(&mut sent);
        if self.is_read_from(Masked::of_wire(&sent)) {
            return Ok(());
        }
        out.truncate(start);
        Err(EncodeError::InvalidValue)
    }
}
