//! The register of the fleet.

use crate::fixtures::{METER, at_site, bare, gateway, judged, nth, number, opened, site, words};
use crate::place::{Place, on_both};
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

on_both![
    what_is_not_said_leaves_what_is_there,
    sites_and_customers_are_found_by_their_ids,
    meters_are_listed_by_number_and_filtered,
    meters_are_found_by_number_or_customer,
    the_planner_sees_every_meter,
];

async fn what_is_not_said_leaves_what_is_there(place: Place) {
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
    let more = Meter {
        solar: Some(true),
        ..bare(number(METER))
    };
    store
        .put_meters(&[more, bare(nth(1)), bare(nth(1))])
        .await
        .unwrap();
    let expected = Meter {
        solar: Some(true),
        ..full
    };
    assert_eq!(store.meter(&number(METER)).await.unwrap(), Some(expected));
    assert_eq!(store.meter(&nth(1)).await.unwrap(), Some(bare(nth(1))));
    assert_eq!(store.meter(&nth(2)).await.unwrap(), None);
    let g = Gateway {
        id: gateway("G1"),
        head_end: None,
        name: None,
        site: None,
        online: Some(true),
        online_at: Some(Moment(4)),
    };
    store.put_gateways(std::slice::from_ref(&g)).await.unwrap();
    store
        .put_gateways(&[Gateway {
            online: None,
            online_at: None,
            name: Some("mast".into()),
            ..g.clone()
        }])
        .await
        .unwrap();
    assert_eq!(
        store.gateways().await.unwrap(),
        [Gateway {
            name: Some("mast".into()),
            ..g
        }]
    );
    assert_eq!(store.gateway(&gateway("G2")).await.unwrap(), None);
}

async fn sites_and_customers_are_found_by_their_ids(place: Place) {
    let store = place.open().await;
    let kasese = Site {
        id: site("S2"),
        name: Some("Kasese".into()),
        zone: Some("Africa/Kampala".into()),
    };
    let plain = Site {
        id: site("S1"),
        name: None,
        zone: None,
    };
    store
        .put_sites(&[kasese.clone(), plain.clone()])
        .await
        .unwrap();
    assert_eq!(store.sites().await.unwrap(), [plain, kasese.clone()]);
    assert_eq!(store.site(&site("S2")).await.unwrap(), Some(kasese));
    let customer = Customer {
        id: "c 7".into(),
        name: None,
        phone: Some("+256".into()),
        address: None,
    };
    store
        .put_customers(std::slice::from_ref(&customer))
        .await
        .unwrap();
    assert_eq!(store.customer("c 7").await.unwrap(), Some(customer));
    assert_eq!(store.customer("c7").await.unwrap(), None);
}

/// Five meters: two of a site, one behind a gateway, two of one customer, two judged.
async fn fleet(store: &Store) -> Vec<MeterNumber> {
    let name = |id: &str, name: &str| Customer {
        id: id.into(),
        name: Some(name.into()),
        phone: None,
        address: None,
    };
    let customers = [name("c1", "Élodie Nakato"), name("c2", "50% off_Ltd")];
    store.put_customers(&customers).await.unwrap();
    let of = |customer: &str, meter: Meter| Meter {
        customer: Some(customer.into()),
        ..meter
    };
    let all = vec![nth(1), nth(2), nth(3), nth(4), number(METER)];
    let behind = Meter {
        gateway: Some(gateway("G1")),
        ..bare(all[2].clone())
    };
    let meters = [
        of("c1", at_site(all[0].clone(), "S1")),
        of("c2", at_site(all[1].clone(), "S1")),
        behind,
        of("c1", bare(all[3].clone())),
        bare(all[4].clone()),
    ];
    store.put_meters(&meters).await.unwrap();
    let theft = judged(&all[1], words("theft", "visit", 3), 1);
    let normal = judged(&all[3], words("normal", "fine", 0), 1);
    let settlement = Settlement {
        standings: vec![theft, normal],
        ..Settlement::default()
    };
    store.settle(&settlement).await.unwrap();
    all
}

async fn meters_are_listed_by_number_and_filtered(place: Place) {
    let store = place.open().await;
    let all = fleet(&store).await;
    let filter = |change: fn(&mut MeterFilter)| {
        let mut filter = MeterFilter::default();
        change(&mut filter);
        filter
    };
    let cases = [
        (filter(|_| ()), vec![0, 1, 2, 3, 4]),
        (filter(|f| f.site = Some(site("S1"))), vec![0, 1]),
        (filter(|f| f.gateway = Some(gateway("G1"))), vec![2]),
        (filter(|f| f.decision = Some("visit".into())), vec![1]),
        (filter(|f| f.slug = Some("normal".into())), vec![3]),
        (
            filter(|f| {
                f.slug = Some("theft".into());
                f.decision = Some("fine".into());
            }),
            vec![],
        ),
    ];
    for (filter, expected) in cases {
        let expected: Vec<String> = expected
            .into_iter()
            .map(|n: usize| all[n].to_string())
            .collect();
        let listed = listed(&store, filter.clone()).await;
        assert_eq!(listed, expected, "{filter:?}");
    }
    let page = store
        .list_meters(&MeterFilter::default(), None, 9)
        .await
        .unwrap();
    assert_eq!(page[1].1.as_ref().unwrap().words.slug, "theft");
    assert_eq!(page[0].1, None);
}

async fn meters_are_found_by_number_or_customer(place: Place) {
    let store = place.open().await;
    let all = fleet(&store).await;
    let cases = [
        ("4700", vec![4]),
        ("00000000000", vec![]),
        ("0000000000", vec![0, 1, 2, 3]),
        ("nakato", vec![0, 3]),
        ("élodie", vec![0, 3]),
        ("%", vec![1]),
        ("f_l", vec![1]),
        ("50", vec![1]),
        ("0", vec![0, 1, 2, 3]),
        ("  ", vec![0, 1, 2, 3, 4]),
        ("nobody", vec![]),
    ];
    for (text, expected) in cases {
        let expected: Vec<String> = expected
            .into_iter()
            .map(|n: usize| all[n].to_string())
            .collect();
        let filter = MeterFilter {
            text: Some(text.into()),
            ..MeterFilter::default()
        };
        assert_eq!(listed(&store, filter).await, expected, "{text}");
    }
    let filter = MeterFilter {
        site: Some(site("S1")),
        text: Some("nakato".into()),
        ..MeterFilter::default()
    };
    assert_eq!(listed(&store, filter).await, [all[0].to_string()]);
}

async fn the_planner_sees_every_meter(place: Place) {
    let store = place.open().await;
    store
        .put_meters(&[at_site(nth(1), "S1"), bare(nth(2))])
        .await
        .unwrap();
    store
        .settle(&Settlement {
            standings: vec![judged(&nth(2), words("x", "visit", 3), 7)],
            ..Settlement::default()
        })
        .await
        .unwrap();
    store
        .touch(&[(nth(1), Moment(9))], &[(nth(1), 4)])
        .await
        .unwrap();
    let case = opened(&store, nth(2).as_str(), "x", 3, 1).await;
    let due = store.due().await.unwrap();
    let due: Vec<_> = due
        .iter()
        .map(|due| {
            (
                due.meter.clone(),
                due.site.as_deref(),
                due.asked_at,
                due.observed_at,
                due.silent,
                due.open_case,
            )
        })
        .collect();
    assert_eq!(
        due,
        [
            (nth(1), Some("S1"), Some(Moment(9)), None, 4, false),
            (nth(2), None, None, Some(Moment(7)), 0, true),
        ]
    );
    store
        .change_cases(&[store::CaseChange::Close(case.id, Moment(2), "done".into())])
        .await
        .unwrap();
    assert!(!store.due().await.unwrap()[1].open_case);
}
