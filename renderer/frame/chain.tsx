import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Link, StoreView } from '../../preload/contract';
import { useBoard } from '../state/board-store';
import { useTicking } from '../ui/ticker';
import { ago } from '../ui/time-words';
import styles from './chain.module.css';

/** The way of an order through this store, and in words where it is broken. */
export function Chain() {
  const links = useBoard(({ store }) => store?.links ?? null);
  if (links === null) return null;
  const website = worst(links.websites);
  const till = best(links.tills);
  return (
    <div className={styles.chain}>
      <Part status={website?.status ?? 'off'}>{websiteWords(links.websites, website)}</Part>
      <Joint status={website?.status ?? 'off'} />
      <Part status={links.disk.status}>{links.disk.status === 'down' ? 'Disk trouble' : 'Tillside'}</Part>
      <Joint status={till?.status ?? 'off'} />
      <div className={styles.till} role="status" aria-label="POS">
        <Part status={till?.status ?? 'off'}>
          {tillWords(till)}
          {till?.status === 'ok' && till.lastProofAt !== null && <Ago at={till.lastProofAt} />}
        </Part>
      </div>
    </div>
  );
}

type Status = Link['status'];
const BADNESS: Readonly<Record<Status, number>> = { ok: 0, off: 1, trying: 2, down: 3 };

function worst(links: readonly Link[]): Link | undefined {
  return [...links].sort((a, b) => BADNESS[b.status] - BADNESS[a.status])[0];
}

/** One till that takes orders is enough. */
function best(links: readonly Link[]): Link | undefined {
  return [...links].sort((a, b) => BADNESS[a.status] - BADNESS[b.status])[0];
}

function websiteWords(all: StoreView['links']['websites'], shown: Link | undefined): string {
  const name = shown === undefined || all.length === 1 ? 'Website' : shown.name;
  switch (shown?.status) {
    case 'ok':
      return 'Website';
    case 'trying':
      return `${name}…`;
    case 'down':
      return `${name} does not answer`;
    case 'off':
    case undefined:
      return 'No website';
  }
}

function tillWords(till: Link | undefined): string {
  switch (till?.status) {
    case 'ok':
      return 'Till answers';
    case 'trying':
      return 'Asking the till…';
    case 'down':
      return 'Till does not answer';
    case 'off':
    case undefined:
      return 'No till';
  }
}

function Part({ status, children }: { readonly status: Status; readonly children: ReactNode }) {
  return (
    <span className={styles.part} data-status={status}>
      {status === 'down' && <IconAlertTriangle size={18} aria-hidden="true" />}
      <span>{children}</span>
    </span>
  );
}

function Joint({ status }: { readonly status: Status }) {
  return <span className={styles.joint} data-status={status} aria-hidden="true" />;
}

/** Steps every second, so it is kept from being read out each time. */
function Ago({ at }: { readonly at: number }) {
  const words = useTicking((now) => ago(at, now));
  return <span aria-hidden="true"> · {words}</span>;
}
