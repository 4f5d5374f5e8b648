//! Requests: an operator goes first, and what is not offered ends at once.

use crate::fake::Fake;
use crate::life::{How, Place, number, until};
use asking::{Item, RefusalKind};
use desk::Clock;
use desk::plan::OPERATOR;
use fleet::SECOND;
use std::sync::Arc;
use store::{Meter, Request, RequestId};

const SCALE: u32 = 20;

fn request(place: &Place, fake: &Fake, gateway: usize, n: usize, item: &str) -> RequestId {
    let at = fake.clock.now();
    let id = place.with_store(async |store| {
        let meter = number(gateway, n);
        store.request(&meter, item, OPERATOR, at).await
    });
    id.expect("a request")
}

fn ended(place: &Place, id: RequestId) -> Option<Request> {
    let found = place.with_store(async |store| store.request_state(id).await);
    found.expect("requests").filter(|one| one.done_at.is_some())
}

#[test]
fn a_request_of_an_operator_overtakes_the_routine() {
    let clock = Clock::running(SCALE);
    let mut fake = Fake::new(clock);
    fake.pace.in_flight = 1;
    fake.takes = 3 * SECOND;
    let fake = Arc::new(fake);
    let place = Place::with(1, 100);
    let life = place.start(&fake, &How::default());
    until("the routine goes on", || fake.vendor().made.len() >= 3);
    let id = request(&place, &fake, 0, 99, "operating_status");
    until("the request has ended", || ended(&place, id).is_some());
    assert_eq!(ended(&place, id).and_then(|one| one.outcome), None);
    let meter = number(0, 99);
    let vendor = fake.vendor();
    let before = vendor.made.iter().position(|made| made.meter == meter);
    assert!(before < Some(20), "{before:?} were asked before");
    drop(vendor);
    life.stop();
}

#[test]
fn a_request_for_what_is_not_offered_ends_at_once_with_its_sentence() {
    let fake = Arc::new(Fake::new(Clock::running(SCALE)));
    let place = Place::with(1, 2);
    let life = place.start(&fake, &How::default());
    let power = request(&place, &fake, 0, 1, "power");
    let nonsense = request(&place, &fake, 0, 0, "weather");
    for id in [power, nonsense] {
        until("the request has ended", || ended(&place, id).is_some());
        let outcome = ended(&place, id).and_then(|one| one.outcome);
        let sentence = RefusalKind::NotOffered.sentence();
        assert_eq!(outcome.as_deref(), Some(sentence));
    }
    place.until_all_are_judged();
    life.stop();
    let vendor = fake.vendor();
    assert!(
        vendor
            .made
            .iter()
            .all(|made| made.item == Item::OperatingStatus)
    );
}

#[test]
fn a_request_for_a_meter_registered_just_now_is_not_kept_waiting_for_the_next_round() {
    let fake = Arc::new(Fake::new(Clock::running(1)));
    let place = Place::with(1, 1);
    let life = place.start(&fake, &How::default());
    place.until_all_are_judged();
    let new = Meter {
        number: number(0, 7),
        head_end: None,
        site: None,
        gateway: None,
        customer: None,
        phases: None,
        solar: None,
        occupied: None,
    };
    place
        .with_store(async |store| store.put_meters(&[new]).await)
        .expect("a meter");
    let begun = fake.clock.now();
    let id = request(&place, &fake, 0, 7, "operating_status");
    until("the request has ended", || ended(&place, id).is_some());
    let took = fake.clock.now().since(begun);
    // the fleet would be read again after thirty seconds
    assert!(took < 15 * SECOND, "{took} ms");
    life.stop();
}
