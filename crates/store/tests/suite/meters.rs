//! The register of the fleet.

use crate::fixtures::{METER, at_site, bare, gateway, judged, nth, number, opened, site, words};
use crate::place::on_both;
use fleet::{MeterNumber, Moment};
use store::{Customer, Gateway, Meter, MeterFilter, Settlement, Site, Store};

async fn listed(store: &Store, filter: MeterFilter) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    loop {
        let after = all.last().map(|last| number(last));
        let page = store.list_meters(&filter, after.as_ref(), 2).await.unwrap();
        let last = page.len() < 2;
        all.extend(page.into_iter().map(|(meter, _)| meter.number.to_string()));
        if last {
            return all;
        }
    }
}

fn numbers(meters: &[MeterNumber]) -> Vec<String> {
    meters.iter().map(ToString::to_string).collect()
}

on_both! {
    async fn what_is_not_said_leaves_what_is_there(place) {
        let store = place.open().await;
        let full = Meter {
            number: number(METER),
            head_end: Some("main".into()),
            site: Some(site("S1")),
            gateway: Some(gateway("G1")),
            customer: Some("c7".into()),
            phases: Some(3),
            solar: Some(false),
            occupied: Some(true),
        };
        store.put_meters(std::slice::from_ref(&full)).await.unwrap();
        let more = Meter { solar: Some(true), ..bare(number(METER)) };
        store.put_meters(&[more, bare(nth(1)), bare(nth(1))]).await.unwrap();
        let expected = Meter { solar: Some(true), ..full };
        assert_eq!(store.meter(&number(METER)).await.unwrap(), Some(expected));
        assert_eq!(store.meter(&nth(1)).await.unwrap(), Some(bare(nth(1))));
        assert_eq!(store.meter(&nth(2)).await.unwrap(), None);
        let g = Gateway { id: gateway("G1"), head_end: None, name: None, site: None, online: Some(true), online_at: Some(Moment(4)) };
        store.put_gateways(std::slice::from_ref(&g)).await.unwrap();
        store.put_gateways(&[Gateway { online: None, online_at: None, name: Some("mast".into()), ..g.clone() }]).await.unwrap();
        assert_eq!(store.gateways().await.unwrap(), [Gateway { name: Some("mast".into()), ..g }]);
        assert_eq!(store.gateway(&gateway("G2")).await.unwrap(), None);
    }

    async fn sites_and_customers_are_found_by_their_ids(place) {
        let store = place.open().await;
        let kasese = Site { id: site("S2"), name: Some("Kasese".into()), zone: Some("Africa/Kampala".into()) };
        let plain = Site { id: site("S1"), name: None, zone: None };
        store.put_sites(&[kasese.clone(), plain.clone()]).await.unwrap();
        assert_eq!(store.sites().await.unwrap(), [plain, kasese.clone()]);
        assert_eq!(store.site(&site("S2")).await.unwrap(), Some(kasese));
        let customer = Customer { id: "c 7".into(), name: None, phone: Some("+256".into()), address: None };
        store.put_customers(std::slice::from_ref(&customer)).await.unwrap();
        assert_eq!(store.customer("c 7").await.unwrap(), Some(customer));
        assert_eq!(store.customer("c7").await.unwrap(), None);
    }

    async fn meters_are_listed_by_number_and_filtered(place) {
        let store = place.open().await;
        let name = |id: &str, name: &str| Customer { id: id.into(), name: Some(name.into()), phone: None, address: None };
        store.put_customers(&[name("c1", "Élodie Nakato"), name("c2", "50% off_Ltd")]).await.unwrap();
        let with = |customer: &str, meter: Meter| Meter { customer: Some(customer.into()), ..meter };
        let all = [nth(1), nth(2), nth(3), nth(4), number(METER)];
        store.put_meters(&[
            with("c1", at_site(all[0].clone(), "S1")),
            with("c2", at_site(all[1].clone(), "S1")),
            Meter { gateway: Some(gateway("G1")), ..bare(all[2].clone()) },
            with("c1", bare(all[3].clone())),
            bare(all[4].clone()),
        ]).await.unwrap();
        let standings = vec![judged(&all[1], words("theft", "visit", 3), 1), judged(&all[3], words("normal", "fine", 0), 1)];
        store.settle(&Settlement { standings, ..Settlement::default() }).await.unwrap();
        let text = |text: &str| MeterFilter { text: Some(text.into()), ..MeterFilter::default() };
        let cases = [
            (MeterFilter::default(), vec![0, 1, 2, 3, 4]),
            (MeterFilter { site: Some(site("S1")), ..MeterFilter::default() }, vec![0, 1]),
            (MeterFilter { gateway: Some(gateway("G1")), ..MeterFilter::default() }, vec![2]),
            (MeterFilter { decision: Some("visit".into()), ..MeterFilter::default() }, vec![1]),
            (MeterFilter { slug: Some("normal".into()), ..MeterFilter::default() }, vec![3]),
            (MeterFilter { slug: Some("theft".into()), decision: Some("fine".into()), ..MeterFilter::default() }, vec![]),
            (text("4700"), vec![4]),
            (text("00000000000"), vec![]),
            (text("0000000000"), vec![0, 1, 2, 3]),
            (text("nakato"), vec![0, 3]),
            (text("élodie"), vec![0, 3]),
            (text("%"), vec![1]),
            (text("f_l"), vec![1]),
            (text("50"), vec![1]),
            (text("  "), vec![0, 1, 2, 3, 4]),
            (MeterFilter { site: Some(site("S1")), ..text("nakato") }, vec![0]),
        ];
        for (filter, expected) in cases {
            let expected: Vec<MeterNumber> = expected.into_iter().map(|n: usize| all[n].clone()).collect();
            assert_eq!(listed(&store, filter.clone()).await, numbers(&expected), "{filter:?}");
        }
        let page = store.list_meters(&MeterFilter::default(), None, 9).await.unwrap();
        assert_eq!(page[1].1.as_ref().unwrap().words.slug, "theft");
        assert_eq!(page[0].1, None);
    }

    async fn the_planner_sees_every_meter(place) {
        let store = place.open().await;
        store.put_meters(&[at_site(nth(1), "S1"), bare(nth(2))]).await.unwrap();
        store.settle(&Settlement { standings: vec![judged(&nth(2), words("x", "visit", 3), 7)], ..Settlement::default() }).await.unwrap();
        store.touch(&[(nth(1), Moment(9))], &[(nth(1), 4)]).await.unwrap();
        let case = opened(&store, nth(2).as_str(), "x", 3, 1).await;
        let due = store.due().await.unwrap();
        let due: Vec<_> = due.iter().map(|due| {
            (due.meter.clone(), due.site.as_deref(), due.asked_at, due.observed_at, due.silent, due.open_case)
        }).collect();
        assert_eq!(due, [
            (nth(1), Some("S1"), Some(Moment(9)), None, 4, false),
            (nth(2), None, None, Some(Moment(7)), 0, true),
        ]);
        store.change_cases(&[store::CaseChange::Close(case.id, Moment(2), "done".into())]).await.unwrap();
        assert!(!store.due().await.unwrap()[1].open_case);
    }
}
