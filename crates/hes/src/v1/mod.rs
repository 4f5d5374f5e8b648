//! "AMI": `COMM_*` and `Maintenance_*`, the credentials in every body, UUID tasks, no login.

mod answers;
mod credentials;
mod data;
mod firmware;
mod items;
mod lists;
mod tasks;
mod tokens;

pub(crate) use items::ITEMS;

use crate::HesError;
use crate::items::Items;
use crate::refusal::Answered;
use crate::speaks::{Connected, Speaks};
use crate::transport::Line;
use asking::{
    Ask, DayRow, Deployment, Dialect, GatewayRow, HeadEnd, HourRow, Listing, MeterRow, Mint,
    Offers, Page, Polled, Secret, Span, TaskId, Watched,
};
use credentials::Credentials;
use firmware::Firmwares;

/// A head-end of this dialect.
struct V1 {
    line: Line,
    credentials: Credentials,
    items: Items,
    firmwares: Firmwares,
}

pub(crate) fn connect(deployment: Deployment) -> Result<Box<dyn HeadEnd>, HesError> {
    let line = Line::new(&deployment)?;
    let company = deployment
        .company
        .clone()
        .ok_or_else(|| HesError::Company {
            head_end: deployment.name.clone(),
            dialect: Dialect::V1.word(),
        })?;
    let items = Items::new(ITEMS, &deployment);
    Ok(Box::new(Connected {
        name: deployment.name,
        dialect: deployment.dialect.word(),
        account: None,
        offers: Offers {
            items: items.all(),
            looks: 1,
            creates: 1,
            task_list: false,
            meters: true,
            gateways: true,
            // the rows of `POS_Customer` are not published
            accounts: false,
            daily: true,
            hourly: true,
            events: false,
            tokens: true,
        },
        pace: deployment.pace,
        speaks: V1 {
            line,
            credentials: Credentials::new(company, deployment.user, deployment.password),
            items,
            firmwares: Firmwares::default(),
        },
    }))
}

impl Speaks for V1 {
    fn line(&self) -> &Line {
        &self.line
    }
    async fn login(&self) -> Answered<()> {
        self.prove().await
    }
    async fn create(&self, ask: &Ask) -> Answered<TaskId> {
        self.create_task(ask).await
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
    async fn daily(&self, span: &Span, page: Page) -> Answered<Listing<DayRow>> {
        self.list_days(span, page).await
    }
    async fn hourly(&self, span: &Span, page: Page) -> Answered<Listing<HourRow>> {
        self.list_hours(span, page).await
    }
    async fn mint(&self, mint: &Mint) -> Answered<Secret> {
        self.mint_token(mint).await
    }
}
