import { accountName, placeholderName } from '../core/placeholders';
import type { BlockText } from './block-texts';
import type { ProblemList } from './problem-list';
import type { YamlPath } from './yaml-source';

interface Entry {
  readonly location: YamlPath;
  readonly text: BlockText;
}

/** Which keychain entry is used where: one secret belongs to one place. */
export class AccountBook {
  readonly #problems: ProblemList;
  readonly #entries = new Map<string, Entry>();

  constructor(problems: ProblemList) {
    this.#problems = problems;
  }

  /** Enters one location's secrets; those that another place has already are reported. */
  enter(texts: readonly BlockText[], id: string, location: YamlPath): void {
    for (const text of texts) {
      const name = text.secret ? placeholderName(text.value) : undefined;
      if (name === undefined) continue;
      const account = accountName(name, id);
      const other = this.#entries.get(account);
      if (other === undefined) this.#entries.set(account, { location, text });
      else this.#reportShared(account, { location, text }, other);
    }
  }

  #reportShared(account: string, { location, text }: Entry, other: Entry): void {
    const line = this.#problems.lineOf(other.text.path);
    const alone = (entry: Entry) => entry.text.field === 'webhook_secret';
    if (alone({ location, text }) && alone(other)) {
      const words = `Another till or channel has this secret too (line ${line}). Give each one its own.`;
      this.#problems.report(text.path, 'warning', words);
    } else if (location !== other.location) {
      const words = `${account} is used by another location too (line ${line}). Each location has its own token.`;
      this.#problems.report(text.path, 'error', words);
    } else if (text.field !== other.text.field) {
      const words = `${account} is also the “${other.text.field}” of line ${line}. Give each one a secret of its own.`;
      this.#problems.report(text.path, 'warning', words);
    }
  }
}
