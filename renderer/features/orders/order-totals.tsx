import type { OrderCard } from '../../../preload/contract';
import { money } from '../../ui/money-words';
import styles from './order-sheet.module.css';

/** What the customer pays, and what it is made of beyond the lines. */
export function OrderTotals({ card }: { readonly card: OrderCard }) {
  const { currency, discount, tip, delivery, total } = card;
  return (
    <div className={styles.totals}>
      {discount !== 0 && <Row label="Discount" amount={money(-discount, currency)} />}
      {delivery !== null && delivery.fee !== 0 && (
        <Row label="Delivery" amount={money(delivery.fee, currency)} />
      )}
      {tip !== 0 && <Row label="Tip" amount={money(tip, currency)} />}
      <div className={styles.total}>
        <span>Total</span>
        <span>{money(total, currency)}</span>
      </div>
    </div>
  );
}

function Row({ label, amount }: { readonly label: string; readonly amount: string }) {
  return (
    <div>
      <span>{label}</span>
      <span>{amount}</span>
    </div>
  );
}
