import { words } from '../i18n';
import { endsWorker } from '../lib/connection';
import type { Model } from '../lib/traitscope';
import type { Notice } from '../types';
import { gpuFacts } from './device-facts';
import { PageError } from './page-error';
import type { Session } from './session';
import { isSoftware } from './software';

/** Errors that the CPU helps out of; those of the first kind also come where the CPU was tried after the GPU. */
const MISSING = ['device.unavailable', 'device.memory'];
const FAILING = ['device.lost', 'device.selftest', 'device.software'];

/** What the page offers after a failure of the model or of its device. */
export class Recovery {
  readonly #session: Session;
  /** Whether the browser says of its GPU that it is computed on the CPU. */
  #software = false;

  constructor(session: Session) {
    this.#session = session;
  }

  /** A model was opened. If its worker ends it is gone, whatever the page is at. */
  follow(model: Model): void {
    const session = this.#session;
    void model.crash.then(error => {
      // What loads or moves a model hears of it by itself.
      if (session.model === model && session.loading === 'ready') void session.lose(error);
    });
    // A GPU that nobody wants is not asked for.
    if (session.settings.device === 'cpu') return;
    void gpuFacts().then(facts => {
      this.#software = facts.usable && facts.software;
      session.changed();
    });
  }

  /** Whether there is no model because its worker has ended. */
  get gone(): boolean {
    const { loading, modelError } = this.#session;
    return loading === 'idle' && modelError !== null && endsWorker(modelError.code);
  }

  /** The name of what {@link loadAgain} loads; null where there is nothing. */
  get last(): string | null {
    const { file, entry } = this.#session;
    return file?.name ?? entry?.name ?? null;
  }

  async loadAgain(): Promise<void> {
    await this.#session.load(this.#session.file);
  }

  /** What is to be said of the device that the loaded model runs on. */
  get deviceNotice(): Notice | null {
    const device = this.#session.model?.info.device;
    if (!device) return null;
    const { software, softwareLeft } = words.recovery;
    if (device.kind === 'gpu' && (this.#software || isSoftware(device))) {
      return new PageError('device.software', software);
    }
    if (this.#software && device.notice?.code === 'device.unavailable') {
      return new PageError('device.software', softwareLeft);
    }
    return device.notice;
  }

  /** Whether the CPU is still to be tried after this error. */
  offersCpu({ code }: Notice): boolean {
    const { model, settings, busy } = this.#session;
    if (busy) return false;
    if (model) return model.info.device.kind === 'gpu' && [...MISSING, ...FAILING].includes(code);
    return (
      (settings.device === 'gpu' && MISSING.includes(code)) ||
      (settings.device !== 'cpu' && FAILING.includes(code))
    );
  }

  /** Leaves the GPU: with the model that is loaded, or else by loading it on the CPU. */
  async toCpu(): Promise<void> {
    const session = this.#session;
    if (session.model) return session.chooseDevice('cpu');
    session.set({ device: 'cpu' });
    return this.loadAgain();
  }
}
