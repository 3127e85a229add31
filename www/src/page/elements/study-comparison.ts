import { html } from 'lit';
import { words } from '../../i18n/all';
import type { Shift } from '../comparison';
import { changeLine } from '../comparison-words';
import { differing, when } from '../facts';
import { figure } from '../format';
import { saveText } from '../save';
import {
  doubtIn,
  FACTS,
  type Family,
  families,
  scalesIn,
  shifts,
  studyComparisonCsv,
  studyComparisonJson,
} from '../study-comparison';
import { studyFileName } from '../study-export';
import { type HeldStudy, type StudyPair, whyNot } from '../study-results';
import { READOUTS_WITHIN, traitLabel } from '../wording';
import { SessionElement, shared } from './base';
import { type Column, changesTable, comparisonStyles, differences, shiftColumns } from './comparison-parts';
import './chart-actions';
import './difference-chart';
import './help';
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
    const said = words.studySettings.comparison;
    const held = [baseline, ...pairs.map(pair => pair.held)];
    const different = differing(
      FACTS,
      held.map(({ result }) => result),
    );
    return html`<div class="stack" data-study-comparison=${found.length}>
      <div class="part">
        <h3>${said.heading}</h3>
        <label>${said.against}
          <select @change=${(event: Event) => results.chooseBaseline((event.target as HTMLSelectElement).value)}>
            ${all.map(one => html`<option value=${one.id} .selected=${one === baseline}>${said.option(results.name(one), when(one.result))}</option>`)}
          </select>
        </label>
        ${pairs.map(pair => {
          const why = whyNot(pair);
          return why === null
            ? null
            : html`<ts-notice kind="warn">${said.not(results.name(pair.held), results.name(baseline), why)}</ts-notice>`;
        })}
      </div>
      ${differences(
        held.map(one => results.name(one)),
        different,
      )}
      ${found.map(family => this.#family(family, baseline, pairs))}
      ${
        found.length > 0
          ? html`<div class="row">
              <button @click=${() => saveText(fileName(baseline, 'csv'), 'text/csv', studyComparisonCsv(baseline, pairs))}>${said.saveTable}</button>
              <button @click=${() => saveText(fileName(baseline, 'json'), 'application/json', studyComparisonJson(baseline, pairs))}>${said.save}</button>
              <button @click=${() => this.session.paper.print({ of: 'studies' })}>${said.print}</button>
            </div>`
          : null
      }
    </div>`;
  }

  #family(family: Family, baseline: HeldStudy, pairs: StudyPair[]) {
    const { results } = this.session.studies;
    const said = words.studySettings.comparison;
    const shown = pairs.filter(({ changes }) => shifts(changes ?? [], family).length > 0);
    const doubts = [baseline, ...shown.map(({ held }) => held)].flatMap(one => {
      const line = doubtIn(one.result, family);
      return line === null ? [] : [said.doubt(results.name(one), line)];
    });
    const body = html`<div class="part">
      ${doubts.map(line => html`<ts-notice kind="warn">${line}</ts-notice>`)}
      ${this.#means(family, [baseline, ...shown.map(({ held }) => held)])}
      ${shown.map(({ held, changes }) => this.#changes(family, shifts(changes ?? [], family), held, baseline))}
      <p class="soft small">${said.legend(unitOf(family))} <ts-help of="difference"></ts-help></p>
    </div>`;
    const name = named(family);
    // What is known to mean nothing is not offered, as everywhere on this page.
    return doubts.length > 0
      ? html`<details data-compared=${family.readout} data-doubtful>
          <summary>${said.doubtful(name)}</summary>
          ${body}
        </details>`
      : html`<div class="part" data-compared=${family.readout}><h3>${name}</h3>${body}</div>`;
  }

  /** The mean and the spread of every scale in each. */
  #means(family: Family, all: HeldStudy[]) {
    const { results } = this.session.studies;
    const [baseline] = all;
    const said = words.studySettings.comparison;
    if (!baseline) return null;
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${said.scores}>
      <table class="num" data-scores>
        <caption>${said.means(unitOf(family))}</caption>
        <thead>
          <tr>
            <th scope="col">${said.scale}</th>
            ${all.map(one => html`<th scope="col" class=${one === baseline ? 'first' : ''}>${results.name(one)}${one === baseline ? html`<br /><span class="soft small">${said.baseline}</span>` : null}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${scalesIn(baseline.result, family).map(
            ({ scale }) => html`<tr>
              <th scope="row">${traitLabel(scale)}</th>
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
    const said = words.studySettings.comparison;
    const [name, from] = [results.name(held), results.name(baseline)];
    const first: Column<Shift> = { head: said.scale, cell: ({ scale }) => traitLabel(scale) };
    const columns = shiftColumns(said.difference, said.settings, said.few);
    return html`<div class="part" data-against=${held.id}>
      <h4>${said.less(name, from)}</h4>
      <p>${changeLine(changes, said.others)} ${said.paired(most)}</p>
      <ts-chart-actions
        label=${said.chart(name, from, named(family))}
        model=${said.less(held.result.model, baseline.result.model)}
        .date=${held.result.date}
      >
        <ts-difference-chart .changes=${changes} unit=${unitOf(family)} none=${said.few}></ts-difference-chart>
      </ts-chart-actions>
      <details>
        <summary>${said.table}</summary>
        ${changesTable(first, columns, changes)}
      </details>
    </div>`;
  }
}

function named({ statement, readout }: Family): string {
  return words.studyFigures.family(statement, READOUTS_WITHIN[readout]);
}

function fileName({ result }: HeldStudy, extension: 'json' | 'csv'): string {
  return studyFileName(result, extension).replace('traitscope-study-', 'traitscope-study-comparison-');
}

customElements.define('ts-study-comparison', StudyComparisonElement);
