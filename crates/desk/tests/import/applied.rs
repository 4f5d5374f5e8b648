use crate::draft;
use desk::import::{Mode, apply, preview, undo};
use fleet::{MeterNumber, Moment};
use store::{ImportReport, NewImport, OpenOptions, Store};

async fn store() -> Store {
    Store::open("sqlite::memory:", OpenOptions::default())
        .await
        .expect("a store in memory")
}

fn by() -> NewImport {
    NewImport {
        source: "fleet.csv".to_owned(),
        who: "ops".to_owned(),
        at: Moment(1_000),
    }
}

fn counts(new: u64, changed: u64, same: u64) -> ImportReport {
    ImportReport { new, changed, same }
}

const TABLE: &str = "meter,site,customer id,name\n\
    47001582544,A,C1,Zoe\n\
    bad,A,C2,Max\n\
    47003104321,B,C3,=1+1\n";

#[tokio::test]
async fn good_rows_are_imported_and_the_others_reported() {
    let store = store().await;
    let draft = draft(TABLE);
    assert_eq!(preview(&store, &draft).await.unwrap(), counts(6, 0, 0));
    assert_eq!(store.imports(10).await.unwrap(), []);
    let applied = apply(&store, &draft, &by(), Mode::RowWise).await.unwrap();
    assert_eq!(applied.report, counts(6, 0, 0));
    let number = MeterNumber::parse("47003104321").unwrap();
    let meter = store.meter(&number).await.unwrap().unwrap();
    assert_eq!(meter.customer.as_deref(), Some("C3"));
    assert_eq!(
        draft.outcomes(Some(&applied)),
        "row,outcome,why\n2,imported,\n\
         3,refused,\"meter: the meter number has digits only, not \"\"bad\"\"\"\n4,imported,\n"
    );
    // the same file again changes nothing
    assert_eq!(preview(&store, &draft).await.unwrap(), counts(0, 0, 6));
}

#[tokio::test]
async fn all_or_nothing_imports_nothing_where_a_row_is_bad() {
    let store = store().await;
    let bad = draft(TABLE);
    let applied = apply(&store, &bad, &by(), Mode::AllOrNothing)
        .await
        .unwrap();
    assert_eq!(applied.import, None);
    assert_eq!(preview(&store, &bad).await.unwrap(), counts(6, 0, 0));
    assert!(bad.outcomes(Some(&applied)).contains("2,not imported,\n"));
    let good = draft(TABLE.replace("bad,A,C2,Max\n", ""));
    let applied = apply(&store, &good, &by(), Mode::AllOrNothing)
        .await
        .unwrap();
    assert!(applied.import.is_some());
}

#[tokio::test]
async fn an_import_is_undone_once_and_what_was_there_before_comes_back() {
    let store = store().await;
    let first = draft("meter,site\n47001582544,A\n");
    apply(&store, &first, &by(), Mode::RowWise).await.unwrap();
    let second = draft("meter,site\n47001582544,B\n");
    let applied = apply(&store, &second, &by(), Mode::RowWise).await.unwrap();
    assert_eq!(applied.report, counts(1, 1, 0));
    let number = MeterNumber::parse("47001582544").unwrap();
    let import = applied.import.unwrap();
    let undone = undo(&store, import, Moment(2_000)).await.unwrap();
    assert_eq!(undone, Some(counts(1, 1, 0)));
    let meter = store.meter(&number).await.unwrap().unwrap();
    assert_eq!(meter.site.unwrap().as_str(), "A");
    assert_eq!(undo(&store, import, Moment(3_000)).await.unwrap(), None);
}

#[tokio::test]
async fn a_table_without_a_good_row_leaves_no_trace() {
    let store = store().await;
    let applied = apply(&store, &draft("meter\nbad\n"), &by(), Mode::RowWise)
        .await
        .unwrap();
    assert_eq!(applied.import, None);
    assert_eq!(store.imports(10).await.unwrap(), []);
}

#[test]
fn no_cell_of_the_table_begins_a_cell_of_the_result() {
    let draft = draft("meter,phases\n\"=HYPERLINK(\"\"x\"\")\",1\n47001582544,=1+1\n");
    for line in draft.outcomes(None).lines().skip(1) {
        let why = line.splitn(3, ',').nth(2).unwrap().trim_start_matches('"');
        assert!(
            why.starts_with("meter: ") || why.starts_with("phases: "),
            "{line}"
        );
    }
}
