//! A fresh database of either engine for each test.

use std::future::Future;
use std::path::PathBuf;
use store::{OpenOptions, Store};
use tempfile::TempDir;

/// Where a test's own database is.
pub struct Place {
    pub url: String,
    pub folder: TempDir,
}

impl Place {
    pub async fn open(&self) -> Store {
        Store::open(&self.url, OpenOptions::default())
            .await
            .expect("the store opens")
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

pub fn on_sqlite<F: Future<Output = ()>>(test: impl FnOnce(Place) -> F) {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}", folder.path().join("store.db").display());
    run(test(Place { url, folder }));
}

pub fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(test);
}

/// Writes each test once for each engine.
macro_rules! on_both {
    ($(async fn $name:ident($place:ident) $body:block)*) => {
        $(async fn $name($place: $crate::place::Place) $body)*
        mod sqlite {
            $(#[test] fn $name() { $crate::place::on_sqlite(super::$name); })*
        }
    };
}
pub(crate) use on_both;
