//! On what machine something was measured.

use std::fs;
use std::thread;

use anyhow::{Context, Result};

use crate::house::House;
use crate::process;

/// The machine in the words of the report.
pub(super) struct Machine {
    pub(super) cores: usize,
    /// Memory in MiB, where the system says.
    pub(super) memory_mib: Option<u64>,
    /// `rustc 1.95.0 (...)`.
    pub(super) rustc: String,
}

impl Machine {
    /// This one.
    pub(super) fn here(house: &House) -> Result<Self> {
        let cores = thread::available_parallelism()
            .context("the cores cannot be counted")?
            .get();
        let memory_mib = fs::read_to_string("/proc/meminfo")
            .ok()
            .as_deref()
            .and_then(memory);
        let rustc = process::capture(&mut house.command("rustc", &["--version"]))?;
        Ok(Self {
            cores,
            memory_mib,
            rustc: rustc.trim().to_owned(),
        })
    }

    /// One line.
    pub(super) fn line(&self) -> String {
        let memory = self
            .memory_mib
            .map_or("unknown".to_owned(), |mib| format!("{mib} MiB"));
        format!("{} cores, memory {memory}, {}", self.cores, self.rustc)
    }
}

fn memory(meminfo: &str) -> Option<u64> {
    let total = meminfo
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:"))?;
    let kib: u64 = total.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kib / 1024)
}

#[cfg(test)]
mod tests {
    use super::{Machine, memory};

    #[test]
    fn memory_is_read_from_the_system() {
        assert_eq!(
            memory("MemTotal:        8048576 kB\nMemFree: 1 kB\n"),
            Some(7859)
        );
        assert_eq!(memory("nothing"), None);
    }

    #[test]
    fn what_is_not_known_is_said() {
        let machine = Machine {
            cores: 2,
            memory_mib: None,
            rustc: "rustc 1.95.0".to_owned(),
        };
        assert_eq!(machine.line(), "2 cores, memory unknown, rustc 1.95.0");
    }
}
