//! A draft is looked over, applied, and undone.

use super::draft::Draft;
use crate::DeskError;
use fleet::Moment;
use store::{ImportId, ImportReport, NewImport, Store};

/// What becomes of the good rows where others are bad.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// The good rows are imported, the others reported.
    #[default]
    RowWise,
    /// One bad row, and nothing is imported.
    AllOrNothing,
}

/// What applying a draft did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The import, for undoing it; nothing where nothing was imported.
    pub import: Option<ImportId>,
    /// What it did in the store, counted in sites, gateways, customers and meters.
    pub report: ImportReport,
}

/// What applying a draft would do. Nothing is written.
pub async fn preview(store: &Store, draft: &Draft) -> Result<ImportReport, DeskError> {
    Ok(store.preview(&draft.imported()).await?)
}

/// Applies a draft in one piece: a failure of the store leaves nothing behind.
pub async fn apply(
    store: &Store,
    draft: &Draft,
    import: &NewImport,
    mode: Mode,
) -> Result<Applied, DeskError> {
    let refused = mode == Mode::AllOrNothing && !draft.errors.is_empty();
    if refused || draft.rows.is_empty() {
        return Ok(Applied {
            import: None,
            report: ImportReport::default(),
        });
    }
    let (id, report) = store.import(import, &draft.imported()).await?;
    Ok(Applied {
        import: Some(id),
        report,
    })
}

/// Undoes an import: what was changed since is left alone and counted as `same`. Nothing where
/// there is no such import, or it was undone before.
pub async fn undo(
    store: &Store,
    import: ImportId,
    at: Moment,
) -> Result<Option<ImportReport>, DeskError> {
    Ok(store.undo_import(import, at).await?)
}
