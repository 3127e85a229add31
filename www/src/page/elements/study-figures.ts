import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { words } from '../../i18n/all';
import type { Ladder, Plane, Readout, ScaleOverSettings, StudyResult, StudyValidity } from '../../types';
import { bundledText } from '../bundled';
import { figure, pValue, signed } from '../format';
import { READOUT_NAMES, READOUTS_WITHIN, traitLabel } from '../wording';
import { shared } from './base';
import './chart-actions';
import './help';
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
          ? html`<ts-notice kind="info">${words.studyFigures.locked(summary.locked)}</ts-notice>`
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
          : html`<p class="soft small">${words.studyFigures.notPeople} <ts-help of="reliability"></ts-help></p>`
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
    const { studyFigures } = words;
    const heading = studyFigures.instrument(plane.statement);
    const label = studyFigures.plane(plane.statement, READOUTS_WITHIN[plane.readout]);
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
    const said = words.studyFigures.ladders;
    return html`${this.#saved(said.chart, html`<ts-ladder-chart .ladders=${own}></ts-ladder-chart>`)}
      <div class="scroll" tabindex="0" role="group" aria-label=${said.group}>
        <table class="num">
          <caption>${said.caption} <ts-help of="steps"></ts-help></caption>
          <thead>
            <tr>
              <th scope="col">${said.askedFor}</th><th scope="col">${said.readBy}</th><th scope="col">${said.rank} <ts-help of="correlation"></ts-help></th>
              <th scope="col">${said.range}</th><th scope="col">${said.others}</th>
            </tr>
          </thead>
          <tbody>
            ${own.map(ladder => {
              const other = most(ladder);
              return html`<tr data-ladder=${ladder.trait}>
                <th scope="row">${traitLabel(ladder.trait)}</th>
                <td>${READOUT_NAMES[ladder.readout]}</td>
                <td>${ladder.rho === null ? '–' : signed(ladder.rho)}</td>
                <td>${signed(ladder.range)} ${unitOf(ladder)}</td>
                <td>${other ? `${traitLabel(other.scale)} ${signed(other.range)}` : '–'}</td>
              </tr>`;
            })}
          </tbody>
        </table>
      </div>
      ${this.brief ? null : this.#steps(own)}`;
  }

  /** Every point of the small charts. */
  #steps(ladders: Ladder[]) {
    const said = words.studyFigures.ladders;
    return html`<details data-steps>
      <summary>${said.table}</summary>
      <div class="scroll" tabindex="0" role="group" aria-label=${said.everyStep}>
        <table class="num">
          <thead>
            <tr>
              <th scope="col">${said.askedFor}</th><th scope="col">${said.readBy}</th><th scope="col">${said.step}</th><th scope="col">${said.settings}</th>
              <th scope="col">${said.median}</th>
            </tr>
          </thead>
          <tbody>
            ${ladders.flatMap(ladder =>
              ladder.steps.map(
                ({ rank, settings, median }) => html`<tr>
                  <th scope="row">${traitLabel(ladder.trait)}</th><td>${READOUT_NAMES[ladder.readout]}</td><td>${rank}</td><td>${settings}</td>
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
    const { common, studyFigures } = words;
    const said = studyFigures.scales;
    const people = scales.some(scale => scale.people !== null);
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${said.caption}>
      <table class="num">
        <caption>${said.caption} <ts-help of="overSettings"></ts-help></caption>
        <thead>
          <tr>
            <th scope="col">${said.scale}</th><th scope="col">${said.items}</th><th scope="col">${said.mean}</th><th scope="col">${said.sd}</th>
            <th scope="col">${said.range}</th><th scope="col">${said.alpha} <ts-help of="alpha"></ts-help></th><th scope="col">${common.interval}</th>
            <th scope="col">λ6</th><th scope="col">ω</th><th scope="col">${said.splitHalf}</th>
            ${people ? html`<th scope="col">${said.people}</th><th scope="col">p</th>` : null}
          </tr>
        </thead>
        <tbody>
          ${scales.map(
            scale => html`<tr data-scale=${scale.scale}>
              <th scope="row">${traitLabel(scale.scale)} <span class="soft small">${studyFigures.readout(scale.statement, READOUTS_WITHIN[scale.readout])}</span></th>
              <td>${scale.items}</td>
              <td>${figure(scale.mean)} ${unitOf(scale)}</td>
              <td>${known(scale.sd)}</td>
              <td>${common.range(figure(scale.lowest), figure(scale.highest))}</td>
              <td>${known(scale.reliability.alpha)}</td>
              <td>${scale.reliability.alpha_low === null ? '–' : common.range(known(scale.reliability.alpha_low), known(scale.reliability.alpha_high))}</td>
              <td>${known(scale.reliability.lambda6)}</td>
              <td>${known(scale.reliability.omega)}</td>
              <td>${known(scale.reliability.split_half)}</td>
              ${people ? html`<td data-people>${scale.people ? said.times(figure(scale.people.f)) : '–'}</td><td>${scale.people ? pValue(scale.people.p) : '–'}</td>` : null}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${people ? html`<p class="soft small">${said.aboutPeople}</p>` : null}`;
  }

  #validity({ readout, settings, validity }: StudyValidity) {
    const r = (value: number | null | undefined) =>
      value === null || value === undefined ? '–' : signed(value);
    const said = words.studyFigures.validity;
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${said.group}>
        <table class="num" data-validity>
          <caption>${said.caption(READOUT_NAMES[readout], settings)} <ts-help of="validity"></ts-help></caption>
          <thead>
            <tr><th scope="col">${said.corner}</th>${validity.traits.map(trait => html`<th scope="col">${traitLabel(trait)}</th>`)}</tr>
          </thead>
          <tbody>
            ${validity.traits.map(
              (trait, i) => html`<tr>
                <th scope="row">${traitLabel(trait)}</th>
                ${validity.traits.map((_, j) => html`<td class=${i === j ? 'clear' : nothing}>${r(validity.correlations[i]?.[j])}</td>`)}
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <p>${said.legend(r(validity.convergent), r(validity.discriminant))}</p>`;
  }

  /** Every level of every factor against the rest. */
  #levels(scales: ScaleOverSettings[]) {
    const [first] = scales;
    if (!first || first.levels.length === 0) return null;
    const said = words.studyFigures.levels;
    const { caption } = said;
    const table = html`<div class="scroll" tabindex="0" role="group" aria-label=${said.group}>
        <table class="num">
          ${this.brief ? html`<caption>${caption}</caption>` : null}
          <thead>
            <tr>
              <th scope="col">${said.level}</th><th scope="col">${said.settings}</th>
              ${scales.map(scale => html`<th scope="col">${traitLabel(scale.scale)}<br /><span class="soft small">${READOUTS_WITHIN[scale.readout]}</span></th>`)}
            </tr>
          </thead>
          <tbody>
            ${first.levels.map(
              ({ factor, level, settings }) => html`<tr>
                <th scope="row">${bundledText(factor)}: ${bundledText(level)}</th><td>${settings}</td>
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
      <p class="soft small">${said.legend} <ts-help of="levels"></ts-help></p>`;
    if (!this.brief) return html`<details data-levels><summary>${caption}</summary>${table}</details>`;
    return first.levels.length > MOST_LEVELS || scales.length > MOST_SCALES
      ? html`<p class="soft small">${said.inFile}</p>`
      : table;
  }
}

/** What the values of a scale are counted in. */
export function unitOf({ statement, readout }: { statement: boolean; readout: Readout }): string {
  const { units } = words.studyFigures;
  if (statement) return units.points;
  return readout === 'letters' ? units.percent : units.nats;
}

customElements.define('ts-study-figures', StudyFiguresElement);
