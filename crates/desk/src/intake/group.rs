//! Many homes of one site with the same supply fault are one job, not one visit each.

use super::Intake;
use crate::{DeskError, words};
use store::{Case, CaseChange, CaseFilter, Subject};

/// The condition of the one job.
const JOB: &str = "utility-job";

impl Intake {
    /// Puts the cases of one site and supply fault under one job, or takes them out again when too
    /// few are left.
    pub(super) async fn regroup(&self, site: &str, slug: &'static str) -> Result<(), DeskError> {
        let filter = CaseFilter {
            site: Some(site.to_owned()),
            cause: Some(slug.to_owned()),
            explained: true,
            ..CaseFilter::default()
        };
        let all = self.store.cases(&filter, None, 100_000).await?;
        let homes: Vec<&Case> = all
            .iter()
            .filter(|case| case.subject.kind == "meter")
            .collect();
        let dark = homes.iter().filter(|case| case.quiet_since.is_none());
        let enough = dark.count() >= self.rules.neighbours_at_least as usize;
        let job = self.job(site, slug).await?;
        let grouped = homes.iter().all(|case| case.parent.is_some());
        match (enough, job) {
            (true, Some(_)) if grouped => Ok(()),
            (true, _) => self.one_job(site, slug, &homes).await,
            (false, Some(job)) => self.job_over(&job, &homes).await,
            (false, None) => Ok(()),
        }
    }

    async fn job(&self, site: &str, slug: &str) -> Result<Option<Case>, DeskError> {
        let filter = CaseFilter {
            subject: Some(site.to_owned()),
            cause: Some(cause(slug)),
            explained: true,
            ..CaseFilter::default()
        };
        Ok(self.store.cases(&filter, None, 1).await?.pop())
    }

    async fn one_job(
        &self,
        site: &str,
        slug: &'static str,
        homes: &[&Case],
    ) -> Result<(), DeskError> {
        let count = homes.len();
        let name = catalogue::by_slug(slug).map(|row| row.advice.name);
        let (en, fr) = name.map_or((slug, slug), |name| (name.en, name.fr));
        let en = format!("{count} homes of {site}: {en}.");
        let fr = format!("{count} logements de {site} : {fr}.");
        let words = words::of_condition(JOB, Some((&en, &fr)));
        let subject = Subject {
            kind: "site",
            id: site.to_owned(),
        };
        let now = self.clock.now();
        let Some(job) = self.open_case(subject, &cause(slug), words, now).await? else {
            return Ok(());
        };
        let alone = homes.iter().filter(|case| case.parent.is_none());
        let under: Vec<_> = alone
            .map(|case| CaseChange::Under(case.id, Some(job)))
            .collect();
        Ok(self.store.change_cases(&under).await?)
    }

    async fn job_over(&self, job: &Case, homes: &[&Case]) -> Result<(), DeskError> {
        let mine = homes.iter().filter(|case| case.parent == Some(job.id));
        let mut changes: Vec<_> = mine.map(|case| CaseChange::Under(case.id, None)).collect();
        let why = "fewer homes say the same".to_owned();
        changes.push(CaseChange::Close(job.id, self.clock.now(), why));
        Ok(self.store.change_cases(&changes).await?)
    }
}

/// A job of its own for each fault of a site.
fn cause(slug: &str) -> String {
    format!("{JOB}-{slug}")
}
