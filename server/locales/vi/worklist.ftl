worklist-figures = Số việc theo thời hạn
worklist-whose = Việc của ai
worklist-mine = Việc của tôi
worklist-unit = Cả đơn vị
worklist-province = Cả tỉnh
worklist-others = Chờ người khác, nơi khác
worklist-others-short = Chờ nơi khác
worklist-shown = Đang hiện { $shown } trong { $total } việc.
worklist-empty = Không có việc nào đang chờ
worklist-empty-text = Khi có thông tin mới, hoặc một bước trong quy trình tới lượt vai trò của anh/chị, việc sẽ hiện ở đây cùng thời hạn. Việc người khác phải làm ở mục “Chờ người khác, nơi khác”.
worklist-none-found = Không có việc nào khớp
worklist-none-found-text = Bỏ bớt điều kiện lọc để thấy nhiều việc hơn.

group-at-once = Phải làm ngay
group-overdue = Quá hạn
group-today = Hôm nay
group-this-week = Tuần này
group-later = Sau tuần này
group-no-limit = Luật không định thời hạn

filter-title = Tìm và lọc
filter-text = Tên trẻ hoặc số hồ sơ
filter-text-hint = Có dấu hay không dấu đều được.
filter-text-is = Có “{ $text }”
filter-step = Bước
filter-group = Thời hạn
filter-commune = Xã, phường, thị trấn
filter-emergency = Chỉ trường hợp khẩn cấp
filter-overdue = Chỉ hồ sơ có việc quá hạn
filter-any = Tất cả
filter-apply = Lọc
filter-remove = Bỏ lọc
filter-drop-all = Bỏ hết điều kiện lọc
pages = Các trang
page-next = Trang sau
page-first = Về trang đầu

waits-for = Người phải làm: { $who }
due-at-once = Phải làm ngay · đã chờ { $time }
bound-ahead = Mốc cần kịp: { $due }
bound-passed = Đã qua mốc cần kịp { $time }

home-title = Trang của anh/chị
home-administrator = Tài khoản quản trị không xem và không ghi hồ sơ trẻ em. Việc tạo, đóng và cấp lại tài khoản thực hiện trên máy chủ bằng lệnh “noi user”.
home-analyst = Tài khoản này không xem hồ sơ của từng trẻ em. Số liệu tổng hợp sẽ hiện ở đây khi phần thống kê có.
