//! The dialect with `company` and `protocolId`: JWT, integer tasks, data concentrators.

mod items;
mod lists;
mod tasks;
mod tokens;

pub(crate) use items::ITEMS;

use crate::HesError;
use crate::batch;
use crate::items::Items;
use crate::refusal::Answered;
use crate::signed::Signed;
use crate::speaks::{Connected, Speaks};
use crate::transport::Line;
use asking::{
    Account, Ask, DayRow, Deployment, Dialect, GatewayRow, HeadEnd, HourRow, Listing, MeterRow,
    Mint, Offers, Page, Polled, Secret, Span, TaskId, Third, Watched,
};
use serde_json::json;

/// A head-end of this dialect.
struct Concentrator {
    signed: Signed,
    company: String,
    items: Items,
    third: Third,
    /// How many tasks one creation may hold.
    creates: usize,
}

pub(crate) fn connect(deployment: Deployment) -> Result<Box<dyn HeadEnd>, HesError> {
    let line = Line::new(&deployment)?;
    let company = deployment
        .company
        .clone()
        .ok_or_else(|| HesError::Company {
            head_end: deployment.name.clone(),
            dialect: Dialect::Concentrator.word(),
        })?;
    let login = json!({
        "userId": deployment.user,
        "password": deployment.password.reveal(),
        "company": company,
    });
    let items = Items::new(ITEMS, &deployment);
    for (item, asks) in items.pairs() {
        asks.parse::<u32>().map_err(|_| HesError::ItemName {
            head_end: deployment.name.clone(),
            item,
            asks: asks.to_owned(),
            why: "this dialect asks by protocol id, a whole number",
        })?;
    }
    let creates = batch::most(&deployment.pace);
    Ok(Box::new(Connected {
        name: deployment.name,
        dialect: deployment.dialect.word(),
        account: None,
        offers: Offers {
            items: items.all(),
            creates,
            looks: 1,
            // nobody has shown that it can be searched by meter
            task_list: false,
            meters: true,
            gateways: true,
            accounts: true,
            daily: true,
            hourly: true,
            events: false,
            tokens: true,
        },
        pace: deployment.pace,
        speaks: Concentrator {
            signed: Signed::new(line, "/API/User/Login", login),
            company,
            items,
            third: deployment.third,
            creates,
        },
    }))
}

impl Speaks for Concentrator {
    fn line(&self) -> &Line {
        &self.signed.line
    }
    async fn login(&self) -> Answered<()> {
        self.signed.log_in().await
    }
    async fn create(&self, ask: &Ask) -> Answered<TaskId> {
        self.create_task(ask).await
    }
    async fn create_many(&self, asks: &[Ask]) -> Answered<Vec<Answered<TaskId>>> {
        self.create_tasks(asks).await
    }
    async fn poll(&self, tasks: &[Watched]) -> Answered<Vec<Polled>> {
        let mut polled = Vec::with_capacity(tasks.len());
        for task in tasks {
            polled.push(self.look(task).await?);
        }
        Ok(polled)
    }
    async fn meters(&self, page: Page) -> Answered<Listing<MeterRow>> {
        self.list_meters(page).await
    }
    async fn gateways(&self, page: Page) -> Answered<Listing<GatewayRow>> {
        self.list_gateways(page).await
    }
    async fn accounts(&self, page: Page) -> Answered<Listing<Account>> {
        self.list_accounts(page).await
    }
    async fn daily(&self, span: &Span, page: Page) -> Answered<Listing<DayRow>> {
        self.list_days(span, page).await
    }
    async fn hourly(&self, span: &Span, page: Page) -> Answered<Listing<HourRow>> {
        let days = self.list_days(span, page).await?;
        Ok(crate::listing::hours_of(days))
    }
    async fn mint(&self, mint: &Mint) -> Answered<Secret> {
        self.mint_token(mint).await
    }
}
