"""How a partnership begins and who its contact is."""
