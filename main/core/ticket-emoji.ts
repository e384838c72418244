/** The emoji that say something to a kitchen, and those that customers are fond of. */
const WORDS: Readonly<Record<string, string>> = {
  '🥜': 'peanut',
  '🌰': 'nut',
  '🦐': 'shrimp',
  '🍤': 'shrimp',
  '🦀': 'crab',
  '🦞': 'lobster',
  '🦪': 'oyster',
  '🦑': 'squid',
  '🐙': 'octopus',
  '🐟': 'fish',
  '🍣': 'sushi',
  '🥛': 'milk',
  '🧀': 'cheese',
  '🥚': 'egg',
  '🌾': 'wheat',
  '🍞': 'bread',
  '🥑': 'avocado',
  '🌶': 'chili',
  '🧄': 'garlic',
  '🧅': 'onion',
  '🌱': 'vegan',
  '🥢': 'chopsticks',
  '🎂': 'birthday',
  '🚫': 'no',
  '❌': 'no',
  '⛔': 'no',
  '✅': 'yes',
  '⚠': 'warning',
  '❗': '!',
  '‼': '!!',
  '❓': '?',
  '🙏': 'please',
  '👍': 'OK',
  '😀': ':)',
  '😊': ':)',
  '🙂': ':)',
  '😉': ';)',
  '😭': ":'(",
  '😢': ':(',
};

/** `🥜` → `(peanut)`, `🙂` → `:)`; one that nobody needs to read becomes `(emoji)`, so that it is seen that something stood there. */
export function emojiWord(emoji: string): string {
  // A key: the digit and what draws the box around it.
  const key = /^([#*\d])\ufe0f?\u20e3/.exec(emoji)?.[1];
  if (key !== undefined) return key;
  const bare = [...emoji].find((one) => one in WORDS);
  const word = (bare === undefined ? undefined : WORDS[bare]) ?? 'emoji';
  return /\w/.test(word) ? `(${word})` : word;
}
