import { css, html, LitElement } from 'lit';
import { words } from '../../i18n/all';
import type { Plane, StudyFile } from '../../types';
import { bundledText } from '../bundled';
import { signed } from '../format';
import { levelsOf } from '../study-export';
import { shared } from './base';
import './help';
import { tableStyles } from './study-parts';

/** The points of a plane of settings as a table. There may be thousands: it is made when it is opened. */
export class PlaneTableElement extends LitElement {
  static override properties = {
    plane: { attribute: false },
    study: { attribute: false },
    open: { state: true },
  };
  declare plane: Plane;
  declare study: StudyFile;
  declare open: boolean;

  constructor() {
    super();
    this.open = false;
  }

  static override styles = [
    shared,
    tableStyles,
    css`
      .scroll {
        max-block-size: 30rem;
        overflow-y: auto;
      }
      @media print {
        .scroll {
          max-block-size: none;
        }
      }
    `,
  ];

  override render() {
    return html`<details
      @toggle=${(event: Event) => {
        this.open = (event.target as HTMLDetailsElement).open;
      }}
    >
      <summary>${words.studyCharts.plane.table}</summary>
      ${this.open ? this.#table() : null}
    </details>`;
  }

  #table() {
    const { settings, components, apart } = this.plane;
    const { studyCharts, common } = words;
    const said = studyCharts.plane;
    const far = new Set(apart?.settings ?? []);
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${said.group}>
      <table class="num">
        <thead>
          <tr>
            ${this.study.factors.map(({ name }) => html`<th scope="col">${bundledText(name)}</th>`)}
            <th scope="col">${said.first} <ts-help of="plane"></ts-help></th><th scope="col">${said.second}</th>
            ${apart ? html`<th scope="col">${said.liesApart}</th>` : null}
          </tr>
        </thead>
        <tbody>
          ${components.points.map(([across, up], i) => {
            const setting = settings[i] ?? 0;
            return html`<tr>
              ${levelsOf(this.study, setting).map(level => html`<td>${bundledText(level)}</td>`)}
              <td>${signed(across)}</td><td>${signed(up)}</td>
              ${apart ? html`<td>${common.yesNo(far.has(setting))}</td>` : null}
            </tr>`;
          })}
        </tbody>
      </table>
    </div>`;
  }
}

customElements.define('ts-plane-table', PlaneTableElement);
