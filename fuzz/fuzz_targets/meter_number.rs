//! A meter number is kept as it is or refused with a sentence.
#![no_main]

use fleet::MeterNumber;

libfuzzer_sys::fuzz_target!(|text: &str| {
    match MeterNumber::parse(text) {
        Ok(meter) => {
            assert!(text.contains(meter.as_str()));
            meter.check();
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
