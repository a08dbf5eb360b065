"""Who works here: roles and what each may do, passwords and second steps, what is written down about what they do."""
