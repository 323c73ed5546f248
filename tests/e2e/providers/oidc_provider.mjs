// panva's oidc-provider for tests:  node oidc_provider.mjs PACKAGES PORT
//
// PACKAGES is the directory in which npm installed it. Anybody may log in, by any name. Beside the provider itself
// there are addresses for the tests, each to be posted to:
//
//   /test/settings   merge a JSON object into `settings` below
//   /test/revoke     forget all grants and tokens; people stay logged in
//   /test/forget     forget everything, people's logins too
//   /test/rotate     sign with a new key; the former ones are no longer published
//   /test/reset      as at first, but for the keys

import { createServer } from 'node:http';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [packages, port] = process.argv.slice(2);
const { Provider } = await import(pathToFileURL(join(packages, 'node_modules/oidc-provider/lib/index.js')));
const issuer = `http://127.0.0.1:${port}`;
const defaults = {
  accessTokenSeconds: 3600,
  deviceCodeSeconds: 600,
  idTokenSeconds: 3600,
  refreshTokenSeconds: 14 * 24 * 3600,
  rotateRefreshTokens: true,
};
let settings = { ...defaults };

// --- What is stored -------------------------------------------------------------------------------------------------

const storage = new Map(); // 'MODEL:ID' => { payload, expires }
const PEOPLE = new Set(['Session', 'Interaction']);

class Adapter {
  constructor(model) {
    this.model = model;
  }

  key(id) {
    return `${this.model}:${id}`;
  }

  async upsert(id, payload, seconds) {
    storage.set(this.key(id), { payload, expires: seconds ? Date.now() + seconds * 1000 : Infinity });
  }

  async find(id) {
    const kept = storage.get(this.key(id));
    return kept && kept.expires > Date.now() ? kept.payload : undefined;
  }

  async findBy(name, value) {
    for (const [key, { payload, expires }] of storage) {
      if (key.startsWith(`${this.model}:`) && payload[name] === value && expires > Date.now()) return payload;
    }
    return undefined;
  }

  async findByUid(uid) {
    return this.findBy('uid', uid);
  }

  async findByUserCode(userCode) {
    return this.findBy('userCode', userCode);
  }

  async consume(id) {
    storage.get(this.key(id)).payload.consumed = Math.floor(Date.now() / 1000);
  }

  async destroy(id) {
    storage.delete(this.key(id));
  }

  async revokeByGrantId(grantId) {
    for (const [key, { payload }] of storage) {
      if (payload.grantId === grantId) storage.delete(key);
    }
  }
}

function forget(keep) {
  for (const key of storage.keys()) {
    if (!keep.has(key.split(':')[0])) storage.delete(key);
  }
}

// --- The provider ---------------------------------------------------------------------------------------------------

function publicClient(clientId, scope) {
  return {
    client_id: clientId,
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
    response_types: ['code'],
    // Of a native program the port is not compared (RFC 8252, 7.3).
    redirect_uris: ['http://127.0.0.1/callback', 'http://[::1]/callback'],
    post_logout_redirect_uris: ['http://127.0.0.1/signed-out'],
    scope,
  };
}

function signingKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), alg: 'RS256', use: 'sig' };
}

function account(sub) {
  return {
    accountId: sub,
    claims: () => ({
      sub,
      email: `${sub}@example.com`,
      email_verified: true,
      name: `${sub} of Example`,
      preferred_username: sub,
    }),
  };
}

function build(key) {
  const provider = new Provider(issuer, {
    adapter: Adapter,
    claims: { email: ['email', 'email_verified'], openid: ['sub'], profile: ['name', 'preferred_username'] },
    clientBasedCORS: () => false,
    clients: [
      publicClient('rolecall', 'openid email profile offline_access'),
      publicClient('another', 'openid email profile offline_access'),
    ],
    clockTolerance: 0,
    conformIdTokenClaims: false, // so that ID tokens hold the claims of the scopes asked for
    cookies: { keys: ['a key of a test server'] },
    expiresWithSession: () => false,
    features: {
      deviceFlow: { enabled: true },
      devInteractions: { enabled: true },
      introspection: { enabled: true },
      revocation: { enabled: true },
      rpInitiatedLogout: { enabled: true },
      userinfo: { enabled: true },
    },
    findAccount: (ctx, sub) => account(sub),
    issueRefreshToken: async (ctx, client) => client.grantTypeAllowed('refresh_token'),
    jwks: { keys: [key] },
    pkce: { required: () => true },
    rotateRefreshToken: () => settings.rotateRefreshTokens,
    ttl: {
      AccessToken: () => settings.accessTokenSeconds,
      DeviceCode: () => settings.deviceCodeSeconds,
      IdToken: () => settings.idTokenSeconds,
      RefreshToken: () => settings.refreshTokenSeconds,
    },
  });
  provider.on('server_error', (ctx, error) => console.error(error));
  return provider.callback();
}

let serve = build(signingKey());

// --- What tests may ask for -----------------------------------------------------------------------------------------

const orders = {
  '/test/settings': (body) => {
    settings = { ...settings, ...body };
  },
  '/test/revoke': () => forget(PEOPLE),
  '/test/forget': () => forget(new Set()),
  '/test/rotate': () => {
    serve = build(signingKey());
  },
  '/test/reset': () => {
    settings = { ...defaults };
    forget(new Set());
  },
};

async function obey(request, response) {
  const order = request.method === 'POST' && orders[request.url];
  if (order) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    order(JSON.parse(Buffer.concat(chunks).toString() || '{}'));
  }
  response.writeHead(order ? 204 : 404).end();
}

const server = createServer((request, response) => {
  console.log(request.method, request.url.split('?')[0]);
  if (request.url.startsWith('/test/')) obey(request, response);
  else serve(request, response);
});
server.listen(Number(port), '127.0.0.1');
