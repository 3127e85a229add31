import { css, html } from 'lit';
import { firstGuess, pace, questions, total } from '../expected';
import { duration, plural } from '../format';
import { formsOf } from '../forms';
import { openFiles } from '../open-files';
import type { OwnFile } from '../own-files';
import type { Run } from '../run';
import { type Selection, traitsOf } from '../selection';
import { QUICK } from '../settings';
import { SessionElement, shared } from './base';
import './example';
import './file-drop';
import './kept-run';
import { missingModel } from './missing';
import './notice';
import './options';
import './own-file';
import { RunInView } from './run-in-view';
import './step';

/** Choose the items and run them. */
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
      .inventories {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(14rem, 100%), 1fr));
        gap: 0.75rem 1.25rem;
      }
      .inventories label {
        font-weight: 600;
        min-inline-size: 0;
      }
      .inventories select {
        display: block;
        font-weight: 400;
        inline-size: 100%;
        margin-block-start: 0.35rem;
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
    return html`<ts-step heading="Test" state=${state}>
      <div class="stack">
        <ts-kept-run .session=${session}></ts-kept-run>
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
    const { selection, own } = this.session;
    const items = selection && plural(selection.size, selection.inventory ? 'statement' : 'item');
    return html`<p class="soft">
        ${selection?.inventory ? 'The model rates statements about itself.' : 'The model reads short everyday situations, each with four possible answers.'}${items ? ` The test has ${items}${own.used ? ` of ${own.used.name}` : ''}.` : ''} Once a model is loaded, you
        can choose others.
      </p>
      ${missingModel(this.session)}`;
  }

  #choose() {
    const { session } = this;
    const { settings, bundled, own, selection, run } = session;
    const useOwn = own.used !== null;
    const traits = bundled ? traitsOf(bundled.items).length : 0;
    const limited = settings.items !== null || settings.traits !== null;
    const rated = !useOwn && settings.inventory !== null;
    const custom =
      !useOwn && !rated && (limited || (settings.per_trait !== null && settings.per_trait !== QUICK));
    const usual = settings.per_trait === QUICK ? 'quick' : 'standard';
    const kind = useOwn ? 'own' : rated ? 'inventory' : custom ? 'custom' : usual;
    const chosen = selection?.size ?? 0;
    const example = selection?.bank.items[0];
    return html`
      <fieldset>
        <legend class="visually-hidden">Which items</legend>
        <div class="kinds">
          ${this.#kind('quick', kind, 'Quick', `${plural(QUICK * traits, 'item')}, ${QUICK} a trait`, () => this.#bundled(QUICK))}
          ${this.#kind('standard', kind, 'Standard', `All ${plural(bundled?.items.length ?? 0, 'item')}`, () => this.#bundled(null))}
          ${
            custom
              ? this.#kind('custom', kind, 'From the address', plural(chosen, 'item'), () => undefined)
              : null
          }
          ${
            session.inventories.length > 0
              ? this.#kind('inventory', kind, 'IPIP-NEO', 'Statements about oneself, in 39 languages', () =>
                  this.#inventory(settings.inventory ?? 'ipip-neo-120.en', null),
                )
              : null
          }
          ${
            own.file
              ? this.#kind('own', kind, 'My own items', sizeOf(own.file), () =>
                  session.chooseItems(true, null),
                )
              : null
          }
          ${own.kept
            .filter(file => file !== own.keptFile)
            .map(file => this.#kind(file.key, kind, 'Kept items', file.name, () => void own.choose(file)))}
        </div>
      </fieldset>
      ${rated ? this.#inventories() : null}
      <ts-own-file .session=${session}></ts-own-file>
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
          ${plural(chosen, selection?.inventory ? 'statement' : 'item')}, after ${selection?.inventory ? 'statements of fact' : 'factual questions'} that show whether the reading works at all.
          ${selection ? this.#expected(selection) : null}
        </span>
      </div>
      <div>
        ${example ? html`<ts-example .item=${example}></ts-example>` : null}
        ${session.hides('options') ? null : html`<ts-options .session=${session}></ts-options>`}
      </div>
      ${
        session.hides('own')
          ? null
          : html`<ts-file-drop
        accept=".json,.jsonl,.csv,.tsv,.parquet"
        label="Use items of your own"
        hint="Drop a file (.json, .jsonl, .csv or .parquet) here, or press to choose one: items of this project’s form, the TRAIT data, or statements to rate."
        @files=${(event: CustomEvent<File[]>) => openFiles(session, event.detail)}
      ></ts-file-drop>`
      }
    `;
  }

  /** How much that is to ask, and how long it will take where that is known. */
  #expected({ bank, inventory }: Selection) {
    const { settings, model, selfTest } = this.session;
    const { readouts, paraphrases, failing, gate } = settings;
    const asked = questions({
      items: bank,
      inventory,
      readouts,
      ...formsOf(settings, inventory !== null),
      paraphrases,
      gate_questions: gate,
    });
    const count = total(asked);
    const seconds = model && pace(model.info);
    const guess = model && firstGuess(asked, selfTest);
    const most = failing === 'skip' && gate > 0 ? 'At most ' : '';
    const time = seconds
      ? `, ${duration(seconds * count)} at the pace of the last test on this device`
      : guess
        ? `, at a first guess ${duration(guess)}`
        : '';
    return html`<span data-questions=${count}>${most}${plural(count, 'question')}${time}.</span>`;
  }

  /** Which inventory, in which language, and how much of it. */
  #inventories() {
    const { session } = this;
    const { settings, inventories } = session;
    const [id = '', language = ''] = (settings.inventory ?? '').split('.');
    const languages = inventories.find(found => found.id === id)?.languages ?? [];
    const choose = (inventory: string, spoken: string) => {
      const there = inventories
        .find(found => found.id === inventory)
        ?.languages.some(found => found.id === spoken);
      this.#inventory(`${inventory}.${there ? spoken : 'en'}`, settings.per_trait);
    };
    const value = (event: Event) => (event.target as HTMLSelectElement).value;
    return html`<div class="inventories">
      <label>Inventory
        <select @change=${(event: Event) => choose(value(event), language)}>
          ${inventories.map(found => html`<option value=${found.id} ?selected=${found.id === id}>${found.name}</option>`)}
        </select>
      </label>
      <label>Language
        <select @change=${(event: Event) => choose(id, value(event))}>
          ${languages.map(found => html`<option value=${found.id} ?selected=${found.id === language}>${found.name}</option>`)}
        </select>
      </label>
      <label>How many
        <select @change=${(event: Event) => this.#inventory(`${id}.${language}`, value(event) === 'all' ? null : Number(value(event)))}>
          <option value="all" ?selected=${settings.per_trait === null}>All</option>
          ${[QUICK, 12].map(count => html`<option value=${count} ?selected=${settings.per_trait === count}>${count} of each domain</option>`)}
        </select>
      </label>
    </div>`;
  }

  #inventory(id: string, perDomain: number | null): void {
    void this.session.chooseInventory(id, perDomain);
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
    const { itemsErrors, run, selection } = this.session;
    return html`
      ${itemsErrors.map(error => html`<ts-notice kind="bad" .of=${error}></ts-notice>`)}
      ${
        selection && selection.size === 0
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

/** How many of what a file holds. */
function sizeOf({ name, instrument }: OwnFile): string {
  return instrument.kind === 'items'
    ? `${name}, ${plural(instrument.bank.items.length, 'item')}`
    : `${name}, ${plural(instrument.inventory.items.length, 'statement')}`;
}

customElements.define('ts-test-step', TestStepElement);
