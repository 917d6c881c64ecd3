"""Fetching from councils' sites: politely, safely, and into files that an ingest then reads."""
