//! The registers that readings are of: a word for people, a small number in each row.

use crate::error::StoreError;
use crate::sql::{Session, args};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

/// The words and numbers seen so far.
#[derive(Debug, Default)]
pub(crate) struct Registers {
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    ids: BTreeMap<&'static str, i64>,
    words: BTreeMap<i64, &'static str>,
}

impl Registers {
    /// The numbers of these words; a new word is given one.
    pub(crate) async fn ids(
        &self,
        session: &mut Session,
        words: BTreeSet<&'static str>,
    ) -> Result<BTreeMap<&'static str, i64>, StoreError> {
        if let Some(ids) = self.known(&words) {
            return Ok(ids);
        }
        let new = session.ids("register", words.len()).await?;
        for (word, id) in words.iter().zip(new) {
            let sql = "INSERT INTO register (id, word) VALUES ($1, $2) ON CONFLICT DO NOTHING";
            session.run(sql, args![id, *word]).await?;
        }
        // what is read here may be undone with this transaction, so it is not remembered yet
        let rows = read(session).await?;
        let id_of = |word: &&'static str| rows.iter().find(|(_, known)| known == word);
        Ok(words
            .iter()
            .filter_map(|word| id_of(word).map(|(id, _)| (*word, *id)))
            .collect())
    }

    /// The numbers of these words, where all of them are known to be kept.
    pub(crate) fn known(
        &self,
        words: &BTreeSet<&'static str>,
    ) -> Option<BTreeMap<&'static str, i64>> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        words
            .iter()
            .map(|word| seen.ids.get(word).map(|id| (*word, *id)))
            .collect()
    }

    /// Reads what is written down; to be called when that cannot be undone any more.
    pub(crate) async fn learn(&self, session: &mut Session) -> Result<(), StoreError> {
        let rows = read(session).await?;
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        for (id, word) in rows {
            if seen.words.contains_key(&id) {
                continue;
            }
            // kept for ever: there are as many as the program has words for registers
            let word: &'static str = Box::leak(word.into_boxed_str());
            seen.ids.insert(word, id);
            seen.words.insert(id, word);
        }
        Ok(())
    }

    /// The number of a word.
    pub(crate) fn id(&self, word: &str) -> Option<i64> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.ids.get(word).copied()
    }
}

async fn read(session: &mut Session) -> Result<Vec<(i64, String)>, StoreError> {
    let sql = "SELECT id, word FROM register ORDER BY id";
    session
        .rows(sql, args![], |cells| Ok((cells.int()?, cells.text()?)))
        .await
}
