import { css, html } from 'lit';
import { words } from '../../i18n';
import { isJudged } from '../../lib/traitscope';
import type { GateResult, Readout, Score, Summary } from '../../types';
import { classJson, fileName, type RunRecord, toCsv, toJson } from '../export';
import { listed, plural } from '../format';
import { relabelled } from '../forms';
import { LEAST_AXES, scoreShape } from '../radar';
import type { Run } from '../run';
import { saveText } from '../save';
import {
  fewItems,
  gateLine,
  leanings,
  READOUT_NAMES,
  readoutAgreementLine,
  roundingLine,
  splits,
  statementGateLine,
} from '../wording';
import { SessionElement, shared } from './base';
import './beside-radar';
import './chart-actions';
import './free-answers';
import './gate-panel';
import './letters-panel';
import './likert-result';
import './notice';
import './read-report';
import './reports';
import { ResultsInView } from './results-in-view';
import './score-chart';
import './score-radar';
import './score-table';
import './step';

/** Whether the reading works, what it read, and the numbers to take away. */
export class ResultsStepElement extends SessionElement {
  static override styles = [
    shared,
    css`
      .stack > * + * {
        margin-block-start: 1.5rem;
      }
      .part > * + * {
        margin-block-start: 0.75rem;
      }
      h3 {
        font-size: 1.15rem;
      }
      .lean {
        font-size: 1.1rem;
        line-height: 1.45;
        max-inline-size: 44em;
      }
      details .part {
        padding-block: 0.5rem;
      }
    `,
  ];

  constructor() {
    super();
    this.addController(new ResultsInView(this));
  }

  override render() {
    const { run } = this.session;
    if (!run || (run.gate.length === 0 && !run.result)) {
      return html`<ts-step heading="Results" state="waiting">
        <div class="stack">
          <p class="soft">
            ${run?.status === 'running' ? 'The first results come after the factual questions.' : 'Scores for each trait, how sure they are, and whether they can be trusted.'}
          </p>
          ${run ? null : html`<p><a class="button primary" href=${this.session.model ? '#test' : '#model'}>${this.session.model ? 'Give a test' : 'Load a model first'}</a></p>`}
          <ts-reports .session=${this.session}></ts-reports>
        </div>
      </ts-step>`;
    }
    const state = run.status === 'running' ? 'current' : 'done';
    return html`<ts-step heading="Results" state=${state}>
      <div class="stack" data-run=${run.status}>
        ${this.#stopped(run)}
        ${
          run.gate.length > 0
            ? html`<div class="part">
                <h3>Can this model’s answers be read?</h3>
                <ts-gate-panel .gate=${run.gate} ?statements=${run.request.inventory !== null}></ts-gate-panel>
                ${run.result?.rounding ? html`<p class="soft">${roundingLine(run.result.rounding)}</p>` : null}
              </div>`
            : null
        }
        ${run.summary ? (run.request.inventory ? this.#ratings(run, run.summary) : this.#summary(run, run.summary)) : null} ${run.record ? this.#save(run.record) : null}
        ${run.result ? html`<ts-free-answers .session=${this.session} .run=${run}></ts-free-answers>` : null}
        <ts-reports .session=${this.session}></ts-reports>
      </div>
    </ts-step>`;
  }

  #stopped(run: Run) {
    if (run.status === 'running' || !run.result?.cancelled) return null;
    return html`<ts-notice kind="warn">
      The test ended early, after ${plural(run.itemsDone, 'item')} of ${run.itemsTotal}. What was done is kept.
    </ts-notice>`;
  }

  #summary(run: Run, summary: Summary) {
    const of = (readout: Readout) => summary.scores.filter(score => score.readout === readout);
    const { offered } = summary;
    const works = (readout: Readout) => run.gate.some(result => result.readout === readout && result.passes);
    const others = run.request.readouts.filter(
      readout => readout !== offered && (offered !== null || !works(readout)),
    );
    return html`
      ${offered ? this.#offered(run, offered, of(offered)) : this.#nothingOffered(run)}
      ${others.map(readout => this.#other(run, summary, readout, of(readout)))}
      ${offered === 'letters' ? this.#letters(run, summary) : null}
    `;
  }

  /** An inventory of statements: the offered read-out, and of the others what is known of them. */
  #ratings(run: Run, { likert }: Summary) {
    const { inventory, readouts } = run.request;
    if (!likert || !inventory) return this.#nothingOffered(run);
    const { offered } = likert;
    const scored = (readout: Readout) => likert.scores.some(score => score.readout === readout);
    const result = (readout: Readout) =>
      html`<ts-likert-result
        .summary=${likert}
        .readout=${readout}
        .scale=${inventory.scale}
        .source=${{ model: run.info.name, date: run.date }}
      ></ts-likert-result>`;
    const why = (readout: Readout) => {
      if (readout === 'letters' && likert.locked) {
        return 'The model answers the same mark whatever is asked, so there is no score.';
      }
      const gate = run.gate.find(found => found.readout === readout);
      return gate
        ? statementGateLine(gate)
        : 'No statement of fact was rated in this way, so nothing is known about it.';
    };
    return html`${
      offered
        ? html`<div class="part" data-offered=${offered}>
            <h3>How ${run.info.name} rates itself on ${inventory.name}</h3>
            ${run.status === 'running' ? html`<p class="soft">So far; it may still change.</p>` : null}
            ${result(offered)}
            <p class="soft small">Self-report is not behaviour: these are answers to a questionnaire, no more.</p>
          </div>`
        : this.#nothingOffered(run)
    }
    ${readouts
      .filter(readout => readout !== offered)
      .map(readout => {
        const works = run.gate.some(gate => gate.readout === readout && gate.passes);
        return html`<details data-not-offered=${readout}>
          <summary>${READOUT_NAMES[readout]}: ${works ? 'the other way of reading, which works too' : 'not offered, and why'}</summary>
          <div class="part">
            ${works ? null : html`<p>${why(readout)}</p>`}
            ${
              run.result?.skipped.includes(readout)
                ? html`<p>So the statements were not asked in this way.</p>
                    <button ?disabled=${!this.session.canRepeat(run)} @click=${() => this.session.askAll(run)}>Ask them all the same</button>`
                : works && scored(readout)
                  ? html`<p data-agreement>${readoutAgreementLine(likert.readouts, 'statement')}</p>
                      ${result(readout)}`
                  : null
            }
          </div>
        </details>`;
      })}`;
  }

  #offered(run: Run, readout: Readout, scores: Score[]) {
    if (scores.length === 0) return null;
    const without = (run.summary?.missing ?? [])
      .filter(trait => trait.readout === readout)
      .map(({ trait }) => trait);
    const few = run.status === 'running' ? null : fewItems(scores);
    const split = run.status === 'running' ? null : splits(scores);
    return html`<div class="part" data-offered=${readout}>
      <h3>How ${run.info.name} answers</h3>
      ${run.status === 'running' ? html`<p class="soft">So far; it may still change.</p>` : html`<p class="lean">${leanings(scores)}</p>`}
      ${split ? html`<p>${split}</p>` : null}
      ${few ? html`<ts-notice kind="info">${few}</ts-notice>` : null}
      ${this.#charts(run, readout, scores, without)}
      ${
        without.length > 0
          ? html`<p class="soft">Not finished, so without a score: ${listed(without)}.</p>`
          : null
      }
      <details>
        <summary>The same as a table</summary>
        <ts-score-table .scores=${scores}></ts-score-table>
      </details>
    </div>`;
  }

  /** The scores as bars; beside them as a radar, with the other read-out where that works too. */
  #charts(run: Run, readout: Readout, scores: Score[], without: string[]) {
    const axes = [...scores.map(({ trait }) => trait), ...without];
    const bars = this.#bars(run, readout, scores);
    if (axes.length < LEAST_AXES) return bars;
    const works = run.gate.filter(gate => gate.passes && gate.readout !== readout).map(gate => gate.readout);
    const shapes = [readout, ...works].flatMap(shown => {
      const own = run.summary?.scores.filter(score => score.readout === shown) ?? [];
      return own.length > 0 ? [scoreShape(READOUT_NAMES[shown], axes, own)] : [];
    });
    return html`<ts-beside-radar>
      ${bars}
      <ts-chart-actions slot="radar" label="Radar of the trait scores" model=${run.info.name} .date=${run.date}>
        <ts-score-radar .axes=${axes} .shapes=${shapes}></ts-score-radar>
      </ts-chart-actions>
    </ts-beside-radar>`;
  }

  #bars(run: Run, readout: Readout, scores: Score[]) {
    const label = `Trait scores, ${READOUT_NAMES[readout].toLowerCase()}`;
    return html`<ts-chart-actions label=${label} model=${run.info.name} .date=${run.date}>
      <ts-score-chart .scores=${scores}></ts-score-chart>
    </ts-chart-actions>`;
  }

  #nothingOffered(run: Run) {
    const judged = run.request.readouts.every(readout => isJudged(readout, run.gate));
    const works = run.gate.some(result => result.passes);
    if (run.status === 'running' && (works || !judged)) {
      return html`<p class="soft">The first scores come with the first finished items.</p>`;
    }
    const why = !judged
      ? 'no or too few factual questions were answered, so nothing shows that the answers can be read'
      : works
        ? 'no item is complete'
        : 'with this model, no way of reading the answers beats guessing clearly enough';
    return html`<ts-notice kind="warn">
      No trait score is offered: ${why}. The raw numbers are in the saved file.
    </ts-notice>`;
  }

  #other(run: Run, summary: Summary, readout: Readout, scores: Score[]) {
    const gate = run.gate.find(result => result.readout === readout);
    const name = READOUT_NAMES[readout];
    const skipped = run.result?.skipped.includes(readout) ?? false;
    const letters = readout === 'letters' ? this.#letters(run, summary, gate) : null;
    if (gate?.passes) {
      return html`<details>
        <summary>${name}: the other way of reading, which works too</summary>
        <div class="part">
          <p data-agreement>${readoutAgreementLine(summary.agreement)}</p>
          ${this.#bars(run, readout, scores)}
          <ts-score-table .scores=${scores}></ts-score-table>
          ${letters}
        </div>
      </details>`;
    }
    return html`<details data-not-offered=${readout}>
      <summary>${name}: not offered, and why</summary>
      <div class="part">
        <p>
          ${gate ? gateLine(gate) : 'No factual question was answered in this way, so nothing is known about it.'}
          ${
            skipped
              ? 'So the items were not asked in this way, which would have taken longer and shown nothing.'
              : run.has(readout)
                ? 'Its raw numbers are in the saved file.'
                : ''
          }
        </p>
        ${skipped ? html`<button ?disabled=${!this.session.canRepeat(run)} @click=${() => this.session.askAll(run)}>Ask them all the same</button>` : null}
        ${letters}
      </div>
    </details>`;
  }

  /** The letters of the items, and of the factual questions where no item was asked in letters. */
  #letters(run: Run, { letters, sensitivities, priors, corrected }: Summary, gate?: GateResult) {
    const report = letters ?? gate?.letters;
    if (!report) return null;
    return html`<ts-letters-panel
      .report=${report}
      .factual=${letters === null}
      .relabelled=${relabelled(run.request.templates)}
      .sensitivities=${sensitivities.filter(({ readout }) => readout === 'letters')}
      .priors=${priors}
      .corrected=${corrected}
    ></ts-letters-panel>`;
  }

  async #saveForClass(record: RunRecord): Promise<void> {
    const name = fileName(record, 'json').replace('traitscope-', 'traitscope-class-');
    saveText(name, 'application/json', await classJson(record));
  }

  #save(record: RunRecord) {
    const { reports } = this.session;
    const { current } = reports;
    return html`<div class="part">
      <div class="row">
        <button
          class="primary"
          @click=${() => saveText(fileName(record, 'json'), 'application/json', toJson(record))}
        >
          Save the results
        </button>
        <button
          ?disabled=${record.result.observations.length + record.result.ratings.length === 0}
          @click=${() => saveText(fileName(record, 'csv'), 'text/csv', toCsv(record))}>
          Save as a table (CSV)
        </button>
        <button @click=${() => void this.#saveForClass(record)}>${words.group.save}</button>
        ${current ? html`<button @click=${() => this.session.paper.print({ of: 'test', report: current })}>Print the report</button>` : null}
        ${
          current && !reports.held.includes(current)
            ? html`<button @click=${() => reports.hold()}>Put aside to compare</button>`
            : null
        }
      </div>
      <p class="soft small">
        The results file (JSON) holds everything needed to repeat this test; the table has one row for each answer. What is put aside stays
        beside the next test. ${words.group.saving}
      </p>
      ${current ? html`<ts-read-report .session=${this.session} .sheet=${{ of: 'test', report: current }}></ts-read-report>` : null}
    </div>`;
  }
}

customElements.define('ts-results-step', ResultsStepElement);
