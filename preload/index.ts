import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import { EVENTS, type EventName, REQUESTS, type RequestName } from './channels';
import type { Bridge } from './contract';

/**
 * The bridge: it passes on names of the contract and nothing else, and never Electron's event object.
 * Arguments are validated in main, where a compromised page cannot reach the check.
 */
const requestNames: ReadonlySet<string> = new Set(REQUESTS);
const eventNames: ReadonlySet<string> = new Set(EVENTS);

const bridge: Bridge = {
  request: (name: RequestName, input: unknown) => {
    if (!requestNames.has(name)) return Promise.reject(new Error('Not in the contract.'));
    return ipcRenderer.invoke(name, input);
  },
  on: (name: EventName, listener: (payload: never) => void) => {
    if (!eventNames.has(name)) throw new Error('Not in the contract.');
    const forward = (_event: IpcRendererEvent, ...payload: unknown[]): void => listener(payload[0] as never);
    ipcRenderer.on(name, forward);
    return () => {
      ipcRenderer.removeListener(name, forward);
    };
  },
};

contextBridge.exposeInMainWorld('tillside', bridge);
