//! Events of about 600 bytes, in the four types of an everyday case, and what reads them.

#![expect(
    dead_code,
    reason = "the fields are there to be decoded, not to be used"
)]

use chrono::{DateTime, Duration, TimeZone, Utc};
use eventstore::testing::actor;
use eventstore::{NewEvent, RecordedEvent, StreamId, StreamKind};
use serde::Deserialize;
use uuid::Uuid;

/// A stream that nobody else has.
pub fn stream() -> StreamId {
    StreamId::new(StreamKind::new("case"), Uuid::new_v4())
}

pub fn instant(second: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2025, 7, 1, 1, 0, 0).unwrap() + Duration::seconds(second)
}

/// An event; `number` decides on its type and its times.
pub fn event(number: i64) -> NewEvent {
    let (event_type, facts, personal) = match number % 4 {
        0 => (
            "report-received",
            r#"{"report_id":"0197c3a8-2b1c-7d34-9f60-3c9e51d2aa01","place_of_receipt":"commune-peoples-committee","channel":"in-person","incident_unit":"19114","residence_unit":"19120","harm_kinds":["physical-violence","neglect"],"child":{"sex":"female","age_years":9,"ethnicity":"bru-van-kieu"},"carer_is_alleged_harmer":true,"received_at":"2025-07-01T01:25:00Z","urgency":"grave"}"#,
            r#"{"child_name":"Nguyễn Thị Ánh Dương","child_born":"2016-04-12","address":"Thôn Tân Hòa, xã Lộc Thủy","reporter":"Lê Văn Thành","telephone":"0912345678","account":"Hàng xóm nghe tiếng khóc nhiều đêm liền"}"#,
        ),
        1 => (
            "initial-assessment-recorded",
            r#"{"assessment_id":"0197c3a8-2b1c-7d34-9f60-3c9e51d2aa02","harm":[{"criterion":"injury","level":"high"},{"criterion":"repetition","level":"high"},{"criterion":"access-of-harmer","level":"medium"}],"protection":[{"criterion":"self-protection","level":"low"},{"criterion":"adult-nearby","level":"medium"}],"conclusion":"grave","assessed_at":"2025-07-01T05:10:00Z"}"#,
            r#"{"assessor_note":"Cháu có nhiều vết bầm ở cánh tay, sợ gặp bố dượng; bà ngoại ở gần có thể đón cháu","present":["Nguyễn Văn Bảy","Hoàng Thị Lan"]}"#,
        ),
        2 => (
            "plan-submitted",
            r#"{"plan_id":"0197c3a8-2b1c-7d34-9f60-3c9e51d2aa03","goals":["safety","health","schooling"],"items":[{"service":"medical-care","responsible":"19114-yt","from":"2025-07-02","to":"2025-07-16","cost_vnd":1500000},{"service":"counselling","responsible":"19114-ctxh","from":"2025-07-02","to":"2025-09-30","cost_vnd":2400000}],"review_on":"2025-08-01"}"#,
            r#"{"narrative":"Đưa cháu đi khám tại trạm y tế, hỗ trợ tâm lý mỗi tuần một buổi, bà ngoại chăm sóc tạm thời trong thời gian xác minh"}"#,
        ),
        _ => (
            "note-added",
            r#"{"note_id":"0197c3a8-2b1c-7d34-9f60-3c9e51d2aa04","about":"plan-item","plan_item":2,"visibility":"agency","attachments":[{"document_id":"0197c3a8-2b1c-7d34-9f60-3c9e51d2aa05","media_type":"image/jpeg","bytes":182044,"sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}]}"#,
            r#"{"text":"Đã thăm nhà lúc 16 giờ. Cháu vui hơn, đi học đều. Bà ngoại đề nghị hỗ trợ thêm sách vở và một chiếc giường. Hẹn thăm lại vào thứ Sáu tuần sau."}"#,
        ),
    };
    NewEvent {
        event_id: Uuid::now_v7(),
        event_type: event_type.into(),
        revision: 1,
        occurred_at: instant(number),
        recorded_at: instant(number + 90),
        actor: actor(),
        correlation_id: Uuid::now_v7(),
        causation_id: None,
        facts: facts.to_owned(),
        personal: Some(personal.to_owned()),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportReceived {
    pub report_id: Uuid,
    pub place_of_receipt: String,
    pub channel: String,
    pub incident_unit: String,
    pub residence_unit: String,
    pub harm_kinds: Vec<String>,
    pub child: Child,
    pub carer_is_alleged_harmer: bool,
    pub received_at: DateTime<Utc>,
    pub urgency: Level,
}

#[derive(Deserialize)]
pub struct Child {
    pub sex: String,
    pub age_years: u8,
    pub ethnicity: String,
}

#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    Low,
    Medium,
    High,
    Grave,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InitialAssessmentRecorded {
    pub assessment_id: Uuid,
    pub harm: Vec<Mark>,
    pub protection: Vec<Mark>,
    pub conclusion: Level,
    pub assessed_at: DateTime<Utc>,
}

#[derive(Deserialize)]
pub struct Mark {
    pub criterion: String,
    pub level: Level,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanSubmitted {
    pub plan_id: Uuid,
    pub goals: Vec<String>,
    pub items: Vec<PlanItem>,
    pub review_on: chrono::NaiveDate,
}

#[derive(Deserialize)]
pub struct PlanItem {
    pub service: String,
    pub responsible: String,
    pub from: chrono::NaiveDate,
    pub to: chrono::NaiveDate,
    pub cost_vnd: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoteAdded {
    pub note_id: Uuid,
    pub about: String,
    pub plan_item: Option<u32>,
    pub visibility: String,
    pub attachments: Vec<Attachment>,
}

#[derive(Deserialize)]
pub struct Attachment {
    pub document_id: Uuid,
    pub media_type: String,
    pub bytes: u64,
    pub sha256: String,
}

/// The facts of an event in their own type.
pub enum Typed {
    ReportReceived(ReportReceived),
    InitialAssessmentRecorded(InitialAssessmentRecorded),
    PlanSubmitted(PlanSubmitted),
    NoteAdded(NoteAdded),
}

pub fn typed(event: &RecordedEvent) -> Typed {
    let facts = &event.facts;
    match (&*event.event_type, event.revision) {
        ("report-received", 1) => Typed::ReportReceived(serde_json::from_str(facts).unwrap()),
        ("initial-assessment-recorded", 1) => {
            Typed::InitialAssessmentRecorded(serde_json::from_str(facts).unwrap())
        }
        ("plan-submitted", 1) => Typed::PlanSubmitted(serde_json::from_str(facts).unwrap()),
        ("note-added", 1) => Typed::NoteAdded(serde_json::from_str(facts).unwrap()),
        (other, revision) => panic!("there is no type {other} of revision {revision}"),
    }
}

/// A small state, so that folding does something with every field read.
#[derive(Default)]
pub struct State {
    pub reports: u32,
    pub urgent: bool,
    pub marks: usize,
    pub cost_vnd: u64,
    pub notes: u32,
    pub last: Option<DateTime<Utc>>,
}

impl State {
    pub fn evolve(mut self, event: &RecordedEvent) -> Self {
        match typed(event) {
            Typed::ReportReceived(report) => {
                self.reports += 1;
                self.urgent |= report.urgency == Level::Grave && report.child.age_years < 16;
            }
            Typed::InitialAssessmentRecorded(assessment) => {
                self.marks += assessment.harm.len() + assessment.protection.len();
                self.urgent |= assessment.conclusion == Level::Grave;
            }
            Typed::PlanSubmitted(plan) => {
                self.cost_vnd += plan.items.iter().map(|item| item.cost_vnd).sum::<u64>();
            }
            Typed::NoteAdded(note) => self.notes += 1 + note.attachments.len() as u32,
        }
        self.last = Some(event.recorded_at);
        self
    }
}
