import type { BrowserWindow } from 'electron';
import type { ManagerView, TillView } from '../../../preload/contract';
import { unreachable } from '../../core/never';
import type { PinCheck } from '../../credentials/manager-pin';
import type { Application } from '../application';
import type { Refusal } from '../ipc';
import { printerHandlers } from '../tickets/printer-handlers';
import { tillName } from '../tills';
import { backupHandlers } from './backup-handlers';
import { copySecret } from './clipboard';
import { guarded, LOCKED, type ManagerHandlers, type ManagerRequest } from './lock-guard';
import { Setup } from './setup';
import { sendTestOrder } from './test-order';
import { TillHook } from './till-hook';
import { SETTING_NAMES, settingWords, type TillChange, tillViews, withSetting } from './till-settings';

const NO_RESTAURANT: Refusal = { refused: 'Choose the restaurant first.' };
const NOT_OPEN: Refusal = { refused: 'The restaurant is not open here yet.' };

/** The manager's requests. All but the lock's own are refused while it is closed. */
export function managerHandlers(app: Application, window: BrowserWindow): ManagerHandlers {
  const { manager, configuration, secretDesk: desk } = app;
  const setup = new Setup(app, desk);
  const hook = new TillHook(app, desk, copySecret);

  const tills = (): TillView[] | Refusal => {
    const location = configuration.chosenLocation();
    if (location === undefined) return NO_RESTAURANT;
    return tillViews(location, configuration.settings.current.choices);
  };

  const setTill = async (change: TillChange): Promise<TillView[] | Refusal> => {
    const location = configuration.chosenLocation();
    const before = configuration.settings.current.choices;
    const choices = location && withSetting(location, before, change);
    if (location === undefined || choices === undefined) return NO_RESTAURANT;
    const valueIn = (views: readonly TillView[]) =>
      views.find(({ key }) => key === change.till)?.[change.setting] ?? null;
    const [from, to] = [before, choices].map((all) => valueIn(tillViews(location, all)));
    await configuration.settings.change({ choices });
    if (from !== to) {
      const what = `${tillName({ key: change.till })}: ${SETTING_NAMES[change.setting]}`;
      const words = (value: typeof from) => settingWords(change.setting, value ?? null);
      await manager.changes.setting(what, words(from), words(to));
    }
    return tills();
  };

  const handlers: ManagerHandlers = {
    ...lockHandlers(app),
    ...backupHandlers(app, window),
    ...printerHandlers(app),
    'setup:read': () => setup.read(),
    'setup:location': ({ id }) => setup.choose(id),
    'setup:add': (input) => setup.add(input),
    'setup:value': ({ name, value }) => setup.keep(name, value),
    'setup:import': ({ text }) => setup.import(text),
    'setup:survey': ({ part }) => setup.survey(part),
    'setup:pick': (input) => setup.pick(input),
    'setup:create': (input) => setup.create(input),
    'setup:copy-secret': ({ part }) => setup.copySecret(part),
    'setup:copy-url': ({ part }) => setup.copyUrl(part),
    'setup:test': () => setup.surveyAll(),
    'setup:finish': async () => {
      const readiness = await configuration.readiness();
      if (readiness.kind !== 'ready') return { refused: notReady(readiness) };
      await app.finishSetup();
      return null;
    },
    'setup:test-order': async () => {
      const { restaurant } = app;
      if (restaurant === undefined) return NOT_OPEN;
      const refusal = await sendTestOrder(restaurant, manager.secrets);
      // The set-up's last page is gone by now, so the board says it.
      if (refusal !== null) restaurant.notice(refusal.refused);
      return refusal;
    },
    'secrets:read': () => desk.read(),
    'secrets:replace': ({ name, value }) => desk.replace(name, value),
    'secrets:renew': ({ name }) => desk.renew(name),
    'secrets:undo': ({ name }) => desk.undo(name),
    'secrets:remove': ({ name }) => desk.remove(name),
    'secrets:confirm': ({ name }) => desk.confirm(name),
    'secrets:remind': ({ days }) => desk.remind(days),
    'secrets:clear': async () => {
      const location = configuration.chosenLocation();
      if (location === undefined) return NO_RESTAURANT;
      await app.close();
      const refusal = await desk.clear(location);
      await app.open();
      return refusal;
    },
    'tills:read': tills,
    'tills:switch': setTill,
    'tills:number': setTill,
    'tills:hook': ({ till }) => hook.read(till),
    'tills:hook-copy': ({ till }) => hook.copy(till),
    'audit:read': () => manager.changes.lines(),
  };
  return guarded(handlers, manager.session);
}

/** What the lock itself is asked. */
function lockHandlers({
  manager,
  configuration,
}: Application): Pick<ManagerHandlers, Extract<ManagerRequest, `manager:${string}`>> {
  const { pin, session, changes } = manager;

  const setPin = async (wanted: string): Promise<ManagerView | Refusal> => {
    const answer = await pin.setPin(wanted);
    if (answer.status !== 'set') return { refused: answer.words };
    manager.pinChanged(true);
    await changes.happening('pin_set', 'The manager’s PIN was set');
    return manager.view();
  };

  return {
    'manager:read': () => manager.read(),
    'manager:unlock': async ({ pin: entered }) => {
      const checked = await pin.check(entered);
      if (checked.status === 'right') session.unlock();
      else if (checked.status === 'none') manager.pinChanged(false);
      else return { refused: checkWords(checked) };
      return manager.view();
    },
    'manager:lock': () => {
      session.lock();
      return manager.view();
    },
    'manager:active': () => {
      session.touch();
      return null;
    },
    'manager:pin': async ({ pin: wanted }) => {
      if (!session.isUnlocked) return LOCKED;
      if (wanted !== null) return setPin(wanted);
      const cleared = await pin.clear();
      if (cleared.status !== 'written') return { refused: cleared.words };
      manager.pinChanged(false);
      await changes.happening('pin_removed', 'The manager’s PIN was removed');
      return manager.view();
    },
    'manager:reset': async ({ recoveryKey, pin: wanted }) => {
      const { recipient } = configuration.settings.current.backup;
      if (recipient === null) return { refused: 'There is no recovery key for this computer. Call support.' };
      const { matches } = await import('../../backup/recovery-key');
      if (!(await matches(recoveryKey, recipient))) {
        return { refused: 'This is not this computer’s recovery key. Look at the paper again.' };
      }
      const answer = await setPin(wanted);
      if ('refused' in answer) return answer;
      // The paper has let the manager in.
      session.unlock();
      return manager.view();
    },
  };
}

function checkWords(checked: Exclude<PinCheck, { status: 'right' | 'none' }>): string {
  switch (checked.status) {
    case 'wrong':
    case 'wait':
    case 'locked':
    case 'absent':
      return checked.words;
    default:
      return unreachable(checked);
  }
}

function notReady(
  readiness: Exclude<Awaited<ReturnType<Application['configuration']['readiness']>>, { kind: 'ready' }>,
): string {
  switch (readiness.kind) {
    case 'setup':
      return readiness.missing.length === 0
        ? 'Choose the restaurant first.'
        : `Still missing: ${readiness.missing.join(', ')}.`;
    case 'keychain':
    case 'broken':
      return readiness.words;
    default:
      return unreachable(readiness);
  }
}
