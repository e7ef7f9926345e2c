/** Peer of the kiosk bench: SurveyJS as its documentation sets it up, with our questionnaire and no pause between questions. */
import { Model, settings } from 'survey-core';
import 'survey-core/i18n/vietnamese';
import 'survey-core/survey-core.fontless.css';
import { renderSurvey } from 'survey-js-ui';
import { QUICK } from '../../lib/domain/questionnaires.ts';
import { surveyOf } from './kiosk-form.ts';
import { WORDS } from './kiosk-words.ts';

declare global {
  interface Window {
    /** Makes the page ready for the next citizen. */
    nextCitizen: () => void;
  }
}

// It waits 300 ms before it goes on; ours does not.
settings.autoAdvanceDelay = 0;

const survey = new Model(surveyOf(QUICK, WORDS));
renderSurvey(survey, document.getElementById('app')!);
window.nextCitizen = () => survey.clear(true, true);
