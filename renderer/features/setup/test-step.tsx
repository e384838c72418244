import { type ReactNode, useEffect, useEffectEvent } from 'react';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/failure';
import { CheckList } from './check-list';
import { ChoiceList } from './choice-list';
import type { SetupPart } from './setup-steps';
import styles from './setup-wizard.module.css';
import { isGood, useSurvey } from './use-survey';

interface TestStepProps {
  readonly part: SetupPart;
  readonly back: ReactNode;
  /** The way to the step that asks for a variable. */
  readonly changeOf: (field: string) => { readonly words: string; readonly onChange: () => void } | undefined;
  /** What was picked on the way, or was the only one, is kept by now: it may be one of the values that are asked for. */
  readonly onTested: (good: boolean) => void;
  readonly onNext: () => void;
}

/** Asks a till or a website with what was entered, and offers what the till has to choose from. */
export function TestStep({ part, back, changeOf, onTested, onNext }: TestStepProps) {
  const { survey, testing, failure, test, pick, create } = useSurvey(part.key);
  const good = survey !== null && failure === null && isGood(survey);
  const tested = useEffectEvent(onTested);
  useEffect(() => {
    if (survey !== null) tested(isGood(survey));
  }, [survey]);
  return (
    <>
      <h1>Test {part.name}</h1>
      <CheckList
        checks={survey?.checks ?? null}
        testing={testing}
        asking={part.kind === 'till' ? 'Asking the till…' : 'Asking the website…'}
        changeOf={changeOf}
      />
      {survey?.choices.map((choice) => (
        <ChoiceList
          key={choice.field}
          choice={choice}
          onPick={(id) => pick(choice.field, id)}
          onCreate={() => create(choice.field)}
        />
      ))}
      <Failure words={failure} />
      <div className={styles.actions}>
        {back}
        <Button className={styles.back} pending={testing} onClick={test}>
          Test again
        </Button>
        <Button tone={good ? 'primary' : 'plain'} className={styles.next} onClick={onNext}>
          {good || testing ? 'Next' : 'Go on, finish it later'}
        </Button>
      </div>
    </>
  );
}
