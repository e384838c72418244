import type { Till } from '../core/location';
import { type Answer, NOT_FOUND } from './answer';
import type { FailureBudget } from './failure-budget';
import type { ReadSecret } from './ports';
import { sameToken } from './shared-token';

export interface HintHookOptions {
  readonly secret: ReadSecret;
  readonly failures: FailureBudget;
  readonly onPosHint?: (till: string) => void;
}

/**
 * A till cannot sign: its webhook's address carries an unguessable token, and nothing it says is believed.
 * It only makes us look sooner. A wrong token gets the answer of an address that does not exist.
 */
export async function answerHint(till: Till, token: string, options: HintHookOptions): Promise<Answer> {
  const ours = till.webhookSecret === null ? undefined : await options.secret(till.webhookSecret);
  if (ours === undefined || !sameToken(token, ours)) return options.failures.charge(till.key, NOT_FOUND);
  options.onPosHint?.(till.key);
  return { status: 202, body: { hint: 'taken' } };
}
