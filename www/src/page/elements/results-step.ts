import { css, html } from 'lit';
import { words } from '../../i18n/all';
import { isJudged } from '../../lib/traitscope';
import type { GateResult, Readout, Score, Summary } from '../../types';
import { classJson } from '../class-file';
import { fileName, type RunRecord, toCsv, toJson } from '../export';
import { listed } from '../format';
import { relabelled } from '../forms';
import { LEAST_AXES, scoreShape } from '../radar';
import type { Run } from '../run';
import { saveText } from '../save';
import {
  fewItems,
  gateLine,
  leanings,
  READOUT_NAMES,
  READOUTS_WITHIN,
  readoutAgreementLine,
  roundingLine,
  splits,
  statementGateLine,
  traitLabel,
} from '../wording';
import { SessionElement, shared } from './base';
import './beside-radar';
import './chart-actions';
import './found-studies';
import './free-answers';
import './gate-panel';
import './help';
import './left-study';
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
    const said = words.results;
    if (!run || (run.gate.length === 0 && !run.result)) {
      return html`<ts-step heading=${said.heading} state="waiting">
        <div class="stack">
          <p class="soft">
            ${run?.status === 'running' ? said.first : said.what}
          </p>
          ${run?.status === 'running' ? null : this.#give()}
          ${this.#others()}
          <ts-reports .session=${this.session}></ts-reports>
        </div>
      </ts-step>`;
    }
    const state = run.status === 'running' ? 'current' : 'done';
    return html`<ts-step heading=${said.heading} state=${state}>
      <div class="stack" data-run=${run.status}>
        ${this.#stopped(run)}
        ${
          run.gate.length > 0
            ? html`<div class="part">
                <h3>${said.readable} <ts-help of="gate"></ts-help></h3>
                <ts-chart-actions label=${words.gate.chart} model=${run.info.name} .date=${run.date}>
                  <ts-gate-panel .gate=${run.gate} ?statements=${run.request.inventory !== null}></ts-gate-panel>
                </ts-chart-actions>
                ${run.result?.rounding ? html`<p class="soft">${roundingLine(run.result.rounding)} <ts-help of="rounding"></ts-help></p>` : null}
              </div>`
            : null
        }
        ${run.summary ? (run.request.inventory ? this.#ratings(run, run.summary) : this.#summary(run, run.summary)) : null} ${run.record ? this.#save(run.record) : run.status === 'running' ? null : this.#give()}
        ${run.result ? html`<ts-free-answers .session=${this.session} .run=${run}></ts-free-answers>` : null}
        ${this.#others()}
        <ts-reports .session=${this.session}></ts-reports>
      </div>
    </ts-step>`;
  }

  /** Answers in words that go on without their test being here, and what other places have. */
  #others() {
    const { session } = this;
    return html`<ts-left-study .session=${session} place="results"></ts-left-study>
      ${session.studies.free?.test === null ? html`<ts-free-answers .session=${session} .run=${null}></ts-free-answers>` : null}
      <ts-found-studies .session=${session}></ts-found-studies>`;
  }

  /** The way to results, where there are none. */
  #give() {
    const said = words.results;
    const [place, name] = this.session.model ? ['#test', said.give] : ['#model', said.load];
    return html`<p><a class="button primary" href=${place}>${name}</a></p>`;
  }

  #stopped(run: Run) {
    if (run.status === 'running' || !run.result?.cancelled) return null;
    return html`<ts-notice kind="warn">
      ${words.results.early(run.itemsDone, run.itemsTotal)}
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
    const said = words.results;
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
        return said.locked;
      }
      const gate = run.gate.find(found => found.readout === readout);
      return gate ? statementGateLine(gate) : said.noFacts;
    };
    return html`${
      offered
        ? html`<div class="part" data-offered=${offered}>
            <h3>${said.rates(run.info.name, inventory.name)} <ts-help of="statement"></ts-help></h3>
            ${run.status === 'running' ? html`<p class="soft">${words.results.soFar}</p>` : null}
            ${result(offered)}
            <p class="soft small">${said.selfReport}</p>
          </div>`
        : this.#nothingOffered(run)
    }
    ${readouts
      .filter(readout => readout !== offered)
      .map(readout => {
        const works = run.gate.some(gate => gate.readout === readout && gate.passes);
        return html`<details data-not-offered=${readout}>
          <summary>${(works ? said.other : said.notOffered)(READOUT_NAMES[readout])}</summary>
          <div class="part">
            ${works ? null : html`<p>${why(readout)}</p>`}
            ${
              run.result?.skipped.includes(readout)
                ? html`<p>${said.statementsSkipped}</p>
                    <button ?disabled=${!this.session.canRepeat(run)} @click=${() => this.session.askAll(run)}>${words.results.askAll}</button>`
                : works && scored(readout)
                  ? html`${agreement(readoutAgreementLine(likert.readouts, 'statement'))}
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
      <h3>${words.results.answers(run.info.name)} <ts-help of="score"></ts-help></h3>
      ${run.status === 'running' ? html`<p class="soft">${words.results.soFar}</p>` : html`<p class="lean">${leanings(scores)}</p>`}
      ${split ? html`<p>${split}</p>` : null}
      ${few ? html`<ts-notice kind="info">${few}</ts-notice>` : null}
      ${this.#charts(run, readout, scores, without)}
      ${
        without.length > 0
          ? html`<p class="soft">${words.results.unfinished(listed(without.map(traitLabel)))}</p>`
          : null
      }
      <details>
        <summary>${words.results.table}</summary>
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
      <ts-chart-actions slot="radar" label=${words.results.radar} model=${run.info.name} .date=${run.date}>
        <ts-score-radar .axes=${axes.map(traitLabel)} .shapes=${shapes}></ts-score-radar>
      </ts-chart-actions>
    </ts-beside-radar>`;
  }

  #bars(run: Run, readout: Readout, scores: Score[]) {
    const label = words.results.scores(READOUTS_WITHIN[readout]);
    return html`<ts-chart-actions label=${label} model=${run.info.name} .date=${run.date}>
      <ts-score-chart .scores=${scores}></ts-score-chart>
    </ts-chart-actions>`;
  }

  #nothingOffered(run: Run) {
    const judged = run.request.readouts.every(readout => isJudged(readout, run.gate));
    const works = run.gate.some(result => result.passes);
    const said = words.results;
    if (run.status === 'running' && (works || !judged)) {
      return html`<p class="soft">${said.firstScores}</p>`;
    }
    return html`<ts-notice kind="warn">
      ${judged ? (works ? said.incomplete : said.unreadable) : said.unjudged}
    </ts-notice>`;
  }

  #other(run: Run, summary: Summary, readout: Readout, scores: Score[]) {
    const gate = run.gate.find(result => result.readout === readout);
    const name = READOUT_NAMES[readout];
    const said = words.results;
    const skipped = run.result?.skipped.includes(readout) ?? false;
    const letters = readout === 'letters' ? this.#letters(run, summary, gate) : null;
    if (gate?.passes) {
      return html`<details>
        <summary>${said.other(name)}</summary>
        <div class="part">
          ${agreement(readoutAgreementLine(summary.agreement))}
          ${this.#bars(run, readout, scores)}
          <ts-score-table .scores=${scores}></ts-score-table>
          ${letters}
        </div>
      </details>`;
    }
    return html`<details data-not-offered=${readout}>
      <summary>${said.notOffered(name)}</summary>
      <div class="part">
        <p>
          ${gate ? gateLine(gate) : said.noQuestions}
          ${skipped ? said.itemsSkipped : run.has(readout) ? said.rawNumbers : ''}
        </p>
        ${skipped ? html`<button ?disabled=${!this.session.canRepeat(run)} @click=${() => this.session.askAll(run)}>${words.results.askAll}</button>` : null}
        ${letters}
      </div>
    </details>`;
  }

  /** The letters of the items, and of the factual questions where no item was asked in letters. */
  #letters(run: Run, { letters, sensitivities, priors, corrected }: Summary, gate?: GateResult) {
    const report = letters ?? gate?.letters;
    if (!report) return null;
    return html`<ts-letters-panel
      .source=${{ model: run.info.name, date: run.date }}
      .report=${report}
      .factual=${letters === null}
      .relabelled=${relabelled(run.request.templates)}
      .sensitivities=${sensitivities.filter(({ readout }) => readout === 'letters')}
      .priors=${priors}
      .corrected=${corrected}
    ></ts-letters-panel>`;
  }

  async #saveForClass(record: RunRecord): Promise<void> {
    const { sha256 } = record.model;
    const models = this.session.catalogue?.models ?? [];
    const catalogued = sha256 !== null && models.some(model => model.sha256 === sha256);
    // A model of one's own has a name that may tell who.
    const told = catalogued ? record : { ...record, model: { ...record.model, name: '' } };
    const name = fileName(told, 'json').replace('traitscope-', 'traitscope-class-');
    saveText(name, 'application/json', await classJson(record, catalogued));
  }

  #save(record: RunRecord) {
    const { reports } = this.session;
    const { current } = reports;
    const said = words.results;
    return html`<div class="part">
      <div class="row">
        <button
          class="primary"
          @click=${() => saveText(fileName(record, 'json'), 'application/json', toJson(record))}
        >
          ${said.save}
        </button>
        <button
          ?disabled=${record.result.observations.length + record.result.ratings.length === 0}
          @click=${() => saveText(fileName(record, 'csv'), 'text/csv', toCsv(record))}>
          ${said.saveTable}
        </button>
        <button @click=${() => void this.#saveForClass(record)}>${words.group.save}</button>
        ${current ? html`<button @click=${() => this.session.paper.print({ of: 'test', report: current })}>${said.print}</button>` : null}
        ${
          current && !reports.held.includes(current)
            ? html`<button @click=${() => reports.hold()}>${said.putAside}</button>`
            : null
        }
      </div>
      <p class="soft small">
        ${said.files} ${words.group.saving}
      </p>
      ${current ? html`<ts-read-report .session=${this.session} .sheet=${{ of: 'test', report: current }}></ts-read-report>` : null}
    </div>`;
  }
}

/** How far both ways of reading say the same, where that is known. */
function agreement(line: string | null) {
  return line === null ? null : html`<p data-agreement>${line} <ts-help of="agreement"></ts-help></p>`;
}

customElements.define('ts-results-step', ResultsStepElement);
