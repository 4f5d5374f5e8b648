use crate::workbooks::{book, number, row, said as cell};
use crate::{brought, draft, refusal, said};
use desk::import::{Defaults, read};
use proptest::prelude::*;
use store::{Customer, Imported, Meter};

const GOOD: &str = "47001582544";

fn meters(table: &str) -> Vec<Meter> {
    let meter = |one| match one {
        Imported::Meter(meter) => Some(meter),
        _ => None,
    };
    draft(table)
        .imported()
        .into_iter()
        .filter_map(meter)
        .collect()
}

fn customers(table: &str) -> Vec<Customer> {
    let customer = |one| match one {
        Imported::Customer(customer) => Some(customer),
        _ => None,
    };
    draft(table)
        .imported()
        .into_iter()
        .filter_map(customer)
        .collect()
}

#[test]
fn a_row_brings_its_site_gateway_customer_and_meter() {
    let table = format!(
        "Meter No.,Station,Site name,Time zone,Concentrator ID,Customer ID,Customer name,Phone number,\
         Address,Phases,Solar,Occupied,Head-end\n\
         {GOOD},A,Lakeside,Africa/Kampala,E4-38,C1, Zoe  Achieng ,+256 700 000001,\"House 4,\nLakeside\",\
         1,yes,no,main\n"
    );
    let draft = draft(&table);
    assert_eq!(
        brought(&draft),
        [
            "site A",
            "gateway E4-38",
            "customer C1",
            &format!("meter {GOOD}")
        ]
    );
    assert!(draft.errors.is_empty() && draft.warnings.is_empty() && draft.ignored.is_empty());
    assert_eq!(draft.taken[0], ("meter", "Meter No.".to_owned()));
    let meter = &meters(&table)[0];
    assert_eq!(meter.head_end.as_deref(), Some("main"));
    assert_eq!(meter.site.as_ref().unwrap().as_str(), "A");
    assert_eq!(meter.gateway.as_ref().unwrap().as_str(), "E4-38");
    assert_eq!(meter.customer.as_deref(), Some("C1"));
    assert_eq!(
        (meter.phases, meter.solar, meter.occupied),
        (Some(1), Some(true), Some(false))
    );
    let customer = &customers(&table)[0];
    assert_eq!(customer.name.as_deref(), Some("Zoe Achieng"));
    assert_eq!(customer.phone.as_deref(), Some("+256 700 000001"));
    assert_eq!(customer.address.as_deref(), Some("House 4, Lakeside"));
}

#[test]
fn the_names_of_all_dialects_and_of_people_are_known() {
    for name in [
        "meter",
        "Meter Number",
        "meterId",
        "MeterNo",
        "METER_NO",
        "Serial No",
        "Num\u{e9}ro de compteur",
    ] {
        assert_eq!(meters(&format!("{name}\n{GOOD}\n")).len(), 1, "{name}");
    }
    for name in ["site", "stationId", "Station", "Village"] {
        let meters = meters(&format!("meter;{name}\n{GOOD};A\n"));
        assert!(meters[0].site.is_some(), "{name}");
    }
    for name in ["gatewayId", "ConcentratorNo", "DCU"] {
        let meters = meters(&format!("meter\t{name}\n{GOOD}\tG\n"));
        assert!(meters[0].gateway.is_some(), "{name}");
    }
    // a site that has nothing but a name goes by it
    assert_eq!(
        meters(&format!("meter,Site name\n{GOOD},Lakeside\n"))[0]
            .site
            .as_ref()
            .unwrap()
            .as_str(),
        "Lakeside"
    );
}

#[test]
fn a_header_that_says_nothing_or_one_thing_twice_is_refused() {
    assert_eq!(
        refusal("colour;size\n1;2\n"),
        "the header needs a column meter (or site, gateway, customer) and has \"colour\", \"size\": \
         name the column with the meters' numbers meter"
    );
    assert_eq!(
        refusal("Meter No,serial,site\n1,2,3\n"),
        "the columns \"Meter No\" and \"serial\" both mean meter: remove or rename one of them"
    );
    assert!(refusal("").contains("the input is empty"));
    assert!(refusal("{\"code\":0}").contains("saved answer and not a table"));
    assert!(refusal(b"PK\x03\x04broken").contains("the workbook cannot be read"));
}

#[test]
fn unknown_columns_are_ignored_and_reported() {
    let draft = draft(format!("meter,colour,,site\n{GOOD},red,x,A\n"));
    assert_eq!(draft.ignored, ["colour"]);
    assert_eq!(draft.rows.len(), 1);
}

#[test]
fn every_bad_cell_is_reported_with_its_row_and_what_to_do() {
    let long = "x".repeat(65);
    let table = format!(
        "meter,site,phases,solar,occupied,zone,phone,customer id,gateway\n\
         4.70015E+10,A,,,,,,,\n\
         ,A,,,,,,,\n\
         47-00,A,,,,,,,\n\
         1234567890123,A,,,,,,,\n\
         {GOOD},{long},2,maybe,?,Kampala,2.567E+11,1.2E+5,12E4\n"
    );
    let draft = draft(table);
    assert!(draft.rows.is_empty());
    let said = said(&draft.errors);
    assert!(
        said[0].starts_with("2 meter: a spreadsheet has turned the meter number into 4.70015E+10")
    );
    assert!(said[0].ends_with("format the column as text and export again"));
    assert_eq!(said[1], "3 meter: the meter number is missing");
    assert_eq!(
        said[2],
        "4 meter: the meter number has digits only, not \"47-00\""
    );
    assert_eq!(
        said[3],
        "5 meter: the meter number has 12 digits at most, not 13"
    );
    let last = said[4..].join("\n");
    for wanted in [
        "6 phone: \"2.567E+11\" was rounded by a spreadsheet",
        "6 site: ",
        "is too long or has unseen characters",
        "6 zone: \"Kampala\" is no time zone: write its IANA name, such as Africa/Kampala",
        "6 customer: \"1.2E+5\" was rounded",
        "6 phases: \"2\" is neither 1 nor 3",
        "6 solar: \"maybe\" is neither yes nor no",
        "6 occupied: \"?\" is neither yes nor no",
    ] {
        assert!(last.contains(wanted), "{wanted} not in\n{last}");
    }
    // 12E4 is a gateway's id like any other
    assert_eq!(said.len(), 4 + 7, "{last}");
}

#[test]
fn a_number_that_looks_wrong_is_imported_with_a_warning() {
    let draft = draft("meter\n47001582545\n470015825441\n12345678901\n");
    assert_eq!(draft.rows.len(), 3);
    assert_eq!(
        said(&draft.warnings),
        [
            "2 meter: the check digit does not fit: compare it with the meter",
            "3 meter: a Calin number has 11 digits: compare it with the meter",
            "4 meter: not a Calin number (those begin with 47)",
        ]
    );
}

#[test]
fn a_meter_that_stands_twice_is_never_chosen_between() {
    let same = draft(format!("meter,site\n{GOOD},A\n'{GOOD},A\n"));
    assert_eq!(same.repeated, [3]);
    assert_eq!(
        said(&same.warnings),
        ["3 meter: the meter stands in row 2 already, and says the same"]
    );
    assert_eq!(brought(&same).len(), 2);
    let differs = draft(format!("meter,site\n{GOOD},A\n{GOOD}.0,B\n"));
    assert_eq!(
        said(&differs.errors),
        ["3 meter: the meter stands in row 2 with other values: remove one of the two rows"]
    );
    // what the refused row says of other things is not brought either
    assert_eq!(brought(&differs), ["site A", &format!("meter {GOOD}")]);
}

#[test]
fn what_two_rows_say_differently_of_one_site_is_said_and_the_first_counts() {
    let draft = draft(
        "meter,site,site name,zone\n47001582544,A,Lakeside,\n47003104321,A,Hillside,Africa/Kampala\n",
    );
    assert_eq!(
        said(&draft.warnings),
        [
            "3 site: the site A has the name \"Lakeside\" since row 2, not \"Hillside\": the first counts"
        ]
    );
    let sites: Vec<_> = draft
        .imported()
        .into_iter()
        .filter_map(|one| match one {
            Imported::Site(site) => Some((site.name, site.zone)),
            _ => None,
        })
        .collect();
    let name = Some("Lakeside".to_owned());
    assert_eq!(
        sites,
        [
            (name.clone(), None),
            (name, Some("Africa/Kampala".to_owned()))
        ]
    );
}

#[test]
fn a_bad_row_brings_nothing_and_leaves_its_site_to_the_next() {
    let draft = draft(format!("meter,site,site name\nx,A,Wrong\n{GOOD},A,Right\n"));
    assert_eq!(draft.errors.len(), 1);
    assert!(draft.warnings.is_empty());
    assert!(
        matches!(&draft.imported()[0], Imported::Site(site) if site.name.as_deref() == Some("Right"))
    );
}

#[test]
fn customers_without_ids_go_by_their_meters_numbers() {
    let table = format!("meter,name\n{GOOD},Zoe\n47003104321,\n");
    let draft = draft(&table);
    assert!(draft.notes[0].contains("each meter's number stands for its customer's"));
    assert_eq!(customers(&table)[0].id, GOOD);
    assert_eq!(customers(&table).len(), 1);
    assert_eq!(meters(&table)[1].customer, None);
}

#[test]
fn a_table_of_sites_needs_no_meters() {
    let draft = draft("site,site name,zone\nA,Lakeside,Africa/Kampala\n,,\nB,,\n");
    assert_eq!(brought(&draft), ["site A", "site B"]);
}

#[test]
fn the_default_head_end_holds_where_the_row_says_none() {
    let defaults = Defaults {
        head_end: Some("main".to_owned()),
    };
    let table = format!("meter,hes\n{GOOD},\n47003104321,other\n");
    let draft = read(table.as_bytes(), &defaults).unwrap();
    let of: Vec<_> = draft
        .imported()
        .into_iter()
        .filter_map(|one| match one {
            Imported::Meter(meter) => meter.head_end,
            _ => None,
        })
        .collect();
    assert_eq!(of, ["main", "other"]);
}

#[test]
fn a_row_that_cannot_be_cut_is_an_error_and_a_short_one_is_none() {
    let draft = draft(format!(
        "meter,site,zone\n{GOOD},A\n47003104321,A,UTC,more\n\"x,A\n"
    ));
    assert_eq!(draft.rows.len(), 1);
    let said = said(&draft.errors);
    assert_eq!(
        said[0],
        "3 : the row has 4 cells and the header 3: look at its delimiters and quotes"
    );
    assert!(said[1].starts_with("4 : the record that begins in line 4 has no end"));
}

#[test]
fn a_workbook_reads_as_its_table_with_whole_meter_numbers() {
    let head = row(
        3,
        &[
            cell("A3", "Meter No"),
            cell("B3", "Phone"),
            cell("C3", "Station"),
        ],
    );
    let one = row(
        4,
        &[
            number("A4", "4.7001582544E10"),
            number("B4", "256700000001"),
            cell("C4", "A"),
        ],
    );
    let lost = row(6, &[cell("A6", "4.70031E+10")]);
    let title = row(1, &[cell("A1", "Our meters")]);
    let draft = draft(book(&["", &(title + &head + &one + &lost)]));
    assert_eq!(
        brought(&draft),
        [
            "site A",
            &format!("customer {GOOD}"),
            &format!("meter {GOOD}")
        ]
    );
    assert_eq!(draft.rows[0].0, 4);
    assert!(
        matches!(&draft.imported()[1], Imported::Customer(one) if one.phone.as_deref() == Some("256700000001"))
    );
    assert_eq!(draft.errors[0].row, 6);
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        for start in [&b""[..], b"meter,site,name\n", b"meter;phone;phases\n\"", b"\xff\xfem\0", b"PK\x03\x04"] {
            let input = [start, &bytes].concat();
            let _read = read(&input[..], &Defaults::default()).is_ok();
        }
    }

    #[test]
    fn every_row_is_imported_repeated_or_refused(cells in proptest::collection::vec("[0-9]{0,13}|\\PC{1,5}", 1..30)) {
        let quoted = |cell: &String| format!("\"{}\",A\n", cell.replace('"', "\"\""));
        let table: String = std::iter::once("meter,site\n".to_owned()).chain(cells.iter().map(quoted)).collect();
        let draft = read(table.as_bytes(), &Defaults::default()).unwrap();
        let mut rows: Vec<u64> = draft.rows.iter().map(|(row, _)| *row).collect();
        rows.extend(&draft.repeated);
        rows.extend(draft.errors.iter().map(|error| error.row));
        rows.sort_unstable();
        rows.dedup();
        prop_assert_eq!(rows.len(), cells.len());
        prop_assert_eq!(draft.outcomes(None).lines().count(), cells.len() + 1);
    }
}
