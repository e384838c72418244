import { IconBan } from '@tabler/icons-react';
import { memo } from 'react';
import { money } from '../../ui/money-words';
import styles from './menu-row.module.css';
import { cutAtMatch, isOut, type MenuItem } from './menu-search';

interface MenuRowProps {
  readonly item: MenuItem;
  readonly query: string;
  readonly currency: string;
}

/** One dish: its name and where it stands on the menu, its sizes with their prices, and whether it is out. */
export const MenuRow = memo(function MenuRow({ item, query, currency }: MenuRowProps) {
  const out = isOut(item);
  const about = [item.category, ...item.modifiers].filter((part) => part !== '').join(' · ');
  return (
    <div className={styles.item} data-out={out || undefined}>
      <div className={styles.what}>
        <p className={styles.name}>
          {cutAtMatch(item.name, query).map(({ text, match }) =>
            match ? <mark key={text}>{text}</mark> : text,
          )}
        </p>
        {about !== '' && <p className={styles.about}>{about}</p>}
      </div>
      <ul className={styles.variants}>
        {item.variants.map(({ id, label, price, available }) => (
          <li key={id} className={styles.variant} data-out={!available || undefined}>
            <span className={styles.label}>{label}</span>
            {!available && <Out />}
            <span className={styles.price}>
              {price === null ? 'Price at the till' : money(price, currency)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
});

function Out() {
  return (
    <span className={styles.out}>
      <IconBan size={18} aria-hidden="true" />
      Out
    </span>
  );
}
