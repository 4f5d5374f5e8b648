//! Concentrators with their state, and the registered meters.

use super::V1;
use super::answers::Said;
use crate::fields::{self, text, truth};
use crate::refusal::{Answered, no};
use crate::transport::Call;
use asking::{GatewayRow, Listing, MeterRow, Page, Refusal, RefusalKind};
use serde_json::Value;

const GATEWAYS: &str = "/api/COMM_OnlineStatus";
const METERS: &str = "/api/COMM_CustomerMeterList";

impl V1 {
    /// A call and its answer, read.
    pub(super) async fn say(&self, call: Call) -> Answered<Said> {
        let answer = self.line.send(&call, None).await?;
        Said::read(answer.json()?)
    }

    /// This dialect has no login: a small question proves the credentials. What a wrong password
    /// is answered with is not published, so that a business refusal may mean one; and as accounts
    /// differ in what they may ask, it takes two different questions to be sure.
    pub(super) async fn prove(&self) -> Answered<()> {
        let one_meter = [("StartIndex", 0.into()), ("Count", 1.into())];
        match self.rows(GATEWAYS, &[]).await {
            Err(refusal) if refusal.kind == RefusalKind::Code => {}
            answered => return answered.map(|_| ()),
        }
        let meters = self.rows(METERS, &one_meter).await;
        meters.map(|_| ()).map_err(|refusal| match refusal.kind {
            RefusalKind::Code => no(RefusalKind::LoginRefused, refusal.said),
            _ => refusal,
        })
    }

    /// A create was refused without a word about why: was it the ask, or are we not let in?
    pub(super) async fn blamed(&self, refusal: Refusal) -> Refusal {
        if refusal.kind != RefusalKind::Code {
            return refusal;
        }
        match self.prove().await {
            Err(login) if login.kind == RefusalKind::LoginRefused => Refusal {
                kind: RefusalKind::LoginRefused,
                ..refusal
            },
            _ => refusal,
        }
    }

    /// All concentrators come at once, on the first page.
    pub(super) async fn list_gateways(&self, page: Page) -> Answered<Listing<GatewayRow>> {
        let (raw, rows) = self.rows(GATEWAYS, &[]).await?;
        let read = |row: &fields::Row| {
            Some(GatewayRow {
                gateway: text(row, "ConcentratorNo")?,
                online: truth(row, "Status"),
                ..GatewayRow::default()
            })
        };
        let total = u64::try_from(rows.len()).ok();
        let rows = if page.number > 1 { Vec::new() } else { rows };
        Ok(Listing {
            rows: rows.iter().filter_map(|(row, _)| read(row)).collect(),
            total,
            raw,
        })
    }

    /// Whether its index begins at 0 or 1 is not known; from 0 at worst one meter comes twice.
    pub(super) async fn list_meters(&self, page: Page) -> Answered<Listing<MeterRow>> {
        let start = page.number.saturating_sub(1).saturating_mul(page.size);
        let fields = [("StartIndex", start.into()), ("Count", page.size.into())];
        let (raw, rows) = self.rows(METERS, &fields).await?;
        let read = |row: &fields::Row| {
            Some(MeterRow {
                meter: text(row, "MeterNumber")?,
                ..MeterRow::default()
            })
        };
        Ok(Listing {
            rows: rows.iter().filter_map(|(row, _)| read(row)).collect(),
            total: None,
            raw,
        })
    }

    /// The rows of a `COMM_*` list, each with the text it came in, beside the whole answer.
    pub(super) async fn rows(
        &self,
        path: &str,
        fields: &[(&str, Value)],
    ) -> Answered<(String, Vec<(fields::Row, String)>)> {
        let call = Call::post(path, self.credentials.comm(fields));
        let answer = self.line.send(&call, None).await?;
        let raw = answer.json()?.to_owned();
        let rows = Said::read(&raw)?.rows()?.into_iter();
        let read = rows.filter_map(|row| Some((fields::row(row.get())?, row.get().to_owned())));
        Ok((raw, read.collect()))
    }
}
