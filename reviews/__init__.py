"""Notifications, rapid reviews, case reviews, recommendations and learning, each on its clock."""
