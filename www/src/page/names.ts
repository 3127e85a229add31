import { words } from '../i18n';
import type { Readout } from '../types';
import { READOUT_NAMES, traitName } from './wording';

/** Names as they stand within a sentence: some languages write them in lower case there. */

export function traitWithin(trait: string): string {
  return words.common.within(traitName(trait));
}

export function readoutWithin(readout: Readout): string {
  return words.common.within(READOUT_NAMES[readout]);
}
