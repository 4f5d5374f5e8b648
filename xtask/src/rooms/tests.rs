//! The rules of the rooms, on a house of three.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::manifests::{Kind, Package};
use super::{banned, compare, parse, table_of};

const ROOMS: &str = r#"
[fleet]
for = "the nouns"
never = "behaviour"
pure = true
uses = []
crates = []

[catalogue]
for = "what codes mean"
never = "anything that moves"
uses = ["fleet"]
crates = []

[card]
for = "the card"
never = "a | meaning"
uses = ["fleet", "catalogue"]
crates = ["typst"]
"#;

fn package(name: &str, depends: &[(&str, Kind)]) -> Package {
    let depends = depends
        .iter()
        .map(|(name, kind)| ((*name).to_owned(), *kind))
        .collect();
    Package {
        name: name.to_owned(),
        folder: PathBuf::new(),
        depends,
    }
}

/// The house as rooms.toml wants it, with more dependencies for the card.
fn house(more: &[(&str, Kind)]) -> Vec<Package> {
    let card = [
        ("fleet", Kind::Normal),
        ("catalogue", Kind::Normal),
        ("typst", Kind::Normal),
    ];
    vec![
        package("fleet", &[]),
        package("catalogue", &[("fleet", Kind::Normal)]),
        package("card", &[&card[..], more].concat()),
    ]
}

fn complaints(packages: &[Package]) -> Vec<String> {
    compare(&parse(ROOMS).unwrap(), packages)
}

#[test]
fn a_house_that_keeps_to_its_list_is_quiet() {
    assert_eq!(complaints(&house(&[])), Vec::<String>::new());
}

#[test]
fn tests_and_build_scripts_are_free_but_for_rooms_in_build_scripts() {
    let free = [
        ("insta", Kind::Dev),
        ("serde", Kind::Build),
        ("xtask", Kind::Dev),
    ];
    assert_eq!(complaints(&house(&free)), Vec::<String>::new());
    let mut packages = house(&[]);
    packages[0] = package("fleet", &[("card", Kind::Build)]);
    assert_eq!(complaints(&packages).len(), 1);
}

#[test]
fn a_wrong_room_is_named_with_what_is_allowed() {
    let mut packages = house(&[]);
    packages[1] = package(
        "catalogue",
        &[("fleet", Kind::Normal), ("card", Kind::Normal)],
    );
    assert_eq!(
        complaints(&packages),
        [
            "catalogue must not depend on card: rooms.toml lists fleet (for: what codes mean; never: anything that moves)"
        ]
    );
}

#[test]
fn a_wrong_crate_is_named_too() {
    let found = complaints(&house(&[("tokio", Kind::Normal)]));
    assert_eq!(
        found,
        [
            "card must not depend on tokio: rooms.toml lists typst of outside crates (for: the card; never: a | meaning)"
        ]
    );
}

#[test]
fn rooms_and_manifests_list_each_other() {
    let mut packages = house(&[]);
    packages.remove(1);
    packages.push(package("web", &[]));
    let found = complaints(&packages).join("\n");
    assert!(
        found.contains("rooms.toml lists catalogue, which no manifest names"),
        "{found}"
    );
    assert!(found.contains("web is not in rooms.toml"), "{found}");
}

#[test]
fn a_permission_nobody_uses_is_refused() {
    let mut packages = house(&[]);
    packages[2] = package("card", &[("fleet", Kind::Normal), ("catalogue", Kind::Dev)]);
    let found = complaints(&packages).join("\n");
    assert!(
        found.contains("card has catalogue under `uses` and does not use it"),
        "{found}"
    );
    assert!(
        found.contains("card has typst under `crates` and does not use it"),
        "{found}"
    );
}

#[test]
fn names_that_say_nothing_are_refused() {
    let files: BTreeSet<String> = [
        "crates/a/src/util/x.rs",
        "crates/a/src/util/y.rs",
        "docs/common.md",
        "README.md",
    ]
    .map(str::to_owned)
    .into();
    let found = banned(&files, &[package("core", &[]), package("card", &[])]);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("core: ") && found[1].starts_with("crates/a/src/util: "));
}

#[test]
fn the_table_keeps_the_order_of_the_file() {
    let table = table_of(&parse(ROOMS).unwrap());
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines[2], "| `fleet` | the nouns | nothing | behaviour |");
    assert_eq!(
        lines[4],
        "| `card` | the card | `fleet`, `catalogue` | a \\| meaning |"
    );
}
