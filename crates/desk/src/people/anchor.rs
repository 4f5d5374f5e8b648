//! Binding all chains every hour, and keeping what binds them outside.

use super::{Denied, People};
use fleet::{HOUR, Moment};
use ledger::{Anchor, Head, SigningKey, bind};
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::PathBuf;
use std::sync::Arc;

/// How often the chains are bound, in milliseconds.
pub const EVERY: i64 = HOUR;
/// Anchors read at a time.
const PAGE: usize = 1_000;

/// Where anchors are kept out of reach of whoever can write to the store.
pub trait Outside: Send + Sync {
    /// The place of the newest anchor there; 0 where there is none.
    fn newest(&self) -> io::Result<i64>;
    /// Keeps these lines behind those that are there, durably.
    fn keep(&self, lines: &[String]) -> io::Result<()>;
}

/// What a round of anchoring did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Anchored {
    /// The anchor that was made, if it was time for one.
    pub made: Option<i64>,
    /// How many were put outside: those that were missing there too.
    pub outside: usize,
}

impl People {
    /// Makes an anchor if the last one is an hour old, and puts outside what is missing there. To
    /// be called every few minutes: a round that failed is made up for by the next.
    pub async fn anchor(
        &self,
        key: &SigningKey,
        outside: Option<Arc<dyn Outside>>,
        now: Moment,
    ) -> Result<Anchored, Denied> {
        let last = self.last_anchor().await?;
        let is_time = |last: &Anchor| now.since(last.at) >= EVERY;
        let mut done = Anchored::default();
        if last.as_ref().is_none_or(is_time) {
            let grown = self.grown().await?;
            let new = bind(last.as_ref(), now, grown, key);
            // another node may have been quicker: then its anchor holds
            let kept = self.store.put_anchor(new.n, now, &new.to_string()).await?;
            done.made = kept.then_some(new.n);
        }
        if let Some(outside) = outside {
            done.outside = self.put_outside(outside).await?;
        }
        Ok(done)
    }

    async fn last_anchor(&self) -> Result<Option<Anchor>, Denied> {
        let line = self.store.last_anchor().await?;
        // a line that is none was written by somebody else: `audit verify` says so, and the next
        // anchor begins anew behind nothing, where it finds its place taken
        Ok(line.and_then(|line| line.parse().ok()))
    }

    /// The chains that grew since they were last bound.
    async fn grown(&self) -> Result<Vec<Head>, Denied> {
        let mut bound: BTreeMap<String, i64> = BTreeMap::new();
        let mut after = 0;
        loop {
            let page = self.store.anchors(after, PAGE).await?;
            let anchors: Vec<Anchor> = page.iter().filter_map(|line| line.parse().ok()).collect();
            let Some(last) = anchors.last() else { break };
            after = last.n;
            for head in anchors.into_iter().flat_map(|anchor| anchor.heads) {
                bound.insert(head.site, head.n);
            }
        }
        let heads = self.store.chain_heads().await?;
        let is_new = |head: &Head| bound.get(&head.site) != Some(&head.n);
        Ok(heads.into_iter().filter(is_new).collect())
    }

    async fn put_outside(&self, outside: Arc<dyn Outside>) -> Result<usize, Denied> {
        let there = outside.clone();
        let mut after = blocking(move || there.newest()).await?;
        let mut put = 0;
        loop {
            let lines = self.store.anchors(after, PAGE).await?;
            let last = lines
                .iter()
                .rev()
                .find_map(|line| line.parse::<Anchor>().ok());
            let Some(last) = last else { return Ok(put) };
            (after, put) = (last.n, put + lines.len());
            let there = outside.clone();
            blocking(move || there.keep(&lines)).await?;
        }
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, Denied> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|_| Denied::Broken)?.map_err(Denied::Outside)
}

/// A file that is only appended to. Keep it where the store's users cannot write: another disk,
/// another machine, a file with the append-only attribute.
#[derive(Clone, Debug)]
pub struct AnchorFile(pub PathBuf);

/// The end of a file that surely holds its last line: an anchor names the chains that grew in an
/// hour, and more of them are read in one piece.
const TAIL: u64 = 1 << 16;

impl Outside for AnchorFile {
    fn newest(&self) -> io::Result<i64> {
        let mut file = match File::open(&self.0) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
            Err(error) => return Err(error),
        };
        let length = file.metadata()?.len();
        let near = length.saturating_sub(TAIL);
        // the end first; all of it only where no whole anchor stands there
        for from in [near, 0] {
            file.seek(SeekFrom::Start(from))?;
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            let text = String::from_utf8_lossy(&bytes);
            let newest = text
                .lines()
                .rev()
                .find_map(|line| line.parse::<Anchor>().ok());
            if let Some(anchor) = newest {
                return Ok(anchor.n);
            }
        }
        Ok(0)
    }

    fn keep(&self, lines: &[String]) -> io::Result<()> {
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .read(true)
            .open(&self.0)?;
        let mut text = String::new();
        if !ends_a_line(&mut file)? {
            // a power cut left half a line
            text.push('\n');
        }
        for line in lines {
            text += line;
            text.push('\n');
        }
        file.write_all(text.as_bytes())?;
        file.sync_all()
    }
}

fn ends_a_line(file: &mut File) -> io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(true);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}
