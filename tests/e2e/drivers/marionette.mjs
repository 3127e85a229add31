// Marionette, Firefox's own protocol under WebDriver: messages of JSON over TCP, each after its length and a colon.
// https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html

import { once } from 'node:events';
import { connect } from 'node:net';

const COLON = 58;

/** A connection to a Firefox that listens on `port`. */
export async function marionette(port) {
  const socket = connect(port, '127.0.0.1');
  const waiting = new Map();
  let received = Buffer.alloc(0);
  let next = 1;
  // The first message is a greeting and no answer.
  let greeted = () => {};
  const greeting = new Promise(resolve => {
    greeted = resolve;
  });

  const hear = message => {
    if (!Array.isArray(message)) return greeted();
    const [, id, error, result] = message;
    const { resolve, reject, command } = waiting.get(id);
    waiting.delete(id);
    return error ? reject(new Error(`${command}: ${error.error}: ${error.message}`)) : resolve(result);
  };
  socket.on('data', data => {
    received = Buffer.concat([received, data]);
    for (;;) {
      const colon = received.indexOf(COLON);
      const end = colon + 1 + Number(received.subarray(0, colon));
      if (colon < 0 || received.length < end) return;
      const message = JSON.parse(received.subarray(colon + 1, end));
      received = received.subarray(end);
      hear(message);
    }
  });
  socket.on('close', () => {
    for (const { reject, command } of waiting.values()) reject(new Error(`${command}: Firefox has gone`));
    waiting.clear();
  });
  await once(socket, 'connect');
  await greeting;

  return {
    send(command, parameters = {}) {
      const id = next++;
      const text = JSON.stringify([0, id, command, parameters]);
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject, command });
        socket.write(`${Buffer.byteLength(text)}:${text}`);
      });
    },
    close: () => socket.destroy(),
  };
}
