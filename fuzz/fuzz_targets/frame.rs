//! A frame is read or refused in both directions; what was read is written again byte for byte.
#![no_main]

use frames::{Address, Command, Downlink, Frame, Uplink};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    look(bytes);
    if let Some(sound) = made_sound(bytes) {
        assert!(Frame::parse(&sound).is_ok());
        look(&sound);
    }
});

fn look(bytes: &[u8]) {
    let mut again = Vec::new();
    let mut told = 0;
    let meter = Frame::parse(bytes).ok().map(|frame| frame.address());
    if let Ok(uplink) = Uplink::decode(bytes, meter) {
        uplink.each(&mut |_, _| told += 1);
        assert_eq!(uplink.encode(&mut again), Ok(()));
        assert!(told > 0 && again == bytes);
    }
    again.clear();
    if let Ok(downlink) = Downlink::decode(bytes, meter) {
        downlink.each(&mut |_, _| told += 1);
        assert_eq!(downlink.encode(&mut again), Ok(()));
        assert!(told > 0 && again == bytes);
        if let Some(command) = Command::of(&downlink) {
            again.clear();
            let meter = meter.unwrap_or(Address::of_wire([0; 6]));
            assert_eq!(command.encode(meter, &mut again), Ok(()));
            assert_eq!(again, bytes);
        }
    }
}

/// The same bytes with delimiters, length and checksum put right: chance seldom finds those.
fn made_sound(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut sound = bytes.to_vec();
    let length = u8::try_from(bytes.len().checked_sub(12)?).ok()?;
    let (end, sum) = (bytes.len() - 1, bytes.len() - 2);
    (sound[0], sound[7], sound[9], sound[end]) = (0x68, 0x68, length, 0x16);
    sound[sum] = sound[..sum]
        .iter()
        .fold(0, |sum: u8, byte| sum.wrapping_add(*byte));
    Some(sound)
}
