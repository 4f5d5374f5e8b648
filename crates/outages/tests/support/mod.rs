//! The measured data of `tests/data`, and the oracle's results.
#![allow(dead_code, reason = "each test binary uses its part")]
#![expect(clippy::unwrap_used, reason = "tests end where they fail")]

use flate2::read::GzDecoder;
use fleet::Moment;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use outages::{Home, Node, NodeKind, Sign, Tree};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// A table, each row by the names of its columns.
pub(crate) fn table(name: &str) -> Vec<BTreeMap<String, String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/data")
        .join(name);
    let file = File::open(&path).unwrap();
    let read: Box<dyn Read> = if path.extension().is_some_and(|end| end == "gz") {
        Box::new(GzDecoder::new(file))
    } else {
        Box::new(file)
    };
    let mut rows = csv::Reader::from_reader(read);
    rows.deserialize().map(Result::unwrap).collect()
}

/// What the oracle calculated.
pub(crate) fn oracle(part: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/oracle/expected.json");
    let mut all: Value = serde_json::from_reader(File::open(path).unwrap()).unwrap();
    all[part].take()
}

/// A clock's text, `yyyy-mm-dd hh:mm:ss`, as a moment of this zone.
pub(crate) fn local(text: &str, zone: &TimeZone) -> Moment {
    let civil: DateTime = text.parse().unwrap();
    let at = civil.to_zoned(zone.clone()).unwrap();
    Moment(at.timestamp().as_millisecond())
}

/// Whether two numbers are the same but for the last digits of a double.
pub(crate) fn same(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * one.abs().max(other.abs()).max(1.0)
}

pub(crate) fn node(name: &str, kind: NodeKind, fed_by: Option<usize>) -> Node {
    Node {
        name: name.to_owned(),
        kind,
        fed_by,
    }
}

pub(crate) fn home(node: usize, sign: Sign) -> Home {
    Home {
        node,
        gateway: None,
        phase: None,
        sign,
        code: None,
    }
}

/// The 118 homes of `SimBench` under their feeders and transformer, all of them heard.
pub(crate) fn simbench() -> (Tree, Vec<Home>) {
    let rows = table("readings/simbench_lv3101_topology.csv");
    let mut feeders: Vec<String> = rows.iter().map(|row| row["feeder"].clone()).collect();
    feeders.sort_unstable();
    feeders.dedup();
    let mut nodes = vec![
        node("grid", NodeKind::Grid, None),
        node(&rows[0]["transformer"], NodeKind::Transformer, Some(0)),
    ];
    nodes.extend(
        feeders
            .iter()
            .map(|name| node(name, NodeKind::Circuit, Some(1))),
    );
    let place = |name: &str| feeders.iter().position(|one| one == name).unwrap() + 2;
    let homes = rows
        .iter()
        .map(|row| home(place(&row["feeder"]), Sign::Heard));
    (Tree::new(nodes).unwrap(), homes.collect())
}
