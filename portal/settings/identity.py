"""OIDC_PROVIDERS, as an operator writes it (docs/operator.md), in allauth's words."""


def openid_apps(providers: list[dict]) -> list[dict]:
    """One app for each provider; a missing id, name, address or client is a KeyError at start."""
    return [
        {
            "provider_id": provider["id"],
            "name": provider["name"],
            "client_id": provider["client_id"],
            "secret": provider.get("secret", ""),
            "settings": {
                "server_url": provider["server_url"],
                "email_authentication": provider.get("trusted_email", False),
                "strong": provider.get("strong", False),
                **({"scope": provider["scope"]} if "scope" in provider else {}),
            },
        }
        for provider in providers
    ]
