/**
 * The Vietnamese words shared by all families (host-pages §6.1). Keys are folded (see {@link fold}).
 * Left out on purpose because they need the page's context: "Hoàn thành", "Đã kết thúc", "Kết thúc", "Trả hồ sơ".
 */
import { type Channel, type DocumentRole, fold, type Payment, STATUSES } from '../domain/vocabulary.ts';
import type { Vocabulary } from './pack.ts';

/** Words per national status code, 1 to 10 in order. */
const STATUS_WORDS = [
  'moi dang ky|cho tiep nhan|ho so cho tiep nhan|ho so cho tiep nhan truc tuyen|cho tiep nhan truc tuyen|ho so moi|ho so online cho tiep nhan|new',
  'duoc tiep nhan|moi tiep nhan|da tiep nhan|receiving',
  'khong duoc tiep nhan|tu choi tiep nhan|tu choi|khong tiep nhan|denied',
  'dang xu ly|dang giai quyet|thu ly ho so|cho xu ly|da chuyen xu ly|dang trinh ky|processing',
  'yeu cau bo sung giay to|yeu cau bo sung|cho bo sung|cho cong dan bo sung|tam dung cho bo sung|waiting|correcting',
  'yeu cau thuc hien nghia vu tai chinh|yeu cau thanh toan|cho thanh toan|cho thu phi|cho nvtc',
  'cong dan yeu cau rut ho so|xin rut|rut ho so|tra lai/xin rut|tra lai|cancelled',
  'dung xu ly|tam dung|khong giai quyet|pausing',
  'da xu ly xong|da co ket qua|co ket qua|cho tra ket qua|cho tra truc tiep|cho tra truc tuyen|cho tra bcci|releasing',
  'da tra ket qua|da tra|da tra cong dan|done',
];
const CHANNEL_WORDS: Readonly<Record<Channel, string>> = {
  counter: 'truc tiep|nop truc tiep|tai quay|tai bo phan mot cua',
  online:
    'truc tuyen|nop truc tuyen|tiep nhan qua mang|qua mang|cong dvc quoc gia|nop qua cong dvc|nop qua cong dvc quoc gia|nop qua cong dvc lien thong|nop qua lien thong|nop qua vneid',
  post: 'buu chinh cong ich|bcci|qua buu chinh|qua buu chinh cong ich|vnpost',
};
const PAYMENT_WORDS: Readonly<Record<Payment, string>> = {
  online: 'truc tuyen|truc-tuyen|thanh toan truc tuyen|da thanh toan truc tuyen|da thu phi truc tuyen',
  transfer: 'chuyen khoan|chuyen-khoan',
  cash: 'tien mat|tien-mat',
  unpaid: 'chua thanh toan|cho thanh toan|chua thu|cho thu phi',
  unknownMeans: 'da thanh toan|da thu|da thu phi',
};
const ROLE_WORDS: Readonly<Record<DocumentRole, string>> = {
  XLC: 'xlc|xu ly chinh',
  PH: 'ph|phoi hop|dong xu ly',
};

function laidUnder<Value extends string>(
  shared: readonly (readonly [Value, string])[],
  own: Readonly<Record<string, Value>> | undefined,
): Readonly<Record<string, Value>> {
  const words: Record<string, Value> = {};
  for (const [value, list] of shared) for (const word of list.split('|')) words[word] = value;
  for (const [word, value] of Object.entries(own ?? {})) words[fold(word)] = value;
  return words;
}

const entries = <Value extends string>(words: Readonly<Record<Value, string>>) =>
  Object.entries(words) as [Value, string][];

/** A family's words with the shared ones under them, keys folded. Idempotent. */
export function completeVocabulary(own: Vocabulary): Required<Vocabulary> {
  return {
    status: laidUnder(
      STATUSES.map((status, index) => [status, STATUS_WORDS[index]!]),
      own.status,
    ),
    channel: laidUnder(entries(CHANNEL_WORDS), own.channel),
    payment: laidUnder(entries(PAYMENT_WORDS), own.payment),
    role: laidUnder(entries(ROLE_WORDS), own.role),
  };
}
