//! A frame is read or refused in both directions; what was read is written again byte for byte.
#![no_main]

use frames::{Address, Command, Downlink, Frame, Uplink};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
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
});
