import type { Language } from "./language.ts";

export const vi: Language = {
  labels: {
    amount: ["Số tiền", "Số tiền chuyển", "Tổng tiền"],
    recipient: ["Người nhận", "Đến", "Tên người nhận"],
    recipientAccount: ["Số tài khoản", "Tài khoản nhận", "Đến tài khoản"],
    sender: ["Người chuyển", "Từ", "Người gửi"],
    senderAccount: ["Tài khoản nguồn", "Từ tài khoản", "Tài khoản trích nợ"],
    date: ["Thời gian", "Ngày giao dịch", "Thời gian giao dịch"],
    reference: ["Mã giao dịch", "Số tham chiếu", "Mã tham chiếu"],
    fee: ["Phí", "Phí giao dịch", "Phí chuyển tiền"],
    note: ["Nội dung", "Lời nhắn", "Nội dung chuyển khoản"],
  },
  titles: ["Chuyển tiền thành công", "Giao dịch thành công", "Đã chuyển tiền"],
  buttons: [["Hoàn tất"], ["Chia sẻ", "Hoàn tất"], ["Lưu ảnh", "Chia sẻ"], ["Về trang chủ"]],
  scan: ["Quét mã để kiểm tra", "Mã giao dịch", "Quét để chuyển lại"],
  steps: ["Đã gửi", "Đang xử lý", "Đã nhận"],
  footers: ["Cảm ơn quý khách đã sử dụng dịch vụ.", "Vui lòng giữ biên lai này.", "Hỗ trợ khách hàng 24/7"],
  promos: [
    ["Mời bạn bè", "Cả hai được miễn phí chuyển tiền"],
    ["Tiết kiệm mỗi ngày", "Lãi suất 5,2 % một năm"],
    ["Bảo hiểm du lịch", "Chỉ 19.000 đ một ngày"],
    ["Chia hóa đơn", "Nhắc tối đa mười người bạn"],
    ["Nạp điện thoại", "Giảm 3 % hôm nay"],
  ],
  notes:
    "Tiền nhà|Ăn trưa|Cảm ơn bạn|Tiền hàng|Đặt cọc|Học phí|Quà sinh nhật|Sửa xe|Vé tàu|Đơn hàng 8817|Tiền điện|Trả nợ|Chuyển tiền|Tiết kiệm".split(
      "|",
    ),
  givenNames:
    "Văn Minh,Thị Linh,Quang Đức,Thu Thảo,Ngọc Ánh,Hữu Phước,Thanh Hằng,Đình Trọng,Mỹ Duyên,Gia Bảo,Thị Hường,Xuân Trường,Bích Ngọc,Tuấn Kiệt".split(
      ",",
    ),
  familyNames: "Nguyễn,Trần,Lê,Phạm,Hoàng,Huỳnh,Vũ,Võ,Đặng,Bùi,Đỗ,Hồ,Ngô,Dương".split(","),
  nameOrder: "familyFirst",
  otherBanks: ["Sông Lam Bank", "Hoa Sen", "NH Đông Hải", "Vàm Cỏ Bank", "Bắc Sơn"],
  months: Array.from({ length: 12 }, (_, i) => `thg ${i + 1}`),
};
