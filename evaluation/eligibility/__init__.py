"""Whether routes are judged as the sources judge them."""
