//! A table as it is, and the rows of a saved answer.

use proptest::prelude::*;
use sheets::{Contents, Limits, PlainRow, look, plain};

/// The names that these tests know.
pub(crate) fn known(name: &str) -> bool {
    matches!(name, "meter" | "status" | "site" | "name")
}

/// The header and the rows, cells with `|` between them.
pub(crate) fn rows(input: impl AsRef<[u8]>) -> (String, Vec<String>) {
    let table = plain(input.as_ref(), Limits::default(), &known).expect("a table");
    let header = table.header.join("|");
    let shown = |row: PlainRow| {
        let damage = row
            .damage
            .map_or_else(String::new, |why| format!(" !{why}"));
        format!("{} {}{damage}", row.number, row.cells.join("|"))
    };
    let rows = table.map(|row| shown(row.expect("read to its end")));
    (header, rows.collect())
}

/// Why an input is refused, at its beginning or on the way.
pub(crate) fn refusal(input: impl AsRef<[u8]>, limits: Limits) -> String {
    let input = input.as_ref();
    match plain(input, limits, &known) {
        Err(error) => error.to_string(),
        Ok(mut table) => {
            let error = table.find_map(Result::err);
            error.expect("refused on the way").to_string()
        }
    }
}

fn saved(input: impl AsRef<[u8]>) -> Vec<(String, Option<String>)> {
    match look(input.as_ref(), Limits::default(), &known).expect("an answer") {
        Contents::Answer(answer) => answer
            .map(|row| row.map(|row| (row.text, row.damage)).expect("read"))
            .collect(),
        Contents::Table(table) => panic!("a table with {:?}", table.header),
    }
}

#[test]
fn every_delimiter_and_encoding_gives_the_same_rows() {
    let expected = (
        "meter|name".to_owned(),
        vec!["2 47001582544|Zo\u{e9}".to_owned(), "4 1|x".to_owned()],
    );
    for delimiter in [",", ";", "\t"] {
        let text = "meter,name\n47001582544,Zo\u{e9}\n\n 1 ,x\n".replace(',', delimiter);
        let utf16 = |text: &str| -> Vec<u8> {
            let units = std::iter::once(0xfeff).chain(text.encode_utf16());
            units.flat_map(u16::to_le_bytes).collect()
        };
        assert_eq!(rows(&text), expected);
        assert_eq!(rows(format!("\u{feff}{text}")), expected);
        assert_eq!(rows(text.replace('\n', "\r\n")), expected);
        assert_eq!(rows(text.replace('\n', "\r")), expected);
        assert_eq!(rows(utf16(&text)), expected);
        let latin: Vec<u8> = text.chars().map(|c| u8::try_from(c).unwrap()).collect();
        assert_eq!(rows(latin), expected);
    }
}

#[test]
fn the_delimiter_is_the_one_that_gives_the_known_names() {
    // more commas than semicolons, and the names still stand between semicolons
    let (header, found) = rows("meter;name, first, last, other\n1;a, b, c, d\n");
    assert_eq!(header, "meter|name, first, last, other");
    assert_eq!(found, ["2 1|a, b, c, d"]);
    assert_eq!(rows("sep=;\nmeter;a,b\n1;2\n").1, ["3 1|2"]);
    let table = plain(&b"meter;name\n"[..], Limits::default(), &known).unwrap();
    assert!(table.decimal_comma);
}

#[test]
fn a_title_above_the_header_is_passed_over_and_nothing_else() {
    let (header, found) = rows("Fleet of May;;\n\n;;\nmeter;name;x\n1;2;3\n");
    assert_eq!(header, "meter|name|x");
    assert_eq!(found, ["5 1|2|3"]);
    // no known name anywhere: the first row is the header
    let (header, found) = rows("a,b\n1,2\n");
    assert_eq!((header.as_str(), found.len()), ("a|b", 1));
}

#[test]
fn quotes_line_breaks_and_lengths_are_as_they_came() {
    let (_, found) = rows("meter,name\n1,\"two\nlines, and \"\"more\"\"\"\n2\n3,b,c\n");
    assert_eq!(found, ["2 1|two\nlines, and \"more\"", "4 2", "5 3|b|c"]);
}

#[test]
fn a_row_that_cannot_be_cut_comes_out_with_its_reason() {
    let long = format!("meter,name\n1,a\n{}\n2,b\n", "x".repeat(2 << 20));
    let (_, found) = rows(long);
    assert_eq!(found.len(), 3);
    assert!(found[1].starts_with("3 xxxx") && found[1].ends_with(" !line 3 is longer than 1 MiB"));
    assert_eq!(found[2], "4 2|b");
    let (_, found) = rows("meter,name\n1,\"open\n2,b\n");
    assert!(
        found[0].contains("look for a quote that is left open"),
        "{found:?}"
    );
    assert_eq!(found[1], "3 2|b");
}

#[test]
fn what_is_no_table_is_refused_with_what_to_give() {
    let limits = Limits::default();
    assert!(refusal("", limits).contains("the input is empty"));
    assert!(refusal(" \n \n", limits).contains("the input is empty"));
    assert!(refusal(b"\x1f\x8b\x08\x00", limits).contains("gzip"));
    assert!(refusal(b"abc\x00def", limits).contains("not a table"));
    assert!(refusal("{\"code\":0}", limits).contains("saved answer and not a table"));
    assert!(refusal(b"PK\x03\x04nothing", limits).contains("the workbook cannot be read"));
}

#[test]
fn an_input_over_the_stated_size_is_refused() {
    let text = format!("meter,name\n{}", "1,a\n".repeat(100_000));
    let limits = |bytes| Limits {
        bytes,
        ..Limits::default()
    };
    let bytes = text.len() as u64;
    assert_eq!(
        refusal(&text, limits(bytes - 1)),
        "the input is longer than 0 MiB: split it and give the parts one after another"
    );
    let table = plain(text.as_bytes(), limits(bytes), &known).unwrap();
    assert_eq!(table.count(), 100_000);
}

#[test]
fn the_rows_of_a_saved_answer_come_as_they_are() {
    let text =
        r#"{"code":0,"reason":"success","result":{"total":2,"data":[{"id": 1},{"id":2,"x":"é"}]}}"#;
    let expected = [
        (r#"{"id": 1}"#.to_owned(), None),
        (r#"{"id":2,"x":"é"}"#.to_owned(), None),
    ];
    assert_eq!(saved(text), expected);
    // as some shells save what they are answered
    let utf16: Vec<u8> = std::iter::once(0xfeff)
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(saved(utf16), expected);
    let cut = saved(&text[..text.len() - 12]);
    assert_eq!(cut[0], expected[0]);
    assert!(cut[1].1.as_ref().unwrap().contains("cut off"));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for start in [&b""[..], b"meter,name\n", b"meter;\"", b"{\"data\":[", b"PK\x03\x04", b"\xff\xfe"] {
            let input = [start, &bytes].concat();
            if let Ok(Contents::Table(table)) = look(&input[..], Limits::default(), &known) {
                for row in table {
                    let row = row.expect("memory reads to its end");
                    prop_assert!(!row.cells.is_empty());
                }
            }
        }
    }

    #[test]
    fn no_row_is_lost(cells in proptest::collection::vec("[a-z\",\\n]{1,9}", 1..40)) {
        let quoted = |cell: &String| format!("x,\"{}\"\n", cell.replace('"', "\"\""));
        let text: String = cells.iter().map(quoted).collect();
        let input = format!("meter,name\n{text}");
        let table = plain(input.as_bytes(), Limits::default(), &known).unwrap();
        let found: Vec<String> = table.map(|row| row.unwrap().cells[1].clone()).collect();
        let cells: Vec<&str> = cells.iter().map(|cell| cell.trim()).collect();
        prop_assert_eq!(found, cells);
    }
}
