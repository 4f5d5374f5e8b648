//! What can go wrong here, on our own side.

use store::StoreError;
use thiserror::Error;

/// A failure of our own. A meter's code and a head-end's refusal are none.
#[derive(Debug, Error)]
pub enum DeskError {
    /// The store could not do its part.
    #[error("the store could not do its part")]
    Store(#[from] StoreError),
}
