"""Reading number plates: what stands on them (``reader``) and what it may mean (``forms``)."""
