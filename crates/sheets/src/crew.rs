//! Several hands at once: one reads and cuts, some judge, one writes, in order.
//!
//! Chunks go round the hands in turn and their pages are fetched in the same turn, so that order
//! needs no sorting. Every channel is short: memory stays constant whatever the input.

use crate::clerk::Clerk;
use crate::cutter::{Chunk, Cutter};
use crate::error::SheetError;
use crate::header::Plan;
use crate::page::{Columns, Output, Page};
use crate::record::Cells;
use crate::summary::Summary;
use std::io::{self, Write};
use std::num::NonZero;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::{self, ScopedJoinHandle};

/// More hands than this only wait for one another.
const MOST_HANDS: usize = 8;
/// Chunks or pages that may wait for one hand.
const WAITING: usize = 2;

/// The ends of one hand's channels that others hold.
struct Desk {
    chunks: SyncSender<Chunk>,
    pages: Receiver<Page>,
    empty: Sender<Page>,
}

/// Triages everything that the cutter gives and adds what was counted.
pub(crate) fn run<W: Write>(
    cutter: Cutter,
    plan: &Plan,
    columns: &Columns,
    output: &mut Output<W>,
    summary: &mut Summary,
) -> Result<(), SheetError> {
    let hands = match plan.options.pace.hands {
        0 => thread::available_parallelism().map_or(1, NonZero::get),
        hands => hands,
    };
    thread::scope(|scope| {
        let (used, spare) = channel();
        let mut chunks = Vec::new();
        let mut pages = Vec::new();
        let mut clerks = Vec::new();
        for _ in 0..hands.min(MOST_HANDS) {
            let (desk, inside) = desk(used.clone());
            chunks.push(desk.chunks);
            pages.push((desk.pages, desk.empty));
            clerks.push(scope.spawn(move || inside.work(Clerk::new(plan, columns))));
        }
        drop(used);
        let reader = scope.spawn(move || read(cutter, &chunks, &spare));
        let written = write(output, &pages);
        // whoever still waits to hand something over learns that nobody takes it
        drop(pages);
        for clerk in clerks {
            summary.add(&join(clerk));
        }
        let rows = output.rows();
        written?;
        join(reader).map_err(|source| SheetError::Read { rows, source })
    })
}

fn join<T>(handle: ScopedJoinHandle<T>) -> T {
    handle
        .join()
        .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// Gives the chunks to the hands in turn, until the end or until nobody wants more.
fn read(
    mut cutter: Cutter,
    hands: &[SyncSender<Chunk>],
    spare: &Receiver<Vec<u8>>,
) -> io::Result<()> {
    for hand in hands.iter().cycle() {
        let buffer = spare.try_recv().unwrap_or_default();
        let Some(chunk) = cutter.next(buffer)? else {
            break;
        };
        if hand.send(chunk).is_err() {
            break;
        }
    }
    Ok(())
}

/// Fetches the pages from the hands in the same turn.
fn write<W: Write>(
    output: &mut Output<W>,
    hands: &[(Receiver<Page>, Sender<Page>)],
) -> Result<(), SheetError> {
    for (pages, empty) in hands.iter().cycle() {
        loop {
            let Ok(mut page) = pages.recv() else {
                return Ok(());
            };
            output.put(&page)?;
            let last = page.last;
            page.bytes.clear();
            page.rows = 0;
            page.last = false;
            // a hand that has ended needs no paper
            let _ended = empty.send(page).is_err();
            if last {
                break;
            }
        }
    }
    Ok(())
}

/// The ends that the hand itself holds.
struct Inside {
    chunks: Receiver<Chunk>,
    pages: SyncSender<Page>,
    empty: Receiver<Page>,
    used: Sender<Vec<u8>>,
}

fn desk(used: Sender<Vec<u8>>) -> (Desk, Inside) {
    let (chunks, chunks_in) = sync_channel(WAITING);
    let (pages_out, pages) = sync_channel(WAITING);
    let (empty, empty_in) = channel();
    let inside = Inside {
        chunks: chunks_in,
        pages: pages_out,
        empty: empty_in,
        used,
    };
    let desk = Desk {
        chunks,
        pages,
        empty,
    };
    (desk, inside)
}

impl Inside {
    fn work(self, mut clerk: Clerk) -> Summary {
        let mut cells = Cells::default();
        let mut out = |page| {
            self.pages.send(page).ok()?;
            Some(self.empty.try_recv().unwrap_or_default())
        };
        for chunk in self.chunks {
            if clerk.chunk(&chunk, &mut cells, &mut out).is_none() {
                break;
            }
            // the reader may have ended already
            let _ended = self.used.send(chunk.into_buffer()).is_err();
        }
        clerk.counted
    }
}
