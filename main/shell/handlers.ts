import type { BrowserWindow } from 'electron';
import type { Output } from '../../preload/contract';
import type { OrderKey } from '../core/order';
import type { OrderCommand } from '../core/order-commands';
import type { DeskAnswer } from '../orders/desk';
import type { Application } from './application';
import { historyHandlers } from './history-handlers';
import type { Handlers, Refusal } from './ipc';
import { managerHandlers } from './manager/handlers';
import type { Restaurant } from './restaurant';
import { closingSheet } from './views/closing-sheet';
import { dayView } from './views/day';
import { matchLines, questionView } from './views/matches';

const NOT_OPEN: Refusal = { refused: 'The restaurant is not open here yet.' };
const NOT_TRAINING: Refusal = { refused: 'This works in training only.' };
const NO_ACCOUNT: Refusal = { refused: 'Check the day first.' };
const GONE: Refusal = { refused: 'This order is not known here.' };

/** What each request of the contract does. */
export function createHandlers(app: Application, window: BrowserWindow, onBoardShown: () => void): Handlers {
  function withRestaurant<T>(work: (restaurant: Restaurant) => T): T | Refusal {
    return app.restaurant === undefined ? NOT_OPEN : work(app.restaurant);
  }

  const command = (key: OrderKey, wanted: OrderCommand): null | Refusal =>
    withRestaurant(({ desk }) => answered(desk.run(key, wanted)));

  return {
    'app:info': () => app.info,
    'app:retry': async () => {
      await app.open();
      return null;
    },
    'board:read': () => withRestaurant((restaurant) => restaurant.screen.board()),
    'board:shown': () => {
      onBoardShown();
      return null;
    },
    'board:alive': ({ hears }) => {
      app.restaurant?.news.screenLives(hears);
      return null;
    },
    'order:details': ({ key }) =>
      withRestaurant(
        (restaurant): Output<'order:details'> | Refusal => restaurant.screen.details(key) ?? GONE,
      ),
    'order:accept': ({ key, minutes }) =>
      withRestaurant(({ desk }) => answered(desk.accept(key, minutes, 'staff'))),
    'order:reject': ({ key, reason, text }) => command(key, { type: 'reject', reason, text }),
    'order:cancel': ({ key, reason, text }) => command(key, { type: 'cancel', reason, text }),
    'order:prepare': ({ key }) => command(key, { type: 'prepare' }),
    'order:ready': ({ key }) => command(key, { type: 'ready' }),
    'order:complete': ({ key, paidBy }) => command(key, { type: 'complete', paidBy: paidBy ?? null }),
    'order:seen': ({ key }) => command(key, { type: 'see' }),
    'order:whatsapp': ({ key }) => withRestaurant(({ desk }) => answered(desk.openWhatsapp(key))),
    'order:sent': ({ key }) => command(key, { type: 'confirm_sent' }),
    'order:message-customer': async ({ key }) => {
      if (app.restaurant === undefined) return NOT_OPEN;
      return answered(await app.restaurant.contact.message(key));
    },
    'order:copy-phone': ({ key }) => withRestaurant(({ contact }) => answered(contact.copyNumber(key))),
    'order:enter': ({ key }) => command(key, { type: 'enter_in_till' }),
    'order:entered': ({ key, receipt }) => command(key, { type: 'entered_by_hand', receipt }),
    'order:retry': ({ key }) => command(key, { type: 'retry' }),
    'order:refund': ({ key }) => command(key, { type: 'refund' }),
    'order:refund-copy': ({ key, till }) => command(key, { type: 'refund_copy', till }),
    'order:copy-given-back': ({ key, till }) => command(key, { type: 'copy_given_back', till }),
    'tickets:print': ({ key }) => withRestaurant(({ tickets }) => answered(tickets.desk.print(key))),
    'tickets:decide': ({ print, leave }) =>
      withRestaurant(({ tickets }) => answered(tickets.desk.decide(print, leave))),
    'tickets:answer': ({ seq, onPaper }) =>
      withRestaurant(({ tickets }) => answered(tickets.desk.answer(seq, onPaper))),
    'match:read': ({ key }) => withRestaurant(({ matches }) => matches.questions(key).map(questionView)),
    'match:search': ({ key, query }) => withRestaurant(({ matches }) => [...matches.search(key, query)]),
    'match:keep': ({ key, line, modifier, id }) =>
      withRestaurant(({ matches }) => answered(matches.match(key, { line, modifier }, id))),
    'match:list': () => withRestaurant(({ matches, tills }) => matchLines(matches, tills.running)),
    'match:forget': ({ till, key }) => withRestaurant(({ matches }) => answered(matches.forget(till, key))),
    'till:enter-all': () => withRestaurant(({ desk }) => answered(desk.enterAll())),
    'till:check': async () => {
      await app.restaurant?.tills.check();
      return null;
    },
    'day:check': async () => {
      if (app.restaurant === undefined) return NOT_OPEN;
      return dayView(await app.restaurant.day.look());
    },
    'day:print': () =>
      withRestaurant(({ day, location }) => {
        if (day.report === null) return NO_ACCOUNT;
        app.options.showSheet('Closing sheet: print it', closingSheet(day.report, location));
        return null;
      }),
    ...historyHandlers(app, window),
    'menu:read': ({ from }) => withRestaurant((restaurant) => restaurant.screen.menu(from)),
    'menu:sync': async () => {
      await app.restaurant?.tills.syncMenus();
      return null;
    },
    'menu:availability': async (change) => {
      if (app.restaurant === undefined) return NOT_OPEN;
      return answered(await app.restaurant.availability.set(change));
    },
    'store:open-link': async ({ name }) => {
      const url = app.restaurant?.location.delivery.find((link) => link.name === name)?.url;
      if (url === undefined) return { refused: 'This link is not there any more.' };
      await app.options.openPage(url);
      return null;
    },
    ...managerHandlers(app, window),
    'store:pause': ({ length, reason }) =>
      withRestaurant(({ modes }) => answered(modes.pause(length, reason))),
    'store:resume': () => withRestaurant(({ modes }) => answered(modes.resume())),
    'store:busy': ({ extraMinutes, forMinutes }) =>
      withRestaurant(({ modes }) => answered(modes.busy(extraMinutes, forMinutes))),
    'store:calm': () => withRestaurant(({ modes }) => answered(modes.calm())),
    'training:start': async () => {
      await app.startTraining();
      return null;
    },
    'training:order': async ({ by }) => {
      if (app.training === undefined) return NOT_TRAINING;
      const trouble = await app.training.sendOrder(by);
      return trouble === null ? null : { refused: trouble };
    },
    'training:switch': ({ tillDown }) => {
      if (app.training === undefined) return NOT_TRAINING;
      app.training.switchTill(tillDown);
      return null;
    },
  };
}

function answered(answer: DeskAnswer): null | Refusal {
  return answer.ok ? null : { refused: answer.words };
}
