import { type Incoming, json, type Note, type Outgoing, page, parseJson } from './exchange';
import { answerJson2 } from './json2';
import { answerJsonRpc, enveloped, versionInfo } from './jsonrpc';
import { answerGuestOrder } from './order-answer';
import { callerWithId } from './people';
import { isRecord } from './row';
import { type GuestDevice, processOrder } from './self-orders';
import type { OdooState } from './state';
import { callWebhooks } from './webhooks';

/** Answers as an Odoo server of that version does (contract sections 1, 2 and 7). */
export async function answerRequest(state: OdooState, incoming: Incoming, note: Note): Promise<Outgoing> {
  const { method, path } = incoming;
  if (method === 'GET' && (path === '/json/version' || path === '/web/version')) {
    if (state.major === 18) return page(404);
    return json(200, { version_info: [19, 0, 0, 'final', 0, ''], version: '19.0' });
  }
  if (path === '/web/webclient/version_info' && method === 'POST') {
    return json(200, { jsonrpc: '2.0', id: null, result: versionInfo(state) });
  }
  if (path === '/jsonrpc' && method === 'POST') return answerJsonRpc(state, incoming, note);
  const guest = /^\/pos-self-order\/process-order\/(mobile|kiosk)\/?$/.exec(path);
  if (guest !== null && method === 'POST') {
    return answerGuest(state, incoming, guest[1] === 'kiosk' ? 'kiosk' : 'mobile', note);
  }
  const json2 = /^\/json\/2\/([^/]+)\/([^/]+)$/.exec(path);
  if (json2 === null || state.major === 18) {
    return page(404, 'The requested URL was not found on the server.');
  }
  return answerJson2(state, incoming, { model: json2[1] ?? '', method: json2[2] ?? '' }, note);
}

/** A guest's phone: nobody signs in, and the register's token says which one is meant. */
async function answerGuest(
  state: OdooState,
  incoming: Incoming,
  device: GuestDevice,
  note: Note,
): Promise<Outgoing> {
  const envelope = parseJson(incoming.body);
  if (!isRecord(envelope)) return page(400, 'Invalid JSON data');
  const params = isRecord(envelope.params) ? envelope.params : {};
  note({ model: 'pos.order', method: `process-order/${device}`, args: params });
  return enveloped(state, incoming, envelope.id, async () => {
    const [owner] = state.groups.keys();
    const caller = callerWithId(state, owner ?? null) ?? { userId: 0, groups: new Set(), companyIds: [1] };
    const call = { state, caller, context: {} };
    const row = processOrder(call, device, params);
    const answer = answerGuestOrder(call, row);
    await callWebhooks(state, [{ row, change: 'created' }]);
    return answer;
  });
}
