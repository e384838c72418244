import { IconAlertTriangle, IconBrandWhatsapp, IconInfoCircle, IconPlayerPause } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './bars.module.css';

const ICONS = {
  alarm: IconAlertTriangle,
  attention: IconAlertTriangle,
  whatsapp: IconBrandWhatsapp,
  info: IconInfoCircle,
  paused: IconPlayerPause,
};

interface Props {
  readonly tone: keyof typeof ICONS;
  /** Why the bar's own button did not work. */
  readonly failure?: string | null;
  readonly buttons?: ReactNode;
  readonly children: ReactNode;
}

/** One sentence across the screen, and what to do about it. */
export function BarFrame({ tone, failure = null, buttons, children }: Props) {
  const Icon = ICONS[tone];
  return (
    <div className={styles.bar} data-tone={tone}>
      <Icon size={22} aria-hidden="true" />
      <p className={styles.words} role={tone === 'alarm' ? 'alert' : undefined}>
        {children}
        {failure !== null && <span className={styles.failure}> {failure}</span>}
      </p>
      {buttons !== undefined && <div className={styles.buttons}>{buttons}</div>}
    </div>
  );
}
