/** The topics of SNS and who is subscribed to them. Nothing is ever published, so no confirmation comes either. */
import { isObject, type JsonObject, member } from '../../model/record.ts';
import type { Answer, Call } from './backend.ts';
import { requiredText, textParameter } from './parameters.ts';
import { ServiceError } from './service-error.ts';

interface Topic {
  readonly arn: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly subscriptions: readonly Subscription[];
}

interface Subscription {
  readonly SubscriptionArn: string;
  readonly Owner: string;
  readonly Protocol: string;
  readonly Endpoint: string;
  readonly TopicArn: string;
}

const PAGE = 100;
const NAME = /^[A-Za-z0-9_-]{1,256}$/;
const SETTABLE = ['Policy', 'DisplayName', 'DeliveryPolicy', 'KmsMasterKeyId', 'TracingConfig', 'SignatureVersion'];
const EMAIL = /^[^@\s]+@[^@\s]+$/;

/** @internal */
export class Topics {
  readonly #topics = new Map<string, Topic>();

  create(call: Call): Answer {
    const name = requiredText(call.input, 'Name');
    if (!NAME.test(name)) throw invalid('Topic Name');
    const given = member(call.input, 'Attributes');
    const attributes = isObject(given) ? texts(given) : {};
    const unknown = Object.keys(attributes).find((key) => !SETTABLE.includes(key));
    if (unknown !== undefined) throw invalid(`Attributes Reason: Unknown attribute ${unknown}`);
    const arn = `${prefixOf(call)}${name}`;
    const known = this.#topics.get(arn);
    if (known && Object.entries(attributes).some(([key, value]) => known.attributes[key] !== value)) {
      throw invalid('Attributes Reason: Topic already exists with different attributes');
    }
    if (!known) this.#topics.set(arn, { arn, attributes, subscriptions: [] });
    return { output: { TopicArn: arn } };
  }

  list(call: Call): Answer {
    const here = [...this.#topics.keys()].filter((arn) => arn.startsWith(prefixOf(call))).sort();
    return {
      output: paged(
        call.input,
        'Topics',
        here.map((TopicArn) => ({ TopicArn })),
      ),
    };
  }

  attributes(call: Call): Answer {
    const { arn, attributes, subscriptions } = this.#find(call.input);
    const pending = String(subscriptions.length);
    return { output: { Attributes: { TopicArn: arn, SubscriptionsPending: pending, ...attributes } } };
  }

  setAttribute({ input }: Call): Answer {
    const topic = this.#find(input);
    const name = requiredText(input, 'AttributeName');
    const value = textParameter(input, 'AttributeValue') ?? '';
    if (!SETTABLE.includes(name)) throw invalid('AttributeName');
    if (name === 'Policy' && !isPolicy(value)) throw invalid('Policy Error: null');
    this.#topics.set(topic.arn, { ...topic, attributes: { ...topic.attributes, [name]: value } });
    return { output: {} };
  }

  subscribe({ input, account }: Call): Answer {
    const topic = this.#find(input);
    const Protocol = requiredText(input, 'Protocol');
    const Endpoint = requiredText(input, 'Endpoint');
    if (Protocol === 'email' && !EMAIL.test(Endpoint)) throw invalid('Email address');
    const known = topic.subscriptions.some((one) => one.Protocol === Protocol && one.Endpoint === Endpoint);
    const subscription = {
      SubscriptionArn: 'PendingConfirmation',
      Owner: account,
      Protocol,
      Endpoint,
      TopicArn: topic.arn,
    };
    if (!known) this.#topics.set(topic.arn, { ...topic, subscriptions: [...topic.subscriptions, subscription] });
    return { output: { SubscriptionArn: 'pending confirmation' } };
  }

  listSubscriptions({ input }: Call): Answer {
    return { output: paged(input, 'Subscriptions', this.#find(input).subscriptions) };
  }

  delete({ input }: Call): Answer {
    // That there is none is no error.
    this.#topics.delete(requiredText(input, 'TopicArn'));
    return { output: {} };
  }

  #find(input: JsonObject): Topic {
    const topic = this.#topics.get(requiredText(input, 'TopicArn'));
    if (!topic) throw new ServiceError('NotFound', 'Topic does not exist', 404);
    return topic;
  }
}

function prefixOf({ account, region }: Call): string {
  return `arn:aws:sns:${region}:${account}:`;
}

function paged(input: JsonObject, list: string, items: readonly unknown[]): Record<string, unknown> {
  const token = textParameter(input, 'NextToken');
  const from = token === undefined ? 0 : Number(Buffer.from(token, 'base64').toString());
  if (!Number.isInteger(from) || from < 0) throw invalid('NextToken');
  const end = from + PAGE;
  const next = end < items.length ? { NextToken: Buffer.from(String(end)).toString('base64') } : {};
  return { [list]: items.slice(from, end), ...next };
}

function texts(object: JsonObject): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, String(value)]));
}

function isPolicy(text: string): boolean {
  try {
    const policy: unknown = JSON.parse(text);
    return isObject(policy) && Array.isArray(policy['Statement']);
  } catch {
    return false;
  }
}

function invalid(what: string): ServiceError {
  return new ServiceError('InvalidParameter', `Invalid parameter: ${what}`);
}
