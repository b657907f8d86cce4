//! Rows, notices and sentences name the thing; what is said after an act and the page of the case agree
//! on what is next; the bar and the lists on what kind of case it is and who answers for it.

use domain::identity::Role;

use crate::acts::{Case, ITEM, Worker, assess, dossier, plan};
use crate::support::{Page, TestServer};

/// The text of the element that begins with `start`, without its tags.
fn words(page: &Page, start: &str) -> String {
    let rest = page.text.split(start).nth(1);
    let rest = rest.unwrap_or_else(|| panic!("no {start}: {}", page.text));
    let mut text = String::new();
    let mut within = false;
    for letter in rest.split("</h3>").next().unwrap().chars() {
        match letter {
            '<' => within = true,
            '>' => within = false,
            letter if !within => text.push(letter),
            _ => {}
        }
    }
    text
}

/// A case whose plan is carried out, with a referral in it.
async fn planned(officer: &mut Worker<'_>, chair: &mut Worker<'_>) -> Case {
    let case = Case::received(officer, "Nguyễn Thị Thử").await;
    assess(officer, &case, &[]).await;
    dossier(officer, chair, &case).await;
    officer.record(&case, "submit-plan", &plan(&[])).await;
    chair
        .record(&case, "approve-plan", &[("decision_number", "12/QĐ-UBND")])
        .await;
    let referral = [
        ("referral_id", "g2"),
        ("to_agency.kind", "health"),
        ("to_agency.name", "Trạm y tế Hoàn Lão"),
        ("to_agency.unit", "19111"),
        ("reason", "Khám"),
        ("item_id", "_unknown"),
    ];
    officer.record(&case, "refer", &referral).await;
    case
}

#[tokio::test]
async fn every_row_and_sentence_names_the_thing() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let mut chair = Worker::chair(&server).await;
    let case = planned(&mut officer, &mut chair).await;
    let mut health = Worker::new(&server, "yen", Role::HealthWorker, "19111").await;

    let list = officer.browser.get("/worklist").await;
    assert!(
        list.text
            .contains("<span class=\"task-about\">Khám sức khỏe</span>"),
        "{}",
        list.text
    );
    let list = health.browser.get("/worklist").await;
    assert!(
        list.text
            .contains("<span class=\"task-about\">Trạm y tế Hoàn Lão</span>"),
        "{}",
        list.text
    );

    let start = [("item_id", ITEM), ("note", "")];
    officer.record(&case, "start-service", &start).await;
    let no = [("referral_id", "g2"), ("reason", "Không có bác sĩ")];
    let address = format!("/cases/{}/acts/decline-referral?item=g2", case.0);
    let declined = health.fill(&address, &no).await;
    // Who declined keeps number, day and own answer, and nothing else.
    assert_eq!(declined.location(), format!("/cases/{}", case.0));
    let kept = health.browser.get(declined.location()).await;
    assert!(kept.text.contains("Không có bác sĩ"), "{}", kept.text);
    assert!(!kept.text.contains("Thử"), "{}", kept.text);
    let page = officer
        .browser
        .get(&format!("/cases/{}?tab=timeline", case.0))
        .await;
    for named in [
        "Bắt đầu thực hiện: Khám sức khỏe",
        "Chuyển gửi tới Trạm y tế Hoàn Lão",
        "Trạm y tế Hoàn Lão từ chối chuyển gửi",
    ] {
        assert!(page.text.contains(named), "{named}");
    }
    for tab in ["", "?tab=plan", "?tab=timeline", "/responsibility"] {
        let page = officer
            .browser
            .get(&format!("/cases/{}{tab}", case.0))
            .await;
        let main = page.text.split("<main").nth(1).unwrap();
        for code in ["(g2)", "> g2", "việc g2", ITEM] {
            let shown = main.split('>').filter_map(|part| part.split('<').next());
            assert!(
                shown.clone().all(|text| !text.contains(code)),
                "{tab}: {code}"
            );
        }
    }
}

#[tokio::test]
async fn two_things_of_one_name_are_told_apart() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let mut chair = Worker::chair(&server).await;
    let case = Case::received(&mut officer, "Nguyễn Thị Thử").await;
    assess(&mut officer, &case, &[]).await;
    dossier(&mut officer, &mut chair, &case).await;
    let mut typed = plan(&[
        ("items[1].id", "0190163d-8694-739b-aea5-966c26f8ad92"),
        ("items[1].service", "Khám sức khỏe"),
        ("items[1].responsible", "Trạm y tế"),
        ("items[1].start.day", "5"),
        ("items[1].start.month", "3"),
        ("items[1].start.year", "2024"),
        ("items[1].end.day", "6"),
        ("items[1].end.month", "3"),
        ("items[1].end.year", "2024"),
        ("items[1].cost", "0"),
    ]);
    typed.retain(|(name, _)| *name != "items.count");
    typed.push(("items.count", "2"));
    officer.record(&case, "submit-plan", &typed).await;
    chair
        .record(&case, "approve-plan", &[("decision_number", "12/QĐ-UBND")])
        .await;
    let list = officer.browser.get("/worklist").await;
    for one in ["Khám sức khỏe (22/02/2024)", "Khám sức khỏe (05/03/2024)"] {
        assert!(list.text.contains(one), "{one}: {}", list.text);
    }
}

#[tokio::test]
async fn what_is_said_is_the_readers_own_next_act_on_the_page() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let mut chair = Worker::chair(&server).await;
    let case = Case::received(&mut officer, "Nguyễn Thị Thử").await;
    let address = format!("/cases/{}", case.0);
    let check = async |worker: &mut Worker<'_>, act: &str, typed: &[(&str, &str)]| {
        server.clock.advance(chrono::Duration::minutes(5));
        worker.fill(&format!("{address}/acts/{act}"), typed).await;
        let page = worker.browser.get(&address).await;
        let said = page.text.split("class=\"said\" role=\"status\">").nth(1);
        let said = said.unwrap().split("</p>").next().unwrap().to_owned();
        (said, page)
    };
    let found = [("outcome", "confirmed"), ("findings", "Đã gặp")];
    let (said, page) = check(&mut officer, "record-verification", &found).await;
    let next = words(&page, "duty-first\">");
    assert!(
        said.contains(&format!("Việc tiếp theo của anh/chị: {}", next.trim())),
        "{said} / {next}"
    );

    // The chair has nothing to do yet, and is told so, on both.
    let (said, page) = check(&mut chair, "add-note", &[("text", "Đã đọc")]).await;
    assert!(
        said.contains("Anh/chị không có việc nào phải làm trong vụ việc này. Đang chờ"),
        "{said}"
    );
    assert!(
        page.text
            .contains("<p>Anh/chị không có việc nào phải làm trong vụ việc này.</p>")
    );
    assert!(!page.text.contains("duty-first"));

    assess(&mut officer, &case, &[]).await;
    dossier(&mut officer, &mut chair, &case).await;
    let (said, page) = check(&mut officer, "submit-plan", &plan(&[])).await;
    match said.split_once("Việc tiếp theo của anh/chị: ") {
        Some((_, rest)) => {
            let next = words(&page, "duty-first\">");
            assert!(rest.starts_with(next.trim()), "{said} / {next}");
        }
        None => assert!(!page.text.contains("duty-first"), "{said}"),
    }
    let approved = [("decision_number", "12/QĐ-UBND")];
    let (said, _) = check(&mut chair, "approve-plan", &approved).await;
    assert!(
        said.contains("Đang chờ") || said.contains("Việc tiếp theo"),
        "{said}"
    );
    // The thing is named there, too.
    let start = [("item_id", ITEM), ("note", "")];
    let (said, page) = check(&mut officer, "start-service", &start).await;
    if let Some((_, rest)) = said.split_once("Việc tiếp theo của anh/chị: ") {
        assert!(
            rest.starts_with(words(&page, "duty-first\">").trim()),
            "{said}"
        );
    }
}

#[tokio::test]
async fn the_bar_and_the_lists_agree() {
    let server = TestServer::start_with_units().await;
    let mut hotline = Worker::new(&server, "tong", Role::HotlineOperator, "44").await;
    let mut officer = Worker::officer(&server).await;
    let mut typed = crate::acts::report("Nguyễn Thị Thử");
    typed.push(("danger_now", "1"));
    typed.push(("informant.phone.unknown", "1"));
    let made = hotline.fill("/reports/new", &typed).await;
    let case = Case::at(&made);
    let mark = "tag-emergency";
    let agree = async |worker: &mut Worker<'_>, emergency: bool| {
        let page = worker.browser.get(&format!("/cases/{}", case.0)).await;
        let bar = page.text.split("class=\"identity\"").nth(1).unwrap();
        let bar = bar.split("<main").next().unwrap();
        assert_eq!(bar.contains(mark), emergency, "the bar: {bar}");
        // Who answers, in the same words; a place of receipt that holds it is not meant.
        let holder = "Thị trấn Hoàn Lão";
        assert!(
            bar.contains(&format!("Xã chịu trách nhiệm về vụ việc: {holder}")),
            "{bar}"
        );
        let summary = page
            .text
            .split("<dt>Xã chịu trách nhiệm về vụ việc</dt>")
            .nth(1)
            .unwrap();
        assert!(summary.split("</dd>").next().unwrap().contains(holder));
        for list in ["/cases", "/worklist?whose=unit", "/worklist?whose=others"] {
            let page = worker.browser.get(list).await;
            let main = page.text.split("<main").nth(1).unwrap();
            if main.contains("Nguyễn T. T.") {
                assert_eq!(main.contains(mark), emergency, "{list}");
            }
            if list == "/cases" {
                assert!(main.contains(holder), "{list}: {main}");
            }
        }
        let page = worker.browser.get("/cases?emergency=yes").await;
        assert_eq!(page.text.contains("Nguyễn T. T."), emergency, "the filter");
    };
    agree(&mut hotline, true).await;
    agree(&mut officer, true).await;
    // Assessed, and not found so: no more.
    assess(&mut officer, &case, &[]).await;
    agree(&mut officer, false).await;
}

#[tokio::test]
async fn a_list_of_several_pages_says_in_its_title_which_one_it_is() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let title = |page: &Page| {
        let title = page.text.split("<title>").nth(1).unwrap();
        title.split("</title>").next().unwrap().to_owned()
    };
    let list = officer.browser.get("/cases").await;
    assert_eq!(title(&list), "Hồ sơ – Nôi", "of one page it is not said");
    for number in 0..31 {
        let name = format!("Trần {} Bình", "Văn ".repeat(number + 1));
        let mut typed = crate::acts::report(&name);
        typed.retain(|(field, _)| !field.starts_with("child.birth"));
        let form = officer.browser.get("/reports/new").await;
        let made = officer.send("/reports/new", &form, "anyway", &typed).await;
        assert_eq!(made.status.as_u16(), 303, "{}", made.text);
    }
    for (address, name) in [("/cases", "Hồ sơ"), ("/worklist", "Việc cần làm")] {
        let first = officer.browser.get(address).await;
        let pages = title(&first);
        let pages = pages
            .split(" trong ")
            .nth(1)
            .unwrap()
            .split(')')
            .next()
            .unwrap();
        let pages: usize = pages.parse().unwrap();
        assert!(pages > 1, "{}", title(&first));
        assert_eq!(
            title(&first),
            format!("{name} (trang 1 trong {pages}) – Nôi")
        );
        let mut page = first;
        for number in 2..=pages {
            let next = page.text.split("rel=\"next\" href=\"").nth(1).unwrap();
            let next = next.split('"').next().unwrap().replace("&#38;", "&");
            page = officer.browser.get(&next).await;
            assert_eq!(
                title(&page),
                format!("{name} (trang {number} trong {pages}) – Nôi")
            );
            assert!(
                page.text
                    .contains(&format!("Trang {number} trong {pages}."))
            );
        }
        assert!(
            !page.text.contains("rel=\"next\""),
            "{address}: the last has no next"
        );
        let back = page.text.split("rel=\"prev\" href=\"").nth(1).unwrap();
        assert_eq!(back.split('"').next().unwrap(), address);
    }
}

#[tokio::test]
async fn interpretations_are_labelled_with_their_reason_on_case_and_form() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let case = Case::received(&mut officer, "Nguyễn Thị Thử").await;
    assess(&mut officer, &case, &[]).await;
    let mut chair = Worker::chair(&server).await;
    dossier(&mut officer, &mut chair, &case).await;
    for page in ["", "/acts/submit-plan"] {
        let address = format!("/cases/{}{page}", case.0);
        let page = officer.browser.get(&address).await;
        let note = page.text.split("class=\"interpretation\">").nth(1);
        let note = note.unwrap_or_else(|| panic!("{address}: {}", page.text));
        let note = note.split("</p>").next().unwrap();
        assert!(
            note.contains("<strong>Cách hiểu luật được áp dụng ở đây:</strong>"),
            "{note}"
        );
        assert!(
            note.contains("05 ngày làm việc lập kế hoạch tính từ"),
            "{note}"
        );
        assert!(
            note.contains("Lý do: Điều 28 không nói thời điểm bắt đầu"),
            "{note}"
        );
    }
}

/// The cookie carries an act, a case and a version; the words are the page's own, as it stands when it is
/// opened.
#[tokio::test]
async fn line_and_page_agree_also_when_others_were_quicker() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let mut other = Worker::new(&server, "hoa", Role::CommuneOfficer, "19111").await;
    let case = Case::received(&mut officer, "Nguyễn Thị Thử").await;
    let address = format!("/cases/{}", case.0);
    officer.browser.get(&address).await;
    let found = [("outcome", "confirmed"), ("findings", "Đã gặp")];
    let act = format!("{address}/acts/record-verification");
    let sent = officer.fill(&act, &found).await;
    let cookies = sent.headers.get_all("set-cookie").iter();
    let cookies: Vec<_> = cookies.map(|cookie| cookie.to_str().unwrap()).collect();
    let said = format!("noi_said=record-verification/{}/2;", case.0);
    assert!(
        cookies.iter().any(|cookie| cookie.starts_with(&said)),
        "{cookies:?}"
    );

    assess(&mut other, &case, &[]).await;
    let page = officer.browser.get(&address).await;
    let line = page.text.split("class=\"said\" role=\"status\">").nth(1);
    let line = line.unwrap().split("</p>").next().unwrap();
    let next = words(&page, "duty-first\">");
    assert!(!next.contains("ban đầu"), "{next}");
    let own = format!(
        "Đã ghi kết quả kiểm tra tính xác thực. Việc tiếp theo của anh/chị: {}",
        next.trim()
    );
    assert!(line.starts_with(&own), "{line} / {next}");

    // On the page of another case only what was done is said, and it is said once.
    officer.fill(&act, &found).await;
    let second = Case::received(&mut other, "Trần Văn Khác").await;
    let page = officer.browser.get(&format!("/cases/{}", second.0)).await;
    let line = page.text.split("class=\"said\" role=\"status\">").nth(1);
    assert!(
        line.unwrap()
            .starts_with("Đã ghi kết quả kiểm tra tính xác thực.</p>")
    );
    assert!(
        !officer
            .browser
            .get(&address)
            .await
            .text
            .contains("class=\"said\"")
    );
}

/// What a form says of the law beyond its words is marked there, with the reason.
#[tokio::test]
async fn forms_label_the_interpretations_that_they_speak_of() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let mut chair = Worker::chair(&server).await;
    let case = Case::received(&mut officer, "Nguyễn Thị Thử").await;
    assess(&mut officer, &case, &[("separation_needed", "yes")]).await;
    for (by_chair, act, text, reason) in [
        (
            false,
            "record-visit",
            "12 giờ tính từ lúc thấy",
            "Nghị định chỉ nói từ khi nhận được thông tin",
        ),
        (
            true,
            "order-separation",
            "hoặc từ ngày cách ly thực tế nếu sớm hơn",
            "Đây là mức tối đa của một biện pháp hạn chế",
        ),
    ] {
        let worker = if by_chair { &mut chair } else { &mut officer };
        let page = worker
            .browser
            .get(&format!("/cases/{}/acts/{act}", case.0))
            .await;
        let form = page.text.split("<form class=\"form\"").nth(1).unwrap();
        assert!(form.contains("cách hiểu của hệ thống"), "{act}: {form}");
        let notes: Vec<_> = page
            .text
            .split("class=\"interpretation\">")
            .skip(1)
            .collect();
        let told = notes.iter().filter(|note| {
            let note = note.split("</p>").next().unwrap();
            note.contains("<strong>Cách hiểu luật được áp dụng ở đây:</strong>")
                && note.contains(text)
                && note.contains(&format!("Lý do: {reason}"))
        });
        // Also where the time of the act rests on it: once.
        assert_eq!(told.count(), 1, "{act}: {}", page.text);
    }
}
