use crate::place::on_both;
use fleet::{GatewayId, MeterNumber, Moment, SiteId};
use store::*;

fn meter(n: &str) -> MeterNumber {
    MeterNumber::parse(n).unwrap()
}

on_both! {
    async fn everything_answers(place) {
        let store = place.open().await;
        let m = meter("47001582544");
        store.ping(Moment(5)).await.unwrap();
        assert!(store.size_bytes().await.unwrap() > 1000);
        assert_eq!(store.schema_version().await.unwrap(), 1);
        assert_eq!(store.lease("poll", "a", Moment(0), 100).await.unwrap(), Some(1));
        assert_eq!(store.lease("poll", "b", Moment(50), 100).await.unwrap(), None);
        assert_eq!(store.lease("poll", "b", Moment(100), 100).await.unwrap(), Some(2));
        store.release("poll", "b").await.unwrap();
        let new = Meter { number: m.clone(), head_end: Some("main".into()), site: SiteId::parse("S1"), gateway: GatewayId::parse("G1"), customer: Some("c1".into()), phases: Some(1), solar: None, occupied: Some(true) };
        store.put_meters(&[new.clone()]).await.unwrap();
        store.put_sites(&[Site { id: SiteId::parse("S1").unwrap(), name: Some("Site".into()), zone: None }]).await.unwrap();
        store.put_gateways(&[Gateway { id: GatewayId::parse("G1").unwrap(), head_end: None, name: None, site: None, online: Some(true), online_at: Some(Moment(1)) }]).await.unwrap();
        store.put_customers(&[Customer { id: "c1".into(), name: Some("Akello %".into()), phone: None, address: None }]).await.unwrap();
        assert_eq!(store.meter(&m).await.unwrap().as_ref(), Some(&new));
        assert_eq!(store.sites().await.unwrap().len(), 1);
        let (id, report) = store.import(&NewImport { source: "f".into(), who: "w".into(), at: Moment(1) }, &[Imported::Meter(Meter { solar: Some(true), ..new.clone() }), Imported::Meter(Meter { number: meter("1"), ..new.clone() })]).await.unwrap();
        assert_eq!((report.new, report.changed, report.same), (1, 1, 0));
        assert_eq!(store.undo_import(id, Moment(2)).await.unwrap(), Some(report));
        assert_eq!(store.imports(5).await.unwrap().len(), 1);
        let slots = store.reserve(&[NewSlot { head_end: "main".into(), group: "G1".into(), meter: m.clone(), asked: "power".into(), request: None, at: Moment(1), horizon: Moment(9) }], 5).await.unwrap();
        store.change_slots(&[SlotChange::Sent(slots[0].unwrap(), "7".into(), Moment(3))]).await.unwrap();
        assert_eq!(store.slots("main").await.unwrap()[0].task.as_deref(), Some("7"));
        let r = store.request(&m, "power", 2, Moment(4)).await.unwrap();
        assert_eq!(store.request(&m, "power", 3, Moment(5)).await.unwrap(), r);
        assert_eq!(store.open_requests().await.unwrap()[0].priority, 3);
        let ids = store.keep(&[NewAnswer { at: Moment(10), source: "main".into(), meter: Some(m.clone()), asked: "power".into(), body: "{}".into(), slot: slots[0] }]).await.unwrap();
        assert_eq!(store.unsettled(9).await.unwrap()[0].id, ids[0]);
        let words = Words { slug: "x".into(), class: "c".into(), supply: "on".into(), decision: "fine".into(), owner: "nobody".into(), severity: 2, because: "{}".into() };
        let subject = Subject { kind: "meter", id: m.to_string() };
        let settlement = Settlement {
            at: Moment(11),
            settled: vec![(ids[0], None)],
            latest: vec![Latest { meter: m.clone(), item: "power".into(), value: "5".into(), at: Moment(10), since: Moment(10), answer: Some(ids[0]) }],
            standings: vec![Standing { meter: m.clone(), status: Some("1000".into()), ami_code: Some(1000), words: words.clone(), observed_at: Some(Moment(10)), since: Some(Moment(10)), asked_at: None, heard_at: Some(Moment(10)), silent: 0 }],
            cases: vec![CaseChange::Seen(Box::new(NewCase { subject, cause: "x".into(), words, site: Some("S1".into()), gateway: None, at: Moment(10), parent: None }))],
            freed: vec![], requests: vec![(r, None)],
            readings: vec![Reading { meter: m.clone(), register: "kwh", at: Moment(10), milli: 5 }],
        };
        store.settle(&settlement).await.unwrap();
        assert!(store.slots("main").await.unwrap().is_empty());
        assert_eq!(store.request_state(r).await.unwrap().unwrap().answer, Some(ids[0]));
        assert!(store.answer(ids[0]).await.unwrap().unwrap().settled);
        assert_eq!(store.answers(&m, None, 5).await.unwrap().len(), 1);
        assert_eq!(store.known(&[m.clone(), meter("9")]).await.unwrap()[0].cases.len(), 1);
        assert_eq!(store.observations(&m, None, 5).await.unwrap().len(), 1);
        assert_eq!(store.readings(&m, "kwh", Moment(0), Moment(99), 5).await.unwrap().len(), 1);
        assert_eq!(store.alike(Group::Site, "S1", &meter("9"), 1000, Moment(0)).await.unwrap(), (1, 1));
        store.touch(&[(m.clone(), Moment(20))], &[(m.clone(), 3)]).await.unwrap();
        assert_eq!(store.standing(&m).await.unwrap().unwrap().silent, 3);
        let due = store.due().await.unwrap();
        assert!(due[0].open_case && due[0].asked_at == Some(Moment(20)));
        let tally = store.tally().await.unwrap();
        assert_eq!((tally.open[0].3, tally.meters, tally.at_ease, tally.unjudged), (1, 1, 1, 0));
        let all = store.cases(&CaseFilter { decision: Some("fine".into()), ..CaseFilter::default() }, None, 5).await.unwrap();
        let c = &all[0];
        let after = Cursor { severity: c.words.severity, opened_at: c.opened_at, id: c.id };
        assert!(store.cases(&CaseFilter::default(), Some(after), 5).await.unwrap().is_empty());
        store.add_note(&Note { case: c.id, at: Moment(3), who: "me".into(), text: "hm".into() }).await.unwrap();
        assert_eq!(store.notes(c.id).await.unwrap().len(), 1);
        store.change_cases(&[CaseChange::Quiet(c.id, Moment(30)), CaseChange::Close(c.id, Moment(40), "ok".into())]).await.unwrap();
        assert_eq!(store.case(c.id).await.unwrap().unwrap().closed_at, Some(Moment(40)));
        let filter = MeterFilter { text: Some("akello %".into()), decision: Some("fine".into()), ..MeterFilter::default() };
        assert_eq!(store.list_meters(&filter, None, 5).await.unwrap().len(), 1);
        let filter = MeterFilter { text: Some("4700".into()), ..MeterFilter::default() };
        assert_eq!(store.list_meters(&filter, None, 5).await.unwrap().len(), 1);
        let e = Event { meter: m.clone(), received: Moment(1), local: "x".into(), source: "main".into(), code: 3, text: None };
        assert_eq!(store.keep_events(&[e.clone(), e.clone()]).await.unwrap(), 1);
        assert_eq!(store.events(&m, 5).await.unwrap().len(), 1);
        store.audit(Moment(1), "me", "import", "f", "{}").await.unwrap();
        assert_eq!(store.audit_log(5).await.unwrap().len(), 1);
        tokio::spawn(async move { store.settle(&settlement).await.unwrap(); store.preview(&[]).await.unwrap(); store.known(&[]).await.unwrap(); store.reserve(&[], 1).await.unwrap(); store.keep(&[]).await.unwrap(); }).await.unwrap();
    }
}
