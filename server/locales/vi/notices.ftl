# Since you last looked
news-title = { $count } việc mới từ lần xem trước ({ $at })
news-clocks = xảy ra { $occurred } · ghi { $recorded }
news-late = Ghi sau khi xảy ra { $lag }
news-more = Xem cả { $count } việc mới trong diễn biến
tag-news = Mới

# Notices
notices = Thông báo
notices-unread = Chưa xem
notices-read = Đã xem
notices-read-all = Đánh dấu đã xem tất cả
notices-read-one = Đánh dấu đã xem
notices-case = Hồ sơ
notices-sent = Báo lúc { $at }.
notices-shown = Đang hiện { $shown } trong { $total } thông báo, chưa xem trước.
notices-empty = Chưa có thông báo nào
notices-empty-text = Khi một việc của anh/chị sắp đến hạn hoặc quá hạn, khi có nơi chờ anh/chị trả lời hoặc đã trả lời anh/chị, thông báo sẽ hiện ở đây.
notices-reminders = Nhắc việc qua lịch và thư điện tử
notice-due-soon = Sắp đến hạn: { $step }
notice-overdue = Quá hạn: { $step }
notice-bound-soon = Sắp đến mốc nên hoàn thành: { $step }
notice-bound-passed = Chưa làm, đã qua mốc nên hoàn thành: { $step }
notice-offered-to-you = Chờ anh/chị trả lời: { $step }
notice-corrected = Đính chính làm thay đổi việc đúng hạn hay quá hạn: { $step }
notice-answered = Đã có trả lời: { $step }
bell-unread = { $count } thông báo chưa xem

# Reminders beside the pages
reminders = Nhắc việc
reminders-lead = Thông báo luôn hiện trong hệ thống. Ở đây có thể nhận thêm qua lịch của điện thoại và thư điện tử. Chỉ ghi số hồ sơ, tên bước và thời hạn, không có tên người hay nơi ở.
reminders-calendar = Lịch
reminders-calendar-text = Thêm địa chỉ bí mật này vào ứng dụng lịch (đăng ký lịch theo địa chỉ): mỗi việc có thời hạn hoặc mốc nên hoàn thành của anh/chị sẽ hiện ở đó. Ai có địa chỉ cũng xem được, vì vậy không chuyển cho người khác. Nghi có người khác biết thì tạo địa chỉ mới; khi tài khoản được cấp lại mật khẩu, địa chỉ này hết dùng được.
reminders-calendar-make = Tạo địa chỉ lịch
reminders-calendar-again = Tạo địa chỉ mới, bỏ địa chỉ cũ
reminders-calendar-revoke = Bỏ địa chỉ lịch
reminders-calendar-made = Đã có địa chỉ lịch, tạo lúc { $at }.
reminders-calendar-revoked = Địa chỉ lịch không còn dùng được.
reminders-address = Địa chỉ lịch của anh/chị
reminders-address-once = Hãy sao chép ngay: địa chỉ chỉ hiện một lần này.
reminders-mail = Thư điện tử
reminders-mail-text = Thông báo chưa xem sẽ được gửi gộp trong một thư.
reminders-mail-off = Máy chủ này chưa được nối với máy chủ thư nên hiện chưa gửi thư.
reminders-mail-label = Địa chỉ thư
reminders-mail-hint = Ví dụ lan.nguyen@quangbinh.gov.vn. Để trống nếu không nhận thư.
reminders-mail-wrong = Địa chỉ thư chưa đúng. Hãy kiểm tra lại, ví dụ có thiếu @ hay không.
reminders-mail-save = Lưu địa chỉ thư
reminders-mail-set = Đã lưu địa chỉ thư. Thông báo mới từ bây giờ sẽ được gửi đến đó.
reminders-mail-removed = Sẽ không gửi thư nữa.
calendar-to-mind = mốc nên hoàn thành
calendar-name = Nôi – việc có thời hạn
mail-subject = Nôi: { $count } thông báo mới
mail-intro = Kính gửi anh/chị, hệ thống Nôi có các việc sau cần anh/chị xem:
mail-end = Hãy đăng nhập hệ thống để xem hồ sơ. Thư này gửi tự động, xin không trả lời.
notices-from = Người ghi: { $who }
