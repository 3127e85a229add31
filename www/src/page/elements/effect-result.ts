import { html } from 'lit';
import { words } from '../../i18n/all';
import type { DirectionEffects } from '../../types';
import { beyond, cosine, placed } from '../dials';
import type { ChosenLayer, EffectStudy } from '../effect-study';
import { effectLine } from '../findings';
import { dose, signed } from '../format';
import { saveRecord } from '../records';
import { sameTrait } from '../study-items';
import { traitWithin } from '../wording';
import { SessionElement, shared } from './base';
import './chart-actions';
import './dose-chart';
import './effect-table';
import './help';
import './notice';
import './persona-table';
import { studyStyles } from './study-parts';

/** What the study of one direction found. */
export class EffectResultElement extends SessionElement {
  static override properties = { ...SessionElement.properties, study: { attribute: false } };
  declare study: EffectStudy;

  static override styles = [shared, studyStyles];

  override render() {
    const { study } = this;
    const { result, direction, record } = study;
    if (!result || !direction) return null;
    const { own } = study;
    const name = traitWithin(study.trait);
    const said = words.effect.result;
    const curve = direction.curves.find(({ trait }) => own && sameTrait(trait, own.change.trait));
    const chance = result.summary.chance.filter(
      one => one.dose !== null && curve && one.trait === curve.trait && one.readout === curve.readout,
    );
    const { steer } = this.session;
    // The range was measured at the layer where the direction is used.
    const usable = direction.layer === steer.layerOf(study.trait) ? steer.usableOf(study.trait) : null;
    const widest = direction.widest ?? 0;
    const dial = steer.dials.find(({ trait }) => trait === study.trait);
    return html`<div class="stack">
      ${result.cancelled ? html`<ts-notice kind="warn">${said.early}</ts-notice>` : null}
      ${record?.chosen ? this.#chosen(record.chosen, direction.layer) : null}
      ${own ? html`<p class="lean" data-effect=${own.change.d.value}>${effectLine(study.trait, direction, own)}</p>` : this.#noOwn(name, direction)}
      ${
        curve
          ? html`<ts-chart-actions
              label=${said.chart(name)}
              model=${study.model.info.name}
              .date=${record?.date}
            >
              <ts-dose-chart .curve=${curve} .chance=${chance} .dose=${dial?.dose ?? null} .usable=${usable} direction=${name}></ts-dose-chart>
              <p class="soft small">
                ${said.legend(name, curve.points[0]?.items ?? 0)}${dial ? ` ${said.dashed}` : ''}${
                  usable && (beyond(-widest, usable) || beyond(widest, usable)) ? ` ${said.shaded}` : ''
                } <ts-help of="d"></ts-help>
              </p>
            </ts-chart-actions>`
          : null
      }
      <ts-effect-table .chance=${chance} .direction=${direction} .cosines=${this.#cosines(study)}></ts-effect-table>
      ${
        own && record && result.summary.personas.length > 0
          ? html`<ts-persona-table
              trait=${name}
              .direction=${direction}
              .own=${own.change.trait}
              .effects=${result.summary.personas}
              .personas=${record.personas}
            ></ts-persona-table>`
          : null
      }
      ${
        record
          ? html`<div class="row"><button @click=${() => saveRecord(record)}>${words.effect.save}</button></div>`
          : null
      }
    </div>`;
  }

  #chosen({ effects, items }: ChosenLayer, layer: number) {
    const tried = effects.map(one => `${one.layer}: ${one.change === null ? '–' : signed(one.change)}`);
    return html`<p class="soft small">${words.effect.result.chosen(layer, items.ids.length, tried)} <ts-help of="layer"></ts-help></p>`;
  }

  #noOwn(name: string, direction: DirectionEffects) {
    const said = words.effect.result;
    return html`<p class="lean">
      ${direction.widest ? said.noOwnFrom(name, dose(direction.widest)) : said.noOwn(name)}
    </p>`;
  }

  /** The cosine of the direction with those of all traits at its layer, by trait. */
  #cosines({ trait, direction }: EffectStudy): Record<string, number> {
    const { vectors } = this.session.steer;
    const layer = direction?.layer ?? 0;
    const own = placed(vectors, trait, layer);
    if (!own) return {};
    const each = vectors.flatMap(({ trait: other }) => placed(vectors, other, layer) ?? []);
    return Object.fromEntries(each.map(other => [other.trait, cosine(own.vector, other.vector)]));
  }
}

customElements.define('ts-effect-result', EffectResultElement);
