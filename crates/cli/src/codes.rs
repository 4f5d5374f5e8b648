//! `codes`: the tables of the catalogue as text, JSON, CSV and Markdown.

mod heads;
mod json;
mod markdown;
mod table;

use crate::Ended;
use crate::args::{Codes, CodesFamily, CodesFormat};
use crate::end::{End, print};
use catalogue::Lang;

pub(crate) fn run(args: &Codes, lang: Lang) -> Ended {
    let text = match args.format {
        CodesFormat::Table => table::text(args.family, lang),
        CodesFormat::Csv => table::csv(args.family, lang)?,
        CodesFormat::Json => json::document(args.family, lang)?,
        CodesFormat::Markdown => markdown::page(args.family, lang),
    };
    print(&text)?;
    Ok(End::Done)
}

/// Whether a table is asked for.
fn wants(asked: CodesFamily, table: CodesFamily) -> bool {
    asked == CodesFamily::All || asked == table
}
