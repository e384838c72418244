/** What can go wrong between a caller and this Odoo. Chances are from 0 to 1; the next request sees a change. */
export interface OdooSwitches {
  /** Which calls the chances below are about. */
  about: 'all' | 'reads' | 'writes';
  /** A write is carried out, and the connection is cut before the answer. */
  lose: number;
  /** The connection of a write is cut at once, and `commitAfterMs` later it is carried out all the same. */
  loseLate: number;
  commitAfterMs: number;
  /** Odoo fails with 500 and has done nothing. */
  serverErrorBefore: number;
  /** Odoo does the work and a gateway in front of it answers 502 with a page of HTML. */
  gateway502: number;
  /** A page to sign in comes back instead of an answer. */
  loginPage: number;
  loginPageStatus: 200 | 303;
  /** An answer of about 100 MB. */
  huge: number;
  /** Milliseconds between the work and the answer. */
  slowMs: number;
  /** Milliseconds before the work. */
  latencyMs: number;
  /** How long a transaction is under way: who reads meanwhile does not see it. */
  transactionMs: number;
  /** How long a transaction that collided waits before it is tried again; a real one waits up to 16 s. */
  retryMs: number;
  /** Every field that may be empty is, in what is read. */
  falseEverywhere: boolean;
  /** Numbers in what is read are texts, as a gateway may write them. */
  numbersAsStrings: boolean;
  /** The server is being restarted: connections are cut, or a gateway says 503. */
  restarting: false | 'refuse' | '503';
  /** A proxy does not let `/json` through. */
  json2Missing: boolean;
  /** How far the server's clock is ahead, in milliseconds. */
  clockOffsetMs: number;
  /**
   * 19 only: a build that refuses a line uuid it knows with `ValidationError`, also in a draft that is sent again
   * (seen on a 19.0 server other than the recorded one).
   */
  uniqueLineUuids: boolean;
}

export function calmSwitches(): OdooSwitches {
  return {
    about: 'all',
    lose: 0,
    loseLate: 0,
    commitAfterMs: 200,
    serverErrorBefore: 0,
    gateway502: 0,
    loginPage: 0,
    loginPageStatus: 200,
    huge: 0,
    slowMs: 0,
    latencyMs: 0,
    transactionMs: 3,
    retryMs: 10,
    falseEverywhere: false,
    numbersAsStrings: false,
    restarting: false,
    json2Missing: false,
    clockOffsetMs: 0,
    uniqueLineUuids: false,
  };
}
