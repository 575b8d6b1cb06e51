"""A made-up district with half a campaign behind it, to try Qingfeng on. See README.md beside this file."""
