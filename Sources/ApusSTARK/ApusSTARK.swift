// Room of ApusSTARK.
