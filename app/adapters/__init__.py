"""One module or package for each outside thing, and how its failures translate into `app.domain.errors`.

An adapter does not know why it was called, and knows no other adapter. The shared floor is `http`, `xml`, `sigv4`,
`files` and `peers`.
`httpx` is imported in `http` only, `keyring` in `keyring_store.system` only; Qt only in `desktop`.
"""
