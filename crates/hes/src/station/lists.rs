//! Registered meters, gateways and accounts, and which GPRS meters are online.

use super::Station;
use crate::fields::{Row, number, text, truth, whole};
use crate::listing::{Read, place, read_rows};
use crate::refusal::Answered;
use crate::transport::Call;
use asking::{Account, GatewayRow, Listing, MeterRow, Page};
use fleet::MeterNumber;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Rows and pages of the online list that one question fetches at most.
const ONLINE: (u32, u32) = (500, 20);

impl Station {
    pub(super) async fn list_meters(&self, page: Page) -> Answered<Listing<MeterRow>> {
        self.list("/api/meter/read", json!({}), page, meter).await
    }

    pub(super) async fn list_gateways(&self, page: Page) -> Answered<Listing<GatewayRow>> {
        self.list("/api/gateway/read", json!({}), page, gateway)
            .await
    }

    pub(super) async fn list_accounts(&self, page: Page) -> Answered<Listing<Account>> {
        self.list("/api/account/read", json!({}), page, account)
            .await
    }

    /// A page of a list, oldest rows first, so that a row that is added meanwhile moves none.
    pub(super) async fn list<T>(
        &self,
        path: &str,
        mut filter: Value,
        page: Page,
        read: Read<T>,
    ) -> Answered<Listing<T>> {
        filter["lang"] = "en".into();
        filter["pageNumber"] = page.number.into();
        filter["pageSize"] = page.size.into();
        if filter.get("orderBy").is_none() {
            filter["orderBy"] = "createDate asc".into();
        }
        let raw = self.signed.answer(Call::post(path, filter)).await?;
        read_rows(raw, read)
    }

    pub(super) async fn online_of(
        &self,
        meters: &[MeterNumber],
    ) -> Answered<Vec<(MeterNumber, bool)>> {
        let mut filter = json!({ "orderBy": "meterId asc" });
        if let [one] = meters {
            filter["meterId"] = one.as_str().into();
        }
        let mut known = BTreeMap::new();
        for number in 1..=ONLINE.1 {
            let page = Page {
                number,
                size: ONLINE.0,
            };
            let path = "/API/GPRSOnlineStatus/Read";
            let listing = self.list(path, filter.clone(), page, online).await?;
            let last = listing.rows.len() < ONLINE.0 as usize;
            known.extend(listing.rows);
            if last
                || meters
                    .iter()
                    .all(|meter| known.contains_key(meter.as_str()))
            {
                break;
            }
        }
        let state = |meter: &MeterNumber| Some((meter.clone(), *known.get(meter.as_str())?));
        Ok(meters.iter().filter_map(state).collect())
    }
}

fn meter(row: &Row, _: &str) -> Option<MeterRow> {
    Some(MeterRow {
        meter: text(row, "meterId")?,
        site: text(row, "stationId"),
        gateway: None,
        // 0 single phase, 1 three phases, 2 three phases over transformers
        phases: whole(row, "isThreePhase").map(|kind| if kind == 0 { 1 } else { 3 }),
        place: place(number(row, "lat"), number(row, "lng")),
        // `status` of this list is not published; it is not taken for "online"
        online: None,
    })
}

fn gateway(row: &Row, _: &str) -> Option<GatewayRow> {
    Some(GatewayRow {
        gateway: text(row, "gatewayId")?,
        name: text(row, "gatewayName"),
        site: text(row, "stationId"),
        online: truth(row, "status"),
        since: None,
    })
}

fn account(row: &Row, _: &str) -> Option<Account> {
    Some(Account {
        meter: text(row, "meterId")?,
        customer: text(row, "customerId"),
        name: text(row, "customerName"),
        site: text(row, "stationId"),
        gateway: None,
    })
}

fn online(row: &Row, _: &str) -> Option<(String, bool)> {
    Some((text(row, "meterId")?, truth(row, "isOnline")?))
}
