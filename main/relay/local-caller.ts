import type { IncomingMessage } from 'node:http';

const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
const LOCAL_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/;
/** What proxies and tunnels add. A bare TCP tunnel (`ssh -R`) adds nothing, see `docs/webhooks.md`. */
const FORWARDED =
  /^(?:forwarded$|via$|x-forwarded-|x-real-ip$|x-client-ip$|true-client-ip$|cf-|cdn-loop$|ngrok-|tailscale-)/;

/**
 * Whether a request comes from this computer itself.
 * The socket alone cannot tell: behind a tunnel every caller looks local, and a web page can make this computer's
 * browser call 127.0.0.1 under a name of its own (DNS rebinding), which the `Host` header gives away.
 */
export function isLocalCaller(request: IncomingMessage): boolean {
  return (
    LOOPBACK.test(request.socket.remoteAddress ?? '') &&
    LOCAL_HOST.test(request.headers.host ?? '') &&
    !Object.keys(request.headers).some((name) => FORWARDED.test(name))
  );
}

/** Addresses on which only this computer can hear us. */
export function isLoopbackAddress(address: string): boolean {
  return address === 'localhost' || LOOPBACK.test(address);
}
