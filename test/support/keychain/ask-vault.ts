import { createVault } from '../../../main/credentials/vault';

/**
 * Asks the vault of this process's session, and prints each answer as a line of JSON: libsecret keeps to the first
 * session bus that it sees, so another session takes another process.
 * Arguments: the environment's name, then `read:NAME`, `write:NAME:VALUE`, `delete:NAME` or `list`.
 */
async function main([environment = '', ...questions]: readonly string[]): Promise<void> {
  const vault = createVault(environment);
  for (const question of questions) {
    const [verb, name = '', value = ''] = question.split(':');
    if (verb === 'read') console.log(JSON.stringify(await vault.read(name)));
    if (verb === 'write') console.log(JSON.stringify(await vault.write(name, value)));
    if (verb === 'delete') console.log(JSON.stringify(await vault.delete(name)));
    if (verb === 'list') console.log(JSON.stringify(await vault.list()));
  }
}

void main(process.argv.slice(2));
