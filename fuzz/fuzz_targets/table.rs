//! A table: whatever the bytes, the size of the blocks and the number of hands change nothing.
#![no_main]

use sheets::{Options, Pace};

fn run(bytes: &[u8], block: usize, hands: usize) -> Option<(Vec<u8>, u64)> {
    let mut out = Vec::new();
    let options = Options { pace: Pace { block, hands }, ..Options::default() };
    let summary = sheets::triage(bytes, &mut out, &options, &|_| ()).ok()?;
    Some((out, summary.rows))
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    // a workbook has its own target
    if bytes.starts_with(b"PK") {
        return;
    }
    let whole = run(bytes, 1 << 16, 1);
    assert_eq!(whole, run(bytes, 5, 1));
    if let Some((out, _)) = whole {
        assert!(std::str::from_utf8(&out).is_ok());
    }
});
