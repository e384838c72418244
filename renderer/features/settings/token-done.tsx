import { IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import dialog from '../../ui/dialog.module.css';
import styles from './replace-dialog.module.css';

interface TokenDoneProps {
  /** What the token is called. */
  readonly label: string;
  readonly words: string;
  /** What else is to be known. */
  readonly children?: ReactNode;
  readonly onClose: () => void;
}

/** A new token is in use. */
export function TokenDone({ label, words, children, onClose }: TokenDoneProps) {
  return (
    <Dialog title={label} onClose={onClose}>
      <p className={styles.good} role="status">
        <IconCheck size={24} stroke={2.5} aria-hidden="true" />
        {words}
      </p>
      {children}
      <div className={dialog.actions}>
        <Button tone="primary" className={dialog.main} onClick={onClose} data-autofocus>
          Done
        </Button>
      </div>
    </Dialog>
  );
}
