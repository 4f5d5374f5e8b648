//! A workbook is read or refused; damage never ends in a panic.
#![no_main]

use sheets::Options;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut workbook = b"PK\x03\x04".to_vec();
    workbook.extend_from_slice(bytes.strip_prefix(b"PK\x03\x04").unwrap_or(bytes));
    let _ended = sheets::triage(workbook.as_slice(), &mut Vec::new(), &Options::default(), &|_| ());
});
