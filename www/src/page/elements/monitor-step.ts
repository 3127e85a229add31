import { html } from 'lit';
import type { Correlation, MonitoringSummary, Persona } from '../../types';
import { signed } from '../format';
import type { MonitorRecord, MonitorStudy } from '../monitor-study';
import { saveRecord } from '../save';
import { traitsOf } from '../selection';
import type { Extent } from '../study';
import { sameTrait } from '../study-items';
import { monitorLine, separationLine, traitName } from '../wording';
import { SessionElement, shared } from './base';
import './data-set';
import './chart-actions';
import { missingModel } from './missing';
import './monitor-chart';
import './step';
import { directions, extents, remarks, studyStyles, tableStyles, underWay } from './study-parts';

const HEADING = 'Does the meter tell the answer?';
const WHAT =
  'The meter of a trait is read just before each answer, under instructions that ask for either side of it. A meter that only tells which instruction was given is no mind reader.';

/** Whether what a meter reads before an answer tells the answer. */
export class MonitorStepElement extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    extent: { state: true },
    trait: { state: true },
  };
  declare extent: Extent;
  /** The direction to read; that of the first dial unless another is chosen. */
  declare trait: string | null;

  constructor() {
    super();
    this.extent = 'quick';
    this.trait = null;
  }

  static override styles = [shared, studyStyles, tableStyles];

  override render() {
    const { session } = this;
    const { steer, loading } = session;
    const { monitor } = session.studies;
    if (loading !== 'ready' || steer.vectors.length === 0) {
      return html`<ts-step heading=${HEADING} state="waiting">
        <div class="stack"><p class="soft">${WHAT}</p>${missingModel(session)}</div>
      </ts-step>`;
    }
    return html`<ts-step heading=${HEADING} state=${monitor?.status === 'done' ? 'done' : 'current'}>
      <div class="stack" data-monitor=${monitor?.status ?? 'none'}>
        ${
          monitor?.status === 'running'
            ? underWay(monitor, 'answer', 'Reading the texts of the direction')
            : this.#choose()
        }
        ${remarks(monitor, session)} ${monitor?.record ? this.#result(monitor, monitor.record) : null}
        <ts-data-set .session=${session}></ts-data-set>
      </div>
    </ts-step>`;
  }

  #choose() {
    const { session } = this;
    const trait = this.#chosen();
    const again = session.studies.monitor?.record;
    return html`
      <p class="soft">${WHAT}</p>
      ${directions('Meter', this.#askable(), trait, session, name => {
        this.trait = name;
      })}
      ${extents(
        this.extent,
        {
          quick: 'The trait’s own items, as they are and under two instructions for either side',
          full: 'All of its items, as they are and under five instructions for either side',
        },
        extent => {
          this.extent = extent;
        },
      )}
      <div class="row">
        <button class=${again ? '' : 'primary'} data-next ?disabled=${session.busy || trait === ''} @click=${this.#start}>
          ${again ? 'Read and ask again' : 'Read the meter and ask'}
        </button>
      </div>
    `;
  }

  #result(study: MonitorStudy, record: MonitorRecord) {
    const { summary } = study;
    const { rows, cancelled } = record.result;
    if (!summary || rows.length === 0)
      return html`<p class="lean">It was stopped before anything was answered.</p>`;
    return html`
      ${
        cancelled
          ? html`<ts-notice kind="warn">The study ended early; what was done is kept, and instructions may lack items.</ts-notice>`
          : null
      }
      <p class="lean" data-pooled=${summary.pooled?.r.value ?? ''}>${monitorLine(study.trait, summary)}</p>
      ${record.separation === null ? null : html`<p class="soft small">${separationLine(study.trait, record.separation)}</p>`}
      <ts-chart-actions
        label="Meter of ${traitName(study.trait).toLowerCase()} and answers"
        model=${record.model.name}
        .date=${record.date}
      >
        <ts-monitor-chart .rows=${rows} .personas=${record.personas} trait=${traitName(study.trait).toLowerCase()}></ts-monitor-chart>
      <p class="soft small">
        Each mark is an answer. Upwards: the answers of the high side are likelier (nats a token). To the right: the meter on
        ${traitName(study.trait).toLowerCase()} reads more at the last token before the answer, against neutral text.
      </p>
      </ts-chart-actions>
      ${this.#table(summary, record.personas)} ${this.#rows(record)}
      <div class="row"><button @click=${() => saveRecord('monitoring', record)}>Save the study</button></div>
    `;
  }

  #table(summary: MonitoringSummary, personas: Persona[]) {
    const conditions = [null, ...personas];
    const line = (
      name: string,
      found: Correlation | null | undefined,
      means: [number, number] | null,
      sure: boolean,
    ) =>
      html`<tr>
        <th scope="row">${name}</th>
        <td>${found?.pairs ?? '–'}</td>
        <td>${means ? signed(means[0]) : '–'}</td>
        <td>${means ? signed(means[1]) : '–'}</td>
        <td>${found ? signed(found.r.value) : '–'}</td>
        <td>${found && sure && found.r.low !== null && found.r.high !== null ? `${signed(found.r.low)} to ${signed(found.r.high)}` : '–'}</td>
        <td>${found ? signed(found.rho) : '–'}</td>
      </tr>`;
    return html`<div class="scroll" tabindex="0" role="group" aria-label="Meter and answers under each instruction">
        <table class="num">
          <caption>Meter and answers</caption>
          <thead>
            <tr>
              <th scope="col">Instruction</th><th scope="col">Answers</th><th scope="col">Mean meter (z)</th>
              <th scope="col">Mean d</th><th scope="col">r</th><th scope="col">95% interval</th><th scope="col">Rank r</th>
            </tr>
          </thead>
          <tbody>
            ${conditions.map((persona, i) =>
              line(
                persona ? `“${persona.system}”` : 'as it is',
                summary.within[i],
                summary.means[i] ?? null,
                true,
              ),
            )}
            ${personas.length > 0 ? line('all together', summary.pooled, null, false) : null}
          </tbody>
        </table>
      </div>
      ${
        personas.length > 0
          ? html`<p class="soft small">
              All together has no interval: the same items are asked under every instruction, so its answers do not stand each for
              itself.
            </p>`
          : null
      }`;
  }

  #rows({ result: { rows }, personas }: MonitorRecord) {
    return html`<details>
      <summary>Every answer as a table</summary>
      <div class="scroll" tabindex="0" role="group" aria-label="Every answer"><table class="num">
        <thead>
          <tr><th scope="col">Item</th><th scope="col">Asked to be</th><th scope="col">Meter (z)</th><th scope="col">d</th></tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ item, persona, z, d }) => html`<tr>
              <th scope="row">${item}</th><td>${persona === null ? 'as it is' : personas[persona]?.name}</td>
              <td>${signed(z)}</td><td>${signed(d)}</td>
            </tr>`,
          )}
        </tbody>
      </table></div>
    </details>`;
  }

  /** Directions whose traits the items ask about. */
  #askable(): string[] {
    const { steer, bundled } = this.session;
    const asked = traitsOf(bundled?.items ?? []);
    return steer.traits.filter(trait => asked.some(name => sameTrait(name, trait)));
  }

  #chosen(): string {
    const { steer } = this.session;
    const askable = this.#askable();
    const wanted = this.trait ?? steer.dials[0]?.trait ?? '';
    if (askable.includes(wanted)) return wanted;
    // The one that is known to move the answers of the default model.
    return askable.includes('agreeableness') ? 'agreeableness' : (askable[0] ?? '');
  }

  #start = () => {
    this.acted();
    void this.session.studies.startMonitor(this.#chosen(), this.extent);
  };
}

customElements.define('ts-monitor-step', MonitorStepElement);
