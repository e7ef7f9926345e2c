/** The questionnaires that come with the product. */
import type { Question, Questionnaire, Reason } from './questionnaire.ts';

/** What Decree 61/2018 Art. 5(1) forbids and Art. 31(1) a, d, e, h asks for, in plain words. */
const REASONS: readonly Reason[] = [
  { id: 'slow', picture: 'slow', text: { vi: 'Chờ lâu, trả chậm', en: 'Long wait, late result' } },
  {
    id: 'papers',
    picture: 'papers',
    text: { vi: 'Phải nộp thêm giấy tờ nhiều lần', en: 'Asked for papers again and again' },
  },
  {
    id: 'onlinePaper',
    picture: 'onlinePaper',
    text: { vi: 'Nộp trực tuyến rồi vẫn đòi bản giấy', en: 'Filed online, paper still asked for' },
  },
  {
    id: 'money',
    picture: 'money',
    text: { vi: 'Phải trả thêm tiền ngoài quy định', en: 'Asked for extra money' },
  },
  {
    id: 'rude',
    picture: 'rude',
    text: { vi: 'Cán bộ thiếu lịch sự, không giúp', en: 'Rude or unhelpful staff' },
  },
  {
    id: 'unclear',
    picture: 'unclear',
    text: { vi: 'Hướng dẫn không rõ ràng', en: 'Unclear guidance' },
  },
];

/** Two taps for everyone: criteria of Decree 61/2018 Art. 31(1) (đ staff attitude, i the rest of the service). */
export const QUICK: Questionnaire = {
  id: 'quick',
  version: 2,
  name: { vi: 'Đánh giá nhanh', en: 'Quick rating' },
  questions: [
    {
      id: 'quality',
      scale: 5,
      title: { vi: 'Chất lượng phục vụ', en: 'Quality of service' },
      text: {
        vi: 'Ông/Bà có hài lòng với việc giải quyết thủ tục hôm nay không?',
        en: 'Are you satisfied with how your request was handled today?',
      },
    },
    {
      id: 'attitude',
      scale: 5,
      title: { vi: 'Thái độ phục vụ', en: 'Staff attitude' },
      text: {
        vi: 'Ông/Bà có hài lòng với thái độ của cán bộ không?',
        en: 'Are you satisfied with the attitude of the staff?',
      },
    },
  ],
  reasons: REASONS,
  maxReasons: 2,
  comment: 'low',
};

const factor = (id: string, title: Question['title'], text: Question['text']): Question => ({
  id,
  scale: 5,
  title,
  text,
});

/**
 * Service quality in five factors (access, procedure, staff, result, handling of complaints), one question each. It measures
 * the counter only: a provincial satisfaction index is a survey of households and never comes from here.
 */
export const FACTORS: Questionnaire = {
  id: 'factors',
  version: 1,
  name: { vi: 'Chất lượng phục vụ theo năm yếu tố', en: 'Service quality in five factors' },
  questions: [
    factor(
      'access',
      { vi: 'Tiếp cận dịch vụ', en: 'Access to the service' },
      {
        vi: 'Nơi ngồi chờ, trang thiết bị và thông tin hướng dẫn có thuận tiện không?',
        en: 'Were the waiting area, equipment and information convenient?',
      },
    ),
    factor(
      'procedure',
      { vi: 'Thủ tục hành chính', en: 'The procedure' },
      {
        vi: 'Thành phần hồ sơ, phí và thời hạn giải quyết có rõ ràng, đúng quy định không?',
        en: 'Were papers, fees and time limits clear and as regulated?',
      },
    ),
    factor(
      'staff',
      { vi: 'Công chức, viên chức', en: 'The staff' },
      {
        vi: 'Cán bộ có lịch sự, lắng nghe và hướng dẫn dễ hiểu không?',
        en: 'Were the staff polite, attentive and easy to understand?',
      },
    ),
    factor(
      'result',
      { vi: 'Kết quả giải quyết', en: 'The result' },
      {
        vi: 'Kết quả có đúng hẹn, đầy đủ và chính xác không?',
        en: 'Was the result on time, complete and correct?',
      },
    ),
    factor(
      'response',
      { vi: 'Tiếp nhận phản ánh, kiến nghị', en: 'Handling of complaints' },
      {
        vi: 'Nơi đây có dễ góp ý và được trả lời không?',
        en: 'Is it easy to give feedback here and to get an answer?',
      },
    ),
  ],
  reasons: REASONS,
  maxReasons: 2,
  comment: 'always',
};

/** By id. */
export const OWN_QUESTIONNAIRES: readonly Questionnaire[] = [QUICK, FACTORS];
