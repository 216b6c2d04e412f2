"""The sample: reads the files under fixtures/ and brings a partnership with a year of meetings into the database."""
