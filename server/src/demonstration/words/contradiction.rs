//! Why something stands although something else speaks against it.

use domain::case::events::contradiction::Against;

/// What an officer or the chair writes.
pub(in super::super) const fn stands(against: Against) -> &'static str {
    match against {
        Against::DangerReported => {
            "Đã đến tận nơi gặp trẻ: trẻ an toàn ở cùng người thân, nguy hiểm lúc báo không còn."
        }
        Against::LevelsOfForm02 | Against::LevelsOfForm03 | Against::UnsafeOnForm03 => {
            "Tổn hại đã xảy ra từ trước; nay người gây hại không còn ở gần trẻ."
        }
        Against::SuspectedCarer => {
            "Cha mẹ thiếu điều kiện chăm sóc, không cố ý gây hại và hợp tác với xã."
        }
        Against::LevelsOfForm06 => "Đã khám lại, mức tổn hại ghi theo hồ sơ cũ của trẻ.",
        Against::FailedItems => {
            "Việc không thực hiện được đã thay bằng hỗ trợ khác, trẻ vẫn đạt mục tiêu kế hoạch."
        }
        Against::OpenSeparation => "Trẻ ở với ông bà theo nguyện vọng, gia đình đồng ý.",
        Against::OpenEmergency => {
            "Trẻ đã được đưa đến nơi an toàn khác, biện pháp đang được ghi lại."
        }
        Against::Form03Owed | Against::MinutesOwed => {
            "Việc cần làm ngay đã làm xong theo kế hoạch; giấy tờ còn thiếu được bổ sung vào hồ sơ lưu."
        }
        Against::MoreThan15Days => {
            "Hai lần cách ly do hai xã quyết định khi chưa biết là một trẻ; trẻ đã về với ông bà, an toàn."
        }
        Against::NothingAlike => {
            "Đã gọi cho xã kia và xác nhận là cùng một trẻ, trước đây ghi nhầm họ tên và năm sinh."
        }
        Against::ChildNotSeen => "Trẻ đi học khi cán bộ đến, đã hẹn gặp lại trong tuần.",
        Against::UndecidedCrimeReport => {
            "Cơ quan điều tra tiếp tục giải quyết tin báo, không phụ thuộc vào hồ sơ này."
        }
        Against::PlacementNotFollowedUp => {
            "Trẻ ở nhà người thân cùng thôn, cộng tác viên gặp trẻ hằng tuần."
        }
        Against::DangerTakenBack => {
            "Đã gọi lại người báo tin và gặp trẻ: lúc ghi bấm nhầm, trẻ không gặp nguy hiểm."
        }
        Against::FindingLowered => {
            "Đã gặp trẻ và gia đình sau khi nhận hồ sơ: tình trạng nghiêm trọng không còn."
        }
    }
}
