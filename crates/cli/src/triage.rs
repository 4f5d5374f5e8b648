//! `triage`: a whole export or saved answer, row by row, with a summary on standard error.

mod progress;
mod summary;

use crate::Ended;
use crate::args::{self, TriageFormat};
use crate::end::End;
use crate::file::Draft;
use anyhow::Context;
use catalogue::Lang;
use progress::Progress;
use sheets::{Options, Summary};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

pub(crate) fn run(args: &args::Triage, lang: Lang) -> Ended {
    let folder = args
        .output
        .as_deref()
        .filter(|path| path.is_dir() || names_a_folder(path));
    if args.files.len() > 1 && folder.is_none() {
        eprintln!("calinmeter: several files need a folder for what comes out: add `-o FOLDER/`");
        return Ok(End::Usage);
    }
    if let Some(folder) = folder {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("{} cannot be made", folder.display()))?;
    }
    let mut end = End::Done;
    for input in &args.files {
        let output = match folder {
            Some(folder) => Some(beside(folder, input, args.format)),
            None => args.output.clone(),
        };
        match one(args, input, output.as_deref(), lang) {
            Ok(summary) => {
                if !args.quiet {
                    eprint!(
                        "{}",
                        summary::text(&summary, &name(input), output.as_deref(), lang)
                    );
                }
                if args.strict && summary.errors > 0 {
                    end = End::Partly;
                }
            }
            // one bad file of several leaves the others their chance
            Err(error) if args.files.len() > 1 => {
                crate::end::exit_code(Err(error.context(name(input))));
                end = End::Partly;
            }
            Err(error) => return Err(error.context(name(input))),
        }
    }
    Ok(end)
}

fn names_a_folder(path: &Path) -> bool {
    path.as_os_str()
        .to_string_lossy()
        .ends_with(['/', std::path::MAIN_SEPARATOR])
}

fn beside(folder: &Path, input: &Path, format: TriageFormat) -> PathBuf {
    let ending = match format {
        TriageFormat::Csv => "csv",
        TriageFormat::Json => "json",
    };
    let stem = input
        .file_stem()
        .filter(|_| !is_stdin(input))
        .unwrap_or("standard-input".as_ref());
    folder.join(stem).with_extension(ending)
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn name(path: &Path) -> String {
    if is_stdin(path) {
        "standard input".to_owned()
    } else {
        path.display().to_string()
    }
}

fn one(
    args: &args::Triage,
    input: &Path,
    output: Option<&Path>,
    lang: Lang,
) -> anyhow::Result<Summary> {
    let (reader, size) = open(input)?;
    let progress = Progress::new(size, args.quiet);
    let options = options(args, lang);
    let summary = match output {
        None => sheets::triage(reader, &mut io::stdout(), &options, &|bytes| {
            progress.at(bytes);
        }),
        Some(path) => {
            let mut draft = Draft::new(path)?;
            let summary =
                sheets::triage(reader, &mut draft, &options, &|bytes| progress.at(bytes))?;
            draft
                .flush()
                .and(Ok(()))
                .with_context(|| format!("{} cannot be written", path.display()))?;
            draft.finish(path)?;
            Ok(summary)
        }
    };
    progress.done();
    Ok(summary?)
}

/// The input and its size, where that is known.
fn open(path: &Path) -> anyhow::Result<(Box<dyn Read + Send>, Option<u64>)> {
    if is_stdin(path) {
        return Ok((Box::new(io::stdin()), None));
    }
    let file = File::open(path).context("the file cannot be opened")?;
    let about = file.metadata().context("the file cannot be looked at")?;
    if about.is_dir() {
        anyhow::bail!("this is a folder: name the files in it");
    }
    let size = about.is_file().then_some(about.len());
    Ok((Box::new(file), size))
}

fn options(args: &args::Triage, lang: Lang) -> Options {
    Options {
        format: match args.format {
            TriageFormat::Csv => sheets::Format::Csv,
            TriageFormat::Json => sheets::Format::Json,
        },
        lang,
        delimiter: match args.delimiter {
            args::Delimiter::Comma => sheets::Delimiter::Comma,
            args::Delimiter::Semicolon => sheets::Delimiter::Semicolon,
        },
        settings: answers::Settings {
            family: args.status_family.into(),
            ..answers::Settings::default()
        },
        ..Options::default()
    }
}
