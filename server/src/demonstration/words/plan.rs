//! What plans hold, and what officers write while they carry them out.

/// A service or task that plans offer.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Service {
    /// Measure of the Law on Children, articles 49 and 50.
    pub measure: &'static str,
    pub name: &'static str,
    pub responsible: &'static str,
    pub provider: Option<&'static str>,
    /// The kind of agency to which the child is referred.
    pub refer_to: Option<&'static str>,
    /// Shortest and longest duration in days.
    pub days: (i64, i64),
    /// Lowest and highest cost in 100,000 đồng.
    pub cost: (i64, i64),
}

const fn service(
    measure: &'static str,
    [name, responsible]: [&'static str; 2],
    days: (i64, i64),
    cost: (i64, i64),
) -> Service {
    Service {
        measure,
        name,
        responsible,
        provider: None,
        refer_to: None,
        days,
        cost,
    }
}

impl Service {
    const fn by(self, provider: &'static str, kind: &'static str) -> Self {
        Self {
            provider: Some(provider),
            refer_to: Some(kind),
            ..self
        }
    }
}

const OFFICER: &str = "Người làm công tác bảo vệ trẻ em";

/// What can stand in a plan.
#[rustfmt::skip]
pub(in super::super) const SERVICES: [Service; 16] = [
    service("50.a", ["Khám sức khỏe, điều trị", "Trạm Y tế"], (14, 28), (3, 30)).by("Bệnh viện đa khoa khu vực", "health"),
    service("50.a", ["Tư vấn, trị liệu tâm lý", OFFICER], (30, 75), (10, 60)).by("Trung tâm Công tác xã hội", "social-work-centre"),
    service("50.a", ["Theo dõi dinh dưỡng, cân đo hằng tháng", "Trạm Y tế"], (30, 60), (2, 10)).by("Trạm Y tế", "health"),
    service("50.b", ["Bố trí nơi ở an toàn tại nhà người thân", "Trưởng thôn"], (14, 45), (0, 15)),
    service("50.d", ["Đưa trẻ trở lại trường học", "Hiệu trưởng"], (14, 40), (0, 10)).by("Trường học", "education"),
    service("50.g", ["Phụ đạo, kèm cặp học tập", "Giáo viên chủ nhiệm"], (30, 75), (0, 12)).by("Trường học", "education"),
    service("50.dd", ["Tư vấn kỹ năng nuôi dạy con cho cha mẹ", "Hội Liên hiệp Phụ nữ"], (21, 50), (2, 10)),
    service("50.e", ["Trợ giúp pháp lý cho trẻ và gia đình", "Công chức tư pháp"], (20, 60), (0, 5)).by("Trung tâm Trợ giúp pháp lý nhà nước", "legal-aid"),
    service("50.h", ["Thăm gia đình, theo dõi an toàn hằng tuần", OFFICER], (28, 70), (0, 5)),
    service("49.a", ["Răn đe, giáo dục người gây hại", "Công an"], (14, 25), (0, 3)),
    service("49.a", ["Tư vấn cho gia đình về nguy cơ trên mạng", "Đoàn Thanh niên"], (14, 30), (0, 5)),
    service("49.c", ["Lập hồ sơ trợ cấp xã hội", "Công chức văn hóa - xã hội"], (20, 45), (0, 5)),
    service("49.c", ["Cấp thẻ bảo hiểm y tế", "Công chức văn hóa - xã hội"], (14, 30), (0, 8)),
    service("49.d", ["Hỗ trợ đồ dùng học tập, học bổng", "Hội Khuyến học"], (14, 40), (5, 20)),
    service("49.d", ["Vận động hỗ trợ sinh kế cho gia đình", "Mặt trận Tổ quốc"], (30, 75), (20, 150)),
    service("50.a", ["Học kỹ năng tự bảo vệ", "Đoàn Thanh niên"], (21, 45), (2, 10)),
];

/// Goals of a plan.
pub(in super::super) const GOALS: [&str; 6] = [
    "Trẻ được an toàn, ổn định tâm lý và trở lại học tập.",
    "Loại bỏ nguy cơ, phục hồi sức khỏe, hỗ trợ gia đình chăm sóc trẻ.",
    "Bảo đảm trẻ không bị tổn hại trở lại; nâng cao kỹ năng tự bảo vệ.",
    "Trẻ được chăm sóc đầy đủ và đến trường đều.",
    "Ổn định chỗ ở, sức khỏe và học tập của trẻ.",
    "Gia đình có đủ kỹ năng và điều kiện chăm sóc trẻ.",
];

/// What a meeting resolved.
pub(in super::super) const MINUTES: [&str; 4] = [
    "Cuộc họp thống nhất các biện pháp và phân công thực hiện.",
    "Các ý kiến thống nhất mức độ nguy cơ; giao cán bộ lập kế hoạch trình Chủ tịch.",
    "Thống nhất phối hợp giữa nhà trường, y tế và thôn; giữ bí mật thông tin của trẻ.",
    "Gia đình có mặt, đồng ý với các biện pháp đề xuất.",
];

/// Who takes part in a meeting besides the chair and the officer.
pub(in super::super) const PARTICIPANTS: [&str; 8] = [
    "Trưởng Công an",
    "Trạm trưởng Trạm Y tế",
    "Đại diện nhà trường",
    "Chủ tịch Hội Liên hiệp Phụ nữ",
    "Bí thư Đoàn Thanh niên",
    "Trưởng thôn",
    "Công chức tư pháp",
    "Đại diện gia đình",
];

/// Why a plan goes back.
pub(in super::super) const RETURNED: [&str; 4] = [
    "Bổ sung người chịu trách nhiệm và dự toán của từng việc.",
    "Thời gian thực hiện chưa rõ, đề nghị làm rõ từng mốc.",
    "Cần lấy thêm ý kiến của nhà trường trước khi phê duyệt.",
    "Kinh phí chưa có nguồn, đề nghị rà soát lại.",
];

/// Beginning of a service.
pub(in super::super) const STARTED: [&str; 4] = [
    "Đã liên hệ và bắt đầu thực hiện.",
    "Đã đưa trẻ đến buổi đầu tiên.",
    "Gia đình đồng ý, đã bắt đầu.",
    "",
];

/// Progress of a service.
pub(in super::super) const PROGRESS: [&str; 5] = [
    "Trẻ hợp tác, có tiến bộ.",
    "Thực hiện đúng tiến độ.",
    "Trẻ nghỉ một buổi do ốm, sẽ bù.",
    "Gia đình tham gia đầy đủ.",
    "Cần thêm thời gian, kết quả bước đầu tốt.",
];

/// End of a service.
pub(in super::super) const COMPLETED: [&str; 5] = [
    "Đã hoàn thành, kết quả tốt.",
    "Đã xong, trẻ ổn định hơn.",
    "Hoàn thành theo kế hoạch.",
    "Đã bàn giao kết quả cho gia đình.",
    "",
];

/// Why a service could not be given.
pub(in super::super) const FAILED: [&str; 3] = [
    "Gia đình không bố trí được thời gian, đề nghị thay bằng việc khác.",
    "Nơi cung cấp dịch vụ tạm ngừng hoạt động.",
    "Trẻ không đồng ý tham gia.",
];

/// Why a child is referred.
pub(in super::super) const REFERRED: [&str; 4] = [
    "Đề nghị tiếp nhận trẻ theo kế hoạch hỗ trợ, can thiệp.",
    "Dịch vụ vượt khả năng của xã, đề nghị hỗ trợ.",
    "Đề nghị bố trí lịch sớm cho trẻ.",
    "Đề nghị phối hợp và thông tin kết quả cho xã.",
];

/// Why a service takes a child on.
pub(in super::super) const ACCEPTED: [&str; 3] = [
    "Đồng ý tiếp nhận.",
    "Tiếp nhận, đã xếp lịch.",
    "Đã phân công người phụ trách.",
];

/// Why a service declines.
pub(in super::super) const DECLINED: [&str; 3] = [
    "Hiện đã đủ người, đề nghị liên hệ nơi khác.",
    "Không thuộc phạm vi dịch vụ của đơn vị.",
    "Chưa có chuyên viên phù hợp.",
];
