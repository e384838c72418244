import { IconAlertTriangle, IconBrandWhatsapp, IconCheck, IconRefresh } from '@tabler/icons-react';
import type { OrderCard } from '../../../preload/contract';
import styles from './till-mark.module.css';
import { MARK_WORDS, tillView } from './till-view';

const ICONS = {
  in_till: IconCheck,
  on_its_way: IconRefresh,
  needs_you: IconAlertTriangle,
  by_whatsapp: IconBrandWhatsapp,
} as const;

/** How the till stands to this order, in one small sign. */
export function TillMark({ card }: { readonly card: OrderCard }) {
  const { mark } = tillView(card);
  if (mark === 'none') return null;
  const Icon = ICONS[mark];
  return (
    <span
      className={styles.mark}
      data-mark={mark}
      role="img"
      aria-label={MARK_WORDS[mark]}
      title={MARK_WORDS[mark]}
    >
      <Icon size={20} stroke={2.25} aria-hidden="true" />
    </span>
  );
}
