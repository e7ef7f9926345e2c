/** The kiosk's own quick questionnaire as SurveyJS understands it: the same questions, words, branch, reasons and comment. */
import type { Questionnaire, Words } from '../../lib/domain/questionnaire.ts';
import { LOW } from '../../lib/domain/questionnaire.ts';

/** What both pages say, so that both can be told to go on from the same words. */
export interface FormWords {
  readonly levels: readonly string[];
  readonly reasonsTitle: string;
  readonly commentTitle: string;
  readonly thanks: string;
}

/** A picture as small as a picture can be; the peer has none of its own. */
const picture = (at: number): string => {
  const drawn = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><circle cx="48" cy="48" r="44" fill="#dbe7f5"/><path d="M24 ${30 + 6 * at}h48M48 24v48" stroke="#123" stroke-width="6"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(drawn)}`;
};

/**
 * A survey of one question to a page that goes on by itself. Left out to the peer's advantage: the attract screen,
 * the idle warning, the keyboard on the screen, the storage; its pictures are six plain ones.
 */
export function surveyOf({ questions, reasons, maxReasons }: Questionnaire, words: FormWords): object {
  const vi = (one: Words) => one.vi;
  const low = questions.map(({ id, scale, low: own }) => `{${id}} <= ${own ?? LOW[scale]}`).join(' or ');
  return {
    locale: 'vi',
    questionsOnPageMode: 'questionPerPage',
    autoAdvanceEnabled: true,
    showNavigationButtons: true,
    showCompletedPage: true,
    completedHtml: `<h1>${words.thanks}</h1>`,
    pages: [
      ...questions.map((question) => ({
        name: `page-${question.id}`,
        elements: [
          {
            type: 'rating',
            name: question.id,
            title: vi(question.title),
            description: vi(question.text),
            rateType: 'smileys',
            displayMode: 'buttons',
            rateValues: words.levels.map((text, index) => ({ value: index + 1, text })),
          },
        ],
      })),
      {
        name: 'page-reasons',
        elements: [
          {
            type: 'imagepicker',
            name: 'reasons',
            title: words.reasonsTitle,
            visibleIf: low,
            multiSelect: true,
            maxSelectedChoices: maxReasons,
            showLabel: true,
            imageHeight: 96,
            imageWidth: 96,
            choices: reasons.map(({ id, text }, at) => ({
              value: id,
              text: vi(text),
              imageLink: picture(at),
            })),
          },
        ],
      },
      {
        name: 'page-comment',
        elements: [
          { type: 'comment', name: 'comment', title: words.commentTitle, visibleIf: low, maxLength: 500 },
        ],
      },
    ],
  };
}
