//! The card on paper: the templates of `templates/` laid out by Typst, tagged and archivable.

mod data;
mod fonts;
mod world;

use crate::error::Said;
use crate::{CardError, Date, Input, Paper};
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use world::Press;

/// Letters of the site's name that fit into the header beside the title.
const SITE_LETTERS: usize = 40;
/// Letters of the version that fit into the header.
const VERSION_LETTERS: usize = 24;
/// Archivable with its structure, and accessible: the two standards can be kept together.
const STANDARDS: [PdfStandard; 2] = [PdfStandard::A_2a, PdfStandard::Ua_1];

/// The card as PDF: fonts embedded, text selectable, tagged, PDF/A-2a and PDF/UA-1. The same input
/// gives the same bytes.
///
/// # Errors
/// Where the date is no day, or the header cannot be printed with the card's fonts.
pub fn pdf(input: &Input<'_>) -> Result<Vec<u8>, CardError> {
    let Date { year, month, day } = input.date;
    let date = Datetime::from_ymd(i32::from(year), month, day)
        .filter(|_| (1..=9999).contains(&year))
        .ok_or(CardError::Date(input.date))?;
    let site = input.site_line().unwrap_or_default();
    let version = input.version_line();
    for (what, text, most) in [
        ("site", &site, SITE_LETTERS),
        ("version", &version, VERSION_LETTERS),
    ] {
        fits(what, text, most)?;
    }
    let main = match input.paper {
        Paper::A4 => "/a4.typ",
        Paper::A6 => "/a6.typ",
    };
    let press = Press::new(main, data::dict(input, date))?;
    let printed = print(&press, &version);
    // The typesetter remembers every document it has ever laid out until it is told to forget.
    comemo::evict(0);
    printed
}

/// Refuses a header text that has no room, or no letters in our fonts.
fn fits(what: &'static str, text: &str, most: usize) -> Result<(), CardError> {
    let letters = text.chars().count();
    if letters > most {
        return Err(CardError::TooLong {
            what,
            letters,
            most,
        });
    }
    match text.chars().find(|letter| !fonts::have(*letter)) {
        Some(letter) => Err(CardError::Letter(letter)),
        None => Ok(()),
    }
}

/// Lays the card out and writes it.
fn print(press: &Press, version: &str) -> Result<Vec<u8>, CardError> {
    let document: PagedDocument = typst::compile(press)
        .output
        .map_err(|errors| CardError::Layout(said(&errors)))?;
    let options = PdfOptions {
        creator: Smart::Custom(Some(format!("CalinMeter {version}"))),
        standards: PdfStandards::new(&STANDARDS)
            .map_err(|error| CardError::Export(Said(error.message().to_string())))?,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|errors| CardError::Export(said(&errors)))
}

/// What the typesetter said, its hints too.
fn said(errors: &[SourceDiagnostic]) -> Said {
    let lines = errors.iter().flat_map(|error| {
        let hints = error.hints.iter().map(|hint| format!("hint: {}", hint.v));
        std::iter::once(error.message.to_string()).chain(hints)
    });
    Said(lines.collect::<Vec<_>>().join("\n"))
}
