// Writes a folder of CloudTrail log files as a trail delivers them: one file for five minutes of one Region, with the
// documented key layout. The same seed gives the same bytes. By hand: node bench/trail.mjs OUT [--mb 1000] [--gz] [--share 0.03] [--seed 1]
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';

const ACCOUNT = '111122223333';
const REGIONS = ['us-east-1', 'eu-central-1'];
const OTHERS = [
  ['ec2.amazonaws.com', 'DescribeInstances', true],
  ['s3.amazonaws.com', 'GetBucketAcl', true],
  ['kms.amazonaws.com', 'Decrypt', true],
  ['sts.amazonaws.com', 'AssumeRole', true],
  ['logs.amazonaws.com', 'CreateLogStream', false],
  ['iam.amazonaws.com', 'GetRole', true],
];
const SECRETS = [
  ['GetSecretValue', true],
  ['GetSecretValue', true],
  ['GetSecretValue', true],
  ['DescribeSecret', true],
  ['ListSecrets', true],
  ['PutSecretValue', false],
];

/** A small generator of numbers in [0, 1): the same for the same seed on every machine (mulberry32). */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const hex = (next, digits) => Array.from({ length: digits }, () => Math.floor(next() * 16).toString(16)).join('');
const guid = (next) => [8, 4, 4, 4, 12].map((digits) => hex(next, digits)).join('-');
const pick = (next, list) => list[Math.floor(next() * list.length)];

function record(next, region, time, secrets) {
  const [service, name, readOnly] = secrets
    ? ['secretsmanager.amazonaws.com', ...pick(next, SECRETS)]
    : pick(next, OTHERS);
  const role = `service-${Math.floor(next() * 40)}`;
  const session = `i-${hex(next, 17)}`;
  const secret = `prod/app-${Math.floor(next() * 200)}`;
  const denied = next() < 0.02;
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      principalId: `AROAEXAMPLE${hex(next, 8).toUpperCase()}:${session}`,
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${session}`,
      accountId: ACCOUNT,
      accessKeyId: `ASIAEXAMPLE${hex(next, 8).toUpperCase()}`,
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: 'AROAEXAMPLE',
          arn: `arn:aws:iam::${ACCOUNT}:role/${role}`,
          accountId: ACCOUNT,
          userName: role,
        },
        attributes: { creationDate: '2026-11-01T00:00:00Z', mfaAuthenticated: 'false' },
      },
    },
    eventTime: new Date(time).toISOString().replace(/\.\d+/, ''),
    eventSource: service,
    eventName: name,
    awsRegion: region,
    sourceIPAddress: `198.51.100.${Math.floor(next() * 256)}`,
    userAgent:
      'aws-sdk-java/2.30.1 md/io#sync md/http#Apache ua/2.1 os/Linux#6.1.0 lang/java#21.0.5 md/OpenJDK_64-Bit_Server_VM',
    ...(denied && {
      errorCode: 'AccessDenied',
      errorMessage: `User: ${role} is not authorized to perform: ${name} because no identity-based policy allows it`,
    }),
    requestParameters: secrets
      ? { secretId: secret }
      : { filterSet: { items: [{ name: 'tag:team', valueSet: { items: [{ value: role }] } }] }, maxResults: 100 },
    responseElements: readOnly
      ? null
      : { arn: `arn:aws:secretsmanager:${region}:${ACCOUNT}:secret:${secret}-AbCdEf`, name: secret },
    requestID: guid(next),
    eventID: guid(next),
    readOnly,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    eventCategory: 'Management',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      clientProvidedHostHeader: `${service.split('.')[0]}.${region}.amazonaws.com`,
    },
  };
}

const two = (n) => String(n).padStart(2, '0');

/**
 * @param {string} out folder to write into
 * @param {{ mb?: number, gz?: boolean, share?: number, seed?: number, perFile?: number }} [options] `mb` uncompressed,
 * `share` of Secrets Manager records, `perFile` records
 * @returns {Promise<{ bytes: number, records: number, secrets: number, files: number }>}
 */
export async function writeTrail(out, { mb = 100, gz = true, share = 0.03, seed = 1, perFile = 3000 } = {}) {
  const next = random(seed);
  const wrote = { bytes: 0, records: 0, secrets: 0, files: 0 };
  for (let slot = 0; wrote.bytes < mb * 1e6; slot++) {
    const region = REGIONS[slot % REGIONS.length];
    const start = Date.UTC(2026, 9, 1) + Math.floor(slot / REGIONS.length) * 300_000;
    const delivered = new Date(start + 600_000);
    const records = Array.from({ length: perFile }, () => {
      const secrets = next() < share;
      wrote.records++;
      if (secrets) wrote.secrets++;
      return record(next, region, start + Math.floor(next() * 300_000), secrets);
    });
    const text = Buffer.from(JSON.stringify({ Records: records }));
    wrote.bytes += text.length;
    const day = `${delivered.getUTCFullYear()}/${two(delivered.getUTCMonth() + 1)}/${two(delivered.getUTCDate())}`;
    const folder = join(out, 'AWSLogs', ACCOUNT, 'CloudTrail', region, day);
    mkdirSync(folder, { recursive: true });
    const stamp = `${day.replaceAll('/', '')}T${two(delivered.getUTCHours())}${two(delivered.getUTCMinutes())}Z`;
    const file = join(folder, `${ACCOUNT}_CloudTrail_${region}_${stamp}_${hex(next, 16)}.json${gz ? '.gz' : ''}`);
    await new Promise((resolve, reject) =>
      createWriteStream(file)
        .on('error', reject)
        .end(gz ? gzipSync(text, { level: 6 }) : text, resolve),
    );
    wrote.files++;
  }
  return wrote;
}

if (process.argv[1] === import.meta.filename) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      mb: { type: 'string', default: '1000' },
      gz: { type: 'boolean', default: false },
      share: { type: 'string', default: '0.03' },
      seed: { type: 'string', default: '1' },
    },
  });
  if (!positionals[0]) {
    console.error('usage: node bench/trail.mjs OUT [--mb 1000] [--gz] [--share 0.03] [--seed 1]');
    process.exit(2);
  }
  console.log(
    await writeTrail(positionals[0], {
      mb: Number(values.mb),
      gz: values.gz,
      share: Number(values.share),
      seed: Number(values.seed),
    }),
  );
}
