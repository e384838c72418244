import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { locationSchema } from '../../../main/core/location-schema';

it('data/locations.schema.json is what the loader checks (npx vitest run test/unit/config -u writes it)', async () => {
  const file = z.object({ locations: z.array(locationSchema) });
  const schema = z.toJSONSchema(file, { io: 'input', unrepresentable: 'any' });
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(
    resolve(__dirname, '../../../data/locations.schema.json'),
  );
});
