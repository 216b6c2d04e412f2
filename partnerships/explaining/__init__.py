"""Who can see what, and why: the same rules that let somebody in, told in words."""
