import type { ReactNode } from 'react';
import { useAction } from './action';
import { Button } from './button';
import { Dialog } from './dialog';
import styles from './dialog.module.css';
import { Failure } from './failure';

interface ConfirmDialogProps {
  readonly title: string;
  /** What happens then. */
  readonly children: ReactNode;
  /** The button that does it: “Remove it”. */
  readonly confirm: string;
  /** The button that leaves all as it is; “Back” unless another word says it better. */
  readonly keep?: string;
  readonly onConfirm: () => Promise<unknown>;
  readonly onClose: () => void;
}

/** Something that ends something: said in full before it is done. */
export function ConfirmDialog({
  title,
  children,
  confirm,
  keep = 'Back',
  onConfirm,
  onClose,
}: ConfirmDialogProps) {
  const action = useAction(null);
  return (
    <Dialog title={title} onClose={onClose}>
      <p className={styles.words}>{children}</p>
      <Failure words={action.failure} />
      <div className={styles.actions}>
        <Button className={styles.back} onClick={onClose} data-autofocus>
          {keep}
        </Button>
        <Button
          tone="attention"
          className={styles.main}
          pending={action.pending !== null}
          onClick={() =>
            action.run('confirm', async () => {
              await onConfirm();
              onClose();
            })
          }
        >
          {confirm}
        </Button>
      </div>
    </Dialog>
  );
}
