weekday-mon = thứ Hai
weekday-tue = thứ Ba
weekday-wed = thứ Tư
weekday-thu = thứ Năm
weekday-fri = thứ Sáu
weekday-sat = thứ Bảy
weekday-sun = Chủ nhật

duration-seconds = { $count } giây
duration-minutes = { $count } phút
duration-hours = { $count } giờ
duration-days = { $count } ngày

both-clocks = xảy ra { $occurred } · ghi { $recorded } (sau { $lag })

due-overdue = Quá hạn { $time }
due-today = Hôm nay, trước { $until }
due-left = Còn { $time }
due-working-days = Còn { $count } ngày làm việc
due-no-working-days = Không còn ngày làm việc
due-before = { $left } · trước { $until } { $day }
due-no-limit = Luật không định thời hạn · đã chờ { $time }
due-late-by = Làm muộn { $time }
