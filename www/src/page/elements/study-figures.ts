import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Ladder, Plane, Readout, ScaleOverSettings, StudyResult, StudyValidity } from '../../types';
import { figure, plural, pValue, signed } from '../format';
import { READOUT_NAMES } from '../wording';
import { shared } from './base';
import './chart-actions';
import './ladder-chart';
import './notice';
import './plane-chart';
import './plane-table';
import { studyStyles, tableStyles } from './study-parts';

/** More rows or columns than a report has room for. */
const MOST_LEVELS = 12;
const MOST_SCALES = 5;

/** The figures of a study of many settings; `brief` for a report, where nothing folds. */
export class StudyFiguresElement extends LitElement {
  static override properties = { result: { attribute: false }, brief: { type: Boolean } };
  declare result: StudyResult;
  declare brief: boolean;

  static override styles = [
    shared,
    studyStyles,
    tableStyles,
    css`
      .clear {
        font-weight: 650;
      }
      @media print {
        .scroll,
        ts-ladder-chart,
        ts-plane-chart {
          break-inside: avoid;
        }
        table {
          min-inline-size: 0;
        }
        th,
        td {
          padding-inline-end: 0.5rem;
        }
        tbody th {
          min-inline-size: 6rem;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.brief = false;
  }

  override render() {
    const { summary } = this.result;
    const { scales, ladders, planes, validity } = summary;
    return html`<div class="stack">
      ${
        summary.locked > 0
          ? html`<ts-notice kind="info">Under ${plural(summary.locked, 'setting')} the model answers one label whatever is asked: no letters of these are counted.</ts-notice>`
          : null
      }
      ${ladders.length > 0 ? this.#ladders(ladders) : null}
      ${scales.length > 0 ? this.#scales(scales) : null}
      ${validity.map(found => this.#validity(found))}
      ${
        // Along a ladder the settings differ by its steps, which the chart above shows.
        ladders.length > 0 ? null : planes.map(plane => this.#plane(plane))
      }
      ${this.#levels(scales)}
      ${
        // A report says so among what it does not show.
        this.brief
          ? null
          : html`<p class="soft small">
              A setting takes the place of a respondent here: the coefficients say how alike the items tell this model’s settings apart, nothing about people.
            </p>`
      }
    </div>`;
  }

  /** A chart, with what can be done with it where it is not part of a report. */
  #saved(label: string, chart: TemplateResult) {
    const { model, date } = this.result;
    return this.brief
      ? chart
      : html`<ts-chart-actions label=${label} model=${model} .date=${date}>${chart}</ts-chart-actions>`;
  }

  #plane(plane: Plane) {
    const { study } = this.result;
    const heading = plane.statement ? 'Statements' : 'Items';
    const label = `${heading}, ${READOUT_NAMES[plane.readout].toLowerCase()}: where the settings lie`;
    return html`${this.#saved(
      label,
      html`<ts-plane-chart .plane=${plane} .study=${study} heading=${heading}></ts-plane-chart>`,
    )}
    ${this.brief ? null : html`<ts-plane-table .plane=${plane} .study=${study}></ts-plane-table>`}`;
  }

  /** For each trait that was shaped, whether its own scale climbs, and how far the others come along. */
  #ladders(ladders: Ladder[]) {
    const own = ladders.filter(ladder => ladder.scale === ladder.trait);
    const others = (ladder: Ladder) =>
      ladders.filter(
        other =>
          other.trait === ladder.trait &&
          other.scale !== ladder.trait &&
          other.statement === ladder.statement &&
          other.readout === ladder.readout,
      );
    const most = (ladder: Ladder) =>
      others(ladder).reduce<Ladder | null>(
        (largest, other) => (largest && Math.abs(largest.range) >= Math.abs(other.range) ? largest : other),
        null,
      );
    return html`${this.#saved('Scores along the steps', html`<ts-ladder-chart .ladders=${own}></ts-ladder-chart>`)}
      <div class="scroll" tabindex="0" role="group" aria-label="Steps and scores">
        <table class="num">
          <caption>Do the answers follow the words?</caption>
          <thead>
            <tr>
              <th scope="col">Asked for</th><th scope="col">Read by</th><th scope="col">Rank r of step and score</th>
              <th scope="col">First to last step</th><th scope="col">Of the others, most</th>
            </tr>
          </thead>
          <tbody>
            ${own.map(ladder => {
              const other = most(ladder);
              return html`<tr data-ladder=${ladder.trait}>
                <th scope="row">${ladder.trait}</th>
                <td>${READOUT_NAMES[ladder.readout]}</td>
                <td>${ladder.rho === null ? '–' : signed(ladder.rho)}</td>
                <td>${signed(ladder.range)} ${unitOf(ladder)}</td>
                <td>${other ? `${other.scale} ${signed(other.range)}` : '–'}</td>
              </tr>`;
            })}
          </tbody>
        </table>
      </div>
      ${this.brief ? null : this.#steps(own)}`;
  }

  /** Every point of the small charts. */
  #steps(ladders: Ladder[]) {
    return html`<details data-steps>
      <summary>Every step as a table</summary>
      <div class="scroll" tabindex="0" role="group" aria-label="Every step">
        <table class="num">
          <thead>
            <tr>
              <th scope="col">Asked for</th><th scope="col">Read by</th><th scope="col">Step</th><th scope="col">Settings</th>
              <th scope="col">Median score</th>
            </tr>
          </thead>
          <tbody>
            ${ladders.flatMap(ladder =>
              ladder.steps.map(
                ({ rank, settings, median }) => html`<tr>
                  <th scope="row">${ladder.trait}</th><td>${READOUT_NAMES[ladder.readout]}</td><td>${rank}</td><td>${settings}</td>
                  <td>${signed(median)} ${unitOf(ladder)}</td>
                </tr>`,
              ),
            )}
          </tbody>
        </table>
      </div>
    </details>`;
  }

  #scales(scales: ScaleOverSettings[]) {
    const known = (value: number | null) => (value === null ? '–' : figure(value));
    const people = scales.some(scale => scale.people !== null);
    return html`<div class="scroll" tabindex="0" role="group" aria-label="Scores over the settings">
      <table class="num">
        <caption>Scores over the settings</caption>
        <thead>
          <tr>
            <th scope="col">Scale</th><th scope="col">Items</th><th scope="col">Mean</th><th scope="col">SD</th>
            <th scope="col">Lowest to highest</th><th scope="col">Alpha</th><th scope="col">95% interval</th>
            <th scope="col">λ6</th><th scope="col">ω</th><th scope="col">Split half</th>
            ${people ? html`<th scope="col">Variance, of people’s</th><th scope="col">p</th>` : null}
          </tr>
        </thead>
        <tbody>
          ${scales.map(
            scale => html`<tr data-scale=${scale.scale}>
              <th scope="row">${scale.scale} <span class="soft small">${scale.statement ? 'statements, ' : ''}${READOUT_NAMES[scale.readout].toLowerCase()}</span></th>
              <td>${scale.items}</td>
              <td>${figure(scale.mean)} ${unitOf(scale)}</td>
              <td>${known(scale.sd)}</td>
              <td>${figure(scale.lowest)} to ${figure(scale.highest)}</td>
              <td>${known(scale.reliability.alpha)}</td>
              <td>${scale.reliability.alpha_low === null ? '–' : `${known(scale.reliability.alpha_low)} to ${known(scale.reliability.alpha_high)}`}</td>
              <td>${known(scale.reliability.lambda6)}</td>
              <td>${known(scale.reliability.omega)}</td>
              <td>${known(scale.reliability.split_half)}</td>
              ${people ? html`<td data-people>${scale.people ? `${figure(scale.people.f)} times` : '–'}</td><td>${scale.people ? pValue(scale.people.p) : '–'}</td>` : null}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${
      people
        ? html`<p class="soft small">
            The variance over the settings is set against that between people, by an F-test. People’s is of the whole inventory: where a
            study asks a part of it, theirs would be larger too.
          </p>`
        : null
    }`;
  }

  #validity({ readout, settings, validity }: StudyValidity) {
    const r = (value: number | null | undefined) =>
      value === null || value === undefined ? '–' : signed(value);
    return html`<div class="scroll" tabindex="0" role="group" aria-label="Items against statements">
        <table class="num" data-validity>
          <caption>Do items and statements agree? ${READOUT_NAMES[readout]}, ${plural(settings, 'setting')}</caption>
          <thead>
            <tr><th scope="col">Items \\ statements</th>${validity.traits.map(trait => html`<th scope="col">${trait}</th>`)}</tr>
          </thead>
          <tbody>
            ${validity.traits.map(
              (trait, i) => html`<tr>
                <th scope="row">${trait}</th>
                ${validity.traits.map((_, j) => html`<td class=${i === j ? 'clear' : nothing}>${r(validity.correlations[i]?.[j])}</td>`)}
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <p>
        Convergent ${r(validity.convergent)}: the mean correlation of a trait with itself over the settings. Discriminant
        ${r(validity.discriminant)}: how much larger that is than its correlations with the others; .40 and more is asked of a test.
      </p>`;
  }

  /** Every level of every factor against the rest. */
  #levels(scales: ScaleOverSettings[]) {
    const [first] = scales;
    if (!first || first.levels.length === 0) return null;
    const caption = 'The mean under each level against the rest';
    const table = html`<div class="scroll" tabindex="0" role="group" aria-label="Levels">
        <table class="num">
          ${this.brief ? html`<caption>${caption}</caption>` : null}
          <thead>
            <tr>
              <th scope="col">Level</th><th scope="col">Settings</th>
              ${scales.map(scale => html`<th scope="col">${scale.scale}<br /><span class="soft small">${READOUT_NAMES[scale.readout].toLowerCase()}</span></th>`)}
            </tr>
          </thead>
          <tbody>
            ${first.levels.map(
              ({ factor, level, settings }) => html`<tr>
                <th scope="row">${factor}: ${level}</th><td>${settings}</td>
                ${scales.map(scale => {
                  const own = scale.levels.find(found => found.factor === factor && found.level === level);
                  const clear = own?.adjusted !== undefined && own.adjusted !== null && own.adjusted < 0.05;
                  return html`<td class=${clear ? 'clear' : nothing}>${own ? `${signed(own.difference)}${clear ? ' *' : ''}` : '–'}</td>`;
                })}
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <p class="soft small">* Differs by more than chance (Welch’s test, adjusted for the number of levels after Benjamini and Hochberg, .05).</p>`;
    if (!this.brief) return html`<details data-levels><summary>${caption}</summary>${table}</details>`;
    return first.levels.length > MOST_LEVELS || scales.length > MOST_SCALES
      ? html`<p class="soft small">${caption} stands in the saved file.</p>`
      : table;
  }
}

/** What the values of a scale are counted in. */
export function unitOf({ statement, readout }: { statement: boolean; readout: Readout }): string {
  if (statement) return 'points';
  return readout === 'letters' ? '%' : 'nats';
}

customElements.define('ts-study-figures', StudyFiguresElement);
