//! What is told a second time of a child, and whether it was the same one.

/// A further report.
pub(in super::super) const TOLD_AGAIN: &str =
    "Hàng xóm báo thêm: trẻ lại khóc nhiều, trong nhà có tiếng quát.";

/// How it is known that it is the same child.
pub(in super::super) const SAME_CHILD: &str =
    "Đã gọi lại người báo và đối chiếu giấy khai sinh: đúng là trẻ của vụ việc này.";

/// How it is known that it is another child.
pub(in super::super) const ANOTHER_CHILD: &str =
    "Trùng họ tên nhưng khác cha mẹ và địa chỉ; đã lập vụ việc riêng cho trẻ kia.";
