//! `card`: the reference card as a file.

use crate::args::{self, Paper};
use crate::end::End;
use crate::{Ended, file};
use anyhow::Context;
use card::{Date, Input};
use catalogue::Lang;
use jiff::Zoned;
use jiff::civil;

pub(crate) fn run(args: &args::Card, lang: Lang) -> Ended {
    let input = Input {
        lang,
        paper: match args.paper {
            Paper::A4 => card::Paper::A4,
            Paper::A6 => card::Paper::A6,
        },
        version: env!("CARGO_PKG_VERSION"),
        date: date(args.date.as_deref())?,
        site: args.site.as_deref(),
    };
    let ending = args
        .output
        .extension()
        .and_then(|e| e.to_str())
        .unwrap_or("")
        .to_lowercase();
    let bytes = match ending.as_str() {
        "pdf" => card::pdf(&input)?,
        "html" | "htm" => card::html(&input).into_bytes(),
        "md" | "markdown" => card::markdown(&input).into_bytes(),
        _ => anyhow::bail!(
            "{} ends in none of .pdf, .html and .md: name the file by what it should be",
            args.output.display()
        ),
    };
    file::write(&args.output, &bytes)?;
    Ok(End::Done)
}

fn date(given: Option<&str>) -> anyhow::Result<Date> {
    let day = match given {
        Some(text) => text
            .parse::<civil::Date>()
            .with_context(|| format!("\"{text}\" is no date: write it as 2026-03-09"))?,
        None => Zoned::now().date(),
    };
    Ok(Date {
        year: u16::try_from(day.year()).context("a card has a date after the year 0")?,
        month: day.month().unsigned_abs(),
        day: day.day().unsigned_abs(),
    })
}
