//! `calinmeter meter`: the fleet.

mod finding;
mod hold;
mod import;
mod list;
mod query;
mod show;
mod status;

use crate::Ended;
use crate::args::desk::Meter;
use crate::setup::Setup;
use anyhow::Context;
use catalogue::Lang;
use fleet::MeterNumber;

/// `calinmeter meter ...`.
pub(crate) fn run(args: &Meter, setup: &Setup, lang: Lang) -> Ended {
    match args {
        Meter::List(args) => list::run(args, setup, lang),
        Meter::Show(args) => show::run(args, setup, lang),
        Meter::Query(args) => query::run(args, setup, lang),
        Meter::Import(args) => import::run(args, setup),
        Meter::Undo(args) => import::undo(args, setup),
        Meter::ImportStatus(args) => status::import(args, setup),
        Meter::Status(args) => status::typed(args, setup, lang),
        Meter::Hold(args) => hold::run(args, setup),
        Meter::Release(args) => hold::release(args, setup),
        Meter::Finding(args) => finding::run(args, setup),
    }
}

fn number(text: &str) -> anyhow::Result<MeterNumber> {
    MeterNumber::parse(text).with_context(|| format!("\"{text}\" is no meter number"))
}
