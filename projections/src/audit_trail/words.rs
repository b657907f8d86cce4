//! An event in one sentence, in both languages. It says what was done, with what can be counted or
//! dated; no free text, no name of a child, and no judgement.

mod criminal;
mod placement;
mod transfer;

use domain::case::events::correction::Part;
use domain::case::events::report::VerificationOutcome;
use domain::case::{Event, Recorded};
use domain::language::Sentence;
use domain::unit::Units;

use super::phrases::{
    On, both, closed, day, decision, initial, item, many, moment, pair, referral, reviewed, size,
    unit, unit_of_id,
};

/// What an event says, in one sentence of each language. Units are called as `units` has it.
#[must_use]
pub fn words(recorded: &Recorded, units: &Units) -> Sentence {
    let on = On {
        units,
        at: recorded.occurred_at,
    };
    match &recorded.event {
        Event::ReportReceived(e) => {
            let unit = unit(&e.facts.incident.unit, on);
            let danger = e.facts.danger_now;
            pair(
                format!(
                    "Đã tiếp nhận thông tin về vụ việc tại {unit}{}",
                    if danger {
                        ", trẻ đang gặp nguy hiểm"
                    } else {
                        ""
                    }
                ),
                format!(
                    "Received a report of an incident in {unit}{}",
                    if danger {
                        "; the child is in danger now"
                    } else {
                        ""
                    }
                ),
            )
        }
        Event::ReportForwarded(e) => {
            let unit = unit(&e.facts.to_unit, on);
            pair(
                format!("Đã chuyển thông tin cho {unit}"),
                format!("Forwarded the report to {unit}"),
            )
        }
        Event::ReportAcknowledged(_) => {
            both("Đã xác nhận nhận được thông tin", "Acknowledged the report")
        }
        Event::ReportVerified(e) => match e.facts.outcome {
            VerificationOutcome::Confirmed => both(
                "Đã kiểm tra: thông tin có căn cứ",
                "Verified: the report is founded",
            ),
            VerificationOutcome::Unfounded => both(
                "Đã kiểm tra: thông tin không có căn cứ",
                "Verified: the report is unfounded",
            ),
            VerificationOutcome::Unclear => both(
                "Đã kiểm tra: chưa rõ thông tin có căn cứ hay không",
                "Verified: it is not clear whether the report is founded",
            ),
        },
        Event::InitialAssessmentRecorded(e) => initial(e.facts.grave, e.facts.carer_is_harmer),
        Event::EmergencyMeasureApplied(e) => {
            let own = e.personal.as_ref().map_or(0, |p| p.measures.len());
            let count = e.facts.measures.len() + own;
            pair(
                format!("Đã áp dụng {count} biện pháp can thiệp khẩn cấp"),
                format!("Applied {}", many(count, "emergency measure")),
            )
        }
        Event::SeparationOrdered(e) => {
            let (from, until) = (day(e.facts.from), day(e.facts.until));
            pair(
                format!("Đã quyết định tạm thời cách ly trẻ từ {from} đến {until}"),
                format!("Ordered a temporary separation from {from} to {until}"),
            )
        }
        Event::SeparationExtended(e) => {
            let until = day(e.facts.until);
            let required = e.facts.required_by.is_some();
            pair(
                format!(
                    "Đã kéo dài thời gian tạm thời cách ly đến {until}{}",
                    if required {
                        " theo yêu cầu của cơ quan có thẩm quyền"
                    } else {
                        ""
                    }
                ),
                format!(
                    "Extended the temporary separation to {until}{}",
                    if required {
                        ", as a competent authority requires"
                    } else {
                        ""
                    }
                ),
            )
        }
        Event::SeparationLifted(_) => both(
            "Đã chấm dứt việc tạm thời cách ly",
            "Lifted the temporary separation",
        ),
        Event::CourtOrderRequested(_) => {
            both("Đã đề nghị Tòa án quyết định", "Asked the court to decide")
        }
        Event::CourtDecided(e) => match e.facts.until {
            Some(until) => pair(
                format!("Đã ghi quyết định của Tòa án, thời hạn đến {}", day(until)),
                format!("Recorded the decision of the court, until {}", day(until)),
            ),
            None => both(
                "Đã ghi quyết định của Tòa án",
                "Recorded the decision of the court",
            ),
        },
        Event::DetailedAssessmentRecorded(e) if e.facts.carer_asked => both(
            "Đã thu thập thông tin, đánh giá nguy cơ cụ thể, có hỏi ý kiến cha, mẹ hoặc người \
             chăm sóc",
            "Recorded the detailed assessment; the parents or carers were asked",
        ),
        Event::DetailedAssessmentRecorded(_) => both(
            "Đã thu thập thông tin, đánh giá nguy cơ cụ thể, không hỏi ý kiến cha, mẹ hoặc người \
             chăm sóc",
            "Recorded the detailed assessment; the parents or carers were not asked",
        ),
        Event::CaseMeetingHeld(e) => {
            let people = e.personal.as_ref().map(|p| p.participants.len());
            let own = e.personal.as_ref().map_or(0, |p| p.measures.len());
            let measures = e.facts.measures.len() + own;
            match people {
                Some(people) => pair(
                    format!("Đã họp, có {people} người dự, xác định {measures} biện pháp"),
                    format!(
                        "Held the case meeting with {}, which chose {}",
                        many(people, "participant"),
                        many(measures, "measure")
                    ),
                ),
                None => pair(
                    format!("Đã họp, xác định {measures} biện pháp"),
                    format!(
                        "Held the case meeting, which chose {}",
                        many(measures, "measure")
                    ),
                ),
            }
        }
        Event::PlanSubmitted(e) => {
            let count = e.facts.items.len();
            pair(
                format!("Đã trình kế hoạch hỗ trợ, can thiệp gồm {count} việc"),
                format!("Submitted a plan of {}", many(count, "item")),
            )
        }
        Event::PlanReturned(_) => both(
            "Đã trả lại kế hoạch để sửa đổi, bổ sung",
            "Returned the plan for changes",
        ),
        Event::PlanApproved(e) => {
            let (vi, en) = decision(e.facts.decision_number.as_ref());
            pair(
                format!("Đã phê duyệt kế hoạch{vi}"),
                format!("Approved the plan{en}"),
            )
        }
        Event::PlanAdjusted(e) => {
            let count = e.facts.items.len();
            let (vi, en) = decision(e.facts.decision_number.as_ref());
            pair(
                format!("Đã điều chỉnh kế hoạch{vi}, gồm {count} việc"),
                format!("Adjusted the plan{en}; it has {}", many(count, "item")),
            )
        }
        Event::ServiceStarted(e) => item(&e.facts.item_id, "Đã bắt đầu", "Started"),
        Event::ServiceProgressed(e) => {
            item(&e.facts.item_id, "Đã ghi tiến độ", "Noted the progress of")
        }
        Event::ServiceCompleted(e) => item(&e.facts.item_id, "Đã hoàn thành", "Completed"),
        Event::ServiceFailed(e) => item(
            &e.facts.item_id,
            "Không thực hiện được",
            "Could not carry out",
        ),
        Event::ReferralMade(e) => match e.facts.respond_by {
            Some(by) => pair(
                format!(
                    "Đã chuyển gửi trẻ đến nơi cung cấp dịch vụ ({}), đề nghị trả lời chậm nhất {}",
                    e.facts.referral_id,
                    moment(by).vi
                ),
                format!(
                    "Referred the child to a service ({}), asking for an answer by {}",
                    e.facts.referral_id,
                    moment(by).en
                ),
            ),
            None => referral(
                &e.facts.referral_id,
                "Đã chuyển gửi trẻ đến nơi cung cấp dịch vụ",
                "Referred the child to a service",
            ),
        },
        Event::ReferralAccepted(e) => referral(
            &e.facts.referral_id,
            "Nơi cung cấp dịch vụ đã nhận",
            "The service accepted the referral",
        ),
        Event::ReferralDeclined(e) => referral(
            &e.facts.referral_id,
            "Nơi cung cấp dịch vụ không nhận",
            "The service declined the referral",
        ),
        Event::ReferralCompleted(e) => referral(
            &e.facts.referral_id,
            "Dịch vụ chuyển gửi đã hoàn thành",
            "The service that the child was referred to was given",
        ),
        Event::ReferralWithdrawn(e) => referral(
            &e.facts.referral_id,
            "Đã rút lại việc chuyển gửi trẻ",
            "Withdrew the referral",
        ),
        Event::VisitRecorded(e) if e.facts.child_seen => {
            both("Đã đến thăm và gặp trẻ", "Visited and saw the child")
        }
        Event::VisitRecorded(_) => both(
            "Đã đến thăm, không gặp được trẻ",
            "Visited; the child was not seen",
        ),
        Event::PlanReviewed(e) => reviewed(e.facts.no_longer_at_risk, e.facts.stable),
        Event::CaseClosed(e) => closed(e.facts.reason),
        Event::CaseReopened(_) => both("Đã mở lại vụ việc", "Reopened the case"),
        Event::CaseArchived(e) if e.facts.in_national_database => both(
            "Đã lưu trữ hồ sơ và nhập cơ sở dữ liệu trẻ em quốc gia",
            "Archived the file and entered it in the national database on children",
        ),
        Event::CaseArchived(_) => both("Đã lưu trữ hồ sơ", "Archived the file"),
        Event::CaseTransferred(e) => transfer::offered(&e.facts, on),
        Event::TransferAccepted(e) => transfer::accepted(&e.facts, on),
        Event::TransferDeclined(e) => transfer::declined(&e.facts, on),
        Event::TransferWithdrawn(e) => transfer::withdrawn(&e.facts, on),
        Event::CrimeReportPassed(e) => criminal::passed(&e.facts, on),
        Event::InvestigatorAssigned(e) => criminal::investigator(&e.facts),
        Event::ForensicGroundsRecorded(e) => criminal::grounds(&e.facts),
        Event::ForensicExamOrdered(e) => criminal::ordered(&e.facts, on),
        Event::ForensicConclusionRecorded(e) => criminal::concluded(&e.facts),
        Event::CrimeReportProlonged(e) => criminal::prolonged(&e.facts),
        Event::CrimeReportDecided(e) => criminal::decided(&e.facts),
        Event::InformantInformed(_) => both(
            "Đã thông báo kết quả giải quyết cho người báo tin",
            "Told the informant the result",
        ),
        Event::ProsecutionProposed(e) => criminal::proposed(&e.facts),
        Event::InterviewRecorded(e) => criminal::interviewed(&e.facts),
        Event::PlacementProposed(e) => placement::proposed(&e.facts, on),
        Event::CarerVerified(e) => placement::verified(&e.facts),
        Event::PlacementDecided(e) => placement::decided(&e.facts, on),
        Event::ChildHandedOver(e) => placement::handed_over(&e.facts),
        Event::PlacementFollowedUp(e) => placement::followed_up(&e.facts),
        Event::PlacementEnded(e) => placement::ended(&e.facts),
        Event::AdmittedToFacility(e) => placement::admitted(&e.facts, on),
        Event::AdmissionPapersCompleted(_) => placement::papers(),
        Event::ListedForPlacement(_) => placement::listed(),
        Event::ListingAppraised(e) => placement::appraised(&e.facts, on),
        Event::FacilityCareEnded(e) => placement::facility_ended(&e.facts),
        Event::OfficerAssigned(e) => {
            let role = e.facts.role.title();
            pair(
                format!("Đã giao cán bộ phụ trách, vai trò: {}", role.vi),
                format!("Put an officer in charge, in the role of {}", role.en),
            )
        }
        Event::OfficerRelieved(e) => {
            let role = e.facts.role.title();
            pair(
                format!("Đã thôi giao cán bộ phụ trách, vai trò: {}", role.vi),
                format!("Relieved an officer in charge, in the role of {}", role.en),
            )
        }
        Event::CompetencePassed(e) => {
            let (from, to) = (&e.facts.from, &e.facts.to);
            let (from, to) = (unit_of_id(units, from), unit_of_id(units, to));
            let day = e.facts.effective.0.format("%d/%m/%Y");
            let (vi, en) = match &e.facts.legal_act {
                Some(act) => (format!(", theo {act}"), format!(", by {act}")),
                None => (String::new(), String::new()),
            };
            pair(
                format!("Thẩm quyền chuyển từ {from} sang {to} từ ngày {day}{vi}"),
                format!("Competence passed from {from} to {to} as of {day}{en}"),
            )
        }
        Event::DueDatesMoved(e) => {
            let count = e.facts.moved.len();
            pair(
                format!("Lịch làm việc thay đổi nên {count} thời hạn được tính lại"),
                format!(
                    "The calendar of working days changed: {} moved",
                    many(count, "due date")
                ),
            )
        }
        Event::ContradictionAnswered(_) => both(
            "Đã ghi lý do cho điểm mâu thuẫn trong hồ sơ",
            "Gave the reason for a contradiction in the record",
        ),
        Event::SameChildAnswered(e) if e.facts.same => both(
            "Đã trả lời: thông tin được thêm vào là về cùng một trẻ",
            "Answered: the report that was added is about the same child",
        ),
        Event::SameChildAnswered(_) => both(
            "Đã trả lời: thông tin được thêm vào là về trẻ khác và thành vụ việc riêng",
            "Answered: the report that was added is about another child and became a case of its own",
        ),
        Event::CorrectionConfirmed(_) => both(
            "Đã xác nhận một lần đính chính của người khác",
            "Confirmed a correction that somebody else made",
        ),
        Event::NoteAdded(_) => both("Đã thêm ghi chú", "Added a note"),
        Event::DocumentAttached(e) => {
            let size = size(e.facts.size);
            pair(
                format!("Đã đính kèm tài liệu, {}", size.vi),
                format!("Attached a document of {}", size.en),
            )
        }
        Event::FactCorrected(e) => match e.facts.part {
            Part::Facts => both(
                "Đã đính chính một thông tin của sự kiện trước",
                "Corrected a fact of an earlier event",
            ),
            Part::Personal => both(
                "Đã đính chính một thông tin cá nhân của sự kiện trước",
                "Corrected a personal detail of an earlier event",
            ),
            Part::Envelope => both(
                "Đã đính chính thời điểm xảy ra của một sự kiện trước",
                "Corrected when an earlier event happened",
            ),
        },
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::identity::{Actor, Role};
    use domain::time::Instant;
    use uuid::Uuid;

    use super::*;

    /// Every type with facts, a personal part, and the sentences that follow. Free text says SECRET.
    const SAMPLES: &str = include_str!("words.json");

    #[test]
    fn every_type_has_a_sentence_without_free_text() {
        let samples: Vec<serde_json::Value> = serde_json::from_str(SAMPLES).unwrap();
        let mut types = BTreeSet::new();
        for sample in &samples {
            let event_type = sample["type"].as_str().unwrap();
            let revision = Event::TYPES.iter().find(|(name, _)| *name == event_type);
            let personal = sample.get("personal").map(ToString::to_string);
            let event = Event::decode(
                event_type,
                revision.unwrap().1,
                &sample["facts"].to_string(),
                personal.as_deref(),
            )
            .unwrap_or_else(|error| panic!("{event_type}: {:?}", error));
            let at = Instant::parse("2024-03-11T09:20:00+07:00").unwrap();
            let sentence = words(
                &Recorded {
                    event_id: Uuid::nil(),
                    version: 1,
                    position: 1,
                    occurred_at: at,
                    recorded_at: at,
                    actor: Actor::new(Role::CommuneOfficer, "19111"),
                    event,
                    older: None,
                    cause: domain::log::Cause::default(),
                },
                domain::unit::Units::shipped(),
            );
            assert_eq!(sentence.vi, sample["vi"], "{event_type}");
            assert_eq!(sentence.en, sample["en"], "{event_type}");
            assert!(!format!("{sentence:?}").contains("SECRET"), "{event_type}");
            types.insert(event_type);
        }
        let all: BTreeSet<_> = Event::TYPES.iter().map(|(name, _)| *name).collect();
        assert_eq!(types, all);
    }
}
