//! Whatever is pasted gives at least one item, and its language changes nothing but words.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let items = answers::read(text);
    assert!(!items.is_empty());
    for item in &items {
        match &item.readings {
            Ok(readings) => assert!(!readings.is_empty()),
            Err(why) => assert!(!why.to_string().is_empty()),
        }
    }
});
