import type { Sandbox } from '../../main/training/sandbox';

export interface Climate {
  /** Longest time that the till answers before it goes away, in milliseconds. */
  readonly upMs: number;
  /** Longest time that it is away. */
  readonly downMs: number;
  /** Share of writes whose answer is lost on the way back. */
  readonly lostAnswers: number;
  /** Share of connections that are cut before the till looks at them. */
  readonly flap: number;
  /** The till thinks up to so long before each answer, in milliseconds. */
  readonly slowMs: number;
}

/** What the till and the line to it do while the app works: drawn from a seed, ended by {@link Weather.clear}. */
export class Weather {
  readonly #sandbox: Sandbox;
  readonly #random: () => number;
  readonly #climate: Climate;
  #timer: NodeJS.Timeout | undefined;
  /** How often the till went away. */
  outages = 0;

  constructor(sandbox: Sandbox, random: () => number, climate: Climate) {
    this.#sandbox = sandbox;
    this.#random = random;
    this.#climate = climate;
    const { switches } = sandbox;
    switches.lose = climate.lostAnswers;
    switches.flap = climate.flap;
    this.#up();
  }

  /** The till is well from now on. Resolves once its port is held again. */
  async clear(): Promise<void> {
    clearTimeout(this.#timer);
    const { switches } = this.#sandbox;
    Object.assign(switches, { lose: 0, flap: 0, slowMs: 0, down: false });
    await this.#sandbox.settled();
  }

  #up(): void {
    const { switches } = this.#sandbox;
    switches.down = false;
    switches.slowMs = this.#random() * this.#climate.slowMs;
    this.#timer = setTimeout(() => this.#down(), this.#random() * this.#climate.upMs);
  }

  #down(): void {
    this.outages += 1;
    // A server that is gone, or a line that is cut: they look different from the till's side.
    this.#sandbox.switches.down = this.#random() < 0.5 ? 'refuse' : true;
    this.#timer = setTimeout(() => this.#up(), this.#random() * this.#climate.downMs);
  }
}
