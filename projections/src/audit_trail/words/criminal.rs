//! Sentences about police, forensic bodies and prosecution.

use domain::case::events::criminal::{
    ConclusionFacts, CrimeDecidedFacts, CrimeDecision, ExamFacts, ForensicBody, ForensicExam,
    ForensicGround, GroundsFacts, InterviewFacts, InvestigatorFacts, PassedFacts, ProlongGround,
    ProlongedFacts, ProposedFacts,
};
use domain::language::Sentence;
use domain::time::Instant;

use crate::audit_trail::phrases::{On, both, by_decision, day, pair, unit};

pub(super) fn passed(facts: &PassedFacts, on: On<'_>) -> Sentence {
    let to = unit(&facts.to_unit, on);
    pair(
        format!("Đã chuyển tin báo về tội phạm cho cơ quan điều tra, {to}"),
        format!("Passed the report of crime to the investigating body of {to}"),
    )
}

pub(super) fn investigator(facts: &InvestigatorFacts) -> Sentence {
    if facts.procuracy_informed {
        both(
            "Đã phân công điều tra viên và thông báo cho Viện kiểm sát",
            "Assigned an investigator and told the procuracy",
        )
    } else {
        both(
            "Đã phân công điều tra viên, chưa thông báo cho Viện kiểm sát",
            "Assigned an investigator; the procuracy was not told yet",
        )
    }
}

pub(super) fn grounds(facts: &GroundsFacts) -> Sentence {
    let id = &facts.exam_id;
    match facts.ground {
        ForensicGround::Found => pair(
            format!("Đã ghi nhận có căn cứ để trưng cầu giám định ({id})"),
            format!("Found grounds for a forensic examination ({id})"),
        ),
        ForensicGround::RequestedByVictim => pair(
            format!("Đã ghi nhận bị hại hoặc người đại diện đề nghị giám định ({id})"),
            format!(
                "Recorded that the victim or their representative asks for a forensic examination ({id})"
            ),
        ),
    }
}

pub(super) fn ordered(facts: &ExamFacts, on: On<'_>) -> Sentence {
    let (vi, en) = match facts.exam {
        ForensicExam::SexualAbuse => ("dấu hiệu xâm hại tình dục", "signs of sexual abuse"),
        ForensicExam::Injury => ("thương tích", "injury"),
        ForensicExam::Age => ("độ tuổi", "age"),
        ForensicExam::CauseOfDeath => ("nguyên nhân chết", "cause of death"),
        ForensicExam::MentalState => ("tâm thần", "mental state"),
        ForensicExam::Other => ("nội dung khác", "other matters"),
    };
    let (body_vi, body_en) = match facts.body {
        ForensicBody::Police => ("giám định của công an", "a forensic unit of the police"),
        ForensicBody::Health => (
            "giám định của ngành y tế",
            "a forensic body of the health sector",
        ),
    };
    let (id, unit) = (&facts.exam_id, unit(&facts.unit, on));
    pair(
        format!("Đã trưng cầu giám định về {vi} ({id}), nơi thực hiện: {body_vi}, {unit}"),
        format!("Ordered a forensic examination of {en} ({id}) by {body_en}, {unit}"),
    )
}

pub(super) fn concluded(facts: &ConclusionFacts) -> Sentence {
    let id = &facts.exam_id;
    pair(
        format!("Đã có kết luận giám định ({id})"),
        format!("Recorded the forensic conclusion ({id})"),
    )
}

pub(super) fn prolonged(facts: &ProlongedFacts) -> Sentence {
    let until = day(facts.until);
    match facts.ground {
        ProlongGround::Complex => pair(
            format!("Đã kéo dài thời hạn giải quyết tin báo đến {until} vì vụ việc phức tạp"),
            format!("Prolonged the handling of the report of crime to {until}: it is complex"),
        ),
        ProlongGround::ProcuracyExtension => pair(
            format!("Viện kiểm sát đã gia hạn giải quyết tin báo đến {until}"),
            format!("The procuracy extended the handling of the report of crime to {until}"),
        ),
    }
}

pub(super) fn decided(facts: &CrimeDecidedFacts) -> Sentence {
    let (vi, en) = match facts.decision {
        CrimeDecision::Prosecute => ("khởi tố vụ án", "to prosecute"),
        CrimeDecision::NotProsecute => ("không khởi tố vụ án", "not to prosecute"),
        CrimeDecision::Suspend => (
            "tạm đình chỉ giải quyết tin báo",
            "to suspend the handling of the report",
        ),
    };
    by_decision(
        format!("Cơ quan điều tra quyết định {vi}"),
        format!("The investigating body decided {en}"),
        facts.decision_number.as_ref(),
    )
}

pub(super) fn proposed(facts: &ProposedFacts) -> Sentence {
    let (vi, en) = match &facts.document_number {
        Some(number) => (
            format!(" bằng văn bản số {number}"),
            format!(" by document {number}"),
        ),
        None => (String::new(), String::new()),
    };
    let told = facts.procuracy_informed;
    pair(
        format!(
            "Đã kiến nghị khởi tố{vi}{}",
            if told {
                " và thông báo cho Viện kiểm sát"
            } else {
                ""
            }
        ),
        format!(
            "Proposed prosecution{en}{}",
            if told { " and told the procuracy" } else { "" }
        ),
    )
}

pub(super) fn interviewed(facts: &InterviewFacts) -> Sentence {
    let clock = |at: Instant| at.local().format("%H:%M").to_string();
    let (from, until) = (clock(facts.from), clock(facts.until));
    let date = facts.from.date().format("%d/%m/%Y");
    let complex = facts.complex;
    pair(
        format!(
            "Đã lấy lời khai của trẻ từ {from} đến {until} ngày {date}{}",
            if complex {
                ", vụ việc phức tạp"
            } else {
                ""
            }
        ),
        format!(
            "Interviewed the child from {from} to {until} on {date}{}",
            if complex { "; a complex case" } else { "" }
        ),
    )
}
