//! Readers and writers that fail on the way.

use crate::paced;
use sheets::{SheetError, triage};
use std::error::Error;
use std::io::{self, ErrorKind, Read, Write};

const ROWS: usize = 1000;

fn table() -> Vec<u8> {
    let mut table = b"meter,status\n".to_vec();
    table.extend(b"47001582544,1008\n".repeat(ROWS));
    table
}

/// Gives its bytes, then fails.
struct FailsAfter<'a>(&'a [u8]);

impl Read for FailsAfter<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0.read(buffer)? {
            0 => Err(io::Error::other("the cable was pulled")),
            read => Ok(read),
        }
    }
}

/// Takes so many bytes, then fails.
struct Takes(usize, ErrorKind);

impl Write for Takes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let left = self.0.checked_sub(bytes.len()).ok_or(self.1)?;
        self.0 = left;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_reader_that_fails_says_how_many_rows_were_written() {
    let table = table();
    for hands in [1, 2, 5] {
        let mut out = Vec::new();
        let error = triage(FailsAfter(&table), &mut out, &paced(64, hands), &|_| ()).unwrap_err();
        assert!(
            matches!(error, SheetError::Read { rows: 1000, .. }),
            "{error:?}"
        );
        assert_eq!(
            error.to_string(),
            "reading stopped after 1000 rows were written: look at the input and run it again"
        );
        assert_eq!(error.source().unwrap().to_string(), "the cable was pulled");
        assert_eq!(String::from_utf8(out).unwrap().lines().count(), ROWS + 1);
    }
}

#[test]
fn a_reader_that_fails_before_the_header_has_written_nothing() {
    let mut out = Vec::new();
    let error = triage(FailsAfter(b"meter,sta"), &mut out, &paced(4, 1), &|_| ()).unwrap_err();
    assert!(matches!(error, SheetError::Read { rows: 0, .. }));
    assert!(out.is_empty());
}

#[test]
fn a_full_disk_stops_the_work_and_says_so() {
    let table = table();
    for hands in [1, 2, 5] {
        let full = Takes(10_000, ErrorKind::StorageFull);
        let error = triage(&*table, full, &paced(64, hands), &|_| ()).unwrap_err();
        match &error {
            SheetError::Write { rows, source } => {
                assert!((1..ROWS as u64).contains(rows), "{rows}");
                assert_eq!(source.kind(), ErrorKind::StorageFull);
            }
            other => panic!("{other:?}"),
        }
        assert!(error.to_string().starts_with("writing stopped after "));
    }
}

#[test]
fn a_closed_pipe_is_told_from_a_full_disk() {
    let head = Takes(0, ErrorKind::BrokenPipe);
    let error = triage(&*table(), head, &paced(64, 2), &|_| ()).unwrap_err();
    assert!(matches!(error, SheetError::OutputClosed { rows: 0 }));
    let head = Takes(1000, ErrorKind::BrokenPipe);
    let error = triage(&*table(), head, &paced(64, 2), &|_| ()).unwrap_err();
    assert!(matches!(error, SheetError::OutputClosed { rows: 1.. }));
}

#[test]
fn saved_answers_fail_in_the_same_words() {
    let answer = br#"[{"meter":"47001582544","status":"1008"},{"meter":"#;
    let mut out = Vec::new();
    let error = triage(FailsAfter(answer), &mut out, &paced(16, 1), &|_| ()).unwrap_err();
    assert!(matches!(error, SheetError::Read { .. }));
    let closed = Takes(0, ErrorKind::BrokenPipe);
    let error = triage(&answer[..], closed, &paced(16, 1), &|_| ()).unwrap_err();
    assert!(matches!(error, SheetError::OutputClosed { rows: 0 }));
}

#[test]
fn progress_says_how_many_bytes_were_read() {
    let table = table();
    let last = std::sync::atomic::AtomicU64::new(0);
    let progress = |read| last.store(read, std::sync::atomic::Ordering::Relaxed);
    triage(&*table, io::sink(), &paced(64, 2), &progress).unwrap();
    assert_eq!(last.into_inner(), table.len() as u64);
}
