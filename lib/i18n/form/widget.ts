/** Names of the widget's frame for screen readers: the loader is one small file and carries no dictionary. */
export const FRAME_TITLES = {
  vi: 'Đánh giá phục vụ',
  en: 'Rate our service',
} as const;
