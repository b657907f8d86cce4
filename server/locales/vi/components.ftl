tag-open = Đang mở
tag-met = Đúng hạn
tag-late = Làm muộn
tag-overdue = Quá hạn
tag-in-time-corrected = Đúng hạn chỉ sau đính chính
tag-waived-late = Thôi không phải làm, đã muộn
tag-none = Không áp dụng
tag-emergency = Khẩn cấp
