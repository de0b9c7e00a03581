"""What parties do: invite, join, sign, leave, pass the lead on."""
