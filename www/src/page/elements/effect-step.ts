import { html } from 'lit';
import type { DirectionEffects } from '../../types';
import { beyond, cosine, placed } from '../dials';
import type { EffectRecord, EffectStudy } from '../effect-study';
import { plural } from '../format';
import { saveRecord } from '../save';
import type { Extent } from '../study';
import { sameTrait } from '../study-items';
import { effectLine, traitName } from '../wording';
import { SessionElement, shared } from './base';
import './dose-chart';
import './effect-table';
import './persona-table';
import './step';
import { directions, extents, remarks, studyStyles, underWay } from './study-parts';

/** Step 5: whether a push moves the test's answers, and whether by more than chance would. */
export class EffectStepElement extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    extent: { state: true },
    trait: { state: true },
  };
  declare extent: Extent;
  /** The direction to study; that of the first dial unless another is chosen. */
  declare trait: string | null;

  constructor() {
    super();
    this.extent = 'quick';
    this.trait = null;
  }

  static override styles = [shared, studyStyles];

  override render() {
    const { session } = this;
    const { steer, study, loading } = session;
    if (loading !== 'ready' || steer.vectors.length === 0) {
      return html`<ts-step number="5" heading="Does the push move the test?" state="waiting">
        <p class="soft">
          The test’s items are asked at nine doses of a push, and under random pushes of the same size: only what chance does
          not do as well is an effect.
        </p>
      </ts-step>`;
    }
    const state = study?.status === 'done' ? 'done' : 'current';
    return html`<ts-step number="5" heading="Does the push move the test?" state=${state}>
      <div class="stack" data-study=${study?.status ?? 'none'}>
        ${
          study?.status === 'running'
            ? underWay(study, 'answer', 'Making directions of chance')
            : this.#choose()
        }
        ${remarks(study, session)} ${study?.result ? this.#result(study) : null}
      </div>
    </ts-step>`;
  }

  #choose() {
    const { session } = this;
    const trait = this.#chosen();
    return html`
      <p class="soft">
        The test’s items are asked at nine doses of the push, and under random pushes of the same size: only what chance does
        not do as well is an effect.
      </p>
      ${directions('Direction', session.steer.traits, trait, session, name => {
        this.trait = name;
      })}
      ${extents(
        this.extent,
        {
          quick: 'The trait’s own items, beside 20 directions made of the same texts with their sides mixed',
          full: 'All eight traits, beside 20 such directions, 20 drawn at random, and the trait asked for in words',
        },
        extent => {
          this.extent = extent;
        },
      )}
      <div class="row">
        <button class=${session.study?.result ? '' : 'primary'} data-next ?disabled=${session.busy} @click=${this.#start}>
          ${session.study?.result ? 'Study it again' : 'Ask under every dose'}
        </button>
      </div>
    `;
  }

  #result(study: EffectStudy) {
    const { result, direction } = study;
    if (!result || !direction) return null;
    const { own } = study;
    const name = traitName(study.trait).toLowerCase();
    const curve = direction.curves.find(({ trait }) => own && sameTrait(trait, own.change.trait));
    const chance = result.summary.chance.filter(
      one => one.dose !== null && curve && one.trait === curve.trait && one.readout === curve.readout,
    );
    const usable = this.session.steer.usableOf(study.trait);
    const widest = direction.widest ?? 0;
    const dial = this.session.steer.dials.find(({ trait }) => trait === study.trait);
    return html`
      ${
        result.cancelled
          ? html`<ts-notice kind="warn">The study ended early; what was done is kept, and doses may lack items.</ts-notice>`
          : null
      }
      ${own ? html`<p class="lean" data-effect=${own.change.d.value}>${effectLine(study.trait, direction, own)}</p>` : this.#noOwn(name, direction)}
      ${
        curve
          ? html`<ts-dose-chart .curve=${curve} .chance=${chance} .dose=${dial?.dose ?? null} .usable=${usable} direction=${name}></ts-dose-chart>
              <p class="soft small">
                Upwards: answers of the high side become likelier than those of the low side (nats a token). Points: the
                direction of ${name}, with 95% intervals over ${plural(curve.points[0]?.items ?? 0, 'item')}. Rings: directions of
                chance of the same size.${dial ? ' Dashed: where the dial of step 4 stands.' : ''}${
                  usable && (beyond(-widest, usable) || beyond(widest, usable))
                    ? ' Shaded: doses at which texts of this model fall apart; what is answered there is no longer said by a sound model.'
                    : ''
                }
              </p>`
          : null
      }
      <ts-effect-table .direction=${direction} .cosines=${this.#cosines(study)}></ts-effect-table>
      ${
        own && study.record && result.summary.personas.length > 0
          ? html`<ts-persona-table
              trait=${name}
              .direction=${direction}
              .own=${own.change.trait}
              .effects=${result.summary.personas}
              .personas=${study.record.personas}
            ></ts-persona-table>`
          : null
      }
      ${
        study.record
          ? html`<div class="row"><button @click=${() => saveRecord('effect', study.record as EffectRecord)}>Save the study</button></div>`
          : null
      }
    `;
  }

  #noOwn(name: string, direction: DirectionEffects) {
    return html`<p class="lean">
      No items ask about ${name} itself; the table shows what its direction does to the traits that the items do ask about${
        direction.widest ? ` from −${direction.widest} to +${direction.widest}` : ''
      }.
    </p>`;
  }

  #chosen(): string {
    const { steer } = this.session;
    return this.trait ?? steer.dials[0]?.trait ?? steer.traits[0] ?? '';
  }

  #start = () => {
    this.acted();
    void this.session.startStudy(this.#chosen(), this.extent);
  };

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

customElements.define('ts-effect-step', EffectStepElement);
