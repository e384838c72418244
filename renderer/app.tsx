import { lazy, Suspense, useEffect, useState } from 'react';
import type { AppInfo } from '../preload/contract';
import { ask, failureWords } from './bridge';
import { Frame } from './frame/frame';
import { Stopped } from './frame/stopped';
import { connectApp, useAppInfo } from './state/app-store';
import { connectBoard } from './state/board-store';
import { Skeleton } from './ui/skeleton';

const SetupScreen = lazy(async () => ({
  default: (await import('./features/setup/setup-screen')).SetupScreen,
}));

/** The screen for the stage that the app is at. */
export function App() {
  const info = useAppInfo();
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => connectApp((error) => setFailure(failureWords(error))), []);
  if (failure !== null && info === null) {
    return <Stopped title="Tillside did not answer" words={failure} onRetry={reload} />;
  }
  if (info === null) return <Skeleton />;
  switch (info.stage) {
    case 'starting':
      return <Skeleton />;
    case 'setup':
      return (
        <Suspense fallback={<Skeleton />}>
          <SetupScreen />
        </Suspense>
      );
    case 'keychain':
      return (
        <Stopped
          title="The keychain is locked"
          words={info.words ?? 'Unlock this computer. Then tap “Try again”.'}
          onRetry={retry}
        />
      );
    case 'broken':
      return (
        <Stopped
          title="Tillside cannot open"
          words={info.words ?? 'Tap “Try again”. If that does not help, call support.'}
          onRetry={retry}
        />
      );
    case 'open':
      return <Open info={info} />;
  }
}

/** Reads the board whenever a restaurant opens: training may take the place of the real one. */
function Open({ info }: { readonly info: AppInfo }) {
  const [failure, setFailure] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new `info` may mean another restaurant.
  useEffect(() => {
    setFailure(null);
    return connectBoard((error) => setFailure(failureWords(error)));
  }, [info]);
  if (failure !== null)
    return <Stopped title="The orders could not be read" words={failure} onRetry={reload} />;
  return <Frame info={info} />;
}

function retry(): Promise<unknown> {
  return ask('app:retry', {});
}

async function reload(): Promise<void> {
  window.location.reload();
}
