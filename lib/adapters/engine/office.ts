/** Names of offices: a page's word for a unit is only believed when it begins like an office, so that no person passes. */
import { fold } from '../../domain/vocabulary.ts';
import { clean } from './text.ts';

/** First words with their marks: folded, some are family names (Trương, Tô, Bàn, Viên). */
const OFFICE =
  /^(?:ubnd|uỷ ban|ủy ban|sở|phòng|trung tâm|tt|tthcc|ttpvhcc|bộ|cục|chi cục|ban|văn phòng|vp|công an|bộ phận|thanh tra|kho bạc|bảo hiểm|bhxh|thuế|tòa án|toà án|viện|chi nhánh|cn|đảng ủy|đảng uỷ|hđnd|trường|bệnh viện|hạt|đội|trạm|công ty|các|khu|liên|tổ|phường|xã|thị trấn|thị xã|thành phố|tỉnh|đặc khu|quận|huyện|tp\.?)(?:\s|$)/u;
/** Text without any marks: only what cannot begin a name. */
const PLAIN =
  /^(?:ubnd|uy ban|trung tam|chi cuc|van phong|cong an|bo phan|thanh tra|kho bac|bao hiem|bhxh|toa an|chi nhanh|dang uy|hdnd|benh vien|cong ty)(?:\s|$)/;

/** The name of a unit as printed, clean, or null when it does not look like an office or place. */
export function officeIn(text: string): string | null {
  const name = clean(text).replace(/^[\s\d.)(*-]+/, '');
  if (name.length < 3 || name.length > 200 || /\d{6}|@/.test(name)) return null;
  const isPlain = /^[\x20-\x7e]*$/.test(name);
  return OFFICE.test(name.toLowerCase()) || (isPlain && PLAIN.test(fold(name))) ? name : null;
}
