//! Reads `data/*.toml`, refuses what is not in order with the file and the line, and writes the
//! tables as Rust statics. One bad word is one error, before any test runs.

#![expect(
    clippy::print_stdout,
    clippy::struct_field_names,
    reason = "cargo listens on standard output; the fields are named as in the tables"
)]

mod check;
mod emit;
mod read;
#[path = "../src/vocabulary.rs"]
#[expect(
    dead_code,
    unreachable_pub,
    reason = "the library's own file: the build script needs its words, not every reading of them"
)]
mod vocabulary;

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/vocabulary.rs");
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(mistake) => {
            println!("cargo::error={mistake}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let tables = read::read()?;
    check::check(&tables)?;
    let out = std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR for build scripts")?;
    let path = PathBuf::from(out).join("tables.rs");
    std::fs::write(&path, emit::emit(&tables)).map_err(|e| format!("{}: {e}", path.display()))
}
