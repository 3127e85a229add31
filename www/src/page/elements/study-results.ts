import { css, html } from 'lit';
import type { StudyResult } from '../../types';
import { when } from '../facts';
import { plural } from '../format';
import { saveText } from '../save';
import { answersCsv, studyFileName } from '../study-export';
import { settingsAsked } from '../study-facts';
import { type HeldStudy, origin } from '../study-results';
import { SessionElement, shared } from './base';
import './notice';
import './read-report';
import './study-comparison';
import './study-figures';
import { gateLines, studyStyles } from './study-parts';

/** What studies of many settings came to: the one that is read, and others beside it. */
export class StudyResultsElement extends SessionElement {
  /** What was read when it was last shown. */
  #former: StudyResult | null = null;

  static override styles = [
    shared,
    studyStyles,
    css`
      h3 {
        font-size: 1.15rem;
        overflow-wrap: anywhere;
      }
      ul {
        list-style: none;
        margin: 0.35rem 0 0;
        padding: 0;
      }
      li {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        align-items: center;
        gap: 0.4rem 1rem;
        border-block-start: 1px solid var(--line);
        padding-block: 0.6rem;
      }
      li > div:first-child {
        flex: 1 1 16rem;
        min-inline-size: 0;
        overflow-wrap: anywhere;
      }
    `,
  ];

  override render() {
    const { results } = this.session.studies;
    const { shown, all } = results;
    if (!shown) return null;
    const { result } = shown;
    return html`<div class="stack" data-summary=${result.summary.settings}>
      ${this.#gaps(shown)}
      <h3>${result.study.name}: ${plural(result.summary.settings, 'setting')} of ${result.model}</h3>
      ${gateLines(result).map(line => html`<p class="soft small">${line}</p>`)}
      ${
        result.readouts.length === 0
          ? html`<ts-notice kind="warn">Nothing was asked: no way of reading the answers passes the factual questions.</ts-notice>`
          : html`<ts-study-figures .result=${result}></ts-study-figures>`
      }
      <div class="row">
        <button @click=${() => saveText(studyFileName(result, 'json'), 'application/json', JSON.stringify(result))}>Save the answers</button>
        <button @click=${() => saveText(studyFileName(result, 'csv'), 'text/csv', answersCsv(result))}>Save as a table (CSV)</button>
        <button @click=${() => this.session.paper.print({ of: 'study', result })}>Print the report</button>
      </div>
      <ts-read-report .session=${this.session} .sheet=${{ of: 'study', result }}></ts-read-report>
      <div>
        <h3>${all.length === 1 ? 'Where it is from' : 'Results of this study'}</h3>
        <ul>${all.map(held => this.#entry(held, held === shown))}</ul>
      </div>
      <ts-study-comparison .session=${this.session}></ts-study-comparison>
    </div>`;
  }

  /** Saved answers come into view, wherever they were dropped. */
  override updated(): void {
    super.updated();
    const { session } = this;
    const result = session.studies.results.shown?.result ?? null;
    if (result === this.#former) return;
    this.#former = result;
    if (session.latest === 'answers')
      this.renderRoot.querySelector('h3')?.scrollIntoView({ block: 'nearest' });
  }

  /** Settings that are not answered, and why. */
  #gaps({ result, cancelled }: HeldStudy) {
    if (cancelled) {
      return html`<ts-notice kind="warn">The study ended early; the settings that were finished are kept.</ts-notice>`;
    }
    const { study, summary, readouts } = result;
    const missing = settingsAsked(study) - summary.settings;
    if (missing <= 0 || readouts.length === 0) return null;
    return html`<ts-notice kind="info">
      ${plural(missing, 'setting')} of the study ${missing === 1 ? 'has' : 'have'} no answers yet. With ${result.model} loaded, it can be
      carried out to its end.
    </ts-notice>`;
  }

  #entry(held: HeldStudy, shown: boolean) {
    const { results } = this.session.studies;
    const { result } = held;
    const facts = [origin(held), when(result), plural(result.summary.settings, 'setting')];
    return html`<li data-held=${held.id}>
      <div>
        <strong>${results.name(held)}</strong>${shown && results.all.length > 1 ? ', shown above' : null}<br />
        <span class="soft small">${facts.join(' · ')}</span>
      </div>
      <div class="row">
        ${shown ? null : html`<button aria-label="Show result ${results.name(held)}" @click=${() => results.show(held.id)}>Show</button>`}
        <button aria-label="Remove result ${results.name(held)}" @click=${() => results.remove(held)}>Remove</button>
      </div>
    </li>`;
  }
}

customElements.define('ts-study-results', StudyResultsElement);
