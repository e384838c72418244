import { lazy, Suspense, useState } from 'react';
import type { AppInfo } from '../../../preload/contract';
import { useBoard } from '../../state/board-store';
import { Library } from '../../ui/library';
import { ManagerGate } from '../manager/manager-gate';
import { AppearanceChoice } from './appearance-choice';
import { BackupSection } from './backup-section';
import { ManagerSection } from './manager-section';
import { MatchesSection } from './matches-section';
import { PrintersSection } from './printers-section';
import styles from './settings-screen.module.css';
import { StoreSection } from './store-section';
import { TillsSection } from './tills-section';
import { TokensSection } from './tokens-section';
import { WebsitesSection } from './websites-section';

const SetupScreen = lazy(async () => ({ default: (await import('../setup/setup-screen')).SetupScreen }));

const SECTIONS = [
  'Look',
  'Tills',
  'Tokens',
  'Websites',
  'Printers',
  'Matched dishes',
  'Backup',
  'Manager',
  'This restaurant',
] as const;
type Section = (typeof SECTIONS)[number];

/** Training has no tokens, no backups and nobody to lock out. */
const IN_TRAINING: readonly Section[] = ['Look', 'Matched dishes', 'This restaurant'];

/** What this computer is set to. Which part is open outlives the lock. */
export function SettingsScreen({ info }: { readonly info: AppInfo }) {
  const isRead = useBoard(({ store }) => store !== null);
  const [section, setSection] = useState<Section>('Look');
  const [setup, setSetup] = useState(false);
  if (!isRead) return null;
  return (
    <ManagerGate>
      {setup ? (
        <Suspense fallback={null}>
          <SetupScreen onClose={() => setSetup(false)} />
        </Suspense>
      ) : (
        <Library>
          <div className={styles.screen}>
            <nav className={styles.sections} aria-label="Settings">
              {(info.training ? IN_TRAINING : SECTIONS).map((name) => (
                <button
                  key={name}
                  type="button"
                  className={styles.section}
                  aria-current={name === section ? 'page' : undefined}
                  onClick={() => setSection(name)}
                >
                  {name}
                </button>
              ))}
            </nav>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must be able to reach it. */}
            <section key={section} className={styles.content} aria-label={section} tabIndex={0}>
              <h2 className={styles.title}>{section}</h2>
              <Content section={section} info={info} onSetup={() => setSetup(true)} />
            </section>
          </div>
        </Library>
      )}
    </ManagerGate>
  );
}

interface ContentProps {
  readonly section: Section;
  readonly info: AppInfo;
  readonly onSetup: () => void;
}

function Content({ section, info, onSetup }: ContentProps) {
  switch (section) {
    case 'Look':
      return <AppearanceChoice />;
    case 'Tills':
      return <TillsSection />;
    case 'Tokens':
      return <TokensSection />;
    case 'Websites':
      return <WebsitesSection />;
    case 'Printers':
      return <PrintersSection />;
    case 'Matched dishes':
      return <MatchesSection />;
    case 'Backup':
      return <BackupSection />;
    case 'Manager':
      return <ManagerSection />;
    case 'This restaurant':
      return <StoreSection info={info} onSetup={onSetup} />;
  }
}
