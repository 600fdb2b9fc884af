import { describe, expect, it } from 'vitest';
import { AWS_CONFIG_RULES, GUARDDUTY_FINDING, isEventName, SECURITY_HUB_CONTROLS } from '../../src/catalog/index.ts';

describe('AWS Config rules', () => {
  it('are five, sorted, with identifiers that are their names in capitals', () => {
    const names = AWS_CONFIG_RULES.map(({ name }) => name);
    expect(names).toHaveLength(5);
    expect(names).toEqual([...names].sort());
    for (const { name, identifier, source } of AWS_CONFIG_RULES) {
      expect(identifier).toBe(name.toUpperCase().replaceAll('-', '_'));
      expect(source).toContain(`/${name}.html`);
    }
  });
});

describe('Security Hub controls', () => {
  it('are five, in order, and all but the last of medium severity', () => {
    expect(SECURITY_HUB_CONTROLS.map(({ id, severity }) => [id, severity])).toEqual([
      ['SecretsManager.1', 'Medium'],
      ['SecretsManager.2', 'Medium'],
      ['SecretsManager.3', 'Medium'],
      ['SecretsManager.4', 'Medium'],
      ['SecretsManager.5', 'Low'],
    ]);
  });

  it('rest on managed rules, whose parameters they limit, except the last one', () => {
    for (const control of SECURITY_HUB_CONTROLS) {
      const rule = AWS_CONFIG_RULES.find(({ name }) => name === control.rule);
      expect(rule !== undefined, control.id).toBe(control.managed);
      const known: readonly string[] = rule?.parameters.map(({ name }) => name) ?? [];
      if (control.managed) for (const { name } of control.parameters) expect(known).toContain(name);
    }
    expect(SECURITY_HUB_CONTROLS.filter(({ managed }) => !managed).map(({ id }) => id)).toEqual(['SecretsManager.5']);
  });
});

describe('the GuardDuty finding', () => {
  it('knows the two calls that read secrets, among those of other services', () => {
    expect(GUARDDUTY_FINDING.operations.filter(isEventName)).toEqual(['BatchGetSecretValue', 'GetSecretValue']);
  });
});
