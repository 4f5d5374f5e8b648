//! A status cell is read or refused in every family; digits are never changed into others.
#![no_main]

use answers::{StatusFamily, read_status};

libfuzzer_sys::fuzz_target!(|cell: &str| {
    for (_, family) in StatusFamily::WORDS {
        let read = read_status(cell, *family);
        if let (Ok(triage), Ok(number)) = (&read, cell.trim().parse::<u16>())
            && *family == StatusFamily::Ami
        {
            assert!(format!("{triage:?}").contains(&number.to_string()));
        }
    }
});
