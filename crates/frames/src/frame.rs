//! The outer layer: delimiters, address, control code, length, checksum. No meaning yet.

use crate::masked::mask;
use crate::value::{Value, Visit};
use crate::{Address, DecodeError, Di, EncodeError, Masked};

const START: u8 = 0x68;
const END: u8 = 0x16;
/// Bytes before the data field.
const HEAD: usize = 10;
/// Bytes of a frame without data.
const LEAST: usize = 12;

/// A frame whose outside is sound: borrowed from the bytes it came in.
///
/// What its data says is for [`Uplink`](crate::Uplink) and [`Downlink`](crate::Downlink); a data
/// identifier that nobody knows, and every byte of it, stands here all the same.
///
/// ```
/// // Published for another maker's meter: it reads 100 V in two bytes.
/// let bytes = [0x68, 3, 0, 0, 0, 0, 0, 0x68, 0x81, 4, 0x44, 0xE9, 0x33, 0x34, 0xEC, 0x16];
/// let frame = frames::Frame::parse(&bytes).unwrap();
/// assert_eq!(frame.address().to_string(), "000000000003");
/// assert_eq!((frame.control(), frame.data().to_string().as_str()), (0x81, "11b60001"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame<'a> {
    address: Address,
    control: u8,
    data: Masked<'a>,
}

impl<'a> Frame<'a> {
    /// Reads the outside of a frame, which takes the whole of `bytes`.
    ///
    /// # Errors
    ///
    /// In this order: `too_short` (nothing), `bad_start_delimiter`, `too_short` (under 12 bytes),
    /// `bad_second_delimiter`, `truncated` or `trailing_bytes`, `bad_end_delimiter`,
    /// `checksum_mismatch`. 68 and 16 also occur inside, so nothing is searched for.
    #[inline]
    pub fn parse(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        match bytes.first() {
            None => return Err(DecodeError::TooShort),
            Some(&START) => {}
            Some(_) => return Err(DecodeError::BadStartDelimiter),
        }
        if bytes.len() < LEAST {
            return Err(DecodeError::TooShort);
        }
        let Some((head, rest)) = bytes.split_first_chunk::<HEAD>() else {
            return Err(DecodeError::TooShort);
        };
        let &[_, ref address @ .., again, control, length] = head;
        if again != START {
            return Err(DecodeError::BadSecondDelimiter);
        }
        let Some((data, tail)) = rest.split_at_checked(usize::from(length)) else {
            return Err(DecodeError::Truncated);
        };
        let &[sum, end] = tail else {
            return Err(match tail.len() {
                0..2 => DecodeError::Truncated,
                _ => DecodeError::TrailingBytes,
            });
        };
        if end != END {
            return Err(DecodeError::BadEndDelimiter);
        }
        let summed = bytes
            .split_at_checked(HEAD + data.len())
            .map(|(summed, _)| checksum(summed));
        if summed != Some(sum) {
            return Err(DecodeError::ChecksumMismatch);
        }
        Ok(Self {
            address: Address::of_wire(*address),
            control,
            data: Masked::of_wire(data),
        })
    }

    /// The meter it comes from or goes to.
    pub fn address(&self) -> Address {
        self.address
    }

    /// The control code, whether or not these meters use it.
    pub fn control(&self) -> u8 {
        self.control
    }

    /// The data field with its identifier, where it has one.
    pub fn data(&self) -> Masked<'a> {
        self.data
    }

    /// Tells the outside under its names: for looking at a frame whose inside cannot be read.
    pub fn each(&self, visit: &mut Visit<'_>) {
        visit("layer", Value::Text(&"frame"));
        visit("address", Value::Text(&self.address));
        visit("control", Value::Number(self.control.into()));
        visit("data_hex", Value::Text(&self.data));
        if let Some((low_first, _)) = self.data.split() {
            visit("di", Value::Text(&Di(u16::from_le_bytes(low_first))));
        }
    }

    /// Refuses a frame of another meter.
    #[inline]
    pub(crate) fn of_meter(self, meter: Option<Address>) -> Result<Self, DecodeError> {
        match meter {
            Some(meter) if meter != self.address => Err(DecodeError::AddressMismatch),
            _ => Ok(self),
        }
    }
}

/// The sum of all bytes of a frame, modulo 256: eight at a time, for this is half of the work.
#[inline]
fn checksum(bytes: &[u8]) -> u8 {
    const ODD: u64 = 0x00FF_00FF_00FF_00FF;
    // OK because four sums of 16 bits hold the 265 bytes that a frame has at most
    let add = |sums: u64, word: u64| sums + (word & ODD) + (word >> 8 & ODD);
    let (words, rest) = bytes.as_chunks();
    let sums = words
        .iter()
        .fold(0, |sums, word| add(sums, u64::from_le_bytes(*word)));
    let last = match (rest.len(), bytes.last_chunk()) {
        (0, _) => 0,
        (left, Some(last)) => u64::from_le_bytes(*last) >> (64 - 8 * left),
        (_, None) => rest
            .iter()
            .rev()
            .fold(0, |word, byte| word << 8 | u64::from(*byte)),
    };
    let [.., sum, _] = add(sums, last)
        .wrapping_mul(0x0001_0001_0001_0001)
        .to_le_bytes();
    sum
}

/// Appends a frame whose data field, without the mask, is what `fill` appends. Where the data has
/// more than 255 bytes, `out` stays as it was.
pub(crate) fn write(
    out: &mut Vec<u8>,
    address: Address,
    control: u8,
    fill: impl FnOnce(&mut Vec<u8>),
) -> Result<(), EncodeError> {
    let start = out.len();
    out.push(START);
    out.extend(address.wire());
    out.extend([START, control, 0]);
    fill(out);
    let Ok(length) = u8::try_from(out.len() - start - HEAD) else {
        out.truncate(start);
        return Err(EncodeError::TooLong);
    };
    if let Some((head, data)) = out
        .get_mut(start..)
        .and_then(|frame| frame.split_at_mut_checked(HEAD))
    {
        head[HEAD - 1] = length;
        mask(data);
    }
    let sum = checksum(out.get(start..).unwrap_or_default());
    out.extend([sum, END]);
    Ok(())
}
