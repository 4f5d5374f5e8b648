//! Putting a meter into the register.

use super::{Denied, People, Who};
use fleet::Moment;
use people::Verb;
use serde_json::json;
use store::{ImportReport, Imported, Meter, NewImport};

/// What imports by this door are called.
const SOURCE: &str = "api";

impl People {
    /// Registers a meter, or changes what is registered of it; parts that are nothing stay as they
    /// are. It is remembered like an import, under the name of who did it, and can be taken back like
    /// one; the audit follows in a step of its own. Whether the meter was new.
    pub async fn register(&self, by: &Who, meter: &Meter, now: Moment) -> Result<bool, Denied> {
        by.may(Verb::Register)?;
        let import = NewImport {
            source: SOURCE.to_owned(),
            who: by.person.name.to_string(),
            at: now,
        };
        let row = Imported::Meter(meter.clone());
        let preview = self.store.preview(std::slice::from_ref(&row)).await?;
        let same = ImportReport {
            same: 1,
            ..ImportReport::default()
        };
        if preview == same {
            return Ok(false);
        }
        let (id, report) = self.store.import(&import, &[row]).await?;
        let site = self.site_of(&meter.number).await?;
        let detail = json!({ "import": id.0, "new": report.new == 1 });
        let audit = by.did(now, "registered", site, meter.number.as_str(), &detail);
        self.store.audit(&[audit]).await?;
        Ok(report.new == 1)
    }
}
