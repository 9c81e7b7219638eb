// The file client.properties that a runtime writes: where broker and registry are, and how to log in.
import { readFileSync } from 'node:fs';
import { logLevel } from 'kafkajs';

export function settings(file) {
  const values = Object.fromEntries(
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.includes('=') && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  return {
    kafka: {
      brokers: values['bootstrap.servers'].split(','),
      sasl: {
        mechanism: values['sasl.mechanism'].toLowerCase(),
        username: values['sasl.username'],
        password: values['sasl.password'],
      },
      logLevel: logLevel.ERROR,
    },
    registry: {
      baseURLs: [values['schema.registry.url']],
      basicAuthCredentials: {
        credentialsSource: values['basic.auth.credentials.source'],
        userInfo: values['basic.auth.user.info'],
      },
    },
  };
}
