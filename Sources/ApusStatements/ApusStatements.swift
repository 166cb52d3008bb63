// Room of ApusStatements.
