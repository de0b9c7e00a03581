"""What fails around the portal, for real: processes are stopped, killed and started again."""
