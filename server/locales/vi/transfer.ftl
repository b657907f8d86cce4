# The acts
act-transfer-case = Chuyển hồ sơ cho cấp xã khác
act-transfer-case-title = Đề nghị chuyển hồ sơ cho cấp xã khác
act-transfer-case-why = Cấp xã nơi xảy ra tiếp nhận và đánh giá; cấp xã nơi trẻ cư trú lập và thực hiện kế hoạch. Luật không định mẫu và thời hạn cho việc chuyển.
act-transfer-case-send = Gửi đề nghị
act-transfer-case-done = Đã đề nghị chuyển hồ sơ. Cho đến khi có trả lời, đơn vị của anh/chị vẫn chịu trách nhiệm.
act-accept-transfer = Nhận hồ sơ
act-accept-transfer-title = Nhận hồ sơ được đề nghị chuyển đến
act-accept-transfer-why = Khi nhận, đơn vị của anh/chị chịu trách nhiệm về vụ việc từ lúc này. Không phải điền gì thêm.
act-accept-transfer-send = Nhận hồ sơ
act-accept-transfer-done = Đã nhận hồ sơ. Đơn vị của anh/chị chịu trách nhiệm từ bây giờ.
act-decline-transfer = Không nhận hồ sơ
act-decline-transfer-title = Không nhận hồ sơ được đề nghị chuyển đến
act-decline-transfer-why = Trả lời sớm và nêu lý do, để nơi chuyển biết họ vẫn chịu trách nhiệm.
act-decline-transfer-send = Ghi không nhận
act-decline-transfer-done = Đã ghi không nhận hồ sơ. Nơi chuyển vẫn chịu trách nhiệm.
act-withdraw-transfer = Rút lại đề nghị chuyển
act-withdraw-transfer-title = Rút lại đề nghị chuyển hồ sơ
act-withdraw-transfer-why = Ví dụ chuyển nhầm nơi, hoặc trẻ không còn ở đó. Đơn vị của anh/chị tiếp tục chịu trách nhiệm về vụ việc.
act-withdraw-transfer-send = Rút lại đề nghị
act-withdraw-transfer-done = Đã rút lại đề nghị chuyển hồ sơ.

# The forms
transfer-intro = Đơn vị của anh/chị vẫn chịu trách nhiệm cho đến khi nơi kia nhận. Nếu trẻ đang gặp nguy hiểm, hãy gọi điện cho nơi kia ngay, đừng chỉ gửi ở đây.
transfer-to = Đề nghị xã, phường, thị trấn nào nhận?
transfer-to-hint = Thường là nơi trẻ cư trú. Gõ tên rồi chọn trong danh sách.
transfer-reason = Vì sao chuyển?
transfer-reason-hint = Ví dụ: trẻ cư trú ở nơi kia, chỉ bị xâm hại khi đến đây. Ghi cả những gì đang làm dở.
transfer-respond-by = Đề nghị trả lời trước
transfer-respond-by-hint = Luật không định thời hạn; ngày này là đề nghị của anh/chị.
transfer-from = Nơi đề nghị chuyển
transfer-to-unit = Nơi được đề nghị nhận
transfer-offered-at = Đề nghị lúc
transfer-reason-short = Lý do chuyển
transfer-answer-by = Đề nghị trả lời trước
decline-transfer-reason = Vì sao không nhận?
decline-transfer-reason-hint = Ví dụ: trẻ không cư trú tại đây. Nếu biết trẻ ở đâu, hãy ghi rõ.
withdraw-transfer-reason = Vì sao rút lại?
withdraw-transfer-reason-hint = Một câu là đủ, ví dụ: ghi nhầm nơi nhận.
unit-other = Đơn vị khác
unit-other-which = Đơn vị khác là đơn vị nào?

# The case page
transfer-waits = Đã đề nghị chuyển cho { $to } lúc { $at }; cho đến khi có trả lời, { $from } vẫn chịu trách nhiệm.
worklist-unconfirmed = Đính chính làm cho việc này thành đúng hạn chưa được người thứ hai xác nhận; vẫn tính là muộn.
worklist-climbed = Chưa được trả lời, đã chuyển lên cấp trên.
standard-of-unit = Tiêu chuẩn của đơn vị, không phải thời hạn của luật: trước { $at } ({ $title }, { $unit }).
climbs-to = Nếu đến { $at } chưa có trả lời, việc này được chuyển lên { $who }.
climbed-to = Chưa được trả lời, đã chuyển lên cấp trên: { $who }, từ { $at }.
transfer-waits-title = Hồ sơ đang chờ chuyển
transfer-waits-reason = Lý do: { $reason }
transfer-waits-by = Đề nghị trả lời trước { $by }.

event-CaseTransferred = Đề nghị chuyển hồ sơ cho { $value }
event-TransferAccepted = { $value } nhận hồ sơ
event-TransferDeclined = { $value } không nhận hồ sơ
event-TransferWithdrawn = Rút lại đề nghị chuyển hồ sơ
kind-transfer = Chuyển hồ sơ
event-DueDatesMoved = Lịch làm việc thay đổi, thời hạn được tính lại
field-calendar-before = Lịch trước đó
field-calendar-now = Lịch bây giờ
field-days = Ngày thay đổi
field-moved = Thời hạn tính lại
field-from-unit = Nơi chuyển
