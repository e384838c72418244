import type { ComponentProps, ReactNode } from 'react';
import styles from './button.module.css';
import { classes } from './classes';

/** What a button means decides its look: the next step, a step of a lane, one of several, or one that ends something. */
type ButtonTone = 'primary' | 'kitchen' | 'ready' | 'attention' | 'plain' | 'quiet';

export interface ButtonProps extends ComponentProps<'button'> {
  readonly tone?: ButtonTone;
  /** It was tapped and the answer is on its way. */
  readonly pending?: boolean;
  readonly icon?: ReactNode;
}

/** A button for wet fingers: large, and pressed the moment it is touched. */
export function Button({ tone = 'plain', pending = false, icon, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-busy={pending || undefined}
      className={classes(styles.button, styles[tone], pending && styles.pending, className)}
    >
      {icon}
      <span className={styles.words}>{children}</span>
    </button>
  );
}
