"""Documents made of an application: letters, receipt, council pack, versions, everything in one file."""
