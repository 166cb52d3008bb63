// Room of ApusDigest.
