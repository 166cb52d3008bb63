// Room of ApusPoseidon2.
