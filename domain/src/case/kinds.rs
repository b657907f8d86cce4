//! What each kind of event is called, to which chapter of a case it belongs, and by which command it is
//! recorded. One line for each: a new event does not compile without it.

use super::event::Event;
use crate::language::Sentence;

/// A chapter of a case, by which people look for what happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chapter {
    /// What was told and checked.
    Report,
    /// How great the danger is, and what was asked about that.
    Assessment,
    /// What was done at once, separations, the court.
    Protection,
    /// The plan and its approval.
    Plan,
    /// Services, referrals, visits.
    Service,
    /// The report of crime.
    Criminal,
    /// Alternative care.
    Care,
    /// The way of the case from commune to commune.
    Transfer,
    /// Who is in charge, notes, documents, changes of the rules.
    File,
    /// What was put right.
    Correction,
    /// The end of the case, and after it.
    Closing,
}

impl Chapter {
    /// All, in the order of a case.
    pub const ALL: [Self; 11] = [
        Self::Report,
        Self::Assessment,
        Self::Protection,
        Self::Plan,
        Self::Service,
        Self::Criminal,
        Self::Care,
        Self::Transfer,
        Self::File,
        Self::Correction,
        Self::Closing,
    ];

    /// The stable name, as in addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Assessment => "assessment",
            Self::Protection => "protection",
            Self::Plan => "plan",
            Self::Service => "service",
            Self::Criminal => "criminal",
            Self::Care => "care",
            Self::Transfer => "transfer",
            Self::File => "file",
            Self::Correction => "correction",
            Self::Closing => "closing",
        }
    }
}

macro_rules! by {
    () => {
        None
    };
    ($command:literal) => {
        Some($command)
    };
}

macro_rules! kinds {
    ($( $name:ident of $chapter:ident $(by $command:literal)?: $vi:literal, $en:literal; )*) => {
        impl Event {
            /// What this kind of event is called, where a sentence names one.
            #[must_use]
            pub fn title(&self) -> Sentence {
                match self { $( Self::$name(_) => Sentence::new($vi, $en), )* }
            }

            /// The chapter to which it belongs.
            #[must_use]
            pub const fn chapter(&self) -> Chapter {
                match self { $( Self::$name(_) => Chapter::$chapter, )* }
            }

            /// The command that records events of this kind; none for what is recorded by the system
            /// itself, and for corrections, which nothing records again.
            #[must_use]
            pub const fn command(&self) -> Option<&'static str> {
                match self { $( Self::$name(_) => by!($($command)?), )* }
            }
        }
    };
}

kinds! {
    ReportReceived of Report by "receive-report": "tiếp nhận thông tin", "receipt of the report";
    ReportForwarded of Report by "forward-report": "chuyển thông tin", "forwarding of the report";
    ReportAcknowledged of Report by "acknowledge-report": "xác nhận đã nhận thông tin", "acknowledgement of the report";
    ReportVerified of Report by "record-verification": "kiểm tra tính xác thực", "verification";
    InitialAssessmentRecorded of Assessment by "record-initial-assessment": "đánh giá nguy cơ ban đầu", "initial assessment";
    EmergencyMeasureApplied of Protection by "apply-emergency-measure": "can thiệp khẩn cấp", "emergency measure";
    SeparationOrdered of Protection by "order-separation": "quyết định tạm thời cách ly", "decision on separation";
    SeparationExtended of Protection by "extend-separation": "gia hạn cách ly", "extension of the separation";
    SeparationLifted of Protection by "lift-separation": "hủy bỏ quyết định cách ly", "lifting of the separation";
    CourtOrderRequested of Protection by "request-court-order": "đề nghị Tòa án", "request to the court";
    CourtDecided of Protection by "record-court-decision": "quyết định của Tòa án", "decision of the court";
    DetailedAssessmentRecorded of Assessment by "record-detailed-assessment": "đánh giá nguy cơ cụ thể", "detailed assessment";
    CaseMeetingHeld of Plan by "hold-case-meeting": "họp xác định biện pháp", "case meeting";
    PlanSubmitted of Plan by "submit-plan": "trình kế hoạch", "submission of the plan";
    PlanReturned of Plan by "return-plan": "trả lại kế hoạch", "return of the plan";
    PlanApproved of Plan by "approve-plan": "phê duyệt kế hoạch", "approval of the plan";
    PlanAdjusted of Plan by "adjust-plan": "điều chỉnh kế hoạch", "adjustment of the plan";
    ServiceStarted of Service by "start-service": "bắt đầu việc của kế hoạch", "start of an item of the plan";
    ServiceProgressed of Service by "record-service-progress": "tiến độ việc của kế hoạch", "progress of an item of the plan";
    ServiceCompleted of Service by "complete-service": "hoàn thành việc của kế hoạch", "completion of an item of the plan";
    ServiceFailed of Service by "fail-service": "việc của kế hoạch không thực hiện được", "failure of an item of the plan";
    ReferralMade of Service by "refer": "chuyển gửi dịch vụ", "referral";
    ReferralAccepted of Service by "accept-referral": "nhận chuyển gửi", "acceptance of the referral";
    ReferralDeclined of Service by "decline-referral": "từ chối chuyển gửi", "refusal of the referral";
    ReferralCompleted of Service by "complete-referral": "hoàn thành chuyển gửi", "completion of the referral";
    ReferralWithdrawn of Service by "withdraw-referral": "rút lại chuyển gửi", "withdrawal of the referral";
    VisitRecorded of Service by "record-visit": "thăm trẻ", "visit";
    PlanReviewed of Assessment by "review-plan": "rà soát, đánh giá", "review";
    CaseClosed of Closing by "close-case": "kết thúc vụ việc", "closing of the case";
    CaseReopened of Closing by "reopen-case": "mở lại vụ việc", "reopening of the case";
    CaseArchived of Closing by "archive-case": "lưu trữ hồ sơ", "archiving of the file";
    CaseTransferred of Transfer by "transfer-case": "đề nghị chuyển hồ sơ", "offer to transfer the case";
    TransferAccepted of Transfer by "accept-transfer": "nhận hồ sơ", "acceptance of the transfer";
    TransferDeclined of Transfer by "decline-transfer": "không nhận hồ sơ", "refusal of the transfer";
    TransferWithdrawn of Transfer by "withdraw-transfer": "rút lại đề nghị chuyển hồ sơ", "withdrawal of the transfer";
    CrimeReportPassed of Criminal by "pass-crime-report": "chuyển tin báo về tội phạm", "passing of the report of crime";
    InvestigatorAssigned of Criminal by "assign-investigator": "phân công điều tra viên", "assignment of an investigator";
    ForensicGroundsRecorded of Criminal by "record-forensic-grounds": "căn cứ trưng cầu giám định", "grounds for an examination";
    ForensicExamOrdered of Criminal by "order-forensic-exam": "trưng cầu giám định", "order of the examination";
    ForensicConclusionRecorded of Criminal by "record-forensic-conclusion": "kết luận giám định", "forensic conclusion";
    CrimeReportProlonged of Criminal by "prolong-crime-report": "kéo dài thời hạn giải quyết tin báo", "prolongation of the report of crime";
    CrimeReportDecided of Criminal by "decide-crime-report": "quyết định giải quyết tin báo", "decision on the report of crime";
    InformantInformed of Criminal by "inform-informant": "thông báo kết quả cho người báo tin", "notice to the informant";
    ProsecutionProposed of Criminal by "propose-prosecution": "kiến nghị khởi tố", "proposal to prosecute";
    InterviewRecorded of Criminal by "record-interview": "lấy lời khai", "interview";
    PlacementProposed of Care by "propose-placement": "đề xuất chăm sóc thay thế", "proposal of a placement";
    CarerVerified of Care by "verify-carer": "xác minh người nhận chăm sóc", "verification of the carer";
    PlacementDecided of Care by "decide-placement": "quyết định giao, nhận chăm sóc thay thế", "decision on the placement";
    ChildHandedOver of Care by "hand-over-child": "giao trẻ cho người nhận chăm sóc", "hand-over of the child";
    PlacementFollowedUp of Care by "record-placement-follow-up": "theo dõi chăm sóc thay thế", "follow-up of the placement";
    PlacementEnded of Care by "end-placement": "chấm dứt chăm sóc thay thế", "end of the placement";
    AdmittedToFacility of Care by "admit-to-facility": "cơ sở tiếp nhận trẻ", "admission to the facility";
    AdmissionPapersCompleted of Care by "complete-admission-papers": "hoàn thiện hồ sơ tiếp nhận", "papers of the admission";
    ListedForPlacement of Care by "list-for-placement": "đưa vào danh sách của cơ sở", "listing by the facility";
    ListingAppraised of Care by "appraise-listing": "thẩm định danh sách", "appraisal of the list";
    FacilityCareEnded of Care by "end-facility-care": "chấm dứt chăm sóc tại cơ sở", "end of the care in the facility";
    OfficerAssigned of File by "assign-officer": "phân công cán bộ", "assignment of an officer";
    OfficerRelieved of File by "relieve-officer": "thôi phân công cán bộ", "relief of an officer";
    CompetencePassed of File by "pass-competence": "chuyển thẩm quyền theo sáp nhập", "passing of competence";
    SameChildAnswered of Report by "answer-same-child": "trả lời có phải cùng một trẻ", "answer whether it is the same child";
    ContradictionAnswered of Assessment by "answer-contradiction": "giải trình điểm mâu thuẫn", "answer to a contradiction";
    CorrectionConfirmed of Correction by "confirm-correction": "xác nhận đính chính", "confirmation of a correction";
    NoteAdded of File by "add-note": "ghi chú", "note";
    DocumentAttached of File by "attach-document": "tài liệu", "document";
    DueDatesMoved of File: "thay đổi lịch ngày làm việc", "change of the calendar";
    FactCorrected of Correction: "đính chính", "correction";
}
