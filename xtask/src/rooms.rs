//! Who depends on whom, against rooms.toml: the manifests may say no more and no less.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;
use toml::Spanned;

use crate::findings::Findings;
use crate::house::House;
use crate::rooms::manifests::{Kind, Package};

mod manifests;
#[cfg(test)]
mod tests;

/// Where the rooms are listed.
const LIST: &str = "rooms.toml";
/// Names that say nothing about what is inside.
const BANNED: &[&str] = &[
    "common", "util", "utils", "helpers", "core", "shared", "manager",
];
/// What switches clippy.toml's list on in a room.
const PURE_LINT: &str = "#![warn(clippy::disallowed_methods)]";

/// One row of rooms.toml.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Room {
    #[serde(rename = "for")]
    purpose: String,
    never: String,
    #[serde(default)]
    pure: bool,
    uses: Vec<String>,
    crates: Vec<String>,
}

/// The rooms in the order of the file.
type Rooms = Vec<(String, Room)>;

/// The step `rooms`.
pub(crate) fn check(house: &House) -> Result<Findings> {
    let rooms = read(house)?;
    let packages = manifests::read(house)?;
    let mut complaints = compare(&rooms, &packages);
    complaints.extend(unlinted(house, &rooms, &packages));
    complaints.extend(banned(&house.files()?, &packages));
    let note = format!("{} rooms", rooms.len());
    Ok(Findings {
        complaints,
        notes: vec![note],
        ..Findings::default()
    })
}

fn read(house: &House) -> Result<Rooms> {
    parse(&house.read(LIST)?).with_context(|| format!("{LIST} is not in the form its head says"))
}

fn parse(text: &str) -> Result<Rooms, toml::de::Error> {
    let table: BTreeMap<Spanned<String>, Room> = toml::from_str(text)?;
    let mut rooms: Vec<(Spanned<String>, Room)> = table.into_iter().collect();
    rooms.sort_by_key(|(name, _)| name.span().start);
    Ok(rooms
        .into_iter()
        .map(|(name, room)| (name.into_inner(), room))
        .collect())
}

fn compare(rooms: &Rooms, packages: &[Package]) -> Vec<String> {
    let listed: BTreeMap<&str, &Room> = rooms
        .iter()
        .map(|(name, room)| (name.as_str(), room))
        .collect();
    let built: BTreeSet<&str> = packages
        .iter()
        .map(|package| package.name.as_str())
        .collect();
    let mut complaints: Vec<String> = listed
        .keys()
        .filter(|name| !built.contains(*name))
        .map(|name| format!("{LIST} lists {name}, which no manifest names: remove the row"))
        .collect();
    for package in packages {
        match listed.get(package.name.as_str()) {
            None => complaints.push(format!("{} is not in {LIST}: give it a row", package.name)),
            Some(room) => {
                complaints.extend(too_much(package, room, &built));
                complaints.extend(too_little(package, room, &built));
            }
        }
    }
    complaints
}

/// What the manifest names without permission.
fn too_much(package: &Package, room: &Room, built: &BTreeSet<&str>) -> Vec<String> {
    let mut complaints = Vec::new();
    for (name, kind) in &package.depends {
        let is_room = built.contains(name.as_str());
        let allowed = match (is_room, kind) {
            (_, Kind::Dev) | (false, Kind::Build) => continue,
            (true, _) => &room.uses,
            (false, Kind::Normal) => &room.crates,
        };
        if !allowed.contains(name) {
            let list = if allowed.is_empty() {
                "nothing".to_owned()
            } else {
                allowed.join(", ")
            };
            let of = if is_room { "" } else { " of outside crates" };
            complaints.push(format!(
                "{} must not depend on {name}: {LIST} lists {list}{of} (for: {}; never: {})",
                package.name, room.purpose, room.never
            ));
        }
    }
    complaints
}

/// What rooms.toml permits and the manifest does not name.
fn too_little(package: &Package, room: &Room, built: &BTreeSet<&str>) -> Vec<String> {
    let named = |name: &String, is_room: bool| {
        package.depends.iter().any(|(dependency, kind)| {
            dependency == name
                && *kind != Kind::Dev
                && (is_room || *kind == Kind::Normal)
                && built.contains(name.as_str()) == is_room
        })
    };
    let unused = |names: &[String], word: &str, is_room: bool| {
        let idle: Vec<&String> = names.iter().filter(|name| !named(name, is_room)).collect();
        let say = |name: &String| {
            format!(
                "{LIST}: {} has {name} under `{word}` and does not use it: remove it",
                package.name
            )
        };
        idle.into_iter().map(say).collect::<Vec<_>>()
    };
    [
        unused(&room.uses, "uses", true),
        unused(&room.crates, "crates", false),
    ]
    .concat()
}

/// Pure rooms that do not switch on the list of forbidden calls.
fn unlinted(house: &House, rooms: &Rooms, packages: &[Package]) -> Vec<String> {
    let mut complaints = Vec::new();
    for (name, _) in rooms.iter().filter(|(_, room)| room.pure) {
        let Some(package) = packages.iter().find(|package| package.name == *name) else {
            continue;
        };
        let path = package.folder.join("src/lib.rs");
        let text = house.read(&path).unwrap_or_default();
        if !text.lines().any(|line| line.trim() == PURE_LINT) {
            let shown = path
                .strip_prefix(house.root())
                .unwrap_or(Path::new("src/lib.rs"));
            complaints.push(format!(
                "{}: {name} is pure and lacks {PURE_LINT}",
                shown.display()
            ));
        }
    }
    complaints
}

/// Folders and packages with a name that says nothing.
fn banned(files: &BTreeSet<String>, packages: &[Package]) -> Vec<String> {
    let mut found: BTreeSet<String> = BTreeSet::new();
    for path in files {
        let mut folder = String::new();
        let parts: Vec<&str> = path.split('/').collect();
        for part in parts.split_last().map_or(&[][..], |(_, folders)| folders) {
            folder.push_str(part);
            if BANNED.contains(part) {
                found.insert(folder.clone());
            }
            folder.push('/');
        }
    }
    let names = packages.iter().map(|package| package.name.clone());
    found.extend(names.filter(|name| BANNED.contains(&name.as_str())));
    let say =
        |name| format!("{name}: no room or folder has this name: call it after what it holds");
    found.into_iter().map(say).collect()
}

/// The table for ARCHITECTURE.md.
pub(crate) fn table(house: &House) -> Result<String> {
    Ok(table_of(&read(house)?))
}

fn table_of(rooms: &Rooms) -> String {
    let head = "| room | for | uses | never |\n|---|---|---|---|\n";
    let row = |(name, room): &(String, Room)| {
        let uses: Vec<String> = room.uses.iter().map(|used| format!("`{used}`")).collect();
        let uses = if uses.is_empty() {
            "nothing".to_owned()
        } else {
            uses.join(", ")
        };
        let cells = [
            format!("`{name}`"),
            room.purpose.clone(),
            uses,
            room.never.clone(),
        ];
        format!(
            "| {} |\n",
            cells.map(|cell| cell.replace('|', "\\|")).join(" | ")
        )
    };
    head.to_owned() + &rooms.iter().map(row).collect::<Vec<_>>().concat()
}
