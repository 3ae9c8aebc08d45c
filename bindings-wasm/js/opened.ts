import type { Handle } from "./engine.js";
import type { Answer, NumberQuestions, Questions, Request } from "./questions.js";
import type { Guard } from "./similarity.js";
import { attempt, read, write } from "./text.js";

/**
 * Something compiled once, of which many questions are asked: a scorer, a catalog, a history, a ranker.
 *
 * Its methods are the questions that are asked most, with arguments; `ask` and `numbers` know all of them,
 * with the fields of their requests.
 */
export abstract class Opened<On extends keyof Questions & keyof NumberQuestions> {
  #handle: Handle | undefined;
  readonly #name: string;
  readonly #guard: Guard | undefined;

  /** @internal */
  protected constructor(name: string, handle: Handle, guard?: Guard) {
    this.#name = name;
    this.#handle = handle;
    this.#guard = guard;
  }

  /**
   * Asks a question by its name.
   *
   * @throws {@link SponsorfitError} for what is wrong with the request.
   */
  ask<Q extends keyof Questions[On]>(question: Q, request: Request<On, Q>, inputs?: ArrayLike<number>): Answer<On, Q> {
    return this.askText(question, write(request), inputs && Float64Array.from(inputs));
  }

  /** @internal */
  protected askText<Q extends keyof Questions[On]>(question: Q, request: string, inputs?: Float64Array): Answer<On, Q> {
    return read(this.asking((handle) => handle.ask(question as string, request, inputs)));
  }

  /** Asks a question that is answered in numbers; `inputs` are those that it takes beside its request. */
  numbers<Q extends keyof NumberQuestions[On]>(
    question: Q,
    request: NumberQuestions[On][Q],
    inputs: Float64Array = new Float64Array(),
  ): Float64Array {
    const text = write(request);
    return this.asking((handle) => attempt(() => handle.numbers(question as string, text, inputs)));
  }

  /** @internal */
  get handle(): Handle {
    if (this.#handle === undefined) throw new TypeError(`this ${this.#name} was disposed of`);
    return this.#handle;
  }

  /** @internal */
  protected get guard(): Guard | undefined {
    return this.#guard;
  }

  /** @internal */
  protected asking<T>(call: (handle: Handle) => T): T {
    const handle = this.handle;
    return this.#guard ? this.#guard.after(() => call(handle)) : call(handle);
  }

  /** Gives the memory back now rather than when the garbage collector gets to it. */
  [Symbol.dispose](): void {
    this.#handle?.free();
    this.#handle = undefined;
  }
}
