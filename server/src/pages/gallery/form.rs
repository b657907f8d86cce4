//! A form with every kind of field; it records nothing. Also the example of how a form page is made.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

use crate::AppState;
use crate::access::Officer;
use crate::pages::form::draft::{self, Key};
use crate::pages::form::{
    Caption, Choice, DraftNote, Field, Form, FormView, Group, Section, Step, Values, open, receive,
};
use crate::pages::leaving::leave;
use crate::pages::{Frame, PageError, Posted};

const ADDRESS: &str = "/gallery/form";

pub(super) fn routes() -> Router<AppState> {
    Router::new().route(ADDRESS, get(show).post(submit))
}

#[derive(Template)]
#[template(path = "gallery_form.html")]
struct FormPage<'a> {
    frame: &'a Frame,
    form: FormView,
    sent: Option<String>,
}

fn words(text: &str) -> String {
    text.to_owned()
}

fn form() -> Form {
    let sex = [("male", "Nam"), ("female", "Nữ")].map(|(v, t)| Choice::new(v, words(t)));
    let harm = [
        ("violence", "Bạo lực"),
        ("neglect", "Bỏ mặc"),
        ("sexual", "Xâm hại tình dục"),
    ]
    .map(|(v, t)| Choice::new(v, words(t)));
    let indicators = [
        "Mức độ tổn hại của trẻ em",
        "Nguy cơ tiếp tục bị xâm hại nếu vẫn ở trong môi trường đó",
    ];
    let items = Group {
        fields: vec![
            Field::row_id("id"),
            Field::text("measure", words("Biện pháp")),
            Field::date("start", words("Ngày bắt đầu")),
            Field::money("cost", words("Kinh phí dự kiến")),
        ],
        row_title: "form-row",
        add: "form-add-row",
        least: 1,
        most: 4,
    };
    Form::new("gallery", "form-send")
        .section(
            Section::new("who", words("Ai báo, báo lúc nào"))
                .intro(words(
                    "Ghi những gì biết được; phần còn lại có thể bổ sung sau.",
                ))
                .field(Field::instant(
                    "received_at",
                    words("Nhận thông tin lúc nào?"),
                ))
                .field(
                    Field::unit("incident.unit", words("Nơi xảy ra vụ việc"))
                        .hint(words("Gõ tên xã, phường, thị trấn hoặc mã đơn vị.")),
                ),
        )
        .section(
            Section::new("child", words("Trẻ em"))
                .field(
                    Field::text("child.name", words("Họ và tên trẻ em"))
                        .hint(words("Ghi đầy đủ, đúng thứ tự như trong giấy khai sinh."))
                        .unknown()
                        .max(100),
                )
                .field(Field::date("child.birth.date", words("Ngày sinh")).unknown())
                .field(Field::radios("child.sex", words("Giới tính"), sex).unknown_as("unknown"))
                .field(
                    Field::checkboxes("suspected_harm", words("Nghi bị xâm hại thế nào?"), harm)
                        .each_as("form"),
                )
                .field(Field::checkbox(
                    "grave",
                    words("Đang nguy hiểm đến tính mạng"),
                ))
                .field(Field::long_text("note", words("Diễn biến")).optional()),
        )
        .section(
            Section::new("plan", words("Đánh giá và kế hoạch"))
                .field(Field::levels(
                    "harm",
                    words("Mức độ tổn hại và nguy cơ"),
                    words("Mức “Cao” nghĩa là nguy hiểm hơn cho trẻ."),
                    indicators.map(|text| Caption::from(words(text))),
                ))
                .field(Field::group("items", words("Các biện pháp"), items)),
        )
}

async fn show(
    State(state): State<AppState>,
    officer: Officer,
    frame: Frame,
) -> Result<Response, PageError> {
    let form = form();
    let key = Key::new(officer.id, None, form.name);
    let opened = open(&state, &form, &key, None, Values::default()).await?;
    let note = opened
        .draft_saved_at
        .map_or(DraftNote::None, DraftNote::Restored);
    let form = FormView::new(&state, &frame, &form, ADDRESS, &opened.values);
    let form = form.draft(&frame, &key, note);
    Ok(frame.page(&FormPage {
        frame: &frame,
        form,
        sent: None,
    }))
}

async fn submit(State(state): State<AppState>, posted: Posted) -> Result<Response, PageError> {
    let Posted {
        officer,
        frame,
        values,
    } = posted;
    let form = form();
    let key = Key::new(officer.id, None, form.name);
    let mut note = DraftNote::None;
    let mut sent = None;
    let (values, faults) = match receive(&state, &form, &key, values).await? {
        Step::Again(values) => (values, Vec::new()),
        Step::DraftSaved(values) => {
            note = DraftNote::Saved(state.now());
            (values, Vec::new())
        }
        Step::DraftDropped => return Ok(frame.redirect(ADDRESS)),
        Step::Leave(leaving) => return leave(&state, &frame, leaving, ADDRESS).await,
        Step::Wrong(values, unfinished) => (values, unfinished.faults),
        Step::Send(submission, values) => {
            draft::clear(&state.database, &key, &values, state.now()).await?;
            sent = serde_json::to_string_pretty(&submission.command).ok();
            (values, Vec::new())
        }
    };
    let form = FormView::with_faults(&state, &frame, &form, ADDRESS, &values, &faults);
    let form = form.draft(&frame, &key, note);
    Ok(frame.page(&FormPage {
        frame: &frame,
        form,
        sent,
    }))
}
