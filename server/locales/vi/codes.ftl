harm-violence = Bạo lực
harm-exploitation = Bóc lột
harm-sexual = Xâm hại tình dục
harm-trafficking = Mua bán
harm-abandonment = Bỏ rơi
harm-neglect = Bỏ mặc
harm-other = Hình thức khác

harm-subtype-indecent-acts = dâm ô

harm-category-abused = bị xâm hại
harm-category-at-risk = có nguy cơ
harm-category-special-circumstances = hoàn cảnh đặc biệt

channel-phone = Điện thoại
channel-in-person = Trực tiếp
channel-third-party = Qua người khác
channel-other-person = Qua người khác
channel-online = Qua mạng
channel-internet = Qua mạng
channel-letter = Thư, công văn
channel-other = Cách khác
channel-application = Đơn
channel-email = Thư điện tử
channel-message = Tin nhắn
channel-media = Báo chí, truyền thông
channel-unknown = Chưa rõ

receipt-hotline = Tổng đài 111
receipt-health-agency = Cơ quan y tế
receipt-labour-agency = Cơ quan lao động
receipt-police = Công an
receipt-commune = Ủy ban nhân dân cấp xã

relation-parent = Cha hoặc mẹ
relation-step-parent = Cha dượng, mẹ kế
relation-carer = Người chăm sóc
relation-relative = Người thân
relation-teacher = Giáo viên
relation-neighbour = Hàng xóm
relation-acquaintance = Người quen
relation-peer = Bạn cùng lứa
relation-stranger = Người lạ
relation-other = Người khác
relation-unknown = Chưa rõ
relation-parents = Cha và mẹ
relation-father = Cha
relation-mother = Mẹ
relation-step-father = Cha dượng
relation-step-mother = Mẹ kế
relation-adoptive-parent = Cha nuôi, mẹ nuôi
relation-foster-parent = Người nhận chăm sóc thay thế
relation-guardian = Người giám hộ
relation-caregiver = Người chăm sóc
relation-grandparent = Ông, bà
relation-sibling = Anh, chị, em
relation-uncle = Chú, bác, cậu
relation-aunt = Cô, dì
relation-family-member = Người trong gia đình
relation-school-staff = Nhân viên nhà trường
relation-facility-staff = Nhân viên cơ sở
relation-employer = Người sử dụng lao động
relation-friend = Bạn
relation-classmate = Học sinh cùng lớp
relation-online-contact = Người quen qua mạng

outcome-confirmed = Có căn cứ
outcome-unclear = Chưa rõ
outcome-unfounded = Không có căn cứ

emergency-stop-harm = Ngăn chặn hành vi
emergency-safe-place = Đưa trẻ đến nơi an toàn
emergency-medical-care = Cấp cứu, chăm sóc y tế
emergency-collect-evidence = Giữ chứng cứ
emergency-counselling = Trấn an, tư vấn
emergency-call-hotline = Gọi Tổng đài 111

agency-police = Công an
agency-health = Cơ sở y tế
agency-education = Nhà trường
agency-hotline = Tổng đài 111
agency-justice = Tư pháp
agency-legal-aid = Trợ giúp pháp lý
agency-womens-union = Hội Liên hiệp Phụ nữ
agency-youth-union = Đoàn Thanh niên
agency-social-work-centre = Trung tâm công tác xã hội
agency-village = Thôn, tổ dân phố
agency-other = Cơ quan khác

ground-harmed-by-carer = Bị cha, mẹ, người chăm sóc gây tổn hại
ground-plan-refused = Cha, mẹ không thực hiện kế hoạch
ground-further-abuse = Có nguy cơ tiếp tục bị xâm hại
ground-risk-of-further-harm = Có nguy cơ tiếp tục bị tổn hại
ground-other = Căn cứ khác

placement-relatives = Người thân
placement-relative = Người thân
placement-other-family = Gia đình khác
placement-foster-family = Gia đình nhận chăm sóc
placement-social-facility = Cơ sở trợ giúp xã hội
placement-health-facility = Cơ sở y tế
placement-other = Nơi khác

court-continue-separation = Tiếp tục cách ly
court-restrict-parental-rights = Hạn chế quyền của cha, mẹ
court-alternative-care = Chăm sóc thay thế
court-refused = Không chấp nhận
court-other = Nội dung khác

closing-safe-and-stable = Trẻ đã an toàn và ổn định
closing-unfounded = Thông tin không có căn cứ
closing-died = Trẻ đã tử vong
closing-reached-16 = Đủ 16 tuổi
closing-transferred = Đã chuyển nơi khác
closing-other = Lý do khác

measure-49-a = Cảnh báo, tư vấn (Điều 49.2.a)
measure-49-b = Tiếp nhận, đánh giá, hỗ trợ trẻ có nguy cơ (49.2.b)
measure-49-c = Hỗ trợ theo chính sách (49.2.c)
measure-49-d = Tiếp cận trợ giúp xã hội (49.2.d)
measure-50-a = Chăm sóc y tế, trị liệu tâm lý, phục hồi (50.2.a)
measure-50-b = Nơi tạm trú an toàn, cách ly (50.2.b)
measure-50-c = Chăm sóc thay thế (50.2.c)
measure-50-d = Đoàn tụ gia đình, hòa nhập (50.2.d)
measure-50-dd = Tư vấn cho cha, mẹ, người chăm sóc (50.2.đ)
measure-50-e = Tư vấn pháp luật, trợ giúp pháp lý (50.2.e)
measure-50-g = Hỗ trợ giáo dục, y tế, an sinh (50.2.g)
measure-50-h = Theo dõi an toàn của trẻ (50.2.h)
placement-parents = Cha, mẹ
placement-being-sought = Còn ở nơi tiếp nhận ban đầu, đang tìm nơi ở
placement-police = Công an đang giữ, đang tìm nơi ở
placement-health = Y tế đang giữ, đang tìm nơi ở
placement-facility = Cơ sở trợ giúp xã hội
closing-recorded-twice = Đã ghi hai lần (trùng vụ việc khác)
choice-ground-further-abuse = Trẻ bị xâm hại có nguy cơ tiếp tục bị cha, mẹ, người chăm sóc xâm hại
