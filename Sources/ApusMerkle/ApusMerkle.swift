// Room of ApusMerkle.
