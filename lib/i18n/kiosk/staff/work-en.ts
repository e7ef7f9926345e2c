import type { workVi } from './work-vi.ts';

export const workEn: Record<keyof typeof workVi, string> = {
  back: 'Back',
  room_check: 'Check the device',
  room_closing: 'End of the day',
  room_slip: 'Note a paper slip',
  handoverTitle: 'Hand over by file (USB)',
  handoverText:
    'For units without network or hub. The data stay on the device until the receipt comes back; saved twice, counted once.',
  handover: 'Save hand-over file',
  handoverAll: 'Save everything again',
  handoverAgain: 'Save this file',
  handoverFiles: 'Files made: {n}',
  handoverNone: 'Nothing left to hand over.',
  handoverDone: '{n} hand-over files saved to the downloads folder.',
  handoverNext: 'What to do next',
  handoverStep1:
    'Copy the .nmc files from the downloads folder to the stick. Where one is missing, tap "Save this file".',
  handoverStep2Hub:
    'Take the stick to a computer that reaches the dashboard of {hub}, open "Import files" and choose them. Copy the receipt file to the stick.',
  handoverStep2Unit:
    'Take the stick to the computer with the unit page, open "Import files" and choose them; accept a new device under "Devices". Copy the receipt file to the stick.',
  handoverStep3: 'Come back here, tap "Take receipt file" and choose the .nmc-receipt file.',
  receipt: 'Take receipt file',
  receiptDone: '{n} receipts accepted. {unsent} entries not yet received.',
  receiptWrong_size: 'The file is too large to be a receipt file (.nmc-receipt).',
  receiptWrong_format:
    'There is no receipt in this file. Choose the .nmc-receipt file made where the data went.',
  receiptWrong_signature:
    'The signature of the receipt is wrong: the file was changed, or made elsewhere. Ask for it again.',
  receiptWrong_device: 'The receipt is of another device (device {other}). This one is {device}.',
  receiptWrong_hub: 'The receipt was made elsewhere (hub {other}), not where this device sends its data.',
  receiptWrong_content: 'The receipt is wrong in field {field}. Ask for it again where the data went.',
  commentsFile: 'Save comments file',
  commentsFileDone: 'Comments file saved. Copy it together with the hand-over files.',
  commentsFileNone: 'No comment is waiting to be handed over.',
  closingTitle: 'End of the day',
  closingText: 'Tells the hub how far this device has sent, so that the day counts as complete.',
  closingTextUnit: 'The unit has no hub: save the hand-over file and bring it to the unit.',
  closingRun: 'Sync and end the day',
  closingDone: 'The hub has received everything. The device may be switched off.',
  closingNotDone: 'Everything is kept on the device and is sent later by itself. It may be switched off.',
  closingService: 'Service',
  closingInService: 'Takes ratings',
  closingOutOfService: 'Out of service as the unit asked (set at the hub, on the dashboard of the unit)',
  closingCommissioned: 'Check before use',
  closingNotCommissioned: 'Not checked',
  closingNotices: 'To note',
  noticeQuestionnaire:
    'The questionnaire from the hub is faulty; the last good one is in use. Tell whoever keeps the questionnaires.',
  noticeClips: '{n} sentences have no recording or a damaged one; they are not read aloud.',
  slipTitle: 'Note a paper slip',
  slipText:
    'When you hand a citizen a paper slip for a complaint, enter the number printed on it. No name and nothing else is noted.',
  slipNumber: 'Number of the slip',
  slipWrong: 'Wrong number: the last digit does not fit. Enter it again as printed.',
  slipDone: 'Slip {number} noted.',
  slipSame: 'Slip {number} was noted before.',
  slipSave: 'Note the slip',
  slipDelete: 'Delete',
  pinForgotten: 'Forgot the PIN?',
  forgottenTitle: 'Reset the PIN',
  forgottenHub:
    'Ask the administrator of the unit for a new activation code for a rating device (dashboard, "Activation") and enter it here. Only the PIN is reset: ratings, counter and activation stay.',
  forgottenUnit:
    'Choose the file of the unit (.nmc-unit) and enter its passphrase. Only the PIN is reset: ratings, counter and activation stay.',
  forgottenRun: 'Confirm',
  forgottenDone: 'Confirmed. Choose a new PIN.',
  forgottenOtherUnit: 'This file is of another unit. Choose the file of {unit}.',
  forgottenWait: 'Too many wrong tries. Try again in {seconds} seconds.',
};
