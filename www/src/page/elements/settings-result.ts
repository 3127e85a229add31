import { css, html, LitElement, nothing } from 'lit';
import type { Ladder, ScaleOverSettings, StudyResult, StudyValidity } from '../../types';
import { figure, plural, pValue, signed } from '../format';
import { saveText } from '../save';
import { answersCsv, studyFileName } from '../study-export';
import { gateLine, READOUT_NAMES, statementGateLine } from '../wording';
import { shared } from './base';
import './ladder-chart';
import './notice';
import './plane-chart';
import { studyStyles, tableStyles } from './study-parts';

/** What came of a study under many settings. */
export class SettingsResultElement extends LitElement {
  static override properties = { result: { attribute: false }, cancelled: { type: Boolean } };
  declare result: StudyResult;
  declare cancelled: boolean;

  static override styles = [
    shared,
    studyStyles,
    tableStyles,
    css`
      h3 {
        font-size: 1.1rem;
      }
      .clear {
        font-weight: 650;
      }
    `,
  ];

  constructor() {
    super();
    this.cancelled = false;
  }

  override render() {
    const { result } = this;
    const { summary, study } = result;
    const { scales, ladders, planes, validity } = summary;
    return html`<div class="stack" data-summary=${summary.settings}>
      ${
        this.cancelled
          ? html`<ts-notice kind="warn">The study ended early; the settings that were finished are kept.</ts-notice>`
          : null
      }
      <h3>${study.name}: ${plural(summary.settings, 'setting')} of ${result.model}</h3>
      ${this.#gate()}
      ${
        result.readouts.length === 0
          ? html`<ts-notice kind="warn">Nothing was asked: no way of reading the answers passes the factual questions.</ts-notice>`
          : null
      }
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
        ladders.length > 0
          ? null
          : planes.map(
              plane =>
                html`<ts-plane-chart .plane=${plane} .study=${study} heading=${plane.statement ? 'Statements' : 'Items'}></ts-plane-chart>`,
            )
      }
      ${this.#levels(scales)}
      <p class="soft small">
        A setting takes the place of a respondent here: the coefficients say how alike the items tell this model’s settings apart, nothing about people.
      </p>
      <div class="row">
        <button @click=${() => saveText(studyFileName(result, 'json'), 'application/json', JSON.stringify(result))}>Save the answers</button>
        <button @click=${() => saveText(studyFileName(result, 'csv'), 'text/csv', answersCsv(result))}>Save as a table (CSV)</button>
      </div>
    </div>`;
  }

  #gate() {
    const { gate, statement_gate } = this.result;
    return html`${gate.map(found => html`<p class="soft small">${gateLine(found)}</p>`)}
      ${statement_gate.map(found => html`<p class="soft small">${statementGateLine(found)}</p>`)}`;
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
    return html`<ts-ladder-chart .ladders=${own}></ts-ladder-chart>
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
                <td>${signed(ladder.range)} ${unit(ladder)}</td>
                <td>${other ? `${other.scale} ${signed(other.range)}` : '–'}</td>
              </tr>`;
            })}
          </tbody>
        </table>
      </div>`;
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
              <td>${figure(scale.mean)} ${unit(scale)}</td>
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
    return html`<details data-levels>
      <summary>The mean under each level against the rest</summary>
      <div class="scroll" tabindex="0" role="group" aria-label="Levels">
        <table class="num">
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
      <p class="soft small">* Differs by more than chance (Welch’s test, adjusted for the number of levels after Benjamini and Hochberg, .05).</p>
    </details>`;
  }
}

function unit({ statement, readout }: { statement: boolean; readout: Ladder['readout'] }): string {
  if (statement) return 'points';
  return readout === 'letters' ? '%' : 'nats';
}

customElements.define('ts-settings-result', SettingsResultElement);
