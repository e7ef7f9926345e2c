/** The installation page `/kiosk/cai-dat/`, for technical staff. */
export const vi = {
  title: 'Cài đặt thiết bị đánh giá điện tử',
  lead: 'Dành cho cán bộ kỹ thuật. Mỗi thiết bị mất khoảng 20 phút. Có thể in trang này.',
  back: 'Trở về màn hình đánh giá',
  other: 'English below',
  contents: 'Nội dung',

  neverTitle: 'Ba điều không được làm',
  neverPrivate:
    'Không chạy ở cửa sổ ẩn danh: không dùng --incognito, --guest, InPrivate; không dùng chế độ kiosk của Edge (--edge-kiosk-type) và "Assigned access" của Windows với Edge, vì các chế độ này chạy InPrivate. Đóng trình duyệt là mất mọi đánh giá chưa gửi.',
  neverClear:
    'Không để dữ liệu bị xoá: không đặt các chính sách ForceEphemeralProfiles, ClearBrowsingDataOnExitList, BrowsingDataLifetime, ClearBrowsingDataOnExit; không dùng phần mềm dọn dẹp, "đóng băng" ổ đĩa (Deep Freeze và tương tự); không khôi phục thiết bị đã kích hoạt từ bản sao ổ đĩa.',
  neverMove:
    'Không đổi địa chỉ: giao thức, tên miền và cổng giữ nguyên suốt thời gian dùng thiết bị, vì trình duyệt cất dữ liệu theo địa chỉ. Nếu buộc phải đổi: đồng bộ hoặc bàn giao bằng tệp cho đến khi không còn mục nào chưa được nhận, rồi mới đổi và kích hoạt lại.',

  prepareTitle: 'Chuẩn bị',
  prepareBrowser: 'Chrome, Chromium hoặc Edge từ bản 109; ổ đĩa còn trống từ 2 GB; loa nghe rõ.',
  prepareAddress:
    'Địa chỉ của thiết bị đánh giá, bắt đầu bằng https://. Trang này đang mở ở địa chỉ dưới đây, các lệnh trên trang đã dùng sẵn địa chỉ đó:',
  prepareClock: 'Múi giờ Việt Nam (GMT+7), bật tự động đặt ngày giờ.',
  prepareCode:
    'Mã kích hoạt của đơn vị (bảng số liệu, mục "Kích hoạt máy"), hoặc tệp .nmc-unit và cụm mật khẩu.',

  windowsTitle: 'Windows 10, Windows 11',
  windowsAccount:
    'Tạo một tài khoản Windows riêng, không có quyền quản trị, tự đăng nhập khi bật máy. Không dùng tài khoản khách.',
  windowsPolicy:
    'Chép đoạn dưới vào tệp nhip-mot-cua.reg, mở bằng quyền quản trị. Với Edge, thay Google\\Chrome bằng Microsoft\\Edge và IncognitoModeAvailability bằng InPrivateModeAvailability. Xem lại ở chrome://policy (edge://policy).',
  windowsStart: 'Mở Run, gõ shell:startup, đặt vào đó một lối tắt (Chrome; mọi thứ trên một dòng):',
  windowsEdge: 'Với Edge: chạy như ứng dụng toàn màn hình, không thêm --kiosk:',
  windowsPower: 'Không cho máy và màn hình ngủ, tắt vuốt từ mép màn hình (chạy bằng quyền quản trị):',

  androidTitle: 'Máy tính bảng Android',
  androidInstall:
    'Dùng Chrome. Mở địa chỉ, vào trình đơn ⋮, chọn "Thêm vào màn hình chính" rồi "Cài đặt". Luôn mở từ biểu tượng vừa tạo: chạy không có thanh địa chỉ, và trình duyệt chịu giữ dữ liệu lâu dài.',
  androidPin:
    'Khoá vào một ứng dụng: Cài đặt → Bảo mật → Ghim ứng dụng, bật "Yêu cầu mã PIN trước khi bỏ ghim". Nơi có phần mềm quản lý thiết bị (MDM): đặt máy thành thiết bị chuyên dụng (device owner, lock task) với Chrome hoặc ứng dụng web này.',
  androidPower:
    'Cắm nguồn thường xuyên; Tuỳ chọn nhà phát triển → "Không khoá màn hình khi đang sạc". Tắt tối ưu hoá pin cho Chrome. Tắt mọi ứng dụng dọn dẹp bộ nhớ.',
  androidFully:
    'Fully Kiosk và các trình duyệt kiosk khác dùng WebView, hệ thống có thể xoá dữ liệu của WebView. Nên dùng Chrome. Nếu buộc phải dùng: tắt mọi mục xoá bộ nhớ đệm, cookie, Web Storage khi hết giờ, khi tải lại, khi khởi động; không bật chế độ ẩn danh.',

  linuxTitle: 'Linux',
  linuxPolicy:
    'Chép tệp chính sách vào /etc/chromium/policies/managed/nhip-mot-cua.json (Google Chrome: /etc/opt/chrome/policies/managed/). Xem lại ở chrome://policy.',
  linuxStart: 'Lệnh khởi động, đặt trong mục tự chạy của phiên làm việc (~/.config/autostart hoặc systemd):',
  linuxPower: 'Tắt chế độ ngủ và bảo vệ màn hình của phiên làm việc.',

  flagsTitle: 'Vì sao có các cờ và chính sách này',
  flagsDownload:
    'Không chặn tải xuống: bàn giao bằng USB cần lưu tệp .nmc. Hộp chọn tệp cũng phải mở được để nhận tệp biên nhận.',
  flagsMicrophone: 'AudioCaptureAllowedUrls cho phép ghi giọng đọc ở khu vực có mã PIN, không hỏi lại.',
  flagsInstall:
    'WebAppInstallForceList cài trang như ứng dụng. Nếu trình duyệt chưa chịu giữ dữ liệu lâu dài: thêm trang vào dấu trang (Ctrl+D) khi chưa bật chế độ kiosk; thiết bị tự xin lại mỗi ngày.',
  flagsPinch:
    '--disable-pinch và --overscroll-history-navigation=0: người dân không phóng to, không vuốt lùi trang.',
  flagsDrift: 'Tên cờ thay đổi theo phiên bản trình duyệt: sau mỗi lần cập nhật lớn, mở lại mục kiểm tra.',

  afterTitle: 'Sau khi cài',
  after1: 'Mở trang một lần khi có mạng, chờ một phút để trang lưu đủ trên thiết bị.',
  after2: 'Bấm "Thiết lập", đặt mã PIN, kích hoạt, chọn quầy.',
  after3: 'Tắt hẳn thiết bị rồi bật lại.',
  after4:
    'Giữ góc trên bên trái hai giây, nhập mã PIN, mở "Kiểm tra thiết bị", làm theo từng dòng cho đến khi bấm được "Đưa vào sử dụng".',
  after5:
    'Rút mạng, thử một lượt đánh giá, cắm lại mạng, bấm "Đồng bộ ngay": không còn mục nào chưa được nhận.',

  replaceTitle: 'Thay máy, gỡ máy',
  replaceText:
    'Trước khi gỡ, cài lại hoặc chuyển máy: mở khu vực có mã PIN, bấm "Kết thúc ngày"; nếu không có mạng, lưu tệp bàn giao và nhận biên nhận. Chỉ khi không còn mục nào chưa được nhận mới được xoá dữ liệu trình duyệt.',
} as const;
