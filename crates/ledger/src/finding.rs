//! What a check can find.

/// Something that is not as it was written. The sentence says what it means.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Finding {
    /// A row, or its hash, is not what was written, or does not follow the row before it.
    #[error("chain \"{site}\", row {n}: the row is not the one that was written there")]
    RowChanged {
        /// The chain.
        site: String,
        /// The row.
        n: i64,
    },
    /// Rows are missing before this one.
    #[error("chain \"{site}\": rows {first} to {last} were taken out")]
    RowsMissing {
        /// The chain.
        site: String,
        /// The first that is missing.
        first: i64,
        /// The last that is missing.
        last: i64,
    },
    /// A row stands at a place that another one has, or before the first.
    #[error("chain \"{site}\", row {n}: a row was put in")]
    RowInserted {
        /// The chain.
        site: String,
        /// The place it claims.
        n: i64,
    },
    /// The chain ends before the place where an anchor saw it.
    #[error(
        "chain \"{site}\" ends at row {ends}, and anchor {anchor} saw row {saw}: its end was cut off"
    )]
    TailCut {
        /// The chain.
        site: String,
        /// The rows it has.
        ends: i64,
        /// The rows it had.
        saw: i64,
        /// The anchor that saw them.
        anchor: i64,
    },
    /// A chain that an anchor saw is gone.
    #[error("chain \"{site}\" is gone: anchor {anchor} saw {saw} rows of it")]
    ChainMissing {
        /// The chain.
        site: String,
        /// The rows it had.
        saw: i64,
        /// The anchor that saw them.
        anchor: i64,
    },
    /// The chain holds together, but is not the one that an anchor saw.
    #[error("chain \"{site}\" was written anew: row {n} is not the one that anchor {anchor} saw")]
    Rewritten {
        /// The chain.
        site: String,
        /// The row.
        n: i64,
        /// The anchor that saw it.
        anchor: i64,
    },
    /// An anchor is not bound to the one before it.
    #[error("anchor {n} does not follow the anchor before it: anchors were changed")]
    AnchorLoose {
        /// The anchor.
        n: i64,
    },
    /// An anchor's signature is not by its key.
    #[error("anchor {n} is not signed by its key: it was changed")]
    AnchorUnsigned {
        /// The anchor.
        n: i64,
    },
    /// An anchor is signed by a key that is not one of ours.
    #[error("anchor {n} is signed by a key that is not trusted: it was made by somebody else")]
    AnchorForeign {
        /// The anchor.
        n: i64,
    },
    /// Anchors are missing.
    #[error("anchor {n} is missing")]
    AnchorMissing {
        /// The first that is missing.
        n: i64,
    },
    /// The anchor in the store is not the one outside, or there are two of one place.
    #[error("there are two different anchors {n}: the store, or a copy outside, was written anew")]
    AnchorDiffers {
        /// The anchor.
        n: i64,
    },
}
