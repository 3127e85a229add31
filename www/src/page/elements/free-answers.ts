import { css, html } from 'lit';
import { words } from '../../i18n/all';
import type { FreeResult, FreeScore, FreeScores, Share } from '../../types';
import { bundledText } from '../bundled';
import { layoutName } from '../facts';
import { decimal, duration, percent, signed } from '../format';
import { type FreeRecord, type FreeStudy, freeAnswersOf } from '../free-study';
import { saveRecord } from '../records';
import type { Run } from '../run';
import { makeStudy } from '../study-kinds';
import { traitLabel } from '../wording';
import { SessionElement, shared } from './base';
import './help';
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
  /** The test whose items they are; null where that is not on this page. */
  declare run: Run | null;
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
    const said = words.free;
    const own = free?.test === run ? free : null;
    return html`<details data-free=${own?.status ?? 'none'} ?open=${run === null}>
      <summary>${said.heading}</summary>
      <div class="stack">
        <p class="soft">${said.what}</p>
        ${own && run === null ? html`<p class="soft">${said.of(bundledText(nameOf(own)), own.model.info.name)}</p>` : null}
        ${own?.status === 'running' ? underWay(own, 'answer', said.writing) : run && this.#choose(run, own?.record !== undefined && own?.record !== null)}
        ${remarks(own, session)} ${own?.record ? this.#result(own.record) : null}
      </div>
    </details>`;
  }

  #choose(run: Run, again: boolean) {
    const { session } = this;
    const count = freeAnswersOf(run.request, this.samples);
    const said = words.free;
    return html`<div class="row">
        <label>${said.samples}
          <select @change=${(event: Event) => this.#sample(event)}>
            ${[1, 2, 3].map(samples => html`<option value=${samples} ?selected=${samples === this.samples}>${samples}</option>`)}
          </select>
        </label>
        <button ?disabled=${!session.canRepeat(run)} @click=${() => this.#start(run)}>${again ? said.again : said.start}</button>
      </div>
      <p class="soft small">${said.cost(count, duration(count * SECONDS))}</p>`;
  }

  #result(record: FreeRecord) {
    const { summary, cancelled } = record.result;
    const { items, statements } = summary;
    const said = words.free;
    return html`
      ${cancelled ? html`<ts-notice kind="warn">${said.early}</ts-notice>` : null}
      ${items ? this.#scores(items, 'item', 0) : null} ${statements ? this.#scores(statements, 'statement', 2) : null}
      <details>
        <summary>${said.wrote}</summary>
        ${this.#texts(record.result)}
      </details>
      <div class="row"><button @click=${() => saveRecord(record)}>${said.save}</button></div>
    `;
  }

  /** `digits` of the scores, which of items are of 100 and of statements in points. */
  #scores({ refused, retest, scores }: FreeScores, unit: 'item' | 'statement', digits: number) {
    const said = words.free;
    const own = said[unit];
    return html`<p class="lean" data-refused=${refused.count}>
        ${said.refused(refused.count, refused.of, interval(refused))} <ts-help of="free"></ts-help>
      </p>
      ${
        retest
          ? html`<p>${retest.r === null ? own.retest(percent(retest.same), retest.pairs) : own.retestR(percent(retest.same), retest.pairs, signed(retest.r))} <ts-help of="retest"></ts-help></p>`
          : null
      }
      <div class="scroll" tabindex="0" role="group" aria-label=${own.table}>
        <table class="num">
          <thead>
            <tr>
              <th scope="col">${own.scale}</th>
              <th scope="col">${own.score}</th>
              <th scope="col">${own.count}</th><th scope="col">${said.none}</th>
            </tr>
          </thead>
          <tbody>
            ${scores.map(
              found =>
                html`<tr><th scope="row">${traitLabel(found.scale)}</th><td>${value(found, digits)}</td><td>${found.items}</td><td>${interval(found.refused)}</td></tr>`,
            )}
          </tbody>
        </table>
      </div>`;
  }

  #texts({ answers, ratings }: FreeResult) {
    const said = words.free;
    const written = [
      ...answers.map(({ choice, ...answer }) => ({ ...answer, named: choice })),
      ...ratings.map(({ points, of, ...rating }) => ({
        ...rating,
        named: points === null ? null : said.points(points, of),
      })),
    ];
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${said.texts.label}><table>
        <thead><tr><th scope="col">${said.texts.item}</th><th scope="col">${said.texts.form}</th><th scope="col">${said.texts.written}</th><th scope="col">${said.texts.read}</th></tr></thead>
        <tbody>
          ${written
            .slice(0, SHOWN)
            .map(
              ({ item, template, layout, text, named }) =>
                html`<tr><th scope="row">${item}</th><td>${template}, ${layoutName(layout)}</td><td class="text" dir="auto">${text}</td><td>${named ?? said.texts.none}</td></tr>`,
            )}
        </tbody>
      </table></div>
      ${written.length > SHOWN ? html`<p class="soft small">${said.texts.first(SHOWN, written.length)}</p>` : null}`;
  }

  #sample(event: Event): void {
    this.samples = Number((event.target as HTMLSelectElement).value);
  }

  #start(run: Run): void {
    this.acted();
    const asked = { kind: 'answers', request: run.request, samples: this.samples } as const;
    void this.session.studies.start(makeStudy, asked, { test: run });
  }
}

/** What the test is called whose items are answered. */
function nameOf({ request }: FreeStudy): string {
  return (request.inventory ?? request.items).name;
}

function interval({ share, low, high }: Share): string {
  return words.free.interval(percent(share), percent(low), percent(high));
}

function value({ score: found }: FreeScore, digits: number): string {
  if (!found) return '–';
  const middle = decimal(found.value, digits);
  if (found.low === null || found.high === null) return middle;
  return words.free.interval(middle, decimal(found.low, digits), decimal(found.high, digits));
}

customElements.define('ts-free-answers', FreeAnswersElement);
