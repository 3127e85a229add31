import { html } from 'lit';
import { words } from '../../i18n/all';
import type { Asked } from '../asked';
import { traitsOf } from '../selection';
import type { PUSHES } from '../settings';
import type { Study } from '../study';
import { sameTrait } from '../study-items';
import { makeStudy } from '../study-kinds';
import { SessionElement, shared } from './base';
import './coherence-result';
import './effect-result';
import './help';
import './left-study';
import { waitsFor } from './missing';
import './specificity-result';
import './step';
import { directions, kinds, remarks, studyStyles, underWay } from './study-parts';

/** What can be found out. */
type Kind = (typeof PUSHES)[number];

/** Whether a push moves the test's answers, whether by more than chance would, and how far it can be driven. */
export class EffectStepElement extends SessionElement {
  static override styles = [shared, studyStyles];

  override render() {
    const { session } = this;
    const { steer, loading } = session;
    const { heading, what } = words.effect;
    const study = this.#study();
    const running = study?.status === 'running';
    const left = html`<ts-left-study .session=${session} place="steer"></ts-left-study>`;
    if (!running && (loading !== 'ready' || steer.vectors.length === 0)) {
      // What was found stays when its model is gone.
      return html`<ts-step heading=${heading} state="waiting">
        <div class="stack" data-study=${study?.status ?? 'none'}>
          <p class="soft">${what}</p>
          ${left} ${waitsFor(session, 'directions')} ${remarks(study, session)} ${this.#result()}
        </div>
      </ts-step>`;
    }
    return html`<ts-step heading=${heading} state=${study?.status === 'done' ? 'done' : 'current'}>
      <div class="stack" data-study=${study?.status ?? 'none'}>
        ${left}
        ${running ? underWay(study, this.#kind === 'texts' ? 'text' : 'answer', words.effect.first[this.#kind]) : this.#choose(study)}
        ${remarks(study, session)} ${this.#result()}
      </div>
    </ts-step>`;
  }

  get #kind(): Kind {
    return this.session.settings.push;
  }

  /** The last study of the chosen kind. */
  #study(): Study | null {
    const { effect, specificity, coherence } = this.session.studies;
    return this.#kind === 'every' ? specificity : this.#kind === 'texts' ? coherence : effect;
  }

  #choose(study: Study | null) {
    const { session } = this;
    const trait = this.#chosen();
    const again = study?.status === 'done';
    const { effect } = words;
    return html`
      <p class="soft">${effect.what} <ts-help of="chance"></ts-help></p>
      ${kinds(effect.kind, this.#kind, effect.kinds, kind => {
        session.set({ push: kind });
      })}
      ${
        this.#kind === 'every'
          ? null
          : directions(effect.every.direction, session.steer.traits, trait, session, name => {
              session.set({ push_trait: name });
            })
      }
      ${this.#kind === 'quick' || this.#kind === 'full' ? this.#sweep(trait) : null}
      <div class="row">
        <button data-next ?disabled=${session.busy} @click=${this.#start}>
          ${again ? effect.again : effect.start[this.#kind]}
        </button>
      </div>
    `;
  }

  #sweep(trait: string) {
    if (!this.#asked(trait)) return null;
    return html`<label class="row">
      <input
        type="checkbox"
        .checked=${this.session.settings.sweep}
        @change=${(event: Event) => this.session.set({ sweep: (event.target as HTMLInputElement).checked })}
      />
      <span>${words.effect.sweep(html`<span class="soft small">${words.effect.sweepHint}</span>`)}</span>
    </label>`;
  }

  #result() {
    const { session } = this;
    const { effect, specificity, coherence } = session.studies;
    if (this.#kind === 'every') {
      const record = specificity?.record;
      return record ? html`<ts-specificity-result .record=${record}></ts-specificity-result>` : null;
    }
    if (this.#kind === 'texts') {
      const record = coherence?.record;
      if (!record) return null;
      const known = session.steer.cataloguedRange(record.trait);
      return html`<ts-coherence-result .record=${record} .known=${known}></ts-coherence-result>`;
    }
    return effect?.result
      ? html`<ts-effect-result .session=${session} .study=${effect}></ts-effect-result>`
      : null;
  }

  #chosen(): string {
    const { steer, settings } = this.session;
    const wanted = steer.traits.find(trait => trait === settings.push_trait);
    return wanted ?? steer.dials[0]?.trait ?? steer.traits[0] ?? '';
  }

  /** Whether the items ask about a trait. */
  #asked(trait: string): boolean {
    return traitsOf(this.session.items.bundled?.items ?? []).some(name => sameTrait(name, trait));
  }

  /** What is asked for as the choices stand. */
  #wanted(trait: string, sweep: boolean): Asked {
    const kind = this.#kind;
    if (kind === 'every') return { kind: 'specificity' };
    if (kind === 'texts') return { kind: 'coherence', trait };
    return { kind: 'effect', trait, extent: kind, sweep: sweep && this.#asked(trait) };
  }

  #start = () => {
    this.acted();
    const { studies, settings } = this.session;
    void studies.start(makeStudy, this.#wanted(this.#chosen(), settings.sweep));
  };
}

customElements.define('ts-effect-step', EffectStepElement);
