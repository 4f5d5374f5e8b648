//! `calinmeter backup` and `calinmeter restore`.

use crate::Ended;
use crate::args::desk::{Backup, Restore};
use crate::end::{End, print};
use crate::run::{open_store, to_the_end};
use crate::setup::Setup;
use anyhow::{Context, bail};

/// `calinmeter backup FILE`.
pub(crate) fn backup(args: &Backup, setup: &Setup) -> Ended {
    if args.file.exists() {
        bail!(
            "{} is there already: name a new file, backups are never written over",
            args.file.display()
        );
    }
    to_the_end(async {
        let store = open_store(setup).await?;
        store.backup(&args.file).await?;
        let bytes = std::fs::metadata(&args.file).map_or(0, |found| found.len());
        print(&format!(
            "{} holds a whole copy, {} kB.\n",
            args.file.display(),
            bytes.div_ceil(1000)
        ))?;
        Ok(End::Done)
    })
}

/// `calinmeter restore FILE --yes`.
pub(crate) fn restore(args: &Restore, setup: &Setup) -> Ended {
    if !args.file.is_file() {
        bail!("{} is no file: name a backup", args.file.display());
    }
    let shown = setup.settings.store.shown();
    if !args.yes {
        print(&format!(
            "{} would take the place of {shown}; what stands there now would be kept beside it. \
             End calinmeter serve first, then say --yes.\n",
            args.file.display()
        ))?;
        return Ok(End::Usage);
    }
    to_the_end(async {
        let url = setup.store_url()?;
        store::restore(&args.file, url.reveal())
            .await
            .with_context(|| format!("{} cannot take its place", args.file.display()))?;
        print(&format!("{shown} is the backup now.\n"))?;
        Ok(End::Done)
    })
}
