import { html } from 'lit';
import { traitsOf } from '../selection';
import type { Study } from '../study';
import { sameTrait } from '../study-items';
import { SessionElement, shared } from './base';
import './coherence-result';
import './effect-result';
import './specificity-result';
import './step';
import { directions, kinds, remarks, studyStyles, underWay } from './study-parts';

const HEADING = 'Does the push move the test?';
const WHAT =
  'Whether a push does what its name says shows in the test: its items are asked under the push, and under random pushes of the same size. Only what chance does not do as well is an effect.';

/** What can be found out. */
type Kind = 'quick' | 'full' | 'every' | 'texts';

const KINDS: Record<Kind, { title: string; hint: string }> = {
  quick: {
    title: 'Short',
    hint: 'The trait’s own items, beside 20 directions made of the same texts with their sides mixed',
  },
  full: {
    title: 'Full',
    hint: 'All eight traits, beside 20 such directions, 20 drawn at random, and the trait asked for in words',
  },
  every: {
    title: 'Every direction',
    hint: 'The directions of all traits of the test and of the dials, each pushed both ways: what else does each of them move?',
  },
  texts: {
    title: 'How far it can go',
    hint: 'Eight questions answered at nine doses: up to which of them do the texts hold together?',
  },
};

/** Whether a push moves the test's answers, whether by more than chance would, and how far it can be driven. */
export class EffectStepElement extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    kind: { state: true },
    trait: { state: true },
    sweep: { state: true },
  };
  declare kind: Kind;
  /** The direction to study; that of the first dial unless another is chosen. */
  declare trait: string | null;
  /** Whether a layer is chosen first. */
  declare sweep: boolean;

  constructor() {
    super();
    this.kind = 'quick';
    this.trait = null;
    this.sweep = false;
  }

  static override styles = [shared, studyStyles];

  override render() {
    const { session } = this;
    const { steer, loading } = session;
    if (loading !== 'ready' || steer.vectors.length === 0) {
      return html`<ts-step heading=${HEADING} state="waiting"><p class="soft">${WHAT}</p></ts-step>`;
    }
    const study = this.#study();
    const running = study?.status === 'running';
    return html`<ts-step heading=${HEADING} state=${study?.status === 'done' ? 'done' : 'current'}>
      <div class="stack" data-study=${study?.status ?? 'none'}>
        ${running ? underWay(study, ...this.#words()) : this.#choose(study)}
        ${remarks(study, session)} ${this.#result()}
      </div>
    </ts-step>`;
  }

  /** The last study of the chosen kind. */
  #study(): Study | null {
    const { effect, specificity, coherence } = this.session.studies;
    return this.kind === 'every' ? specificity : this.kind === 'texts' ? coherence : effect;
  }

  /** What is counted while it runs, and what is done before. */
  #words(): [string, string] {
    if (this.kind === 'texts') return ['text', 'Writing the first text'];
    return ['answer', this.kind === 'every' ? 'Asking the first item' : 'Making directions of chance'];
  }

  #choose(study: Study | null) {
    const { session } = this;
    const trait = this.#chosen();
    const again = study?.status === 'done';
    const first = { quick: 'Ask under every dose', full: 'Ask under every dose' };
    const label = { ...first, every: 'Push along every direction', texts: 'Write under every dose' }[
      this.kind
    ];
    return html`
      <p class="soft">${WHAT}</p>
      ${kinds('What is found out', this.kind, KINDS, kind => {
        this.kind = kind;
      })}
      ${
        this.kind === 'every'
          ? null
          : directions('Direction', session.steer.traits, trait, session, name => {
              this.trait = name;
            })
      }
      ${this.kind === 'quick' || this.kind === 'full' ? this.#sweep(trait) : null}
      <div class="row">
        <button data-next ?disabled=${session.busy} @click=${this.#start}>
          ${again ? 'Study it again' : label}
        </button>
      </div>
    `;
  }

  #sweep(trait: string) {
    if (!this.#asked(trait)) return null;
    return html`<label class="row">
      <input
        type="checkbox"
        .checked=${this.sweep}
        @change=${(event: Event) => {
          this.sweep = (event.target as HTMLInputElement).checked;
        }}
      />
      <span>Choose the layer first <span class="soft small">of five, on the other half of the items</span></span>
    </label>`;
  }

  #result() {
    const { session } = this;
    const { effect, specificity, coherence } = session.studies;
    if (this.kind === 'every') {
      const record = specificity?.record;
      return record ? html`<ts-specificity-result .record=${record}></ts-specificity-result>` : null;
    }
    if (this.kind === 'texts') {
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
    const { steer } = this.session;
    return this.trait ?? steer.dials[0]?.trait ?? steer.traits[0] ?? '';
  }

  /** Whether the items ask about a trait. */
  #asked(trait: string): boolean {
    return traitsOf(this.session.bundled?.items ?? []).some(name => sameTrait(name, trait));
  }

  #start = () => {
    this.acted();
    const { studies } = this.session;
    const trait = this.#chosen();
    if (this.kind === 'every') void studies.startSpecificity();
    else if (this.kind === 'texts') void studies.startCoherence(trait);
    else void studies.startEffect(trait, this.kind, this.sweep && this.#asked(trait));
  };
}

customElements.define('ts-effect-step', EffectStepElement);
