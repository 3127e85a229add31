import { html } from 'lit';
import type { DirectionEffects } from '../../types';
import { beyond, cosine, placed } from '../dials';
import type { ChosenLayer, EffectStudy } from '../effect-study';
import { dose, plural, signed } from '../format';
import { saveRecord } from '../save';
import { sameTrait } from '../study-items';
import { effectLine, traitName } from '../wording';
import { SessionElement, shared } from './base';
import './chart-actions';
import './dose-chart';
import './effect-table';
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
    const name = traitName(study.trait).toLowerCase();
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
      ${
        result.cancelled
          ? html`<ts-notice kind="warn">The study ended early; what was done is kept, and doses may lack items.</ts-notice>`
          : null
      }
      ${record?.chosen ? this.#chosen(record.chosen, direction.layer) : null}
      ${own ? html`<p class="lean" data-effect=${own.change.d.value}>${effectLine(study.trait, direction, own)}</p>` : this.#noOwn(name, direction)}
      ${
        curve
          ? html`<ts-chart-actions
              label="Doses of ${name}"
              model=${study.model.info.name}
              .date=${record?.date}
            >
              <ts-dose-chart .curve=${curve} .chance=${chance} .dose=${dial?.dose ?? null} .usable=${usable} direction=${name}></ts-dose-chart>
              <p class="soft small">
                Upwards: answers of the high side become likelier than those of the low side (nats a token). Points: the
                direction of ${name}, with 95% intervals over ${plural(curve.points[0]?.items ?? 0, 'item')}. Rings: directions of
                chance of the same size.${dial ? ' Dashed: where the dial stands.' : ''}${
                  usable && (beyond(-widest, usable) || beyond(widest, usable))
                    ? ' Shaded: doses at which texts of this model fall apart; what is answered there is no longer said by a sound model.'
                    : ''
                }
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
          ? html`<div class="row"><button @click=${() => saveRecord('effect', record)}>Save the study</button></div>`
          : null
      }
    </div>`;
  }

  #chosen({ effects, items }: ChosenLayer, layer: number) {
    const tried = effects.map(one => `${one.layer}: ${one.change === null ? '–' : signed(one.change)}`);
    return html`<p class="soft small">
      Layer ${layer} was chosen on ${plural(items.ids.length, 'other item')} (${tried.join(', ')}); what follows is from items that had
      no part in that.
    </p>`;
  }

  #noOwn(name: string, direction: DirectionEffects) {
    return html`<p class="lean">
      No items ask about ${name} itself; the table shows what its direction does to the traits that the items do ask about${
        direction.widest ? ` from −${dose(direction.widest)} to +${dose(direction.widest)}` : ''
      }.
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
