"""The operators' page, /operate: putting minutes on record, notes and settings, behind sign-in."""
