/**
 * The guide of a policy kit, one printed page for the IT staff of a unit. Vietnamese only: it is a paper for the desk, not a
 * screen. Says what is known, and marks what has to be tried on one PC first.
 */

export interface GuideFacts {
  readonly unit: string;
  readonly hub: string;
  readonly quota: number;
  /** ISO instant. */
  readonly expires: string;
  readonly extensionId: string;
  readonly geckoId: string;
  readonly updateUrl: string;
  readonly xpiUrl: string;
  readonly isTestId: boolean;
  readonly files: Readonly<Record<'install' | 'remove' | 'linux' | 'firefox' | 'guide', string>>;
}

/** The page as HTML without script or outside resources; prints on one sheet of A4. */
export function policyGuide(facts: GuideFacts): string {
  const one = Object.fromEntries(
    Object.entries({ ...facts, ...facts.files }).map(([name, value]) => [name, escaped(String(value))]),
  ) as Record<keyof GuideFacts | keyof GuideFacts['files'], string>;
  const [year, month, day] = facts.expires.slice(0, 10).split('-');
  const test = facts.isTestId
    ? '<p class="warn"><strong>Bản thử:</strong> bộ này mang mã của bản dựng để thử. Tạo lại với <code>--extension-id</code> của bản phát hành trước khi dùng thật.</p>'
    : '';
  return `<!doctype html>
<html lang="vi">
<meta charset="utf-8">
<title>Cài tiện ích Nhịp Một Cửa – ${one.unit}</title>
<style>
@page { size: A4; margin: 10mm }
body { font: 12.5px/1.34 "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; color: #111; max-width: 190mm; margin: 0 auto }
h1 { font-size: 18px; margin: 0 0 2px } h2 { font-size: 13.5px; margin: 6px 0 1px } p, ol, ul { margin: 2px 0 } ol, ul { padding-left: 20px }
code { font-family: Consolas, "DejaVu Sans Mono", monospace; font-size: 11.5px; overflow-wrap: anywhere }
table { border-collapse: collapse; width: 100%; margin: 4px 0 } td, th { border: 1px solid #999; padding: 2px 6px; text-align: left; vertical-align: top; font-weight: 400 } th { width: 34mm; background: #f0f2f5 }
.try { background: #fdf0d9; padding: 0 4px; font-weight: 600 } .warn { border: 2px solid #8a4b00; padding: 4px 8px }
</style>
<h1>Cài tiện ích Nhịp Một Cửa cho ${one.unit}</h1>
<p>Dành cho cán bộ công nghệ thông tin. Chỗ ghi <span class="try">phải thử</span> là chỗ chưa kiểm được trên mọi máy: làm trên một máy trước.</p>
${test}<table>
<tr><th>Máy chủ</th><td><code>${one.hub}</code></td></tr>
<tr><th>Mã kích hoạt</th><td>nằm trong các tệp kèm theo; tối đa ${one.quota} máy, dùng đến ngày ${day}/${month}/${year}. Giữ các tệp như giữ mật khẩu; xoá khỏi máy sau khi cài.</td></tr>
<tr><th>Mã tiện ích</th><td>Chrome, Edge, Cốc Cốc: <code>${one.extensionId}</code> · Firefox: <code>${one.geckoId}</code></td></tr>
<tr><th>Nguồn cài</th><td><code>${one.updateUrl}</code> (kho của trình duyệt, hoặc tệp cập nhật đặt trong mạng nội bộ) · Firefox: <code>${one.xpiUrl}</code></td></tr>
</table>
<h2>1. Máy Windows trong miền (Active Directory, Entra ID)</h2>
<ol>
<li>Nhập <code>${one.install}</code> bằng Group Policy (Preferences → Registry) hoặc chạy trên từng máy với quyền quản trị. Tệp ghi cho Chrome, Edge và Cốc Cốc; nơi Cốc Cốc đọc chính sách <span class="try">phải thử</span>.</li>
<li>Khởi động lại trình duyệt. Tiện ích tự cài, tự kích hoạt trong khoảng 5 phút. Công chức, viên chức vẫn phải tự đọc và đồng ý thông báo trước lần ghi nhận đầu tiên.</li>
<li>Máy trong miền nhận được cả gói đặt ngoài kho (thay dòng <code>update_url</code> bằng địa chỉ tệp cập nhật nội bộ).</li>
</ol>
<h2>2. Máy Windows không có miền (workgroup)</h2>
<ul>
<li>Vẫn chạy <code>${one.install}</code> với quyền quản trị. Chrome và Edge chỉ tự cài tiện ích <strong>có trong kho</strong> (công khai hoặc ẩn); gói đặt ngoài kho bị bỏ qua nếu máy không được quản lý.</li>
<li>Phần địa chỉ máy chủ và mã kích hoạt (<code>3rdparty</code>) vẫn được đọc khi tiện ích đã cài: xem ở <code>chrome://policy</code>, <span class="try">phải thử</span>.</li>
<li>Chưa đưa lên kho: mở <code>chrome://extensions</code>, bật chế độ nhà phát triển, “Tải tiện ích đã giải nén”. Cách này chỉ để thử: mã tiện ích đổi theo thư mục nên chính sách không áp được, trình duyệt nhắc tắt, không tự cập nhật; máy phải kích hoạt bằng mã dùng một lần.</li>
<li>Cách khác cho máy không có miền: dùng Firefox ESR (mục 3), không cần miền.</li>
</ul>
<h2>3. Firefox ESR 140 trở lên (mọi máy, có miền hay không)</h2>
<ul>
<li>Chép <code>${one.firefox}</code> vào <code>C:\\Program Files\\Mozilla Firefox\\distribution\\</code> (Linux: <code>/etc/firefox/policies/</code>), khởi động lại.</li>
<li>Gói .xpi phải được Mozilla ký (gửi lên addons.mozilla.org, chọn tự phân phối, không hiện công khai). Chỉ bản ESR cho tắt kiểm chữ ký (<code>xpinstall.signatures.required</code>), chỉ dùng để thử.</li>
</ul>
<h2>4. Máy Linux (Chromium, Chrome)</h2>
<p>Chép <code>${one.linux}</code> vào <code>/etc/chromium/policies/managed/</code> hoặc <code>/etc/opt/chrome/policies/managed/</code>.</p>
<h2>5. Quyền đọc trang</h2>
<p>Gói dựng bằng <code>npm run zip -- --tenant TỆP</code> xin sẵn các hệ thống của tỉnh, cài bằng chính sách là được cấp. Gói chung hỏi người dùng từng hệ thống ở trang Tuỳ chọn; chính sách có tự cấp quyền tuỳ chọn hay không <span class="try">phải thử</span>.</p>
<h2>6. Kiểm tra</h2>
<ul>
<li>Mở <code>chrome://policy</code>, <code>edge://policy</code>, <code>coccoc://policy</code> hoặc <code>about:policies</code>: phải thấy <code>ExtensionSettings</code> và mục của tiện ích, trạng thái OK; chưa thấy thì bấm “Tải lại chính sách”.</li>
<li>Trang Tuỳ chọn của tiện ích ghi “Đã kích hoạt” và tên đơn vị. Trên máy chủ: mục Thiết bị, hoặc <code>npm run hub -- policy-token list</code> để xem đã dùng bao nhiêu máy.</li>
</ul>
<h2>7. Gỡ bỏ</h2>
<ul>
<li>Đồng bộ trước (“Đồng bộ ngay”), rồi chạy <code>${one.remove}</code>, hoặc xoá tệp đã chép ở mục 3, 4; khởi động lại trình duyệt, tiện ích tự gỡ. Dữ liệu chưa gửi trên máy đó sẽ mất.</li>
<li>Chặn mã kích hoạt: <code>npm run hub -- policy-token revoke MÃ</code>. Thu hồi một máy: mục Thiết bị.</li>
</ul>
</html>
`;
}

function escaped(text: string): string {
  const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (sign) => signs[sign]!);
}
