"""What has changed in routes and money, as visitors, feed readers and letters are told."""
