"""Whether replies are right, cited and supported."""
