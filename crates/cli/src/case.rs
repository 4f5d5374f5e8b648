//! `calinmeter case`: notes, and closing by hand.

use crate::Ended;
use crate::args::desk::{Case, CaseClose, CaseNote};
use crate::end::{End, print};
use crate::identity::acting;
use crate::run::{clock, open_store, to_the_end};
use crate::setup::Setup;
use people::Verb;
use store::{CaseChange, CaseId, NewAudit, Note, Store};

/// `calinmeter case note|close`.
pub(crate) fn run(args: &Case, setup: &Setup) -> Ended {
    to_the_end(async {
        let store = open_store(setup).await?;
        match args {
            Case::Note(args) => note(&store, args, setup).await,
            Case::Close(args) => close(&store, args, setup).await,
        }
    })
}

async fn note(store: &Store, args: &CaseNote, setup: &Setup) -> Ended {
    let id = CaseId(args.case);
    let (who, _) = acting(setup, store, Verb::Work, args.by.as_deref()).await?;
    known(store, id).await?;
    write(store, id, &who, &args.text).await?;
    print("The note is kept.\n")?;
    Ok(End::Done)
}

/// Evidence before reset: what was found is kept as a note before the case closes.
async fn close(store: &Store, args: &CaseClose, setup: &Setup) -> Ended {
    let id = CaseId(args.case);
    let (who, via) = acting(setup, store, Verb::Work, args.by.as_deref()).await?;
    let case = known(store, id).await?;
    if case.closed_at.is_some() {
        print("The case is closed already.\n")?;
        return Ok(End::Done);
    }
    write(store, id, &who, &args.why).await?;
    let now = clock().now();
    let why = format!("{} ({who})", args.why);
    store
        .change_cases(&[CaseChange::Close(id, now, why)])
        .await?;
    let audit = NewAudit {
        site: case.site.unwrap_or_default(),
        at: now,
        who,
        via,
        what: "case-closed".to_owned(),
        subject: case.subject.id,
        detail: serde_json::json!({ "case": id.0, "why": args.why }).to_string(),
    };
    store.audit(&[audit]).await?;
    print("The case is closed; it opens again if its cause is seen again.\n")?;
    Ok(End::Done)
}

async fn known(store: &Store, id: CaseId) -> anyhow::Result<store::Case> {
    let found = store.case(id).await?;
    found
        .ok_or_else(|| anyhow::anyhow!("there is no case {}: calinmeter worklist lists them", id.0))
}

async fn write(store: &Store, case: CaseId, who: &str, text: &str) -> anyhow::Result<()> {
    let note = Note {
        case,
        at: clock().now(),
        who: who.to_owned(),
        text: text.to_owned(),
    };
    Ok(store.add_note(&note).await?)
}
