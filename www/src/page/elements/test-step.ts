import { css, html } from 'lit';
import { duration, plural } from '../format';
import type { Run } from '../run';
import { traitsOf } from '../selection';
import { SessionElement, shared } from './base';
import './example';
import './file-drop';
import './notice';
import './options';
import { RunInView } from './run-in-view';
import './step';

/** Step 2: choose the items and run them. */
export class TestStepElement extends SessionElement {
  static override styles = [
    shared,
    css`
      fieldset {
        border: none;
        margin: 0;
        padding: 0;
        min-inline-size: 0;
      }
      .kinds {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(13rem, 100%), 1fr));
        gap: 0.75rem;
      }
      .kind {
        display: flex;
        gap: 0.7rem;
        align-items: flex-start;
        border: 1px solid var(--line-strong);
        border-radius: 12px;
        padding: 0.8rem 0.9rem;
        cursor: pointer;
      }
      .kind input {
        margin-block-start: 0.2rem;
      }
      .kind:has(:checked) {
        border-color: var(--accent);
        box-shadow: inset 0 0 0 1px var(--accent);
        background: var(--accent-soft);
      }
      .kind:has(:focus-visible) {
        outline: 3px solid var(--focus);
        outline-offset: 2px;
      }
      .kind input:focus-visible {
        outline: none;
      }
      .kind:has(:disabled) {
        opacity: 0.6;
        cursor: default;
      }
      .facts {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0.25rem 1rem;
        margin-block-end: 0.4rem;
      }
    `,
  ];

  constructor() {
    super();
    this.addController(new RunInView(this));
  }

  override render() {
    const { session } = this;
    const { run, loading } = session;
    const state = loading !== 'ready' ? 'waiting' : run?.complete ? 'done' : 'current';
    return html`<ts-step number="2" heading="Test" state=${state}>
      <div class="stack">
        ${
          run?.status === 'running'
            ? this.#running(run)
            : loading === 'ready'
              ? this.#choose()
              : this.#waiting()
        }
        ${this.#errors()}
      </div>
    </ts-step>`;
  }

  /** Before there is a model: what it will be asked. */
  #waiting() {
    const { selection, useOwn, own } = this.session;
    const items = selection && plural(selection.bank.items.length, 'item');
    return html`<p class="soft">
      The model reads short everyday situations, each with four possible
      answers.${items ? ` The test has ${items}${useOwn ? ` of ${own?.file}` : ''}.` : ''} Once a model is loaded, you
      can choose others.
    </p>`;
  }

  #choose() {
    const { session } = this;
    const { settings, bundled, own, useOwn, selection, run } = session;
    const traits = bundled ? traitsOf(bundled.items).length : 0;
    const limited = settings.items !== null || settings.traits !== null;
    const custom = !useOwn && (limited || (settings.per_trait !== null && settings.per_trait !== 2));
    const kind = useOwn ? 'own' : custom ? 'custom' : settings.per_trait === 2 ? 'quick' : 'standard';
    const chosen = selection?.bank.items.length ?? 0;
    const example = selection?.bank.items[0];
    return html`
      <fieldset>
        <legend class="visually-hidden">Which items</legend>
        <div class="kinds">
          ${this.#kind('quick', kind, 'Quick', `${plural(2 * traits, 'item')}, 2 a trait`, () => this.#bundled(2))}
          ${this.#kind('standard', kind, 'Standard', `All ${plural(bundled?.items.length ?? 0, 'item')}`, () => this.#bundled(null))}
          ${
            custom
              ? this.#kind('custom', kind, 'From the address', plural(chosen, 'item'), () => undefined)
              : null
          }
          ${
            own
              ? this.#kind(
                  'own',
                  kind,
                  'My own items',
                  `${own.file}, ${plural(own.bank.items.length, 'item')}`,
                  () => session.chooseItems(true, null),
                )
              : null
          }
        </div>
      </fieldset>
      <div class="row">
        <button
          class=${run?.result ? '' : 'primary'}
          data-next
          ?disabled=${chosen === 0}
          @click=${this.#start}
        >
          ${run ? 'Run the test again' : 'Run the test'}
        </button>
        <span class="soft small">
          ${plural(chosen, 'item')}, after factual questions that show whether the reading works at all.
        </span>
      </div>
      <div>
        ${example ? html`<ts-example .item=${example}></ts-example>` : null}
        <ts-options .session=${session}></ts-options>
      </div>
      <ts-file-drop
        accept=".json,.jsonl"
        label="Use items of your own"
        hint="Drop an item file (.json or .jsonl) here, or press to choose one: this project’s format or the TRAIT data."
        @file=${(event: CustomEvent<File>) => session.openItems(event.detail)}
      ></ts-file-drop>
    `;
  }

  #kind(value: string, chosen: string, title: string, hint: string, choose: () => void) {
    return html`<label class="kind">
      <input type="radio" name="kind" value=${value} .checked=${value === chosen} @change=${choose} />
      <span><strong>${title}</strong><br /><span class="soft small">${hint}</span></span>
    </label>`;
  }

  #running(run: Run) {
    const { secondsLeft } = run.pace;
    const items = `${run.itemsDone} of ${plural(run.itemsTotal, 'item')} done`;
    const asking = run.phase === 'gate';
    const words = asking ? `Asking factual questions first · ${items}` : items;
    const rate = (asking ? run.pace : run.itemPace).rate;
    const perMinute = rate === null ? 0 : rate * 60;
    const pace = [
      rate === null
        ? null
        : `${perMinute < 10 ? perMinute.toFixed(1) : Math.round(perMinute)} ${asking ? 'answers' : 'items'} a minute`,
      secondsLeft === null ? 'estimating the time' : `${duration(secondsLeft)} left`,
    ].filter(text => text !== null);
    return html`<div>
        <div class="facts">
          <span id="what" data-items-done=${run.itemsDone}>${words}</span>
          <span class="soft num">${run.stopping ? 'stopping…' : pace.join(' · ')}</span>
        </div>
        ${
          run.total > 0
            ? html`<progress aria-labelledby="what" max=${run.total} value=${run.done}></progress>`
            : html`<progress aria-labelledby="what"></progress>`
        }
      </div>
      <div>
        <button data-next ?disabled=${run.stopping} @click=${() => run.stop()}>
          Stop and keep what is done
        </button>
      </div>`;
  }

  #errors() {
    const { itemsError, run, selection } = this.session;
    return html`
      ${itemsError ? html`<ts-notice kind="bad" .of=${itemsError}></ts-notice>` : null}
      ${
        selection && selection.bank.items.length === 0
          ? html`<ts-notice kind="warn">No item is left of that selection. Choose another one above.</ts-notice>`
          : null
      }
      ${run?.openNotices.map(
        notice =>
          html`<ts-notice kind=${run.error?.code === notice.code ? 'bad' : 'warn'} .of=${notice}></ts-notice>`,
      )}
    `;
  }

  #bundled(perTrait: number | null): void {
    this.session.set({ traits: null, items: null });
    this.session.chooseItems(false, perTrait);
  }

  #start = () => {
    this.acted();
    void this.session.startRun();
  };
}

customElements.define('ts-test-step', TestStepElement);
