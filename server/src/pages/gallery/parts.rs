//! All components on one page.

use askama::Template;
use axum::Router;
use axum::response::Response;
use axum::routing::get;

use crate::AppState;
use crate::pages::Frame;
use crate::pages::components::{
    ArithmeticLine, Change, DataTable, DeadlineView, EmptyState, FilterPanel, IdentityBar, Link,
    Pagination, StepItem, StepState, Steps, SummaryList, SummaryRow, Tab, Tabs, Tag, TagState,
    TaskGroup, TaskRow, Timeline, TimelineEntry,
};

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/gallery", get(show))
}

#[derive(Template)]
#[template(path = "gallery.html")]
struct Gallery<'a> {
    frame: &'a Frame,
    bar: IdentityBar,
    tabs: Tabs,
    tasks: TaskGroup,
    filters: FilterPanel,
    pagination: Pagination,
    timeline: Timeline,
    table: DataTable,
    steps: Steps,
    summary: SummaryList,
    tags: Vec<Tag>,
    empty: EmptyState,
}

fn s(text: &str) -> String {
    text.to_owned()
}

fn link(text: &str) -> Link {
    Link {
        text: s(text),
        href: s("/gallery"),
    }
}

async fn show(frame: Frame) -> Response {
    let tag = |state| Tag::new(frame.language, state);
    let due = |words: &str, overdue| DeadlineView {
        words: s(words),
        overdue,
        why: s("Vì sao hạn này?"),
        rule: s("5 ngày làm việc, tính từ khi đánh giá nguy cơ ban đầu 07/02/2024 16:40"),
        legal_basis: s("NĐ 56/2017/NĐ-CP Điều 28 khoản 1 · Mẫu số 04"),
        lines: [
            ("thứ Năm 08/02", false, "Tết Giáp Thìn"),
            ("thứ Năm 15/02", true, "ngày 1"),
        ]
        .map(|(day, counted, words)| ArithmeticLine {
            day: s(day),
            counted,
            words: s(words),
        })
        .to_vec(),
        notes: vec![],
    };
    let task = |step: &str, words: &str, overdue, tags| TaskRow {
        child: s("Nguyễn T. T. · nữ · 9 tuổi · Hoàn Lão"),
        number: s("QB-2024-0137"),
        case_href: s("/gallery"),
        step: s(step),
        about: s(""),
        why: s("Có thông tin báo trẻ em bị bạo lực, cần đánh giá nguy cơ ban đầu"),
        tags,
        due: due(words, overdue),
        act: Some(link("Đánh giá ban đầu")),
        waits_for: String::new(),
    };
    let step = |text: &str, state, words: &str, detail: &str, tag: Option<Tag>| StepItem {
        text: s(text),
        state,
        state_words: s(words),
        detail: s(detail),
        tag,
        href: (state != StepState::Later).then(|| s("/gallery")),
    };
    let page = Gallery {
        bar: IdentityBar {
            label: s("Hồ sơ đang xem"),
            number: s("QB-2024-0137"),
            href: s("/gallery"),
            child: s("Nguyễn Thị Thanh Thủy"),
            details: s("nữ · 9 tuổi · Thị trấn Hoàn Lão"),
            holder: s("Trần Văn Đức, UBND thị trấn Hoàn Lão"),
            tags: vec![tag(TagState::Emergency)],
        },
        tabs: Tabs {
            label: s("Các phần của hồ sơ"),
            items: [
                "Tóm tắt",
                "Kế hoạch",
                "Người liên quan",
                "Tài liệu",
                "Diễn biến",
                "Trách nhiệm",
            ]
            .iter()
            .enumerate()
            .map(|(i, t)| Tab {
                text: s(t),
                href: s("/gallery"),
                current: i == 0,
            })
            .collect(),
        },
        tasks: TaskGroup {
            id: s("overdue"),
            title: s("Quá hạn"),
            count: Some(2),
            rows: vec![
                task(
                    "Đánh giá nguy cơ ban đầu",
                    "Quá hạn 3 giờ 20 phút",
                    true,
                    vec![tag(TagState::Emergency)],
                ),
                task(
                    "Trình kế hoạch hỗ trợ, can thiệp",
                    "Còn 2 ngày làm việc · trước 24:00 thứ Tư 21/02",
                    false,
                    vec![],
                ),
            ],
        },
        filters: FilterPanel {
            title: s("Lọc danh sách"),
            applied: vec![link("Thị trấn Hoàn Lão"), link("Quá hạn")],
            remove: s("Bỏ lọc"),
            action: s("/gallery"),
            fields: String::new(),
            apply: s("Lọc"),
        },
        pagination: Pagination {
            label: s("Trang"),
            shown: s("Hiện 1–20 trong 164 vụ việc"),
            previous: None,
            next: Some(link("Trang sau")),
        },
        timeline: Timeline {
            count: s("3 sự kiện, hiện tất cả"),
            entries: vec![
                TimelineEntry {
                    id: s("e3"),
                    what: s("Đính chính ngày sinh của trẻ"),
                    when: s("10/02/2024 08:05"),
                    who: s("Trần Văn Đức · Người làm công tác bảo vệ trẻ em · Thị trấn Hoàn Lão"),
                    text: s("Lý do: ghi nhầm khi nghe qua điện thoại."),
                    changes: vec![Change {
                        label: s("Ngày sinh"),
                        old: s("01/03/2014"),
                        new: s("01/03/2015"),
                    }],
                    ..TimelineEntry::default()
                },
                TimelineEntry {
                    id: s("e2"),
                    what: s("Đánh giá nguy cơ ban đầu"),
                    when: s("xảy ra 09/02 22:40 · ghi 10/02/2024 08:05 (sau 9 giờ 25 phút)"),
                    who: s("Trần Văn Đức · Người làm công tác bảo vệ trẻ em · Thị trấn Hoàn Lão"),
                    text: String::new(),
                    changes: vec![],
                    basis: s("Mẫu số 02 · NĐ 56/2017/NĐ-CP Điều 26"),
                    tags: vec![tag(TagState::MetLate)],
                    ..TimelineEntry::default()
                },
            ],
            old_label: s("trước đó"),
            new_label: s("bây giờ"),
            details_label: s("Xem nội dung đã ghi"),
        },
        table: DataTable {
            caption: s("Các biện pháp trong kế hoạch"),
            headings: ["Biện pháp", "Ai làm", "Từ ngày", "Kinh phí"]
                .map(s)
                .to_vec(),
            rows: vec![
                ["Khám sức khỏe", "Trạm y tế", "22/02/2024", "500.000 đ"]
                    .map(s)
                    .to_vec(),
                [
                    "Tư vấn tâm lý",
                    "Trung tâm công tác xã hội",
                    "23/02/2024",
                    "1.500.000 đ",
                ]
                .map(s)
                .to_vec(),
            ],
        },
        steps: Steps {
            label: s("Tiến trình"),
            items: vec![
                step(
                    "Tiếp nhận thông tin",
                    StepState::Done,
                    "Đã làm 07/02 16:10",
                    "Tổng đài 111",
                    None,
                ),
                step(
                    "Đánh giá nguy cơ ban đầu",
                    StepState::Done,
                    "Đã làm 10/02 08:05",
                    "Trần Văn Đức",
                    Some(tag(TagState::MetLate)),
                ),
                step(
                    "Trình kế hoạch",
                    StepState::Now,
                    "Làm bây giờ",
                    "",
                    Some(tag(TagState::Overdue)),
                ),
                step("Phê duyệt kế hoạch", StepState::Later, "Chưa tới", "", None),
            ],
        },
        summary: SummaryList {
            rows: [
                ("Họ và tên", "Nguyễn Thị Thanh Thủy"),
                ("Ngày sinh", "01/03/2015"),
                ("Nơi ở", "Tổ dân phố 3\nThị trấn Hoàn Lão"),
            ]
            .map(|(label, value)| SummaryRow {
                label: s(label),
                value: s(value),
                act: Some(link("Đính chính")),
            })
            .to_vec(),
        },
        tags: [
            TagState::Open,
            TagState::Met,
            TagState::MetLate,
            TagState::Overdue,
            TagState::Corrected,
            TagState::WaivedLate,
            TagState::NotApplicable,
            TagState::Emergency,
        ]
        .map(tag)
        .to_vec(),
        empty: EmptyState {
            title: s("Chưa có việc nào cần làm"),
            text: s("Khi có thông tin mới hoặc đến hạn một bước, việc sẽ hiện ở đây."),
            act: Some(link("Tiếp nhận thông tin")),
        },
        frame: &frame,
    };
    frame.page(&page)
}
