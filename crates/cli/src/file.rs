//! A file appears whole or not at all: it is written beside its place and renamed.

use anyhow::Context;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use tempfile::NamedTempFile;

/// A file that is being written beside its place.
pub(crate) struct Draft {
    file: BufWriter<NamedTempFile>,
}

impl Draft {
    /// Begins a file beside the place where it will stand.
    pub(crate) fn new(path: &Path) -> anyhow::Result<Self> {
        if path.is_dir() {
            anyhow::bail!("{} is a folder: name a file", path.display());
        }
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let file = tempfile::Builder::new()
            .prefix(".calinmeter-")
            .permissions(permissions())
            .tempfile_in(folder.unwrap_or(Path::new(".")))
            .with_context(|| format!("{} cannot be written", path.display()))?;
        Ok(Self {
            file: BufWriter::with_capacity(1 << 16, file),
        })
    }

    /// Puts the file in its place. What stood there before stays until this moment.
    pub(crate) fn finish(self, path: &Path) -> anyhow::Result<()> {
        let cannot = || format!("{} cannot be written", path.display());
        let file = self
            .file
            .into_inner()
            .map_err(io::IntoInnerError::into_error)
            .with_context(cannot)?;
        file.as_file().sync_all().with_context(cannot)?;
        file.persist(path)
            .map_err(|error| error.error)
            .with_context(cannot)?;
        Ok(())
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Writes a whole file at once.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let mut draft = Draft::new(path)?;
    draft
        .write_all(bytes)
        .with_context(|| format!("{} cannot be written", path.display()))?;
    draft.finish(path)
}

/// As any new file: the temporary kind would be readable by its owner alone.
#[cfg(unix)]
fn permissions() -> std::fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o666)
}

#[cfg(not(unix))]
fn permissions() -> std::fs::Permissions {
    // only the read-only flag exists there, and a new file has it off
    #[expect(clippy::expect_used, reason = "never built here")]
    std::fs::metadata(".")
        .expect("the working folder exists")
        .permissions()
}
