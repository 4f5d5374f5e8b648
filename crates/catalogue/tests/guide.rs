//! The guide is said once and letter for letter: the rows equal the users' own tables cell for cell.

use catalogue::{Part, ami_rows, notes, short_rows};
use std::path::Path;

/// A table of the guide: quotes as in RFC 4180, no line breaks inside a cell.
fn guide(name: &str) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("data/guide")
        .join(name);
    let text = std::fs::read_to_string(path).expect("the guide is in the tree");
    text.lines().skip(1).map(cells).collect()
}

fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match (c, quoted) {
            ('"', _) => quoted = !quoted,
            (',', false) => cells.push(String::new()),
            _ => cells.last_mut().expect("there is always a cell").push(c),
        }
    }
    cells
}

#[test]
fn every_ami_row_equals_the_guide_cell_for_cell() {
    let ours: Vec<Vec<String>> = ami_rows()
        .iter()
        .map(|row| {
            [
                row.ami.0.to_string().as_str(),
                row.display,
                row.meaning,
                row.field_action,
            ]
            .map(str::to_owned)
            .to_vec()
        })
        .collect();
    assert_eq!(ours, guide("ami-codes.csv"));
}

#[test]
fn every_line_of_the_keypad_table_equals_the_guide() {
    let mut ours: Vec<Vec<String>> = short_rows()
        .iter()
        .map(|row| {
            [row.guide_code, row.meaning, row.field_action]
                .map(str::to_owned)
                .to_vec()
        })
        .collect();
    ours.dedup();
    assert_eq!(ours, guide("short-codes.csv"));
}

/// Twelve lines, three of them ranges of five: 9 + 15 = 24 codes.
#[test]
fn the_guide_lists_22_codes_and_24_keypad_codes() {
    assert_eq!(ami_rows().len(), 22);
    let codes: Vec<u8> = short_rows().iter().map(|row| row.code.0).collect();
    let listed: Vec<u8> = [1, 14, 31, 35]
        .into_iter()
        .chain(40..=58)
        .chain([87])
        .collect();
    assert_eq!(codes, listed);
    assert_eq!(codes.len(), 24);
}

#[test]
fn the_notes_are_the_pages_own_lines() {
    let page = include_str!("../data/guide/notes.md");
    let lines: Vec<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("- "))
        .collect();
    let ours: Vec<&str> = notes().iter().map(|note| note.text).collect();
    assert_eq!(ours, lines);
    assert_eq!(
        notes()
            .iter()
            .filter(|note| note.part == Part::KeyNotes)
            .count(),
        3
    );
}
