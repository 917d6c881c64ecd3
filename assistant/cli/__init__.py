"""The command `onrecord`: a file a command. May call ingest, as the web page may."""
