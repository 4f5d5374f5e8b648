//! Workbooks, written here by hand: a zip without compression, and the parts that readers need.

use crate::{pick, refusal, written};
use sheets::{Input, Options};

/// The parts of a workbook that are the same in every one; the styles know a date (1).
const PARTS: &[(&str, &str)] = &[
    (
        "[Content_Types].xml",
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>"#,
    ),
    (
        "_rels/.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/styles.xml",
        r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>"#,
    ),
];

fn book(sheets: &[&str]) -> Vec<u8> {
    let mut files: Vec<(String, String)> = PARTS
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect();
    let (mut list, mut links) = (String::new(), String::new());
    for (n, rows) in sheets.iter().enumerate() {
        list += &format!(
            r#"<sheet name="Sheet{n}" sheetId="{}" r:id="s{n}"/>"#,
            n + 1
        );
        links += &format!(
            r#"<Relationship Id="s{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{n}.xml"/>"#
        );
        files.push((
            format!("xl/worksheets/sheet{n}.xml"),
            format!(r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#),
        ));
    }
    files.push((
        "xl/workbook.xml".to_owned(),
        format!(r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{list}</sheets></workbook>"#),
    ));
    files.push((
        "xl/_rels/workbook.xml.rels".to_owned(),
        format!(r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="st" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>{links}</Relationships>"#),
    ));
    zip(&files)
}

/// A zip whose files are stored as they are.
fn zip(files: &[(String, String)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in files {
        let offset = long(out.len());
        let mut facts = Vec::new();
        for field in [20u16, 0, 0, 0, 0x21] {
            facts.extend(field.to_le_bytes());
        }
        for field in [crc(text.as_bytes()), long(text.len()), long(text.len())] {
            facts.extend(field.to_le_bytes());
        }
        facts.extend(short(name.len()).to_le_bytes());
        facts.extend([0, 0]);
        out.extend(b"PK\x03\x04");
        out.extend(&facts);
        out.extend(name.as_bytes());
        out.extend(text.as_bytes());
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&facts);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (start, count) = (long(out.len()), short(files.len()));
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(long(directory.len()).to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0, 0]);
    out
}

fn long(length: usize) -> u32 {
    length.try_into().expect("a small book")
}

fn short(length: usize) -> u16 {
    length.try_into().expect("a small book")
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xEDB8_8320 * (crc & 1))
        })
    })
}

/// A cell with a text in it.
fn said(at: &str, text: &str) -> String {
    format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

fn row(number: u32, cells: &[String]) -> String {
    format!(r#"<row r="{number}">{}</row>"#, cells.concat())
}

fn number(at: &str, value: &str) -> String {
    format!(r#"<c r="{at}"><v>{value}</v></c>"#)
}

fn header() -> String {
    row(
        1,
        &[
            said("A1", "meter"),
            said("B1", "Status"),
            said("C1", "at"),
            said("D1", "power_w"),
        ],
    )
}

#[test]
fn numbers_come_without_a_fraction_and_dates_in_iso() {
    let rows = header()
        + &row(
            2,
            &[
                number("A2", "47001582544"),
                number("B2", "1008.0"),
                r#"<c r="C2" s="1"><v>45427.99998842592</v></c>"#.to_owned(),
                number("D2", "12.5"),
            ],
        )
        + &row(
            3,
            &[
                said("A3", "47001582544"),
                number("B3", "1"),
                r#"<c r="C3" s="1"><v>45428</v></c>"#.to_owned(),
                r#"<c r="D3" t="e"><v>#N/A</v></c>"#.to_owned(),
            ],
        )
        + &row(
            4,
            &[
                number("A4", "4.7001582544E10"),
                r#"<c r="B4" t="b"><v>1</v></c>"#.to_owned(),
            ],
        );
    let (out, summary) = written(book(&[&rows]), &Options::default());
    assert_eq!(
        pick(&out, &["meter", "Status", "at", "power_w", "slug", "error"]),
        [
            "47001582544|1008|2024-05-15T23:59:59|12.5|not-commissioned|",
            "47001582544|1|2024-05-16|#N/A|no-credit|warning: power_w: \"#N/A\" is not a number",
            "47001582544|true||||\"true\" holds no status: give one such as 1008, 87-8 or \"Meter operating status = 1008\"",
        ]
    );
    assert_eq!((summary.input, summary.rows), (Input::Workbook, 3));
}

#[test]
fn the_first_sheet_with_the_needed_header_is_taken() {
    let notes = row(1, &[said("A1", "Notes")]) + &row(2, &[said("A2", "meter")]);
    let rows = header() + &row(2, &[number("A2", "47001582544"), number("B2", "1000")]);
    let (out, _) = written(book(&["", &notes, &rows]), &Options::default());
    assert_eq!(pick(&out, &["meter", "slug"]), ["47001582544|relay-closed"]);
}

#[test]
fn a_book_without_such_a_sheet_is_refused_with_its_sheets() {
    assert_eq!(
        refusal(book(&["", &row(1, &[said("A1", "Notes")])])),
        "no sheet has the columns meter and status in its first row (Sheet0, Sheet1): name them so"
    );
}

#[test]
fn blank_rows_are_no_rows_and_a_cell_in_the_last_corner_costs_nothing() {
    let rows = header()
        + &row(3, &[said("A3", " ")])
        + &row(4, &[number("A4", "47001582544"), number("B4", "1000")])
        + &row(1_048_576, &[said("XFD1048576", "lost")]);
    let (out, summary) = written(book(&[&rows]), &Options::default());
    let seen = pick(&out, &["meter", "slug", "error"]);
    assert_eq!(seen[0], "47001582544|relay-closed|");
    assert_eq!(
        seen[1],
        "||the row has 16384 cells and the header 4: look at its delimiters and quotes"
    );
    assert!(out.contains(",lost\""));
    assert_eq!(summary.rows, 2);
}

#[test]
fn a_remark_beside_the_table_gets_a_column_without_a_name() {
    let rows = header()
        + &row(
            2,
            &[
                number("A2", "47001582544"),
                number("B2", "1000"),
                said("F2", "see me"),
            ],
        );
    let (out, _) = written(book(&[&rows]), &Options::default());
    assert!(out.starts_with("meter,Status,at,power_w,,,ami_code"));
    assert!(out.contains("\n47001582544,1000,,,,see me,1000,"));
}
