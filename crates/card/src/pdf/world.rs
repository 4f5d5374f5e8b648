//! What the templates can see: themselves, the fonts and the data of this card. No file system, no
//! network, no clock.

use super::fonts;
use crate::CardError;
use crate::error::Said;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

/// The templates, by their path in the templates' own world.
const TEMPLATES: [(&str, &str); 3] = [
    ("/a4.typ", include_str!("../../templates/a4.typ")),
    ("/a6.typ", include_str!("../../templates/a6.typ")),
    ("/parts.typ", include_str!("../../templates/parts.typ")),
];

/// The printing press of one card.
pub(super) struct Press {
    library: LazyHash<Library>,
    sources: Vec<Source>,
    main: FileId,
}

impl Press {
    /// A press for this template, with `data` as the templates' `sys.inputs`.
    pub(super) fn new(main: &str, data: Dict) -> Result<Self, CardError> {
        let sources = TEMPLATES
            .into_iter()
            .map(|(path, text)| Ok(Source::new(file(path)?, text.to_owned())))
            .collect::<Result<_, CardError>>()?;
        let library = Library::builder()
            .with_inputs(data)
            // Row headers in tagged tables stand behind this feature.
            .with_features([Feature::A11yExtras].into_iter().collect())
            .build();
        Ok(Self {
            library: LazyHash::new(library),
            sources,
            main: file(main)?,
        })
    }
}

fn file(path: &str) -> Result<FileId, CardError> {
    let path =
        VirtualPath::new(path).map_err(|error| CardError::Layout(Said(format!("{error:?}"))))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for Press {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        fonts::book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources
            .iter()
            .find(|source| source.id() == id)
            .cloned()
            .ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.source(id)
            .map(|source| Bytes::from_string(source.text().to_owned()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        fonts::font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
