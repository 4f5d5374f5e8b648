//! The audit: what people did, bound row to row, one chain for each site (docs/adr/0014).

use crate::error::StoreError;
use crate::sql::Kind::{Int, Text};
use crate::sql::{Cells, Kind, Rows, Session, again, args, clean};
use crate::store::Store;
use fleet::Moment;
use ledger::{Digest, Entry, Head, link};
use std::collections::{BTreeMap, BTreeSet};

/// Something that somebody did, to be written down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewAudit {
    /// The site it belongs to; empty where it belongs to none.
    pub site: String,
    /// When.
    pub at: Moment,
    /// Who.
    pub who: String,
    /// How it was known who it was.
    pub via: String,
    /// What was done.
    pub what: String,
    /// To what: a meter's number, a case, an import.
    pub subject: String,
    /// More about it: a JSON value.
    pub detail: String,
}

const SITE: &[(&str, Kind)] = &[("site", Text)];
const CHAIN: &[(&str, Kind)] = &[
    ("site", Text),
    ("n", Int),
    ("at", Int),
    ("who", Text),
    ("via", Text),
    ("what", Text),
    ("subject", Text),
    ("detail", Text),
    ("hash", Text),
];

const HEADS_OF: &str = "SELECT c.site, c.n, c.hash FROM rows CROSS JOIN chain c \
    WHERE c.site = rows.site AND c.n = (SELECT MAX(m.n) FROM chain m WHERE m.site = rows.site)";

/// Every site that has a chain is found by jumping from one to the next: there are few of them, and
/// many rows.
const HEADS: &str = "WITH RECURSIVE s(site) AS (SELECT MIN(site) FROM chain UNION ALL \
    SELECT (SELECT MIN(c.site) FROM chain c WHERE c.site > s.site) FROM s \
    WHERE s.site IS NOT NULL) \
    SELECT c.site, c.n, c.hash FROM s CROSS JOIN chain c WHERE c.site = s.site \
    AND c.n = (SELECT MAX(m.n) FROM chain m WHERE m.site = s.site)";

const APPEND: &str = "INSERT INTO chain (site, n, at, who, via, what, subject, detail, hash) \
    SELECT site, n, at, who, via, what, subject, detail, hash FROM rows WHERE true";

impl Store {
    /// Writes down what was done, all of it or nothing.
    pub async fn audit(&self, entries: &[NewAudit]) -> Result<(), StoreError> {
        again(|| async {
            let mut session = self.write("write the audit").await?;
            chain(&mut session, entries).await?;
            session.commit().await
        })
        .await
    }

    /// Where every chain ends.
    pub async fn chain_heads(&self) -> Result<Vec<Head>, StoreError> {
        let mut session = self.read("read the ends of the audit").await?;
        session.rows(HEADS, args![], head).await
    }
}

/// Appends to the chains within the caller's transaction, so that what was done and that it was
/// done become durable together. The entries of one site stand in the order given.
///
/// A chain is appended to by one transaction at a time: call this last before the commit, or others
/// wait for everything that comes between.
pub(crate) async fn chain(session: &mut Session, entries: &[NewAudit]) -> Result<(), StoreError> {
    if entries.is_empty() {
        return Ok(());
    }
    let sites: BTreeSet<String> = entries.iter().map(|entry| clean(&entry.site)).collect();
    let locks = sites.iter().map(|site| format!("chain {site}")).collect();
    session.alone(locks).await?;
    let mut heads = heads_of(session, &sites).await?;
    let mut rows = Rows::new(CHAIN);
    for new in entries {
        // what is hashed is what is kept, to the letter
        let site = clean(&new.site);
        let [who, via, what, subject, detail] =
            [&new.who, &new.via, &new.what, &new.subject, &new.detail].map(|text| clean(text));
        let (n, last) = heads
            .get(&site)
            .map_or((1, Digest::START), |(n, hash)| (n + 1, *hash));
        let entry = Entry {
            site: &site,
            n,
            at: new.at,
            who: &who,
            via: &via,
            what: &what,
            subject: &subject,
            detail: &detail,
        };
        let hash = link(last, &entry);
        rows.push(args![
            &site,
            n,
            new.at,
            who,
            via,
            what,
            subject,
            detail,
            hash.to_string()
        ]);
        heads.insert(site, (n, hash));
    }
    session.bulk(rows, APPEND).await.map(drop)
}

async fn heads_of(
    session: &mut Session,
    sites: &BTreeSet<String>,
) -> Result<BTreeMap<String, (i64, Digest)>, StoreError> {
    let mut rows = Rows::new(SITE);
    for site in sites {
        rows.push(args![site]);
    }
    let heads = session.bulk_rows(rows, HEADS_OF, head).await?;
    let heads = heads
        .into_iter()
        .map(|head| (head.site, (head.n, head.hash)));
    Ok(heads.collect())
}

fn head(cells: &mut Cells<'_>) -> Result<Head, sqlx::Error> {
    Ok(Head {
        site: cells.text()?,
        n: cells.int()?,
        // somebody wrote there what is no hash: the check will say so, and the desk goes on
        hash: Digest::parse(&cells.text()?).unwrap_or(Digest::START),
    })
}

/// Links what the table `audit` of the first schema holds into the chain without a site, and drops
/// the table. A hash cannot be made in SQL, and linking here leaves one place to read the audit
/// from. The backup before the migration keeps the table as it was.
pub(crate) async fn carry_over(session: &mut Session) -> Result<(), StoreError> {
    let mut after = 0;
    loop {
        let sql = "SELECT id, at, who, what, subject, detail FROM audit \
                   WHERE id > $1 ORDER BY id LIMIT 1000";
        let page = session.rows(sql, args![after], old).await?;
        let Some((last, _)) = page.last() else { break };
        after = *last;
        let entries: Vec<NewAudit> = page.into_iter().map(|(_, entry)| entry).collect();
        chain(session, &entries).await?;
    }
    session.script("DROP TABLE audit").await
}

fn old(cells: &mut Cells<'_>) -> Result<(i64, NewAudit), sqlx::Error> {
    let id = cells.int()?;
    let entry = NewAudit {
        site: String::new(),
        at: cells.moment()?,
        who: cells.text()?,
        via: String::new(),
        what: cells.text()?,
        subject: cells.text()?,
        detail: cells.text()?,
    };
    Ok((id, entry))
}
