import { IconArrowLeft } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/failure';
import { Library } from '../../ui/library';
import { AddLocation } from './add-location';
import { emptyLocation } from './add-pages';
import { ImportDialog } from './import-dialog';
import { Question } from './question';
import { chapters, firstOpen, type Step, setupSteps, stepOfField } from './setup-steps';
import styles from './setup-wizard.module.css';
import { StepList } from './step-list';
import { useSetup } from './use-setup';

interface SetupWizardProps {
  /** Out of the set-up, with what is done kept. */
  readonly onLeave: () => void;
  readonly onFinished?: () => void;
}

/** One question a screen; what is entered stays entered, whichever way one walks. Opens at the first open step. */
export function SetupWizard({ onLeave, onFinished }: SetupWizardProps) {
  const setup = useSetup();
  const { state, failure, read } = setup;
  const [at, setAt] = useState<string | null>(null);
  /** The test that sent the manager to a field. */
  const [returnTo, setReturnTo] = useState<string | null>(null);
  const [drafts, setDrafts] = useState<Readonly<Record<string, string>>>({});
  const [adding, setAdding] = useState<number | null>(null);
  const [newLocation, setNewLocation] = useState(emptyLocation);
  const [importing, setImporting] = useState<string | null>(null);

  const steps = state === null ? [] : setupSteps(state);
  const index = steps.findIndex(({ id }) => id === at);
  const step = steps[index === -1 ? firstOpen(steps) : index];
  // Fixed when it is first known: a step must not walk on by itself because it got done.
  if (at === null && step !== undefined) setAt(step.id);

  const go = (to: Step | undefined): void => {
    setAdding(null);
    setReturnTo(null);
    if (to !== undefined) setAt(to.id);
  };
  const next = (): void => {
    const back = returnTo === null ? undefined : steps.find(({ id }) => id === returnTo);
    go(back ?? steps[index + 1]);
  };
  const back = (): void => {
    const test = returnTo === null ? undefined : steps.find(({ id }) => id === returnTo);
    if (test !== undefined) go(test);
    else if (index <= 0) onLeave();
    else go(steps[index - 1]);
  };
  const leaveImport = (): void => {
    setImporting(null);
    if (state !== null) go(steps[firstOpen(steps)]);
  };
  const startAgain = (): void => {
    setAdding(null);
    setReturnTo(null);
    setAt(null);
  };

  return (
    <Library>
      <div className={styles.wizard}>
        <StepList
          chapters={chapters(steps)}
          current={step?.chapter}
          onGo={(to) => go(steps[to])}
          onImport={() => setImporting('')}
        />
        <div className={styles.question}>
          {failure !== null && (
            <>
              <Failure words={failure} />
              <Button onClick={read}>Try again</Button>
            </>
          )}
          {state !== null && adding !== null && (
            <AddLocation
              islands={state.view.islands}
              draft={newLocation}
              at={adding}
              onDraft={setNewLocation}
              onAt={setAdding}
              onLeave={() => setAdding(null)}
              onAdd={async (location) => {
                await setup.add(location);
                setNewLocation(emptyLocation);
                startAgain();
              }}
            />
          )}
          {state !== null && adding === null && step !== undefined && (
            <Question
              key={step.id}
              step={step}
              state={state}
              setup={setup}
              drafts={drafts}
              fromTest={returnTo !== null}
              back={
                <Button
                  icon={<IconArrowLeft size={22} aria-hidden="true" />}
                  className={styles.back}
                  onClick={back}
                >
                  Back
                </Button>
              }
              changeOf={(field) => {
                const way = stepOfField(steps, state.view, field);
                if (way === undefined || way.step.id === step.id) return undefined;
                return {
                  words: way.words,
                  onChange: () => {
                    setReturnTo(step.id);
                    setAt(way.step.id);
                  },
                };
              }}
              onDraft={(name, value) => setDrafts({ ...drafts, [name]: value })}
              onKept={(name) => setDrafts(({ [name]: _kept, ...others }) => others)}
              onAdd={() => setAdding(0)}
              onChosen={startAgain}
              onEnv={setImporting}
              onNext={next}
              onFinished={onFinished}
            />
          )}
        </div>
      </div>
      {importing !== null && (
        <ImportDialog initial={importing} onImport={setup.importEnv} onClose={leaveImport} />
      )}
    </Library>
  );
}
