import type { Channel } from '../core/location';

/** One website is simply "Website"; several are told apart by their names. */
export function websiteName({ name }: Pick<Channel, 'name'>): string {
  return name === 'web' ? 'Website' : name.charAt(0).toUpperCase() + name.slice(1);
}
