// Room of ApusNTT.
