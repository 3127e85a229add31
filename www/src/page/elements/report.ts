import { html, LitElement } from 'lit';
import type { Readout } from '../../types';
import { known, when } from '../facts';
import { CANNOT } from '../limits';
import { gateOf, isOffered, type Report, scoredReadouts } from '../report';
import { MODEL_FACTS, TEST_FACTS } from '../report-facts';
import { changesLine, histogramLine, priorsLine } from '../steadiness';
import {
  agreementLine,
  fewItems,
  gateLine,
  leanings,
  READOUT_NAMES,
  readoutAgreementLine,
  roundingLine,
  statementGateLine,
} from '../wording';
import { shared } from './base';
import './likert-result';
import { facts, limits, reportStyles } from './report-parts';
import './score-chart';
import './score-table';

/** All of a test on a page or two: what was asked of which model, whether the answers can be read, and what they come to. */
export class ReportElement extends LitElement {
  static override properties = { report: { attribute: false } };
  declare report: Report;

  static override styles = [shared, reportStyles];

  override render() {
    const { report } = this;
    const { model, items, rounding, remarks } = report;
    const steady = this.#steadiness();
    return html`<article>
      <header>
        <h2>Test of ${model.name}</h2>
        <p class="soft">${[items?.name, when(report)].filter(Boolean).join(' · ')}</p>
      </header>
      ${remarks.map(line => html`<p><strong>${line}</strong></p>`)}
      <div class="facts">
        ${facts('The model', known(MODEL_FACTS, report))} ${facts('What was asked', known(TEST_FACTS, report))}
      </div>
      <section>
        <h3>Can its answers be read?</h3>
        ${this.#gate().map(line => html`<p>${line}</p>`)}
        ${rounding ? html`<p>${roundingLine(rounding)}</p>` : null}
      </section>
      ${this.#results()}
      ${
        steady.length > 0
          ? html`<section>
              <h3>How steady the answers are</h3>
              <ul>${steady.map(line => html`<li>${line}</li>`)}</ul>
            </section>`
          : null
      }
      ${limits('Self-report is not behaviour: these are answers to a questionnaire, no more.', CANNOT)}
    </article>`;
  }

  #gate(): string[] {
    const gate = gateOf(this.report);
    if (gate === null) return ['The factual questions are not in the table, so that is not known.'];
    if (gate.length === 0) return ['No factual question was answered, so nothing shows that they can.'];
    return gate.map(this.report.kind === 'items' ? gateLine : statementGateLine);
  }

  #results() {
    const { report } = this;
    const shown = scoredReadouts(report).filter(readout => isOffered(report, readout) !== false);
    if (shown.length === 0) {
      return html`<section><h3>How it answers</h3><p>No trait score is offered: no way of reading its answers is known to work.</p></section>`;
    }
    return shown.map(
      readout => html`<section data-reported=${readout}>
        <h3>How it answers: ${READOUT_NAMES[readout].toLowerCase()}</h3>
        ${report.kind === 'items' ? this.#scores(readout) : this.#scales(readout)}
      </section>`,
    );
  }

  #scores(readout: Readout) {
    const scores = this.report.summary.scores.filter(score => score.readout === readout);
    const few = fewItems(scores);
    return html`<p>${leanings(scores)}</p>
      ${few ? html`<p>${few}</p>` : null}
      <ts-score-chart .scores=${scores}></ts-score-chart>
      <ts-score-table .scores=${scores}></ts-score-table>`;
  }

  #scales(readout: Readout) {
    const { likert } = this.report.summary;
    const scale = this.report.inventory?.scale ?? [];
    return html`<ts-likert-result brief .summary=${likert} .readout=${readout} .scale=${scale}></ts-likert-result>`;
  }

  /** What changes the answers that should not. */
  #steadiness(): string[] {
    const { summary } = this.report;
    const of = (readout: Readout) => summary.sensitivities.filter(found => found.readout === readout);
    const lines = (['letters', 'continuation'] as const).flatMap(readout => {
      const line = changesLine(of(readout));
      return line === null ? [] : [`${READOUT_NAMES[readout]}: ${within(line)}`];
    });
    const letters = summary.letters ?? gateOf(this.report)?.find(gate => gate.letters)?.letters;
    const agreement = summary.likert?.agreement ?? [];
    const points = summary.likert?.scores[0]?.points ?? 0;
    return [
      ...lines,
      letters
        ? `Letters${summary.letters ? '' : ' of the factual questions'}: ${within(histogramLine(letters))}`
        : null,
      priorsLine(summary.priors),
      readoutAgreementLine(summary.agreement),
      summary.likert?.gate.every(({ passes }) => passes)
        ? readoutAgreementLine(summary.likert.readouts, 'statement')
        : null,
      ...agreement.map(found => `${READOUT_NAMES[found.readout]}: ${within(agreementLine(found, points))}`),
    ].filter(line => line !== null);
  }
}

/** A sentence after a colon. */
function within(line: string): string {
  return line.charAt(0).toLowerCase() + line.slice(1);
}

customElements.define('ts-report', ReportElement);
