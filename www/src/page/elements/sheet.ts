import { html, type TemplateResult } from 'lit';
import type { Sheet } from '../paper';
import './report';
import './study-report';

/** The report of a test or of a study. */
export function sheet(of: Sheet, name = ''): TemplateResult {
  return of.of === 'test'
    ? html`<ts-report class=${name} .report=${of.report}></ts-report>`
    : html`<ts-study-report class=${name} .result=${of.result}></ts-study-report>`;
}
