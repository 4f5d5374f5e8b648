//! A saved answer: where its bytes are cut changes nothing, and every row is read.
#![no_main]

use answers::{Piece, RowScanner, Settings, read_row};

fn pieces(bytes: &[u8], step: usize) -> Vec<Vec<u8>> {
    let mut out = Vec::new();
    let mut sink = |piece: Piece<'_>| match piece {
        Piece::Row(bytes) => {
            read_row(bytes, &Settings::default());
            out.push(bytes.to_vec());
        }
        Piece::TooLong(bytes) | Piece::Broken(bytes) => out.push(bytes.to_vec()),
    };
    let mut scanner = RowScanner::new();
    bytes.chunks(step).for_each(|chunk| scanner.push(chunk, &mut sink));
    scanner.finish(&mut sink);
    out
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    assert_eq!(pieces(bytes, 3), pieces(bytes, bytes.len().max(1)));
});
