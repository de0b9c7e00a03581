"""A real OpenID provider (allauth.idp.oidc) as a process of its own on loopback, for tests of signing in elsewhere."""
