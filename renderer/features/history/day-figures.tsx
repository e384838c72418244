import type { HistorySummary } from '../../../preload/contract';
import { money } from '../../ui/money-words';
import styles from './day-figures.module.css';

const KINDS: Readonly<Record<HistorySummary['paid'][number]['kind'], string>> = {
  online: 'Paid online',
  cash: 'Cash',
  card: 'Card',
  counter: 'At the counter',
};

interface Props {
  readonly summary: HistorySummary;
  readonly currency: string;
}

/** The day in figures, the most asked for first. */
export function DayFigures({ summary, currency }: Props) {
  const { orders, accepted, inTime, medianMs, missed, rejected, byTill, byWhatsapp, paid, total } = summary;
  if (orders === 0) return null;
  const ways = byTill.map((till) => `${till.name} ${till.orders}`);
  if (byWhatsapp > 0) ways.push(`${byWhatsapp} by WhatsApp`);
  const median = medianMs === null ? '' : `, half of them in ${Math.round(medianMs / 1_000)} s`;
  return (
    <dl className={styles.figures} aria-label="The day in figures">
      <Figure name="Orders" value={String(orders)} more={`${money(total, currency)} accepted`} />
      <Figure name="Accepted" value={String(accepted)} more={`${inTime} in under 55 s${median}`} />
      <Figure
        name="Not taken"
        value={String(missed + rejected)}
        more={`${rejected} rejected, ${missed} called off unanswered`}
      />
      <Figure
        name="In the till"
        value={String(byTill.reduce((sum, till) => sum + till.orders, 0))}
        more={ways.join(', ')}
      />
      {paid.map((one) => (
        <Figure
          key={one.kind}
          name={KINDS[one.kind]}
          value={money(one.total, currency)}
          more={one.orders === 1 ? '1 order' : `${one.orders} orders`}
        />
      ))}
    </dl>
  );
}

function Figure({
  name,
  value,
  more,
}: {
  readonly name: string;
  readonly value: string;
  readonly more: string;
}) {
  return (
    <div className={styles.figure}>
      <dt>{name}</dt>
      <dd>
        <strong>{value}</strong>
        <span>{more}</span>
      </dd>
    </div>
  );
}
