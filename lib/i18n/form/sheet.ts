/** Words printed on sheets beside a QR code, and on paper slips: Vietnamese large, English small beneath. */
export const sheetWords = {
  title: { vi: 'Mời Ông/Bà đánh giá phục vụ', en: 'Please rate our service' },
  how: {
    vi: 'Mở máy ảnh trên điện thoại, đưa vào mã này, chạm vào dòng chữ hiện ra.',
    en: 'Open your phone’s camera, point it at this code, tap the line that appears.',
  },
  safe: {
    vi: 'Không hỏi tên, không cần cài ứng dụng. Cán bộ không biết ai đã đánh giá.',
    en: 'No name, no app. Staff never learn who answered.',
  },
  complaint: {
    vi: 'Cần được trả lời? Cũng tại trang này: gửi phản ánh, kiến nghị.',
    en: 'Need an answer? Send a complaint on the same page.',
  },
  type: { vi: 'Hoặc gõ địa chỉ:', en: 'Or type the address:' },
  receiptTitle: { vi: 'Đánh giá phục vụ', en: 'Rate our service' },
  receiptHow: {
    vi: 'Quét bằng máy ảnh điện thoại. Dùng một lần.',
    en: 'Scan with your phone’s camera. One use.',
  },
  until: { vi: 'Dùng đến {day}', en: 'Valid until {day}' },
  local: {
    vi: 'Địa chỉ này chỉ mở được trên máy chủ. Đặt NMC_PUBLIC_URL rồi in lại, nếu không điện thoại không mở được.',
    en: 'This address opens on the hub itself only. Set NMC_PUBLIC_URL and print again, or phones cannot open it.',
  },
  print: { vi: 'In trang này: Ctrl + P, khổ giấy A4, tỷ lệ 100 %.', en: 'Print: Ctrl + P, A4, scale 100 %.' },
  slipTitle: { vi: 'Phiếu phản ánh, kiến nghị', en: 'Complaint slip' },
  slipNumber: { vi: 'Số phiếu', en: 'Slip no.' },
  slipKeep: { vi: 'Phần Ông/Bà giữ lại', en: 'Keep this part' },
  slipKeepText: {
    vi: 'Giữ số phiếu này để hỏi kết quả. Chậm nhất {days} ngày làm việc kể từ ngày nhận phiếu, đơn vị phải trả lời.',
    en: 'Keep this number to ask about the answer, due {days} working days after the slip is received at the latest.',
  },
  slipName: { vi: 'Họ và tên', en: 'Name' },
  slipPhone: { vi: 'Số điện thoại', en: 'Phone' },
  slipAddress: { vi: 'Địa chỉ', en: 'Address' },
  slipText: {
    vi: 'Nội dung phản ánh, kiến nghị (việc gì, ở đâu, khi nào)',
    en: 'What happened, where and when',
  },
  slipHead: { vi: 'Về người đứng đầu cơ quan (cấp trên sẽ xem xét)', en: 'About the head of the office' },
  slipConsent: {
    vi: 'Tôi đồng ý để đơn vị dùng họ tên, số điện thoại và nội dung trên chỉ để xử lý và trả lời phản ánh, kiến nghị này. Tôi có thể yêu cầu xoá.',
    en: 'I agree that the office uses these data only to handle and answer this complaint. I may ask for their erasure.',
  },
  slipBox: {
    vi: 'Bỏ phiếu vào hòm thư góp ý hoặc đưa cho bộ phận tiếp nhận. Không nộp cho người bị phản ánh.',
    en: 'Put the slip into the box or hand it to reception, not to the person it is about.',
  },
  slipNot: {
    vi: 'Khiếu nại quyết định hành chính hoặc tố cáo hành vi vi phạm pháp luật: làm đơn theo Luật Khiếu nại, Luật Tố cáo, gửi bộ phận tiếp công dân.',
    en: 'Formal appeals and denunciations follow their own laws: see the citizen reception office.',
  },
  signed: { vi: 'Ngày, chữ ký', en: 'Date, signature' },
} as const;
