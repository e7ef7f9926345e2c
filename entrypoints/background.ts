import { defineBackground } from 'wxt/utils/define-background';
import {
  listenToAlarms,
  listenToIdle,
  listenToLife,
  listenToMessages,
  listenToPermissions,
} from '../lib/extension/worker.ts';

export default defineBackground(() => {
  listenToMessages();
  listenToLife();
  listenToPermissions();
  listenToAlarms();
  listenToIdle();
});
