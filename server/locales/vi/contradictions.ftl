act-answer-contradiction = Giải trình điểm mâu thuẫn
act-answer-contradiction-title = Giải trình điểm mâu thuẫn
act-answer-contradiction-why = Hai nội dung trong hồ sơ trái ngược nhau theo hướng hạ thấp bảo vệ trẻ. Hãy xem lại, rồi ghi vì sao kết luận vẫn giữ nguyên.
act-answer-contradiction-send = Ghi giải trình
act-answer-contradiction-done = Đã ghi giải trình.
event-ContradictionAnswered = Giải trình điểm mâu thuẫn: { $value }
contradiction-internal = Hệ thống nêu câu hỏi này theo quy tắc nội bộ, không phải do luật đặt ra. Hệ thống không tự tính mức độ: kết luận của cán bộ giữ nguyên, kèm lý do.
contradiction-which = Giải trình điểm nào?
contradiction-answer = Vì sao kết luận vẫn đúng?
contradiction-answer-hint = Nếu kết luận không đúng, đừng giải trình: hãy đánh giá lại hoặc đính chính.
contradiction-said = Đã ghi
contradiction-when = Lúc
contradiction-against = Trái ngược với
contradiction-reason = Lý do, nếu kết luận trái với nội dung khác trong hồ sơ
contradiction-reason-initial-hint = Ví dụ: trả lời “không nghiêm trọng” trong khi nơi tiếp nhận báo trẻ đang gặp nguy hiểm. Có thể ghi sau; khi chưa ghi, Chủ tịch thấy điểm mâu thuẫn còn mở.
contradiction-reason-review-hint = Ví dụ: trẻ “không còn nguy cơ” trong khi bảng còn mức Cao, có việc không thực hiện được, hoặc trẻ còn đang cách ly.
contradiction-reason-closing-hint = Các điểm trái ngược với việc kết thúc được nêu bên cạnh. Hãy ghi vì sao vẫn kết thúc.
when-contradicted = (ghi khi kết luận trái với nội dung khác trong hồ sơ)
contradictions-title = Điểm mâu thuẫn cần giải trình
contradictions-open = { $count ->
   *[other] { $count } điểm mâu thuẫn chờ giải trình
}
contradiction-asks = Chờ { $who } giải trình
contradiction-answered = Đã giải trình { $at }
