import { createHttpClient } from '../../main/pos/http';

/** Asks each address of its arguments once, as the app asks a till, and tells as JSON how it went. */
async function main(urls: readonly string[]): Promise<void> {
  const http = createHttpClient({ maxAnswerBytes: 10_000 });
  const outcomes: unknown[] = [];
  for (const url of urls) {
    const outcome = await http({
      method: 'POST',
      url,
      headers: {},
      body: '{"sale":1}',
      timeoutMs: 5_000,
      connection: 'fresh',
    });
    outcomes.push(outcome.kind === 'answered' ? { kind: outcome.kind, status: outcome.status } : outcome);
  }
  process.stdout.write(JSON.stringify(outcomes));
}

void main(process.argv.slice(2));
