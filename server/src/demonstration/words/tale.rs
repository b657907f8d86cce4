//! What reports tell.

/// How much a tale asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Weight {
    /// The ordinary way of the procedure.
    Calm,
    /// Serious harm is present or threatens.
    Grave,
    /// A parent or carer is the one who harms.
    Carer,
}

/// What a report tells: forms of harm, who is suspected, and the words.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Tale {
    pub weight: Weight,
    /// First form of harm.
    pub form: &'static str,
    pub subtype: Option<&'static str>,
    pub category: &'static str,
    /// Relation of the suspected person to the child.
    pub relation: &'static str,
    /// Youngest and oldest child of whom this is told, in full years.
    pub ages: (i64, i64),
    pub place: &'static str,
    pub description: &'static str,
    pub condition: &'static str,
    pub online: bool,
}

const fn tale(
    weight: Weight,
    form: &'static str,
    category: &'static str,
    relation: &'static str,
    ages: (i64, i64),
    place: &'static str,
    [description, condition]: [&'static str; 2],
) -> Tale {
    Tale {
        weight,
        form,
        subtype: None,
        category,
        relation,
        ages,
        place,
        description,
        condition,
        online: false,
    }
}

impl Tale {
    const fn of(self, subtype: &'static str) -> Self {
        Self {
            subtype: Some(subtype),
            ..self
        }
    }

    const fn online(self) -> Self {
        Self {
            online: true,
            ..self
        }
    }
}

use Weight::{Calm, Carer, Grave};

const ABUSED: &str = "abused";
const AT_RISK: &str = "at-risk";
const SPECIAL: &str = "special-circumstances";

/// Every tale.
#[rustfmt::skip]
pub(in super::super) const TALES: [Tale; 46] = [
    tale(Calm, "violence", ABUSED, "peer", (10, 15), "Trên đường đi học", ["Phụ huynh báo con bị một nhóm bạn cùng trường chặn đánh sau giờ học.", "Xây xát nhẹ, lo sợ khi đến trường"]),
    tale(Calm, "violence", ABUSED, "teacher", (6, 12), "Trường học", ["Phụ huynh phản ánh trẻ bị phạt đứng ngoài nắng và bị mắng trước lớp.", "Khóc nhiều, không muốn đi học"]),
    tale(Calm, "violence", ABUSED, "neighbour", (7, 13), "Nhà hàng xóm", ["Trẻ bị người hàng xóm đánh vì nghi lấy đồ.", "Có vết bầm ở tay"]),
    tale(Calm, "violence", ABUSED, "relative", (5, 14), "Nhà riêng", ["Một người bà con say rượu đến nhà, lớn tiếng và đánh trẻ.", "Sưng nhẹ ở má, còn hoảng sợ"]),
    tale(Calm, "violence", AT_RISK, "unknown", (4, 10), "Trường học", ["Cô giáo thấy trẻ có vết bầm, trẻ chưa nói nguyên nhân.", "Ít nói, hay giật mình"]),
    tale(Calm, "violence", ABUSED, "peer", (11, 15), "Trên mạng", ["Trẻ bị bạn bè lập nhóm trên mạng để nhục mạ, đe dọa.", "Mất ngủ, tránh gặp bạn"]).online(),
    tale(Calm, "violence", ABUSED, "neighbour", (6, 14), "Ngoài đường làng", ["Hai gia đình mâu thuẫn đất đai, người lớn bên kia xô ngã trẻ.", "Trầy xước đầu gối, tinh thần ổn định"]),
    tale(Calm, "violence", AT_RISK, "relative", (3, 12), "Nhà riêng", ["Hàng xóm báo trong nhà thường có tiếng quát mắng, trẻ hay khóc.", "Chưa thấy dấu vết, trẻ nhút nhát"]),
    tale(Calm, "violence", ABUSED, "peer", (8, 14), "Sân bóng của thôn", ["Trẻ bị một thiếu niên lớn tuổi hơn đánh khi chơi bóng.", "Bầm ở vai, đi học bình thường"]),
    tale(Calm, "violence", ABUSED, "stranger", (9, 15), "Gần chợ", ["Trẻ bị một người lạ tát khi va chạm xe đạp.", "Đau nhẹ, gia đình đã đón về"]),
    tale(Calm, "neglect", SPECIAL, "parent", (5, 12), "Nhà riêng", ["Cha mẹ đi làm ăn xa, trẻ ở nhà với em nhỏ, ăn uống thất thường.", "Gầy, quần áo không đủ ấm"]),
    tale(Calm, "neglect", SPECIAL, "relative", (6, 14), "Nhà bà nội", ["Trẻ sống với bà đã già yếu, nhiều tuần không đến lớp.", "Sức khỏe bình thường, học lực giảm"]),
    tale(Calm, "neglect", SPECIAL, "parent", (2, 9), "Nhà riêng", ["Trẻ ốm kéo dài, gia đình chưa đưa đi khám.", "Ho, sốt nhẹ, ăn kém"]),
    tale(Calm, "neglect", SPECIAL, "parent", (3, 9), "Khu trọ", ["Mẹ làm ca đêm, trẻ thường ở nhà trọ một mình.", "Sợ bóng tối, hay khóc"]),
    tale(Calm, "neglect", SPECIAL, "parent", (7, 13), "Nhà riêng", ["Trẻ nghỉ học không phép nhiều ngày, gia đình không biết trẻ đi đâu.", "Mệt mỏi, thiếu tập trung"]),
    tale(Calm, "neglect", SPECIAL, "relative", (4, 11), "Nhà ông ngoại", ["Trẻ được gửi cho ông ngoại, ông thường vắng nhà cả ngày.", "Vệ sinh kém, chưa tiêm chủng đủ"]),
    tale(Calm, "abandonment", AT_RISK, "parent", (1, 8), "Nhà người quen", ["Mẹ gửi trẻ cho người quen rồi không liên lạc được hơn hai tháng.", "Khỏe mạnh, nhớ mẹ"]),
    tale(Calm, "abandonment", AT_RISK, "parent", (5, 13), "Nhà dì ruột", ["Cha mẹ ly hôn, cả hai chưa nhận nuôi, trẻ ở tạm nhà dì.", "Buồn, ngại tiếp xúc"]),
    tale(Calm, "abandonment", AT_RISK, "parent", (6, 14), "Nhà riêng", ["Cha bỏ đi từ lâu, mẹ thông báo sắp đi xa và không mang theo con.", "Lo lắng, vẫn đi học đều"]),
    tale(Calm, "sexual", ABUSED, "stranger", (9, 15), "Trên đường đi học", ["Gia đình báo trẻ bị người lạ quấy rối trên đường đi học về; trẻ đã được đón về nhà.", "Sợ hãi, cần được tư vấn"]).of("indecent-acts"),
    tale(Calm, "sexual", AT_RISK, "stranger", (11, 15), "Trên mạng", ["Trẻ bị một người quen qua mạng gạ gẫm gửi hình ảnh riêng tư.", "Lo lắng, đã ngừng liên lạc"]).online(),
    tale(Calm, "sexual", ABUSED, "neighbour", (7, 13), "Nhà hàng xóm", ["Trẻ kể với cô giáo về cử chỉ không phù hợp của người hàng xóm.", "Ngại gặp người lạ"]).of("indecent-acts"),
    tale(Calm, "sexual", AT_RISK, "peer", (12, 15), "Trường học", ["Nhà trường báo trẻ bị bạn khác lớp nhắn tin quấy rối nhiều lần.", "Xấu hổ, xin nghỉ học"]).online(),
    tale(Calm, "exploitation", ABUSED, "acquaintance", (10, 14), "Bến xe", ["Trẻ nghỉ học, theo người quen đi bán vé số hằng ngày.", "Gầy, đen, mệt mỏi"]),
    tale(Calm, "exploitation", ABUSED, "other", (12, 15), "Quán ăn", ["Trẻ làm việc ban đêm tại quán ăn, chủ quán chưa trả công.", "Thiếu ngủ, đau lưng"]),
    tale(Calm, "exploitation", AT_RISK, "acquaintance", (12, 15), "Cảng cá", ["Trẻ theo tàu cá đi biển, đã bỏ học một học kỳ.", "Sức khỏe bình thường"]),
    tale(Calm, "exploitation", ABUSED, "other", (11, 15), "Cơ sở gia công", ["Trẻ phụ việc cả ngày tại cơ sở gia công gần nhà trong năm học.", "Ho, mỏi mắt"]),
    tale(Calm, "trafficking", AT_RISK, "stranger", (12, 15), "Bản, gần biên giới", ["Có người lạ đến rủ trẻ đi làm xa với lương cao, gia đình chưa đồng ý.", "Bình thường, muốn đi làm"]),
    tale(Calm, "other", SPECIAL, "unknown", (11, 15), "Nhà riêng", ["Trẻ buồn bã kéo dài, thu mình, nhà trường đề nghị hỗ trợ tâm lý.", "Ít nói, ăn ngủ kém"]),
    tale(Calm, "other", SPECIAL, "unknown", (10, 15), "Bến xe", ["Trẻ bỏ nhà đi hai ngày sau khi cãi nhau với gia đình, đã được tìm thấy.", "Mệt, không bị thương"]),
    tale(Calm, "other", SPECIAL, "relative", (4, 13), "Nhà riêng", ["Trẻ thường chứng kiến người lớn trong nhà xô xát.", "Hay khóc, khó ngủ"]),
    tale(Calm, "other", SPECIAL, "unknown", (8, 15), "Nhà riêng", ["Trẻ sử dụng mạng xã hội nhiều, bị lôi kéo vào nhóm có nội dung xấu.", "Cáu gắt, bỏ bê học tập"]).online(),
    tale(Grave, "violence", ABUSED, "neighbour", (8, 15), "Gần nhà", ["Trẻ bị đánh, đã đưa đến trạm y tế; người gây ra vẫn ở gần nhà và đe dọa.", "Bị thương, đang được theo dõi"]),
    tale(Grave, "violence", ABUSED, "peer", (12, 15), "Gần trường học", ["Trẻ bị nhóm thanh niên dùng vật cứng đánh, đang ở trạm y tế.", "Đau nhiều, tỉnh táo"]),
    tale(Grave, "sexual", ABUSED, "neighbour", (9, 15), "Chưa rõ", ["Gia đình trình báo trẻ bị xâm hại; trẻ đang hoảng sợ.", "Hoảng sợ, cần chăm sóc y tế và tâm lý"]),
    tale(Grave, "sexual", ABUSED, "relative", (8, 14), "Nhà người thân", ["Trẻ nói với mẹ về hành vi xâm hại của một người bà con; mẹ đề nghị bảo vệ trẻ.", "Không muốn ở một mình"]),
    tale(Grave, "abandonment", ABUSED, "unknown", (0, 0), "Cổng chùa", ["Người dân phát hiện một trẻ sơ sinh, đã bế vào nhà chăm sóc tạm.", "Cần được khám ngay"]),
    tale(Grave, "trafficking", ABUSED, "stranger", (13, 15), "Chưa rõ", ["Trẻ được rủ đi làm xa, gia đình mất liên lạc ba ngày nay.", "Chưa rõ"]),
    tale(Grave, "neglect", SPECIAL, "parent", (2, 6), "Nhà riêng", ["Trẻ nhỏ sốt cao, ở nhà một mình, cha mẹ đi biển chưa về; hàng xóm phát hiện.", "Sốt cao, mệt lả"]),
    tale(Carer, "violence", ABUSED, "parent", (4, 14), "Nhà riêng", ["Hàng xóm báo trẻ bị cha đánh nhiều lần khi say rượu.", "Có vết bầm, sợ về nhà"]),
    tale(Carer, "violence", ABUSED, "step-parent", (6, 14), "Nhà riêng", ["Trẻ kể với cô giáo thường bị cha dượng đánh.", "Có dấu vết ở tay, hay lo sợ"]),
    tale(Carer, "violence", ABUSED, "parent", (4, 11), "Nhà riêng", ["Trẻ bị mẹ đánh và không cho ăn khi không nghe lời.", "Gầy, rụt rè"]),
    tale(Carer, "violence", ABUSED, "carer", (5, 12), "Nhà người nhận nuôi", ["Trẻ bị người nhận nuôi nhốt trong phòng và đánh khi làm sai.", "Hoảng sợ, ít nói"]),
    tale(Carer, "neglect", ABUSED, "parent", (3, 10), "Nhà riêng", ["Cha mẹ thường xuyên say rượu, để trẻ đói và không cho đến trường.", "Suy dinh dưỡng nhẹ"]),
    tale(Carer, "exploitation", ABUSED, "parent", (8, 13), "Chợ", ["Cha bắt trẻ nghỉ học đi xin ăn, không đủ tiền thì bị đánh.", "Mệt mỏi, sợ cha"]),
    tale(Carer, "sexual", ABUSED, "step-parent", (9, 14), "Nhà riêng", ["Trẻ nói với bà ngoại về hành vi không đúng mực của cha dượng.", "Sợ hãi, xin ở với bà"]),
];

/// How a report begins.
pub(in super::super) const OPENINGS: [&str; 8] = [
    "",
    "",
    "Theo người báo tin: ",
    "Qua điện thoại, người báo cho biết: ",
    "Thông tin ban đầu: ",
    "Người báo trình bày: ",
    "Trưởng thôn báo: ",
    "Cộng tác viên của thôn báo: ",
];

/// What is presumed to follow if nothing is done.
pub(in super::super) const CONSEQUENCES: [&str; 6] = [
    "Trẻ có thể tiếp tục bị tổn hại nếu không được can thiệp.",
    "Trẻ có nguy cơ bỏ học.",
    "Ảnh hưởng đến tâm lý và việc học của trẻ.",
    "Sức khỏe của trẻ có thể xấu đi.",
    "Mâu thuẫn trong gia đình có thể tăng thêm.",
    "Chưa lường trước được, cần kiểm tra sớm.",
];

/// What was done before the report.
pub(in super::super) const SUPPORT_GIVEN: [&str; 5] = [
    "Hàng xóm đã đón trẻ về nhà chăm sóc tạm.",
    "Cô giáo chủ nhiệm đã nói chuyện với trẻ.",
    "Trạm y tế đã khám và cho thuốc.",
    "Hội Liên hiệp Phụ nữ đã đến thăm gia đình.",
    "Chưa có hỗ trợ nào.",
];
