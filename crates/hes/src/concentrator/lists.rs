//! Accounts (which are the registered meters too), concentrators, and the daily report.

use super::Concentrator;
use crate::dates::Day;
use crate::fields::{Row, number, text, truth};
use crate::listing::{Read, days, only, read_rows};
use crate::refusal::Answered;
use crate::transport::Call;
use asking::{Account, DayRow, GatewayRow, Listing, MeterRow, Page, Span};
use serde_json::{Value, json};

/// A report is written half an hour after midnight (facts 3.6); so many days later it is still
/// looked for.
const LATE: i64 = 2;

impl Concentrator {
    /// No list of meters is known but the accounts: a meter without a customer is not on it.
    pub(super) async fn list_meters(&self, page: Page) -> Answered<Listing<MeterRow>> {
        self.list("/API/Account/Read", json!({}), page, meter).await
    }

    pub(super) async fn list_accounts(&self, page: Page) -> Answered<Listing<Account>> {
        self.list("/API/Account/Read", json!({}), page, account)
            .await
    }

    pub(super) async fn list_gateways(&self, page: Page) -> Answered<Listing<GatewayRow>> {
        let order = json!({ "orderBy": "concentratorId asc" });
        self.list("/API/ConcentratorOnlineStatus/Read", order, page, gateway)
            .await
    }

    /// The filter speaks of the day a report was written, the row of the day it covers.
    pub(super) async fn list_days(&self, span: &Span, page: Page) -> Answered<Listing<DayRow>> {
        let (from, to) = days(span)?;
        let mut filter = json!({
            "updateDateRange": [
                format!("{from}T00:00:00"),
                format!("{}T23:59:59", to.plus(LATE)),
            ],
        });
        if let [one] = span.meters.as_slice() {
            filter["meterId"] = one.as_str().into();
        }
        let mut listing = self
            .list("/API/DailyReport/Read", filter, page, day)
            .await?;
        let wanted =
            |row: &DayRow| Day::parse(&row.day).is_some_and(|day| day >= from && day <= to);
        listing.rows.retain(wanted);
        Ok(only(listing, span, |row| &row.meter))
    }

    async fn list<T>(
        &self,
        path: &str,
        mut filter: Value,
        page: Page,
        read: Read<T>,
    ) -> Answered<Listing<T>> {
        filter["lang"] = "en".into();
        filter["company"] = self.company.as_str().into();
        filter["pageNumber"] = page.number.into();
        filter["pageSize"] = page.size.into();
        let raw = self.signed.answer(Call::post(path, filter)).await?;
        read_rows(raw, read)
    }
}

fn meter(row: &Row, _: &str) -> Option<MeterRow> {
    Some(MeterRow {
        meter: text(row, "meterId")?,
        site: text(row, "site"),
        gateway: text(row, "concentratorId"),
        ..MeterRow::default()
    })
}

fn account(row: &Row, _: &str) -> Option<Account> {
    Some(Account {
        meter: text(row, "meterId")?,
        customer: text(row, "customerId"),
        name: text(row, "customerName"),
        site: text(row, "site"),
        gateway: text(row, "concentratorId"),
    })
}

fn gateway(row: &Row, _: &str) -> Option<GatewayRow> {
    Some(GatewayRow {
        gateway: text(row, "concentratorId")?,
        name: text(row, "name"),
        site: None,
        online: truth(row, "status"),
        since: text(row, "statusUpdateDate"),
    })
}

/// Tariff 1 only: the second is a second source of supply, and stays in the raw row.
fn day(row: &Row, raw: &str) -> Option<DayRow> {
    let hour = |hour: u32| number(row, &format!("hourT1_{hour:02}")).filter(|kwh| *kwh >= 0.0);
    Some(DayRow {
        meter: text(row, "meterId")?,
        day: Day::parse(&text(row, "currentDate")?)?.to_string(),
        total_kwh: number(row, "totalT1"),
        gateway: text(row, "concentratorId"),
        hours: (1..=24).map(hour).collect(),
        raw: raw.to_owned(),
    })
}
