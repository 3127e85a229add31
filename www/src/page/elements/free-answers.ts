import { css, html } from 'lit';
import type { FreeResult, FreeScore, FreeScores, Share } from '../../types';
import { duration, percent, plural, signed } from '../format';
import { type FreeRecord, freeAnswersOf } from '../free-study';
import type { Run } from '../run';
import { saveRecord } from '../save';
import { SessionElement, shared } from './base';
import './notice';
import { remarks, studyStyles, tableStyles, underWay } from './study-parts';

/** Seconds that a written answer takes on two slow cores, about. */
const SECONDS = 2;
/** Answers that are shown to look at. */
const SHOWN = 40;

/** Part of the results: the same questions answered in words, and how often the answer names none of the options. */
export class FreeAnswersElement extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    run: { attribute: false },
    samples: { state: true },
  };
  declare run: Run;
  declare samples: number;

  static override styles = [
    shared,
    studyStyles,
    tableStyles,
    css`
      .stack {
        padding-block: 0.5rem;
      }
    `,
  ];

  constructor() {
    super();
    this.samples = 1;
  }

  override render() {
    const { session, run } = this;
    const { free } = session.studies;
    const own = free?.test === run ? free : null;
    return html`<details data-free=${own?.status ?? 'none'}>
      <summary>How often does it not answer at all?</summary>
      <div class="stack">
        <p class="soft">
          The model writes its answer to the question with its options, and what it writes is read: a label or the beginning of one of
          the options counts, everything else is a refusal. Each question is asked as in the test, in every template and order.
        </p>
        ${own?.status === 'running' ? underWay(own, 'answer', 'Writing the answers') : this.#choose(own?.record !== undefined && own?.record !== null)}
        ${remarks(own, session)} ${own?.record ? this.#result(own.record) : null}
      </div>
    </details>`;
  }

  #choose(again: boolean) {
    const { session, run } = this;
    const count = freeAnswersOf(run.request, this.samples);
    return html`<div class="row">
        <label>Answers to each question
          <select @change=${(event: Event) => this.#sample(event)}>
            ${[1, 2, 3].map(samples => html`<option value=${samples} ?selected=${samples === this.samples}>${samples}</option>`)}
          </select>
        </label>
        <button ?disabled=${!session.canRepeat(run)} @click=${this.#start}>${again ? 'Have it answer again' : 'Have it answer in words'}</button>
      </div>
      <p class="soft small">${plural(count, 'answer')}; on two slow cores ${duration(count * SECONDS)}. Two answers or more tell how far it says the same twice.</p>`;
  }

  #result(record: FreeRecord) {
    const { summary, cancelled } = record.result;
    const { items, statements } = summary;
    return html`
      ${cancelled ? html`<ts-notice kind="warn">It was stopped early; the questions that were finished are counted.</ts-notice>` : null}
      ${items ? this.#scores(items, 'item', 0) : null} ${statements ? this.#scores(statements, 'statement', 2) : null}
      <details>
        <summary>What it wrote</summary>
        ${this.#texts(record.result)}
      </details>
      <div class="row"><button @click=${() => saveRecord('answers', record)}>Save the answers</button></div>
    `;
  }

  /** `digits` of the scores, which of items are of 100 and of statements in points. */
  #scores({ refused, retest, scores }: FreeScores, unit: 'item' | 'statement', digits: number) {
    return html`<p class="lean" data-refused=${refused.count}>
        ${plural(refused.count, 'answer')} of ${refused.of} ${refused.count === 1 ? 'names' : 'name'} none of the options: ${interval(refused)}.
      </p>
      ${
        retest
          ? html`<p>Asked twice, ${percent(retest.same)} of ${plural(retest.pairs, unit)} come out the same${retest.r === null ? '' : ` (r = ${signed(retest.r)})`}.</p>`
          : null
      }
      <div class="scroll" tabindex="0" role="group" aria-label=${`Free answers to ${unit}s`}>
        <table class="num">
          <thead>
            <tr>
              <th scope="col">${unit === 'item' ? 'Trait' : 'Domain'}</th>
              <th scope="col">${unit === 'item' ? 'Score' : 'Mean points'} of the answers that name one</th>
              <th scope="col">${unit === 'item' ? 'Items' : 'Statements'}</th><th scope="col">No option named</th>
            </tr>
          </thead>
          <tbody>
            ${scores.map(
              own =>
                html`<tr><th scope="row">${own.scale}</th><td>${value(own, digits)}</td><td>${own.items}</td><td>${interval(own.refused)}</td></tr>`,
            )}
          </tbody>
        </table>
      </div>`;
  }

  #texts({ answers, ratings }: FreeResult) {
    const written = [
      ...answers.map(({ choice, ...answer }) => ({ ...answer, named: choice })),
      ...ratings.map(({ points, of, ...rating }) => ({
        ...rating,
        named: points === null ? null : `${points} of ${of}`,
      })),
    ];
    return html`<div class="scroll" tabindex="0" role="group" aria-label="Written answers"><table>
        <thead><tr><th scope="col">Item</th><th scope="col">Form</th><th scope="col">Written</th><th scope="col">Read as</th></tr></thead>
        <tbody>
          ${written
            .slice(0, SHOWN)
            .map(
              ({ item, template, layout, text, named }) =>
                html`<tr><th scope="row">${item}</th><td>${template}, ${layout}</td><td class="text">${text}</td><td>${named ?? 'no option'}</td></tr>`,
            )}
        </tbody>
      </table></div>
      ${written.length > SHOWN ? html`<p class="soft small">The first ${SHOWN}; the saved file has all ${written.length}.</p>` : null}`;
  }

  #sample(event: Event): void {
    this.samples = Number((event.target as HTMLSelectElement).value);
  }

  #start = () => {
    this.acted();
    void this.session.studies.startFree(this.run, this.samples);
  };
}

function interval({ share, low, high }: Share): string {
  return `${percent(share)} (${percent(low)} to ${percent(high)})`;
}

function value({ score: found }: FreeScore, digits: number): string {
  if (!found) return '–';
  const [middle, low, high] = [found.value, found.low, found.high].map(end => end?.toFixed(digits));
  return low === undefined || high === undefined ? `${middle}` : `${middle} (${low} to ${high})`;
}

customElements.define('ts-free-answers', FreeAnswersElement);
