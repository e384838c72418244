import { IconCheck, IconClock, IconMinus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTicking } from '../../ui/ticker';
import { ago } from '../../ui/time-words';
import { latencyWords, type Station } from './health-view';
import styles from './station-card.module.css';

const ICON_SIZE = 22;

const ICONS: Readonly<Record<Station['status'], ReactNode>> = {
  ok: <IconCheck size={ICON_SIZE} stroke={2.5} aria-hidden="true" />,
  trying: <IconClock size={ICON_SIZE} aria-hidden="true" />,
  down: <IconX size={ICON_SIZE} stroke={2.5} aria-hidden="true" />,
  off: <IconMinus size={ICON_SIZE} aria-hidden="true" />,
};

/** One part of the way: whether it works, in words, and when that was last proven. */
export function StationCard({ station }: { readonly station: Station }) {
  const { name, status, words, lastProofAt, latencyMs } = station;
  return (
    <section className={styles.card} data-status={status} aria-label={name}>
      <h2 className={styles.name}>
        <span className={styles.icon}>{ICONS[status]}</span>
        {name}
      </h2>
      {words.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {lastProofAt !== null && <Proof at={lastProofAt} latencyMs={latencyMs} answers={status === 'ok'} />}
    </section>
  );
}

interface ProofProps {
  readonly at: number;
  readonly latencyMs: number | null;
  readonly answers: boolean;
}

function Proof({ at, latencyMs, answers }: ProofProps) {
  const words = useTicking((now) => ago(at, now));
  return (
    <p className={styles.proof}>
      {answers ? 'Answered' : 'Last answer'} {words}
      {latencyMs !== null && <span className={styles.whole}> in {latencyWords(latencyMs)}</span>}
    </p>
  );
}
