/**
 * How the pages of one tenant and build differ from the plain ones: other words of the published synonym lists
 * (host-pages §6.1), another order of columns, other generated names. Depends on the seed alone.
 */
import { random } from './seed.ts';
import type { BreakConfirmation, BreakLocator, PortalOptions } from './types.ts';

export interface Look {
  /** What is broken on purpose, beyond any synonym. */
  readonly broken: readonly BreakLocator[];
  /** Success messages in words that nobody has published. */
  readonly reworded: readonly BreakConfirmation[];
  readonly isRebuilt: boolean;
  /** The word this tenant uses for a header, label or value; itself where it has no published synonym. */
  readonly word: (plain: string) => string;
  /** The order this tenant chose. */
  readonly order: <T>(columns: readonly T[]) => T[];
  /** The generated part of a class or id in this build. */
  readonly hash: string;
}

/** Published synonyms; each list is one meaning. Words that need a page's context to be understood are left out. */
const SYNONYMS: readonly string[] = [
  'Mã hồ sơ|Số hồ sơ|Mã số hồ sơ',
  'Ngày tiếp nhận|Ngày nhận',
  'Ngày hẹn trả|Hẹn trả|Ngày hẹn trả dự kiến|Hạn trả',
  'Ngày kết thúc xử lý|Ngày có kết quả',
  'Mã thủ tục|Mã TTHC|Mã chuẩn',
  'Thủ tục|Tên thủ tục',
  'Hình thức nộp|Kênh|Phương thức nộp',
  'Trạng thái|Tình trạng',
  'Chủ hồ sơ|Người nộp',
  'Thao tác|Chức năng',
  'Ngày văn bản|Ngày ban hành',
  'Mới đăng ký|Chờ tiếp nhận|Hồ sơ chờ tiếp nhận|Hồ sơ mới|Hồ sơ online chờ tiếp nhận',
  'Được tiếp nhận|Mới tiếp nhận|Đã tiếp nhận',
  'Không được tiếp nhận|Từ chối tiếp nhận|Không tiếp nhận',
  'Đang xử lý|Đang giải quyết|Thụ lý hồ sơ|Đã chuyển xử lý|Đang trình ký',
  'Yêu cầu bổ sung giấy tờ|Yêu cầu bổ sung|Chờ bổ sung|Chờ công dân bổ sung|Tạm dừng chờ bổ sung',
  'Yêu cầu thực hiện nghĩa vụ tài chính|Yêu cầu thanh toán|Chờ thu phí|Chờ NVTC',
  'Công dân yêu cầu rút hồ sơ|Xin rút|Rút hồ sơ|Trả lại/Xin rút',
  'Dừng xử lý|Tạm dừng|Không giải quyết',
  'Đã xử lý xong|Đã có kết quả|Có kết quả|Chờ trả kết quả',
  'Đã trả kết quả|Đã trả|Đã trả công dân',
  'Trực tiếp|Nộp trực tiếp|Tại quầy|Tại bộ phận một cửa',
  'Trực tuyến|Nộp trực tuyến|Tiếp nhận qua mạng|Qua mạng',
  'Bưu chính công ích|BCCI|Qua bưu chính|VNPost',
  'Trước hạn|Sớm hạn',
  'Quá hạn|Trễ hạn',
];

/** Fisher–Yates by the given numbers. */
export function shuffled<T>(list: readonly T[], next: () => number): T[] {
  const all = [...list];
  for (let at = all.length - 1; at > 0; at -= 1) {
    const other = Math.floor(next() * (at + 1));
    [all[at], all[other]] = [all[other]!, all[at]!];
  }
  return all;
}

/** The look that these options ask for. */
export function lookOf(options: PortalOptions): Look {
  const next = random(options.seed ^ 0x2545f491);
  const words = new Map<string, string>();
  if (options.areHeadersRenamed) {
    for (const list of SYNONYMS) {
      const same = list.split('|');
      const chosen = same[Math.floor(next() * same.length)]!;
      for (const word of same) words.set(word, chosen);
    }
  }
  const letters = Array.from({ length: 6 }, () => Math.floor(next() * 36).toString(36)).join('');
  const orders = new Map<string, readonly unknown[]>();
  const broken = options.breakLocator;
  return {
    broken,
    reworded: options.breakConfirmation,
    isRebuilt: options.areClassesRebuilt,
    word: (plain) => (broken.includes(`word:${plain}`) ? 'Tham chiếu' : (words.get(plain) ?? plain)),
    order: <T>(columns: readonly T[]): T[] => {
      if (!options.areColumnsShuffled) return [...columns];
      const name = JSON.stringify(columns);
      const known = (orders.get(name) as readonly T[] | undefined) ?? shuffled(columns, next);
      orders.set(name, known);
      return [...known];
    },
    hash: options.areClassesRebuilt ? letters : '',
  };
}
