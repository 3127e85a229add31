import { html, type TemplateResult } from 'lit';
import type { Sheet } from '../paper';
import type { Session } from '../session';
import './class';
import './comparison';
import './report';
import './study-comparison';
import './study-report';

/** The report of a test or of a study, or what several of them come to together. */
export function sheet(of: Sheet, session: Session, name = ''): TemplateResult {
  switch (of.of) {
    case 'test':
      return html`<ts-report class=${name} .report=${of.report}></ts-report>`;
    case 'study':
      return html`<ts-study-report class=${name} .result=${of.result}></ts-study-report>`;
    case 'comparison':
      return html`<ts-comparison class=${name} .session=${session}></ts-comparison>`;
    case 'class':
      return html`<ts-class class=${name} .session=${session}></ts-class>`;
    case 'studies':
      return html`<ts-study-comparison class=${name} .session=${session}></ts-study-comparison>`;
  }
}
