import { css, html } from 'lit';
import { words } from '../../i18n/all';
import type { StudyResult } from '../../types';
import { bundledText } from '../bundled';
import { when } from '../facts';
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
    const said = words.studySettings.results;
    return html`<div class="stack" data-summary=${result.summary.settings}>
      ${this.#gaps(shown)}
      <h3>${said.heading(bundledText(result.study.name), result.summary.settings, result.model)}</h3>
      ${gateLines(result).map(line => html`<p class="soft small">${line}</p>`)}
      ${
        result.readouts.length === 0
          ? html`<ts-notice kind="warn">${said.nothing}</ts-notice>`
          : html`<ts-study-figures .result=${result}></ts-study-figures>`
      }
      <div class="row">
        <button @click=${() => saveText(studyFileName(result, 'json'), 'application/json', JSON.stringify(result))}>${said.save}</button>
        <button @click=${() => saveText(studyFileName(result, 'csv'), 'text/csv', answersCsv(result))}>${said.saveTable}</button>
        <button @click=${() => this.session.paper.print({ of: 'study', result })}>${said.print}</button>
      </div>
      <ts-read-report .session=${this.session} .sheet=${{ of: 'study', result }}></ts-read-report>
      <div>
        <h3>${all.length === 1 ? said.from : said.all}</h3>
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
    const said = words.studySettings.results;
    if (cancelled) {
      return html`<ts-notice kind="warn">${said.early}</ts-notice>`;
    }
    const { study, summary, readouts } = result;
    const missing = settingsAsked(study) - summary.settings;
    if (missing <= 0 || readouts.length === 0) return null;
    return html`<ts-notice kind="info">${said.missing(missing, result.model)}</ts-notice>`;
  }

  #entry(held: HeldStudy, shown: boolean) {
    const { results } = this.session.studies;
    const { result } = held;
    const said = words.studySettings.results;
    const facts = [origin(held), when(result), said.settings(result.summary.settings)];
    const name = html`<strong>${results.name(held)}</strong>`;
    return html`<li data-held=${held.id}>
      <div>
        ${shown && results.all.length > 1 ? said.above(name) : name}<br />
        <span class="soft small">${facts.join(' · ')}</span>
      </div>
      <div class="row">
        ${shown ? null : html`<button aria-label=${said.showThis(results.name(held))} @click=${() => results.show(held.id)}>${said.show}</button>`}
        <button aria-label=${said.removeThis(results.name(held))} @click=${() => results.remove(held)}>${said.remove}</button>
      </div>
    </li>`;
  }
}

customElements.define('ts-study-results', StudyResultsElement);
