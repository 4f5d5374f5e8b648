//! Checking that the audit is what was written.

use super::{Denied, People};
use fleet::Moment;
use ledger::{Anchor, Check, Finding, PublicKey};

/// Lines read at a time.
const PAGE: usize = 2_000;

/// What a check of the audit found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// How many chains there are.
    pub chains: usize,
    /// How many lines were checked.
    pub lines: u64,
    /// How many anchors the store has.
    pub anchors: usize,
    /// When the newest anchor outside was made: what came before it cannot have been written anew.
    pub outside_until: Option<Moment>,
    /// Anchors of the store that cannot be read.
    pub unreadable: usize,
    /// What is not as it was written.
    pub findings: Vec<Finding>,
}

impl Proof {
    /// Whether everything is as it was written.
    pub fn holds(&self) -> bool {
        self.findings.is_empty() && self.unreadable == 0
    }
}

impl People {
    /// Checks every line of the audit against its chain, the anchors, and the anchors outside. With
    /// no trusted key any key that fits will do.
    pub async fn verify(&self, outside: &[Anchor], trusted: &[PublicKey]) -> Result<Proof, Denied> {
        // the anchors first: what is written meanwhile only makes the chains longer
        let (anchors, unreadable) = self.anchors().await?;
        let heads = self.store.chain_heads().await?;
        let mut check = Check::new(&anchors, outside, trusted);
        for head in &heads {
            let mut after = 0;
            loop {
                let lines = self.store.chain_rows(&head.site, after, PAGE).await?;
                let Some(last) = lines.last() else { break };
                after = last.n;
                for line in &lines {
                    check.row(&line.row());
                }
            }
        }
        Ok(Proof {
            chains: heads.len(),
            lines: check.rows(),
            anchors: anchors.len(),
            outside_until: outside.iter().map(|anchor| anchor.at).max(),
            unreadable,
            findings: check.finish(),
        })
    }

    /// The anchors of the store, and how many of its lines are none.
    async fn anchors(&self) -> Result<(Vec<Anchor>, usize), Denied> {
        let (mut anchors, mut unreadable, mut after) = (Vec::new(), 0, 0);
        loop {
            let page = self.store.anchors(after, PAGE).await?;
            if page.is_empty() {
                return Ok((anchors, unreadable));
            }
            for line in &page {
                match line.parse::<Anchor>() {
                    Ok(anchor) => anchors.push(anchor),
                    Err(_) => unreadable += 1,
                }
            }
            // the places are those of the table, not of the lines
            after += i64::try_from(page.len()).unwrap_or(i64::MAX);
        }
    }
}
