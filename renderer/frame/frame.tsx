import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import type { AppInfo } from '../../preload/contract';
import { ask } from '../bridge';
import { Board } from '../features/orders/board';
import { type Overlay, OverlayContext } from '../features/orders/overlay';
import { useBoard } from '../state/board-store';
import { Bars } from './bars';
import styles from './frame.module.css';
import { Rail, type Screen } from './rail';
import { Ring } from './ring';
import { isSoundBlocked } from './sound';
import { Strip } from './strip';
import { TopBar } from './top-bar';

const MenuScreen = lazy(async () => ({ default: (await import('../features/menu/menu-screen')).MenuScreen }));
const HistoryScreen = lazy(async () => ({
  default: (await import('../features/history/history-screen')).HistoryScreen,
}));
const HealthScreen = lazy(async () => ({
  default: (await import('../features/health/health-screen')).HealthScreen,
}));
const SettingsScreen = lazy(async () => ({
  default: (await import('../features/settings/settings-screen')).SettingsScreen,
}));
const loadOverlays = () => import('../features/orders/overlays');
const Overlays = lazy(async () => ({ default: (await loadOverlays()).Overlays }));

/** An open restaurant: the rail, the bar, what needs attention, and one screen. */
export function Frame({ info }: { readonly info: AppInfo }) {
  const [screen, setScreen] = useState<Screen>('orders');
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  const isRead = useBoard(({ store }) => store !== null);
  useEffect(fetchAhead, []);
  useEffect(sayThatWeLive, []);
  const close = useCallback(() => setOverlay(null), []);
  return (
    <OverlayContext value={setOverlay}>
      <div className={styles.frame}>
        <Rail screen={screen} onScreen={setScreen} />
        <div className={styles.column}>
          <TopBar />
          <Strip />
          <Bars />
          <main className={styles.screen}>
            <Suspense fallback={null}>
              {screen === 'orders' && isRead && <Board />}
              {screen === 'history' && <HistoryScreen />}
              {screen === 'menu' && <MenuScreen />}
              {screen === 'health' && <HealthScreen />}
              {screen === 'settings' && <SettingsScreen info={info} />}
            </Suspense>
          </main>
        </div>
      </div>
      <Ring />
      <Suspense fallback={null}>
        {overlay !== null && <Overlays overlay={overlay} onClose={close} />}
      </Suspense>
    </OverlayContext>
  );
}

/** A website may sell only while somebody hears its orders: a page that hangs or is mute says so by its silence. */
function sayThatWeLive(): () => void {
  // What main does not hear it asks for no more; an answer is of no use.
  const say = (): void => void ask('board:alive', { hears: !isSoundBlocked() }).catch(() => undefined);
  say();
  const timer = window.setInterval(say, ALIVE_EVERY_MS);
  return () => window.clearInterval(timer);
}

const ALIVE_EVERY_MS = 10_000;

/** The first *Reject* of the evening must not wait for its dialog; the start must not either. */
function fetchAhead(): () => void {
  const idle = requestIdleCallback(() => void loadOverlays());
  return () => cancelIdleCallback(idle);
}
