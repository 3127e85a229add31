import { html } from 'lit';
import { words } from '../../i18n/all';
import type { Correlation, MonitoringSummary, Persona } from '../../types';
import { monitorLine, separationLine } from '../findings';
import { signed } from '../format';
import type { MonitorRecord, MonitorStudy } from '../monitor-study';
import { saveRecord } from '../records';
import { traitsOf } from '../selection';
import { sameTrait } from '../study-items';
import { makeStudy } from '../study-kinds';
import { traitWithin } from '../wording';
import { SessionElement, shared } from './base';
import './data-set';
import './chart-actions';
import './left-study';
import { missingDirections, missingModel } from './missing';
import './help';
import './monitor-chart';
import './notice';
import './step';
import { directions, extents, remarks, studyStyles, tableStyles, underWay } from './study-parts';

/** Whether what a meter reads before an answer tells the answer. */
export class MonitorStepElement extends SessionElement {
  static override styles = [shared, studyStyles, tableStyles];

  override render() {
    const { session } = this;
    const { steer, loading } = session;
    const { monitor, data } = session.studies;
    const said = words.monitor;
    const left = html`<ts-left-study .session=${session} place="monitor"></ts-left-study>`;
    const running = monitor?.status === 'running' || data?.status === 'running';
    if (!running && (loading !== 'ready' || steer.vectors.length === 0)) {
      // What was found stays when its model is gone.
      return html`<ts-step heading=${said.heading} state="waiting">
        <div class="stack" data-monitor=${monitor?.status ?? 'none'}>
          <p class="soft">${said.what}</p>
          ${left} ${missingModel(session)} ${missingDirections(session)} ${remarks(monitor, session)}
          ${monitor?.record ? this.#result(monitor, monitor.record) : null}
        </div>
      </ts-step>`;
    }
    return html`<ts-step heading=${said.heading} state=${monitor?.status === 'done' ? 'done' : 'current'}>
      <div class="stack" data-monitor=${monitor?.status ?? 'none'}>
        ${left}
        ${monitor?.status === 'running' ? underWay(monitor, 'answer', said.first) : this.#choose()}
        ${remarks(monitor, session)} ${monitor?.record ? this.#result(monitor, monitor.record) : null}
        ${session.hides('own') ? null : html`<ts-data-set .session=${session}></ts-data-set>`}
      </div>
    </ts-step>`;
  }

  #choose() {
    const { session } = this;
    const trait = this.#chosen();
    const { monitor } = session.studies;
    const again = monitor?.record;
    // What comes next after a study is to save it.
    const found = monitor?.summary && again && again.result.rows.length > 0;
    const said = words.monitor;
    return html`
      <p class="soft">${said.what} <ts-help of="meter"></ts-help></p>
      ${trait === '' ? html`<ts-notice kind="info">${said.noneAsked}</ts-notice>` : null}
      ${directions(said.meter, this.#askable(), trait, session, name => {
        session.set({ meter: name });
      })}
      ${extents(session.settings.meter_extent, said.extents, meter_extent => {
        session.set({ meter_extent });
      })}
      <div class="row">
        <button class=${found ? '' : 'primary'} data-next ?disabled=${session.busy || trait === ''} @click=${this.#start}>
          ${again ? said.again : said.start}
        </button>
      </div>
    `;
  }

  #result(study: MonitorStudy, record: MonitorRecord) {
    const { summary } = study;
    const { rows, cancelled } = record.result;
    const said = words.monitor;
    const name = traitWithin(study.trait);
    if (!summary || rows.length === 0) return html`<p class="lean">${said.nothing}</p>`;
    return html`
      ${cancelled ? html`<ts-notice kind="warn">${said.early}</ts-notice>` : null}
      <p class="lean" data-pooled=${summary.pooled?.r.value ?? ''}>${monitorLine(study.trait, summary)}</p>
      ${record.separation === null ? null : html`<p class="soft small">${separationLine(study.trait, record.separation)} <ts-help of="separation"></ts-help></p>`}
      <ts-chart-actions
        label=${said.chart.label(name)}
        model=${record.model.name}
        .date=${record.date}
      >
        <ts-monitor-chart .rows=${rows} .personas=${record.personas} trait=${name}></ts-monitor-chart>
      <p class="soft small">${said.chart.legend(name)}</p>
      </ts-chart-actions>
      ${this.#table(summary, record.personas)} ${this.#rows(record)}
      <div class="row"><button class="primary" @click=${() => saveRecord(record)}>${said.save}</button></div>
    `;
  }

  #table(summary: MonitoringSummary, personas: Persona[]) {
    const conditions = [null, ...personas];
    const { monitor, common } = words;
    const { table } = monitor;
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
        <td>${found && sure && found.r.low !== null && found.r.high !== null ? common.range(signed(found.r.low), signed(found.r.high)) : '–'}</td>
        <td>${found ? signed(found.rho) : '–'}</td>
      </tr>`;
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${table.group}>
        <table class="num">
          <caption>${table.caption}</caption>
          <thead>
            <tr>
              <th scope="col">${table.instruction}</th><th scope="col">${table.answers}</th><th scope="col">${table.meanMeter}</th>
              <th scope="col">${table.meanAnswer}</th><th scope="col">r</th><th scope="col">${common.interval}</th><th scope="col">${table.rank} <ts-help of="correlation"></ts-help></th>
            </tr>
          </thead>
          <tbody>
            ${conditions.map((persona, i) =>
              line(
                persona ? common.quoted(persona.system) : monitor.asItIs,
                summary.within[i],
                summary.means[i] ?? null,
                true,
              ),
            )}
            ${personas.length > 0 ? line(table.together, summary.pooled, null, false) : null}
          </tbody>
        </table>
      </div>
      ${personas.length > 0 ? html`<p class="soft small">${table.noInterval}</p>` : null}`;
  }

  #rows({ result: { rows }, personas }: MonitorRecord) {
    const { asItIs, table } = words.monitor;
    return html`<details>
      <summary>${table.rows}</summary>
      <div class="scroll" tabindex="0" role="group" aria-label=${table.everyAnswer}><table class="num">
        <thead>
          <tr><th scope="col">${table.item}</th><th scope="col">${table.askedToBe}</th><th scope="col">${table.reading}</th><th scope="col">d</th></tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ item, persona, z, d }) => html`<tr>
              <th scope="row">${item}</th><td>${persona === null ? asItIs : called(personas[persona])}</td>
              <td>${signed(z)}</td><td>${signed(d)}</td>
            </tr>`,
          )}
        </tbody>
      </table></div>
    </details>`;
  }

  /** Directions whose traits the items ask about. */
  #askable(): string[] {
    const { steer, items } = this.session;
    const asked = traitsOf(items.bundled?.items ?? []);
    return steer.traits.filter(trait => asked.some(name => sameTrait(name, trait)));
  }

  #chosen(): string {
    const { steer, settings } = this.session;
    const askable = this.#askable();
    const wanted = settings.meter ?? steer.dials[0]?.trait ?? '';
    if (askable.includes(wanted)) return wanted;
    // The one that is known to move the answers of the default model.
    return askable.includes('agreeableness') ? 'agreeableness' : (askable[0] ?? '');
  }

  #start = () => {
    this.acted();
    const { studies, settings } = this.session;
    const extent = settings.meter_extent;
    void studies.start(makeStudy, { kind: 'monitoring', trait: this.#chosen(), extent });
  };
}

/** What a system prompt is called: its side, and its number. */
function called(persona: Persona | undefined): string {
  const [side, number = ''] = persona?.name.split(' ') ?? [];
  return words.monitor.persona(side === 'high' ? 'high' : 'low', number);
}

customElements.define('ts-monitor-step', MonitorStepElement);
