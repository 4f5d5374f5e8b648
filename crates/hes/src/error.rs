//! Our own failures: a head-end that is set up so that it cannot even be asked.

use asking::Item;

/// Why a head-end cannot be asked at all. What it answers is never an error: see
/// [`asking::Refusal`].
#[derive(Debug, thiserror::Error)]
pub enum HesError {
    /// The address cannot be used. The address itself is not shown: it may hold a password.
    #[error("head-end {head_end}: the url cannot be used: {why}")]
    Address {
        /// Our name for it.
        head_end: String,
        /// What is wrong with it.
        why: String,
    },
    /// This dialect names the company in every request.
    #[error("head-end {head_end}: the dialect {dialect} needs the setting company")]
    Company {
        /// Our name for it.
        head_end: String,
        /// The dialect's word.
        dialect: &'static str,
    },
    /// The name that an item was given cannot be asked in this dialect.
    #[error("head-end {head_end}: the item {} cannot be asked as {asks:?}: {why}", item.word())]
    ItemName {
        /// Our name for it.
        head_end: String,
        /// The item.
        item: Item,
        /// What the settings say.
        asks: String,
        /// Why that is none.
        why: &'static str,
    },
    /// The HTTP client could not be built.
    #[error("head-end {head_end}: the connection cannot be set up")]
    Client {
        /// Our name for it.
        head_end: String,
        /// Why.
        #[source]
        source: reqwest::Error,
    },
}
