//! What each kind of event is called when a sentence names one.

use super::event::Event;
use crate::language::Sentence;

macro_rules! titles {
    ($( $name:ident: $vi:literal, $en:literal; )*) => {
        impl Event {
            /// What this kind of event is called.
            #[must_use]
            pub fn title(&self) -> Sentence {
                match self { $( Self::$name(_) => Sentence::new($vi, $en), )* }
            }
        }
    };
}

titles! {
    ReportReceived: "tiếp nhận thông tin", "receipt of the report";
    ReportForwarded: "chuyển thông tin", "forwarding of the report";
    ReportAcknowledged: "xác nhận đã nhận thông tin", "acknowledgement of the report";
    ReportVerified: "kiểm tra tính xác thực", "verification";
    InitialAssessmentRecorded: "đánh giá nguy cơ ban đầu", "initial assessment";
    EmergencyMeasureApplied: "can thiệp khẩn cấp", "emergency measure";
    SeparationOrdered: "quyết định tạm thời cách ly", "decision on separation";
    SeparationExtended: "gia hạn cách ly", "extension of the separation";
    SeparationLifted: "hủy bỏ quyết định cách ly", "lifting of the separation";
    CourtOrderRequested: "đề nghị Tòa án", "request to the court";
    CourtDecided: "quyết định của Tòa án", "decision of the court";
    DetailedAssessmentRecorded: "đánh giá nguy cơ cụ thể", "detailed assessment";
    CaseMeetingHeld: "họp xác định biện pháp", "case meeting";
    PlanSubmitted: "trình kế hoạch", "submission of the plan";
    PlanReturned: "trả lại kế hoạch", "return of the plan";
    PlanApproved: "phê duyệt kế hoạch", "approval of the plan";
    PlanAdjusted: "điều chỉnh kế hoạch", "adjustment of the plan";
    ServiceStarted: "bắt đầu việc của kế hoạch", "start of an item of the plan";
    ServiceProgressed: "tiến độ việc của kế hoạch", "progress of an item of the plan";
    ServiceCompleted: "hoàn thành việc của kế hoạch", "completion of an item of the plan";
    ServiceFailed: "việc của kế hoạch không thực hiện được", "failure of an item of the plan";
    ReferralMade: "chuyển gửi dịch vụ", "referral";
    ReferralAccepted: "nhận chuyển gửi", "acceptance of the referral";
    ReferralDeclined: "từ chối chuyển gửi", "refusal of the referral";
    ReferralCompleted: "hoàn thành chuyển gửi", "completion of the referral";
    ReferralWithdrawn: "rút lại chuyển gửi", "withdrawal of the referral";
    VisitRecorded: "thăm trẻ", "visit";
    PlanReviewed: "rà soát, đánh giá", "review";
    CaseClosed: "kết thúc vụ việc", "closing of the case";
    CaseReopened: "mở lại vụ việc", "reopening of the case";
    CaseArchived: "lưu trữ hồ sơ", "archiving of the file";
    CaseTransferred: "đề nghị chuyển hồ sơ", "offer to transfer the case";
    TransferAccepted: "nhận hồ sơ", "acceptance of the transfer";
    TransferDeclined: "không nhận hồ sơ", "refusal of the transfer";
    TransferWithdrawn: "rút lại đề nghị chuyển hồ sơ", "withdrawal of the transfer";
    CrimeReportPassed: "chuyển tin báo về tội phạm", "passing of the report of crime";
    InvestigatorAssigned: "phân công điều tra viên", "assignment of an investigator";
    ForensicGroundsRecorded: "căn cứ trưng cầu giám định", "grounds for an examination";
    ForensicExamOrdered: "trưng cầu giám định", "order of the examination";
    ForensicConclusionRecorded: "kết luận giám định", "forensic conclusion";
    CrimeReportProlonged: "kéo dài thời hạn giải quyết tin báo", "prolongation of the report of crime";
    CrimeReportDecided: "quyết định giải quyết tin báo", "decision on the report of crime";
    InformantInformed: "thông báo kết quả cho người báo tin", "notice to the informant";
    ProsecutionProposed: "kiến nghị khởi tố", "proposal to prosecute";
    InterviewRecorded: "lấy lời khai", "interview";
    PlacementProposed: "đề xuất chăm sóc thay thế", "proposal of a placement";
    CarerVerified: "xác minh người nhận chăm sóc", "verification of the carer";
    PlacementDecided: "quyết định giao, nhận chăm sóc thay thế", "decision on the placement";
    ChildHandedOver: "giao trẻ cho người nhận chăm sóc", "hand-over of the child";
    PlacementFollowedUp: "theo dõi chăm sóc thay thế", "follow-up of the placement";
    PlacementEnded: "chấm dứt chăm sóc thay thế", "end of the placement";
    AdmittedToFacility: "cơ sở tiếp nhận trẻ", "admission to the facility";
    AdmissionPapersCompleted: "hoàn thiện hồ sơ tiếp nhận", "papers of the admission";
    ListedForPlacement: "đưa vào danh sách của cơ sở", "listing by the facility";
    ListingAppraised: "thẩm định danh sách", "appraisal of the list";
    FacilityCareEnded: "chấm dứt chăm sóc tại cơ sở", "end of the care in the facility";
    OfficerAssigned: "phân công cán bộ", "assignment of an officer";
    OfficerRelieved: "thôi phân công cán bộ", "relief of an officer";
    CompetencePassed: "chuyển thẩm quyền theo sáp nhập", "passing of competence";
    SameChildAnswered: "trả lời có phải cùng một trẻ", "answer whether it is the same child";
    ContradictionAnswered: "giải trình điểm mâu thuẫn", "answer to a contradiction";
    CorrectionConfirmed: "xác nhận đính chính", "confirmation of a correction";
    NoteAdded: "ghi chú", "note";
    DocumentAttached: "tài liệu", "document";
    DueDatesMoved: "thay đổi lịch ngày làm việc", "change of the calendar";
    FactCorrected: "đính chính", "correction";
}
