//! One text in, one line out, from the command line or from standard input as it comes.

use super::{LINE_TOO_LONG, Why, json};
use crate::Ended;
use crate::end::{End, output_failed};
use anyhow::Context;
use catalogue::Lang;
use std::io::{self, BufRead, BufReader, BufWriter, Write};

/// The longest line that is looked at: the longest DLMS frame as hex with spaces, and some more.
const LONGEST: usize = 256 * 1024;
const BLOCK: usize = 64 * 1024;

/// Makes a line of one text, in place of what stood in the line, or says why it cannot.
pub(super) type Work<'w> = dyn FnMut(&[u8], &mut String) -> Result<(), Why> + 'w;

/// How many there were, and how many came to nothing.
#[derive(Default)]
struct Tally {
    all: u64,
    refused: u64,
}

/// Works through the texts; `-` stands for standard input. `complain` is the sentence about those
/// of a stream that came to nothing.
pub(super) fn run(
    texts: &[&str],
    work: &mut Work<'_>,
    complain: &dyn Fn(u64, u64) -> String,
) -> Ended {
    let mut out = BufWriter::with_capacity(BLOCK, io::stdout().lock());
    let mut all_good = true;
    for text in texts {
        if *text == "-" {
            let tally = stream(&mut out, work)?;
            if tally.refused > 0 {
                eprintln!("calinmeter: {}", complain(tally.refused, tally.all));
                all_good = false;
            }
            continue;
        }
        let mut line = String::new();
        let done = work(text.as_bytes(), &mut line);
        if let Err(why) = done {
            json::error(&mut line, why);
        }
        out.write_all(line.as_bytes())
            .and_then(|()| out.flush())
            .map_err(output_failed)?;
        if let Err(why) = done {
            eprintln!("calinmeter: {}: {}", why.name, why.words);
            all_good = false;
        }
    }
    Ok(if all_good { End::Done } else { End::Partly })
}

/// Goes through standard input and never holds more than a block and a line of it.
fn stream(out: &mut impl Write, work: &mut Work<'_>) -> anyhow::Result<Tally> {
    let mut input = BufReader::with_capacity(BLOCK, io::stdin().lock());
    let (mut text, mut line) = (Vec::new(), String::new());
    let mut tally = Tally::default();
    while let Some(whole) =
        next(&mut input, &mut text).context("standard input could not be read")?
    {
        let done = if whole {
            work(&text, &mut line)
        } else {
            Err(Why::line(&LINE_TOO_LONG, Lang::En))
        };
        tally.all += 1;
        if let Err(why) = done {
            line.clear();
            json::error(&mut line, why);
            tally.refused += 1;
        }
        out.write_all(line.as_bytes()).map_err(output_failed)?;
        // whoever waits for the answer before the next question gets it
        if input.buffer().is_empty() {
            out.flush().map_err(output_failed)?;
        }
    }
    out.flush().map_err(output_failed)?;
    Ok(tally)
}

/// The next line without its end, and whether it is whole; nothing at the end of the input.
fn next(input: &mut impl BufRead, text: &mut Vec<u8>) -> io::Result<Option<bool>> {
    text.clear();
    let (mut any, mut whole) = (false, true);
    loop {
        let block = match input.fill_buf() {
            Ok(block) => block,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if block.is_empty() {
            return Ok(any.then_some(whole));
        }
        any = true;
        let end = block.iter().position(|byte| *byte == b'\n');
        let part = block.get(..end.unwrap_or(block.len())).unwrap_or_default();
        if text.len() + part.len() > LONGEST {
            (whole, *text) = (false, Vec::new());
        } else if whole {
            text.extend(part);
        }
        let used = part.len() + usize::from(end.is_some());
        input.consume(used);
        if end.is_some() {
            return Ok(Some(whole));
        }
    }
}
