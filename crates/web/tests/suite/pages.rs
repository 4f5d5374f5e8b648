//! What the pages show, and that they hold together.

use crate::ask::{Installation, attributes};
use crate::house;
use axum::body::Body;
use axum::http::{Request, StatusCode};

#[tokio::test]
async fn every_condition_is_on_the_worklist_or_at_ease() {
    let full = Installation::full().await;
    let page = full.page("/").await;
    for row in catalogue::ami_rows() {
        let shown = page.contains(&format!("<bdi>{}</bdi>", row.ami));
        let at_ease = matches!(row.advice.decision.word(), "fine" | "ignore");
        assert_eq!(shown, !at_ease, "{}", row.ami);
    }
    assert!(page.contains("1002 is not listed: it gets no meaning."));
}

#[tokio::test]
async fn a_case_that_explains_others_says_how_many_and_leads_to_them() {
    let full = Installation::full().await;
    let page = full.page("/").await;
    let gateway = house::case_of(&full.store, "gw-2").await.0;
    assert!(page.contains(&format!("href=\"/cases/{gateway}\">explains 3 more cases")));
    assert!(page.contains("6 more cases are explained by one of these"));
    let case = full.page(&format!("/cases/{gateway}")).await;
    assert_eq!(case.matches("Meter does not answer").count(), 3);
    let child = house::case_of(&full.store, house::number(24).as_str())
        .await
        .0;
    let child = full.page(&format!("/cases/{child}")).await;
    assert!(child.contains(&format!(
        "href=\"/cases/{gateway}\"><bdi>Gateway offline: gw-2"
    )));
}

#[tokio::test]
async fn choosing_narrows_down_and_can_be_taken_back() {
    let full = Installation::full().await;
    let page = full
        .page("/?site=st-2&decision=visit&owner=technician")
        .await;
    assert!(page.contains("<option value=\"st-2\" selected>"));
    assert!(page.contains("<option value=\"visit\" selected>"));
    let (rows, _) = page.split_once("<details>").unwrap();
    assert!(!rows.contains("st-3</bdi>") && rows.contains("Market &#38; mill"));
    assert!(page.contains("<a class=\"tap\" href=\"/\">Show everything</a>"));
    let none = full.page("/?site=nowhere").await;
    assert!(none.contains("No open case fits this choice."));
    assert!(none.contains("<option value=\"nowhere\" selected>"));
}

#[tokio::test]
async fn a_head_end_that_is_down_is_one_banner_that_says_what_to_do() {
    let down = Installation::with(|now| vec![house::down(now), house::well(now)]).await;
    for path in ["/", "/meters", "/nowhere"] {
        let page = down.get(path).await.body;
        assert_eq!(page.matches("class=\"banner\"").count(), 1, "{path}");
        assert!(page.contains("Head-end main cannot be used."));
        assert!(page.contains("nobody is sent out because of this"));
        assert!(page.contains("45\u{a0}min</time>"), "{page}");
    }
}

#[tokio::test]
async fn the_supply_comes_first_on_a_meters_page() {
    let full = Installation::full().await;
    let page = full.page(&format!("/meters/{}", house::number(7))).await;
    let main = page.split_once("<main").unwrap().1;
    let places = [
        "The home is dark. Somebody must travel: technician.",
        "<h2>Why</h2>",
        "<h2>What to do</h2>",
        "<h2>The guide says</h2>",
        "Not-active (meter not commissioned)",
        "<h2>Open cases</h2>",
        "<h2>Latest values</h2>",
    ];
    let mut last = 0;
    for place in places {
        let found = main[last..].find(place);
        last += found.unwrap_or_else(|| panic!("{place} is not there, or too early"));
    }
}

#[tokio::test]
async fn the_factory_code_is_on_no_page_and_in_no_answer() {
    let full = Installation::full().await;
    let meter = house::number(7);
    for path in ["/meters/{}", "/meters/{}?lang=fr", "/api/v1/meters/{}"] {
        let page = full.page(&path.replace("{}", meter.as_str())).await;
        assert!(page.contains("default code"), "{path}");
        assert!(!page.contains("12345"), "{path}");
    }
}

#[tokio::test]
async fn meters_are_found_by_number_and_by_customer() {
    let full = Installation::full().await;
    let meter = house::number(12);
    for text in [
        meter.as_str(),
        &meter.as_str()[..10],
        "house%2012",
        "HOUSE+12",
    ] {
        let page = full.page(&format!("/meters?text={text}")).await;
        assert!(page.contains(meter.as_str()), "{text}");
    }
    let dark = full.page("/meters?gateway=gw-2").await;
    assert_eq!(dark.matches("class=\"tap number\"").count(), 10);
    assert!(dark.contains("not judged yet"));
    let none = full.page("/meters?text=nobody").await;
    assert!(none.contains("No meter fits this choice."));
}

#[tokio::test]
async fn what_is_not_there_is_said_with_what_to_do_next() {
    let full = Installation::full().await;
    let missing = [
        (
            "/meters/47999999999",
            "is not registered here",
            "calinmeter meter import",
        ),
        ("/meters/abc", "not a meter number", "digits only"),
        ("/cases/99999", "There is no case 99999", "worklist"),
        ("/cases/x", "There is no case x", "worklist"),
        ("/nowhere", "There is no such page", "worklist"),
        ("/meters/%FF", "There is no such page", "worklist"),
    ];
    for (path, what, todo) in missing {
        let came = full.get(path).await;
        assert_eq!(came.status, StatusCode::NOT_FOUND, "{path}");
        assert!(
            came.body.contains(what) && came.body.contains(todo),
            "{path}"
        );
    }
    let post = Request::post("/meters").body(Body::empty()).unwrap();
    let came = full.ask(post).await;
    assert_eq!(came.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(came.header("allow").contains("GET"));
}

#[tokio::test]
async fn the_language_is_what_the_browser_wants_until_a_person_chooses() {
    let full = Installation::full().await;
    let came = full
        .get_with("/", "accept-language", "fr-CA, en;q=0.5")
        .await;
    assert!(came.body.contains("<html lang=\"fr\">") && came.body.contains("Liste de travail"));
    assert!(
        !came.body.contains("/meters?lang="),
        "a wish is not a choice"
    );
    let meter = house::number(7);
    for path in [
        "/",
        "/meters",
        "/nowhere",
        &format!("/meters/{meter}"),
        "/cases/1",
    ] {
        let page = full
            .get_with(&format!("{path}?lang=fr"), "accept-language", "en")
            .await
            .body;
        assert!(page.contains("<html lang=\"fr\">"));
        let links = attributes(&page, "href");
        let ours = |link: &&&str| {
            !["/style.css", "/favicon.svg", "/api/", "#"]
                .iter()
                .any(|it| link.starts_with(it))
        };
        for link in links.iter().filter(ours) {
            assert!(link.contains("lang="), "{path}: {link}");
        }
        assert!(links.iter().any(|link| link.ends_with("lang=en")), "{path}");
    }
}

#[tokio::test]
async fn pages_lead_on_until_every_case_was_shown_once() {
    let full = Installation::empty().await;
    let words = house::condition("silent");
    let changes: Vec<_> = (0..120)
        .map(|n| {
            let at = full.now.plus(-i64::try_from(n % 7).unwrap() * 60_000);
            let meter = house::number(n);
            let new = house::case("meter", meter.as_str(), "silent", words.clone(), at);
            store::CaseChange::Seen(Box::new(new))
        })
        .collect();
    full.store.change_cases(&changes).await.unwrap();
    let (mut seen, mut path, mut pages) = (Vec::new(), "/?owner=operations".to_owned(), 0);
    loop {
        let page = full.page(&path).await;
        let links = attributes(&page, "href");
        seen.extend(
            links
                .iter()
                .filter_map(|it| it.strip_prefix("/meters/47"))
                .map(str::to_owned),
        );
        pages += 1;
        match page.split_once(" rel=\"next\"").filter(|_| pages < 9) {
            Some((_, rest)) => path = attributes(rest, "href")[0].replace("&#38;", "&"),
            None => break,
        }
    }
    assert_eq!((pages, seen.len()), (3, 120));
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 120);
}

#[tokio::test]
async fn every_link_of_the_worklist_leads_somewhere() {
    let full = Installation::full().await;
    let page = full.page("/").await;
    let mut links = attributes(&page, "href");
    links.sort_unstable();
    links.dedup();
    assert!(links.len() > 40);
    for link in links.into_iter().filter(|link| !link.starts_with('#')) {
        let came = full.get(&link.replace("&#38;", "&")).await;
        assert_eq!(came.status, StatusCode::OK, "{link}");
    }
}

#[tokio::test]
async fn a_case_that_was_closed_is_off_the_list_at_once() {
    let full = Installation::full().await;
    assert!(full.page("/").await.contains("Gateway offline"));
    let id = house::case_of(&full.store, "gw-2").await;
    let close = store::CaseChange::Close(id, full.now, "it is back".to_owned());
    full.store.change_cases(&[close]).await.unwrap();
    assert!(!full.page("/").await.contains("Gateway offline"));
    let closed = full.page(&format!("/cases/{}", id.0)).await;
    assert!(closed.contains("Why it was closed") && closed.contains("it is back"));
}
