//! Known quoting rules as a plain state machine, one character after another.

/// Cuts a text into records and cells. A quote opens a cell at its first character only; a record
/// whose quote is never closed gives its first line as one cell, and cutting goes on after it.
pub(crate) fn records(text: &str, delimiter: char) -> Vec<Vec<String>> {
    let chars: Vec<char> = text.chars().collect();
    let mut records = Vec::new();
    let mut from = 0;
    while from < chars.len() {
        let (record, next) = match record(&chars, from, delimiter) {
            Some(found) => found,
            None => first_line(&chars, from),
        };
        if !is_blank(&chars[from..next]) {
            records.push(record);
        }
        from = next;
    }
    records
}

/// A line with nothing on it.
fn is_blank(line: &[char]) -> bool {
    matches!(line, ['\n' | '\r'] | ['\r', '\n'])
}

enum State {
    CellStart,
    Unquoted,
    Quoted,
    QuoteInQuoted,
}

/// One record and where the next one begins; nothing where a quote is never closed.
fn record(chars: &[char], from: usize, delimiter: char) -> Option<(Vec<String>, usize)> {
    let mut state = State::CellStart;
    let mut cells = Vec::new();
    let mut cell = String::new();
    for (place, &c) in chars.iter().enumerate().skip(from) {
        state = match (state, c) {
            (State::Quoted, '"') => State::QuoteInQuoted,
            (State::QuoteInQuoted, '"') => {
                cell.push('"');
                State::Quoted
            }
            (State::Quoted, c) => {
                cell.push(c);
                State::Quoted
            }
            (State::CellStart, '"') => State::Quoted,
            (_, '\n') => {
                // a return before the line end belongs to it
                if cell.ends_with('\r') && chars[place - 1] == '\r' {
                    cell.pop();
                }
                cells.push(cell);
                return Some((cells, place + 1));
            }
            (_, c) if c == delimiter => {
                cells.push(std::mem::take(&mut cell));
                State::CellStart
            }
            (_, c) => {
                cell.push(c);
                State::Unquoted
            }
        };
    }
    if let State::Quoted = state {
        return None;
    }
    if cell.ends_with('\r') && chars.last() == Some(&'\r') {
        cell.pop();
    }
    cells.push(cell);
    Some((cells, chars.len()))
}

fn first_line(chars: &[char], from: usize) -> (Vec<String>, usize) {
    let rest = &chars[from..];
    let end = rest.iter().position(|c| *c == '\n').unwrap_or(rest.len());
    let line: String = rest[..end].iter().collect();
    let line = line.strip_suffix('\r').unwrap_or(&line).to_owned();
    (vec![line], (from + end + 1).min(chars.len()))
}

/// Writes a cell in quotes, whether it needs them or not.
pub(crate) fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}
