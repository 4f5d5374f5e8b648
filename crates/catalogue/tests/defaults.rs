//! The defaults before any evidence, as the design rules them.

use catalogue::ami_rows;

/// code, class, supply, severity, decision, owner
const DEFAULTS: &str = "
1000 normal         on      info     fine   nobody
1001 ignored        unknown info     ignore nobody
1003 load           off     medium   office customer-desk
1004 test           unknown low      fine   nobody
1005 tamper         off     high     visit  technician
1006 tamper         off     high     visit  technician
1007 backend        off     medium   office operations
1008 commissioning  off     medium   visit  technician
1009 load           off     high     office customer-desk
1011 supply-quality off     high     office utility
1012 supply-quality off     medium   office utility
1013 wiring         off     medium   visit  electrician
1014 tamper         off     high     visit  technician
1015 tamper         off     high     visit  technician
1016 wiring         off     medium   visit  electrician
1017 wiring         off     high     visit  electrician
1018 tamper         off     critical visit  revenue-protection
1021 supply-quality off     medium   office utility
1022 load           off     critical visit  electrician
1023 load           off     low      office customer-desk
1024 backend        unknown high     office ami-admin
1025 local          off     high     office operations
";

#[test]
fn every_default_is_the_ruled_one() {
    let ours: Vec<String> = ami_rows()
        .iter()
        .map(|row| {
            let a = &row.advice;
            [
                &row.ami.to_string(),
                a.class.word(),
                a.supply.word(),
                a.severity.word(),
                a.decision.word(),
                a.owner.word(),
            ]
            .join(" ")
        })
        .collect();
    let ruled: Vec<String> = DEFAULTS
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(ours, ruled);
}
