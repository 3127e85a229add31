import { words } from '../i18n/all';
import { bundledText } from './bundled';
import type { Saved } from './earlier';
import { traitName } from './wording';

/** What a result is of, in the language of the page. */
export function titleOf({ what, kind }: Pick<Saved, 'what' | 'kind'>): string {
  if (kind === undefined || kind === 'settings') return bundledText(what);
  return kind === 'stopped' ? words.kept.stopped(what) : words.kept.studies[kind](traitName(what));
}
