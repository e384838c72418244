import { readdirSync, readFileSync } from 'node:fs';

/** Linux only: everything here is read from `/proc`. */

/** The kernel counts CPU time in hundredths of a second for programs, whatever its own clock does. */
const TICKS_PER_SECOND = 100;
const BYTES_PER_KB = 1024;

/** A process and everything it started that still runs. */
function processTree(root: number | undefined): number[] {
  if (root === undefined || statFields(root) === undefined) throw new Error('The process does not run.');
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const parent = statFields(Number(name))?.parent;
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const below = (pid: number): number[] => [pid, ...(children.get(pid) ?? []).flatMap(below)];
  return below(root);
}

/** Memory that would be free again if this process and its children ended, in bytes. */
export function privateBytes(root: number | undefined): number {
  return sum(processTree(root).map(privateBytesOf));
}

/** CPU time used so far by this process and its children that run, in seconds. */
export function cpuSeconds(root: number | undefined): number {
  return sum(processTree(root).map((pid) => (statFields(pid)?.ticks ?? 0) / TICKS_PER_SECOND));
}

function privateBytesOf(pid: number): number {
  const text = readProc(pid, 'smaps_rollup') ?? '';
  const sizes = [...text.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB$/gm)];
  return sum(sizes.map(([, kilobytes]) => Number(kilobytes) * BYTES_PER_KB));
}

/** From `/proc/PID/stat`, whose second field, the name, may hold spaces and parentheses itself. */
function statFields(pid: number): { parent: number; ticks: number } | undefined {
  const text = readProc(pid, 'stat');
  if (text === undefined) return undefined;
  // From the third field on: the state, the parent, …; utime and stime are the 14th and 15th of all.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
}

function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    // It ended between being listed and being read.
    return undefined;
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
