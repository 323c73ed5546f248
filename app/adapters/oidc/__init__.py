"""OpenID Connect and OAuth 2.0 as a native program speaks them: browser or device code in, checked token out.

Law of this package: everything that leaves the machine goes through one `app.adapters.http.Http`; nothing of a code,
token, state or verifier is told in an error, a log or a repr; a token is handed on only when all of it was checked. A
client secret goes only where the protocol wants the client to prove itself: to the endpoints for tokens, device codes
and revocation. Of Authlib only the pure parts are used: its clients would open connections of their own.

Codes (ProviderTrouble unless another is named):

- `oidc-discovery`: the provider's discovery document or keys could not be had or understood
- `oidc-issuer`: somebody else than the configured issuer answered
- `oidc-endpoint`: an address or a way of signing in is missing at the provider, or not safe to use
- `oidc-refused`: the provider refused the sign-in; it says why
- `oidc-refresh-refused`: the refresh token is no longer good
- `oidc-unavailable`: the provider cannot serve now
- `oidc-answer`: the provider answered with something that is no answer
- `oidc-token-invalid`: the ID token is not one to be trusted
- `oidc-no-id-token`: tokens came, but none that AWS takes
- `oidc-timeout`: nobody signed in within the time
- `oidc-loopback`: no local port could be opened for the browser's way back
- `web-identity-token` (BadInput): a text that should be a token is none

and those of `app.adapters.http` (NetworkTrouble; BadInput for its settings). Declined: the person refused at the
provider.

Sources: OpenID Connect Core 1.0 and Discovery 1.0, RP-Initiated Logout 1.0; RFC 6749, 7009, 7515, 7517, 7636, 8252,
8628, 9207.
"""
