//! On paper a page is what it is called: first, and without what belongs to the screen.

use serde_json::Value;
use tests::{COMMUNE, Noi, Place, Role, whole_path};

use crate::chrome::{Browser, View};

/// The texts of the headings that are printed, in their order.
const HEADINGS: &str = "
    return [...document.querySelectorAll('h1, main h2, main h3')]
        .filter((heading) => heading.getClientRects().length > 0)
        .filter((heading) => heading.getBoundingClientRect().width > 5)
        .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
        .map((heading) => heading.textContent.trim().replace(/\\s+/g, ' '));";

/// What is printed of the things that belong to the screen.
const ON_SCREEN_ONLY: &str = "
    const css = 'nav, button, input, select, textarea, .quiet-act, .filters, .why > summary, .top';
    return [...document.querySelectorAll(css)]
        .filter((element) => element.getClientRects().length > 0)
        .map((element) => element.outerHTML.slice(0, 120));";

/// Details that are closed and whose contents are printed all the same.
const OPENED: &str = "
    return [...document.querySelectorAll('main details:not([open]):not(.lane-table)')]
        .filter((details) => [...details.children].some((child) =>
            child.tagName !== 'SUMMARY' && child.checkVisibility({ contentVisibilityAuto: true })))
        .map((details) => details.outerHTML.slice(0, 120));";

/// Bars of the drawing, and those of them that have no words.
const BARS: &str = "
    const bars = [...document.querySelectorAll('.chart a')].filter((a) => a.querySelector('.bar'));
    const bare = bars.filter((bar) => {
        const text = bar.querySelector('text');
        return !text || text.textContent.trim() === '' || text.getClientRects().length === 0;
    });
    return [bars.length, bare.map((bar) => bar.outerHTML.slice(0, 200))];";

/// Short words in cells of tables that are broken over two lines.
pub const BROKEN_WORDS: &str = "
    const broken = [];
    for (const cell of document.querySelectorAll('main th, main td')) {
        if (cell.getClientRects().length === 0) continue;
        const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            for (const word of walker.currentNode.data.matchAll(/\\p{L}+/gu)) {
                const range = document.createRange();
                range.setStart(walker.currentNode, word.index);
                range.setEnd(walker.currentNode, word.index + word[0].length);
                const parts = [...range.getClientRects()];
                const two = parts.some((part) => part.top >= parts[0].bottom - 1);
                if (two && word[0].length <= 7) broken.push(word[0]);
            }
        }
    }
    return broken;";

fn texts(found: Value) -> Vec<String> {
    let found = found.as_array().unwrap().iter();
    found
        .map(|text| text.as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_part_of_a_case_is_printed_alone() {
    let place = Place::sqlite();
    let noi = Noi::start(&place.url()).await;
    let account = noi.account("lan", Role::OFFICER, COMMUNE);
    let officer = noi.sign_in(&account).await;
    let chair = noi.person("chinh", Role::CHAIR, COMMUNE).await;
    let mut steps = whole_path().into_iter();
    let case = officer.begin(&steps.next().unwrap().command).await;
    for step in steps.take(8) {
        let person = if step.by_chair { &chair } else { &officer };
        person.command(&case, &step.command).await.of(200);
    }
    for view in [View::DESK, View::PHONE] {
        let browser = Browser::open(&noi, view).await;
        browser.sign_in(&account).await;
        browser.on_paper().await;
        for (part, first, never) in [
            ("?tab=plan", "Kế hoạch", "Việc tiếp theo"),
            ("?tab=timeline", "Diễn biến", "Việc tiếp theo"),
            ("?tab=people", "Người liên quan", "Tiến trình"),
            ("/responsibility", "Trách nhiệm", "Việc tiếp theo"),
            ("", "Tóm tắt", "Ghi nhận khác"),
        ] {
            browser.goto(&format!("/cases/{case}{part}")).await;
            let headings = texts(browser.ask(HEADINGS).await);
            assert!(headings[0].starts_with(first), "{part}: {headings:?}");
            assert!(
                !headings.iter().any(|text| text == never),
                "{part}: {headings:?}"
            );
            let screen = texts(browser.ask(ON_SCREEN_ONLY).await);
            assert!(screen.is_empty(), "{part}: {screen:?}");
            let opened = texts(browser.ask(OPENED).await);
            assert!(opened.is_empty(), "{part}: {opened:?}");
            let printed = browser.text("main > .print-only").await;
            assert!(
                printed.contains("in bởi Nguyễn Thị lan"),
                "{part}: {printed}"
            );
        }
        // What is next comes after the summary itself.
        let headings = texts(browser.ask(HEADINGS).await);
        let place = |title: &str| headings.iter().position(|text| text == title).unwrap();
        assert!(place("Trẻ em") < place("Việc tiếp theo"), "{headings:?}");

        browser.goto(&format!("/cases/{case}/responsibility")).await;
        let bars = browser.ask(BARS).await;
        assert!(bars[0].as_i64() > Some(3), "{bars}");
        assert_eq!(bars[1], serde_json::json!([]), "every bar says what it is");
        let broken = texts(browser.ask(BROKEN_WORDS).await);
        assert!(broken.is_empty(), "on paper: {broken:?}");
        browser.close().await;
    }
}
