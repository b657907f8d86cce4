//! What officers write about risk: verification, forms 02, 03 and 06.

/// What a check found, where the report holds.
pub(in super::super) const CONFIRMED: [&str; 7] = [
    "Đã gặp gia đình và hàng xóm; nội dung báo là có căn cứ.",
    "Đã làm việc với nhà trường và gia đình; thông tin đúng như báo.",
    "Trẻ và người thân xác nhận sự việc.",
    "Cộng tác viên thôn xác nhận; trẻ hiện ở cùng người thân.",
    "Đã đến nơi xảy ra sự việc, ghi nhận hiện trạng; thông tin có căn cứ.",
    "Công an xã phối hợp xác minh; sự việc có thật.",
    "Đã gặp trẻ, trẻ kể lại phù hợp với nội dung báo.",
];

/// What a check found, where more has to be looked into.
pub(in super::super) const UNCLEAR: [&str; 3] = [
    "Gia đình vắng nhà, chưa gặp được trẻ; sẽ xác minh lại.",
    "Các lời kể chưa thống nhất, cần gặp thêm nhà trường.",
    "Mới liên lạc qua điện thoại, chưa đủ cơ sở kết luận.",
];

/// What a check found, where the report does not hold.
pub(in super::super) const UNFOUNDED: [&str; 4] = [
    "Đã gặp trẻ, gia đình và nhà trường: không có sự việc như đã báo, trẻ an toàn.",
    "Nhầm lẫn với gia đình khác; đã kiểm tra, trẻ khỏe mạnh, đi học đều.",
    "Tiếng động do sửa nhà; trẻ và gia đình bình thường, không có dấu hiệu xâm hại.",
    "Mâu thuẫn giữa người lớn, không liên quan đến trẻ; trẻ được chăm sóc tốt.",
];

/// Remarks beside a level of harm: high, medium, low.
pub(in super::super) const HARM_NOTES: [[&str; 4]; 3] = [
    [
        "Tổn hại nghiêm trọng, cần can thiệp ngay",
        "Người gây hại ở cùng nhà với trẻ",
        "Lặp lại nhiều lần",
        "",
    ],
    [
        "Có tổn hại nhưng không nghiêm trọng",
        "Đôi khi còn tiếp xúc",
        "Ảnh hưởng đến việc học",
        "",
    ],
    [
        "Ít hoặc không có tổn hại",
        "Không còn tiếp xúc",
        "Chưa thấy ảnh hưởng rõ",
        "",
    ],
];

/// Remarks beside a level of protection: high, medium, low.
pub(in super::super) const PROTECTION_NOTES: [[&str; 4]; 3] = [
    [
        "Trẻ biết gọi người lớn giúp đỡ",
        "Có ông bà ở gần, sẵn sàng bảo vệ",
        "Hàng xóm quan tâm",
        "",
    ],
    [
        "Trẻ tự bảo vệ được một phần",
        "Có người thân nhưng ở xa",
        "Nhà trường theo dõi được một phần",
        "",
    ],
    [
        "Trẻ còn nhỏ, chưa tự bảo vệ được",
        "Chưa có người lớn bảo vệ",
        "Nhà ở biệt lập",
        "",
    ],
];

/// Conclusions of form 02, where it is no emergency.
pub(in super::super) const INITIAL_CALM: [&str; 6] = [
    "Trẻ hiện an toàn tại gia đình; cần thu thập thêm thông tin và lập kế hoạch hỗ trợ.",
    "Nguy cơ ở mức trung bình, không phải áp dụng biện pháp khẩn cấp.",
    "Chưa phải can thiệp khẩn cấp; đề nghị theo dõi và đánh giá cụ thể.",
    "Trẻ có người thân bảo vệ; cần hỗ trợ tâm lý và học tập.",
    "Mức tổn hại thấp nhưng có nguy cơ lặp lại; đề nghị lập kế hoạch.",
    "Trẻ cần được hỗ trợ để ổn định; gia đình đồng ý phối hợp.",
];

/// Conclusions of form 02 in an emergency.
pub(in super::super) const INITIAL_EMERGENCY: [&str; 5] = [
    "Trẻ đang có nguy cơ bị tổn hại nghiêm trọng; đề nghị can thiệp khẩn cấp.",
    "Cần bảo đảm an toàn cho trẻ ngay trong ngày.",
    "Người gây hại còn tiếp cận được trẻ; phải áp dụng biện pháp bảo vệ ngay.",
    "Trẻ cần được chăm sóc y tế và ở nơi an toàn.",
    "Người chăm sóc là người gây tổn hại; cần bảo vệ khẩn cấp.",
];

/// Places of safe stay.
pub(in super::super) const SAFE_PLACES: [&str; 5] = [
    "Nhà bà ngoại, cùng thôn",
    "Nhà bác ruột",
    "Trạm y tế, có người thân bên cạnh",
    "Nhà của chi hội trưởng phụ nữ thôn",
    "Cơ sở trợ giúp xã hội của tỉnh",
];

/// Medical care.
pub(in super::super) const MEDICAL_CARE: [&str; 4] = [
    "Trạm y tế khám, theo dõi",
    "Đưa trẻ đến bệnh viện khu vực khám",
    "Chưa cần điều trị",
    "Sơ cứu tại trạm y tế",
];

/// The eight heads of form 03, letters a to h.
pub(in super::super) const CONTENT: [[&str; 4]; 8] = [
    [
        "Thể chất bình thường, còn lo lắng khi nhắc lại sự việc.",
        "Sức khỏe ổn định, ngủ chưa ngon giấc.",
        "Hơi gầy so với tuổi, tinh thần đã khá hơn.",
        "Ngại giao tiếp, cần thời gian để tin cậy.",
    ],
    [
        "Gia đình quan tâm nhưng thiếu thời gian chăm sóc.",
        "Quan hệ trong gia đình căng thẳng; ông bà là chỗ dựa của trẻ.",
        "Mẹ có khả năng bảo vệ trẻ nếu được hỗ trợ.",
        "Người thân đồng ý cùng chăm sóc.",
    ],
    [
        "Sự việc có thể lặp lại nếu không có người trông nom.",
        "Áp lực kinh tế, rượu bia là yếu tố nguy cơ.",
        "Trẻ thường đi một mình trên đường vắng.",
        "Trẻ dùng điện thoại không có người hướng dẫn.",
    ],
    [
        "Học lực trung bình; chưa được dạy kỹ năng tự bảo vệ.",
        "Đi học đều, có bạn thân ở lớp.",
        "Đang nghỉ học, muốn đi học lại.",
        "Biết số 111 nhưng ngại gọi.",
    ],
    [
        "Thôn có cộng tác viên, hàng xóm quan tâm.",
        "Nhà ở xa khu dân cư, ít người qua lại.",
        "Hội Phụ nữ và Đoàn thanh niên sẵn sàng giúp.",
        "Cộng đồng chưa biết sự việc; cần giữ kín cho trẻ.",
    ],
    [
        "Cần tư vấn tâm lý và hỗ trợ học tập.",
        "Cần khám sức khỏe tổng quát, bảo hiểm y tế.",
        "Cần trợ giúp pháp lý.",
        "Cần trợ cấp xã hội và đồ dùng học tập.",
    ],
    [
        "Muốn được ở nhà và đi học bình thường.",
        "Muốn ở với bà một thời gian.",
        "Muốn mọi người không nhắc lại chuyện cũ.",
        "Trẻ còn nhỏ, chưa bày tỏ được.",
    ],
    [
        "Mong được hướng dẫn cách chăm sóc con.",
        "Đồng ý phối hợp với xã.",
        "Mong được hỗ trợ để con đi học lại.",
        "Lo lắng, mong sự việc sớm ổn định.",
    ],
];

/// Conclusions of form 03.
pub(in super::super) const DETAILED: [&str; 5] = [
    "Cần kế hoạch hỗ trợ về tâm lý, học tập và tư vấn cho gia đình.",
    "Trẻ cần được hỗ trợ, can thiệp; nguy cơ ở mức trung bình.",
    "Gia đình có khả năng bảo vệ trẻ nếu được hỗ trợ thường xuyên.",
    "Cần phối hợp nhà trường, y tế và công an trong kế hoạch.",
    "Đề nghị họp xác định biện pháp và lập kế hoạch.",
];

/// Conclusions of form 06, where both conditions are met.
pub(in super::super) const REVIEW_ENOUGH: [&str; 5] = [
    "Trẻ không còn nguy cơ bị xâm hại, đã ổn định; đề nghị kết thúc.",
    "Gia đình chăm sóc tốt, trẻ đi học đều; đề nghị kết thúc.",
    "Các yếu tố nguy cơ đã được loại bỏ, trẻ vui vẻ, hòa nhập.",
    "Trẻ an toàn, tâm lý ổn định; người gây hại không còn tiếp xúc.",
    "Kế hoạch đạt mục tiêu; đề nghị Chủ tịch quyết định kết thúc.",
];

/// Conclusions of form 06, where the work has to go on.
pub(in super::super) const REVIEW_NOT_ENOUGH: [&str; 4] = [
    "Trẻ an toàn nhưng tâm lý chưa ổn định; cần kế hoạch tiếp theo.",
    "Còn nguy cơ lặp lại; đề nghị tiếp tục hỗ trợ gia đình.",
    "Trẻ chưa trở lại trường; cần thêm biện pháp.",
    "Một số việc của kế hoạch chưa đạt; lập kế hoạch tiếp theo.",
];
