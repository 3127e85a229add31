import { html } from 'lit';
import type { Shift } from '../comparison';
import { changeLine } from '../comparison-words';
import { differing, when } from '../facts';
import { figure, plural } from '../format';
import { saveText } from '../save';
import {
  doubtIn,
  FACTS,
  type Family,
  FEW_SETTINGS,
  families,
  scalesIn,
  shifts,
  studyComparisonCsv,
  studyComparisonJson,
} from '../study-comparison';
import { studyFileName } from '../study-export';
import type { HeldStudy, StudyPair } from '../study-results';
import { READOUT_NAMES } from '../wording';
import { SessionElement, shared } from './base';
import { type Column, changesTable, comparisonStyles, differences, shiftColumns } from './comparison-parts';
import './chart-actions';
import './difference-chart';
import './notice';
import { unitOf } from './study-figures';
import { tableStyles } from './study-parts';

/** Results of one study side by side: what differs, every scale, and what changed against the baseline. */
export class StudyComparisonElement extends SessionElement {
  static override styles = [shared, tableStyles, comparisonStyles];

  override render() {
    const { results } = this.session.studies;
    const { baseline, pairs, all } = results;
    if (!baseline || pairs.length === 0) return null;
    const found = families(pairs);
    const held = [baseline, ...pairs.map(pair => pair.held)];
    const different = differing(
      FACTS,
      held.map(({ result }) => result),
    );
    return html`<div class="stack" data-study-comparison=${found.length}>
      <div class="part">
        <h3>Side by side</h3>
        <label>Held against
          <select @change=${(event: Event) => results.chooseBaseline((event.target as HTMLSelectElement).value)}>
            ${all.map(one => html`<option value=${one.id} .selected=${one === baseline}>${results.name(one)}, ${when(one.result)}</option>`)}
          </select>
        </label>
        ${pairs
          .filter(({ why }) => why !== null)
          .map(
            pair =>
              html`<ts-notice kind="warn">${results.name(pair.held)} cannot be compared with ${results.name(baseline)}: ${pair.why}.</ts-notice>`,
          )}
      </div>
      ${differences(
        held.map(one => results.name(one)),
        different,
      )}
      ${found.map(family => this.#family(family, baseline, pairs))}
      ${
        found.length > 0
          ? html`<div class="row">
              <button @click=${() => saveText(fileName(baseline, 'csv'), 'text/csv', studyComparisonCsv(baseline, pairs))}>Save the comparison as a table (CSV)</button>
              <button @click=${() => saveText(fileName(baseline, 'json'), 'application/json', studyComparisonJson(baseline, pairs))}>Save the comparison (JSON)</button>
            </div>`
          : null
      }
    </div>`;
  }

  #family(family: Family, baseline: HeldStudy, pairs: StudyPair[]) {
    const { results } = this.session.studies;
    const shown = pairs.filter(({ changes }) => shifts(changes ?? [], family).length > 0);
    const doubts = [baseline, ...shown.map(({ held }) => held)].flatMap(one => {
      const line = doubtIn(one.result, family);
      return line === null ? [] : [`${results.name(one)}. ${line}`];
    });
    const body = html`<div class="part">
      ${doubts.map(line => html`<ts-notice kind="warn">${line}</ts-notice>`)}
      ${this.#means(family, [baseline, ...shown.map(({ held }) => held)])}
      ${shown.map(({ held, changes }) => this.#changes(family, shifts(changes ?? [], family), held, baseline))}
      <p class="soft small">
        Differences in ${unitOf(family)}, setting by setting, with the 95% interval over settings. dz: the mean difference in units of its
        spread between settings. p: sign-flip test, with Holm’s adjustment for all scales of the read-out. The settings are those of
        this study: the interval says nothing of others.
      </p>
    </div>`;
    const name = named(family);
    // What is known to mean nothing is not offered, as everywhere on this page.
    return doubts.length > 0
      ? html`<details data-compared=${family.readout} data-doubtful>
          <summary>${name}: not offered, and why</summary>
          ${body}
        </details>`
      : html`<div class="part" data-compared=${family.readout}><h3>${name}</h3>${body}</div>`;
  }

  /** The mean and the spread of every scale in each. */
  #means(family: Family, all: HeldStudy[]) {
    const { results } = this.session.studies;
    const [baseline] = all;
    if (!baseline) return null;
    return html`<div class="scroll" tabindex="0" role="group" aria-label="Scores side by side">
      <table class="num" data-scores>
        <caption>Mean over the settings in ${unitOf(family)}, with its SD</caption>
        <thead>
          <tr>
            <th scope="col">Scale</th>
            ${all.map(one => html`<th scope="col" class=${one === baseline ? 'first' : ''}>${results.name(one)}${one === baseline ? html`<br /><span class="soft small">baseline</span>` : null}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${scalesIn(baseline.result, family).map(
            ({ scale }) => html`<tr>
              <th scope="row">${scale}</th>
              ${all.map(one => {
                const own = scalesIn(one.result, family).find(found => found.scale === scale);
                const spread = own?.sd === null ? '' : ` (${figure(own?.sd ?? 0)})`;
                return html`<td class=${one === baseline ? 'first' : ''}>${own ? html`<strong>${figure(own.mean)}</strong><span class="soft">${spread}</span>` : '–'}</td>`;
              })}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  #changes(family: Family, changes: Shift[], held: HeldStudy, baseline: HeldStudy) {
    const { results } = this.session.studies;
    const most = Math.max(...changes.map(({ paired }) => paired));
    const first: Column<Shift> = { head: 'Scale', cell: ({ scale }) => scale };
    const columns = shiftColumns('Difference', 'Settings', FEW_SETTINGS);
    return html`<div class="part" data-against=${held.id}>
      <h4>${results.name(held)}, less ${results.name(baseline)}</h4>
      <p>${changeLine(changes, 'settings')} Over ${plural(most, 'setting')} that both have complete.</p>
      <ts-chart-actions
        label="Differences: ${results.name(held)}, less ${results.name(baseline)}, ${named(family)}"
        model="${held.result.model}, less ${baseline.result.model}"
        .date=${held.result.date}
      >
        <ts-difference-chart .changes=${changes} unit=${unitOf(family)} none=${FEW_SETTINGS}></ts-difference-chart>
      </ts-chart-actions>
      <details>
        <summary>The differences as a table</summary>
        ${changesTable(first, columns, changes)}
      </details>
    </div>`;
  }
}

function named({ statement, readout }: Family): string {
  return `${statement ? 'Statements' : 'Items'}, ${READOUT_NAMES[readout].toLowerCase()}`;
}

function fileName({ result }: HeldStudy, extension: 'json' | 'csv'): string {
  return studyFileName(result, extension).replace('traitscope-study-', 'traitscope-study-comparison-');
}

customElements.define('ts-study-comparison', StudyComparisonElement);
