"""Where private files lie: in a folder, or in a bucket of an S3-compatible service (docs/operator.md)."""

from pathlib import Path


def private_storage(env, name: str, var_dir: Path) -> dict:
    """The storage `name`, as the environment says; both have one bucket, each a prefix of its own."""
    if bucket := env("FILES_S3_BUCKET", default=""):
        return {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": bucket,
                "location": name,
                "endpoint_url": env("FILES_S3_ENDPOINT", default=None),
                "region_name": env("FILES_S3_REGION", default=None),
                "access_key": env("FILES_S3_KEY", default=None),
                "secret_key": env("FILES_S3_SECRET", default=None),
                "default_acl": None,
                "file_overwrite": False,
            },
        }
    return {"BACKEND": "portal.files.storage.WholeFileStorage", "OPTIONS": {"location": var_dir / name}}
