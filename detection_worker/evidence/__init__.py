"""Evidence of events: the last seconds in memory, snapshots, clips, and their verification."""
