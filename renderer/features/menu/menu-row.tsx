import { IconBan } from '@tabler/icons-react';
import { memo } from 'react';
import { ask } from '../../bridge';
import { type Action, useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/failure';
import { money } from '../../ui/money-words';
import { DishPicture } from './dish-picture';
import styles from './menu-row.module.css';
import { cutAtMatch, isOut, type MenuItem } from './menu-search';
import { aboutItem, whyStillSold } from './menu-words';

interface MenuRowProps {
  readonly item: MenuItem;
  readonly query: string;
  readonly currency: string;
  readonly hasPictures: boolean;
}

type Variant = MenuItem['variants'][number];

/** One dish: its name and where it stands on the menu, its sizes with their prices, and whether it is out. */
export const MenuRow = memo(function MenuRow({ item, query, currency, hasPictures }: MenuRowProps) {
  const action = useAction(item);
  const out = isOut(item);
  const why = whyStillSold(item);
  // In the same place, so that the row does not grow by a line of its own.
  const about = why ?? aboutItem(item);
  const { variants } = item;
  return (
    <div className={styles.item} data-out={out || undefined} data-pictures={hasPictures || undefined}>
      {hasPictures && <DishPicture name={item.name} picture={item.picture} />}
      <div className={styles.what}>
        <p className={styles.name}>
          {cutAtMatch(item.name, query).map(({ text, match }) =>
            match ? <mark key={text}>{text}</mark> : text,
          )}
        </p>
        {about !== '' && (
          <p className={styles.about} data-why={why !== null || undefined}>
            {about}
          </p>
        )}
        <Failure words={action.failure} />
      </div>
      <ul className={styles.variants}>
        {variants.length > 1 && (
          <li className={styles.variant}>
            <span className={styles.label}>All of it</span>
            <Sale item={item} variants={variants} out={out} action={action} />
          </li>
        )}
        {variants.map((variant) => (
          <li key={variant.id} className={styles.variant} data-out={!variant.available || undefined}>
            <span className={styles.label}>{variant.label}</span>
            {!variant.available && <Out />}
            <span className={styles.price}>
              {variant.price === null ? 'Price at the till' : money(variant.price, currency)}
            </span>
            <Sale item={item} variants={[variant]} out={!variant.available} action={action} />
          </li>
        ))}
      </ul>
    </div>
  );
});

interface SaleProps {
  readonly item: MenuItem;
  /** What the tap is about: one size, or all. */
  readonly variants: readonly Variant[];
  readonly out: boolean;
  readonly action: Action;
}

/** Off sale in the till, or back; the same place undoes it. */
function Sale({ item, variants, out, action }: SaleProps) {
  const [only] = variants;
  const name = variants.length === 1 && only?.label ? `${item.name}, ${only.label}` : item.name;
  const key = variants.map(({ id }) => id).join(' ');
  const variantIds = variants.map(({ id }) => id);
  return (
    <Button
      className={styles.sale}
      aria-label={out ? `Put ${name} back on sale` : `${name} is sold out`}
      pending={action.pending === key}
      onClick={() =>
        action.run(key, () => ask('menu:availability', { itemId: item.id, variantIds, available: out }))
      }
    >
      {out ? 'Put back' : 'Sold out'}
    </Button>
  );
}

function Out() {
  return (
    <span className={styles.out}>
      <IconBan size={18} aria-hidden="true" />
      Out
    </span>
  );
}
