import { html, LitElement } from 'lit';
import { words } from '../../i18n/all';
import type { Readout, Score } from '../../types';
import { known, when } from '../facts';
import { LEAST_AXES, scoreShape } from '../radar';
import { gateOf, isOffered, type Report, scoredReadouts } from '../report';
import { MODEL_FACTS, TEST_FACTS } from '../report-facts';
import { changesLine, histogramLine, priorsLine } from '../steadiness';
import {
  agreementLine,
  fewItems,
  gateLine,
  leanings,
  READOUT_NAMES,
  READOUTS_WITHIN,
  readoutAgreementLine,
  roundingLine,
  statementGateLine,
  traitLabel,
} from '../wording';
import { shared } from './base';
import './beside-radar';
import './likert-result';
import { facts, limits, reportStyles } from './report-parts';
import './score-chart';
import './score-radar';
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
    const said = words.report;
    return html`<article>
      <header>
        <h2>${said.title(model.name)}</h2>
        <p class="soft">${[items?.name, when(report)].filter(Boolean).join(' · ')}</p>
      </header>
      ${remarks.map(line => html`<p><strong>${line}</strong></p>`)}
      <div class="facts">
        ${facts(said.model, known(MODEL_FACTS, report))} ${facts(said.asked, known(TEST_FACTS, report))}
      </div>
      <section>
        <h3>${said.readable}</h3>
        ${this.#gate().map(line => html`<p>${line}</p>`)}
        ${rounding ? html`<p>${roundingLine(rounding)}</p>` : null}
      </section>
      ${this.#results()}
      ${
        steady.length > 0
          ? html`<section>
              <h3>${said.steady}</h3>
              <ul>${steady.map(line => html`<li>${line}</li>`)}</ul>
            </section>`
          : null
      }
      ${limits(said.selfReport, words.places.limits.cannot)}
    </article>`;
  }

  #gate(): string[] {
    const gate = gateOf(this.report);
    if (gate === null) return [words.report.gateUnknown];
    if (gate.length === 0) return [words.report.gateNone];
    return gate.map(this.report.kind === 'items' ? gateLine : statementGateLine);
  }

  #results() {
    const { report } = this;
    const shown = scoredReadouts(report).filter(readout => isOffered(report, readout) !== false);
    if (shown.length === 0) {
      return html`<section><h3>${words.report.answersHow}</h3><p>${words.report.nothingOffered}</p></section>`;
    }
    return shown.map(
      readout => html`<section data-reported=${readout}>
        <h3>${words.report.answersBy(READOUTS_WITHIN[readout])}</h3>
        ${report.kind === 'items' ? this.#scores(readout) : this.#scales(readout)}
      </section>`,
    );
  }

  #scores(readout: Readout) {
    const scores = this.report.summary.scores.filter(score => score.readout === readout);
    const few = fewItems(scores);
    return html`<p>${leanings(scores)}</p>
      ${few ? html`<p>${few}</p>` : null}
      ${this.#charts(readout, scores)}
      <ts-score-table .scores=${scores}></ts-score-table>`;
  }

  #charts(readout: Readout, scores: Score[]) {
    const bars = html`<ts-score-chart .scores=${scores}></ts-score-chart>`;
    if (scores.length < LEAST_AXES) return bars;
    const traits = scores.map(({ trait }) => trait);
    return html`<ts-beside-radar>
      ${bars}
      <ts-score-radar
        slot="radar"
        .axes=${traits.map(traitLabel)}
        .shapes=${[scoreShape(READOUT_NAMES[readout], traits, scores)]}
      ></ts-score-radar>
    </ts-beside-radar>`;
  }

  #scales(readout: Readout) {
    const { likert } = this.report.summary;
    const scale = this.report.inventory?.scale ?? [];
    return html`<ts-likert-result brief .summary=${likert} .readout=${readout} .scale=${scale}></ts-likert-result>`;
  }

  /** What changes the answers that should not. */
  #steadiness(): string[] {
    const { summary } = this.report;
    const said = words.report;
    const of = (readout: Readout) => summary.sensitivities.filter(found => found.readout === readout);
    const lines = (['letters', 'continuation'] as const).flatMap(readout => {
      const line = changesLine(of(readout));
      return line === null ? [] : [said.about(READOUT_NAMES[readout], line)];
    });
    const letters = summary.letters ?? gateOf(this.report)?.find(gate => gate.letters)?.letters;
    const agreement = summary.likert?.agreement ?? [];
    const points = summary.likert?.scores[0]?.points ?? 0;
    return [
      ...lines,
      letters
        ? said.about(summary.letters ? said.letters : said.factualLetters, histogramLine(letters))
        : null,
      priorsLine(summary.priors),
      readoutAgreementLine(summary.agreement),
      summary.likert?.gate.every(({ passes }) => passes)
        ? readoutAgreementLine(summary.likert.readouts, 'statement')
        : null,
      ...agreement.map(found => said.about(READOUT_NAMES[found.readout], agreementLine(found, points))),
    ].filter(line => line !== null);
  }
}

customElements.define('ts-report', ReportElement);
