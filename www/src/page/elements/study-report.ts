import { html, LitElement } from 'lit';
import { words } from '../../i18n/all';
import type { StudyResult } from '../../types';
import { bundledText } from '../bundled';
import { known, when } from '../facts';
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
    const said = words.studyFacts.report;
    return html`<article>
      <header>
        <h2>${said.heading(bundledText(study.name), model)}</h2>
        <p class="soft">${when(result)}</p>
      </header>
      ${study.description === '' ? null : html`<p>${bundledText(study.description)}</p>`}
      <div class="facts">
        ${facts(said.model, known(STUDY_MODEL_FACTS, result))}
        ${facts(said.asked, [...known(STUDY_FACTS, result), ...varied(study)])}
      </div>
      <section>
        <h3>${said.gate}</h3>
        ${gate.length > 0 ? gate.map(line => html`<p>${line}</p>`) : html`<p>${said.noGate}</p>`}
      </section>
      <section data-reported>
        <h3>${said.answers}</h3>
        ${
          readouts.length > 0
            ? html`<ts-study-figures brief .result=${result}></ts-study-figures>`
            : html`<p>${said.nothing}</p>`
        }
      </section>
      ${limits(said.limits, words.places.limits.studyCannot)}
    </article>`;
  }
}

customElements.define('ts-study-report', StudyReportElement);
