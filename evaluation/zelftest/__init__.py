"""Whether the zelftest asks little and ends well."""
