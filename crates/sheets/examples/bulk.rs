//! Triages one file into another: `bulk FILE OUT`. The benchmark's stand-in for the program.

use std::fs::File;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words = std::env::args().skip(1);
    let (Some(file), Some(out)) = (words.next(), words.next()) else {
        return Err("usage: bulk FILE OUT".into());
    };
    let options = sheets::Options::default();
    let summary = sheets::triage(File::open(file)?, File::create(out)?, &options, &|_| ())?;
    if summary.errors > 0 {
        return Err(format!("{} rows have an error", summary.errors).into());
    }
    Ok(())
}
