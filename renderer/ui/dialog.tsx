import { Modal } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './dialog.module.css';

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** One question over the board; the focus stays in it until it is answered. */
export function Dialog({ title, onClose, children }: Props) {
  return (
    <Modal.Root opened centered size={600} onClose={onClose}>
      <Modal.Overlay backgroundOpacity={0.5} />
      <Modal.Content aria-label={title} radius={14}>
        <div className={styles.dialog}>
          <div className={styles.head}>
            <h2 className={styles.title}>{title}</h2>
            <button type="button" className={styles.close} aria-label="Back" onClick={onClose}>
              <IconX size={28} aria-hidden="true" />
            </button>
          </div>
          {children}
        </div>
      </Modal.Content>
    </Modal.Root>
  );
}
