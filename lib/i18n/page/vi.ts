/** The badge on host pages. Kept short: every granted page loads these words. */
export const vi = {
  'state.recording': 'Đang ghi nhận lượt xử lý, không ghi tên người dân',
  'state.paused': 'Đang tạm dừng ghi nhận',
  'state.notActivated': 'Máy chưa kích hoạt, chưa ghi nhận',
  'state.storageBroken': 'Không lưu được, chưa ghi nhận',
  'state.degraded': 'Trang có thay đổi, một số dòng không đọc được',
  'state.broken': 'Không đọc được trang này, chưa ghi nhận',
  'state.unverified': 'Trang chưa được kiểm chứng, chưa ghi nhận',
  'short.recording': 'Đang ghi nhận',
  'short.paused': 'Tạm dừng',
  'short.notActivated': 'Chưa kích hoạt',
  'short.storageBroken': 'Lỗi lưu trữ',
  'short.degraded': 'Đang ghi nhận (!)',
  'short.broken': 'Không đọc được',
  'short.unverified': 'Chưa kiểm chứng',
  today: 'Hôm nay: {n} lượt',
  open: 'Nhấn để mở. Kéo hoặc dùng phím mũi tên để di chuyển.',
} as const;
