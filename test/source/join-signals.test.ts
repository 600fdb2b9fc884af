import { afterEach, describe, expect, test } from 'vitest';
import { joinSignals } from '../../src/source/join-signals.ts';

const { any } = AbortSignal;
afterEach(() => {
  AbortSignal.any = any;
});

describe.each([
  ['with AbortSignal.any', any],
  ['without AbortSignal.any', undefined],
])('two signals as one, %s', (_, given) => {
  const pair = () => {
    AbortSignal.any = given as typeof any;
    return [new AbortController(), new AbortController()] as const;
  };

  test('abort with the first, and its reason', () => {
    for (const first of [0, 1] as const) {
      const controllers = pair();
      const joined = joinSignals(controllers[0].signal, controllers[1].signal);
      expect(joined.aborted).toBe(false);
      const heard: unknown[] = [];
      joined.addEventListener('abort', () => heard.push(joined.reason));
      controllers[first].abort('first');
      controllers[first === 0 ? 1 : 0].abort('second');
      expect(heard).toEqual(['first']);
    }
  });

  test('are aborted from the start when one of them is', () => {
    const [one, other] = pair();
    other.abort('before');
    expect(joinSignals(one.signal, other.signal).reason).toBe('before');
  });
});
