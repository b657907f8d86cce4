//! What officers write beside the procedure: visits, notes, documents, emergencies, endings.

/// What a visit saw.
pub(in super::super) const VISITS: [&str; 8] = [
    "Trẻ khỏe, kể chuyện ở trường.",
    "Nhà cửa gọn gàng, trẻ được chăm sóc.",
    "Trẻ còn rụt rè nhưng đã chịu nói chuyện.",
    "Gia đình hợp tác, hỏi thêm về hỗ trợ học tập.",
    "Không thấy dấu hiệu mới.",
    "Trẻ vui hơn lần trước.",
    "Bà cho biết trẻ ngủ tốt hơn.",
    "Đã nhắc gia đình lịch hẹn tuần tới.",
];

/// What a visit notes when the child was not there.
pub(in super::super) const NOT_SEEN: [&str; 3] = [
    "Trẻ đi học, chỉ gặp bà.",
    "Nhà khóa cửa, hẹn lại.",
    "Trẻ về quê ngoại, đã gọi điện hỏi thăm.",
];

/// What a visit notes when the child is in danger.
pub(in super::super) const DANGER_SEEN: &str = "Trẻ có vết thương mới ở tay, nói sợ ở nhà tối nay.";

/// A remark on the measure that follows.
pub(in super::super) const PROTECTED_AGAIN: &str =
    "Đã đưa trẻ sang nhà bà ngoại, công an đã làm việc với người gây hại.";

/// Why a referral is withdrawn.
pub(in super::super) const WRONG_AGENCY: &str = "Ghi nhầm nơi nhận, sẽ chuyển gửi lại đúng nơi.";

/// Why the time of a plan is corrected.
pub(in super::super) const ENTERED_LATE: &str =
    "Kế hoạch giấy đã trình đúng hạn, nhập vào hệ thống muộn do mất mạng.";

/// How it is known that this is right.
pub(in super::super) const CONFIRMED_LATE: &str =
    "Đã xem sổ công văn đến: kế hoạch nhận đúng ngày như đính chính.";

/// Notes in the file.
pub(in super::super) const NOTES: [&str; 8] = [
    "Nhà trường thông báo trẻ đi học lại từ thứ Hai.",
    "Gia đình đổi số điện thoại, đã cập nhật.",
    "Đã trao đổi với trưởng thôn về việc theo dõi.",
    "Công an xã cho biết đã làm việc với người bị nghi.",
    "Mẹ của trẻ gọi điện hỏi thủ tục trợ cấp.",
    "Đề nghị giữ kín thông tin theo nguyện vọng của trẻ.",
    "Cô giáo chủ nhiệm nhận theo dõi trẻ hằng tuần.",
    "Đã báo Hội Liên hiệp Phụ nữ cùng thăm gia đình.",
];

/// Documents: name and media type.
pub(in super::super) const DOCUMENTS: [(&str, &str); 6] = [
    ("Biên bản xác minh.pdf", "application/pdf"),
    ("Biên bản cuộc họp.pdf", "application/pdf"),
    ("Quyết định phê duyệt kế hoạch.pdf", "application/pdf"),
    ("Giấy khám sức khỏe (bản chụp).jpg", "image/jpeg"),
    ("Đơn của gia đình (bản chụp).jpg", "image/jpeg"),
    ("Phiếu theo dõi học tập.pdf", "application/pdf"),
];

/// Emergency measures, as codes.
pub(in super::super) const EMERGENCY_MEASURES: [&str; 6] = [
    "stop-harm",
    "safe-place",
    "medical-care",
    "counselling",
    "collect-evidence",
    "call-hotline",
];

/// Remarks on an emergency measure.
pub(in super::super) const EMERGENCY_NOTES: [&str; 4] = [
    "Trẻ đã ở nơi an toàn, có người thân bên cạnh.",
    "Công an đã yêu cầu người gây hại không tiếp cận trẻ.",
    "Trẻ được khám, sức khỏe ổn định.",
    "Đã gọi Tổng đài 111 xin hướng dẫn.",
];

/// Why a separation is extended.
pub(in super::super) const EXTENDED: [&str; 3] = [
    "Nhà chưa an toàn, người gây hại chưa rời đi.",
    "Cần thêm thời gian đánh giá khả năng chăm sóc.",
    "Chờ người thân từ xa về đón trẻ.",
];

/// Why a separation is lifted.
pub(in super::super) const LIFTED: [&str; 3] = [
    "Đã đánh giá lại: gia đình an toàn, người gây hại không còn ở cùng nhà.",
    "Cha mẹ cam kết và được đánh giá là an toàn cho trẻ.",
    "Trẻ được giao cho ông bà chăm sóc, có theo dõi.",
];

/// Notes with a request to the court.
pub(in super::super) const COURT_NOTES: [&str; 2] = [
    "Kèm đánh giá cụ thể và biên bản cuộc họp.",
    "Người chăm sóc chưa bảo đảm an toàn cho trẻ khi hết 15 ngày.",
];

/// An authority outside the system that has the case now, and how it confirmed that.
pub(in super::super) const TRANSFERRED: [(&str, &str); 2] = [
    (
        "Ủy ban nhân dân xã nơi gia đình chuyển đến, tỉnh khác",
        "Công văn xác nhận đã nhận hồ sơ",
    ),
    (
        "Cơ quan bảo vệ trẻ em nước ngoài, qua Sở Ngoại vụ",
        "Thư xác nhận của cơ quan tiếp nhận",
    ),
];

/// Why a case is closed for another reason, and on what that rests.
pub(in super::super) const OTHER: [(&str, &str); 2] = [
    (
        "Trẻ đã được gia đình đón về ổn định trước khi lập kế hoạch; gia đình không đề nghị hỗ trợ.",
        "Biên bản làm việc với gia đình; đánh giá nguy cơ ban đầu",
    ),
    (
        "Gia đình đã tự giải quyết, trẻ an toàn; nhà trường nhận theo dõi.",
        "Biên bản làm việc với gia đình và nhà trường",
    ),
];

/// A note where the child died of something else.
pub(in super::super) const DIED: &str = "Trẻ mất do bệnh hiểm nghèo, không liên quan đến vụ việc.";

/// Why a case is reopened.
pub(in super::super) const REOPENED: [&str; 3] = [
    "Nhà trường báo trẻ lại có biểu hiện lo sợ, cần đánh giá lại.",
    "Hàng xóm báo sự việc tương tự tái diễn.",
    "Gia đình đề nghị hỗ trợ tiếp.",
];

/// Why something is corrected.
pub(in super::super) const CORRECTED: [&str; 4] = [
    "Ghi nhầm khi tiếp nhận, đã đối chiếu giấy khai sinh.",
    "Gia đình cung cấp thông tin chính xác.",
    "Lỗi đánh máy.",
    "Đối chiếu với hồ sơ của nhà trường.",
];

/// How a report of crime was passed on.
pub(in super::super) const PASSED_ON: [&str; 3] = [
    "Đã gọi trực ban, gửi công văn kèm biên bản tiếp nhận",
    "Đã báo điều tra viên trực và chuyển hồ sơ ban đầu",
    "Đã chuyển tin báo bằng văn bản, kèm ảnh vết thương",
];

/// What a forensic examination found.
pub(in super::super) const CONCLUSIONS: [&str; 2] = [
    "Vết bầm phần mềm do tác động của vật tày, tỷ lệ tổn thương cơ thể 4 %",
    "Không ghi nhận tổn thương mới; có sẹo cũ ở cẳng tay",
];

/// What a forensic body concludes on the mental state.
pub(in super::super) const MENTAL_CONCLUSIONS: [&str; 2] = [
    "Không phát hiện rối loạn tâm thần; có phản ứng lo âu sau sự việc",
    "Có biểu hiện căng thẳng sau sang chấn, cần theo dõi và tư vấn",
];

/// The facility that takes children in.
pub(in super::super) const FACILITY: &str = "Trung tâm Công tác xã hội tỉnh";

/// Who cares for the child.
pub(in super::super) const CARERS: [&str; 3] =
    ["Bà ngoại của trẻ", "Bác ruột của trẻ", "Cô ruột của trẻ"];

/// What a follow-up of a placement found.
pub(in super::super) const FOLLOWED_UP: [&str; 3] = [
    "Trẻ khỏe, đi học đều, gần gũi với người chăm sóc",
    "Trẻ ăn ngủ tốt hơn, còn nhớ mẹ; gia đình cần hỗ trợ tiền học",
    "Trẻ vui, có bạn mới; chưa thấy dấu hiệu bất thường",
];
