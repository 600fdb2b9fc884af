/** Standard output: written at the pace of its reader, and left quietly when the reader goes. */
import type { Out } from '../io.ts';

/** The reader of the output has gone (`| head`). No failure: it has what it wanted. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed';
}

/** Where results go. */
export class Output {
  readonly #stream: Out;
  readonly #failed = new AbortController();
  readonly #beforeWrite: (() => void)[] = [];
  /** Aborted when the run is to end: by the user, or because writing has become pointless. Sources stop reading then. */
  readonly signal: AbortSignal;

  constructor(stream: Out, signal: AbortSignal) {
    this.#stream = stream;
    this.signal = AbortSignal.any([signal, this.#failed.signal]);
    stream.on('error', this.#fail);
  }

  /** Calls back before anything is written; a progress line gets out of the way. */
  beforeWrite(call: () => void): void {
    this.#beforeWrite.push(call);
  }

  /**
   * Resolves when the stream takes more. A million lines are then never in memory at once, however slow the reader is.
   *
   * @throws the signal's reason: {@link OutputClosed} when the reader has gone, the stream's own error when writing
   * failed (a full disk).
   */
  async write(text: string): Promise<void> {
    if (text === '') return;
    this.signal.throwIfAborted();
    for (const call of this.#beforeWrite) call();
    if (this.#stream.write(text)) return;
    await this.#settled((done) => this.#stream.once('drain', done));
  }

  /** Resolves when everything has left the process. */
  async flush(): Promise<void> {
    this.signal.throwIfAborted();
    await this.#settled((done) => this.#stream.write('', () => done()));
  }

  /** Takes the listeners off again; the stream belongs to the caller. */
  release(): void {
    this.#stream.off('error', this.#fail);
  }

  async #settled(wait: (done: () => void) => void): Promise<void> {
    const { signal } = this;
    await new Promise<void>((resolve, reject) => {
      const leave = () => reject(signal.reason);
      signal.addEventListener('abort', leave, { once: true });
      wait(() => {
        signal.removeEventListener('abort', leave);
        resolve();
      });
    });
  }

  readonly #fail = (error: NodeJS.ErrnoException): void => {
    const gone = error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED' || error.code === 'ECONNRESET';
    this.#failed.abort(gone ? new OutputClosed('the reader of the output has gone') : error);
  };
}
