"""Who is waited for before an application goes to Fedasil, and what signatories are told."""
