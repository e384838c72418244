import { IconAlertTriangle, IconCheck, IconLoader, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { SetupCheck } from '../../../preload/contract';
import { Button } from '../../ui/button';
import styles from './check-list.module.css';

interface CheckListProps {
  /** `null` until the first answer. */
  readonly checks: readonly SetupCheck[] | null;
  readonly testing: boolean;
  /** “Asking the till…” */
  readonly asking: string;
  /** The way to the step that asks for a variable, with its button’s words; `undefined` when no step asks for it. */
  readonly changeOf?: (
    field: string,
  ) => { readonly words: string; readonly onChange: () => void } | undefined;
}

const ICON_SIZE = 22;
const ICONS: Readonly<Record<SetupCheck['status'], ReactNode>> = {
  ok: <IconCheck size={ICON_SIZE} stroke={2.5} aria-label="Works:" />,
  warning: <IconAlertTriangle size={ICON_SIZE} aria-label="Note:" />,
  failed: <IconX size={ICON_SIZE} stroke={2.5} aria-label="Does not work:" />,
};

/** What was asked and what came back, line by line. The last answer stays in its place while it is asked again. */
export function CheckList({ checks, testing, asking, changeOf }: CheckListProps) {
  if (checks === null && !testing) return null;
  return (
    <ul className={styles.list} aria-label="Test" aria-live="polite" aria-busy={testing}>
      {checks === null && (
        <li>
          <IconLoader className={styles.turning} size={ICON_SIZE} aria-hidden="true" />
          <span className={styles.words}>{asking}</span>
        </li>
      )}
      {checks?.map(({ status, words, detail, field }, index) => {
        const change = field === null || status === 'ok' ? undefined : changeOf?.(field);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced as a whole.
          <li key={index} data-status={status}>
            {ICONS[status]}
            <span className={styles.words}>{words}</span>
            {detail !== null && <span className={styles.detail}>{detail}</span>}
            {change !== undefined && (
              <Button className={styles.change} onClick={change.onChange}>
                {change.words}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
