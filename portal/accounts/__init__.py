"""Signing in by code or passkey, second step, sign-in from elsewhere, sessions."""
