"""What a source says beside what we know: new, changed, contradicting, gone, ageing and double."""
