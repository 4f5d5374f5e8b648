//! `calinmeter config`: the file with every setting, or what is wrong with one.

use crate::Ended;
use crate::args::desk::Config;
use crate::end::{End, print};
use crate::setup::Setup;
use settings::Settings;

/// `calinmeter config [--check FILE]`.
pub(crate) fn run(args: &Config) -> Ended {
    let Some(file) = &args.check else {
        print(&Settings::annotated())?;
        return Ok(End::Done);
    };
    let setup = Setup::read(Some(file))?;
    setup.deployments()?;
    let head_ends = setup.settings.head_ends.len();
    print(&format!(
        "{} is in order: {head_ends} head-end(s), store {}.\n",
        file.display(),
        setup.settings.store.shown()
    ))?;
    Ok(End::Done)
}
