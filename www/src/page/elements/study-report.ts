import { html, LitElement } from 'lit';
import type { StudyResult } from '../../types';
import { known, when } from '../facts';
import { STUDY_CANNOT } from '../limits';
import { STUDY_FACTS, STUDY_MODEL_FACTS, varied } from '../study-facts';
import { shared } from './base';
import { facts, limits, reportStyles } from './report-parts';
import './study-figures';
import { gateLines } from './study-parts';

/** All of a study of many settings: what was asked of which model, whether the answers can be read, what they come to and do not show. */
export class StudyReportElement extends LitElement {
  static override properties = { result: { attribute: false } };
  declare result: StudyResult;

  static override styles = [shared, reportStyles];

  override render() {
    const { result } = this;
    const { study, model, readouts } = result;
    const gate = gateLines(result);
    return html`<article>
      <header>
        <h2>${study.name}: study of ${model}</h2>
        <p class="soft">${when(result)}</p>
      </header>
      ${study.description === '' ? null : html`<p>${study.description}</p>`}
      <div class="facts">
        ${facts('The model', known(STUDY_MODEL_FACTS, result))}
        ${facts('What was asked', [...known(STUDY_FACTS, result), ...varied(study)])}
      </div>
      <section>
        <h3>Can its answers be read?</h3>
        ${gate.length > 0 ? gate.map(line => html`<p>${line}</p>`) : html`<p>No factual question was answered, so nothing shows that they can.</p>`}
      </section>
      <section data-reported>
        <h3>How it answers under the settings</h3>
        ${
          readouts.length > 0
            ? html`<ts-study-figures brief .result=${result}></ts-study-figures>`
            : html`<p>Nothing was asked: no way of reading the answers passes the factual questions.</p>`
        }
      </section>
      ${limits('These are answers of one model to a questionnaire, under settings that somebody chose.', STUDY_CANNOT)}
    </article>`;
  }
}

customElements.define('ts-study-report', StudyReportElement);
