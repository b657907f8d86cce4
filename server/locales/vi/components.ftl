tag-open = Đang mở
tag-met = Đúng hạn
tag-late = Làm muộn
tag-overdue = Quá hạn
tag-none = Không áp dụng
tag-emergency = Khẩn cấp
